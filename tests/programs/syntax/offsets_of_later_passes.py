"""Offsets of errors that the passes after the parser find: counted in bytes, with the line of the file where there is one."""
import os
import sys
import tempfile

directory = tempfile.mkdtemp()
sys.path.insert(0, directory)
sys.dont_write_bytecode = True
SOURCES = ["é = 1; return", "é = 1; break", "def f():\n é = 1; global é", "é = [(yield) for x in y]", "é = 1; x: int = (yield)", "'é'; from __future__ import nope", "é = 1; f(a=1, a=2)", "é = 1; [x := 1 for x in y]", "é = 1; await x", "class A:\n é = super; return", "é = 1; *x = 1", "é, *a, *b = c", "match é:\n  case (é, é): pass", "def f(é, é): pass", "'é'; import a as __debug__", "é; x +", "é = 1; x = 5 6"]
for number, source in enumerate(SOURCES):
    with open(os.path.join(directory, f"m{number}.py"), "w", encoding="utf-8") as file:
        file.write(source + "\n")
    for run in (lambda: __import__(f"m{number}"), lambda: exec(source)):
        try:
            run()
        except SyntaxError as error:
            print(number, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, repr(error.text))
    os.remove(os.path.join(directory, f"m{number}.py"))
os.rmdir(directory)
