"""textwrap, string, shlex, difflib, fnmatch, pprint, reprlib and html: text tools over fixed inputs."""
import difflib
import fnmatch
import html
import pprint
import reprlib
import shlex
import string
import textwrap

text = "The quick brown fox jumps over the lazy dog. A-hyphenated-word and averyveryveryverylongwordindeed here.  Two  spaces.\n\nNew paragraph\twith tab."
for width in (20, 40, 8):
    print(textwrap.fill(text, width))
    print("--")
print(textwrap.wrap(text, 25, initial_indent="* ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False, max_lines=4, placeholder=" [...]"))
print(textwrap.shorten("Hello  world, this is long", width=15), textwrap.shorten("abc", 2, placeholder="…"), repr(textwrap.dedent("    a\n      b\n\n    c\n")), repr(textwrap.dedent("\ta\n  b")), repr(textwrap.indent("a\n\nb", "> ")), repr(textwrap.indent("a\n\nb\n", "> ", lambda line: True)), textwrap.wrap(""), textwrap.wrap("a b", 1), textwrap.TextWrapper(width=10, fix_sentence_endings=True, drop_whitespace=False).wrap("one. two  three"))
for arguments in (("a", 0), ("abc def", 3, )):
    try:
        print(textwrap.wrap(*arguments))
    except ValueError as error:
        print(error)
t = string.Template("$a ${b}c $$ $missing $1")
print(t.safe_substitute(a=1, b=2), t.get_identifiers(), t.is_valid())
for template in ("$a $b", "$1", "${a", "$", "${}", "ok"):
    try:
        print(string.Template(template).substitute(a="A"))
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)
print(string.ascii_letters, string.digits, repr(string.whitespace), string.punctuation, string.capwords("hello  wORLD foo"), string.capwords("a-b-c", "-"))


class Fmt(string.Formatter):
    def get_value(self, key, args, kwargs):
        return f"<{key}>" if key not in kwargs else kwargs[key]

    def convert_field(self, value, conversion):
        return value[::-1] if conversion == "z" else super().convert_field(value, conversion)

    def check_unused_args(self, used, args, kwargs):
        print("used", sorted(map(str, used)))


print(Fmt().format("{x!z} {y:>5} {0} {1}", x="abc", unused=1), list(string.Formatter().parse("a{b!r:c{d}}e{{f}}")), string.Formatter().vformat("{0[k].real}", ({"k": 5},), {}))
print(shlex.split("a 'b c' \"d \\\" e\" f\\ g # no"), shlex.split("a # b", comments=True), shlex.quote("it's"), shlex.quote(""), shlex.quote("safe-1"), shlex.join(["a", "b c"]), list(shlex.shlex("a=b|c 'q'", punctuation_chars=True)))
for bad in ("'abc", 'a\\', '"x'):
    try:
        shlex.split(bad)
    except ValueError as error:
        print(error)
a, b = "one\ntwo\nthree\nfour\n".splitlines(True), "one\n2\nthree\nfive\nfour\n".splitlines(True)
print("".join(difflib.unified_diff(a, b, "old", "new")), "".join(difflib.ndiff(a, b)), "".join(difflib.context_diff(a, b, n=1)))
m = difflib.SequenceMatcher(None, "private Thread currentThread;", "private volatile Thread currentThread;")
print(round(m.ratio(), 3), m.get_opcodes(), m.find_longest_match(), difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), list(difflib.restore(difflib.ndiff(a, b), 1)))
print(fnmatch.filter(["a.py", "b.txt", "c.PY", ".py"], "*.py"), fnmatch.fnmatchcase("abc", "a[!x]?"), fnmatch.translate("a*[b-d]?.x"), fnmatch.fnmatch("x", "[]"))
data = {"key": [list(range(20)), {"nested": ("tuple", {"deep": "x" * 30, "other": None})}], "b": "a long string " * 8, (1, 2): {3, 1, 2}, "set": frozenset("ab"), 5: b"bytes" * 20}
pprint.pprint(data, width=60)
pprint.pprint(data, width=40, compact=True, depth=2, sort_dicts=False, indent=2)
print(pprint.pformat([]), pprint.pformat(["x" * 50, "y" * 50]), pprint.isreadable(data), pprint.saferepr({"b": 1, "a": 2}))
loop = [1]
loop.append(loop)
print(pprint.pformat(loop).split("id=")[0], pprint.isrecursive(loop), reprlib.repr(list(range(100))), reprlib.repr("x" * 100), reprlib.repr({i: i for i in range(10)}), reprlib.repr([[[[[[[1]]]]]]]), reprlib.repr(set(range(10))), reprlib.repr(10**60))
print(html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&eacute;&#233;&#xe9;&notit;&amp;amp;&#0;&nosuch;"), html.escape("'", quote=False))
