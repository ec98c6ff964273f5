"""What a parser of XML tells, piece by piece: positions, entities, namespaces, document types and failures."""
import pyexpat


def parse(document, *, names, step=None, **options):
    told = []
    parser = pyexpat.ParserCreate(**options)
    for name in names:
        def handler(*args, name=name):
            told.append((name, args, parser.CurrentLineNumber, parser.CurrentColumnNumber))
            return 1
        setattr(parser, name, handler)
    try:
        if step is None:
            parser.Parse(document, True)
        else:
            parser.SetReparseDeferralEnabled(False)
            for start in range(0, len(document), step):
                parser.Parse(document[start:start + step], False)
            parser.Parse(b'', True)
    except pyexpat.ExpatError as error:
        told.append((str(error), error.code))
    return told


ELEMENTS = ['StartElementHandler', 'EndElementHandler', 'CharacterDataHandler']
TYPES = ['StartDoctypeDeclHandler', 'EndDoctypeDeclHandler', 'EntityDeclHandler', 'ElementDeclHandler', 'AttlistDeclHandler',
         'NotationDeclHandler']

document = b'''<!DOCTYPE r [
<!ENTITY e "one &f; two"><!ENTITY f "<i>x</i>">
<!ATTLIST r a CDATA "d" b NMTOKENS #IMPLIED c (x|y) #FIXED "y">
<!ELEMENT r (a?,(b|c)*)><!ELEMENT m (#PCDATA|i)*><!NOTATION n PUBLIC "p  q">
]><r b="  t  u " z="&#65;&lt;&f2;">&e;<![CDATA[<&]]></r>'''.replace(b'&f2;', b'')
for event in parse(document, names=ELEMENTS + TYPES):
    print(event)
for step in (1, 3, 7):
    print(step, [event[:2] for event in parse(document, names=ELEMENTS[:2] + TYPES, step=step)]
          == [event[:2] for event in parse(document, names=ELEMENTS[:2] + TYPES)])

names = ELEMENTS[:2] + ['StartNamespaceDeclHandler', 'EndNamespaceDeclHandler']
for event in parse(b'<a xmlns="u" xmlns:p="v" p:q="1" r="2"><p:b xmlns=""><c/></p:b></a>', names=names, namespace_separator=' '):
    print(event[:2])

print(parse(b'<a><!--c--><?t d?>&amp;\r\nx</a>', names=['DefaultHandler']))
for wrong in (b'<a b="1"c="2"/>', b'<a>&#xD800;</a>', b'<!DOCTYPE a [<!ENTITY % p "x">%p;', b'<a/><?xml version="1.0"?>',
              b'<!DOCTYPE a [<!ELEMENT a (b,c|d)>]><a/>', b'<a>\xf0\x9f</a>', b'<p:a/>', b'<a b="\x0b"/>'):
    print(wrong, parse(wrong, names=[], namespace_separator=''))
