"""A small database in memory: tables by dataclass-like specs, a query language by chained generators, joins, indexes, transactions."""
import itertools
import operator
import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from contextlib import contextmanager


class Column:
    def __init__(self, name):
        self.name = name

    def _op(function):
        return lambda self, other: Condition(lambda row: function(row[self.name], row[other.name] if isinstance(other, Column) else other), (self.name, function.__name__, other))

    __eq__, __lt__, __gt__, __le__, __ge__, __ne__ = map(_op, (operator.eq, operator.lt, operator.gt, operator.le, operator.ge, operator.ne))
    __hash__ = None

    def like(self, pattern):
        regex = re.compile(re.escape(pattern).replace("%", ".*"), re.I)
        return Condition(lambda row: regex.fullmatch(str(row[self.name])) is not None)


class Condition:
    def __init__(self, test, simple=None):
        self.test, self.simple = test, simple

    __and__ = lambda self, other: Condition(lambda row: self.test(row) and other.test(row), self.simple)
    __or__ = lambda self, other: Condition(lambda row: self.test(row) or other.test(row))
    __invert__ = lambda self: Condition(lambda row: not self.test(row))


class Table:
    def __init__(self, name, /, **columns):
        self.name, self.columns, self.rows, self.indexes, self.scanned = name, columns, {}, {}, 0
        self.ids = itertools.count(1)

    def __getattr__(self, name):
        if name in self.columns or name == "id":
            return Column(name)
        raise AttributeError(f"table {self.name} has no column {name!r}")

    def insert(self, **values):
        if unknown := values.keys() - self.columns.keys():
            raise KeyError(f"unknown columns {sorted(unknown)}")
        row = {"id": next(self.ids)} | {name: kind(values[name]) if name in values else None for name, kind in self.columns.items()}
        self.rows[row["id"]] = row
        for name, index in self.indexes.items():
            insort(index, (row[name], row["id"]))
        return row["id"]

    def index(self, name):
        self.indexes[name] = sorted((row[name], key) for key, row in self.rows.items())

    def where(self, condition):
        match condition.simple:
            case (name, "eq", value) if name in self.indexes:
                index = self.indexes[name]
                keys = [key for _, key in index[bisect_left(index, (value, 0)):bisect_right(index, (value, float("inf")))]]
            case _:
                keys = list(self.rows)
        self.scanned += len(keys)
        return Query(row for key in keys if condition.test(row := self.rows[key]))

    def all(self):
        return Query(iter(self.rows.values()))

    @contextmanager
    def transaction(self):
        saved = {key: dict(row) for key, row in self.rows.items()}, {name: list(index) for name, index in self.indexes.items()}
        try:
            yield self
        except Exception:
            self.rows, self.indexes = saved
            raise


class Query:
    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        return iter(self.rows)

    def select(self, *names, **computed):
        return Query({**{n: row[n] for n in names}, **{n: f(row) for n, f in computed.items()}} for row in self)

    def order(self, *names, reverse=False):
        return Query(iter(sorted(self, key=operator.itemgetter(*names), reverse=reverse)))

    def limit(self, n, offset=0):
        return Query(itertools.islice(self, offset, offset + n))

    def join(self, table, on):
        left, right = on
        groups = defaultdict(list)
        for row in table.rows.values():
            groups[row[right]].append({f"{table.name}.{k}": v for k, v in row.items()})
        return Query(row | other for row in self for other in groups[row[left]])

    def group(self, by, **aggregates):
        groups = defaultdict(list)
        for row in self:
            groups[row[by]].append(row)
        return Query({by: key} | {name: f(rows) for name, f in aggregates.items()} for key, rows in sorted(groups.items()))


people, orders = Table("people", name=str, age=int, city=str), Table("orders", person=int, total=float, item=str)
for name, age, city in (("Ann", 30, "Oslo"), ("Bob", "25", "Rome"), ("Cleo", 41, "Oslo"), ("Dan", 25, "Paris")):
    people.insert(name=name, age=age, city=city)
for i in range(12):
    orders.insert(person=i % 4 + 1 if i != 7 else 99, total=i * 2.5, item=f"item {i % 3}")
print([*people.where((people.age > 25) & (people.city == "Oslo")).select("name", "age")])
print([*people.where(~(people.age == 25) | Column("name").like("d%")).order("age", "name", reverse=True).select("name")])
print([*people.all().join(orders, ("id", "person")).group("city", n=len, total=lambda rows: sum(r["orders.total"] for r in rows))])
print([*orders.all().order("total").limit(2, 3).select("id", double=lambda r: r["total"] * 2)])
people.index("city")
people.scanned = 0
print([r["name"] for r in people.where(people.city == "Oslo")], people.scanned, [r["name"] for r in people.where(people.city > "Oslo")], people.scanned)
try:
    with people.transaction() as t:
        t.insert(name="Eve", age=1, city="Oslo")
        print(len(t.rows), [r["name"] for r in t.where(t.city == "Oslo")])
        t.insert(name="Bad", age="x")
except ValueError as error:
    print(error, len(people.rows), [r["name"] for r in people.where(people.city == "Oslo")])
for bad in (lambda: people.insert(nme="x"), lambda: people.salary, lambda: hash(people.age), lambda: [*people.all().select("nothing")]):
    try:
        print(bad())
    except (KeyError, AttributeError, TypeError) as error:
        print(type(error).__name__, error)
