# The handler of a signal runs behind the native call that was interrupted, before anything else; no fork at the end.
import datetime
import os
import signal
import subprocess
import sys
import threading
import time


class Interrupted(Exception):
    pass


def handler(*args):
    raise Interrupted


class Within:
    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        print('left by', kind and kind.__name__)
        return True


signal.signal(signal.SIGALRM, handler)
reader, writer = os.pipe()
data = bytes(1 << 20)
for write in (lambda data: os.write(writer, data)), open(writer, 'wb', buffering=0, closefd=False).write:
    # The pipe is full, a thread makes room for a part, and the alarm ends the write with that part done.
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, data)
    except BlockingIOError:
        pass
    os.set_blocking(writer, True)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    thread = threading.Thread(target=lambda: os.read(reader, 8192))
    thread.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with Within():
        write(data)
        print('not reached')
    thread.join()

code = '''
import os, subprocess, sys
class Last:
    def __del__(self):
        print('ending', flush=True)
        %s
        print('not reached')
last = Last()
'''
for call in 'os.fork()', 'os.forkpty()', 'subprocess.Popen([sys.executable, "-c", ""], preexec_fn=print)':
    result = subprocess.run([sys.executable, '-c', code % call], capture_output=True, text=True)
    print(repr(result.stdout), result.stderr.splitlines()[-1])

# A time that the local clock skips.
os.environ['TZ'] = 'Asia/Tokyo'
time.tzset()
skipped = datetime.datetime(1948, 5, 2, 0, 30)
for fold in 0, 1:
    print(skipped.replace(fold=fold).timestamp(), skipped.replace(fold=fold).astimezone(datetime.timezone.utc))
