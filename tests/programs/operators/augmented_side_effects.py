"""Augmented assignment: what is read and written when, results of another type, errors half-way, slots, properties, globals, walrus."""


class Box:
    def __init__(self, value):
        self._value = value

    @property
    def value(self):
        log.append("get")
        return self._value

    @value.setter
    def value(self, new):
        log.append(f"set {new}")
        if new == "refused":
            raise ValueError("refused")
        self._value = new

    def __getitem__(self, key):
        log.append(f"item {key}")
        return self._value

    def __setitem__(self, key, new):
        log.append(f"store {key} {new}")
        self._value = new


class Odd:
    def __iadd__(self, other):
        log.append("iadd")
        return None if other == "none" else ("result", other)

    def __isub__(self, other):
        return NotImplemented

    def __rsub__(self, other):
        return "rsub"

    def __imul__(self, other):
        raise ArithmeticError("imul")

    def __mul__(self, other):
        return "never"


log = []


def run(source, **names):
    try:
        exec(source, globals(), names)
        result = {k: v for k, v in names.items() if not isinstance(v, (Box, Odd))}
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(source.replace("\n", "; "), "->", result, log)
    log.clear()


run("b.value += 1", b=Box(1))
run("b.value = b.value = 5", b=Box(1))
run("b.value += 'd'", b=Box("refuse"))
run("b['k'] += 1; b['k'] **= 2", b=Box(2))
run("o += 5", o=Odd())
run("o += 'none'", o=Odd())
run("o -= 1", o=Odd())
run("x = 1; x -= o", o=Odd())
run("o *= 2", o=Odd())
run("o |= 2", o=Odd())
run("t = (1, [2]); t[1] += [3]")
run("t = ([],)\ntry: t[0] += [1]\nexcept TypeError: r = t")
run("x = y = [1]; x += [2]; z = x is y")
run("x = y = (1,); x += (2,); z = x is y")
run("x = [1, 2, 3]; x[(i := 1)] += i; x[-1] *= 2")
run("x = [[0] * 2] * 2; x[0][0] += 1")
run("d = {}; d['k'] += 1")
run("d = {'k': 'a'}; d['k'] += 'b'; d['k'] *= 2")
run("x: int = 5; x //= 2; x <<= 3; x %= 5; x ^= 7; x @= 1")
run("x = {1}; y = x; x |= {2}; x &= {2, 3}; x ^= {9}; x -= {2}; z = x is y")
run("x = 'a'; x += 1")
run("x += 1")
run("(x) += 1", x=1)
run("x = [3]; x += 'ab'; x += (c for c in 'd'); x += {4: 5}; x += b'f'")
run("x = bytearray(b'a'); y = x; x += b'b'; x *= 2; z = x is y")
run("x = 5; x **= -1; x /= 0")
run("x = True; x &= False; y = True; y += True; z = True; z |= 2")
run("x = range(3); x += [1]")


def local():
    total = 0

    def inner():
        nonlocal total
        total += (lambda: total)() + 1
        return total
    return inner(), inner(), total


counter = 10


def globally():
    global counter
    counter += inner_change()
    return counter


def inner_change():
    global counter
    counter = 100
    return 1


print(local(), globally(), counter)
for source in ("x + 1 += 2", "f() += 1", "(a, b) += 1", "[a] += 1", "'s' += 1", "x += y += 1", "x = y += 1", "None += 1", "x: int += 1", "*a += 1", "(x := 1) += 2", "x if y else z += 1", "-x += 1", "a.b() += 1", "a[0]() += 1", "lambda: x += 1", "x +== 1", "await x += 1", "{} += 1", "... += 1", "f'{x}' += 1", "__debug__ += 1"):
    try:
        compile(source, "s", "exec")
        print("fine", source)
    except SyntaxError as error:
        print(source, "->", error.msg)
