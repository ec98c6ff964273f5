def all_clauses(f):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(error)
    except OSError:
        raise
    except:
        return 1
    else:
        f(2)
    finally:
        f(3)
    return f


def groups(f):
    try:
        f()
    except* ValueError as group:
        f(group)
    except* TypeError:
        pass


def managers(a, b):
    with a() as x, b():
        if x:
            return x
    for i in x:
        with b as y:
            if i:
                continue
            break


def nested(f):
    for i in f:
        try:
            try:
                f(i and f)
            finally:
                f(1)
        except KeyError:
            continue
        finally:
            lambda: i
    return 0


async def asynchronous(a):
    async with a as b:
        async for c in b:
            yield c
            await c
    try:
        return
    finally:
        await a


def generator(a):
    try:
        x = yield a
        yield from x
    finally:
        yield 1
