"""The errors of calls to Python functions, of every kind of parameter and every number of faults."""


def none(): pass
def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def default(a, b=2): pass
def star(a, *rest): pass
def keyword_only(a, *, k): pass
def keywords_only(*, k, l, m=3): pass
def positional_only(a, b, /): pass
def mixed(a, /, b, *, c): pass
def anything(*args, **kwargs): pass
def with_kwargs(a, /, **kwargs): return a, kwargs
def many(a, b=1, *args, c, d=2, **kwargs): pass


class C:
    def method(self, a): pass
    @classmethod
    def cls(cls, a): pass
    @staticmethod
    def static(a): pass
    def __call__(self, a): pass
    def __init__(self, *args): pass
    def no_self(): pass


c = C()
calls = """
none(1)
none(1, 2)
none(a=1)
one()
one(1, 2)
one(b=1)
one(1, a=2)
one(1, b=2)
two()
two(1)
two(b=1)
two(1, 2, 3)
three()
three(1)
three(b=1)
three(1, 2, 3, 4, 5)
default()
default(1, 2, 3)
default(b=1)
default(1, 2, b=3)
star()
star(b=1)
keyword_only(1)
keyword_only(1, 2)
keyword_only(1, 2, k=3)
keyword_only(1, 2, 3, k=3)
keyword_only(k=1)
keyword_only(1, k=1, j=2)
keywords_only()
keywords_only(k=1)
keywords_only(1, 2)
keywords_only(1, k=2, l=3)
keywords_only(k=1, l=2, kk=3)
positional_only(1, b=2)
positional_only(a=1, b=2)
positional_only()
positional_only(1)
mixed(1)
mixed(1, 2)
mixed(a=1, b=2, c=3)
mixed(1, 2, 3)
mixed(1, 2, 3, c=4)
with_kwargs()
with_kwargs(1, a=2)
with_kwargs(1, 2)
many()
many(1)
many(c=1)
many(1, a=2, c=3)
c.method()
c.method(1, 2)
C.method()
C.method(c)
c.cls()
c.cls(1, 2)
C.cls(b=1)
c.static()
c.static(1, 2)
c()
c(1, 2)
c.no_self()
C.no_self(1)
(lambda x: x)()
(lambda x, y: x)(1, z=3)
(lambda: 0)(1)
one(*[1, 2])
one(**{'b': 1})
one(1, **{'a': 1})
anything(*5)
anything(*None)
anything(**5)
anything(**[1])
anything(**{1: 2})
anything(a=1, **{'a': 2})
anything(**{'a': 1}, **{'a': 2})
c.method(*1)
c.method(**1)
anything(1, *2)
many(c=1, **{'c': 2})
len(1, 2)
len()
len(obj=1)
int(1, 2, 3)
int('1', base='x')
print(end=5)
print(sepp='')
sorted()
sorted([], 5)
sorted([1], reverse='x')
max()
max(1)
max([])
max(1, 2, default=3)
isinstance(1)
isinstance(1, 2)
'abc'.split(1)
'abc'.split(maxsplit='x')
'abc'.split(sep='b', max=1)
[].sort(1)
{}.get()
{}.get(1, 2, 3)
{}.update(1)
{}.update([1])
{}.update([(1, 2, 3)])
dict([1, 2])
'x'.join(5)
'x'.join([1])
abs()
pow(1)
pow(1, 2, 3, 4)
open()
range()
range(1, 2, 3, 4)
range(1.5)
slice()
zip(1)
enumerate()
map()
map(int)
filter(1)
chr('a')
ord('ab')
ord(1)
getattr(1)
getattr(1, 2)
hasattr(1, 2)
divmod(1)
round()
sum()
sum(1)
sum('ab', '')
complex('a')
complex(1, 'a')
float('x')
float([])
bytes('a')
bytes(-1)
type()
iter()
iter(1, 2)
next()
next(1)
"""
for source in calls.split("\n"):
    if not source:
        continue
    try:
        result = eval(source)
    except Exception as error:
        print(f"{source}: {type(error).__name__}: {error}")
    else:
        print(f"{source}: {'fine' if not isinstance(result, (int, list)) else result}")
