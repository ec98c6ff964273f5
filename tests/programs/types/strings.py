s = 'Hello, Wörld! ñ 中文 😀'
print(len(s), s[0], s[-1], s[7:12], s[::-1], s.upper(), s.lower(), s.swapcase(), s.title())
print('a,b,,c'.split(','), ' a  b '.split(), 'a-b-c'.rsplit('-', 1), 'x\ny\r\nz'.splitlines(), 'abc'.partition('b'), 'k=v=w'.rpartition('='))
print('-'.join(['a', 'b']), 'abc'.replace('b', 'X'), 'aXbX'.count('X'), 'hello'.find('l'), 'hello'.rfind('l'), 'hello'.index('e'))
print('abc'.center(9, '*'), 'abc'.ljust(5) + '|', 'abc'.rjust(5), '42'.zfill(5), '  x '.strip() + '|', 'xxaxx'.strip('x'), 'a\tb'.expandtabs(4))
print('abc'.startswith(('x', 'a')), 'abc'.endswith('c'), 'abc'.isalpha(), '123'.isdigit(), 'a1'.isalnum(), ' '.isspace(), 'Ab'.istitle(), 'id_1'.isidentifier())
print('%s %r %5d|%-5d|%05d %x %.3f %%' % ('s', 'r', 1, 2, 3, 255, 3.14159), '%(a)s' % {'a': 1})
print('{} {1} {0}'.format(1, 2) if False else '{1} {0} {x!r:>5} {y[0]} {z.real}'.format(1, 2, x='q', y=[7], z=3))
print(f'{s!a} {1 + 1=} {"nested " + f"{1}"} {5:>{3}} {{}}')
print('a' 'b', 'ab' * 3, 'a' < 'b', 'abc' in 'xabcx', ord('é'), chr(128512), repr('it\'s "q"\n\x00'), ascii('é'))
print('ß'.upper(), 'ß'.casefold(), 'İ'.lower(), 'abc'.translate({97: 'X', 98: None}), 'abc'.maketrans('a', 'b'))
print('é'.encode(), b'\xc3\xa9'.decode(), 'a\u0301'.encode('utf-16-le'), 'x'.encode('ascii'))
for expression in ("'a' + 1", "'abc'[5]", "'a'.index('z')", "'é'.encode('ascii')", "b'\\xff'.decode()", "'%d' % 'x'", "'{}'.format()", "'a' * 'b'", "''.join([1])", "'{a'.format(a=1)"):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
