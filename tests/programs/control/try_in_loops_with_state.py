"""A retry loop, a parser with error recovery, a pipeline with rollback and a circuit breaker, each by try in loops."""
import itertools


def retry(action, times, *errors):
    for attempt in itertools.count(1):
        try:
            return action(attempt)
        except errors as error:
            if attempt == times:
                raise RuntimeError(f"failed {times} times") from error
            log.append(f"retry {attempt}: {error}")
        finally:
            log.append(f"attempt {attempt} over")


log = []
print(retry(lambda n: 1 // (n - 2) if n < 3 else n, 5, ZeroDivisionError), log)
log.clear()
try:
    retry(lambda n: {}[n], 2, KeyError)
except RuntimeError as error:
    print(error, repr(error.__cause__), log)
log.clear()


def parse(lines):
    for number, line in enumerate(lines, 1):
        try:
            key, value = line.split("=")
            value = int(value)
        except ValueError as error:
            if "unpack" in str(error):
                errors.append((number, "no pair"))
                continue
            errors.append((number, "no number"))
            value = None
        else:
            if value < 0:
                errors.append((number, "negative"))
                break
        finally:
            seen.append(number)
        yield key, value
    else:
        yield "complete", True


errors, seen = [], []
print(list(parse(["a=1", "junk", "b=x", "c=3"])), errors, seen)
print(list(parse(["a=1", "b=-2", "c=3"])), errors[-1])


def pipeline(steps):
    done = []
    try:
        for name, do, undo in steps:
            do()
            done.append((name, undo))
    except Exception as error:
        while done:
            name, undo = done.pop()
            try:
                undo()
            except Exception as problem:
                error.add_note(f"undo of {name}: {problem!r}")
        raise


def fails():
    raise OSError("step fails")


try:
    pipeline([("one", lambda: log.append("do 1"), lambda: log.append("undo 1")), ("two", lambda: log.append("do 2"), lambda: 1 / 0), ("three", fails, None)])
except OSError as error:
    print(error, error.__notes__, log)


class Breaker:
    def __init__(self, limit):
        self.limit, self.failures, self.open_for = limit, 0, 0

    def __call__(self, action):
        if self.open_for:
            self.open_for -= 1
            return "open"
        try:
            result = action()
        except Exception as error:
            self.failures += 1
            if self.failures >= self.limit:
                self.open_for, self.failures = 2, 0
            return type(error).__name__
        self.failures = 0
        return result


b = Breaker(2)
print([b(lambda: 10 // n) for n in (1, 0, 2, 0, 0, 5, 5, 5, 0)])
