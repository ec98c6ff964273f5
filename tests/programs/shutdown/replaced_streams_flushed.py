"""When streams that a program put in the place of the standard ones are flushed: after the program and at the end."""
import os
import subprocess
import sys
import tempfile

PROGRAM = '''
import atexit, io, os, sys


class Stream:
    def __init__(self, name):
        self.name = name

    def write(self, text):
        if self.name == "out":
            os.write(1, f"{self.name} write {text!r}\\n".encode())

    def flush(self):
        os.write(1, f"{self.name} flush\\n".encode())

    def __getattr__(self, name):
        os.write(1, f"{self.name} get {name}\\n".encode())
        raise AttributeError(name)


mode = sys.argv[-1]
sys.stdout, sys.stderr = Stream("out"), Stream("err")
atexit.register(lambda: os.write(1, b"atexit\\n"))
print("hello")
if mode == "exit":
    sys.exit(3)
if mode == "error":
    1 / 0
if mode == "closed":
    sys.stdout = io.StringIO()
    sys.stdout.close()
if mode == "none":
    sys.stdout = None
if mode == "gone":
    del sys.stdout
'''
with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
    file.write(PROGRAM)
    file.flush()
    for mode in ("end", "exit", "error", "closed", "none", "gone"):
        for arguments in ([file.name], ["-c", PROGRAM]):
            done = subprocess.run([sys.executable, *arguments, mode], capture_output=True, text=True)
            print(mode, arguments[0] == "-c", done.returncode, done.stdout.splitlines(), bool(done.stderr))
for source in ("return 1\n", "def f(a, a): pass\n\n", "x +\n", "é = 1; break\n", "1/0\n", "x = (1,\n2)\nx\n", "def f():\n  nonlocal q\n\n"):
    done = subprocess.run([sys.executable, "-q", "-i"], input=source, capture_output=True, text=True)
    print(repr(source), done.returncode, done.stdout, done.stderr.splitlines())
