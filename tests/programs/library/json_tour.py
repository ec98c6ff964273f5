"""json: encoding and decoding of every kind, separators, defaults, hooks, errors with their positions."""
import json
import math


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


data = {"a": [1, 2.5, -0.0, 1e100, True, False, None, "text", "é\u2028😀\"\\/\b\n\x00"], "nested": {"x": {}, "y": [], "z": [[]]}, "": 1}
print(json.dumps(data))
print(json.dumps(data, ensure_ascii=False))
print(json.dumps(data, indent=2))
print(json.dumps(data, indent="\t", separators=(",", ":"), sort_keys=True))
print(json.dumps([1, [2, {"a": (3, 4)}]], separators=(",", ":")), json.dumps([], indent=2), json.dumps({}, indent=0), json.dumps([[], {}], indent=1))
print(json.dumps({1: "a", 1.5: "b", True: "c", None: "d", "s": "e"}), json.dumps({(1, 2): 3, "k": 1}, skipkeys=True), json.dumps([math.inf, -math.inf, math.nan]), json.dumps(10**30), json.dumps(1e16), json.dumps(0.1), json.dumps("\ud800"), json.dumps(5e-324))
for text in ('{"a": [1, 2.5, 1e5, -0, -0.0, 1E+2], "b": null, "c": true, "d": false, "e": "\\u00e9\\ud83d\\ude00\\n\\/\\"", "f": {}}', "[]", " 5 ", '"x"', "1e400", "-Infinity", "[NaN, Infinity]", '{"a": 1, "a": 2}', "123456789012345678901234567890", "1.0", '"\\ud800"', "\t[\r\n1 , 2 ]", '{"": {"": []}}', "[[[[]]]]", "0", "-1", "1.5e-3"):
    print(repr(json.loads(text)))
for text in ("", " ", "[", "[1", "[1,", "[1,]", "[1 2]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{a:1}", "{'a':1}", '{"a" 1}', '{1:2}', "nul", "tru", "True", "01", "1.", ".5", "-", "+1", "1e", "0x10", '"abc', '"\\x"', '"\\u12"', '"\\u12g4"', '"a\nb"', '"a\tb"', "[1] 2", "[1]]", "{}{}", "\ufeff[]", "'a'", "[1,,2]", '{"a":1 "b":2}', "nan", "--1", "[}", '{"a":}', "/* c */ 1", "Infinit", "\x00"):
    try:
        print(repr(text), json.loads(text))
    except json.JSONDecodeError as error:
        print(repr(text), "|", error, "|", error.msg, error.pos, error.lineno, error.colno)
try:
    json.loads('[1,\n 2,\n  x]')
except json.JSONDecodeError as error:
    print(error, error.doc == '[1,\n 2,\n  x]')


class Point:
    def __init__(self, x):
        self.x = x


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Point):
            return {"point": o.x}
        if isinstance(o, (set, range)):
            return sorted(o)
        return super().default(o)


print(json.dumps([Point(1), {2, 1}, range(3)], cls=Encoder), json.dumps(Point(Point(2)), default=lambda o: [o.x]), json.dumps({"k": Point(3)}, cls=Encoder, indent=1))
circular = []
circular.append(circular)
loop = {}
loop["x"] = {"y": loop}
attempt(lambda: json.dumps(object), lambda: json.dumps({"a": [1, {2}]}), lambda: json.dumps(circular), lambda: json.dumps(loop), lambda: json.dumps({(1, 2): 3}), lambda: json.dumps(math.nan, allow_nan=False), lambda: json.dumps([math.inf], allow_nan=False), lambda: json.dumps(b"x"), lambda: json.dumps(1j), lambda: json.loads(5), lambda: json.loads(None), lambda: json.loads(b"\xff"), lambda: json.dumps({"b": 1, 2: 2}, sort_keys=True), lambda: json.dumps(Point(1), default=lambda o: o), lambda: json.dumps([1], bad=1))
try:
    json.dumps({"a": [1, {"b": {3}}]})
except TypeError as error:
    print(error, error.__notes__)
print(json.loads(b'{"a": 1}'), json.loads("é".join('""').encode("utf-16")), json.loads(bytearray(b"[1]")), json.loads('"é"'.encode("utf-8-sig")))
print(json.loads('{"a": {"b": 1}}', object_hook=lambda d: ("hook", d)), json.loads('{"a": 1, "b": 2}', object_pairs_hook=list), json.loads("[1.5, 2, -3]", parse_float=str, parse_int=lambda s: s + "!"), json.loads("[NaN]", parse_constant=lambda c: c.lower()), json.loads('"a\nb"', strict=False))


class IntSub(int):
    def __repr__(self):
        return "sub"


class StrSub(str):
    pass


class DictSub(dict):
    pass


import enum


class E(enum.IntEnum):
    A = 1


print(json.dumps([IntSub(5), StrSub("s"), DictSub(a=1), E.A, True]), json.dumps({StrSub("k"): 1, IntSub(7): 2, E.A: 3}))
decoder = json.JSONDecoder()
print(decoder.raw_decode('[1] rest'), decoder.raw_decode('  5', 2), list(json.JSONEncoder().iterencode([1, {"a": 2}])), "".join(json.JSONEncoder(indent=1).iterencode([1])))
import io

stream = io.StringIO()
json.dump({"a": [1]}, stream)
print(stream.getvalue(), json.load(io.StringIO("[1, 2]")), json.loads(json.dumps(data)) == data)
