"""A justifying text formatter of one's own held against textwrap; columns, hyphens, hanging indents, boxes."""
import textwrap
import unicodedata

TEXT = """Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or
twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it."""


def greedy(text, width):
    line, length = [], 0
    for word in text.split():
        if line and length + 1 + len(word) > width:
            yield line
            line, length = [], 0
        length += len(word) + bool(line)
        line.append(word)
    if line:
        yield line


def balanced(text, width):
    words = text.split()
    best = [(0, None)] * len(words) + [(0, len(words))]
    for start in range(len(words) - 1, -1, -1):
        options, length = [], -1
        for end in range(start, len(words)):
            length += len(words[end]) + 1
            if length > width:
                break
            rest = 0 if end == len(words) - 1 else (width - length) ** 2
            options.append((rest + best[end + 1][0], end + 1))
        best[start] = min(options)
    start = 0
    while start < len(words):
        end = best[start][1]
        yield words[start:end]
        start = end


def justify(words, width):
    if len(words) == 1:
        return words[0].ljust(width)
    gaps = len(words) - 1
    spaces, extra = divmod(width - sum(map(len, words)), gaps)
    return "".join(word + " " * (spaces + (i < extra)) for i, word in enumerate(words[:-1])) + words[-1]


def box(lines):
    width = max(map(len, lines))
    return "\n".join([f"+{'-' * (width + 2)}+", *(f"| {line:<{width}} |" for line in lines), f"+{'-' * (width + 2)}+"])


for width in (24, 40):
    lines = list(greedy(TEXT, width))
    print([" ".join(line) for line in lines] == textwrap.wrap(TEXT, width, break_on_hyphens=False))
    print(box([justify(line, width) for line in lines[:-1]] + [" ".join(lines[-1])]))
print(box([" ".join(line) for line in balanced(TEXT, 34)]))
for line in textwrap.wrap("* " + TEXT[:100], 30, subsequent_indent="  ", max_lines=3, placeholder=" […]"):
    print(repr(line))
print(textwrap.shorten(TEXT, 30), textwrap.indent("a\n\n b", "> ", lambda line: True), sep="\n")
columns = [textwrap.wrap(part, 18) for part in TEXT.split(":")]
for left, right in zip(*columns):
    print(f"{left:<18} | {right:>18}")
print(textwrap.dedent("\t  a\n\t    b\n\t  c\n  \n"), end="|\n")


def display_width(text):
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


print([display_width(word) for word in ("plain", "日本", "e\u0301te\u0301", "ﬀ", "한국 x")])
