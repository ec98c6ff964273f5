"""Long if chains, nested conditional expressions, short circuits with effects, chained comparisons, walrus in conditions, else-if by dict."""
log = []


def n(value, name=None):
    log.append(name or value)
    return value


def grade(x):
    if x < 0:
        return "negative"
    elif x == 0:
        return "zero"
    elif 0 < x < 1:
        return "fraction"
    elif (big := x > 1000) or x != x:
        return "big" if big else "nan"
    elif isinstance(x, int) and not x % 2:
        return "even" if x < 100 else "large even"
    else:
        if x == int(x):
            return "odd" if isinstance(x, int) else "whole float"
    return "other"


print([grade(x) for x in (-1, 0, 0.5, 2000, float("nan"), 4, 400, 7, 7.0, 7.5, True, False, -0.0)])
print(n(1) and n(0) and n(2), n(0) or n("") or n([]), not n(0) and n("x"), n(1) if n(0) else n(2) if n(3) else n(4), log)
log.clear()
print(n(1) < n(2) < n(2) < n(5), n(3) > n(2) >= n(2) != n(1) in n([1]), (n(1) < n(2)) < n(3), n(1) < (n(2) < n(3)), log)
log.clear()
print([a or b and c for a in (0, 1) for b in (0, 1) for c in (0, 1)], [not a == b for a in (0, 1) for b in (0, 1)], [(a, b) for a in (1, 2) if (b := a * 2) > 2 or a], [x if x else "empty" for x in (0, "", None, [], 1)])
actions = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
print([actions.get(op, lambda a, b: f"no {op}")(5, 3) for op in "+-*"])


def early(items):
    for item in items:
        if not item:
            continue
        if item == "stop":
            break
        if isinstance(item, list) and (inner := early(item)) is not None:
            return inner
        if item == "found":
            return item
    else:
        return None
    return "stopped"


print(early([0, "", "found"]), early([[0, ["found"]]]), early(["stop", "found"]), early([[], 0]), early([[1, 2], "stop"]))
x = 5
print("yes" if x > 3 else "no" if x > 1 else "never", (lambda: "a" if x else "b")(), {True: "t", False: "f"}[x > 3], ["no", "yes"][x > 3], x > 3 and "yes" or "no", (x > 9 and "yes") or "no", x if not x else -x, 1 if (0 if 1 else 1) else 2)
if x == 5: log.append("one line")
if x: pass
else: log.append("never")
while x: x -= 1
print(log, x)
