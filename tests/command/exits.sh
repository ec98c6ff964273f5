# How programs end.
for value in '' 0 1 3 255 256 257 -1 None True False '"text"' '"äö"' 3.5 '(1, 2)' '[]' 2**31 2**40 -2**70; do
  about "exit($value)"; run -c "import sys; sys.exit($value)"
done
about SystemExit of two; run -c 'raise SystemExit(1, 2)'
about SystemExit, the class; run -c 'raise SystemExit'
about SystemExit of an exception; run -c 'raise SystemExit(ValueError("x"))'
about SystemExit whose text fails; run -c '
class Bad:
    def __str__(self): raise ValueError
raise SystemExit(Bad())'
about a class of its own; run -c '
class Exit(SystemExit): pass
raise Exit(4)'
about SystemExit in a group; run -c 'raise BaseExceptionGroup("g", [SystemExit(2)])'
about os._exit; run -c 'import os; print("lost"); os._exit(7)'
about an exception; run -c 'raise ValueError("text")'
about an exception with a cause; run -c '
try: 1/0
except ZeroDivisionError as error: raise KeyError("k") from error'
about GeneratorExit; run -c 'raise GeneratorExit'
about KeyboardInterrupt; run -c 'raise KeyboardInterrupt'
about an interrupt by signal; run -c '
import os, signal
os.kill(os.getpid(), signal.SIGINT)
while True: pass'
about an interrupt that sleeps; run -c '
import os, signal, time, threading
threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
time.sleep(20)'
about an interrupt that is caught; run -c '
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
    while True: pass
except KeyboardInterrupt: print("caught")'
about a signal that ends; run -c 'import os, signal; os.kill(os.getpid(), signal.SIGTERM)'
about abort; run -c 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)'
about exit in atexit; run -c '
import atexit, sys
atexit.register(sys.exit, 3)
print("end")'
about an error in atexit; run -c '
import atexit
atexit.register(lambda: 1/0)'
about an error in a thread; run -c '
import threading
threading.Thread(target=lambda: 1/0, name="worker").start()'
about an error in excepthook; run -c '
import sys
def hook(*args): 1/0
sys.excepthook = hook
raise ValueError("x")'
about no excepthook; run -c '
import sys
del sys.excepthook
raise ValueError("x")'
about no standard error; run -c '
import sys
sys.stderr = None
raise ValueError("x")'
about exit, the builtin; run -c 'exit(9)'
about quit; run -c 'quit("text")'
about an error whose text fails; run -c '
class Bad(Exception):
    def __str__(self): raise ValueError
raise Bad'
about an error in __del__; run -c '
class A:
    def __del__(self): 1/0
A()
print("goes on")'
