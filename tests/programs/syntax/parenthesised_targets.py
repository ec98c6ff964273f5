"""Parentheses around targets, names and patterns: where they may stand, and the error where not."""
SOURCES = """((x) := 1)
(((x)) := 1)
[(y) := 1]
f((x) := 1)
((x.y) := 1)
(
 (x)
 := 1)
{(x) := 1}
[((x) := 1) for q in []]
(x) += 1
(x): int = 1
(x, y): int
with a as (b): pass
with (a as (b)): pass
def f((a)): pass
lambda (x): 0
import a as (b)
from a import (b as (c))
f((x)=1)
f(((x))=1)
del ((x), y)
for ((x)) in y: pass
for (x in y): pass
try: pass\texcept E as (e): pass
global (x)
(*x) = 1
def f[(T)](): pass
type (X) = int
x[(y) := 1]
match x:\tcase A((y)=5): pass
match x:\tcase A((y)): pass
match x:\tcase A(y=(z)): pass
match x:\tcase (A)(): pass
match x:\tcase (A).b: pass
match x:\tcase (A()): pass
match x:\tcase (A.b)(c): pass
match x:\tcase (-5) + 3j: pass
match x:\tcase -5 + (3j): pass
match x:\tcase (-5 + 3j): pass
match x:\tcase {(-5) + 3j: y}: pass
match x:\tcase {(5): y}: pass
match x:\tcase {"(": y}: pass
match x:\tcase "(": pass
match x:\tcase -(5): pass
match x:\tcase (y) as z: pass
match x:\tcase y as (z): pass
match x:\tcase {**(z)}: pass
match x:\tcase [*(z)]: pass"""
for line in SOURCES.replace("\n (", "\r (").replace("\n :", "\r :").split("\n"):
    source = line.replace("\r", "\n").replace("\t", "\n    " if line.startswith("match") else "\n")
    try:
        compile(source, "<source>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
