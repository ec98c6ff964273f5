# Expected output: made with CPython 3.14, `python subclasses.py > subclasses.out`.
"""Strings and bytes of subclasses, and objects that stand for ints, bytes and formats."""


def attempt(name, function):
    try:
        result = repr(function())
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    print(name, "->", result)


class S(str):

    def __str__(self):
        return 'S!'

    def __repr__(self):
        return 'SR'


class B(bytes):
    pass


class A(bytearray):
    pass


s = S('abc')
attempt('1', lambda: (s, str(s), s.upper(), type(s.upper()), type(s[:]), s == 'abc', hash(s) == hash('abc'), len(s), {s: 1}['abc']))
attempt('2', lambda: '%s %r' % (s, s))
attempt('3', lambda: f'{s} {s!r} {s!s:>5}')
attempt('4', lambda: ''.join([s, 'x']))
attempt('5', lambda: format(s, '>6'))
attempt('6', lambda: s + 'x')
s.attr = 5
attempt('7', lambda: s.attr)
attempt('8', lambda: S(b'abc', 'ascii'))
attempt('9', lambda: str.__new__(S, 'x'))
attempt('10', lambda: type(B(b'ab').upper()))
b = B(b'xyz')
b.foo = 1
attempt('11', lambda: (b, b.foo, b + b'1', b[1:], bytes(b) is b, bytes(b)))
attempt('12', lambda: (A(b'q'), A(b'q') + b'1', repr(A(b'z'))))


class Idx:

    def __init__(s, v):
        s.v = v

    def __index__(s):
        return s.v


attempt('13', lambda: ('abc'[Idx(1)], 'abc' * Idx(2), b'abc'[Idx(-1)], 'abcabc'.find('b', Idx(2)), bytes(Idx(3)), bytes([Idx(65)])))


class Bad:

    def __index__(s):
        raise ValueError('bad')


attempt('14', lambda: 'abc'[Bad()])
attempt('15', lambda: bytes(Bad()))


class BytesLike:

    def __bytes__(s):
        return b'hello'


attempt('16', lambda: (bytes(BytesLike()), b'%s' % BytesLike(), b'%b|%5s' % (BytesLike(), b'x')))


class Fmt:

    def __format__(s, spec):
        return 'F<' + spec + '>'


attempt('17', lambda: ('{:abc}'.format(Fmt()), f'{Fmt():x{3}y}', format(Fmt(), 'q')))


class M(dict):

    def __missing__(s, k):
        return 'miss:' + k


attempt('18', lambda: ('{a} {b}'.format_map(M(a=1)), '%(x)s' % M()))


def gen():
    yield 'a'
    yield 'b'


attempt('19', lambda: '-'.join(gen()))
attempt('20', lambda: bytes((x for x in range(5))))
x = ''
for i in range(2000):
    x += str(i)


attempt('21', lambda: (len(x), x[-10:]))
ba = bytearray()
for i in range(1000):
    ba += b'ab'


attempt('22', lambda: len(ba))


class Buf:

    def __init__(self):
        self.data = bytearray(b'hello')
        self.log = []

    def __buffer__(self, flags):
        self.log.append(flags)
        return memoryview(self.data)

    def __release_buffer__(self, view):
        self.log.append(('rel', type(view).__name__, bytes(view)))


o = Buf()
m = memoryview(o)
attempt('23', lambda: (m.tobytes(), bytes(o), b''.join([o]), o.log))
m[0] = 72
m.release()
attempt('24', lambda: (o.log, o.data))
o.data.append(1)
attempt('25', lambda: o.data)
with memoryview(o) as m2:
    pass


attempt('26', lambda: o.log[-1])


def f():
    with memoryview(b'abc') as m:
        return m.tolist()


attempt('27', f)


class Bad2:

    def __buffer__(self, flags):
        return 42


attempt('28', lambda: memoryview(Bad2()))
attempt('29', lambda: 'abc'.translate({ord('a'): 'x', ord('b'): None}))


class Tr:

    def __getitem__(self, k):
        if k == 97:
            raise LookupError
        return k + 1


attempt('30', lambda: 'abc'.translate(Tr()))
attempt('31', lambda: [c for c in 'aé€'])
attempt('32', lambda: list(reversed('abc')))
attempt('33', lambda: sorted('hello'))
attempt('34', lambda: max('hello'))
attempt('35', lambda: 'a,b'.split(',', maxsplit=0))
attempt('36', lambda: 'x'.join(map(str, range(5))))
attempt('37', lambda: eval('"\\N{EURO SIGN}\\x41"'))
attempt('38', lambda: b'abc' in {b'abc': 1})
attempt('39', lambda: [hex(c) for c in b'ab'])
match 'abc':
    case str(v):
        print('match ' + v)


match b'x':
    case bytes(v):
        print('match b')


attempt('40', lambda: isinstance('a', str))
attempt('41', lambda: ('a', 'b') < ('a', 'c'))
attempt('42', lambda: str(memoryview(b'abc'), 'ascii'))
attempt('43', lambda: int('12') + int(b'3'))
attempt('44', lambda: '{0!r:^{1}}'.format('x', 9))
attempt('45', lambda: '%s' % Exception('é'))
