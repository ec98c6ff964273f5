"""Signal handlers that run between instructions: order, nesting, exceptions out of them, alarms, sets, wakeups, restored."""
import os
import signal
import threading
import time

log = []


def handler(number, frame):
    log.append((signal.Signals(number).name, frame.f_code.co_name))


def send(number=signal.SIGUSR1):
    os.kill(os.getpid(), number)


previous = signal.signal(signal.SIGUSR1, handler)
print(previous, signal.getsignal(signal.SIGUSR1) is handler, signal.signal(signal.SIGUSR1, handler) is handler)


def function():
    send()
    return len(log)


print(function(), log)
log.clear()


def raises(number, frame):
    raise LookupError("from the handler")


signal.signal(signal.SIGUSR1, raises)
try:
    send()
    for _ in range(1000):
        pass
    log.append("never")
except LookupError as error:
    print(error, log, error.__context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        send()
        time.sleep(0)
except LookupError as error:
    print(repr(error.__context__))


def nested(number, frame):
    log.append("in")
    if len(log) < 4:
        send()
    log.append("out")


signal.signal(signal.SIGUSR1, nested)
send()
print(log)
log.clear()
signal.signal(signal.SIGUSR1, handler)
signal.signal(signal.SIGUSR2, handler)
old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGUSR2})
send(signal.SIGUSR2)
send(signal.SIGUSR1)
send(signal.SIGUSR1)
print(log, sorted(s.name for s in signal.sigpending()), old)
signal.pthread_sigmask(signal.SIG_SETMASK, old)
print([name for name, _ in log])
log.clear()
signal.signal(signal.SIGALRM, handler)
print(signal.setitimer(signal.ITIMER_REAL, 0.01), signal.alarm(0) > 0)
signal.setitimer(signal.ITIMER_REAL, 0.005)
deadline = time.monotonic() + 5
while not log and time.monotonic() < deadline:
    time.sleep(1)
print([name for name, _ in log], time.monotonic() < deadline)
log.clear()


def loops_until_signal():
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    n = 0
    while not log:
        n += 1
    return n > 0


print(loops_until_signal(), log)
log.clear()
read, write = os.pipe()
os.set_blocking(write, False)
signal.set_wakeup_fd(write)
send()
print(os.read(read, 1)[0] == signal.SIGUSR1, signal.set_wakeup_fd(-1) == write)
thread = threading.Thread(target=send)
thread.start()
thread.join()
for _ in range(1000):
    pass
print(len(log))
results = []


def in_thread():
    try:
        signal.signal(signal.SIGUSR1, handler)
    except ValueError as error:
        results.append(str(error))


thread = threading.Thread(target=in_thread)
thread.start()
thread.join()
print(results)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
log.clear()
send()
print(log, signal.getsignal(signal.SIGUSR1))
signal.raise_signal(signal.SIGUSR2)
# Whoever started this may have SIGINT ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
print(len(log), signal.strsignal(signal.SIGINT), signal.Signals.SIGTERM in signal.valid_signals(), signal.getsignal(signal.SIGINT) is signal.default_int_handler)
try:
    signal.raise_signal(signal.SIGINT)
    print("never")
except KeyboardInterrupt as error:
    print(repr(error))
for bad in (lambda: signal.signal(9999, handler), lambda: signal.signal(signal.SIGUSR1, 5), lambda: signal.signal(signal.SIGKILL, handler), lambda: signal.setitimer(99, 1), lambda: signal.signal("x", handler),
            lambda: signal.getsignal(0), lambda: signal.set_wakeup_fd(99999), lambda: signal.setitimer(signal.ITIMER_REAL, -1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
