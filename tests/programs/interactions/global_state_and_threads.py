"""Per-thread and shared state together: locals of threads, contexts, recursion limits, settrace, weakrefs, exits."""
import contextvars
import sys
import threading
import weakref

results = {}
lock = threading.Lock()


def run(function, *args, name=None):
    thread = threading.Thread(target=function, args=args, name=name)
    thread.start()
    thread.join()
    return results.get(name or function.__name__)


class State(threading.local):
    made = 0

    def __init__(self, start=5):
        with lock:
            State.made += 1
        self.value = start

    @property
    def double(self):
        return self.value * 2


state = State(7)
state.value += 1


def locals_():
    state.value += 100
    state.extra = "thread's"
    results["locals_"] = state.value, state.double, sorted(vars(state))


print(run(locals_), state.value, hasattr(state, "extra"), State.made)


class Key:
    def __del__(self):
        results.setdefault("deleted", []).append(threading.current_thread().name)


def keeps():
    local.key = Key()


local = threading.local()
run(keeps, name="keeper")
print(results["deleted"])


def recursion(n=0):
    try:
        return recursion(n + 1)
    except RecursionError:
        return n


def deep():
    results["deep"] = recursion() > 100


sys.setrecursionlimit(300)
print(run(deep), recursion() > 100)
sys.setrecursionlimit(1000)


def handled():
    try:
        raise KeyError
    except KeyError:
        results["handled"] = run(lambda: results.__setitem__("inner", sys.exception()), name="inner"), type(sys.exception()).__name__


print(run(handled))


def traced():
    seen = []
    sys.settrace(lambda frame, event, arg: seen.append(frame.f_code.co_name))
    (lambda: 0)()
    sys.settrace(None)
    results["traced"] = seen


print(run(traced), sys.gettrace())


def exits():
    sys.exit("ignored in threads")


print(run(exits), threading.active_count())
var = contextvars.ContextVar("var", default="default")
var.set("main")
run(lambda: results.__setitem__("var", var.get()), name="var")
print(results["var"])
target = type("T", (), {})()
ref = weakref.ref(target, lambda r: results.__setitem__("gone", threading.current_thread().name))


def drops(holder):
    holder.clear()


holder = [target]
del target
run(drops, holder, name="dropper")
print(results["gone"], ref())


def generator():
    while True:
        yield threading.current_thread().name


g = generator()
print(next(g), run(lambda: results.__setitem__("gen", next(g)), name="gen"))
once = []


class Lazy:
    def __init__(self):
        self.lock = threading.RLock()

    def get(self):
        with self.lock:
            if not once:
                once.append(threading.current_thread().name)
                self.get()
            return once[0]


lazy = Lazy()
print(run(lambda: results.__setitem__("first", lazy.get()), name="first"), lazy.get())
event, barrier_log = threading.Event(), []
waiter = threading.Thread(target=lambda: barrier_log.append(event.wait(5)))
waiter.start()
event.set()
waiter.join()
print(barrier_log, event.is_set(), threading.Event().wait(0), threading.BoundedSemaphore(1).acquire(), lock.locked())
