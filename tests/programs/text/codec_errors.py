# Expected output: made with CPython 3.14, `python codec_errors.py > codec_errors.out`.
"""Error handlers of codecs, those of the machine and those written in Python."""


def attempt(name, function):
    try:
        result = repr(function())
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    print(name, "->", result)


def enc(e):
    return ('<%d>' % e.start, e.end)


import codecs
codecs.register_error('mine', enc)
attempt('ab', lambda: 'aé€b'.encode('ascii', 'mine'))
codecs.register_error('mineb', lambda e: (b'\xff', e.end))
attempt('ac', lambda: 'aé€b'.encode('latin-1', 'mineb'))
codecs.register_error('dec', lambda e: ('[%s]' % e.object[e.start:e.end].hex(), e.end))
attempt('ad', lambda: b'a\xff\xfeb'.decode('utf-8', 'dec'))
codecs.register_error('bad', lambda e: 5)
attempt('ae', lambda: b'a\xff'.decode('ascii', 'bad'))
attempt('af', lambda: 'é'.encode('ascii', 'bad'))
codecs.register_error('pos', lambda e: ('?', 100))
attempt('ag', lambda: b'a\xff'.decode('ascii', 'pos'))
attempt('ah', lambda: 'é'.encode('ascii', 'pos'))
codecs.register_error('uni', lambda e: ('é', e.end))
attempt('ai', lambda: 'é'.encode('ascii', 'uni'))


def chobj(e):
    e.object = b'xyz'
    return ('!', 0)


codecs.register_error('chobj', chobj)
attempt('aj', lambda: b'a\xffbc'.decode('utf-8', 'chobj'))
attempt('ak', lambda: 'é'.encode('utf-16-le'))
attempt('al', lambda: b'\xe9\x00'.decode('utf-16-le'))
attempt('am', lambda: 'é'.encode('cp1252'))
attempt('an', lambda: b'\x80'.decode('cp1252'))
attempt('ao', lambda: '€'.encode('latin-1'))
attempt('ap', lambda: 'a'.encode('nope'))
attempt('aq', lambda: 'a'.encode('rot13'))
attempt('as', lambda: '€'.encode('cp437'))
attempt('at', lambda: codecs.lookup_error('strict')(UnicodeDecodeError('utf-8', b'a', 0, 1, 'x')))
attempt('au', lambda: codecs.lookup_error('ignore')(UnicodeDecodeError('utf-8', b'a', 0, 1, 'x')))
attempt('av', lambda: codecs.lookup_error('replace')(UnicodeEncodeError('utf-8', 'abc', 0, 2, 'x')))
attempt('aw', lambda: codecs.lookup_error('backslashreplace')(UnicodeTranslateError('aéc', 1, 2, 'x')))
attempt('ax', lambda: codecs.lookup_error('xmlcharrefreplace')(UnicodeDecodeError('utf-8', b'a', 0, 1, 'x')))
attempt('ay', lambda: codecs.lookup_error('strict')(5))
attempt('az', lambda: codecs.lookup_error('surrogateescape')(UnicodeEncodeError('utf-8', '\udc80', 0, 1, 'x')))
attempt('ba', lambda: codecs.lookup_error('surrogatepass')(UnicodeEncodeError('utf-8', '\udc80', 0, 1, 'x')))
attempt('bb', lambda: codecs.encode('abc', 'rot13'))
attempt('bd', lambda: codecs.lookup('utf8').name)
attempt('be', lambda: 'aé'.encode('utf-8-sig'))
attempt('bf', lambda: 'aé\n'.encode('unicode_escape'))
attempt('bg', lambda: b'\\u20ac'.decode('unicode_escape'))
attempt('bi', lambda: 'bücher'.encode('punycode'))
attempt('bj', lambda: 'aé'.encode('utf-7'))
attempt('bk', lambda: codecs.lookup_error('strict'))
attempt('bl', lambda: codecs.lookup_error('namereplace')(UnicodeEncodeError('ascii', 'é€\x80', 0, 3, 'x')))
