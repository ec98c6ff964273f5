"""Context variables across contexts, generators, threads, callbacks and asyncio tasks; tokens and resets."""
import asyncio
import contextvars
import re
import threading

user = contextvars.ContextVar("user", default="nobody")
level = contextvars.ContextVar("level")


def who():
    return user.get(), level.get("unset")


print(who(), user.name)
try:
    level.get()
except LookupError as error:
    print(type(error).__name__)
token = user.set("ann")
inner = level.set(1)
print(who(), token.old_value, inner.old_value is contextvars.Token.MISSING, token.var is user)
context = contextvars.copy_context()
user.set("bob")
print(context.run(who), who(), sorted(v.name for v in context), context[level], user in context, len(context))


def change():
    user.set("changed inside")
    return who()


print(context.run(change), context.run(who), who())
user.reset(token)
print(who())
for action in (lambda: user.reset(token), lambda: level.reset(token), lambda: context.run(lambda: context.run(who)),
               lambda: user.reset(context.run(user.set, "x")), lambda: contextvars.ContextVar(5), lambda: context[5]):
    try:
        action()
    except (RuntimeError, ValueError, TypeError) as error:
        print(type(error).__name__, re.sub(" at 0x[0-9a-f]+", "", str(error)))
with level.set(5) as inside:
    print(who(), inside.old_value)
print(who())


def generator():
    user.set("in the generator")
    yield who()
    yield who()


g = generator()
print(next(g), who())
user.set("outside again")
print(next(g), context.run(who))
results = []
thread = threading.Thread(target=lambda: results.append(who()))
thread.start()
thread.join()
thread = threading.Thread(target=lambda: results.append(who()), context=contextvars.copy_context())
thread.start()
thread.join()
print(results)


async def task(name):
    user.set(name)
    await asyncio.sleep(0)
    return who()


async def main():
    user.set("main")
    loop = asyncio.get_running_loop()
    seen = []
    loop.call_soon(lambda: seen.append(who()))
    loop.call_soon(lambda: seen.append(who()), context=context)
    user.set("after call_soon")
    print(await asyncio.gather(*(task(f"t{i}") for i in range(3))), who(), seen)
    shared = contextvars.copy_context()
    print(await asyncio.create_task(task("shared"), context=shared), shared[user], who())
    print(await task("awaited"), who())
    print(await asyncio.to_thread(who))

    async def agen():
        user.set("agen")
        yield who()
    async for item in agen():
        print(item, who())


asyncio.run(main())
print(who(), context.get(level), context.get(contextvars.ContextVar("other"), "default"))
empty = contextvars.Context()
print(len(empty), empty.run(who), list(empty.items()), empty == contextvars.Context(), context.copy() == context)
