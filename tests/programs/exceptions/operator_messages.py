"""The words of TypeErrors and ValueErrors from operators, conversions, indexing and iteration."""


def show(source, **scope):
    try:
        result = eval(source, {}, scope)
    except Exception as error:
        print(f"{source}: {type(error).__name__}: {error}")
    else:
        print(f"{source}: {result!r}")


for source in """
1 + 'a'
'a' + 1
[] + ()
() + []
b'' + ''
'' + b''
None + 1
{} + {}
1 - 'a'
'a' * 'b'
'a' * 1.5
[1] * 'a'
1 / 0
1 // 0
1 % 0
1.0 / 0
1.0 // 0
1.0 % 0
divmod(1, 0)
divmod(1.0, 0)
0 ** -1
0.0 ** -1
1j / 0
0j ** -1
(-1) ** 0.5
1 << -1
1 >> -1
1 << 'a'
'%d' % 'a'
'%d' % 1.5
'%s %s' % 1
'%s' % (1, 2)
'%q' % 1
'%(a)s' % 1
'%(a)s' % {}
'%c' % 'ab'
'%c' % -1
'%*d' % ('a', 1)
'%' % 1
'%x' % 1.5
~1.5
-'a'
+[]
not_defined
[1][1]
[1]['a']
[1][1.0]
(1,)[5]
(1,)['a']
'a'[5]
'a'['b']
b'a'[5]
b'a'['b']
range(3)[5]
range(3)['a']
{}['k']
{}[[]]
{1}[0]
5[0]
None[0]
print[0]
int[0]
type[int]
[1][::0]
[1]['a':]
'abc'[1:2:0]
list(5)
tuple(None)
set(5)
dict(5)
frozenset(1.5)
sum(['a'])
sum([[1]])
min()
max([])
min(1, 'a')
sorted([1, 'a'])
[1, 'a'].sort()
list.sort(5)
sorted(5)
reversed(5)
reversed({1})
len(5)
len(int)
iter(5)
next([])
int('a')
int('')
int('1_')
int('1', 1)
int('1', 37)
int('9', 8)
int(None)
int([])
int('0x1', 0)
int('x', 16)
int(1.5, 2)
int(float('nan'))
int(float('inf'))
float('a')
float('')
float(None)
complex('1+')
complex('a')
complex(None)
chr(-1)
chr(1114112)
chr(1.5)
ord('')
ord('ab')
ord(5)
bin(1.5)
hex('a')
oct(None)
round('a')
round(1.5, 'a')
abs('a')
pow(2, -1, 4)
pow(2, 3, 0)
pow(2.0, 1, 3)
bytes('a')
bytes([256])
bytes([-1])
bytes(['a'])
bytes(1.5)
bytearray('a')
bytes('é', 'ascii')
b'\\xff'.decode()
'é'.encode('ascii')
'a'.encode('nope')
'abc'.index('z')
[1].index(2)
(1,).index(2)
[1].remove(2)
[].pop()
[1].pop(5)
{}.pop('a')
{}.popitem()
set().pop()
set().remove(1)
{1}.remove([])
'a'.join([1])
'a'.join(5)
''.join(['a', None])
'a'.split('')
'a'.replace('a')
'a'.center(5, 'ab')
'a'.ljust('x')
'{}'.format()
'{a}'.format()
'{0.x}'.format(1)
'{0[a]}'.format([1])
'{:d}'.format('a')
'{:z}'.format(1)
'{!z}'.format(1)
'{'.format()
'}'.format()
'{0}{}'.format(1, 2)
format(1, 'zz')
format('a', 'd')
format([], 'd')
format(1.5, 'd')
format(1, '.2d')
format('a', '=5')
format(1, ',_')
format(None, '5')
memoryview('a')
memoryview(b'abc')[5]
isinstance(1, 'int')
isinstance(1, (int, 'a'))
issubclass(1, int)
issubclass(int, 1)
super(int, 'a')
object.__new__(5)
int.__add__(1)
str.join()
hash([])
hash({})
hash(([],))
hash(slice(1, 2, []))
type('X', (int, str), {})
range(1, 2, 0)
range('a')
range(1.0)
slice()
enumerate(5)
zip(5)
list(zip([1], [1, 2], strict=True))
list(zip([1, 2], [1], strict=True))
list(zip([1], [1], [], strict=True))
list(map(lambda x: x, [1], [1, 2], strict=True))
list(map(5, [1]))
filter(5, 5)
list(filter(5, [1]))
getattr(1, 2)
setattr(1, 'a', 2)
vars(1)
dir(1, 2)
id()
eval(5)
exec(5)
compile('1', 'f', 'x')
compile(5, 'f', 'eval')
compile('1', 'f', 'eval', 99999)
__import__(5)
open(1.5)
open('x', 'q')
open('x', 'rw')
input(1, 2)
print(1, sep=1)
print(1, end=1)
print(1, file=5)
breakpoint
""".strip().split("\n"):
    if source != "breakpoint":
        show(source)
