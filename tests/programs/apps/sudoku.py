"""A sudoku solver with constraint propagation over bit masks and over sets, counting its guesses."""
from functools import reduce
from operator import and_

PUZZLE = "..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3.."
HARD = "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......"
ROWS = [range(r * 9, r * 9 + 9) for r in range(9)]
COLUMNS = [range(c, 81, 9) for c in range(9)]
BOXES = [[(b // 3 * 3 + i // 3) * 9 + b % 3 * 3 + i % 3 for i in range(9)] for b in range(9)]
UNITS = [[unit for unit in [*ROWS, *COLUMNS, *BOXES] if cell in unit] for cell in range(81)]
PEERS = [{other for unit in units for other in unit} - {cell} for cell, units in enumerate(UNITS)]


class Contradiction(Exception):
    pass


class Grid:
    guesses = 0

    def __init__(self, text=None):
        self.masks = [0x1FF] * 81
        for cell, char in enumerate(text or ""):
            if char.isdigit() and char != "0":
                self.fix(cell, 1 << int(char) - 1)

    def fix(self, cell, bit):
        for other in range(9):
            if (mask := 1 << other) != bit and self.masks[cell] & mask:
                self.eliminate(cell, mask)
        if not self.masks[cell] & bit:
            raise Contradiction(cell)

    def eliminate(self, cell, bit):
        if not self.masks[cell] & bit:
            return
        self.masks[cell] &= ~bit
        left = self.masks[cell]
        if left == 0:
            raise Contradiction(cell)
        if left.bit_count() == 1:
            for peer in sorted(PEERS[cell]):
                self.eliminate(peer, left)
        for unit in UNITS[cell]:
            places = [other for other in unit if self.masks[other] & bit]
            if not places:
                raise Contradiction(cell)
            if len(places) == 1 and self.masks[places[0]] != bit:
                self.fix(places[0], bit)

    def solve(self):
        open_cells = [cell for cell in range(81) if self.masks[cell].bit_count() > 1]
        if not open_cells:
            return self
        cell = min(open_cells, key=lambda it: (self.masks[it].bit_count(), it))
        for bit in (1 << n for n in range(9) if self.masks[cell] >> n & 1):
            Grid.guesses += 1
            attempt = Grid()
            attempt.masks = self.masks[:]
            try:
                attempt.fix(cell, bit)
                return attempt.solve()
            except Contradiction:
                continue
        raise Contradiction(cell)

    def __str__(self):
        return "".join(str(mask.bit_length()) if mask.bit_count() == 1 else "." for mask in self.masks)


def valid(text):
    return all({text[cell] for cell in unit} == set("123456789") for unit in [*ROWS, *COLUMNS, *BOXES])


solved = Grid(PUZZLE)
print(solved, valid(str(solved)), Grid.guesses)
partly = Grid(PUZZLE[:40] + "." * 41)
print(partly, sum(mask.bit_count() for mask in partly.masks))
answer = str(partly.solve())
print(answer, valid(answer), Grid.guesses > 0)
for bad in ("11" + "." * 79, "." * 80 + "12"):
    try:
        print(str(Grid(bad[:81]).solve())[:9])
    except Contradiction as error:
        print("contradiction", error)
print(len(PEERS[40]), reduce(and_, ({*PEERS[c]} for c in (0, 1, 9))) == {c for c in BOXES[0]} - {0, 1, 9})
