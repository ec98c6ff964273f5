print(0.1 + 0.2, 1e16, 1e-5, 1.0, -0.0, 1e100, 123456789.123456789, float('inf'), -float('inf'), float('nan'))
print(3.7 // 1, -3.7 // 1, 3.7 % 1, -3.7 % 2, divmod(7.5, 2), 2.0 ** 0.5, (-8) ** (1 / 3))
print(round(2.5), round(3.5), round(2.675, 2), round(-1.5), int(1e20), float('1_0.5'), (0.1).hex(), float.fromhex('0x1.8p3'))
print((0.75).as_integer_ratio(), (3.0).is_integer(), 1.5 < 2, 1.5 == 1.5, float('nan') == float('nan'), 0.0 == -0.0)
print(f'{3.14159:.2f} {1e10:g} {0.0001:e} {1234.5:,.1f} {0.5:%} {-1.5:+08.2f} {1.0!r} {1e300 * 1e10}')
for expression in ('1.0 / 0', '1.0 // 0', '1.0 % 0', "float('x')", '0.0 ** -1', '10.0 ** 400', 'int(float("nan"))'):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
