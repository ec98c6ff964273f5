# -m and -c.
mkdir package nomain; : >package/__init__.py; : >nomain/__init__.py
echo 'import sys; print(__name__, __package__, __spec__.name, sys.argv[1:])' >package/__main__.py
echo 'import sys; print(__name__, repr(__package__), __spec__.name, sys.argv[1:])' >package/part.py
echo '1/0' >package/fails.py
echo 'x = (' >package/broken.py
echo 'print("module", __name__)' >plain.py
mkdir bad; echo 'raise ImportError("at once")' >bad/__init__.py; : >bad/__main__.py
about a module; run -m plain
about a package; run -m package a b
about a part of a package; run -m package.part x -m y
about a missing module; run -m missing
about a missing part; run -m package.missing
about a part of a module; run -m plain.part
about a package without __main__; run -m nomain
about a namespace; mkdir space; run -m space
about a module that fails; run -m package.fails 2>&1
about a module that does not compile; run -m package.broken
about a package that fails; run -m bad
about a relative name; run -m .plain
about an empty name; run -m ''
about a name with a suffix; run -m plain.py
about a built-in module; run -m sys
about a frozen module; run -m __hello__
about no module; run -m
about text; run -c 'import sys; print(sys.argv, __name__, repr(sys.path[0]))' -c x
about no text; run -c
about empty text; run -c ''
about text with indentation; run -c '
    x = 1
    if x:
        print("dedented")
'
about a syntax error; run -c 'x = = 1'
about a syntax error on a later line; run -c '
x = 1
def f(:
    pass'
about an indentation error; run -c '
if 1:
x'
about an incomplete statement; run -c 'if 1:'
about an unclosed bracket; run -c 'f(1, [2'
about an unterminated string; run -c 'x = "abc'
about an error; run -c '
def f(x):
    return x / 0
f(1)'
about a warning; run -c 'x = 1 is 1'
about a warning that is an error; run -W error -c 'x = 1 is 1'
about an invalid escape; run -c 'print("\d")'
