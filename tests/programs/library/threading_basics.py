"""threading: start, join, locks, conditions, events, semaphores, barriers, locals, timers, thread names, exceptions."""
import queue
import threading
import sys


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


results = []
threads = [threading.Thread(target=lambda n=n: results.append(n * n), name=f"worker-{n}") for n in range(5)]
[t.start() for t in threads]
[t.join() for t in threads]
print(sorted(results), [t.is_alive() for t in threads], threads[0].name, threads[0].daemon, threads[0].ident is not None, threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.active_count())
lock = threading.Lock()
count = 0


def add():
    global count
    for _ in range(500):
        with lock:
            count += 1


threads = [threading.Thread(target=add) for _ in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
print(count, lock.locked(), lock.acquire(), lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.01), lock.release(), lock.locked())
rlock = threading.RLock()
with rlock:
    with rlock:
        print("reentered", rlock.acquire(blocking=False))
        rlock.release()
condition = threading.Condition()
items, seen = [], []


def consumer():
    with condition:
        while len(seen) < 3:
            condition.wait_for(lambda: items)
            seen.append(items.pop(0))
            condition.notify()


t = threading.Thread(target=consumer)
t.start()
for i in range(3):
    with condition:
        items.append(i)
        condition.notify()
        condition.wait_for(lambda: not items, timeout=5)
t.join()
print(seen, condition.acquire(), condition.wait(0.01), condition.release())
event = threading.Event()
log = []
t = threading.Thread(target=lambda: (event.wait(), log.append("woken")))
t.start()
log.append("setting")
event.set()
t.join()
print(log, event.is_set(), event.wait(0), event.clear(), event.is_set(), event.wait(0.01))
semaphore = threading.BoundedSemaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(blocking=False), semaphore.release(2))
barrier = threading.Barrier(3, action=lambda: log.append("barrier"))
threads = [threading.Thread(target=barrier.wait) for _ in range(2)]
[t.start() for t in threads]
print(barrier.wait() in range(3), [t.join() for t in threads], log[-1], barrier.parties, barrier.broken)
barrier.abort()
attempt(lambda: barrier.wait(), lambda: lock.release(), lambda: rlock.release(), lambda: semaphore.release(), lambda: condition.notify(), lambda: condition.wait(), lambda: threads[0].start(), lambda: threading.Thread().join(), lambda: threading.current_thread().join(), lambda: threading.Thread(group=5), lambda: threading.Semaphore(-1), lambda: setattr(threads[0], "daemon", True), lambda: lock.acquire(False, 5), lambda: lock.acquire(timeout=-2), lambda: threading.Barrier(0) and "no parties", lambda: threading.Thread(target=5).run(), lambda: threading.stack_size(5), lambda: threading.local(5))
local = threading.local()
local.value = "main"
found = []


def look():
    found.append(hasattr(local, "value"))
    local.value = "thread"
    found.append(local.value)


t = threading.Thread(target=look)
t.start()
t.join()
print(found, local.value)


class MyLocal(threading.local):
    def __init__(self, n):
        self.n = n


mine = MyLocal(5)
mine.n = 6
t = threading.Thread(target=lambda: found.append(mine.n))
t.start()
t.join()
print(found[-1], mine.n)
timer = threading.Timer(0.001, results.append, ["timer"])
timer.start()
timer.join()
cancelled = threading.Timer(60, results.append, ["never"])
cancelled.start()
cancelled.cancel()
cancelled.join()
print(results[-1])
caught = []
threading.excepthook = lambda args: caught.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
t = threading.Thread(target=lambda: 1 / 0, name="failing")
t.start()
t.join()
print(caught)
t = threading.Thread(target=sys.exit)
t.start()
t.join()
print(caught[1:], repr(t).startswith("<Thread(Thread-"), "stopped" in repr(t))


class Sub(threading.Thread):
    def run(self):
        self.result = threading.current_thread() is self


s = Sub(daemon=True)
print(s.daemon, s.start(), s.join(), s.result, threading.get_ident() == threading.main_thread().ident, isinstance(threading.get_native_id(), int))
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(lambda x: x * 2, range(5))), pool.submit(pow, 2, 5).result(), sorted(f.result() for f in as_completed([pool.submit(abs, -i) for i in range(3)])))
    future = pool.submit(lambda: 1 / 0)
    print(type(future.exception()).__name__, future.done(), future.cancelled())
    attempt(lambda: future.result(), lambda: list(pool.map(int, ["1", "x"])))
attempt(lambda: pool.submit(print))
q = queue.Queue()
producer = threading.Thread(target=lambda: [q.put(i) for i in (1, 2, None)])
producer.start()
print(list(iter(q.get, None)))
producer.join()
generator_lock = threading.Lock()
with generator_lock as entered:
    print(entered, generator_lock.locked())
print(threading.enumerate() == [threading.main_thread()], lock.__class__.__name__, repr(lock).startswith("<unlocked _thread.lock object at"))
