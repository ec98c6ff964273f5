"""Operations on instances of subclasses of built-in types: do they give the instance itself, the exact type, or the subclass?"""
import warnings
import copy
def show(label, s, f):
    try:
        r = f(s)
    except Exception as e:
        seen.setdefault((label.partition(" ")[0], type(e).__name__), []).append(label.partition(" ")[2])
        return
    kind = "same" if r is s else type(r).__name__
    seen.setdefault((label.partition(" ")[0], kind), []).append(label.partition(" ")[2])


seen = {}
warnings.simplefilter("ignore")
class S(str):
    pass
class S2(str):
    def __str__(self): return "str-called"
    def __format__(self, spec): return "fmt<%s>" % spec
    def __repr__(self): return "R2"
class S3(str):
    def __str__(self): return self
class S4(str):
    def __str__(self): return S("inner")
ops = {
 "% ()": lambda s: s % (), "% {}": lambda s: s % {}, "% []": lambda s: s % [], "f": lambda s: f"{s}", "f3": lambda s: f"{s:3}", "f!s": lambda s: f"{s!s}", "f!r": lambda s: f"{s!r}", "join1": lambda s: "".join([s]), "joint": lambda s: "".join((s,)),
 "join2": lambda s: s.join(["a", "b"]), "join1s": lambda s: s.join([s]), "join1x": lambda s: s.join(["x"]), "join0": lambda s: s.join([]), "[:]": lambda s: s[:], "[0:]": lambda s: s[0:], "[::1]": lambda s: s[::1], "[:100]": lambda s: s[:100],
 "strip": lambda s: s.strip(), "lstrip": lambda s: s.lstrip(), "rstrip": lambda s: s.rstrip(), "strip z": lambda s: s.strip("zzz"), "str": lambda s: str(s), "format": lambda s: s.format(), "format1": lambda s: "{}".format(s), "format()": lambda s: format(s), "format(,'')": lambda s: format(s, ""), "__format__": lambda s: s.__format__(""), "*1": lambda s: s * 1, "1*": lambda s: 1 * s, "*0": lambda s: s * 0,
 "+e": lambda s: s + "", "e+": lambda s: "" + s, "+=": lambda s: s.__add__(""), "center": lambda s: s.center(0), "ljust": lambda s: s.ljust(0), "rjust": lambda s: s.rjust(0), "zfill": lambda s: s.zfill(0), "expandtabs": lambda s: s.expandtabs(), "replace": lambda s: s.replace("zz", "y"), "replace0": lambda s: s.replace("a", "b", 0), "lower": lambda s: s.lower(), "upper": lambda s: s.upper(), "translate": lambda s: s.translate({}),
 "removeprefix": lambda s: s.removeprefix("zz"), "removesuffix": lambda s: s.removesuffix("zz"), "split": lambda s: s.split("zz")[0], "split()": lambda s: (s.split() or [0])[0], "rsplit": lambda s: s.rsplit("zz")[0], "splitlines": lambda s: (s.splitlines() or [0])[0], "partition": lambda s: s.partition("zz")[0], "rpartition": lambda s: s.rpartition("zz")[2], "casefold": lambda s: s.casefold(), "title": lambda s: s.title(), "swapcase": lambda s: s.swapcase(), "capitalize": lambda s: s.capitalize(),
 "__str__": lambda s: str.__str__(s), "copy": copy.copy, "deepcopy": copy.deepcopy, "%s": lambda s: "%s" % s, "%s t": lambda s: "%s" % (s,), "%5s": lambda s: "%1s" % (s,), "%.1s": lambda s: "%.100s" % (s,), "intern": lambda s: __import__("sys").intern(s), "getnewargs": lambda s: s.__getnewargs__()[0], "iter": lambda s: next(iter(s), None), "[0]": lambda s: s[0], "min": lambda s: min([s]), "sum": lambda s: sorted([s])[0], "partition m": lambda s: s.partition(s)[1], "rpartition m": lambda s: s.rpartition(s)[1], "format_map": lambda s: s.format_map({}), "maketrans": lambda s: str.maketrans({s[:1]: s}), "encode": lambda s: s.encode(), "[-1:]": lambda s: s[-1:], "[5:]": lambda s: s[5:],
}
for cls in (S, S2, S3, S4):
    for text in ("", "abc"):
        s = cls(text) if cls is str else str.__new__(cls, text)
        for name, op in ops.items():
            show(f"{cls.__name__} {text!a} {name}", s, op)
class B(bytes): pass
class B2(bytes):
    def __bytes__(self): return b"bytes-called"
