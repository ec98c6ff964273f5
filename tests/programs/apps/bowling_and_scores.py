"""Scoring games: bowling frames, poker hands, roman numerals, a chess clock, tennis; each by another style of code."""
import re
from bisect import bisect
from collections import Counter
from enum import IntEnum
from functools import reduce


def bowling(rolls):
    numbers = []
    for roll in rolls.replace(" ", ""):
        numbers.append({"X": 10, "-": 0, "/": 10 - (numbers[-1] if numbers else 0)}.get(roll) if roll in "X-/" else int(roll))
    total = at = 0
    for _ in range(10):
        frame = numbers[at:at + 3]
        if frame[0] == 10 or sum(frame[:2]) == 10:
            if len(frame) < 3:
                raise ValueError("the game is not over")
            total += sum(frame)
            at += 1 if frame[0] == 10 else 2
        else:
            total += sum(frame[:2])
            at += 2
    return total


class Rank(IntEnum):
    HIGH, PAIR, TWO_PAIRS, THREE, STRAIGHT, FLUSH, FULL, FOUR, STRAIGHT_FLUSH = range(9)


def poker(hand):
    values = sorted(("--23456789TJQKA".index(card[0]) for card in hand.split()), reverse=True)
    if values == [14, 5, 4, 3, 2]:
        values = [5, 4, 3, 2, 1]
    counts = Counter(values)
    order = sorted(counts, key=lambda v: (counts[v], v), reverse=True)
    flush, straight = len({card[1] for card in hand.split()}) == 1, len(counts) == 5 and values[0] - values[4] == 4
    match sorted(counts.values(), reverse=True):
        case _ if flush and straight:
            rank = Rank.STRAIGHT_FLUSH
        case [4, 1]:
            rank = Rank.FOUR
        case [3, 2]:
            rank = Rank.FULL
        case _ if flush:
            rank = Rank.FLUSH
        case _ if straight:
            rank = Rank.STRAIGHT
        case [3, *_]:
            rank = Rank.THREE
        case [2, 2, _]:
            rank = Rank.TWO_PAIRS
        case [2, *_]:
            rank = Rank.PAIR
        case _:
            rank = Rank.HIGH
    return rank, order


ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
PARTS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    return reduce(lambda state, part: (state[0] % part[0], state[1] + part[1] * (state[0] // part[0])), PARTS, (n, ""))[1]


def from_roman(text):
    if not text or not ROMAN.fullmatch(text):
        raise ValueError(f"not roman: {text!r}")
    values = [dict(map(reversed, PARTS))[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, values[1:] + [0]))


def tennis(points):
    score = dict.fromkeys("AB", 0)
    for point in points:
        score[point] += 1
        a, b = score.values()
        if max(a, b) >= 4 and abs(a - b) >= 2:
            yield f"game {max(score, key=score.get)}"
            score = dict.fromkeys("AB", 0)
        elif min(a, b) >= 3:
            yield "deuce" if a == b else f"advantage {max(score, key=score.get)}"
        else:
            yield "-".join(("love", "15", "30", "40")[n] for n in (a, b))


def grade(score):
    return "FDCBA"[bisect([60, 70, 80, 90], score)]


for game in ("X" * 12, "9-" * 10, "5/" * 10 + "5", "X7/9-X-88/-6XXX81", "--" * 10, "X" * 9 + "9/X"):
    print(game, bowling(game))
for bad in ("X" * 10, "", "5", "abc"):
    try:
        print(bowling(bad))
    except (ValueError, IndexError) as error:
        print(type(error).__name__, error)
hands = ["TH JH QH KH AH", "2S 2H 2D 2C 9S", "3S 3H 3D 9C 9S", "2H 5H 9H KH 4H", "AH 2C 3D 4S 5H", "KS KH KD 9C 2S", "KS KH 9D 9C 2S", "AS AH 9D 8C 2S", "AS KH 9D 8C 2S", "KS KH 9D 9C 3S"]
for hand in sorted(hands, key=poker):
    rank, order = poker(hand)
    print(hand, rank.name, order)
print(all(from_roman(to_roman(n)) == n for n in range(1, 400)), [to_roman(n) for n in (4, 9, 14, 1994, 2024, 3999)])
for bad in ("IIII", "VX", "", "IC", "mm"):
    try:
        print(from_roman(bad))
    except ValueError as error:
        print(error)
print(*tennis("ABABABABAA BBBB".replace(" ", "")), sep=", ")
print([grade(s) for s in (59, 60, 69.9, 70, 89, 90, 100, True)])
