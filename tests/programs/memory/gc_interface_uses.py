"""gc: counts, thresholds, callbacks, tracked objects, referrers, freeze, garbage by flags, and collecting inside of collections."""
import gc


class N:
    def __init__(self):
        self.me = self


gc.collect()
events = []
gc.callbacks.append(lambda phase, info: events.append((phase, info["generation"])))
for generation in (0, 1, 2):
    gc.collect(generation)
# A machine may collect at other times as well.
print(list(dict.fromkeys(events)))
gc.callbacks.clear()
gc.disable()
for _ in range(5):
    N()
print(gc.isenabled(), gc.collect() >= 5, gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL)
N().label = "kept"
gc.collect()
print(any(isinstance(x, N) for x in gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
gc.enable()
print([gc.is_tracked(x) for x in (1, "s", [], [1], N, N(), (), None, lambda: 0)], gc.is_finalized(N()), len(gc.get_threshold()), len(gc.get_count()), len(gc.get_stats()))
holder = [target := N()]
print(any(r is holder for r in gc.get_referrers(target)), any(r is target for r in gc.get_referents(holder)), any(o is holder for o in gc.get_objects()))
gc.freeze()
print(gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count())


class Collects:
    def __init__(self):
        self.me = self

    def __del__(self):
        log.append(gc.collect() >= 0)
        self.again = N()


log = []
Collects()
gc.collect()
print(log)
for bad in (lambda: gc.collect(5), lambda: gc.collect(-1), lambda: gc.collect("x"), lambda: gc.set_threshold(), lambda: gc.set_debug("x"), lambda: gc.get_objects(9), lambda: gc.set_threshold("a")):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
