"""Percent formats that are plain, and those that only look so.

Expected output: PYTHONHASHSEED=0 python3.14 plain_percent.py > plain_percent.out
"""
class Loud:
    def __init__(self, n): self.n = n
    def __str__(self): return "<" + self.n + ">"
class Sub(str):
    def __str__(self): return "sub"
class Missing(dict):
    def __missing__(self, key): return "no " + key
def t(f, v):
    try: r = f % v
    except Exception as e: r = type(e).__name__ + ": " + str(e)
    print(ascii(f), "->", ascii(r))
for f, v in [("abc", ()), ("abc", 5), ("abc", {}), ("abc", []), ("%s", "a"), ("%s", ("é",)), ("%s-%d", ("x", 5)), ("%d", True), ("%d", 2**70),
             ("%s %s", (1,)), ("%s", (1, 2)), ("%s%%", 5), ("%%", ()), ("%", ()), ("%(a)s", {"a": 1}), ("%(a)s%(b)d", {"a": "ä", "b": 7}),
             ("%(a)s", {}), ("%(a)s", Missing()), ("%(a)s", 5), ("%(a)s %s", {"a": 1}), ("%s", {"a": 1}), ("%s", [1, 2]), ("%s", Loud("x")),
             ("%s", Sub("y")), ("%(a(b))s", {"a(b)": 3}), ("%(a", {"a": 1}), ("%5s|%-5s|%05d", ("a", "b", 3)), ("%s", None), ("%s", 1.5), ("%x", 255),
             ("%s"*9, tuple(range(9))), ("€%s", "x"), ("%s", "😀"), ("%s", ""), ("%d", "x"), ("%(a)d", {"a": "x"}), ("%s", (("t",),)), ("%c", "z")]:
    t(f, v)
d = {}
class Change:
    def __str__(self):
        d["b"] = "changed"
        return "a"
d.update(a=Change(), b="old")
t("%(a)s %(b)s", d)
for x in (0.125, 0.375, -0.001, -0.0, 2.5, 1e15, 9007199254740991.0, 5e-324, 123456.789, 1e22):
    print(f"{x:.2f} {x:.1f} {x:.10f} {x:.20f}", "%.2f %.3f" % (x, x))
