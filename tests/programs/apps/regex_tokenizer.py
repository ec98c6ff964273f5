"""Tokenizers by regular expressions: lastgroup, scanners, nested groups, lookaround, conditional groups, errors with carets."""
import re
from collections import namedtuple

Token = namedtuple("Token", "kind text line column")
SPEC = [("number", r"0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?"), ("name", r"[^\W\d]\w*"),
        ("string", r"(?P<q>['\"])(?:\\.|(?!(?P=q)).)*(?P=q)"), ("comment", r"#[^\n]*"), ("operator", r"\*\*=?|//=?|[-+*/%@&|^<>=!]=?|->|[~.,:;()\[\]{}]"),
        ("newline", r"\n"), ("space", r"[ \t]+"), ("bad", r".")]
PATTERN = re.compile("|".join(f"(?P<{name}>{text})" for name, text in SPEC))


def tokens(source):
    line, start = 1, 0
    for match in PATTERN.finditer(source):
        kind = next(name for name, _ in SPEC if match[name] is not None)
        if kind == "newline":
            line, start = line + 1, match.end()
        elif kind == "bad":
            raise SyntaxError(f"{match[0]!r} at {line}:{match.start() - start}")
        elif kind != "space":
            yield Token(kind, match[0], line, match.start() - start)


SOURCE = "größe = 0xFF_0 + 1_000.5e-3\nif x!='it\\'s' : y**=2 # end\n\treturn \"q'q\"[-1]->z"
for token in tokens(SOURCE):
    print(*token)
try:
    list(tokens("a = $"))
except SyntaxError as error:
    print(error)
scanner = re.Scanner([(r"\d+", lambda s, t: ("int", int(t))), (r"\w+", lambda s, t: ("word", s.match.span())), (r"\s+", None)])
print(scanner.scan("abc 12 de 3 !rest"))
indent = re.compile(r"^(?P<level>(?: {2})*)(?=\S)(?:(?P<key>\w+):)?\s*(?P<value>.*?)\s*$", re.M)
print([(len(m["level"]) // 2, m["key"], m["value"]) for m in indent.finditer("a: 1\n  b:  two \n    - c\n d: odd\n")])
print(re.findall(r"(<)?(\w+)(?(1)>|$)", "<a> <b c> d"), re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", "1234567"))
print(re.split(r"(?:(,)|(;))\s*", "a, b;c,d"), re.split(r"\b", "to be"), re.split(r"", "abc"), re.split(r"x*", "axbc", maxsplit=2))
print(re.sub(r"(?P<a>\w)(?P<b>\w)?", lambda m: (m["b"] or "-") + m["a"], "abcde"), re.sub("a|", "X", "bab"), re.subn(r"\s+", " ", " a  b\tc ", count=2))
print(re.fullmatch(r"(?:(\w)(?=.*\1))*.*", "abca").groups(), re.match(r"(a)|(b)|(c)", "b").lastindex, re.match(r"((a)(b))", "ab").lastindex)
print(re.match(r"(?>a+)ab", "aaab"), re.match(r"a++b", "aaab")[0], re.findall(r"(?i:straße)|ſ(?-i:K)", "STRASSE straße ſK SK", re.I))
print(re.compile(r"(?x) a  b # comment \n c").pattern, re.compile("a", re.I | re.M).flags, re.escape("a.b*c-d é\n"), re.purge())
match = re.search(r"(?P<year>\d{4})-(?P<month>\d\d)(-(?P<day>\d\d))?", "on 2024-05 and")
print(match.groupdict("??"), match.expand(r"\g<month>/\1"), match.regs, match.span("day"), match.start(), match[0], match["year"])
for bad in ("(", "a)", "[z-a]", "(?P<1>a)", "(?P<a>b)(?P<a>c)", "a**", r"\1", "(?<=a+)b", "(?z)", "x{2,1}", r"\q", "(?P=n)", "(?(3)a)", "[[:a", "*a",
            "a(?i)b", r"\N{nothing}", "(?#", r"\x1", "{,3}*"):
    try:
        print(re.compile(bad))
    except re.error as error:
        print(repr(bad), error.msg, error.pos, error.colno)
