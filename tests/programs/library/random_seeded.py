"""random with seeds: the sequence of every method is fixed by the seed; states, subclasses, errors."""
import random

r = random.Random(42)
print([r.random() for _ in range(3)], [r.randint(1, 100) for _ in range(5)], r.randrange(0, 1000, 7), r.getrandbits(70), r.randbytes(5), r.choice("abcdef"), r.choices([1, 2, 3], k=5), r.choices("ab", weights=[1, 9], k=8), r.choices("ab", cum_weights=[5, 6], k=4), r.sample(range(100), 5), r.sample("abc", 3), r.sample(["x", "y"], counts=[3, 2], k=4))
items = list(range(10))
r.shuffle(items)
print(items, r.uniform(1, 10), r.triangular(0, 1, 0.3), r.gauss(0, 1), r.gauss(5, 2), r.normalvariate(0, 1), r.expovariate(1.5), r.betavariate(1, 2), r.gammavariate(2, 3), r.gammavariate(0.5, 1), r.gammavariate(1, 1), r.lognormvariate(0, 0.5), r.vonmisesvariate(0, 4), r.paretovariate(3), r.weibullvariate(1, 2), r.binomialvariate(10, 0.3), r.binomialvariate(100, 0.6))
state = r.getstate()
first = [r.random() for _ in range(3)]
r.setstate(state)
print(first == [r.random() for _ in range(3)], state[0], len(state[1]), state[2])
for seed in (0, 1, -1, 2**70, 1.5, "text", b"bytes", bytearray(b"ba"), True):
    print(repr(seed), random.Random(seed).random(), random.Random(seed).getrandbits(8))
random.seed(7, version=1)
print(random.random(), random.randint(0, 9))
random.seed("abc", version=1)
print(random.random())
random.seed(123)
print([random.randrange(2**k) for k in (1, 8, 31, 32, 33, 64, 65, 100)], random.randrange(5, 10), random.randrange(10, 0, -3), random.randint(-5, -5))


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


attempt(lambda: r.randrange(0), lambda: r.randrange(5, 5), lambda: r.randrange(1.5), lambda: r.randrange(1, 2, 0), lambda: r.choice([]), lambda: r.choices([], k=1), lambda: r.choices([1], [0]), lambda: r.choices([1, 2], [1]), lambda: r.choices([1], [1], cum_weights=[1]), lambda: r.sample([1], 2), lambda: r.sample({1, 2}, 1), lambda: r.sample([1], -1), lambda: r.getrandbits(-1), lambda: r.getrandbits(0), lambda: r.getrandbits("x"), lambda: random.Random([]), lambda: r.seed([]), lambda: r.setstate(5), lambda: r.setstate((9, (), None)), lambda: r.shuffle("abc"), lambda: r.shuffle((1, 2)), lambda: r.binomialvariate(-1), lambda: r.binomialvariate(5, 2), lambda: r.randint(5, 1), lambda: r.choice({1: 2}), lambda: r.choice(5), lambda: r.expovariate(0))


class Fixed(random.Random):
    def random(self):
        return 0.25


f = Fixed(1)
print(f.random(), f.randrange(100), f.choice("abcd"), f.uniform(0, 8), f.sample(range(10), 3), f.getrandbits(10) >= 0)
import pickle

clone = pickle.loads(pickle.dumps(r))
print(clone.random() == r.random())
walk = [0]
rng = random.Random("walk")
for _ in range(20):
    walk.append(walk[-1] + rng.choice((-1, 1)))
print(walk, sum(rng.random() < 0.5 for _ in range(1000)), [rng.randint(1, 6) for _ in range(20)])
deck = [suit + rank for suit in "SH" for rank in "A23"]
rng.shuffle(deck)
print(deck, rng.sample(deck, len(deck)), sorted(rng.sample(range(10**12), 3)), rng.choices(range(5), range(1, 6), k=10))
