"""Interpreters that end: threads are waited for, `atexit` is called, streams are flushed, modules are cleared, in that order."""
import os
from concurrent import interpreters

read, write = os.pipe()
PROGRAM = f"""if True:
    import atexit, os, threading, time
    started = threading.Event()
    release = threading.Event()
    def tell(text):
        os.write({write}, text.encode() + b";")
    def work():
        started.set()
        release.wait()
        tell("thread")
    thread = threading.Thread(target=work)
    thread.start()
    started.wait()
    atexit.register(tell, "atexit one")
    atexit.register(tell, "atexit two")
    threading._register_atexit(release.set)
    class Ends:
        def __del__(self):
            tell("module")
    ends = Ends()
    tell("ran")
"""
interpreter = interpreters.create()
interpreter.exec(PROGRAM)
print(os.read(read, 100))
interpreter.close()
print(os.read(read, 100))
failing = interpreters.create()
failing.exec("import atexit\natexit.register(lambda: None)")
failing.close()
unclosed = interpreters.create()
unclosed.exec(PROGRAM.replace("ran", "ran again"))
print(os.read(read, 100))
del unclosed
print(os.read(read, 100))
writer = interpreters.create()
writer.exec("import sys, io\nsys.stdout = open(" + str(write) + ", 'w', closefd=False)\nprint('buffered', end=';')")
writer.close()
print(os.read(read, 100))
for gone in interpreter, writer:
    try:
        gone.exec("1")
    except interpreters.InterpreterNotFoundError as error:
        print(type(error).__name__, str(error).replace(str(gone.id), "N"))
print([one.id for one in interpreters.list_all()])
