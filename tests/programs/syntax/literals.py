"""Literals of every kind: numbers, strings with prefixes and escapes, concatenation, bytes, containers, ellipsis."""
print(0, 00, 0x1F, 0XfF, 0o17, 0O7, 0b101, 0B1, 1_000_000, 0x_ff, 0b_1, 1_0.0_1, 1e5, 1E-5, 1.e1, .5, 5., 1j, 1.5J, 0e0, 0j, 1e1j, 0xdead_beef, 10**0)
print('a' "b" '''c''' """d""", 'it\'s', "q\"q", 'tab\there', "nl\nx", '\x41\u0042\U00000043\N{LATIN SMALL LETTER D}', '\101\60\0end', '\a\b\f\v\\' == '\x07\x08\x0c\x0b\x5c', 'line \
continued', r'raw\n\'', R"\\", b'bytes\x00\xff', rb'\x', bR'\n', Rb"q", BR'', u'uni', U"x")
print("""multi
line "quotes" ''""", '''\
no first newline
''', "a" "b"
      "c", ("implicit "
            "parens"), len("""
"""))
print(f"{1}" "x" f"{2}" 'y', "a" f"{3}", f"{4}" "{not}", "%s" "%d" % (1, 2), "x" * 2 + "y")
print([], [1], [1,], [1, 2, [3]], (), (1,), (1, 2), ((),), {}, {1}, {1: 2}, {1: 2,}, {1,}, {**{}}, [*[]], {*()}, ..., Ellipsis is ..., None, True, False, NotImplemented)
print([1, 2][0], (1, 2)[1], {1: 2}[1], "abc"[1], b"abc"[1], {"a": [1, {"b": (2,)}]}["a"][1]["b"][0], [i for i in (1, 2)][::-1], -1 ** 2, (-1) ** 2, 2 ** -1, not 1 == 2, 1 if 0 else 2)
print(-1, +1, ~1, --1, -+-1, not not 1, - 1, 1 - -1, 1--1, 2**3**2, -2**2, (1, 2, *[3]), *[1], 10 % 3, -10 % 3, 10 // -3, 5 @ 6 if False else "no matmul")
x = 1; y = 2; print(x, y); z = x, y
print(z, x if y else z, x and y or z, (x, y) == z, x < y < 3, x is x is x, x in (1,) in ((1,),))
if x: print("one line"); print("two")
for i in range(2): print(i, end=" "); print()
while y: y -= 1
class A: pass; b = 1
def f(): return 1; return 2
print(A.b, f(), y)
long = 1 + \
    2 + \
    3
print(long, [
    1,
    2,

    # a comment
    3,
], {
    'k':
        'v',
})
if (x ==
    1 and
        y == 0):
    print("multi-line condition")
名前, été, _, __x1 = 1, 2, 3, 4
print(名前, été, _, __x1, ﬁne := 5, fine)
print(0xFFFFFFFFFFFFFFFFFFFF, 123456789012345678901234567890, 1e308 * 10, -1e309, 1e-400, 0.1e-1, 00.5, 0_0, 09.5, 0777.5, 1_2_3)
print('\
' == '', "a\
b", """a\
b""", r"""a\
b""")
print("caf\u00e9" == "café", "\N{SNOWMAN}", "\ud83d" == "\ud83d", len("\U0001F600"), ascii("\x7f\x80\u0100\U00010000"), '\08', '\x0a' == '\n', '\377', b'\377', b'\x41\101')
print(1 .real, 1..real, 1j.imag, (5).bit_length(), 0x10.real, True.real, ....__class__)
import warnings

for source in ("'\\d'", "b'\\d'", "'\\8'", "'\\400'", "0x1for x in y", "1or 2", "1if 2else 3", "0b1and 0", "1in [1]", "f'\\d'", "1.0or 2", "1jif 0else 0"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, "s", "eval")
            print(source, [(w.category.__name__, str(w.message)) for w in caught])
        except SyntaxError as error:
            print(source, error.msg)
