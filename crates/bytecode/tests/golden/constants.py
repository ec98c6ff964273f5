"""Constants of every kind."""
numbers = 0, 255, 256, -1, 1000000, 2**31, -2**31 - 1, 10**30, -10**30, True, False
floats = 0.0, -0.0, 1.5, 1e300, 1e999, 2.0**-25
imaginary = 2j, -0.0 - 1j, 1.5 + 2.5j
text = "", "a", "name_like", "two words", "naïve", "€", "\U0001F600", "\udc80", 'it\'s "x"'
data = b"", b"x", b"\0\xff", b"it's"
nested = ((1, (2, ())), None, ...)


def member(x):
    return x in {1, "two", 3.0, None} or x in {"red", "green", "blue"}


def sliced(x):
    return x[1:2], x[::-1], x[:, 1:3]
