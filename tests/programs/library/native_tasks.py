"""Futures and tasks: states, cancelling, what awaits what, and which tasks are known."""
import asyncio
import gc


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print(type(future).__module__, future._state, future.done(), future._asyncio_awaited_by)

    async def waits():
        return await future

    tasks = [asyncio.create_task(waits(), name=f'w{index}') for index in range(3)]
    await asyncio.sleep(0)
    print(sorted(task.get_name() for task in future._asyncio_awaited_by), tasks[0]._fut_waiter is future)
    print(len(asyncio.all_tasks()), asyncio.current_task() in asyncio.all_tasks())
    tasks[0].cancel('stop')
    tasks[0].cancel()
    print(tasks[0].cancelling(), tasks[0].uncancel(), tasks[0].uncancel(), tasks[0].uncancel())
    try:
        await tasks[0]
    except asyncio.CancelledError as error:
        print('cancelled', error.args, tasks[0].cancelled(), future.cancelled())
    other = loop.create_future()
    other.set_exception(ValueError('v'))
    for call in (other.result, other.exception, lambda: other.set_result(1)):
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__, error)
    for wrong in (StopIteration, StopIteration(3), 5):
        try:
            refused = loop.create_future()
            refused.set_exception(wrong)
            print(repr(refused.exception()))
        except Exception as error:
            print(type(error).__name__, error)

    async def catches():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return 'caught'

    task = asyncio.create_task(catches())
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled())

    async def bad():
        await Odd()

    class Odd:
        def __await__(self):
            yield 5

    try:
        await asyncio.create_task(bad())
    except RuntimeError as error:
        print(error)

    async def nothing():
        return 3

    eager = asyncio.Task(nothing(), loop=loop, eager_start=True)
    print(eager.done(), eager.result(), eager.get_coro())
    print([value async for value in numbers()])
    async with asyncio.TaskGroup() as group:
        made = [group.create_task(asyncio.sleep(0, index)) for index in range(3)]
    print([task.result() for task in made])
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(5)
    except TimeoutError:
        print('timeout')
    lost = loop.create_future()
    lost.set_exception(KeyError('lost'))
    loop.set_exception_handler(lambda loop, context: print(context['message'], repr(context['exception'])))
    del lost
    gc.collect()


async def numbers():
    for number in range(3):
        await asyncio.sleep(0)
        yield number


asyncio.run(main())
