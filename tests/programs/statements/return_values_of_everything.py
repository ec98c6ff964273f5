"""What functions, methods, generators, coroutines and classes return where nothing is said, in every branch and after finally."""


def nothing(): pass
def empty_return(): return
def tuple_return(): return 1, *[2, 3],
def conditional(x):
    if x:
        return "yes"
def loops(x):
    for i in range(x):
        return i
    else:
        x = "else"
def nested():
    def inner():
        return inner
    return inner() is inner
def generator():
    return (yield)
    yield
async def coroutine(): return 5
def after():
    try:
        return log.append("try") or "value"
    finally:
        log.append("finally")
def lambda_(): return lambda: (lambda: "deep")()
def assigned():
    x = nothing()
    return x is None, (y := empty_return()), [loops(0), loops(3)]
def chained(): return 1 < 2 < 3, not None, [] or {}, "a" and "b"
def while_return():
    n = 0
    while True:
        n += 1
        if n > 5:
            return n
def exception():
    try:
        return 1 / 0
    except ZeroDivisionError as error:
        return str(error)
def unreachable():
    return 1
    return 2
    raise ValueError
def match_return(x):
    match x:
        case 1: return "one"
        case [a]: return a
def with_return():
    with open("/dev/null") as f:
        return f
class K:
    def __init__(self): return None
    def __enter__(self): return self
    def __exit__(self, *a): ...
    def m(self): return self.m
    def __call__(self): return self


log = []
k = K()
print(nothing(), empty_return(), tuple_return(), conditional(1), conditional(0), loops(0), loops(2), nested(), after(), log, lambda_()(), assigned(), chained(), while_return(), exception(), unreachable(), match_return(1), match_return([5]), match_return(9), with_return().closed, k()()() is k, k.m()() == k.m)
g = generator()
next(g)
try:
    g.send("sent")
except StopIteration as stop:
    print(stop.value)
try:
    coroutine().send(None)
except StopIteration as stop:
    print(stop.value)
print([f() for f in (list, dict, tuple, str, int, float, bool, set, bytes, complex, object().__class__)][:10], print(end=""), [].append(1), {}.update(), [1].sort(), setattr(k, "x", 1), (lambda: None)(), exec("1"), eval("None"))
