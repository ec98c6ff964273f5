# The East Asian encodings: tables, state, errors, pieces of text and bytes.
import codecs
import hashlib
import io

NAMES = """gb2312 gbk gb18030 hz big5 cp950 big5hkscs euc_jp euc_jis_2004 euc_jisx0213 shift_jis cp932 shift_jis_2004
shift_jisx0213 euc_kr cp949 johab iso2022_kr iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3
iso2022_jp_ext""".split()
SAMPLES = ['', 'ASCII ~ \\', 'かな漢字カナ', '汉字简体', '漢字繁體', '한글 조합 뷁', 'ｱｲｳ¥‾', 'か\u309aき', '\u00ca\u0304', '𠀋𡈽', '€é①', '\ud800', '\U0010fffd']


def shown(function, *args):
    try:
        return ascii(function(*args))
    except UnicodeError as error:
        return f'{error.encoding} {error.start}-{error.end} {error.reason}'


for name in NAMES:
    print(name)
    for sample in SAMPLES:
        print(' ', ascii(sample), shown(sample.encode, name), shown(sample.encode, name, 'replace'),
              sample.encode(name, 'ignore'), sample.encode(name, 'xmlcharrefreplace'))

# Everything of a plane, in one digest each.
plane = ''.join(map(chr, [*range(0xd800), *range(0xe000, 0x10000)]))
pairs = b''.join(bytes((a, b, 10)) for a in range(0x80, 0x100, 5) for b in range(256))
for name in NAMES:
    data = plane[::3].encode(name, 'replace')
    text = pairs.decode(name, 'replace') + '|'.join(bytes((a, b)).decode(name, 'ignore') for a in range(0x81, 0xff, 9) for b in range(0x30, 0xff))
    print(name, hashlib.md5(data).hexdigest(), hashlib.md5(text.encode()).hexdigest())

for name, data in [('gb18030', b'\x81\x30\x81\x30\x90\x30\x81\x30\xe3\x32\x9a\x35\xe3\x32\x9a\x36'), ('gb18030', b'\x84\x31\xa4\x39\x84'),
                   ('euc_kr', b'\xa4\xd4\xa4\xb6\xa4\xd0\xa4\xd4\xa4\xd4\xa4'), ('hz', b'~{<:Ky2;~}~~x~\ny~{!'),
                   ('euc_jp', b'\x8f\xb0\xa1\x8e\xb1\x8f\xb0'), ('iso2022_jp', b'\x1b$B$"\x1b(Ba\x1b(J\\~\x1b$@$"\x1b(B\x1b&@\x1b$B$"'),
                   ('iso2022_jp_2', b'\x1b.A\x1bNi\x1b.F\x1bNa\x1bN!\x1b$A::\x1b$(C0!\x1b(B'), ('iso2022_kr', b'\x1b$)C\x0e0!\x0fa\x0e0!\n0!'),
                   ('iso2022_jp', b'\x1b$(D0!'), ('iso2022_jp', b'\x1b[1mA\x1b'), ('iso2022_jp_3', b'\x1b$(O$w\x1b$(P!"'), ('cp932', b'\x80\xa0\xfd\xfe\xff\x81')]:
    print(name, data, shown(data.decode, name), ascii(data.decode(name, 'replace')), ascii(data.decode(name, 'backslashreplace')))

# Piece by piece.
for name in NAMES:
    text = 'a漢bか\u309ac字' if name != 'iso2022_kr' else 'a漢b字'
    encoder = codecs.getincrementalencoder(name)('replace')
    pieces = [encoder.encode(char) for char in text]
    state = encoder.getstate()
    pieces.append(encoder.encode('', True))
    encoder.setstate(state)
    data = b''.join(pieces)
    decoder = codecs.getincrementaldecoder(name)()
    back = [decoder.decode(data[i:i + 1]) for i in range(len(data))]
    print(name, data, encoder.encode('z', True), ascii(''.join(back)), decoder.getstate())
    print(' ', ascii(io.TextIOWrapper(io.BytesIO(data + b'\nxy\n'), encoding=name).readlines()),
          ascii(codecs.getreader(name)(io.BytesIO(data * 2)).read(5)))
    stream = io.BytesIO()
    writer = codecs.getwriter(name)(stream, 'ignore')
    writer.writelines(['か', '\u309a', '漢か'])
    writer.reset()
    print(' ', stream.getvalue())

codecs.register_error('test.marks', lambda error: ('<%d>' % error.start, error.end))
codecs.register_error('test.bytes', lambda error: (b'\xff', error.end))
codecs.register_error('test.bad', lambda error: ('?', 99))
print('あ\u20acい'.encode('iso2022_jp', 'test.marks'), 'あ\u20ac'.encode('euc_jp', 'test.bytes'), b'a\xffb'.decode('gbk', 'test.marks'))
for call in (lambda: 'é'.encode('big5', 'test.bad'), lambda: 'é'.encode('big5', 'test.none'), lambda: b'\xff\xff'.decode('big5', 'test.bad')):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)

import _codecs_jp
for call in (lambda: _codecs_jp.getcodec('big5'), lambda: _codecs_jp.getcodec(1),
             lambda: _codecs_jp.getcodec('euc_jp').encode('a', 1), lambda: codecs.getincrementaldecoder('gbk')().setstate((b'', 'x'))):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
