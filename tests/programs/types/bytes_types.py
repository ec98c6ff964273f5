b = b'hello\x00\xff'
print(b, b[0], b[1:3], len(b), b.hex(), bytes.fromhex('00ff 10'), b.upper(), b.split(b'l'), b'-'.join([b'a', b'b']))
ba = bytearray(b'abc')
ba[0] = 120; ba.append(33); ba += b'zz'; del ba[1]
print(ba, ba.find(b'z'), bytes(ba), ba[::-1], bytearray(3), bytes([1, 2]), bytes(range(3)))
m = memoryview(ba)
print(m[0], m[1:3].tobytes(), len(m), m.format, m.readonly)
m[0] = 65
print(ba)
m.release()
print(b'%s %d' % (b'x', 5), b'a' in b'abc', 97 in b'abc', b'a' < b'b', b'ab' * 2)
for expression in ("b'a' + 'b'", "b'a'[5]", "bytes([256])", "bytes('a')", "bytearray(b'a').pop(9)", "b'a'.decode('ascii', 1)"):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
