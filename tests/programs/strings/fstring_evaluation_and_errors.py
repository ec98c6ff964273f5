"""f-strings: order of evaluation, nested specs, conversions, = forms, errors inside, walrus, lambda, await, quotes and lines."""
import datetime

log = []


def n(value):
    log.append(value)
    return value


class Spec:
    def __format__(self, spec):
        log.append(("format", spec))
        return f"<{spec}>"

    def __repr__(self):
        log.append("repr")
        return "R"

    def __str__(self):
        log.append("str")
        return "S"


s, width, name = Spec(), 8, "näme"
print(f"{n(1)}{n(2):{n(3)}}{n(4)!r}", f"{s}{s!r}{s!s:>4}{s!a}{s:{'a'}{'b'}}{s:%Y}", log)
print(f"{width=}", f"{width = }", f"{ width=!r:>4}", f"{n('x')=!s}", f"{width + 1=:>{width}}", f"{name!a:>{width}}", f"{'a' 'b'=}", f"{(lambda x: x * 2)(3)=}")
print(f"{{}}{{{width}}}", f"{'nested ' + f'{width + 1:{width}}'}", f"{"same quotes"!r}", f"{'\n'.join('ab')}", f"{width
    # a comment
    + 1}", f'''{
    name
}''', rf"\d{width}\{name}", f"{(w := 5)}{w}", f"{3.14159:{'>'}{10}.{2}f}", f"{datetime.date(2024, 2, 29):%d/%m}", f"{1_000:,}", f"{-5:=+6}", f"{name:*^{width + 4}}")
print(f"{1 if width else 2}", f"{ {1: 2}[1] }", f"{ {x for x in 'a'} }", f"{[*'ab']}", f"{'a' if '{' else '}'}", f"{'{'}{'}'}", f"{width!r:{'>'}{'4'}}", f"{None}{...}{True:d}{1j}", f"a{''}b", f"{''!r}", "{}" f"{width}" '{}', f"{'x':{'y'}<{3}}", f"\N{BULLET}{'\N{BULLET}'}\x41")
for source in ("f'{'", "f'}'", "f'{}'", "f'{ }'", "f'{!r}'", "f'{a!x}'", "f'{a!}'", "f'{a!r:}'", "f'{a:{b:{c:{d}}}}'", "f'{a b}'", "f'{lambda x: 1}'", "f'{a:=5}'", "f'{a=!}'", "f'{*a}'", "f'{**a}'", "f'{yield}'", "f'{a}{'", "f'{a!r !s}'", "f'{a!ra}'", "f'{a:{}}'", "f'{#}'", "f'{a[\"b\"}'", "f'{(}'", "f'{a;b}'", "f'{pass}'", "f'{a $ b}'",
               "f'{a\\\n}'", "f'''{\n}'''", "f'{a.}'", "f'{1a}'", "f'{a: {b}'", "b'' f''", "f'' b''", "rb f''", "f'{a!r=}'", "f'{a,}'", "f'{a:{b!r}}'", "f'{a = !r:^{b}}'", "f'{not a}'", "f'{a if b}'", "f'{_:{_!z}}'"):
    try:
        code = compile(source, "s", "eval")
        print(source.replace("\n", "\\n"), "->", eval(code, {"a": 1, "b": 2, "c": 3, "d": 4, "_": 0}))
    except SyntaxError as error:
        print(source.replace("\n", "\\n"), "->", error.msg, error.offset)
    except Exception as error:
        print(source.replace("\n", "\\n"), "->", type(error).__name__, error)
log.clear()
try:
    f"{n('before')}{1 / 0}{n('after')}"
except ZeroDivisionError as error:
    print(error, log)


async def coroutine():
    async def value():
        return 7
    return f"{await value()}{[x async for x in agen()]}"


async def agen():
    yield 1


try:
    coroutine().send(None)
except StopIteration as stop:
    print(stop.value)
