"""What a finally clause does to returns, raises, breaks and yields in flight, nested three deep."""


def attempt(function, *args):
    try:
        result = function(*args)
        if hasattr(result, "send"):
            result = list(result)
        return result
    except BaseException as error:
        chain = [f"{type(error).__name__}({error})"]
        while error := error.__context__:
            chain.append(f"{type(error).__name__}({error})")
        return " <- ".join(chain)


def build(first, second, third):
    actions = {"return": "return '{0}'", "raise": "raise ValueError('{0}')", "break": "break", "continue": "n += 1; continue",
               "pass": "trace.append('{0}')", "yield": "yield '{0}'"}
    get = lambda action, where: actions[action].format(where)
    source = f"""
def f(trace):
    n = 0
    while n < 2:
        n += 1
        try:
            try:
                {get(first, 'try')}
            finally:
                trace.append('f1')
                {get(second, 'inner')}
        finally:
            trace.append('f2')
            {get(third, 'outer')}
        trace.append('end of turn')
    return 'end', n
"""
    namespace = {}
    exec(source, namespace)
    return namespace["f"]


import warnings

warnings.simplefilter("ignore")
KINDS = ("return", "raise", "break", "continue", "pass", "yield")
for first in KINDS:
    for second in KINDS:
        for third in ("return", "raise", "break", "pass"):
            trace = []
            print(first, second, third, attempt(build(first, second, third), trace), trace)
