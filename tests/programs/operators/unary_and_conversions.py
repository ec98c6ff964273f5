"""Unary operators and conversions of user classes: wrong results, subclasses returned, fall-backs between protocols."""
import cmath
import math
import operator
import warnings

warnings.simplefilter("always")


def make(**methods):
    return type("T", (), {f"__{name}__": (lambda value: lambda self, *args: value)(value) for name, value in methods.items()})()


class MyInt(int):
    pass


class MyFloat(float):
    pass


class MyStr(str):
    pass


def attempt(title, function, value):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(value)
            print(title, repr(result), type(result).__name__, [str(w.message)[:60] for w in caught])
        except Exception as error:
            print(title, type(error).__name__, error)


for methods in ({"int": 5}, {"int": MyInt(5)}, {"int": True}, {"int": 5.0}, {"int": "5"}, {"index": 7}, {"index": MyInt(7)}, {"index": 7.0},
                {"trunc": 9}, {"float": 1.5}, {"float": MyFloat(1.5)}, {"float": 1}, {"complex": 1j}, {"complex": 1.0}, {"complex": None},
                {"bool": True}, {"bool": 1}, {"bool": None}, {"len": 0}, {"len": -1}, {"len": 2.5}, {"len": 2**70}, {"len": True},
                {"str": "s"}, {"str": MyStr("s")}, {"str": 5}, {"repr": b"r"}, {"bytes": b"b"}, {"bytes": "b"}, {"hash": 5}, {"hash": -1},
                {"hash": 2**64}, {"hash": "h"}, {"round": "r"}, {"floor": "f"}, {"ceil": None}, {"abs": "a"}, {"neg": "n"}, {"pos": "p"},
                {"invert": "i"}, {"length_hint": 5}, {"length_hint": -5}, {"length_hint": "x"}, {"dir": [3, 1]}, {"dir": 5},
                {"format": "f"}, {"format": 5}, {"sizeof": -1}, {"fspath": "path"}, {"fspath": 5}, {}):
    it = make(**methods)
    for title, function in (("int", int), ("float", float), ("complex", complex), ("bool", bool), ("len", len), ("str", str),
                            ("bytes", bytes), ("hash", hash), ("round", round), ("floor", math.floor), ("ceil", math.ceil),
                            ("trunc", math.trunc), ("abs", abs), ("neg", operator.neg), ("pos", operator.pos),
                            ("invert", operator.invert), ("index", operator.index), ("hint", operator.length_hint), ("hex", hex),
                            ("chr", chr), ("sqrt", math.sqrt), ("csqrt", cmath.sqrt), ("format", format), ("fspath", __import__("os").fspath)):
        if title in methods or ("length_" + title) in methods or methods.keys() & {"int", "index", "float", "complex", "trunc"}:
            if title not in ("str", "hash", "format") or title in methods:
                attempt(f"{methods} {title}", function, it)
    if "repr" in methods:
        attempt("repr", repr, it)
    if "dir" in methods:
        attempt("dir", dir, it)
for value in (MyInt(5), MyFloat(2.5), True):
    print([type(f(value)).__name__ for f in (operator.neg, operator.pos, abs, int, float, round)])
