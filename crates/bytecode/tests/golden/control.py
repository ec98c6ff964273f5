"""Exceptions, with, match."""


def handlers(f, g):
    try:
        try:
            f()
        except (ValueError, TypeError) as error:
            raise RuntimeError("x") from error
        except OSError:
            return 1
        else:
            g()
        finally:
            g(1)
    except* KeyError as group:
        print(group)
    except* IndexError:
        pass


def managers(a, b):
    for x in a:
        with a as y, b() as (c, d):
            if x:
                continue
            return c, d, y
    del a, b[x]
    return a


def matching(command):
    match command:
        case 1 | 2:
            return "number"
        case [x, *rest] if rest:
            return x
        case {"key": value, **others}:
            return value, others
        case str() as s:
            return s
        case Point(x=0, y=yy) | Point(yy, x=1):
            return yy
        case None:
            return None
        case _:
            return -1
