"""Augmented assignment: in-place methods, their fallbacks, targets evaluated once, scopes."""


class Meter:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"{type(self).__name__}({self.value})"

    def __iadd__(self, other):
        print("iadd", other)
        self.value += other
        return self

    def __add__(self, other):
        print("add", other)
        return Meter(self.value + other)

    def __isub__(self, other):
        return NotImplemented

    def __sub__(self, other):
        print("sub", other)
        return Meter(self.value - other)

    def __rmul__(self, other):
        print("rmul", other)
        return Meter(other * self.value)

    def __ipow__(self, other):
        print("ipow", other)
        return "power"

    def __imatmul__(self, other):
        return ("matmul", other)


meter = Meter(1)
alias = meter
meter += 2
print(meter, alias is meter)
meter -= 1
print(meter, alias is meter)
number = 3
number *= meter
print(number)
meter **= 2
print(meter)
meter = Meter(4)
meter @= 5
print(meter)

for statement in ["+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", "<<=", ">>=", "**="]:
    try:
        exec(f"x = object()\nx {statement} 'a'")
    except TypeError as error:
        print(str(error).replace("'object'", "object"))

log = []


def get(name, value):
    log.append(name)
    return value


lists = [[0], [1]]
get("lists", lists)[get("index", 1)] += get("value", [2])
print(lists, log)


class Holder:
    def __getattr__(self, name):
        print("getattr", name)
        return 10

    def __setattr__(self, name, value):
        print("setattr", name, value)

    def __getitem__(self, key):
        print("getitem", key)
        return (0,)

    def __setitem__(self, key, value):
        print("setitem", key, value)


holder = Holder()
holder.count += 5
holder["key"] += (1, 2)
holder[1:2, ...] += (3,)

pair = ([1], 2)
try:
    pair[0] += [9]
except TypeError as error:
    print(error, pair)

text = "ab"
text *= 3
text += "c"
print(text)
numbers = [1]
same = numbers
numbers += (2, 3)
numbers += "ab"
numbers *= 2
print(numbers, same is numbers)
try:
    numbers += 5
except TypeError as error:
    print(error)
settings = {"a": 1}
settings |= {"b": 2}
settings |= [("c", 3)]
print(settings)
group = {1, 2, 3}
group -= {1}
group |= {7}
group ^= {2, 8}
group &= {3, 8, 7}
print(sorted(group))
frozen = frozenset({1})
before = frozen
frozen |= {2}
print(sorted(frozen), before)
i = 7
i //= 2; i **= 5; i <<= 3; i >>= 1; i |= 1; i ^= 0xF; i &= 0xFFF; i %= 100; i -= 1; i /= 4
print(i)


def local():
    try:
        unbound += 1
    except UnboundLocalError as error:
        print(error)


local()


class Body:
    number = 1
    number += 1
    i += 1


print(Body.number, Body.i, i)
