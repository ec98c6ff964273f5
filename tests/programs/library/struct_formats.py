"""struct: every format character, byte orders, padding, errors, Struct objects."""
import struct

CASES = [('b', -5), ('B', 250), ('h', -300), ('H', 65000), ('i', -70000), ('I', 4000000000), ('l', -1), ('L', 1), ('q', -2**62),
         ('Q', 2**63), ('n', -9), ('N', 9), ('f', 1.5), ('d', -2.25), ('e', 0.5), ('?', True), ('c', b'x'), ('5s', b'abc'), ('5p', b'abc'),
         ('x', None), ('P', 0)]
for order in '@=<>!':
    for code, value in CASES:
        if order != '@' and code in 'nNP':
            continue
        try:
            packed = struct.pack(order + code) if value is None else struct.pack(order + code, value)
            print(order, code, packed.hex(' '), struct.unpack(order + code, packed), struct.calcsize(order + code))
        except struct.error as error:
            print(order, code, error)
print(struct.pack('bhilq', 1, 2, 3, 4, 5).hex(), struct.calcsize('bhilq'), struct.calcsize('<bhilq'), struct.calcsize('b0q'))
print(struct.pack('3h2x2?', 1, 2, 3, True, False).hex(), struct.unpack('<2i', bytes(range(8))), list(struct.iter_unpack('<H', b'abcdef')))
buffer = bytearray(10)
struct.pack_into('>Hb', buffer, 3, 0x1234, -1)
print(buffer.hex(), struct.unpack_from('>H', buffer, 3))
point = struct.Struct('<2d')
print(point.size, point.format, point.unpack(point.pack(1, 2)), point)
for function, *args in ((struct.pack, 'b', 200), (struct.pack, 'B', -1), (struct.pack, 'H', 'x'), (struct.pack, 'ii', 1), (struct.unpack, 'i', b'abc'),
                        (struct.pack, 'z', 1), (struct.pack, '5', 1), (struct.pack, 'f', 1e300), (struct.pack, 'c', b'ab'), (struct.pack, 's', 'a'),
                        (struct.unpack_from, 'i', b'abcdef', 4), (struct.pack_into, 'i', bytearray(2), 0, 1), (struct.calcsize, 'é'), (struct.pack, 'e', 1e9)):
    try:
        print(function(*args))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error)
