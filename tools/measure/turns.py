"""How fairly threads that compute take turns: run it with the interpreter to be measured.

    INTERPRETER turns.py

Two threads compute for some seconds and look at the clock all the time. A turn that takes more of the thread's own time than the
switch interval (5 ms) would be a fault of the hand-over; what the clock on the wall says also depends on what else the machine does.
"""
import threading
import time

SECONDS = 4
# Where the clock leaps by so much, another thread has had a turn, or another process.
LEAP = 0.001

turns = []
stop = False


def compute():
    clock, own = time.perf_counter, time.thread_time
    before = begun = clock()
    own_before = own_begun = own()
    while not stop:
        now = clock()
        if now - before > LEAP:
            turns.append((before - begun, own_before - own_begun, now - before))
            begun, own_begun = now, own()
        before, own_before = now, own()


threads = [threading.Thread(target=compute) for _ in range(2)]
for thread in threads:
    thread.start()
time.sleep(SECONDS)
stop = True
for thread in threads:
    thread.join()
print(f"{len(turns)} turns")
for name, times in zip(("a turn", "a turn's own time", "between turns"), zip(*turns)):
    times = sorted(times)
    print(f"{name}: median {times[len(times) // 2] * 1e3:.2f} ms, longest {times[-1] * 1e3:.2f} ms")
