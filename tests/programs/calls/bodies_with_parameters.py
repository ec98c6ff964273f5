# Code with parameters where there are no arguments: `exec`, `eval`, class bodies.
import types


def one(a):
    return a


def many(a, b=2, *c, d, **e):
    return a, b, c, d, e


def collecting(*args, **kwargs):
    global seen
    seen = args, kwargs


def default(a=5):
    __x__ = a


def generator(a):
    yield a


for function in one, many, collecting, default, generator:
    for run in exec, eval:
        try:
            print(run(function.__code__))
        except TypeError as error:
            print(error)
print(seen)
for body in one, many, generator:
    try:
        print(__build_class__(body, "name"))
    except TypeError as error:
        print(error)
print(__build_class__(default, "Name"), __build_class__(collecting, "Other"))
code = (lambda x: x).__code__
try:
    types.FunctionType(code, {})()
except TypeError as error:
    print(error)
