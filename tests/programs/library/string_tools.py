"""string, textwrap, difflib, shlex, fnmatch, html: text of the standard library."""
import difflib
import fnmatch
import html
import re
import shlex
import string
import textwrap

print(string.ascii_letters, string.digits, string.punctuation, repr(string.whitespace), string.capwords('hello wORLD  x'))
template = string.Template('$who owes ${amount}€ and $$5')
print(template.substitute(who='Ann', amount=3), template.safe_substitute(who='Bob'), template.get_identifiers(), template.is_valid())
for text in ('$', '$9', '${a'):
    try:
        string.Template(text).substitute()
    except Exception as error:
        print(type(error).__name__, error)
try:
    template.substitute(who=1)
except KeyError as error:
    print('KeyError', error)


class Upper(string.Formatter):
    def format_field(self, value, spec):
        return str(value).upper() if spec == 'up' else super().format_field(value, spec)

    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f'<{key}>') if isinstance(key, str) else super().get_value(key, args, kwargs)


print(Upper().format('{0:up} {missing} {x!r:>5} {0[1]}', 'abc', x=1), list(string.Formatter().parse('a{b!r:{c}}d{{')))

prose = 'The quick brown fox jumped over the lazy dog. It was not amused, and said so: "antidisestablishmentarianism"!'
for line in textwrap.wrap(prose, 24, initial_indent='* ', subsequent_indent='  '):
    print(repr(line))
print(textwrap.fill(prose, 30, max_lines=2, placeholder=' [...]'), textwrap.shorten(prose, 25), sep='\n')
print(repr(textwrap.dedent('''
    one
      two

    three''')), repr(textwrap.indent('a\n\nb\n', '> ')), textwrap.wrap('aaaaaaaaaa bb', 4, break_long_words=False), textwrap.wrap('x-y-zzz', 3))

a, b = 'one two three four'.split(), 'one 2 three four five'.split()
print(list(difflib.unified_diff(a, b, 'old', 'new', lineterm='')), list(difflib.ndiff(['abc\n'], ['abd\n'])), sep='\n')
matcher = difflib.SequenceMatcher(None, 'abcdef', 'abxdefg')
print(round(matcher.ratio(), 4), matcher.get_opcodes(), difflib.get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy']))
print(shlex.split('a "b c" \'d e\' f\\ g # no'), shlex.split('x # comment', comments=True), shlex.quote("it's"), shlex.join(['a b', 'c']))
try:
    shlex.split('"open')
except ValueError as error:
    print(error)
print(fnmatch.fnmatchcase('file.txt', '*.t?t'), fnmatch.filter(['a1', 'b2', 'a3'], 'a[!1]'), re.fullmatch(fnmatch.translate('[a-c]*.py'), 'bx.py') is not None)
print(html.escape('<a href="x">\'&'), html.unescape('&lt;&eacute;&#233;&#x41;&notanentity;&amp'))
