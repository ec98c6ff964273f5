"""What sessions and programs do at their ends; names of modules that no file can have; exceptions of all threads."""
import os
import subprocess
import sys
import tempfile
import threading


def child(*args, given='', **environment):
    done = subprocess.run([sys.executable, *args], input=given, capture_output=True, text=True, env={**os.environ, **environment})
    print(args[0], done.returncode, done.stdout.split(), [line for line in done.stderr.splitlines() if 'python' not in line.lower()])


with tempfile.TemporaryDirectory() as folder:
    startup = os.path.join(folder, 'startup.py')
    with open(startup, 'w') as file:
        file.write('print("startup")\n')
    child('-i', '-c', 'print("program")', given='2 + 2\n', PYTHONSTARTUP=startup)
    child('-qi', given='import os\nprint("before")\nos.close(0)\n', PYTHONSTARTUP=startup)
child('-c', 'import sys; sys.exit("surrogate \\udcff")')

for name in 'nowhere\ud800', 'json.nowhere\udcff', '\ud800.nothing':
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, ascii(str(error)))


def hold(caught, leave):
    try:
        raise KeyError('held')
    except KeyError:
        caught.set()
        leave.wait()


caught, leave = threading.Event(), threading.Event()
thread = threading.Thread(target=hold, args=(caught, leave))
thread.start()
caught.wait()
exceptions = sys._current_exceptions()
print(exceptions[threading.get_ident()], repr(exceptions[thread.ident]), exceptions[thread.ident].__traceback__.tb_frame.f_code.co_name)
try:
    raise ValueError('here')
except ValueError:
    print(repr(sys._current_exceptions()[threading.get_ident()]))
leave.set()
thread.join()
print(thread.ident in sys._current_exceptions())


def generator():
    try:
        yield 1
    finally:
        pass


def plain():
    yield 1


events = []
monitoring = sys.monitoring
monitoring.use_tool_id(2, 'unwinding')
monitoring.register_callback(2, monitoring.events.PY_UNWIND, lambda code, offset, error: events.append((code.co_name, type(error).__name__)))
monitoring.set_events(2, monitoring.events.PY_UNWIND)
for function in generator, plain:
    iterator = function()
    next(iterator)
    iterator.close()
monitoring.set_events(2, 0)
monitoring.free_tool_id(2)
print(events)
