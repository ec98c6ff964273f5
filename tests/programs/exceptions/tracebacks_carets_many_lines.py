"""traceback.format_exc of real failures: carets over several lines, chained calls, subscripts, operators, comprehensions."""
import os
import traceback


def show(action):
    try:
        action()
    except BaseException:
        print(traceback.format_exc().replace(os.path.dirname(__file__) + os.sep, ""))


def fail(*args, **kwargs):
    raise ValueError("failed")


data = {"a": {"b": None}}


def multi_line_call():
    return fail(
        1,
        2,
        key="value",
    )


def long_expression():
    return (
        data["a"]["b"]
        ["c"]
        + 1
    )


def operator_on_lines():
    first, second = 1, "x"
    return (first +
            second
            )


def method_chain():
    return ("text"
            .upper()
            .missing()
            .lower())


def nested_calls():
    return max(len("abc"), fail(min(1, 2), abs(-3)), 7)


def comprehension():
    return [
        1 / n
        for n in (2, 1, 0)
    ]


def unicode_before():
    return "äöü𝄞" + data["a"]["b"]


def conditional():
    return (1 if data else 2) + (None if data["a"] else "é") .x


def subscript_chain():
    return data["a"]["b"]["c"]["d"]


def assertion():
    assert (len(data) ==
            2), "two lines"


def raises():
    raise KeyError(
        "over",
        "lines",
    )


def lambda_inside():
    return (lambda x:
            x.y)(
        5)


def deep_binary():
    a, b = [1], {}
    return a[0] * 2 + b["key"] * 3 - len(a)


def f_string():
    return f"before {data['a']} then {data['zz']!r:>10} after"


def unpack():
    a, b, c = data["a"]


def attribute_store():
    data.attr = 1


def augmented():
    data["a"]["b"] += 5


def in_with():
    with open(os.devnull) as one, fail() as two:
        pass


for action in (multi_line_call, long_expression, operator_on_lines, method_chain, nested_calls, comprehension, unicode_before,
               conditional, subscript_chain, assertion, raises, lambda_inside, deep_binary, f_string, unpack, attribute_store,
               augmented, in_with):
    show(action)
