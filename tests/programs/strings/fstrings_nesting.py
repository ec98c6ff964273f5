"""f-strings: nesting, quotes, conversions, format specs within specs, debugging forms, multi-line, errors of the compiler."""
import datetime

name, value, width, precision = "world", 3.14159, 10, 3
print(f"{name}", f"{name!r}", f"{name!s:>8}", f"{name!a}", f"{value:{width}.{precision}}", f"{value:{width}.{precision}f}|{name:^{width + 2}}|")
print(f"{value=}", f"{value = }", f"{value=:.2f}", f"{name=!s}", f"{name = !r:>10}", f"{1 + 1=}", f"{ name = }")
print(f"{'nested ' + f'{name + f"{value:.{f"{1 + 1}"}f}"}'}", f"{f"{f"{f"deep"}"}"}")
print(f"{{}} {{{name}}} {{{{", f"{'{'}{'}'}", f"\N{BULLET} \x41 \u00e9 {name}\n".strip(), rf"\n{name}\d")
print(f"""{
    name
    .upper()  # a comment
} and {
    [x for x in range(3)]
}""")
print(f"{name:{'>'}{width}}", f"{name:{'*^'}{'1'}{'2'}}", f"{5:{'0'}{4}{'b'}}", f"{value:{'.' + str(2)}}")
print(f"{(lambda x: x * 2)(3)}", f"{[1, 2][0]}", f"{ {'a': 1}['a'] }", f"{ {1, 2} }", f"{(yes := 5)} {yes}", f"{name if value else 'no'}", f"{not value}", f"{*[1, 2],}", f"{1,}")
print(f"{'a' 'b'}", f"a" "b" f"{name}" 'c', "{not} " f"{1}")
print(f'{name + "'"}', f"{name + '"'}", f"{'\n'.join('ab')}", f"{'\\'}", f'{'single'}')
print(f"{datetime.date(2024, 2, 29):%Y/%m/%d is a %A}", f"{datetime.time(1, 2):%H:%M}")
print(f"{1:=^5}|{1:=5}|{-1:=5}|{1:+}|{1: }|{1:,}|{1234567:_}|{255:#x}|{255:#010b}|{1e10:g}|{0.5:%}")


class Spec:
    def __format__(self, spec):
        return f"<{spec}>"

    def __repr__(self):
        return "Spec()"


s = Spec()
print(f"{s}", f"{s:}", f"{s:abc}", f"{s:a{1}b{2}c}", f"{s!r:>8}", f"{s:{'}'}}", f"{s: spaces kept }", f"{s:{s:inner}}", f"{s:\x41\n}".strip())
print(f"{s:!r}", f"{s:=}", f"{s=}", f"{s=:q}", f"{s=!s:5}|")


def log(x):
    print("evaluated", x)
    return x


print(f"{log(1)} {log(2):{log(5)}} {log(3)}")
x = {"k": {"l": [10, 20]}}
print(f"{x["k"]["l"][1]:>{x["k"]["l"][0]}}", f"{x['k'] | {'m': 1}}")


class C:
    attribute = "a"
    text = f"{attribute}"
    method = lambda self: f"{self.attribute!r:>5}"


print(C.text, C().method())
print(f"{'':>5}|{'abc':.2}|{'abc':5.1}|{True}|{True:d}|{None}|{True:>6}|")
try:
    f"{[]:d}"
except TypeError as error:
    print(error)
try:
    f"{None:>5}"
except TypeError as error:
    print(error)
try:
    f"{undefined_name}"
except NameError as error:
    print(error)
print(f"{lambda_:=1}" if (lambda_ := 3) else "", f"{1 if True else 2:>3}", f"{3 != 4}", f"{3 == 4!r}", f"{'a' in 'abc'}")
print(f'''{
1 +
2}''', f"{
    value
    :.1f}")
for source in ['f"{}"', 'f"{ }"', 'f"{"', 'f"}"', 'f"{a"', 'f"{a!}"', 'f"{a!x}"', 'f"{a!rr}"', 'f"{a! r}"', 'f"{a:{b:{c:{d}}}}"', 'f"{*a}"', 'f"{**a}"', 'f"{a b}"', 'f"{lambda x: 1}"', 'f"{lambda x}"', 'f"{a $ b}"', 'f"{#}"', "f'{a['", 'f"{a:{}}"', 'f"{yield}"', 'f"{=}"', 'f"{!r}"', 'f"{:5}"', 'f"{a.}"', 'f"{1 = 2}"', 'f"{a := 5}"', 'f"{def}"', "f'''{\n'''", 'f"{a}}"', 'f"{a))}"', 'f"{(a}"', 'f"\\N{nothing}"', 'b"" f""', 'f"{x:\n}"', 'f"{a;b}"', 'f"{print a}"', "bf''", "fu''", 'f"{1:d!r}"', 'f"{import x}"', 'f"{a=!}"', 'f"{\\n}"', 'f"{"a"']:
    try:
        compile(source, "s", "eval")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source!r}: {error.msg} ({error.lineno}, {error.offset})")
