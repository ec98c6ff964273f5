"""Palindromes, anagrams, ciphers, run lengths, zigzag and word games by slicing, sorting and translating, on ASCII and beyond."""
import string
import unicodedata
from collections import Counter, defaultdict


def palindrome(s):
    s = [c for c in unicodedata.normalize("NFD", s.casefold()) if c.isalnum()]
    return s == s[::-1]


def caesar(s, n):
    low, up = string.ascii_lowercase, string.ascii_uppercase
    return s.translate(str.maketrans(low + up, low[n:] + low[:n] + up[n:] + up[:n]))


def vigenere(s, key, sign=1):
    return "".join(chr((ord(c) - 97 + sign * (ord(key[i % len(key)]) - 97)) % 26 + 97) for i, c in enumerate(s))


def runs(s):
    out = []
    for c in s:
        if out and out[-1][0] == c:
            out[-1][1] += 1
        else:
            out.append([c, 1])
    return "".join(f"{c}{n}" if n > 1 else c for c, n in out)


def zigzag(s, rows):
    lines, row, step = [""] * rows, 0, 1
    for c in s:
        lines[row] += c
        step = 1 if row == 0 else -1 if row == rows - 1 else step
        row += step
    return lines


def rotations(s):
    return sorted(s[i:] + s[:i] for i in range(len(s)))


print([palindrome(s) for s in ("A man, a plan, a canal: Panama", "Été", "abc", "", "ß ss", "上海自来水来自海上")], caesar("Hello, Wörld!", 3), caesar(caesar("Hello", 7), -7), caesar("abc", 13) == "nop", vigenere("attackatdawn", "lemon"), vigenere(vigenere("secret", "key"), "key", -1))
groups = defaultdict(list)
for w in "listen silent enlist google elgoog abc".split():
    groups["".join(sorted(w))].append(w)
print([v for v in groups.values() if len(v) > 1], runs("aaabccdddd😀😀"), runs(""), zigzag("PAYPALISHIRING", 3), "".join(r[-1] for r in rotations("banana$")), Counter("mississippi").most_common(2), max("the quick brown fox".split(), key=len), " ".join("the quick".split()[::-1]), "".join(map(lambda a, b: a + b, "ace", "bdf")))
print("hello world".title()[::-1].swapcase(), "-".join("camelCaseString"[i:i + 1].lower() if c.islower() else "_" + c.lower() for i, c in enumerate("camelCaseString")), "snake_case_name".replace("_", " ").title().replace(" ", ""), {c: "hello".index(c) for c in "hello"}, [("abc" * 3)[i::3] for i in range(3)], "abcdef"[::-2], *("%s=%r" % p for p in zip("ab", (1, "x"))))
