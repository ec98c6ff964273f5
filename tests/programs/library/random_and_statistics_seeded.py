"""random with seeds: choices, samples, shuffles, distributions' first values, states saved and restored, subclasses; statistics of them."""
import random
import statistics as st

r = random.Random(42)
print(r.random(), r.randint(1, 100), r.randrange(0, 100, 7), r.uniform(1, 2), r.choice("abcdef"), r.choices("xyz", [5, 1, 0], k=6), r.sample(range(1000), 4), r.getrandbits(70), r.randbytes(4).hex())
items = list(range(8))
r.shuffle(items)
print(items, [round(f, 10) for f in (r.gauss(0, 1), r.normalvariate(), r.expovariate(2), r.triangular(0, 1, 0.2), r.betavariate(1, 2), r.gammavariate(2, 1), r.paretovariate(3), r.weibullvariate(1, 2), r.lognormvariate(0, 1), r.vonmisesvariate(0, 1))], r.binomialvariate(10, 0.3))
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], [random.Random(s).randint(0, 10**6) for s in (0, -1, 2**70, "text", b"bytes", 1.5)])


class Fixed(random.Random):
    def random(self):
        return 0.25


f = Fixed()
print(f.random(), f.randrange(8), f.choice("abcd"), f.uniform(0, 8), f.sample("wxyz", 2))
for bad in (lambda: r.choice([]), lambda: r.randrange(5, 5), lambda: r.sample([1], 2), lambda: r.sample({1, 2}, 1), lambda: r.randint(1.5, 2), lambda: r.choices([], k=1), lambda: r.choices("ab", [0, 0]), lambda: r.choices("ab", [1]), lambda: random.Random([]), lambda: r.getrandbits(-1), lambda: r.shuffle((1, 2)), lambda: r.setstate(5), lambda: r.binomialvariate(-1), lambda: r.randrange(1, 5, 0)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
data = [random.Random(i).randint(0, 50) for i in range(40)]
print(st.mean(data), st.median(data), st.mode(data), st.multimode("aabb"), round(st.pstdev(data), 8), round(st.variance(data), 8), st.quantiles(data), st.fmean(data, range(40)), st.median_low(data), st.geometric_mean([1, 2, 4]), st.harmonic_mean([40, 60]), round(st.correlation(data, data[::-1]), 8), st.linear_regression([1, 2, 3], [2, 4, 6]), st.NormalDist(0, 1).cdf(0), round(st.NormalDist.from_samples(data).stdev, 6), st.covariance([1, 2], [3, 5]))
