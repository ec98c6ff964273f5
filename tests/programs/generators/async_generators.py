class Wait:
    def __await__(self):
        return (yield 'waiting')
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print('got', got)
            await Wait()
    finally:
        print('finally')
def run(c):
    steps = []
    try:
        while True: steps.append(c.send(None))
    except StopIteration as stop:
        return stop.value, steps
async def use():
    out = [i async for i in agen(3)]
    g = agen(5)
    print(await g.__anext__(), await g.asend('x'))
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print('stopped')
    h = agen(2)
    print(await anext(h), await anext(aiter(h)), await anext(h, 'default'))
    k = agen(2)
    await k.__anext__()
    try:
        await k.athrow(ValueError('thrown'))
    except ValueError as error:
        print(error)
    return out, {i: i async for i in agen(2)}, [x async for x in agen(3) if x]
print(run(use()))
async def bad():
    yield 1
    raise StopAsyncIteration
async def use_bad():
    try:
        async for _ in bad(): pass
    except RuntimeError as error:
        print(error)
print(run(use_bad()))
print(type(agen(1)).__name__, type(agen(1).asend(1)).__name__)
