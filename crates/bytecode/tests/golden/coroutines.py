"""Generators and coroutines."""


def generator(n):
    try:
        received = yield n
        yield from range(received)
    finally:
        print("closed")
    return (x async for x in n)


async def coroutine(manager, items):
    async with manager as m:
        async for item in items:
            if await item:
                break
        else:
            await m
    return [x async for x in items if await x]


async def asynchronous(items):
    async for item in items:
        yield {await i for i in item}
    try:
        await items
    except Exception:
        yield
