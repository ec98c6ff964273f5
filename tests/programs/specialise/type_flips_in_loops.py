"""Loops that change the types of their variables many times over, and what accumulates."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        cents = other.cents if isinstance(other, Money) else int(other * 100)
        return Money(self.cents + cents)

    __radd__ = __add__

    def __lt__(self, other):
        return self.cents < (other.cents if isinstance(other, Money) else other * 100)

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __repr__(self):
        return f"{self.cents // 100}.{self.cents % 100:02}"


def flip(turns):
    value, kinds = 0, []
    for turn in range(turns):
        kind = type(value).__name__
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
        if turn == 300:
            value = float(value)
        elif turn == 600:
            value = int(value) << 64
        elif turn == 900:
            value = value >> 64
        elif turn == 1200:
            value = Money(value)
        elif turn == 1500:
            value = value.cents
        elif turn == 1800:
            value = complex(value)
        value = value + 1
    return value, kinds


print(flip(2000), flip(100), flip(1300), flip(2000)[0])


def collatz(n):
    steps = 0
    while n != 1:
        n = n * 3 + 1 if n & 1 else n >> 1
        steps += 1
    return steps


print([collatz(n) for n in (27, 97, 2**61 + 1, 2**62 - 1, 2**64 + 3, 10**20)])


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print(fib(50), fib(91), fib(92), fib(93), fib(300))


def minimum(items):
    best = items[0]
    for item in items:
        if item < best:
            best = item
    return best


print(minimum(list(range(500, 0, -1))), minimum([2.5, 1, 2**80, -0.5]), minimum(["b", "a"]), minimum([Money(5), Money(3)]),
      minimum([(2, "a"), (1, "z")]))


def mixed_keys(turns):
    table = {}
    for turn in range(turns):
        key = (turn % 5, float(turn % 5), str(turn % 5), (turn % 5,), turn % 5 == 1)[turn % 7 % 5]
        table[key] = table.get(key, 0) + 1
    return table


print(mixed_keys(1000))


def strings(turns):
    text, data = "", b""
    for turn in range(turns):
        text += chr(97 + turn % 26) if turn < 1500 else "é" if turn < 1800 else "𝄞"
        data += bytes([turn % 256])
    return len(text), text[1495:1502], text[-2:], len(data), data[254:258]


print(strings(2000))


def shifting(turns):
    value, out = 1, []
    for turn in range(turns):
        value <<= 1
        if turn in (60, 61, 62, 63, 64):
            out.append(value)
        if turn == 70:
            value = True
    return out, value.bit_length()


print(shifting(100))
