"""re: syntax, groups, substitution, splitting, flags, lookaround, Unicode, errors."""
import re


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


for pattern, text in [
    (r"(\w+)\s(\w+)", "hello world"), (r"(?P<year>\d{4})-(?P<month>\d\d)", "on 2024-05"), (r"(a)|(b)", "b"), (r"(a)?b", "b"), (r"^a.c$", "abc"), (r"a.c", "a\nc"), (r"(?s)a.c", "a\nc"), (r"(?i)ABC", "xabcx"), (r"a{2,3}?", "aaaa"), (r"a{2,}", "aaaa"), (r"a{,2}", "aaa"), (r"[^a-c\d]+", "ab1xyz"), (r"[]a]+", "]a]"), (r"[\w-]+", "a-b c"), (r"\bfoo\b", "a foo b"), (r"\Bo", "foo"), (r"(?<=a)b", "ab"), (r"(?<!a)b", "ab cb"), (r"a(?=b)", "ab"), (r"a(?!b)", "ab ac"), (r"(a)(?(1)b|c)", "ab"), (r"(a)?(?(1)b|c)", "c"), (r"(\w)\1", "hello"), (r"(?P<x>\w)(?P=x)", "hello"), (r"(?:ab)+", "ababx"), (r"x*", "aaa"), (r"(?x) a  b # comment", "ab"), (r"\Aab\Z", "ab"), (r"(?>a+)b", "aaab"), (r"a++a", "aaa"), (r"a*+b", "aab"), (r"(?i:A)b", "ab"), (r"(?-i:a)B", "aB"), (r"é+", "éé"), (r"\d+", "١٢٣"), (r"(?a)\w+", "éa"), (r"[\u00e0-\u00ff]", "é"), (r"\N{BULLET}", "•"), (r"(a|ab)(c|bcd)(d*)", "abcd"), (r"((a)|b)*", "ab"), (r"(?:(a)|b)*", "ab"), (r"$", "a\n"), (r"(?m)^b$", "a\nb\nc"), (r"\x41\101\t", "AA\t"), (r"(?i)straße", "STRAßE"), (r"[a-z&&x]", "&"), (r"(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)\10", "abcdefghijj"), (r"", "abc"), (r"(?i)ſ", "S"), (r"\z", "ab"),
]:
    match = re.search(pattern, text)
    print(pattern, "|", match and (match.group(), match.span(), match.groups(), match.groupdict(), match.lastindex, match.lastgroup))
m = re.match(r"(?P<first>\w+) (?P<second>\w+)?( x)?", "one two")
print(m[0], m["first"], m.group(1, 2), m.groups("default"), m.start("second"), m.end(2), m.span(3), m.expand(r"\2-\g<first>"), m.string, m.pos, m.endpos, m.re.pattern, m.regs, repr(m), m.groupdict("d"), bool(m))
attempt(lambda: m[5], lambda: m["nope"], lambda: m.group("nope"), lambda: m.start(9), lambda: m.expand(r"\9"), lambda: m[1.5])
print(re.findall(r"\d+", "1 22 333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall(r"(\w)\d", "a1 b2"), re.findall(r"", "ab"), re.findall(r"a*", "baac"), [x.span() for x in re.finditer(r"b*", "abb")], re.split(r"[,;]", "a,b;c"), re.split(r"([,;])", "a,b;c"), re.split(r"x*", "axbc"), re.split(r",", "a,b,c", maxsplit=1), re.split(r"(x)|(y)", "axbyc"), re.split("", "ab"))
print(re.sub(r"\d", "#", "a1b2"), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.sub(r"(?P<n>\d)", r"<\g<n>\g<0>>", "1"), re.sub(r"\d", lambda x: str(int(x[0]) * 2), "1 2"), re.sub("a", "b", "aaa", count=2), re.subn("a", "b", "aaa"), re.sub("x*", "-", "abxd"), re.sub("", "-", "ab"), re.sub("(a)|b", r"[\1]", "ab"), re.sub("a", r"\n\\", "a"), re.sub("(a)", r"\g<1>0", "a"), re.sub(".", "", "abc"), re.sub(b"a", b"b", b"aa"))
p = re.compile(r"(?P<x>a)b", re.I | re.M)
print(p, p.pattern, p.flags, p.groups, p.groupindex, p.match("xab", 1).span(), p.fullmatch("AB").group(), p.fullmatch("abc"), p.search("zzab", 0, 3), p == re.compile(r"(?P<x>a)b", re.I | re.M), p.scanner("abAB").search().span(), repr(re.compile("a" * 300))[-30:], re.compile(b"x").pattern, re.I | re.X, repr(re.A), re.RegexFlag(0))
for pattern in ("(", ")", "[", "[z-a]", "*", "a**", "a{3,2}", "(?P<1>a)", "(?P<a>x)(?P<a>y)", "(?P=nope)", r"\1", r"\g", "(?<=a*)b", "(?<=a|bc)x", "(?z)", "(?P<a", "(?P", "(?", "[[:alpha:]]", r"\x1", r"\u12", r"\N{nope}", "\\", "(?(2)a)", "(?(nope)a)", "(?i", "x(?i)", "(?-a:x)", "(?au)", r"[\d-z]", r"[a-\d]", "(?#c", "a{1}{2}", "++", "(?:a", "(?P>x)", r"\p{L}", "[]", "(?<x>a)", r"\8", "(?iL)a", "(a)(?(1)b|c|d)"):
    try:
        re.compile(pattern)
        print("fine:", pattern)
    except re.error as error:
        print(pattern, "|", error, "|", error.pos, error.lineno, error.colno)
attempt(lambda: re.compile(5), lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.sub("a", b"b", "a"), lambda: re.sub("a", r"\g<x>", "a"), lambda: re.sub("a", r"\1", "a"), lambda: re.sub("a", r"\q", "a"), lambda: re.sub("a", lambda m: 5, "a"), lambda: re.compile("a", 5.5), lambda: re.compile(p, re.I), lambda: re.compile(b"a", re.U), lambda: re.compile("a", re.L), lambda: p.match(5), lambda: re.findall("a"), lambda: re.split("a", 5), lambda: re.escape(5), lambda: re.sub("(a)", r"\g<1", "a"))
print(re.escape("a.b*c[d]\n é"), re.escape(b"a.b"), re.fullmatch("a|ab", "ab").group(), re.match("(a+)+$", "a" * 20 + "b"), re.search(r"(\d+)(?:px|em)", "12em").group(1), re.purge())
tokens = re.compile(r"(?P<num>\d+)|(?P<name>[a-z]\w*)|(?P<op>[-+*/=()])|(?P<space>\s+)")
print([(x.lastgroup, x.group()) for x in tokens.finditer("x1 = 3*(y+42)") if x.lastgroup != "space"])
print(re.sub(r"(?<!^)(?=[A-Z])", "_", "camelCaseString").lower(), re.findall(r"\b\w{3}\b", "one three two four six"), re.sub(r"\s+", " ", " a \n b\t").strip(), re.findall(r"[^\W\d_]+", "ab1_cé"), re.findall(r"(?s)<(.*?)>", "<a><\nb>"), bool(re.search(r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$", "192.168.1.255")))
