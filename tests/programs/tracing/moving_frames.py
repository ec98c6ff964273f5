"""A trace function moves a frame by setting f_lineno: where it may go, and what becomes of the stack."""
import sys
import warnings

warnings.simplefilter('ignore', RuntimeWarning)


class Manager:
    def __init__(self, log, name):
        self.log, self.name = log, name

    def __enter__(self):
        self.log.append(f'enter {self.name}')

    def __exit__(self, *details):
        self.log.append(f'exit {self.name}')


def out_of_loops(log):
    for a in range(2):
        for b in [1, 2]:
            log.append((a, b))
    log.append('after')


def out_of_with(log):
    with Manager(log, 'm'):
        log.append('inside')
        log.append('still')
    log.append('after')


def out_of_handler(log):
    try:
        1 / 0
    except ZeroDivisionError as error:
        log.append(type(error).__name__)
        log.append('handled')
    log.append(sys.exception())


def into_loop(log):
    log.append('start')
    for a in range(2):
        log.append(a)


def into_handler(log):
    try:
        log.append('body')
    except ValueError:
        log.append('handler')


def unbound(log):
    log.append('first')
    value = 1
    log.append(value)


def arguments(log):
    log.append(max(1,
                   2))
    log.append(min(3,
                   4))


def back(log):
    log.append('once')
    log.append('then')


def run(function, source, target, event='line'):
    first, log = function.__code__.co_firstlineno, []
    moved = []

    def trace(frame, what, argument):
        if frame.f_code is not function.__code__:
            return trace
        if what == event and frame.f_lineno == first + source and not moved:
            moved.append(True)
            try:
                frame.f_lineno = target if isinstance(target, str) else first + target
            except (ValueError, AttributeError) as error:
                log.append(f'{type(error).__name__}: {error}')
        return trace

    sys.settrace(trace)
    try:
        function(log)
    except Exception as error:
        log.append(repr(error))
    finally:
        sys.settrace(None)
    print(function.__name__, source, target, event, log)


run(out_of_loops, 3, 4)
run(out_of_loops, 4, 2)
run(out_of_with, 3, 4)
run(out_of_with, 3, 1)
run(out_of_with, 1, 3)
run(out_of_handler, 5, 6)
run(out_of_handler, 4, 2)
run(into_loop, 1, 3)
run(into_loop, 3, 1)
run(into_handler, 2, 4)
run(unbound, 1, 3)
run(arguments, 2, 4)
run(back, 2, 1)
run(back, 2, 'two')
run(back, 1, 2, 'call')
run(back, 2, 1, 'return')
run(back, 0, 1, 'call')
for line in (-1000, 10000):
    run(back, 1, line)
try:
    sys._getframe().f_lineno = 3
except ValueError as error:
    print(error)
try:
    del sys._getframe().f_lineno
except AttributeError as error:
    print(error)


def outer(log):
    inner(log)
    log.append('outer')


def inner(log):
    log.append('inner')


def trace(frame, what, argument):
    if what == 'return' and frame.f_code is outer.__code__:
        for name in 'f_trace_lines', 'f_trace_opcodes':
            print(name, getattr(frame, name))
    return trace


sys.settrace(trace)
outer([])
sys.settrace(None)
