"""A JSON parser of one's own held against the json module on good texts and bad ones."""
import json
import re

NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
STRING = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Bad(ValueError):
    pass


def parse(text):
    value, at = parse_value(text, skip(text, 0))
    if (at := skip(text, at)) != len(text):
        raise Bad(f"more at {at}")
    return value


def skip(text, at):
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def unescape(text):
    out = re.sub(r"\\(u....|.)", lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "u" else ESCAPES.get(m[1], m[1]), text)
    return out.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def parse_value(text, at):
    match text[at:at + 1]:
        case "{":
            return parse_many(text, at + 1, "}", parse_pair, dict)
        case "[":
            return parse_many(text, at + 1, "]", parse_value, list)
        case '"':
            found = STRING.match(text, at)
            if not found:
                raise Bad(f"string at {at}")
            return unescape(found[1]), found.end()
        case "t" | "f" | "n":
            for word, value in (("true", True), ("false", False), ("null", None)):
                if text.startswith(word, at):
                    return value, at + len(word)
    found = NUMBER.match(text, at)
    if not found:
        raise Bad(f"value at {at}")
    return (float if found[1] or found[2] else int)(found[0]), found.end()


def parse_pair(text, at):
    if text[at:at + 1] != '"':
        raise Bad(f"key at {at}")
    key, at = parse_value(text, at)
    at = skip(text, at)
    if text[at:at + 1] != ":":
        raise Bad(f"colon at {at}")
    value, at = parse_value(text, skip(text, at + 1))
    return (key, value), at


def parse_many(text, at, end, part, build):
    items = []
    at = skip(text, at)
    if text[at:at + 1] == end:
        return build(items), at + 1
    while True:
        item, at = part(text, skip(text, at))
        items.append(item)
        at = skip(text, at)
        if text[at:at + 1] == end:
            return build(items), at + 1
        if text[at:at + 1] != ",":
            raise Bad(f"comma at {at}")
        at += 1


TEXTS = ['{"a": [1, 2.5, -3e2, true, null], "b": {"c": "d\\n\\u00e9\\ud83d\\ude00"}}', "[]", "{}", ' [ 1 , [ ] , { } ] ', '"\\"\\/\\\\"',
         "0", "-0", "1e5", "12345678901234567890", '{"a": 1, "a": 2}', "1E400", "[1,]", "[1 2]", '{"a" 1}', "{1: 2}", "01", "tru", '"a',
         "", "[", '{"a":', "[1]x", '"\\x"', "nul", "-", "1.", ".5", '"\t"', "[[[[[]]]]]"]
for text in TEXTS:
    results = []
    for parser in (parse, json.loads):
        try:
            results.append(parser(text))
        except ValueError as error:
            results.append(f"{type(error).__name__}: {error}")
    same = results[0] == results[1] or isinstance(results[0], str) and results[0].startswith("Bad") and "JSONDecode" in str(results[1])
    print(f"{text!r:40.40} {same} {results[1]!r}")
deep = "[" * 200 + "]" * 200
print(parse(deep) == json.loads(deep), json.dumps(json.loads(TEXTS[0]), indent=1, sort_keys=True) == json.dumps(parse(TEXTS[0]), indent=1))
