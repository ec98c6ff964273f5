"""Event sourcing with dataclasses and singledispatch: events applied, replayed, versioned and migrated, snapshots, projections, JSON."""
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce, singledispatch


@dataclass(frozen=True)
class Event:
    at: datetime = field(kw_only=True, default=datetime(2024, 1, 1))
    kinds = {}

    def __init_subclass__(cls, version=1, **kw):
        super().__init_subclass__(**kw)
        cls.version = version
        Event.kinds[cls.__name__] = cls

    def dump(self):
        return json.dumps({"kind": type(self).__name__, "v": self.version, **asdict(self)}, default=lambda d: d.isoformat(), sort_keys=True)

    @classmethod
    def load(cls, text):
        data = json.loads(text)
        kind, version = cls.kinds[data.pop("kind")], data.pop("v")
        while version < kind.version:
            data, version = kind.migrate(data, version), version + 1
        return kind(**data | {"at": datetime.fromisoformat(data["at"])})


@dataclass(frozen=True)
class Opened(Event, version=2):
    owner: str
    currency: str

    @staticmethod
    def migrate(data, version):
        return data | {"currency": "EUR", "owner": data["owner"].title()}


@dataclass(frozen=True)
class Paid(Event):
    amount: int


@dataclass(frozen=True)
class Closed(Event):
    pass


@dataclass(frozen=True)
class Account:
    owner: str = ""
    balance: int = 0
    open: bool = False
    events: int = 0


@singledispatch
def apply(event, account):
    raise NotImplementedError(type(event).__name__)


@apply.register
def _(event: Opened, account):
    if account.open:
        raise ValueError("already open")
    return Account(event.owner, 0, True, account.events)


@apply.register
def _(event: Paid, account):
    if not account.open:
        raise ValueError("closed")
    if account.balance + event.amount < 0:
        raise ValueError(f"short of {-(account.balance + event.amount)}")
    return replace(account, balance=account.balance + event.amount)


@apply.register
def _(event: Closed, account):
    return replace(account, open=False)


def step(account, event):
    return replace(apply(event, account), events=account.events + 1)


class Store:
    def __init__(self):
        self.log, self.snapshots, self.projections = [], {}, defaultdict(list)

    def append(self, event):
        current = self.current()
        new = step(current, event)
        self.log.append(event.dump())
        if len(self.log) % 3 == 0:
            self.snapshots[len(self.log)] = new
        for projection, update in list(self.projections.items()):
            for function in update:
                function(event)
        return new

    def current(self, upto=None):
        upto = len(self.log) if upto is None else upto
        start = max((n for n in self.snapshots if n <= upto), default=0)
        return reduce(step, map(Event.load, self.log[start:upto]), self.snapshots.get(start, Account()))


store, totals = Store(), defaultdict(int)
store.projections["by day"].append(lambda e: isinstance(e, Paid) and totals.__setitem__(e.at.date().isoformat(), totals[e.at.date().isoformat()] + e.amount))
start = datetime(2024, 2, 28, 12)
for hours, event in enumerate((Opened("Ann", "EUR"), Paid(100), Paid(-30), Paid(-100), Opened("Bob", "USD"), Paid(5), Closed(), Paid(1), Event())):
    try:
        print(store.append(replace(event, at=start + timedelta(hours=hours * 9))))
    except (ValueError, NotImplementedError) as error:
        print(type(event).__name__, "refused:", error)
print(dict(totals), list(store.snapshots), [store.current(n).balance for n in range(6)])
print(*store.log, sep="\n")
old = '{"kind": "Opened", "v": 1, "owner": "cleo", "at": "2020-01-01T00:00:00"}'
print(Event.load(old), Event.load(Event.load(old).dump()) == Event.load(old), hash(Paid(1)) == hash(Paid(1)), Paid(1) == Opened("a", "b"))
for bad in (lambda: Event.load('{"kind": "Nope", "v": 1}'), lambda: Event.load("{}"), lambda: Paid(), lambda: setattr(Paid(1), "amount", 2), lambda: Event.load('{"kind": "Paid", "v": 1, "at": "x", "amount": 1}')):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
