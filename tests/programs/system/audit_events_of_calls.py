"""What those who audit the program hear of calls of the system: the events and their arguments."""
import array
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import types

base = tempfile.mkdtemp()
heard = []
listening = False


def shown(value):
    if isinstance(value, bytes):
        return repr(value.replace(os.fsencode(base), b"BASE"))
    if type(value) is tuple:
        return f"({', '.join(map(shown, value))})"
    if isinstance(value, int) and value > 10**12:
        return "<now>"
    if type(value) in (str, int, float, type(None), bool, list, dict):
        return repr(value).replace(base, "BASE").replace(str(os.getpid()), "PID")
    return type(value).__name__


def hook(event, args):
    global listening
    if listening and not event.startswith(("import", "marshal", "exec")):
        listening = False
        heard.append(f"{event}({', '.join(map(shown, args))})")
        listening = True


sys.addaudithook(hook)


def run(label, action):
    global listening
    heard.clear()
    listening = True
    try:
        action()
        result = ""
    except Exception as error:
        result = f"{type(error).__name__}: {error}".replace(base, "BASE")
    finally:
        listening = False
    print(label, result, *heard, sep="\n    " if heard else " ")


def place(name):
    return os.path.join(base, name)


def fork():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def lose():
    class Bad:
        def __del__(self):
            raise ValueError("lost")
    Bad()


def frame_of_error():
    try:
        1 / 0
    except ZeroDivisionError as error:
        return error.__traceback__.tb_frame.f_code


def generator():
    yield


open(place("f"), "w").close()
directory, file = os.open(base, os.O_RDONLY), os.open(place("f"), os.O_RDWR)
Path = pathlib.Path
CALLS = """os.listdir(base)
os.listdir(Path(base))
os.listdir(os.fsencode(base))
os.listdir(1.5)
os.scandir(base).close()
os.mkdir(place("d"))
os.mkdir(place("e"), 0o700)
os.mkdir(place("d"))
os.rmdir(place("d"))
os.makedirs(place("x/y"))
os.removedirs(place("x/y"))
os.rename(place("f"), place("g"))
os.replace(place("g"), Path(place("f")))
os.link(place("f"), place("l"))
os.symlink("f", place("s"))
os.readlink(place("s"))
os.remove(place("l"))
os.unlink(place("nothing"))
os.chmod(place("f"), 0o600)
os.chown(place("f"), -1, -1)
os.lchown(place("s"), -1, -1)
os.utime(place("f"))
os.utime(place("f"), (1, 2.5))
os.utime(place("f"), ns=(1, 2))
os.utime(place("f"), 5)
os.utime(place("f"), (1, 2), ns=(1, 2))
os.truncate(place("f"), 3)
os.close(os.open(place("f"), os.O_RDONLY))
os.close(os.open(Path(place("f")), os.O_RDWR | os.O_CREAT, 0o600))
open(place("f"), "wb").close()
os.chdir(base)
os.chdir(Path("/"))
os.putenv("A_B", "c")
os.putenv("A=B", "c")
os.environ.__setitem__("QQ", "1")
os.environ.__delitem__("QQ")
os.unsetenv("A_B")
os.system("true")
os.kill(os.getpid(), 0)
os.killpg(1234567, 0)
os.execv(place("nothing"), ["a", "b"])
os.execv(place("nothing"), [])
os.execve(place("nothing"), ("a",), {"A": "b"})
os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
os.posix_spawnp(place("nothing"), ["true"], None)
fork()
os.getxattr(place("nothing"), "user.x")
os.setxattr(place("nothing"), b"user.y", bytearray(b"v"), os.XATTR_CREATE)
os.listxattr(place("nothing"))
os.removexattr(place("nothing"), "user.x")
shutil.copyfile(place("f"), place("c"))
shutil.move(place("c"), place("cc"))
shutil.copytree(place("e"), place("e2"))
array.array("i", [1, 2])
compile("x = 1", "<f>", "exec")
compile(bytearray(b"1"), Path("p"), "eval")
compile("1", "<f>", "nope")
compile(5, "<f>", "exec")
eval(" 1")
eval(b" 1")
eval((lambda: 0).__code__)
(lambda: 0).__defaults__
(lambda: 0).__kwdefaults__
setattr(lambda: 0, "__defaults__", ())
generator().gi_frame
generator().gi_code
frame_of_error()
types.FunctionType((lambda: 0).__code__, {})
sys._current_frames()
sys.set_asyncgen_hooks(firstiter=print, finalizer=None)
sys.set_asyncgen_hooks(firstiter=None)
lose()
[thread.start() or thread.join() for thread in [threading.Thread(target=int)]]"""
sys.unraisablehook = lambda args: None
for line in CALLS.split("\n"):
    run(line, eval("lambda: " + line))
for number, call in (("directory", lambda: os.mkdir("n", dir_fd=directory)), ("file", lambda: os.ftruncate(file, 0)), ("chmod", lambda: os.fchmod(file, 0o600)), ("chown", lambda: os.chown(file, -1, -1)), ("lock", lambda: os.lockf(file, os.F_TEST, 0)), ("chdir", lambda: os.fchdir(directory))):
    heard.clear()
    listening = True
    call()
    listening = False
    print(number, [event.replace(f"{directory}", "D") if number in ("directory", "chdir") else event.replace(f"({file},", "(F,") for event in heard])
os.chdir("/")
shutil.rmtree(base)
