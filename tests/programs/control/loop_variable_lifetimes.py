"""What loop variables hold and keep alive during and after loops, with deletes, breaks, exceptions, comprehensions and finalisers."""


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


log = []
for x in (Loud(i) for i in range(3)):
    log.append(f"body {x.name}")
print(log)
x = None
print(log[-1])
log.clear()
for x in [Loud(i) for i in range(3)]:
    if x.name == 1:
        break
print(log)
del x
print(log)
log.clear()
items = [Loud("a"), Loud("b")]
for x in items:
    items.clear()
    log.append("cleared")
print(log)
del x
print(log)
log.clear()


def function():
    for y in map(Loud, "pq"):
        pass
    log.append("end of function")


function()
print(log)
log.clear()
try:
    for z in map(Loud, "rs"):
        if z.name == "s":
            raise ValueError
except ValueError:
    log.append("handled")
print(log)
del z
print(log)
log.clear()
[w for w in map(Loud, "tu")]
print(log)
log.clear()
while (v := Loud("while")) and len(log) < 2:
    pass
print(log)
