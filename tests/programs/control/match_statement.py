class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
def m(v):
    match v:
        case 0 | 1: return 'small'
        case int(n) if n > 100: return f'big {n}'
        case int(): return 'int'
        case 'a' | 'b' as s: return f'str {s}'
        case []: return 'empty'
        case [x]: return f'one {x}'
        case [x, *rest, y]: return f'seq {x} {rest} {y}'
        case {'k': v, **rest}: return f'map {v} {rest}'
        case P(0, y=y): return f'P0 {y}'
        case P(x, y): return f'P {x} {y}'
        case None: return 'none'
        case float() | complex(): return 'inexact'
        case _: return 'other'
for v in (0, 1, 7, 200, 'a', 'z', [], [1], (1, 2, 3, 4), {'k': 1, 'j': 2}, {}, P(0, 1), P(2, 3), None, 1.5, {1}):
    print(m(v))
match 5:
    case x: print(x)
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as error:
    print(error)
