"""What audit hooks hear of, what they can refuse, and that they are not traced."""
import _thread
import gc
import marshal
import os
import sys
import tempfile
import time

heard = []
wanted = {
    'open', 'exec', 'object.__setattr__', 'object.__delattr__', 'gc.get_objects', 'gc.get_referrers', 'gc.get_referents', 'marshal.dumps',
    'marshal.loads', 'marshal.load', 'sys._getframe', 'sys._getframemodulename', 'time.sleep', '_thread.start_new_thread', 'import',
}
refused = set()


def hook(event, args):
    if event in refused:
        raise PermissionError(event)
    if event in wanted and heard is not None:
        heard.append((event, args))


sys.addaudithook(hook)


def tell(what):
    print('---', what)
    for event, args in heard:
        print(event, [arg if isinstance(arg, (int, float, str, bytes)) else type(arg).__name__ for arg in args])
    heard.clear()


class A:
    pass


class B:
    pass


def function(a=1):
    return a


folder = tempfile.mkdtemp()
path = os.path.join(folder, 'file')
heard.clear()
with open(path, 'w') as file:
    file.write('text')
open(path, 'rb').close()
open(path, 'r+b', buffering=0).close()
heard[:] = [(event, ('file', *args[1:2])) for event, args in heard]
tell('files')
eval('1')
exec('x = 1')
exec(compile('y = 2', 'named', 'exec'))
tell('code')
A.__name__ = 'C'
A.__qualname__ = 'C'
A.__module__ = 'm'
A.plain = 1
item = A()
item.__class__ = B
item.plain = 1
function.__code__ = (lambda a: a).__code__
function.__defaults__ = (2,)
function.__kwdefaults__ = None
del function.__defaults__
tell('assignments')
gc.get_objects(generation=0)
gc.get_referents([], ())
gc.get_referrers(item, item)
tell('gc')
marshal.loads(bytearray(marshal.dumps([1])))
with open(path, 'wb') as file:
    marshal.dump((1, 2), file, 2)
with open(path, 'rb') as file:
    marshal.load(file)
heard[:] = [(event, args) for event, args in heard if event != 'open']
tell('marshal')
sys._getframe()
sys._getframemodulename(0)
time.sleep(0)
tell('sys and time')
lock = _thread.allocate_lock()
lock.acquire()
_thread.start_new_thread(lock.release, ())
lock.acquire()
tell('threads')

refused |= {'open', 'exec', 'time.sleep', 'object.__setattr__', 'import', 'gc.get_objects', '_thread.start_new_thread'}
for attempt in (
    lambda: open(path),
    lambda: eval('1'),
    lambda: time.sleep(0),
    lambda: setattr(A, '__name__', 'D'),
    lambda: setattr(item, '__class__', A),
    lambda: __import__('no_such_module'),
    lambda: gc.get_objects(),
    lambda: _thread.start_new_thread(print, ()),
):
    try:
        attempt()
    except PermissionError as error:
        print('refused', error)
refused.clear()
print(A.__name__, type(item).__name__)

traced = []


def trace(frame, event, arg):
    if frame.f_code is hook.__code__:
        traced.append(event)


sys.settrace(trace)
time.sleep(0)
hook.__cantrace__ = True
time.sleep(0)
hook.__cantrace__ = False
time.sleep(0)
sys.settrace(None)
print(traced)
os.unlink(path)
os.rmdir(folder)
heard = None
