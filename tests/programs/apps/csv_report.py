"""CSV read, checked, grouped and written again through io.StringIO: dialects, quoting, DictReader, sniffing, totals."""
import csv
import io
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from statistics import mean, median

DATA = '''date,region,product,units,price
2024-01-03,North,"Tea, green",10,2.50
2024-01-03,South,"Coffee ""dark""",4,7.25
2024-01-04,North,Coffee,x,7.00
2024-02-01,South,"Multi
line",1,100
2024-02-02,North,Tea,7,2.75,extra
2024-02-03,East,Tea
'''


class Spaced(csv.Dialect):
    delimiter = ";"
    quotechar = "'"
    doublequote = False
    escapechar = "\\"
    lineterminator = "\n"
    quoting = csv.QUOTE_NONNUMERIC


csv.register_dialect("spaced", Spaced)
good, bad = [], []
for row in csv.DictReader(io.StringIO(DATA, newline=""), restkey="rest", restval="missing"):
    try:
        row["units"], row["price"] = int(row["units"]), float(row["price"])
        good.append(row)
    except ValueError as error:
        bad.append((row["product"], str(error)))
print(*bad, sep="\n")
print([row.get("rest") for row in good])
totals = defaultdict(lambda: defaultdict(float))
for row in good:
    totals[row["region"]][row["date"][:7]] += row["units"] * row["price"]
for region, months in sorted(totals.items()):
    print(f"{region:8}", *(f"{month}={total:>8.2f}" for month, total in months.items()))
for day, rows in groupby(good, itemgetter("date")):
    units = [row["units"] for row in rows]
    print(day, len(units), mean(units), median(units))
out = io.StringIO()
writer = csv.DictWriter(out, ["product", "units", "price"], dialect="spaced", extrasaction="ignore")
writer.writeheader()
writer.writerows(good)
print(out.getvalue())
out.seek(0)
print([row for row in csv.reader(out, "spaced")][1:3])
for quoting in (csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONE, csv.QUOTE_STRINGS, csv.QUOTE_NOTNULL):
    out = io.StringIO()
    try:
        csv.writer(out, quoting=quoting, lineterminator="|", escapechar="^").writerows([["a,b", 1, None, 2.5, "", 'q"'], [True, "x\ny"]])
        print(repr(out.getvalue()))
    except csv.Error as error:
        print(error)
try:
    csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(["a,b"])
except csv.Error as error:
    print(error)
for text in ("a;b;c\n1;2;3\n4;5;6\n", "a\tb\n'x'\t2\n", "one|two\n3|4\n"):
    dialect = csv.Sniffer().sniff(text)
    print(repr(dialect.delimiter), csv.Sniffer().has_header(text), list(csv.reader(io.StringIO(text), dialect))[-1])
for text in ('"open', '"a"b,c', "a\0b", 'a,"b\n'):
    try:
        print(list(csv.reader([text], strict=True)))
    except csv.Error as error:
        print(error)
