"""A small converter from a Markdown-like language to HTML: blocks by generators, inline marks by regular expressions."""
import html
import re

SOURCE = """\
# Title with `code` & *emphasis*

First paragraph with **bold _nested_ text**
over two lines and a [link](http://example.com/?a=1&b=2 "the <title>").

* one
* two
  1. inner **first**
  2. inner second
     * deepest
* three

> quoted *text*
> > twice

```python
if a < b and "x":
    print('&')
```

Setext
======

| Name | Number |
|:-----|-------:|
| a\\|b | 1      |
| *c*  | 22     |

Last ![image](a.png) line \\*not emphasis\\* <b>escaped</b>
---
"""

INLINE = re.compile(r"""
    \\(?P<escape>[\\`*_{}\[\]()#+.!|-])
  | `(?P<code>[^`]+)`
  | !\[(?P<alt>[^\]]*)\]\((?P<src>\S+?)\)
  | \[(?P<text>[^\]]*)\]\((?P<href>\S+?)(?:\s+"(?P<title>[^"]*)")?\)
  | (?P<mark>\*\*|\*|__|_)(?=\S)(?P<inside>.+?)(?<=\S)(?P=mark)
""", re.X | re.S)


def inline(text):
    out, at = [], 0
    for match in INLINE.finditer(text):
        out.append(html.escape(text[at:match.start()]))
        at = match.end()
        match match.groupdict():
            case {"escape": str(char)}:
                out.append(char)
            case {"code": str(code)}:
                out.append(f"<code>{html.escape(code)}</code>")
            case {"src": str(src), "alt": alt}:
                out.append(f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">')
            case {"href": str(href), "text": label, "title": title}:
                extra = f' title="{html.escape(title)}"' if title else ""
                out.append(f'<a href="{html.escape(href)}"{extra}>{inline(label)}</a>')
            case {"mark": mark, "inside": inside}:
                tag = "strong" if len(mark) == 2 else "em"
                out.append(f"<{tag}>{inline(inside)}</{tag}>")
    return "".join(out) + html.escape(text[at:])


def blocks(lines):
    lines = list(lines)
    at = 0

    def take(test):
        nonlocal at
        taken = []
        while at < len(lines) and test(lines[at]):
            taken.append(lines[at])
            at += 1
        return taken

    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif found := re.match(r"(#{1,6})\s+(.*)", line):
            level = len(found[1])
            yield f"<h{level}>{inline(found[2])}</h{level}>"
            at += 1
        elif line.startswith("```"):
            at += 1
            code = take(lambda it: not it.startswith("```"))
            at += 1
            yield f'<pre class="{line[3:]}">{html.escape(chr(10).join(code))}</pre>'
        elif line.startswith(">"):
            yield "<blockquote>"
            yield from blocks(re.sub("^> ?", "", it) for it in take(lambda it: it.startswith(">")))
            yield "</blockquote>"
        elif found := re.match(r"(\*|\d+\.)\s", line):
            tag = "ul" if found[1] == "*" else "ol"
            yield f"<{tag}>"
            while at < len(lines) and (found := re.match(r"(\*|\d+\.)\s+", lines[at])):
                width = found.end()
                first = lines[at][width:]
                at += 1
                inner = take(lambda it: it.startswith(" " * width))
                yield f"<li>{inline(first)}"
                yield from blocks(it[width:] for it in inner)
                yield "</li>"
            yield f"</{tag}>"
        elif line.startswith("|"):
            rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", it)[1:-1]] for it in take(lambda it: it.startswith("|"))]
            align = ["right" if cell.endswith(":") else "left" for cell in rows.pop(1)]
            for number, row in enumerate(rows):
                tag = "td" if number else "th"
                yield "<tr>" + "".join(f'<{tag} align="{a}">{inline(c)}</{tag}>' for a, c in zip(align, row)) + "</tr>"
        elif re.fullmatch("[-=]{3,}", line):
            yield "<hr>"
            at += 1
        else:
            text = take(lambda it: it.strip() and not re.match(r"[#>|*]|```|[-=]{3,}$", it))
            if at < len(lines) and re.fullmatch("={3,}", lines[at]):
                at += 1
                yield f"<h1>{inline(' '.join(text))}</h1>"
            else:
                yield f"<p>{inline(chr(10).join(text))}</p>"


for block in blocks(SOURCE.splitlines()):
    print(block)