class BA(bytearray): pass
bops = {
 "% ()": lambda s: s % (), "% {}": lambda s: s % {}, "join1": lambda s: b"".join([s]), "joins": lambda s: s.join([s]), "join2": lambda s: s.join([b"a", b"b"]), "[:]": lambda s: s[:], "[0:]": lambda s: s[0:], "[::1]": lambda s: s[::1], "strip": lambda s: s.strip(), "strip z": lambda s: s.strip(b"zz"), "bytes": bytes, "bytearray": bytearray, "*1": lambda s: s * 1, "1*": lambda s: 1 * s, "*0": lambda s: s * 0, "+e": lambda s: s + b"", "e+": lambda s: b"" + s, "center": lambda s: s.center(0), "ljust": lambda s: s.ljust(0), "zfill": lambda s: s.zfill(0), "expandtabs": lambda s: s.expandtabs(), "replace": lambda s: s.replace(b"zz", b"y"), "replace0": lambda s: s.replace(b"a", b"b", 0), "lower": lambda s: s.lower(), "translate": lambda s: s.translate(None), "translate d": lambda s: s.translate(None, b"z"), "removeprefix": lambda s: s.removeprefix(b"zz"), "removesuffix": lambda s: s.removesuffix(b"zz"), "split": lambda s: s.split(b"zz")[0], "split()": lambda s: (s.split() or [0])[0], "rsplit": lambda s: s.rsplit(b"zz")[0], "rsplit()": lambda s: (s.rsplit() or [0])[0], "splitlines": lambda s: (s.splitlines() or [0])[0], "partition": lambda s: s.partition(b"zz")[0], "partition m": lambda s: s.partition(s)[1], "rpartition": lambda s: s.rpartition(b"zz")[2], "copy": copy.copy, "deepcopy": copy.deepcopy, "%b": lambda s: b"%b" % (s,), "%s": lambda s: b"%s" % (s,), "__bytes__": lambda s: s.__bytes__(), "getnewargs": lambda s: s.__getnewargs__()[0], "fromhex": lambda s: type(s).fromhex(""), "mv": lambda s: memoryview(s).obj, "title": lambda s: s.title(), "capitalize": lambda s: s.capitalize(), "swapcase": lambda s: s.swapcase(), "inplace": lambda s: s.__add__(b""), "str": lambda s: str(s, "latin1"), "rjust": lambda s: s.rjust(1), "copy()": lambda s: s.copy(),
}
for cls in (B, B2, bytearray, BA):
    for text in (b"", b"abc"):
        s = cls.__new__(cls, text) if issubclass(cls, bytes) else cls(text)
        for name, op in bops.items():
            show(f"{cls.__name__} {text!a} {name}", s, op)
class T(tuple): pass
class L(list): pass
class D(dict): pass
class St(set): pass
class Fz(frozenset): pass
sops = {
 "[:]": lambda s: s[:], "[0:]": lambda s: s[0:], "[::1]": lambda s: s[::1], "*1": lambda s: s * 1, "1*": lambda s: 1 * s, "*0": lambda s: s * 0, "+()": lambda s: s + (), "()+": lambda s: () + s, "+[]": lambda s: s + [], "[]+": lambda s: [] + s, "tuple": tuple, "list": list, "copy": copy.copy, "deepcopy": copy.deepcopy, "getnewargs": lambda s: s.__getnewargs__(), "copy()": lambda s: s.copy(), "star": lambda s: (*s,), "sorted": sorted, "reversed": lambda s: list(reversed(s)), "args": lambda s: (lambda *a: a)(*s), "%": lambda s: "%s" % (s,),
}
for cls in (tuple, T, list, L):
    for items in ((), (1,), (1, 2, 3)):
        s = cls(items)
        for name, op in sops.items():
            show(f"{cls.__name__} {items} {name}", s, op)
setops = {
 "copy()": lambda s: s.copy(), "copy": copy.copy, "deepcopy": copy.deepcopy, "|": lambda s: s | set(), "&": lambda s: s & s, "-": lambda s: s - set(), "^": lambda s: s ^ set(), "r|": lambda s: set() | s, "r|f": lambda s: frozenset() | s, "union": lambda s: s.union(), "inter": lambda s: s.intersection(), "diff": lambda s: s.difference(), "symm": lambda s: s.symmetric_difference(()), "set": set, "frozenset": frozenset, "union x": lambda s: s.union([9]), "self|": lambda s: s | s, "sortedself": lambda s: s - s,
}
for cls in (set, St, frozenset, Fz):
    for items in ((), (1,), (1, 2, 3)):
        s = cls(items)
        for name, op in setops.items():
            show(f"{cls.__name__} {items} {name}", s, op)
