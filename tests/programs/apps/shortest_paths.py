"""Dijkstra, Bellman-Ford, Floyd-Warshall and A* agree on a graph; negative cycles and unreachable places are told."""
import heapq
import math
from collections import defaultdict

GRID = """
S..#....
.#.#.##.
.#...#..
.####.#.
......#E
""".split()


def edges():
    for y, row in enumerate(GRID):
        for x, cell in enumerate(row):
            if cell == "#":
                continue
            for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
                if 0 <= y + dy < len(GRID) and 0 <= x + dx < len(row) and GRID[y + dy][x + dx] != "#":
                    yield (x, y), (x + dx, y + dy), 1 + (x * 7 + y * 3 + dx) % 4


def dijkstra(graph, start, estimate=lambda node: 0):
    distance, before, done, order = {start: 0}, {}, set(), 0
    heap = [(estimate(start), start)]
    while heap:
        _, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        order += 1
        for after, weight in graph[node].items():
            if (new := distance[node] + weight) < distance.get(after, math.inf):
                distance[after], before[after] = new, node
                heapq.heappush(heap, (new + estimate(after), after))
    return distance, before, order


def bellman_ford(graph, start):
    distance = defaultdict(lambda: math.inf, {start: 0})
    for turn in range(len(graph) + 1):
        changed = False
        for node in list(graph):
            for after, weight in graph[node].items():
                if distance[node] + weight < distance[after]:
                    distance[after], changed = distance[node] + weight, True
        if not changed:
            return {k: v for k, v in distance.items() if v < math.inf}
    raise ArithmeticError("negative cycle")


def floyd_warshall(graph):
    best = {(a, b): w for a in graph for b, w in graph[a].items()} | {(a, a): 0 for a in graph}
    for k in graph:
        for i in graph:
            if (i, k) in best:
                for j in graph:
                    if (k, j) in best and best[i, k] + best[k, j] < best.get((i, j), math.inf):
                        best[i, j] = best[i, k] + best[k, j]
    return best


graph = defaultdict(dict)
for a, b, weight in edges():
    graph[a][b] = weight
start, end = (0, 0), (7, 4)
distance, before, order = dijkstra(graph, start)
print(distance[end], order, len(graph))
path, node = [end], end
while node in before:
    node = before[node]
    path.append(node)
print(path[::-1])
print(bellman_ford(graph, start) == distance)
print(dijkstra(graph, start, lambda node: abs(node[0] - end[0]) + abs(node[1] - end[1]))[0][end] == distance[end])
small = {n: {m: w for m, w in graph[n].items()} for n in list(graph)[:14]}
small = {n: {m: w for m, w in out.items() if m in small} for n, out in small.items()}
table = floyd_warshall(small)
print(all(table.get((a, b)) == d for a in small for b, d in dijkstra(small, a)[0].items()), len(table))
negative = {"a": {"b": 1}, "b": {"c": -3}, "c": {"a": 1}, "lonely": {}}
try:
    bellman_ford(negative, "a")
except ArithmeticError as error:
    print(error)
negative["c"]["a"] = 2.5
print(bellman_ford(negative, "a"), floyd_warshall(negative)["b", "a"], ("a", "lonely") in floyd_warshall(negative))
for y, row in enumerate(GRID):
    print("".join("o" if (x, y) in path else cell for x, cell in enumerate(row)))
