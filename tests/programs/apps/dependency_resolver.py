"""Topological sorting of tasks: graphlib against one's own, cycles named, parallel levels, versions compared, lazily loaded."""
import re
from functools import total_ordering
from graphlib import CycleError, TopologicalSorter
from itertools import zip_longest


@total_ordering
class Version:
    PATTERN = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([a-z]+)(\d*))?")

    def __init__(self, text):
        if not (m := self.PATTERN.fullmatch(text)):
            raise ValueError(f"no version: {text!r}")
        self.text, self.numbers = text, tuple(int(n or 0) for n in m.groups()[:3])
        self.pre = (m[4], int(m[5] or 0)) if m[4] else ("~", 0)

    def _key(self):
        return self.numbers, self.pre

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, Version) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        return f"v{self.text}"


REPOSITORY = {
    "app": {"1.0": {"web": ">=2", "log": "*"}}, "web": {"1.9": {}, "2.0": {"http": "==1.5"}, "2.1-beta": {"http": ">=2"}}, "http": {"1.5": {"log": ">1"}, "2.0": {"log": ">1", "tls": "*"}},
    "log": {"0.9": {}, "1.2": {}, "1.10": {}}, "tls": {"0.1": {"http": "<2"}}, "loop": {"1": {"pool": "*"}}, "pool": {"1": {"loop": "*"}}, "broken": {"1": {"ghost": "*"}}, "clash": {"1": {"http": ">=2", "web": "==2.0"}},
}
OPERATORS = {"==": "__eq__", ">=": "__ge__", "<=": "__le__", ">": "__gt__", "<": "__lt__"}


def fits(version, rule):
    if rule == "*":
        return True
    m = re.match(r"([<>=]+)(.*)", rule)
    return getattr(version, OPERATORS[m[1]])(Version(m[2]))


def resolve(name, rule="*", chosen=None, path=()):
    chosen = {} if chosen is None else chosen
    if name in path:
        raise CycleError("cycle", [*path[path.index(name):], name])
    if name not in REPOSITORY:
        raise LookupError(f"{' -> '.join((*path, name))} is unknown")
    if name in chosen:
        if not fits(chosen[name], rule):
            raise ValueError(f"{name} {chosen[name]} does not fit {rule}")
        return chosen
    errors = []
    for version in sorted(map(Version, REPOSITORY[name]), reverse=True):
        if fits(version, rule):
            attempt = chosen | {name: version}
            try:
                for other, wanted in REPOSITORY[name][version.text].items():
                    attempt = resolve(other, wanted, attempt, (*path, name))
                return attempt
            except ValueError as error:
                errors.append(error)
    raise ExceptionGroup(f"nothing fits {name} {rule}", errors) if errors else ValueError(f"no {name} {rule}")


def levels(graph):
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield ready
        sorter.done(*ready)


for name, rule in (("app", "*"), ("web", ">=2"), ("web", "<2"), ("tls", "*"), ("loop", "*"), ("broken", "*"), ("clash", "*"), ("log", ">5"), ("http", ">=2")):
    try:
        print(name, rule, sorted(resolve(name, rule).items()))
    except (CycleError, LookupError, ValueError, ExceptionGroup) as error:
        print(name, rule, type(error).__name__, error.args, getattr(error, "exceptions", ""))
graph = {"cook": {"shop", "wash"}, "shop": {"list", "money"}, "eat": {"cook"}, "wash": set(), "money": {"work"}}
print(list(levels(graph)), "order fits:", all(list(TopologicalSorter(graph).static_order()).index(b) < list(TopologicalSorter(graph).static_order()).index(a) for a, bs in graph.items() for b in bs))
for action in (lambda: list(TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order()), lambda: TopologicalSorter().get_ready(), lambda: TopologicalSorter({1: []}).done(1)):
    try:
        print(action())
    except (CycleError, ValueError) as error:
        print(type(error).__name__, error)
versions = [Version(v) for v in ("1.0", "1", "1.0.1", "1.0-rc2", "1.0-rc10", "1.0-alpha", "0.9.9", "1.10", "1.9")]
print(sorted(versions), Version("1") == Version("1.0.0"), len(set(versions)), max(versions), Version("2") >= Version("1.9"), list(zip_longest("ab", [1])))
try:
    Version("1") < 5
except TypeError as error:
    print(error)
