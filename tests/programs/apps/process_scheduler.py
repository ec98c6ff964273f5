"""A scheduler of generator processes with priorities, sleeping, messages, failures and joins; the order is exact."""
import heapq
import itertools
from collections import defaultdict, deque


class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks


class Send:
    def __init__(self, to, message):
        self.to, self.message = to, message


class Receive:
    def __init__(self, timeout=None):
        self.timeout = timeout


class Join:
    def __init__(self, name):
        self.name = name


class Scheduler:
    def __init__(self):
        self.now, self.queue, self.order = 0, [], itertools.count()
        self.boxes, self.waiting, self.joiners = defaultdict(deque), {}, defaultdict(list)
        self.done, self.live = {}, {}

    def spawn(self, name, process):
        self.live[name] = process
        self.resume(name, None)

    def resume(self, name, value, delay=0, error=None):
        heapq.heappush(self.queue, (self.now + delay, next(self.order), name, value, error))

    def run(self):
        while self.queue:
            self.now, _, name, value, error = heapq.heappop(self.queue)
            if error is TimeoutError and self.waiting.pop(name, None) is None or name not in self.live:
                continue
            try:
                process = self.live[name]
                request = process.throw(error(self.now)) if error else process.send(value)
            except StopIteration as stop:
                self.finish(name, stop.value)
            except Exception as failure:
                self.finish(name, failure)
            else:
                self.handle(name, request)

    def finish(self, name, result):
        print(f"{self.now:3} {name} ends with {result!r}")
        self.done[name] = result
        del self.live[name]
        for joiner in self.joiners.pop(name, ()):
            self.resume(joiner, result)

    def handle(self, name, request):
        match request:
            case Sleep(ticks=ticks):
                self.resume(name, None, ticks)
            case Send(to=to, message=message):
                if to in self.waiting:
                    del self.waiting[to]
                    self.resume(to, message)
                else:
                    self.boxes[to].append(message)
                self.resume(name, True)
            case Receive(timeout=timeout):
                if self.boxes[name]:
                    self.resume(name, self.boxes[name].popleft())
                else:
                    self.waiting[name] = True
                    if timeout is not None:
                        self.resume(name, None, timeout, TimeoutError)
            case Join(name=other):
                if other in self.done:
                    self.resume(name, self.done[other])
                else:
                    self.joiners[other].append(name)
            case _:
                self.resume(name, None, error=TypeError)


def producer(to, count):
    for number in range(count):
        yield Sleep(2)
        yield Send(to, number)
    yield Send(to, None)
    return "produced"


def consumer():
    total = 0
    try:
        while (message := (yield Receive(5))) is not None:
            total += message
            if message == 2:
                yield Sleep(9)
    except TimeoutError as error:
        return "timed out", error.args
    return total


def boss():
    results = []
    for name in ("consumer", "producer", "lonely", "broken"):
        results.append((yield Join(name)))
    return results


def lonely():
    yield from consumer()
    yield "nonsense"


def broken():
    yield Sleep(1)
    raise ArithmeticError("gave up")


scheduler = Scheduler()
scheduler.spawn("boss", boss())
scheduler.spawn("consumer", consumer())
scheduler.spawn("producer", producer("consumer", 5))
scheduler.spawn("lonely", lonely())
scheduler.spawn("broken", broken())
scheduler.run()
print(scheduler.now, list(scheduler.live), dict(scheduler.boxes))
