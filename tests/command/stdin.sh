# The program from standard input, and standard input to the program.
about a program; echo 'print(__name__, __import__("sys").argv)' | run
about a program and arguments; echo 'print(__import__("sys").argv)' | run - a b
about an error; printf 'def f():\n    1/0\nf()\n' | run -
about a syntax error; printf 'x = 1\ny = (\n' | run -
about an indentation error; printf 'if 1:\nx\n' | run
about nothing; run </dev/null
about not UTF-8; printf 'print("\344")\n' | run
about a null byte; printf 'print(1)\000\n' | run
about input; printf 'one\ntwo' | run -c 'print([input(), input()])
try: input()
except EOFError as error: print(repr(error))'
about the rest of the file is the input; printf 'import sys\nprint(repr(sys.stdin.read()))\nrest\n' | run
about standard input is closed; run -c 'import sys; print(sys.stdin)' <&-
about standard input is a directory; run - <.
about a session that is asked for; printf '1 + 1\nx = 5\nx\n' | run -q -i
about a session after a program; printf 'print(x)\n1/0\n' | run -q -i -c 'x = 3'
about a session after an error; printf 'print(2)\n' | run -q -i -c '1/0'
about a session that ends by exit; printf 'raise SystemExit(3)\n' | run -q -i
about several lines in a session; printf 'def f():\n    return 7\n\nf()\nif 1:\n  print("yes")\n\n' | run -q -i
about a syntax error in a session; printf 'x = = 1\nprint("goes on")\n(\n' | run -q -i
