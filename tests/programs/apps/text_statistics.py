"""Statistics over text: word counts, n-grams, Zipf, readability, edit distance, longest common parts, a trie with completion."""
import re
import statistics
from collections import Counter, defaultdict
from difflib import SequenceMatcher, get_close_matches, ndiff, unified_diff
from itertools import islice, pairwise

TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness,
it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was the season of Darkness,
it was the spring of hope, it was the winter of despair. We had everything before us; we had nothing before us."""
words = re.findall(r"[a-z]+", TEXT.lower())
counts = Counter(words)
print(len(words), len(counts), counts.most_common(5), sum(n == 1 for n in counts.values()))
print(Counter(pairwise(words)).most_common(3), Counter(map(len, words)).most_common(3), statistics.mean(map(len, words)), statistics.median(map(len, words)), statistics.mode(words), round(statistics.stdev(map(len, words)), 6), statistics.quantiles(map(len, words), n=4))


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def common(a, b):
    best = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            best[i + 1][j + 1] = best[i][j] + x if x == y else max(best[i][j + 1], best[i + 1][j], key=len)
    return best[-1][-1]


print([distance(a, b) for a, b in (("kitten", "sitting"), ("", "abc"), ("same", "same"), ("flaw", "lawn"))], common("wisdom", "window"), common("despair", "darkness"), get_close_matches("wisdm", counts, 2), round(SequenceMatcher(None, "foolishness", "darkness").ratio(), 4))


class Trie:
    def __init__(self):
        self.root = {}

    def add(self, word):
        node = self.root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = word

    def walk(self, node):
        for c, child in sorted(node.items()):
            if c == "":
                yield child
            else:
                yield from self.walk(child)

    def complete(self, prefix):
        node = self.root
        for c in prefix:
            if c not in node:
                return
            node = node[c]
        yield from self.walk(node)

    def __contains__(self, word):
        return word in self.complete(word)


trie = Trie()
for word in words:
    trie.add(word)
print(list(trie.complete("w")), list(islice(trie.complete(""), 4)), list(trie.complete("zz")), "was" in trie, "wa" in trie)


def markov(words, start, length):
    follow = defaultdict(list)
    for a, b in pairwise(words):
        follow[a].append(b)
    out, state = [start], 7
    for _ in range(length):
        options = follow[out[-1]]
        if not options:
            break
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        out.append(options[(state >> 16) % len(options)])
    return " ".join(out)


print(markov(words, "it", 12))
sentences = [s.strip() for s in re.split(r"[.;]\s*", TEXT) if s.strip()]
print([len(s.split()) for s in sentences], max(sentences, key=len)[:20], re.sub(r"\b(\w)(\w*)\b", lambda m: m[1].upper() + m[2], sentences[-1]), TEXT.translate(str.maketrans("aeiou", "01234"))[:30])
a, b = TEXT.splitlines()[0].split(", "), TEXT.splitlines()[1].split(", ")
print("\n".join(unified_diff(["one", "two", "three", "four"], ["one", "2", "three", "four", "five"], "old", "new", lineterm="", n=1)))
print("\n".join(line.rstrip("\n") for line in ndiff(["hello world", "same"], ["hallo world!", "same"])))
print(SequenceMatcher(None, a, b).get_opcodes(), [tuple(m) for m in SequenceMatcher(None, "abxcd", "abcd").get_matching_blocks()], SequenceMatcher(lambda c: c == " ", "a b c", "abc").quick_ratio())
