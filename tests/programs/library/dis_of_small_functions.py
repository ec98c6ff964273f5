"""dis of functions with closures, loops, try, with, match, generators and comprehensions; Bytecode, show_code, adaptive off."""
import dis
import io
import re


def closure(a):
    b = 1

    def inner(c=2, *, d: int = 3):
        nonlocal b
        b += a
        return c + d
    return inner


def handles(x):
    try:
        return x[0]
    except (IndexError, KeyError) as error:
        raise ValueError from error
    finally:
        print(x)


def manages(f):
    with f() as g, f():
        yield from g


async def asks(x):
    async for y in x:
        await y


def matches(v):
    match v:
        case {"a": [1, *rest], **kw}:
            return rest, kw
        case int(n) | str(n):
            return n


class C:
    """Doc."""
    x: int = 5

    def m(self):
        return super().m(*self.a, **self.b)


def comprehensions(n):
    return [i for i in n if i], {k: v for k, v in n}, (j async for j in n)


def text(thing, **options):
    out = io.StringIO()
    dis.dis(thing, file=out, **options)
    return re.sub(r" at 0x[0-9a-f]+, file \"[^\"]*\"", "", out.getvalue())


for function in (closure, handles, manages, asks, matches, comprehensions, C.m):
    print(f"== {function.__name__}")
    print(text(function, depth=0))
print(text("x = a.b[c](1, d=2) if not e else f'{g!r:>{h}}'"))
print(text(compile("import a.b as c, d\nfrom e import *\nfor i in range(3): del i\nelse: i: int = 0", "<m>", "exec"), show_offsets=True, show_positions=True))
print(text("lambda *a, **k: (yield)", show_caches=True))
code = dis.Bytecode(closure)
print([i.opname for i in code][:8], code.codeobj.co_name, code.first_line - closure.__code__.co_firstlineno, dis.stack_effect(dis.opmap["BUILD_LIST"], 3))
print(dis.code_info(C.m).split("Filename")[0], dis.findlabels(handles.__code__.co_code)[:3], [line and line - handles.__code__.co_firstlineno for _, line in dis.findlinestarts(handles.__code__)])
for bad in (lambda: dis.dis(5), lambda: dis.stack_effect(400), lambda: dis.Bytecode(5), lambda: dis.stack_effect(dis.opmap["NOP"], 3, jump=5)):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
