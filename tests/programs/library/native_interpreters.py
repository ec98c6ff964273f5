# Interpreters that a program makes: scripts, calls, queues, exceptions, and pools of them.
import math
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor

made = interpreters.create()
print(made, interpreters.list_all(), interpreters.get_current(), interpreters.get_main(), made.is_running())
made.prepare_main(shared=(1, "two", b"three", None, 4.5))
made.exec("counter = 1\nprint('inside', counter, shared)")
made.exec("counter += 1\nprint(counter)")
try:
    made.exec("def fails():\n    raise KeyError('within')\nfails()")
except interpreters.ExecutionFailed as error:
    print(error)
    print(error.excinfo.type.__name__, error.excinfo.msg, error.excinfo.formatted)
print(made.call(math.sqrt, 16), made.call(divmod, 17, 5))


def outer():
    def stateless(first, second):
        return second, first, [first] * second

    return stateless


print(made.call(outer(), 3, 2))
try:
    made.call(math.sqrt, -1)
except interpreters.ExecutionFailed as error:
    print(error.excinfo.formatted)

queue = interpreters.create_queue()
queue.put([1, {"two": 3}])
made.prepare_main(queue=queue)
made.exec("got = queue.get()\ngot.append('inside')\nqueue.put(got)\nqueue.put('left behind')")
print(queue.get(), queue.qsize())
made.close()
print(queue.get(), interpreters.list_all())
for attempt in (lambda: made.exec("1"), lambda: queue.get_nowait(), lambda: interpreters.create_queue(1).put_nowait(open(__file__))):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__)
print([interpreters.is_shareable(value) for value in (1, "a", b"", None, 1.5, True, (1, (2,)), [], {}, object())])

with InterpreterPoolExecutor(2) as pool:
    print(list(pool.map(math.factorial, range(6))))
    try:
        pool.submit(math.sqrt, -1).result()
    except ValueError as error:
        print(type(error).__name__, error)
