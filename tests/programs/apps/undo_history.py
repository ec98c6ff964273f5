"""An editor with undo and redo, built from generators that run forward to do and backward to undo."""


class Text:
    def __init__(self, text=""):
        self.text, self.done, self.undone = text, [], []

    def do(self, action):
        try:
            next(action)
        except ValueError as error:
            print("refused:", error)
            return self
        self.done.append(action)
        for old in self.undone:
            old[0].close()
        self.undone.clear()
        return self

    def undo(self, times=1):
        for _ in range(times):
            if not self.done:
                print("nothing to undo")
                break
            action = self.done.pop()
            redo = next(action)
            self.undone.append((action, redo))
        return self

    def redo(self):
        if self.undone:
            action, make = self.undone.pop()
            self.do_again(make())
        return self

    def do_again(self, action):
        keep, self.undone = self.undone, []
        self.do(action)
        self.undone = keep

    def __str__(self):
        return f"{self.text!r} {len(self.done)}/{len(self.undone)}"


def insert(doc, at, text):
    if at > len(doc.text):
        raise ValueError(f"{at} is behind the end")
    doc.text = doc.text[:at] + text + doc.text[at:]
    yield
    doc.text = doc.text[:at] + doc.text[at + len(text):]
    yield lambda: insert(doc, at, text)


def delete(doc, start, end):
    gone, doc.text = doc.text[start:end], doc.text[:start] + doc.text[end:]
    yield
    doc.text = doc.text[:start] + gone + doc.text[start:]
    yield lambda: delete(doc, start, end)


def replace(doc, old, new):
    if old not in doc.text:
        raise ValueError(f"no {old!r}")
    before, doc.text = doc.text, doc.text.replace(old, new)
    try:
        yield
        doc.text = before
        yield lambda: replace(doc, old, new)
    finally:
        closed.append(old)


def together(doc, *actions):
    made = []
    try:
        for function, *args in actions:
            action = function(doc, *args)
            next(action)
            made.append(action)
    except ValueError:
        for action in reversed(made):
            next(action)
        raise
    yield
    for action in reversed(made):
        next(action)
    yield lambda: together(doc, *actions)


closed = []
doc = Text("hello")
for step in (lambda: doc.do(insert(doc, 5, " world")), lambda: doc.do(delete(doc, 0, 1)), lambda: doc.do(insert(doc, 0, "J")), lambda: doc.do(insert(doc, 99, "x")), lambda: doc.undo(2), lambda: doc.redo(), lambda: doc.do(replace(doc, "l", "L")), lambda: doc.redo(),
             lambda: doc.do(together(doc, (insert, 0, ">"), (replace, "o", "0"), (delete, 1, 3))), lambda: doc.do(together(doc, (insert, 0, "?"), (replace, "absent", "x"))), lambda: doc.undo(), lambda: doc.redo(), lambda: doc.undo(9), lambda: doc.redo().redo(), lambda: doc.do(insert(doc, 0, "new branch "))):
    print(step())
print(closed, len(closed))
