"""try in all its shapes: types computed late, tuples, nested, bare, else and finally with control flow, names deleted, bad handlers."""
log = []


def n(value):
    log.append(getattr(value, "__name__", value))
    return value


def run(source, **names):
    space = {"n": n, "log": log, **names}
    try:
        exec(source, space)
        result = space.get("r")
    except BaseException as error:
        result = f"{type(error).__name__}({error}) <- {error.__context__!r}"
    print(source.replace("\n", "; "), "->", result, log)
    log.clear()


class Meta(type):
    def __subclasscheck__(cls, sub):
        log.append("subclasscheck")
        return True

    def __instancecheck__(cls, value):
        log.append("instancecheck")
        return True


class Virtual(Exception, metaclass=Meta):
    pass


run("try: n(1)\nexcept n(KeyError): pass")
run("try: {}[0]\nexcept n(OSError): r = 1\nexcept (n(ValueError), n(KeyError)): r = 2\nexcept n(TypeError): r = 3")
run("try: {}[0]\nexcept ((OSError, (KeyError,)), ValueError): r = 'nested tuple'")
run("try: {}[0]\nexcept (): r = 'empty'\nexcept: r = 'bare'")
run("try: {}[0]\nexcept n(1 / 0): r = 1")
run("try: {}[0]\nexcept 5: r = 1")
run("try: {}[0]\nexcept (KeyError, 5): r = 1")
run("try: {}[0]\nexcept 'KeyError': r = 1\nexcept KeyError: r = 2")
run("try: {}[0]\nexcept Virtual: r = 'virtual'\nexcept KeyError: r = 'real'", Virtual=Virtual)
run("try: {}[0]\nexcept [KeyError]: r = 1")
run("try: {}[0]\nexcept KeyError as e: r = e\nelse: r = 'else'\nfinally: n('finally')")
run("try: r = 1\nexcept KeyError: pass\nelse: r = 'else'; {}[1]\nfinally: n('finally')")
run("try: r = 1\nfinally: {}[2]")
run("try: 1 / 0\nfinally: r = 'finally'")
run("try: {}[0]\nexcept KeyError as e: del e; r = 'deleted'")
run("e = 'before'\ntry: {}[0]\nexcept KeyError as e: pass\nr = 'e' in dir()")
run("try: {}[0]\nexcept KeyError as e: e = 'rebound'\nr = 'e' in globals()")
run("try:\n try: {}[0]\n except ValueError: pass\n finally: n('inner')\nexcept KeyError: r = 'outer'")
run("try:\n try: {}[0]\n finally: 1 / 0\nexcept ZeroDivisionError as e: r = repr(e.__context__)")
run("try:\n try: {}[0]\n except KeyError: raise\nexcept KeyError as e: r = e.__context__")
run("try:\n try: {}[0]\n except KeyError as e: raise e from e\nexcept KeyError as e: r = e.__cause__ is e")
run("try: raise\nexcept RuntimeError as e: r = str(e)")
run("for i in range(3):\n try:\n  if i == 1: continue\n  n(i)\n finally: n('f')\n r = i")
run("for i in range(3):\n try: {}[i]\n except KeyError: break\n finally: n('f')\nelse: n('else')")
run("while True:\n try: break\n finally: n('f')\nr = 1")
run("def f():\n try: return n('try')\n finally: n('finally')\nr = f()")
run("def f():\n try: {}[0]\n except KeyError: return n('except')\n else: return 'else'\n finally: n('finally')\nr = f()")
run("def f():\n for i in range(3):\n  try: return i\n  finally:\n   if i < 2: continue\nr = f()")
run("def f():\n x = 1\n try: return x\n finally: x = 2\nr = f()")
run("def f():\n x = [1]\n try: return x\n finally: x.append(2)\nr = f()")
run("def f():\n try:\n  try: return 1\n  finally: {}['in finally']\n except KeyError: return 'caught'\nr = f()")
run("def f():\n try: yield 1\n finally: n('closed')\ng = f(); next(g); g.close()\nr = list(f())")
run("try: raise KeyError from 5\nexcept TypeError as e: r = str(e)")
run("try: raise 5\nexcept TypeError as e: r = str(e)")
run("try: raise type('T', (), {})\nexcept TypeError as e: r = str(e)")
run("class E(Exception):\n def __init__(self): raise OSError('in init')\ntry: raise E\nexcept OSError as e: r = str(e)")
run("class E(Exception):\n def __new__(cls): return 5\ntry: raise E\nexcept TypeError as e: r = str(e)")
run("try: raise KeyError, 'x'")
run("try: raise Exception('base') from None\nexcept Exception as e: r = e.__suppress_context__, e.__cause__")
run("try:\n raise ExceptionGroup('g', [KeyError(1)])\nexcept* KeyError as e: r = type(e).__name__, e.exceptions\nelse: n('else')\nfinally: n('f')")
run("try: assert False, n('message')\nexcept AssertionError as e: r = e.args")
run("try: exit_code = (_ for _ in ()).throw(SystemExit(3))\nexcept SystemExit as e: r = e.code")
run("try: import nothing_here\nexcept ModuleNotFoundError as e: r = e.name\nexcept ImportError: r = 'general'")
run("try: int('x')\nexcept ValueError as e:\n try: {}[e]\n except KeyError as e: r = type(e.args[0]).__name__\n n('e' in dir())")
