"""for, while, else, break and continue, nested and through try and with; iteration protocols of every age."""


def search(values, wanted):
    for position, value in enumerate(values):
        if value == wanted:
            print("found at", position)
            break
    else:
        print("not found")


search("abc", "b")
search("abc", "z")
search("", "z")

n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    if n == 4:
        break
    print(n)
else:
    print("never")
while n:
    n -= 1
else:
    print("else", n)

for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        print(i, j)
    else:
        print("inner else", i)
        continue
    print("inner broke", i)
else:
    print("outer else")

for i in range(3):
    try:
        if i == 1:
            continue
        if i == 2:
            break
        print("body", i)
    finally:
        print("finally", i)
print("after", i)


def returning():
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if i == 1:
                        return "value"
                    break
                finally:
                    print("inner", i, j)
        finally:
            print("outer", i)


print(returning())


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        print("exit", kind and kind.__name__)
        return True


for i in range(4):
    with Manager():
        if i == 0:
            continue
        if i == 1:
            raise KeyError
        if i == 3:
            break
    print("rest of", i)


class Old:
    def __getitem__(self, index):
        if index == 3:
            raise IndexError
        return index * 10


print(list(Old()), 20 in Old(), [*Old()])


class BadIter:
    def __iter__(self):
        return 5


class Next:
    def __next__(self):
        raise StopIteration


for value in (BadIter(), 5, Next(), type, None):
    try:
        for item in value:
            pass
    except TypeError as error:
        print(error)
print(iter(iter([1])).__class__.__name__)
calls = iter([1, 2, 3, 0, 5])
print(list(iter(lambda: next(calls), 0)), next(calls))
empty = iter([])
print(next(empty, "default"))
for x in ():
    pass
try:
    x
except NameError as error:
    print(error)
items = [1, 2, 3]
for item in items:
    if item < 3 and len(items) < 6:
        items.append(item + 10)
print(items)
for items in items:
    pass
print(items)
for index in range(5):
    step = index
    index = 100
print(step, index)
