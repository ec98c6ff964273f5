"""Leaving nested loops: flags, for-else, exceptions, functions, generators and while; all ways find the same pair."""
from itertools import product

GRID = [[3, 8, 1], [9, 4, 7], [2, 6, 5]]


def by_flag(wanted):
    found = None
    for i, row in enumerate(GRID):
        for j, x in enumerate(row):
            if x == wanted:
                found = i, j
                break
        if found:
            break
    return found


def by_else(wanted):
    for i, row in enumerate(GRID):
        for j, x in enumerate(row):
            if x == wanted:
                break
        else:
            continue
        break
    else:
        return None
    return i, j


def by_exception(wanted):
    class Found(Exception):
        pass
    try:
        for i, row in enumerate(GRID):
            for j, x in enumerate(row):
                if x == wanted:
                    raise Found(i, j)
    except Found as found:
        return found.args


def by_generator(wanted):
    return next(((i, j) for i, j in product(range(3), repeat=2) if GRID[i][j] == wanted), None)


def by_while(wanted):
    i = j = 0
    while i < 3 and GRID[i][j] != wanted:
        j += 1
        if j == 3:
            i, j = i + 1, 0
    else:
        if i == 3:
            return None
    return i, j


for function in (by_flag, by_else, by_exception, by_generator, by_while):
    print(function.__name__, [function(n) for n in (3, 7, 5, 99)])
