print(2 ** 200, -2 ** 65 // 3, (1 << 70) >> 68, 10 ** 30 % 97, -7 // 2, -7 % 3, 7 % -3, divmod(-7, 2))
print(int('ff', 16), int('0b101', 0), int(' -12 '), int(3.9), int(-3.9), int('1_000'), bin(10), oct(-8), hex(255))
print((255).to_bytes(2, 'big'), int.from_bytes(b'\x01\x00', 'little'), (5).bit_length(), (-5).bit_count(), (3).as_integer_ratio())
print(1 == 1.0, hash(1) == hash(1.0), 10 ** 20 == 1e20, 2 ** 53 + 1 == float(2 ** 53), True + True, 5 & 3, 5 | 3, 5 ^ 3, ~5)
print(round(1234, -2), round(5, -1), pow(3, 100, 7), pow(3, -1, 7), 4611686018427387904 - 1 + 1, 4611686018427387903 * 2, -4611686018427387904 - 1)
for expression in ('1 // 0', '1 % 0', '1 << -1', "int('x')", "int('1', 99)", 'int([])', '2 ** -1', 'pow(2, -1, 4)', '1 + "a"', 'int(float("inf"))'):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
