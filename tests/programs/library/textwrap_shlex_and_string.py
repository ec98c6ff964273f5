"""shlex, string constants, pprint, reprlib and textwrap working together on awkward texts and nested structures."""
import pprint
import reprlib
import shlex
import string

for text in ("a 'b c' d\\ e", 'say "it\'s" #not', "", "a=b;c|d", "'open", "x\\", '""', "a#b # comment", "é 日本 'ü x'"):
    out = []
    for action in (lambda: shlex.split(text), lambda: shlex.split(text, comments=True), lambda: shlex.split(text, posix=False), lambda: list(shlex.shlex(text, punctuation_chars=True))):
        try:
            out.append(action())
        except ValueError as error:
            out.append(str(error))
    print(repr(text), *out, sep=" | ")
print(shlex.join(["a b", "c'd", "", "$x", "plain", "é"]), shlex.quote("a'b\"c"), shlex.split(shlex.join(["a b", "c'd", ""])))
data = {"key": list(range(30)), "nested": {"deep": [{"x": (1, 2)}, {"y": {3}}], "text": "word " * 20}, 5: None, (1, 2): b"bytes" * 10, "empty": [[], {}, (), set()]}
pprint.pprint(data)
pprint.pprint(data, width=40, depth=2, compact=True, sort_dicts=False)
print(pprint.pformat([1, "two", [3]], indent=4, width=8), pprint.isreadable(data), pprint.isrecursive(data), pprint.saferepr({2: 1, 1: 2}))
me = [1]
me.append(me)
print(pprint.pformat(me).split(" at ")[0].split("id=")[0], pprint.isrecursive(me), repr(me))
r = reprlib.Repr(maxlist=2, maxstring=10, maxlevel=2, maxdict=1)
print(r.repr([1, 2, 3]), r.repr("x" * 50), r.repr([[[[1]]]]), r.repr({1: 2, 3: 4}), r.repr(10**100), reprlib.repr(set(range(100))), reprlib.repr("a" * 100), r.repr((1,)), r.repr({5}))


class Node:
    def __init__(self):
        self.items = [self, 1]

    @reprlib.recursive_repr("<...>")
    def __repr__(self):
        return f"Node({self.items})"


print(Node(), string.capwords("  hello   wORLD "), string.ascii_letters[::13], string.punctuation, string.hexdigits, string.Formatter().format("{0!r:>5}", "x"))
