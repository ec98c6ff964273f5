"""random: the same numbers as CPython for the same seeds."""
import random

rng = random.Random(12345)
print([rng.random() for _ in range(3)], rng.getrandbits(70), rng.randrange(10, 100, 7), rng.randint(1, 6), rng.randbytes(5).hex())
print(rng.choice('abcdef'), rng.choices([1, 2, 3], weights=[1, 5, 1], k=6), rng.sample(range(1000), 5), rng.sample(['r', 'g', 'b'], counts=[2, 3, 1], k=4))
deck = list(range(10))
rng.shuffle(deck)
print(deck)
print([round(f(), 12) for f in (lambda: rng.uniform(1, 10), lambda: rng.triangular(0, 1, 0.3), lambda: rng.gauss(0, 1), lambda: rng.normalvariate(5, 2),
                                lambda: rng.lognormvariate(0, 0.5), lambda: rng.expovariate(1.5), lambda: rng.vonmisesvariate(0, 4), lambda: rng.gammavariate(2, 3),
                                lambda: rng.betavariate(2, 5), lambda: rng.paretovariate(3), lambda: rng.weibullvariate(1, 1.5))])
print(rng.binomialvariate(20, 0.3))
for seed in (0, -7, 2**80, 'text', b'bytes', 2.5, True, bytearray(b'q')):
    print(repr(seed), random.Random(seed).random())
state = rng.getstate()
first = [rng.random() for _ in range(3)]
rng.setstate(state)
print(first == [rng.random() for _ in range(3)], len(state), state[0], len(state[1]))
random.seed(1)
print(random.random(), random.randint(0, 10**30))
for call in (lambda: rng.choice([]), lambda: rng.sample([1, 2], 3), lambda: rng.randrange(5, 5), lambda: rng.randint(2, 1), lambda: random.seed([]),
             lambda: rng.choices([1, 2], weights=[1]), lambda: rng.getrandbits(-1), lambda: rng.sample({1, 2}, 1), lambda: rng.choices([], k=1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
