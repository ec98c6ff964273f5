"""What ** takes from mappings and subclasses of dict: keys(), __getitem__, __iter__, and what each refuses."""


class Sub(dict):
    def __getitem__(self, key):
        return "got " + key

    def keys(self):
        print("keys")
        return ["q"]


class Iterating(Sub):
    def __iter__(self):
        return iter("xy")


class Keys:
    def __init__(self, keys, fail=None):
        self.answer, self.fail = keys, fail

    def keys(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def __getitem__(self, key):
        if self.fail:
            raise self.fail
        return f"value of {key}"


def f(**given):
    return given


def updated(source):
    table = {}
    table.update(source)
    return table


class Target:
    def method(self, a=0, **given):
        return a, given


def attempt(action, *args):
    try:
        print(action(*args))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


FORMS = (lambda it: f(**it), lambda it: f(a=1, **it), lambda it: {**it}, dict, updated, lambda it: f(**it, **it),
         lambda it: Target().method(**it), lambda it: {} | it, lambda it: print(**it))
for source in (Sub(a=1), Iterating(a=1), Keys("a"), Keys(5), Keys(iter("bc")), Keys(AttributeError("inner")), Keys(TypeError("own")),
               Keys("a", KeyError("a")), Keys([1]), Keys(["a", "a"]), 5, None, [("a", 1)], {1: 2}, Keys(())):
    print(type(source).__name__)
    for form in FORMS:
        attempt(form, source)


def locals_merge(source):
    import sys
    q = a = None
    sys._getframe().f_locals.update(source)
    return q, a


for source in (Sub(a=1), Keys("a"), Keys(5), {"q": 3}):
    attempt(locals_merge, source)
