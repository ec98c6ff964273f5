"""Which built-in classes can be bases together: those whose instances lie in memory alike; the base that gives the layout."""
import builtins
import datetime
import types


def combine(*bases):
    try:
        return type("X", bases, {}).__base__.__name__
    except TypeError as error:
        return "conflict" if "lay-out conflict" in str(error) else str(error).split(" for ")[0].split("\n")[0]


exceptions = sorted((c for c in vars(builtins).values() if isinstance(c, type) and issubclass(c, BaseException)), key=lambda c: c.__name__)
exceptions = list(dict.fromkeys(exceptions))
fields = [ImportError, UnicodeError, UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError, OSError, SyntaxError, SystemExit, StopIteration, AttributeError, NameError, ExceptionGroup, KeyError, ValueError]
for one in fields:
    found = {}
    for other in exceptions:
        if other is not one:
            found.setdefault(combine(one, other), []).append(other.__name__)
    print(one.__name__, {kind: len(names) if len(names) > 12 else names for kind, names in found.items()})
for one in (int, str, list, dict, set, ValueError, UnicodeError, types.ModuleType, property):
    print(one.__name__, combine(one, datetime.tzinfo), combine(datetime.tzinfo, one), combine(one, object), combine(one, ImportError), combine(int, one) if one is not int else "")


class Tagged(ImportError, UnicodeError):
    pass


class Place(ValueError, datetime.tzinfo):
    def utcoffset(self, when):
        return datetime.timedelta(hours=1)


error = Tagged("text", name="module")
print(error, error.name, error.args, isinstance(error, ValueError), UnicodeError("anything", 1, 2).args)
print(UnicodeError.__mro__, UnicodeEncodeError.__base__)
for call in (lambda: UnicodeError(1, x=2), lambda: UnicodeEncodeError(1), lambda: UnicodeDecodeError("a", b"b", 0, 1, "c").object, lambda: UnicodeError().object):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
