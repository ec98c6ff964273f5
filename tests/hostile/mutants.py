# Mutants of good programs: bytes of the file, of the code and of its tables are changed by a fixed generator, and each mutant that is
# still a code object is executed in a child of its own under limits. None may end in a fault. The arguments: how many mutants to
# make of each program, and by how many processes.
import marshal
import os
import resource
import signal
import sys
import types

PROGRAMS = ['''
def f(a, /, b=2, *args, c=3, **kw):
    x = [i * 2 for i in range(a) if i]
    try:
        return x[b] + c
    except IndexError as error:
        return str(error), f"{a!r:>{b}}", kw
    finally:
        a, (b, *c) = b, "abc"
result = f(3), f(4, 2), f(1, 5, 6, c=7, d=8), {k: v for k, v in zip("ab", (1, 2))}, {*"xy"} > {"x"}
''', '''
def count(limit):
    total = 0
    while total < limit:
        sent = yield total
        total += 1 if sent is None else sent
    return "done"
def outer():
    return (yield from count(3))
def closure(n):
    def add(x):
        nonlocal n
        n += x
        return lambda: n
    return add
class Meta(type): pass
class Base(metaclass=Meta):
    value: int = 5
    def method(self, other): return super().__eq__(other) or __class__
    __slots__ = ("slot",)
values = list(outer()), closure(5)(6)(), Base().method(3), Base.value
''', '''
class Manager:
    def __enter__(self): return self
    def __exit__(self, *args): return args[0] is KeyError
def work(subject):
    with Manager() as manager, Manager():
        match subject:
            case [1, *rest]: found = rest
            case {"a": x, **others}: found = x, others
            case int(real=0) | str(): found = "atom"
            case _: raise KeyError(subject)
        return found
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError as group:
        found = group
    except* TypeError:
        found = 1
    return found
results = [work(subject) for subject in ([1, 2, 3], {"a": 1, "b": 2}, 0, "s", 2.5)]
''', '''
async def item(value): return value
async def items():
    for value in 1, 2: yield await item(value)
class Context:
    async def __aenter__(self): return 1
    async def __aexit__(self, *args): return False
async def main():
    async with Context() as one:
        found = [value async for value in items()] + [await item(one)]
    async for value in items(): found.append(value)
    return found
def run(coroutine):
    try:
        while True: coroutine.send(None)
    except StopIteration as stop:
        return stop.value
def generic[T: int](x: T) -> T: return x
type Alias[V] = dict[V, int]
result = run(main()), generic(1), Alias.__value__, t"a{1}b{2!r:3}", -1 ** 2, not 5, 1 < 2 < 3, "a"[0:1]
total = 0.5
for index in range(5):
    if index == 3: continue
    total = total * 2 + index - 1
else:
    del index
assert total, "message"
''']
HANG, TIMES = 0.05, 8


class Random:
    """xorshift64*, the same everywhere."""
    def __init__(self, seed):
        self.state = seed * 0x9E3779B97F4A7C15 + 1 & (1 << 64) - 1

    def below(self, limit):
        state = self.state
        state ^= state >> 12
        state ^= state << 25 & (1 << 64) - 1
        state ^= state >> 27
        self.state = state
        return (state * 0x2545F4914F6CDD1D & (1 << 64) - 1) % limit


def changed(data, random, most):
    data = bytearray(data)
    for _ in range(1 + random.below(most)):
        if not data:
            break
        place = random.below(len(data))
        match random.below(6):
            case 0: data[place] = random.below(256)
            case 1: data[place] ^= 1 << random.below(8)
            case 2: data[place] = data[random.below(len(data))]
            case 3: data[place] = (data[place] + (1, -1, 2, -2)[random.below(4)]) & 255
            case 4: del data[place & ~1:place + 2 & ~1]
            case 5: data[place & ~1:place & ~1] = data[place & ~1:(place & ~1) + 2]
    return bytes(data)


