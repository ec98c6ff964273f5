"""What runs when a process ends, for programs that leave something behind and for those that leave nothing.

The expected output was made by CPython 3.14: PYTHONHASHSEED=0 python3.14 process_end.py
"""
import subprocess
import sys

PROGRAMS = {
    "nothing left": "print('done')",
    "finaliser": "class C:\n def __del__(s): print('del')\na = C()",
    "finaliser that the class got later": "class C: pass\nc = C()\nC.__del__ = lambda s: print('late')",
    "cycle with a finaliser": "class C:\n def __init__(s): s.me = s\n def __del__(s): print('cycle')\nC()",
    "finaliser of a class": "class M(type):\n def __del__(c): print('gone', c.__name__)\nclass A(metaclass=M): pass",
    "suspended generator": "def g():\n try: yield\n finally: print('fin')\nx = g(); next(x)",
    "coroutine": "async def f(): pass\nx = f()",
    "weak reference": "import weakref\nclass C: pass\nc = C(); w = weakref.ref(c, lambda r: print('called'))",
    "callbacks of the collector": "import gc\ngc.callbacks.append(lambda p, i: i['generation'] == 2 and print(p, i['generation']))",
    "another stdout": "import io, sys\nsys.__stdout__.write('kept '); sys.stdout = io.StringIO(); print('lost')",
    "bytes without a flush": "import sys\nsys.stdout.buffer.write(b'raw '); sys.stdout.write('text')",
    "subclass of a stream": "import io\nclass F(io.StringIO):\n def close(s): print('closing')\nf = F()",
    "file that is not closed": "import os\nr, w = os.pipe()\nf = open(w, 'w'); f.write('x'); print('ok')",
    "closed stdout": "import sys\nsys.stdout.close()",
    "lost stdout": "import os, sys\nsys.stdout.write('x'); os.close(1)",
    "atexit": "import atexit\natexit.register(print, 'at exit')",
}

for title, program in PROGRAMS.items():
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True)
    print(f"{title}: {done.returncode} {done.stdout!r}", "complains" if done.stderr else "")
