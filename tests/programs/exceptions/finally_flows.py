"""try, except, else and finally: every way in and out, values of return, nested, in loops and generators."""
import warnings

warnings.simplefilter("ignore", SyntaxWarning)
exec(
    '''
def return_overrides():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    try:
        raise ValueError
    finally:
        return "swallowed"


def break_swallows():
    for i in range(3):
        try:
            raise ValueError
        finally:
            break
    return i


def continue_swallows():
    result = []
    for i in range(3):
        try:
            raise ValueError
        finally:
            result.append(i)
            continue
    return result


def return_then_break():
    for i in range(3):
        try:
            return "try"
        finally:
            break
    return "after loop"
'''
)
for f in (return_overrides, swallow, break_swallows, continue_swallows, return_then_break):
    print(f.__name__, f())


def value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


def mutable_changes():
    x = [1]
    try:
        return x
    finally:
        x.append(2)


def order(kind):
    log = []

    def body():
        try:
            log.append("try")
            if kind == "value":
                raise ValueError("v")
            if kind == "type":
                raise TypeError("t")
            if kind == "return":
                return "returned"
        except ValueError:
            log.append("except")
            if kind == "value":
                return "handled"
        else:
            log.append("else")
        finally:
            log.append("finally")
        log.append("after")
        return "end"

    try:
        log.append(body())
    except Exception as error:
        log.append(repr(error))
    return log


print(value_kept(), mutable_changes())
for kind in ("none", "value", "type", "return"):
    print(kind, order(kind))


def nested():
    log = []
    try:
        try:
            try:
                raise KeyError("k")
            finally:
                log.append(1)
        except ValueError:
            log.append("never")
        finally:
            log.append(2)
    except KeyError as error:
        log.append(repr(error))
    else:
        log.append("never")
    finally:
        log.append(3)
    return log


print(nested())


def else_raises():
    try:
        pass
    except ValueError:
        return "caught its own else"
    else:
        raise ValueError("from else")
    finally:
        print("finally after else")


try:
    else_raises()
except ValueError as error:
    print(error)


def loops():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        except Exception:
            pass
        else:
            out.append(f"else{i}")
        finally:
            out.append(f"finally{i}")
    else:
        out.append("loop else")
    return out


print(loops())


def while_loop():
    n = 0
    while True:
        try:
            n += 1
            if n > 3:
                return n
        finally:
            if n > 2:
                print("n", n)


print(while_loop())


def handler_name():
    try:
        raise ValueError("x")
    except ValueError as e:
        saved = e
        e = "rebound"
    try:
        e
    except UnboundLocalError as error:
        print(error)
    return saved


print(repr(handler_name()))


def handler_types():
    results = []
    for kind in (KeyError, IndexError, ValueError, UnicodeDecodeError, OSError):
        try:
            if kind is UnicodeDecodeError:
                b"\xff".decode()
            raise kind("x")
        except LookupError as e:
            results.append("lookup " + type(e).__name__)
        except (ValueError, TypeError) as e:
            results.append("value " + type(e).__name__)
        except:
            results.append("bare")
    return results


print(handler_types())


def dynamic_types():
    def make(kind):
        print("evaluated", kind)
        return kind

    try:
        raise KeyError
    except make(ValueError):
        pass
    except make((TypeError, LookupError)):
        print("matched")
    except make(Exception):
        print("never")


dynamic_types()
for bad in (5, "x", (ValueError, 5), [ValueError], int, None):
    try:
        try:
            raise KeyError("original")
        except bad:
            pass
    except TypeError as error:
        print(error, repr(error.__context__))


def generator_finally():
    try:
        yield 1
        yield 2
    finally:
        print("generator finally")


for x in generator_finally():
    print(x)
    break
print("after break")
g = generator_finally()
next(g)
del g
print("after del")


def with_in_finally():
    class M:
        def __enter__(self):
            print("enter")

        def __exit__(self, *args):
            print("exit", args[0])

    try:
        1 / 0
    except ZeroDivisionError:
        with M():
            pass
        raise
    finally:
        with M():
            pass


try:
    with_in_finally()
except ZeroDivisionError as error:
    print(error)