def instructions_changed(code, random):
    # operands and opcodes of whole instructions, which is what passes the verifier most often
    data = bytearray(code)
    for _ in range(1 + random.below(3)):
        place = random.below(max(len(data) // 2, 1)) * 2
        if place >= len(data):
            break
        match random.below(3):
            case 0: data[place] = data[random.below(len(data) // 2) * 2]
            case 1: data[place + 1] = (data[place + 1] + (1, -1)[random.below(2)]) & 255
            case 2: data[place] = random.below(120)
    return bytes(data)


def mutant_of_code(code, random, chance=3):
    """The code object with some of its own fields changed, and perhaps of one of those inside."""
    inner = [index for index, constant in enumerate(code.co_consts) if isinstance(constant, types.CodeType)]
    if inner and random.below(4):
        index = inner[random.below(len(inner))]
        consts = list(code.co_consts)
        consts[index] = mutant_of_code(consts[index], random)
        return code.replace(co_consts=tuple(consts))
    match random.below(8):
        case 0: return code.replace(co_code=changed(code.co_code, random, 2))
        case 1 | 2 | 3 | 4: return code.replace(co_code=instructions_changed(code.co_code, random))
        case 5: return code.replace(co_exceptiontable=changed(code.co_exceptiontable, random, 2), co_linetable=changed(code.co_linetable, random, 2))
        case 6: return code.replace(co_flags=code.co_flags ^ 1 << random.below(12), co_stacksize=code.co_stacksize + 1)
        case 7:
            consts = list(code.co_consts)
            if consts:
                consts[random.below(len(consts))] = consts[random.below(len(consts))]
            return code.replace(co_consts=tuple(consts), co_stacksize=code.co_stacksize + random.below(3))


def mutant(index, number):
    random = Random(index << 32 | number)
    code = CODES[index]
    if number & 1:
        return marshal.loads(changed(DATA[index], random, 3))
    return mutant_of_code(code, random)


def use(value, depth=0):
    """What inspects a code object must bear it as well."""
    for code in [value, *(constant for constant in value.co_consts if isinstance(constant, types.CodeType))]:
        list(code.co_lines()), list(code.co_positions()), hash(code), code == value, repr(code), code.co_varnames, code.co_cellvars


def execute(code):
    # a child of its own, so that a fault ends only that
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status
    status = 1
    try:
        signal.setitimer(signal.ITIMER_REAL, HANG)
        use(code)
        exec(code, {"__name__": "mutant"})
        status = 0
    except BaseException:
        pass
    finally:
        os._exit(status)


def work(numbers):
    """Executes mutants; how many were executed, how they ended."""
    refused = ran = raised = late = 0
    for index, number in numbers:
        try:
            code = mutant(index, number)
        except (ValueError, EOFError, TypeError, MemoryError, OverflowError):
            refused += 1
            continue
        if not isinstance(code, types.CodeType):
            refused += 1
            continue
        status = execute(code)
        ending = os.waitstatus_to_exitcode(status)
        if ending in (0, 1):
            ran, raised = ran + (ending == 0), raised + (ending == 1)
        elif ending in (-signal.SIGALRM, -signal.SIGXCPU):
            late += 1
        else:
            print(f"mutant {number} of program {index} ended with {ending}")
    return refused, ran, raised, late


CODES = [compile(program, "mutant.py", "exec") for program in PROGRAMS]
DATA = [marshal.dumps(code) for code in CODES]
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # tracebacks of mutants are of no interest
    null = os.open(os.devnull, os.O_WRONLY)
    if len(sys.argv) > 2 and sys.argv[1] == "one":
        code = mutant(int(sys.argv[2]), int(sys.argv[3]))
        use(code)
        exec(code, {"__name__": "mutant"})
        sys.exit()
    os.dup2(null, 2)
    count, processes = int(sys.argv[1]), int(sys.argv[2])
    numbers = [(index, number) for number in range(count) for index in range(len(PROGRAMS))]
    pipes = []
    for process in range(processes):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            sys.stdout.flush()
            result = work(numbers[process::processes])
            sys.stdout.flush()
            os.write(write, repr(result).encode())
            os._exit(0)
        os.close(write)
        pipes.append((child, read))
    total = [0, 0, 0, 0]
    for child, read in pipes:
        result = os.read(read, 1000)
        os.waitpid(child, 0)
        total = [a + b for a, b in zip(total, eval(result))]
    print("refused {} ran {} raised {} late {}".format(*total), file=sys.stdout)
