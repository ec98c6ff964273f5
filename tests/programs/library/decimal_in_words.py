"""What `_decimal` says of itself and of arguments that it refuses, and formats with separators of more than a character."""
import _decimal
import _hashlib
import posix
from decimal import Decimal, getcontext, setcontext

for owner in (_decimal.Decimal, _decimal.Context):
    for name in ('compare', 'exp', 'fma', 'is_normal', 'logical_xor', 'max_mag', 'quantize', 'radix', 'same_quantum', 'sqrt', 'to_eng_string'):
        if hasattr(owner, name):
            method = getattr(owner, name)
            print(owner.__name__, name, method.__text_signature__, method.__doc__.split('\n')[0])
print(Decimal.__divmod__.__doc__, int.__rdivmod__.__doc__, float.__add__.__doc__, int.__ror__.__doc__)
print(_decimal.getcontext.__doc__.strip(), Decimal.__text_signature__, _decimal.Context.create_decimal.__text_signature__)
print(_hashlib.openssl_sha256.__doc__)
print('`true`' in posix.posix_spawn.__doc__, '`True`' in posix.posix_spawnp.__doc__)


def refused(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


for context in (1, None, 'x'):
    refused(setcontext, context)
for bits in (None, 'x', 1.5, 10**30, 0, 33, 64):
    refused(_decimal.IEEEContext, bits)
refused(Decimal, (0, (1, 2), 10**30))
refused(Decimal, (0, (1, 2), 'x'))
refused(Decimal, (0, (1, 12), 1))
refused(round, Decimal(1), 10**30)
refused(round, Decimal(1), 'x')
for value in ('prec', 'Emax', 'flags', 'traps', 'rounding', 'clamp'):
    refused(delattr, getcontext(), value)
    refused(setattr, getcontext(), value, 10**30)

number = Decimal('1234567.891')
for override in (
    {'decimal_point': ''},
    {'decimal_point': 'abcd'},
    {'decimal_point': 'abcde'},
    {'thousands_sep': 'éé', 'grouping': '\3'},
    {'thousands_sep': 'abcde', 'grouping': '\3'},
    {'thousands_sep': '..', 'grouping': '\2\3\1'},
    {'thousands_sep': '-', 'grouping': '\2\3\x7f'},
    {'thousands_sep': '-', 'grouping': ''},
):
    for spec in ('n', '020n', '<25n'):
        refused(number.__format__, spec, override)
for spec in (',', '012,', '013,', '014,', '015,', '016,.2f', '<20,', '=+20,', '^20,.0f', '020,e', ',%'):
    for value in (number, -number, Decimal(0), Decimal('1e3'), Decimal('999'), Decimal('-1000.5')):
        print(spec, format(value, spec))
for value in ('Infinity', '-sNaN12', 'NaN', '-0E+3', '12.50'):
    print(Decimal(value).as_tuple())
