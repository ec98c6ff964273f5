"""SyntaxError texts and positions for broken statements, as compile() reports them."""
for source in """
x = = 1
x == 1 = 2
1 = x
f() = 1
x + 1 = 2
(a, 1) = 2
[a, f()] = 1
None = 1
True = 1
... = 1
x.1 = 2
'a' = 1
f'{x}' = 1
lambda: 0 = 1
x if y else z = 1
{a: b} = 1
not x = 1
x += y += 1
(x, y) += 1
f() += 1
x: int: str
del f()
del 1
del (a, 1)
del x + 1
del None
if x = 1: pass
while x = 1: pass
if x
if x pass
else: pass
elif x: pass
for x y: pass
for x in: pass
for 1 in x: pass
for f() in x: pass
for x in y pass
while: pass
try: pass
except: pass
finally: pass
with: pass
def f: pass
def f() pass
def f(): 
def (): pass
def f(x y): pass
def f(1): pass
def f(x, x): pass
def f(x=1, y): pass
def f(*): pass
class: pass
class C
class C(: pass
class C() pass
return 1
yield 1
await x
break
continue
import
import a.
from a import
from a import b c
from import a
raise x from
raise from x
assert
assert x,
global
global 1
nonlocal x
pass pass
a b
a b c
print x
print 'x'
exec 'x'
x = yield = 1
async x
async def f(): yield from x
def f(): await x
@
@x
lambda x: yield
lambda: (yield
x = (
x = [
x = {
x = (]
x = [)
x = {)
)
]
}
x = 'abc
x = '''abc
x = "abc
b'é'
'\\N{foo}'
'\\x1'
b'\\x1'
'\\u12'
0777
0o8
0b2
0xg
1__0
1_
1e
1.e+
1a
0_
1if x else y
x!
x?
$x
x = 1 2
'a' 1
a = 'x' y
é€
x = 5 +
x = * 5
*x
x = *y
print(*)
f(**)
f(a=1, b)
f(**a, *b)
f(a for a in b, c)
f(a=b=c)
f(1=2)
f(a.b=1)
f(True=1)
f(x for x)
[x for]
[for x in y]
[x for x y]
[x, y for x in z]
{x: y for x}
{x: y, z}
{x, y: z}
{1:}
{:1}
{**x, y}
{*x: y}
x[
x[]
x[1:2:3:4]
x.
.x
x..y
x->y
x <> y
x === y
x ++
++
x && y
x || y
!x
x = y if z
x if y
a if b else
a not b
a is is b
not
in x
x in
for
while True print(1)
match x: case 1: pass
type X
type = 
case x:
a := 1
(a := )
(a.b := 1)
(a[0] := 1)
x = (y := 1
with open(x) as 1: pass
with open(x) as f(): pass
import a as b.c
from a import *, b
def f(): from a import *
from __future__ import nope
if True:\n  x\n y
if True:\nx
  x = 1
def f():\n\tx\n        y
x = 1\n  y = 2
for x in y:\n
try:\n  x\ny
class C:\n
""".strip("\n").split("\n"):
    text = source.replace("\\n", "\n").replace("\\t", "\t") if not source.startswith(("'\\", "b'\\")) else source.replace("\\\\", "\\")
    try:
        compile(text, "s", "exec")
        print(f"{source!r}: fine")
    except SyntaxError as error:
        print(f"{source!r}: {type(error).__name__}: {error.msg} ({error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset})")
