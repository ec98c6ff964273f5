"""dis: listings of small functions, instruction fields, labels, exception tables, constants, flags."""
import dis
import io
import re


def listing(thing, **keywords):
    out = io.StringIO()
    dis.dis(thing, file=out, **keywords)
    return re.sub(r" at 0x[0-9a-f]+, file \".*?\"", "", out.getvalue())


def arithmetic(a, b):
    c = a + b * 2
    return -c if c > 10 else [c, a]


def loop(items):
    total = 0
    for i in items:
        if not i:
            continue
        total += i
    else:
        total *= 2
    return total


def handlers(x):
    try:
        x()
    except (ValueError, TypeError) as error:
        raise KeyError from error
    finally:
        print("done")


def closure(n):
    def inner(k=1, *, z=2):
        nonlocal n
        n += k
        return lambda: n

    return inner


def calls(f, *args, **kw):
    f(1, *args, key=2, **kw)
    f.attr.method(3)[4] = f[5:6]
    return f"{f!r:>5} {args}"


def context(m):
    with m as x:
        yield x
    return [y for y in m]


def match_(x):
    match x:
        case [1, *rest]:
            return rest
        case {"k": v}:
            return v
        case C(a=1):
            return None


async def coro(x):
    await x
    async for y in x:
        return y


source = [arithmetic, loop, handlers, closure, calls, match_, coro]
for function in source:
    print(function.__name__)
    print(listing(function))
print(listing("x = 1\nimport os\nfrom sys import path as p\ndel x\nassert p, 'm'\nclass C(object):\n  y: int = 2"))
print(listing(arithmetic, show_offsets=True), listing(arithmetic, show_caches=True)[:200] != "", listing(loop, show_positions=True))
for i in list(dis.get_instructions(arithmetic))[:6]:
    print(i.opname, i.opcode, i.arg, i.argval, i.argrepr, i.offset, i.starts_line, i.line_number - arithmetic.__code__.co_firstlineno, i.is_jump_target, i.positions.col_offset)
print(dis.code_info(arithmetic).split("Filename")[1].split("\n", 1)[1], list(dis.findlinestarts(arithmetic.__code__))[0][0], dis.findlabels(loop.__code__.co_code) != [], dis.stack_effect(dis.opmap["LOAD_CONST"], 0), dis.stack_effect(dis.opmap["FOR_ITER"], 0, jump=True), dis.opname[dis.opmap["RETURN_VALUE"]], len(dis.opmap) > 100, dis.hasconst == [dis.opmap["LOAD_CONST"]] if False else "", dis.cmp_op, dis.COMPILER_FLAG_NAMES[4])
for action in (lambda: dis.dis(5), lambda: dis.dis("("), lambda: dis.stack_effect(99999), lambda: dis.stack_effect(dis.opmap["LOAD_CONST"]), lambda: dis.distb(), lambda: dis.Bytecode(5)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error if not isinstance(error, SyntaxError) else error.msg)
bytecode = dis.Bytecode(loop)
print(bytecode.codeobj.co_name, len(list(bytecode)) > 10, bytecode.dis().splitlines()[1].strip()[:20])
