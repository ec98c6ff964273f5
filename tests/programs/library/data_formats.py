"""csv, json, configparser, base64, binascii, zlib, hashlib: data in and out."""
import base64
import binascii
import configparser
import csv
import hashlib
import hmac
import io
import json
import zlib

rows = [['plain', 'with, comma', 'with "quote"', 'two\nlines'], [1, 2.5, None, '']]
out = io.StringIO()
csv.writer(out).writerows(rows)
print(repr(out.getvalue()), list(csv.reader(io.StringIO(out.getvalue(), newline=''))))
out = io.StringIO()
writer = csv.DictWriter(out, ['a', 'b'], delimiter=';', quoting=csv.QUOTE_ALL, lineterminator='\n', restval='?')
writer.writeheader()
writer.writerow({'a': 1})
print(out.getvalue(), list(csv.DictReader(io.StringIO('x,y\n1,2,3\n4\n'), restkey='more')))
for text, options in (('a"b', {'strict': True}), ('"a"b', {'strict': True}), ('a,"b', {'strict': True})):
    try:
        print(list(csv.reader([text], **options)))
    except csv.Error as error:
        print(error)
print(csv.list_dialects(), csv.Sniffer().sniff('a;b\n1;2\n').delimiter)

config = configparser.ConfigParser()
config.read_string('[DEFAULT]\nroot = /srv\n[web]\nport: 80\npath = %(root)s/www\nflag = yes\nlong = one\n  two\n')
print(config.sections(), dict(config['web']), config.getint('web', 'port'), config.getboolean('web', 'flag'), config.get('web', 'none', fallback='-'))
for text in ('[a]\n[a]\n', 'x = 1\n', '[a]\nx = %(missing)s\n'):
    broken = configparser.ConfigParser()
    try:
        broken.read_string(text)
        broken.get('a', 'x')
    except configparser.Error as error:
        print(type(error).__name__, str(error).splitlines()[0])

raw = bytes(range(0, 256, 7))
print(base64.b64encode(raw), base64.urlsafe_b64encode(b'\xff\xfe'), base64.b32encode(b'hello'), base64.b16encode(b'hi'), base64.a85encode(b'hello world'), base64.b85encode(b'hello world'))
print(base64.b64decode('aGk='), base64.b85decode(base64.b85encode(raw)) == raw, binascii.hexlify(b'abc', '-'), binascii.unhexlify('6162'), binascii.crc32(b'hello'), binascii.b2a_qp(b'a=\xff'))
for call in (lambda: base64.b64decode('abc'), lambda: base64.b64decode('a$b=', validate=True), lambda: binascii.unhexlify('abc'), lambda: base64.b16decode('zz')):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
squeezed = zlib.compress(b'abc' * 1000, 9)
print(len(squeezed), zlib.decompress(squeezed) == b'abc' * 1000, zlib.adler32(b'hello'), zlib.crc32(b'hello', 5))
try:
    zlib.decompress(b'garbage')
except zlib.error as error:
    print(error)
for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_256', 'blake2b', 'blake2s'):
    print(name, hashlib.new(name, b'text').hexdigest()[:24], hashlib.new(name).digest_size)
print(hashlib.shake_128(b'x').hexdigest(8), hmac.new(b'key', b'message', 'sha256').hexdigest()[:20], hmac.compare_digest(b'a', b'a'))
print(json.dumps({'b': [1, None, True, 1.5, 'é\u2028'], 'a': {'x': ()}}, sort_keys=True), json.dumps([1, {'k': 2}], indent=2), json.loads('[1e3, -0, "\\u00e9\\ud83d\\ude00", {}]'))
