"""Threads with queues, events, barriers, conditions and pools, arranged so that the outcome is always the same."""
import queue
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed, wait

jobs, results = queue.Queue(), queue.PriorityQueue()


def worker():
    while (job := jobs.get()) is not None:
        number, function = job
        try:
            results.put((number, function(number)))
        except Exception as error:
            results.put((number, repr(error)))
        finally:
            jobs.task_done()


threads = [threading.Thread(target=worker, name=f"worker-{i}") for i in range(4)]
for thread in threads:
    thread.start()
for number in range(20):
    jobs.put((number, (lambda n: n * n) if number % 7 else (lambda n: 1 // n)))
jobs.join()
for _ in threads:
    jobs.put(None)
for thread in threads:
    thread.join()
print([results.get() for _ in range(results.qsize())], [t.is_alive() for t in threads])

turn, log = threading.Condition(), []
current = 0


def in_turn(me, count):
    global current
    for _ in range(3):
        with turn:
            turn.wait_for(lambda: current % count == me)
            log.append(me)
            current += 1
            turn.notify_all()


threads = [threading.Thread(target=in_turn, args=(i, 3)) for i in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
print(log)

barrier = threading.Barrier(3, action=lambda: log.append("all here"))
log.clear()
positions = []


def meet():
    positions.append(barrier.wait())
    barrier.wait()


threads = [threading.Thread(target=meet) for _ in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
print(log, sorted(positions))

with ThreadPoolExecutor(3, initializer=lambda: None) as pool:
    futures = [pool.submit(pow, n, 2) for n in range(6)]
    print([f.result() for f in futures], list(pool.map(lambda a, b: a + b, range(4), range(10, 14))))
    failed = pool.submit(int, "x")
    print(type(failed.exception()).__name__, failed.done(), failed.running())
    print(sorted(f.result() for f in as_completed(futures)), len(wait(futures).done))
    seen = []
    failed.add_done_callback(lambda f: seen.append(str(f.exception())))
    print(seen)
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)
future = Future()
print(future.cancel(), future.cancelled())
try:
    future.result()
except CancelledError:
    print("cancelled")
local = threading.local()
local.x = "main"


def with_local():
    log.append(hasattr(local, "x"))
    local.x = "thread"


thread = threading.Thread(target=with_local)
thread.start()
thread.join()
print(log[-1], local.x)
hooked = []
threading.excepthook = lambda args: hooked.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
thread = threading.Thread(target=lambda: {}["missing"], name="fails")
thread.start()
thread.join()
print(hooked)
timer = threading.Timer(0, hooked.append, ["timer"])
timer.start()
timer.join()
print(hooked[-1])
for action in (thread.start, lambda: threading.current_thread().join(), threading.Lock().release, threading.RLock().release,
               lambda: threading.Semaphore(-1), threading.Thread().join):
    try:
        action()
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)
lock = threading.RLock()
with lock, lock:
    print(lock.acquire(blocking=False), threading.Lock().acquire(timeout=0))
    lock.release()
