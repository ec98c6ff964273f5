# Documents whose first characters are not ASCII, read in pieces of every size; and which incomplete tokens wait for more.
import pyexpat


def read(document, step):
    seen = []
    parser = pyexpat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: seen.append(name)
    parser.CharacterDataHandler = lambda text: seen.append(text)
    try:
        for start in range(0, len(document), step):
            parser.Parse(document[start:start + step])
        parser.Parse(b"", True)
    except pyexpat.error as error:
        seen.append(str(error))
    return seen


for text in "<ab\U0001f600/>", "<a>\U0001f600</a>", "<\u20ac/>", "<?\u00e9 x?><a/>", "\u00e9<a/>", "<?xm\u00e9?><a/>", "<n:a\U0001f600x='1'/>":
    for step in 1, 2, 3, 1000:
        print(ascii(text), step, ascii(read(text.encode(), step)))

parser = pyexpat.ParserCreate()
ended = []
parser.EndElementHandler = ended.append
parser.Parse(b"<root>\n  <element key='value'>text</element")
parser.Parse(b">\n")
print(ended)
parser = pyexpat.ParserCreate()
started = []
parser.StartElementHandler = lambda name, attributes: started.append(name)
parser.Parse(b"<root")
parser.Parse(b">")
print(started)
parser.Parse(b"<element/></root>", True)
print(started)