dops = {"copy()": lambda s: s.copy(), "copy": copy.copy, "deepcopy": copy.deepcopy, "|": lambda s: s | {}, "r|": lambda s: {} | s, "dict": dict, "fromkeys": lambda s: type(s).fromkeys("a"), "**": lambda s: {**s}, "kw": lambda s: (lambda **k: k)(**s), "|=": lambda s: s.__ior__({})}
for cls in (dict, D):
    for items in ({}, {"a": 1}):
        s = cls(items)
        for name, op in dops.items():
            show(f"{cls.__name__} {items} {name}", s, op)
class I(int): pass
class I2(int):
    def __int__(self): return 77
    def __index__(self): return 88
    def __trunc__(self): return 99
class F(float): pass
class F2(float):
    def __float__(self): return 7.5
class F3(float):
    def __float__(self): return F(7.5)
class C(complex): pass
class C2(complex):
    def __complex__(self): return 7j
class I3(int):
    def __int__(self): return True
nops = {
 "+": lambda s: +s, "-": lambda s: -s, "~": lambda s: ~s, "abs": abs, "int": int, "float": float, "complex": complex, "*1": lambda s: s * 1, "+0": lambda s: s + 0, "-0": lambda s: s - 0, "|0": lambda s: s | 0, "&-1": lambda s: s & -1, "<<0": lambda s: s << 0, ">>0": lambda s: s >> 0, "//1": lambda s: s // 1, "%": lambda s: s % 10**30, "**1": lambda s: s ** 1, "pow": lambda s: pow(s, 1, 10**9), "round": round, "round0": lambda s: round(s, 0), "round1": lambda s: round(s, 1), "round-1": lambda s: round(s, -1), "real": lambda s: s.real, "imag": lambda s: s.imag, "conjugate": lambda s: s.conjugate(), "numerator": lambda s: s.numerator, "denominator": lambda s: s.denominator, "__int__": lambda s: type(s).__mro__[1].__int__(s), "__float__": lambda s: float.__float__(s), "__index__": lambda s: __import__("operator").index(s), "trunc": lambda s: __import__("math").trunc(s), "floor": lambda s: __import__("math").floor(s), "ceil": lambda s: __import__("math").ceil(s), "copy": copy.copy, "deepcopy": copy.deepcopy, "getnewargs": lambda s: s.__getnewargs__()[0], "divmod": lambda s: divmod(s, 1)[0], "f": lambda s: f"{s}", "f5": lambda s: f"{s:5}", "%d": lambda s: "%d" % s, "%f": lambda s: "%f" % s, "%x": lambda s: "%x" % s, "%c": lambda s: "%c" % s, "hex": hex, "bool": bool, "chr": chr, "range": lambda s: range(s).stop, "slice": lambda s: slice(s).indices(50), "list*": lambda s: [0] * s, "from_bytes": lambda s: type(s).from_bytes(b"\1"), "fromhex": lambda s: type(s).fromhex("0x1p0"), "sum": lambda s: sum([s]), "sumstart": lambda s: sum([], s), "max": lambda s: max([s]), "as_integer_ratio": lambda s: s.as_integer_ratio()[0], "Fraction": lambda s: __import__("fractions").Fraction(s).numerator, "isqrt": lambda s: __import__("math").isqrt(s), "gcd": lambda s: __import__("math").gcd(s), "gcd2": lambda s: __import__("math").gcd(s, 0), "lcm": lambda s: __import__("math").lcm(s), "prod": lambda s: __import__("math").prod([s]), "fsum": lambda s: __import__("math").fsum([s]), "fabs": lambda s: __import__("math").fabs(s), "ldexp": lambda s: __import__("math").ldexp(1.0, s), "from_number": lambda s: float.from_number(s), "cfrom_number": lambda s: complex.from_number(s), "cls": lambda s: type(s)(s), "complex(s, 0)": lambda s: complex(s, 0), "complex(0,s)": lambda s: complex(0, s), "int.real": lambda s: type(s).__mro__[1].__pos__(s), "format": lambda s: format(s, ""), "str": str,
}
for v in (I(5), I(10**30), I2(5), I3(5), F(2.5), F2(2.5), F3(2.5), C(1+2j), C2(1+2j)):
    for name, op in nops.items():
        show(f"{type(v).__name__} {v!r} {name}", v, op)
for (cls, kind), labels in seen.items():
    print(cls, kind)
    for start in range(0, len(labels), 12):
        print("   ", "; ".join(labels[start:start + 12]))
