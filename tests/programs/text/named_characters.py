# Characters by their names: aliases, ideographs, sequences, and names that are none.
import unicodedata

print(ascii('\N{LATIN CAPITAL LETTER GHA}\N{NUL}\N{tangut ideograph-17000}\N{CJK UNIFIED IDEOGRAPH-3400}\N{HANGUL SYLLABLE GAG}'))
print(ascii(f'\N{LATIN CAPITAL LETTER GHA}{1}\N{LF}'))
names = ['LATIN CAPITAL LETTER GHA', 'TANGUT IDEOGRAPH-17000', 'tangut ideograph-18D08', 'TANGUT IDEOGRAPH-187F8', 'TANGUT IDEOGRAPH-017000',
         'LATIN SMALL LETTER R WITH TILDE', 'tamil syllable sai', 'LATINSMALLLETTERA', 'LATIN-SMALL-LETTER-A', 'LATIN_SMALL LETTER A',
         'CJK UNIFIED IDEOGRAPH-03400', 'KEYCAP NUMBER SIGN', 'HANGUL SYLLABLE ']
for name in names:
    for find in (unicodedata.lookup, unicodedata.ucd_3_2_0.lookup, lambda name: eval(r"'\N{%s}'" % name),
                 lambda name: (r'\N{%s}' % name).encode().decode('unicode_escape')):
        try:
            print(name, ascii(find(name)))
        except (KeyError, SyntaxError, UnicodeError) as error:
            print(name, type(error).__name__, error)
