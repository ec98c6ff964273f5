"""The order in which the operands of each operation are let go, and that temporaries die before the next step."""
log = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)

    def answer(self, *others):
        return 1

    __add__ = __sub__ = __iadd__ = __lt__ = __eq__ = __contains__ = __getitem__ = __matmul__ = __call__ = answer
    __neg__ = __len__ = __index__ = answer
    __hash__ = object.__hash__

    def __iter__(self):
        return iter((1, 2))

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *info):
        pass

    def __format__(self, spec):
        return "formatted"

    def method(self, *args, **kwargs):
        return 1

    def keys(self):
        return []


def L(name):
    return Loud(name)


def f(*args, **kwargs):
    pass


def g(a, b, c=3):
    pass


for source in ("L('a') + L('b')", "L('a') - L('b') - 1", "L('a') < L('b')", "L('a') == L('b')", "L('a') in L('b')", "L('a')[L('b')]", "L('a')[L('b')] = L('c')", "del L('a')[L('b')]", "L('a').x = L('b')", "L('a').name", "L('a').method",
               "L('a').method(L('b'), L('c'))", "L('a').method(L('b'), k=L('c'))", "f(L('a'), L('b'), *[L('c')], k=L('d'), **{'m': L('e')})", "g(L('a'), L('b'))", "g(L('a'), L('b'), c=L('c'))", "L('a')(L('b'))", "[L('a'), L('b')]", "(L('a'), L('b'))", "{L('a'): L('b'), L('c'): L('d')}",
               "{**L('a')}", "[*L('a'), L('b')]", "-L('a')", "not L('a')", "L('a') and L('b') and L('c')", "L('a') or L('b')", "L('a') if L('b') else L('c')", "L('a') is L('b')", "f'{L(\"a\")}{L(\"b\")!r:.0}'", "x, y = L('a')", "x = y = L('a')", "x, y = L('a'), L('b')", "x, y, z = L('a'), L('b'), L('c')", "[x, *y] = L('a')",
               "for x in L('a'): pass", "[x for x in L('a') if L('b')]", "with L('a') as x, L('b'): pass", "x = L('a'); x += L('b')", "(lambda: L('a'))()", "(lambda a, b=L('d'): None)(L('a'))", "min(L('a'), L('b'))", "len(L('a'))", "str.format('{}{}', L('a'), L('b'))", "isinstance(L('a'), (int, Loud))", "[1, 2][L('a'):L('b')]", "[1, 2][L('a')]", "{1: 2}[L('a')]", "assert L('a'), L('b')",
               "print(end='', sep=L('a').name)", "int(L('a'))", "getattr(L('a'), 'no', L('b'))", "L('a').no", "L('a') @ L('b')", "L('a') * L('b')", "raise L('a')", "L('a').method(*L('b'))", "L('a').method(1, 2)(L('b'))", "type('T', (Loud,), {'x': 1})('n')", "sorted([L('a'), L('b')], key=lambda v: v.name)", "list(map(lambda a, b: 0, [L('a')], [L('b')]))", "(L('a'), L('b'))[0].name", "x = [L('a'), L('b')]; x[0] = x[1] = 0", "x = {'k': L('a')}; x['k'] = L('b'); x.clear()",
               "match L('a'):\n case {}: pass\n case [_, _]: pass\n case Loud(name=n): pass", "try: raise ValueError(L('a'))\nexcept ValueError as e: pass", "global q; q = L('a'); q = L('b'); del q", "L('a') < L('b') < L('c')", "[L('a')] + [L('b')]", "(L('a'),) + (L('b'),)", "[L('a')] * 2", "L('a').name + L('b').name", "range(L('a'))", "slice(L('a'), L('b'))", "exec('L(\"a\") + L(\"b\")')", "(yield_ for yield_ in [L('a'), L('b')]).__next__()"):
    for form in ("module", "function"):
        code = source if form == "module" else "def h():\n " + source.replace("\n", "\n ") + "\nh()"
        try:
            exec(code, space := {"L": L, "f": f, "g": g, "Loud": Loud, "log": log})
            log.append("|")
            space.clear()
        except (TypeError, AssertionError, AttributeError, KeyError, IndexError) as error:
            log.append(type(error).__name__)
            error = None
            space.clear()
        print(f"{source!r:50.60}", *log)
        log.clear()
