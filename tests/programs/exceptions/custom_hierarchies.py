"""Exception classes of one's own: several bases, attributes, __init__ without super, __new__, slots, class patterns, messages and copies."""
import copy
import pickle


class AppError(Exception):
    code = 1

    def __init__(self, message="default", **details):
        super().__init__(message)
        self.details = details

    def __str__(self):
        return f"[{self.code}] {super().__str__()} {self.details or ''}".rstrip()


class NotFound(AppError, LookupError):
    code = 404


class Timeout(AppError, TimeoutError):
    code = 504


class NoSuper(Exception):
    def __init__(self, a, b):
        self.a = a


class Made(Exception):
    def __new__(cls, *args):
        self = super().__new__(cls, "replaced", *args)
        self.made = True
        return self


class Slots(Exception):
    __slots__ = ("x",)


class Both(KeyError, AttributeError): ...


errors = [AppError(), NotFound("page", url="/x"), Timeout("slow"), NoSuper(1, 2), Made("given"), Slots("s"), Both("k")]
for e in errors:
    caught = []
    for kind in (AppError, LookupError, KeyError, OSError, AttributeError, Exception):
        try:
            raise e
        except kind as error:
            caught.append(kind.__name__)
        except Exception:
            pass
    print(type(e).__name__, str(e), repr(e), e.args, vars(e), caught, [c.__name__ for c in type(e).__mro__[1:4]])
for e in errors[:3] + errors[5:]:
    e2 = copy.copy(e)
    e3 = pickle.loads(pickle.dumps(e))
    print(str(e2) == str(e), str(e3) == str(e), type(e3) is type(e), vars(e3) == vars(e))
try:
    pickle.loads(pickle.dumps(NoSuper(1, 2))) and print("pickled")
except TypeError as error:
    print(error)
for bad in (lambda: type("X", (KeyError, OSError), {}), lambda: type("Y", (StopIteration, SystemExit), {}), lambda: type("Z", (Exception, int), {}), lambda: AppError("a", "b"), lambda: NoSuper(1), lambda: setattr(Slots(), "y", 1) or "dict too", lambda: type("W", (ImportError, UnicodeDecodeError), {})):
    try:
        print(bad())
    except TypeError as error:
        print("TypeError", error)
