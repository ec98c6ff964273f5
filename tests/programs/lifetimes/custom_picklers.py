"""Pickling with persistent ids, dispatch tables, reducer_override, out-of-band buffers, find_class, and __reduce__ forms."""
import copyreg
import io
import pickle
import pickletools


class Database:
    rows = {"ann": {"name": "ann"}, "bob": {"name": "bob"}}


class Row(dict):
    pass


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, dict) and any(value is row for row in Database.rows.values()):
            return "row", value["name"]

    def reducer_override(self, value):
        if isinstance(value, type) and value.__module__ == "__main__":
            return str.upper, (value.__name__,)
        return NotImplemented


class Unpickler(pickle.Unpickler):
    def persistent_load(self, pid):
        kind, name = pid
        if name not in Database.rows:
            raise pickle.UnpicklingError(f"no {kind} {name}")
        return Database.rows[name]

    def find_class(self, module, name):
        if module == "os":
            raise pickle.UnpicklingError(f"{module}.{name} is forbidden")
        return super().find_class(module, name)



def through(value, protocol=4):
    out = io.BytesIO()
    Pickler(out, protocol).dump(value)
    return Unpickler(io.BytesIO(out.getvalue())).load()


for protocol in range(1, 6):
    got = through([Database.rows["ann"], {"name": "ann"}, Database], protocol)
    print(protocol, got, got[0] is Database.rows["ann"])


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


class Kw:
    def __new__(cls, *, size):
        self = super().__new__(cls)
        self.size = size
        return self

    def __getnewargs_ex__(self):
        return (), {"size": self.size}


class Appends(list):
    def __reduce__(self):
        return Appends, (), {"tag": "state"}, iter([1, 2]), None


class Setter:
    def __reduce__(self):
        return object.__new__, (Setter,), "the state", None, None, lambda obj, state: setattr(obj, "got", state)


def set_state(obj, state):
    obj.got = state.upper()


class NamedSetter(Setter):
    def __reduce__(self):
        return object.__new__, (NamedSetter,), "the state", None, None, set_state


class ByName:
    def __reduce__(self):
        return "SINGLETON"


SINGLETON = ByName()
table = copyreg.dispatch_table.copy()
table[Point] = lambda p: (Point, (p.x * 10, p.y * 10))
out = io.BytesIO()
pickler = pickle.Pickler(out, 2)
pickler.dispatch_table = table
pickler.dump(Point(1, 2))
print(vars(pickle.loads(out.getvalue())), pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2))
print(pickle.loads(pickle.dumps(Kw(size=7), 2)).size, pickle.loads(pickle.dumps(Kw(size=7), 4)).size)
got = pickle.loads(pickle.dumps(Appends()))
print(got, got.tag, pickle.loads(pickle.dumps(NamedSetter())).got, pickle.loads(pickle.dumps(SINGLETON)) is SINGLETON)
data = bytearray(b"x" * 10)
buffers = []
dumped = pickle.dumps([pickle.PickleBuffer(data)], 5, buffer_callback=buffers.append)
print(len(dumped), len(buffers), pickle.loads(dumped, buffers=buffers)[0] is data, pickle.loads(pickle.dumps(pickle.PickleBuffer(b"in"), 5)))
for action in (lambda: pickle.dumps(lambda: 0), lambda: pickle.dumps(Setter()), lambda: pickle.loads(b""), lambda: pickle.loads(b"cos\nsystem\n."),
               lambda: Unpickler(io.BytesIO(b"cos\nsystem\n.")).load(), lambda: pickle.loads(b"\x80\x09."), lambda: pickle.loads(b"]a."), lambda: pickle.loads(b"K"),
               lambda: pickle.loads(b"cnowhere\nthing\n."), lambda: pickle.dumps(5, 9), lambda: pickle.loads("text"), lambda: pickle.dumps(ByName()),
               lambda: pickle.loads(dumped), lambda: pickle.dumps(pickle.PickleBuffer(b""), 4), lambda: through(Database.rows.pop("bob")) or through({})):
    try:
        print(type(action()).__name__)
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(" <function")[0])
pickletools.dis(pickle.dumps({"a": [1, (2.5, None)], "b": "a"}, 2))
