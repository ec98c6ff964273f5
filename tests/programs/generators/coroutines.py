class Awaitable:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got
async def inner(x):
    r = await Awaitable(x)
    return r + 1
async def outer():
    a = await inner(1)
    b = await inner(2)
    return a, b
c = outer()
print(c.send(None), c.send(10))
try:
    c.send(20)
except StopIteration as stop:
    print(stop.value)
class ACM:
    async def __aenter__(self): return 'entered'
    async def __aexit__(self, *a): print('aexit', a[0]); return True
class AIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if not self.n: raise StopAsyncIteration
        self.n -= 1
        return self.n
async def use():
    async with ACM() as v: print(v)
    async with ACM(): raise ValueError
    async for i in AIter(3): print(i, end=' ')
    else: print('done')
    return [i async for i in AIter(2)]
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as stop:
        return stop.value
print(run(use()))
c = inner(1)
try:
    c.send(1)
except TypeError as error:
    print(error)
c.close()
