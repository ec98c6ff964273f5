"""An asyncio pipeline with queues, task groups, cancellation, timeouts, semaphores and async generators; exact order."""
import asyncio
from contextlib import aclosing, asynccontextmanager

log = []


@asynccontextmanager
async def resource(name):
    log.append(f"open {name}")
    try:
        yield name
    except asyncio.CancelledError:
        log.append(f"cancelled {name}")
        raise
    finally:
        await asyncio.sleep(0)
        log.append(f"close {name}")


async def numbers(count):
    try:
        for n in range(count):
            await asyncio.sleep(0)
            yield n
    finally:
        log.append("numbers end")


async def producer(queue, count):
    async with resource("producer"):
        async with aclosing(numbers(count)) as stream:
            async for n in stream:
                await queue.put(n)
    queue.shutdown()


async def worker(name, queue, results):
    try:
        while True:
            n = await queue.get()
            await asyncio.sleep(0)
            results.append((name, n * n))
            queue.task_done()
    except asyncio.QueueShutDown:
        return name, len(results)


async def pipeline():
    queue, results = asyncio.Queue(2), []
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(worker(f"w{i}", queue, results), name=f"w{i}") for i in range(2)]
        group.create_task(producer(queue, 6))
    return sorted(n for _, n in results), [t.get_name() for t in tasks], [t.done() for t in tasks]


async def failing():
    async def bad(n):
        await asyncio.sleep(0)
        raise ValueError(n)

    async def patient():
        async with resource("patient"):
            await asyncio.sleep(100)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(patient())
            group.create_task(bad(1))
            group.create_task(bad(2))
    except* ValueError as errors:
        texts = [str(e) for e in errors.exceptions]
    return texts


async def timeouts():
    out = []
    try:
        async with asyncio.timeout(0.001):
            async with resource("slow"):
                await asyncio.sleep(10)
    except TimeoutError as error:
        out.append(type(error.__cause__).__name__)
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0)
    except TimeoutError:
        out.append("wait_for")
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        out.append((error.args, task.cancelled(), task.cancelling()))
    return out


async def gather():
    limit = asyncio.Semaphore(2)
    running = peak = 0

    async def job(n):
        nonlocal running, peak
        async with limit:
            running += 1
            peak = max(peak, running)
            await asyncio.sleep(0)
            running -= 1
            if n == 3:
                raise KeyError(n)
            return n
    results = await asyncio.gather(*map(job, range(5)), return_exceptions=True)
    done, pending = await asyncio.wait([asyncio.create_task(job(n)) for n in (1, 3)], return_when=asyncio.FIRST_EXCEPTION)
    first = [f.exception() or f.result() for f in sorted(done, key=lambda t: str(t.exception()))]
    return results, peak, len(pending), first


async def main():
    for function in (pipeline, failing, timeouts, gather):
        print(function.__name__, await function(), log)
        log.clear()
    lock, order = asyncio.Lock(), []

    async def locked(n):
        async with lock:
            order.append(n)
            await asyncio.sleep(0)
    await asyncio.gather(*(locked(n) for n in range(3)))
    print(order, [t.get_name() for t in asyncio.all_tasks()] == [asyncio.current_task().get_name()])


asyncio.run(main())
