"""What trace functions and tools are told of the end of generators, of iterators and of what is awaited."""
import sys

E = sys.monitoring.events
TOOL = 3


def numbers():
    yield 1
    return 'result'


class Iterator:
    def __init__(self):
        self.left = 2

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration('own')
        self.left -= 1
        return self.left


def delegating():
    got = yield from numbers()
    yield got


async def agen():
    yield 'a'
    yield 'b'


async def awaiting():
    async for item in agen():
        pass
    return 'done'


def loops():
    for item in numbers():
        pass
    for item in Iterator():
        pass
    for item in delegating():
        pass


def runs():
    try:
        awaiting().send(None)
    except StopIteration as stop:
        return stop.value


class Base:
    def method(self):
        return 1


class Derived(Base):
    def method(self):
        return super().method()


def supers():
    return Derived().method()


def told(function):
    events = []
    names = {code: name for name, code in vars(E).items() if name in ('STOP_ITERATION', 'RAISE', 'EXCEPTION_HANDLED')}
    sys.monitoring.use_tool_id(TOOL, 'told')
    for event, name in names.items():
        sys.monitoring.register_callback(
            TOOL, event, lambda code, offset, error, name=name: events.append((name, code.co_name, repr(error))))
    sys.monitoring.register_callback(TOOL, E.CALL, lambda code, offset, called, first: events.append(
        ('CALL', code.co_name, getattr(called, '__name__', None))) if code.co_name == 'method' else None)
    sys.monitoring.set_events(TOOL, sum(names) | E.CALL)
    function()
    sys.monitoring.set_events(TOOL, 0)
    sys.monitoring.free_tool_id(TOOL)
    return events


for function in loops, runs, supers:
    print(function.__name__)
    for event in told(function):
        print(' ', event)


def traced(function):
    events = []

    def trace(frame, what, argument):
        if frame.f_code.co_filename == __file__:
            shown = repr(argument[1]) if what == 'exception' else ''
            if what in ('exception', 'return'):
                events.append((what, frame.f_code.co_name, frame.f_lineno - function.__code__.co_firstlineno, shown))
        return trace
    sys.settrace(trace)
    function()
    sys.settrace(None)
    return events


for function in loops, runs:
    print(function.__name__)
    for event in traced(function):
        print(' ', event)


def branches(function, code):
    events = []
    sys.monitoring.use_tool_id(TOOL, 'branches')
    for name in 'BRANCH_LEFT', 'BRANCH_RIGHT':
        sys.monitoring.register_callback(TOOL, getattr(E, name), lambda code, a, b, name=name: events.append((name, a, b)))
    sys.monitoring.set_local_events(TOOL, code, E.BRANCH_LEFT | E.BRANCH_RIGHT)
    function()
    sys.monitoring.set_local_events(TOOL, code, 0)
    sys.monitoring.free_tool_id(TOOL)
    return events


print(branches(runs, awaiting.__code__))
print(branches(loops, loops.__code__))
