"""Cellular automata: life on sets, Wolfram rules, Langton's ant; patterns found again by periods."""
from collections import Counter
from itertools import islice, product


def life(cells):
    while True:
        yield cells
        near = Counter((x + dx, y + dy) for x, y in cells for dx, dy in product((-1, 0, 1), repeat=2) if dx or dy)
        cells = frozenset(cell for cell, n in near.items() if n == 3 or n == 2 and cell in cells)


def parse(text):
    return frozenset((x, y) for y, row in enumerate(text.split("/")) for x, c in enumerate(row) if c == "#")


def shift(cells):
    left, top = min((x for x, _ in cells), default=0), min((y for _, y in cells), default=0)
    return frozenset((x - left, y - top) for x, y in cells), (left, top)


def period(cells, limit=40):
    seen = {}
    for n, state in enumerate(islice(life(cells), limit)):
        shape, place = shift(state)
        if shape in seen:
            before, (x, y) = seen[shape]
            return n - before, (place[0] - x, place[1] - y), len(shape)
        seen[shape] = n, place
    return None


PATTERNS = {"block": "##/##", "blinker": "###", "toad": ".###/###", "glider": ".#/..#/###", "ship": ".#..#/#/#...#/####", "beehive": ".##/#..#/.##", "r-pentomino": ".##/##/.#", "empty": "", "lone": "#", "pulsar seed": "#####/#...#"}
for name, text in PATTERNS.items():
    print(f"{name:12}", period(parse(text)), [len(s) for s in islice(life(parse(text)), 6)])


def rule(number, row, steps):
    for _ in range(steps):
        yield "".join(".#"[c] for c in row)
        padded = [row[-1], *row, row[0]]
        row = [number >> (padded[i] * 4 + padded[i + 1] * 2 + padded[i + 2]) & 1 for i in range(len(row))]


for number in (30, 90, 110, 184):
    print(f"rule {number}")
    print("\n".join(rule(number, [int(i == 15) for i in range(31)] if number != 184 else [int(i % 3 != 0) for i in range(31)], 6)))


def ant(steps, turns="RL"):
    board, x, y, dx, dy = {}, 0, 0, 0, -1
    for _ in range(steps):
        state = board.get((x, y), 0)
        dx, dy = (-dy, dx) if turns[state] == "R" else (dy, -dx)
        board[x, y] = (state + 1) % len(turns)
        x, y = x + dx, y + dy
    return sum(v == 1 for v in board.values()), (x, y), len(board)


print(ant(500), ant(2000), ant(700, "RLR"), ant(700, "LLRR"))
glider = list(islice(life(parse(PATTERNS["glider"])), 41))
print(shift(glider[40])[1], shift(glider[40])[0] == shift(glider[0])[0], {frozenset(), frozenset()} == {frozenset()})
