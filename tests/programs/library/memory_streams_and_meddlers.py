"""`io.BytesIO` and `io.StringIO`: what is written or tells a size closes or lends the stream; states with attributes of any name."""
import io
import pickle


class Meddler:
    def __init__(self, act):
        self.act = act

    def __buffer__(self, flags):
        self.kept = self.act()
        return memoryview(b"A")

    def __index__(self):
        self.kept = self.act()
        return 0


class Stream(io.BytesIO):
    def __init__(self, initial, note):
        super().__init__(initial)
        self.note = note


class Text(io.StringIO):
    pass


def attempt(what, function, stream):
    try:
        result = function()
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(what, result, stream.closed or stream.getvalue())


for name in "close", "getbuffer":
    for what, method in ("write", lambda s, m: s.write(m)), ("writelines", lambda s, m: s.writelines([b"x", m, b"y"])), ("truncate", lambda s, m: s.truncate(m)), ("initialised anew", lambda s, m: s.__init__(m)):
        stream = io.BytesIO(b"abc")
        meddler = Meddler(getattr(stream, name))
        attempt(f"{what} {name}", lambda: method(stream, meddler), stream)
stream = io.BytesIO(b"abc")
with stream.getbuffer() as lent:
    attempt("itself", lambda: stream.write(lent), stream)
for made in Stream(b"1234567890", 80), Text("text"), io.BytesIO(b"plain"), io.StringIO("plain"):
    made.added = ["later"]
    made.seek(2)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(made, protocol))
        print(type(again).__name__, again.getvalue(), again.tell(), again.added, getattr(again, "note", None), sorted(vars(again)))
state = Stream(b"", 0)
state.__setstate__((b"abc", 1, {"".join(["no", "te"]): "set", "x y": 1}))
print(state.note, getattr(state, "x y"), state.read(), sorted(vars(state)))
