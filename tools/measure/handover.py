"""How long threads wait for each other: run it with the interpreter to be measured.

    INTERPRETER handover.py

Printed: how long handing a turn over takes, between two threads with two locks; and how long a thread that wakes up waits for
its turn beside one that computes.
"""
import threading
import time

TURNS = 20_000
here, there = threading.Lock(), threading.Lock()
here.acquire()
there.acquire()


def answer():
    for _ in range(TURNS):
        there.acquire()
        here.release()


thread = threading.Thread(target=answer)
thread.start()
start = time.perf_counter()
for _ in range(TURNS):
    there.release()
    here.acquire()
elapsed = time.perf_counter() - start
thread.join()
print(f"hand-over by locks: {elapsed / TURNS / 2 * 1e6:.1f} us")

stop = False


def compute():
    while not stop:
        pass


thread = threading.Thread(target=compute)
thread.start()
waits = []
for _ in range(200):
    start = time.perf_counter()
    time.sleep(0.001)
    waits.append(time.perf_counter() - start - 0.001)
stop = True
thread.join()
waits.sort()
print(f"turn beside a thread that computes: median {waits[100] * 1e3:.2f} ms, longest {waits[-1] * 1e3:.2f} ms")
