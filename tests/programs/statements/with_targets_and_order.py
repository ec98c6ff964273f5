"""with statements: targets of every kind, several managers in parentheses, order on failure at each stage, __exit__ looked up on the type."""


class M:
    def __init__(self, name, enter=None, exit=None, swallow=False):
        self.name, self.fail_enter, self.fail_exit, self.swallow = name, enter, exit, swallow
        log.append(f"make {name}")

    def __enter__(self):
        log.append(f"enter {self.name}")
        if self.fail_enter:
            raise self.fail_enter
        return [self.name, 1]

    def __exit__(self, kind, error, tb):
        log.append(f"exit {self.name} {kind.__name__ if kind else None}")
        if self.fail_exit:
            raise self.fail_exit
        return self.swallow


log = []


def run(source, **names):
    space = {"M": M, **names}
    try:
        exec(source, space)
        result = {k: v for k, v in space.items() if k not in names and k not in ("M", "f", "__builtins__")}
    except BaseException as error:
        result = f"{type(error).__name__}({error}) <- {error.__context__!r}"
    print(source.replace("\n", "; "), "->", result, log)
    log.clear()


run("with M('a') as (x, y): pass")
run("with M('a') as [x, *y], M('b') as z: pass")
run("with M('a') as d['k'], M(d['k'][0] + '2') as d['l']: pass", d={})
run("with (M('a') as x, M('b') as y,): pass")
run("with (M('a'), M('b')): pass")
run("with (M('a')) as x: pass")
run("with (M('a'), M('b')) as x: pass")
run("with M('a') as (x): pass")
run("with M('a') as x.y: pass", x=type("X", (), {})())
run("with M('a') as (x, y, z): pass")
run("with M('a', swallow=True) as (x, y, z): pass\nr = 1")
run("with M('a'), M('b', enter=KeyError('enter b')), M('c'): pass")
run("with M('a', swallow=True), M('b', enter=KeyError('enter b')): pass\nr = 1")
run("with M('a'), M(1 / 0): pass")
run("with M('a', exit=OSError('exit a')), M('b', exit=ValueError('exit b')): pass")
run("with M('a', exit=OSError('exit a')), M('b'): raise KeyError('body')")
run("with M('a'), M('b', swallow=True): raise KeyError('body')\nr = 'after'")
run("for i in range(2):\n with M(i):\n  if i: break\n  continue")
run("def f():\n with M('a'):\n  return 5\nr = f()")
run("def f():\n with M('a', exit=OSError('late')):\n  return 5\nr = f()")
run("def f():\n with M('a', swallow=True):\n  return 1 / 0\n return 'swallowed'\nr = f()")
run("with M('a') as x:\n with M('b') as x: pass\n y = x")
run("with M('a') as a: del a")
run("import contextlib\ncm = contextlib.nullcontext(7)\nwith cm as x, cm as y: pass\ndel contextlib, cm")
m = M("instance")
log.clear()
m.__exit__ = lambda *a: log.append("never")
m.__enter__ = lambda: log.append("never")
run("with m: pass", m=m)
for source in ("with 5: pass", "with None as x: pass", "with T(): pass", "with U(): pass", "with V() as v: pass", "with [M('a')]: pass", "with M: pass"):
    run(source, T=type("T", (), {"__enter__": lambda s: 1}), U=type("U", (), {"__exit__": lambda s, *a: 1}), V=type("V", (), {"__enter__": None, "__exit__": None}))
for source in ("with M('a') as f(): pass", "with M('a') as 5: pass", "with M('a') as x + 1: pass", "with (M('a') as x): r = x", "with (M('a') as x) as y: pass", "with M('a') as *x: pass", "with M('a') as (x := 1): pass", "with (): pass", "with (M('a'),) : pass", "with (yield): pass", "with M('a') as None: pass", "with M('a'), as x: pass", "with (M('a') as x, M('b')) as z: pass"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(source, "->", error.msg)
