"""argparse: kinds of arguments, help text, errors, subcommands, groups, types and actions."""
import argparse
import contextlib
import io
import os

os.environ["COLUMNS"] = "80"
os.environ["NO_COLOR"] = "1"


def run(parser, *lines):
    for line in lines:
        out, err = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                result = parser.parse_args(line.split())
            print(line, "->", result)
        except SystemExit as stop:
            print(line, "-> exit", stop.code)
            print(out.getvalue(), err.getvalue(), sep="", end="")


p = argparse.ArgumentParser(prog="prog", description="A program.", epilog="The end.")
p.add_argument("name", help="the name")
p.add_argument("rest", nargs="*", type=int, help="numbers")
p.add_argument("-v", "--verbose", action="count", default=0)
p.add_argument("-o", "--output", metavar="FILE", default="out.txt", help="where to (default: %(default)s)")
p.add_argument("--level", choices=["low", "high"], required=False)
p.add_argument("--flag", action=argparse.BooleanOptionalAction)
p.add_argument("--items", nargs="+", dest="things")
p.add_argument("--pair", nargs=2, type=float, metavar=("A", "B"))
p.add_argument("--opt", nargs="?", const="const", default="absent")
p.add_argument("--add", action="append", type=int)
p.add_argument("--const", action="store_const", const=42)
p.add_argument("--version", action="version", version="%(prog)s 1.0")
run(p, "bob", "bob 1 2 3", "-vvv bob", "bob --output=x -o y", "bob --level low", "bob --level mid", "bob --flag", "bob --no-flag", "bob --items a b", "bob --pair 1 2", "bob --pair 1", "bob --opt", "bob --opt z", "bob --add 1 --add 2", "bob --const", "--version", "-h", "", "bob x", "bob --nope", "bob --o x", "bob --verb", "-- -dash", "bob --level", "bob -ofile -vv", "bob --out x", "bob --opt=", "bob 1.5")
print(p.parse_known_args(["bob", "--strange", "5"]))
print(p.format_usage())
s = argparse.ArgumentParser(prog="sub", allow_abbrev=False)
subs = s.add_subparsers(dest="command", required=True, title="commands", help="what to do")
add = subs.add_parser("add", help="adds", aliases=["a"])
add.add_argument("x", type=int)
add.set_defaults(func=lambda args: args.x + 1)
rm = subs.add_parser("remove", help="removes")
group = rm.add_mutually_exclusive_group(required=True)
group.add_argument("--all", action="store_true")
group.add_argument("--one")
print(s.parse_args(["add", "5"]).func(s.parse_args(["add", "5"])))
run(s, "remove --all", "remove --all --one x", "remove", "", "nope", "add", "add x", "a 1" if False else "remove --one y", "-h", "remove -h")
q = argparse.ArgumentParser(prog="types", exit_on_error=False, argument_default=argparse.SUPPRESS, fromfile_prefix_chars="@")


def even(text):
    value = int(text)
    if value % 2:
        raise argparse.ArgumentTypeError(f"{value} is odd")
    return value


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (option_string, values.upper()))


q.add_argument("--even", type=even)
q.add_argument("--upper", action=Upper)
q.add_argument("--ext", action="extend", nargs="*")
print(q.parse_args([]), q.parse_args(["--even", "4", "--upper", "x", "--ext", "1", "2", "--ext", "3"]))
for arguments in (["--even", "3"], ["--even", "x"], ["--upper"]):
    try:
        q.parse_args(arguments)
    except argparse.ArgumentError as error:
        print(error, "|", error.argument_name)
for action in (lambda: p.add_argument("-v"), lambda: p.add_argument("a", "b"), lambda: p.add_argument("--x", action="nope"), lambda: p.add_argument("--y", nargs=0), lambda: p.add_argument("z", required=True), lambda: p.add_argument("--w", type="int"), lambda: p.add_argument("--u", choices=5), lambda: p.add_argument("--m", nargs=2, metavar=("A",)), lambda: argparse.Namespace(a=1) == argparse.Namespace(a=1), lambda: "a" in argparse.Namespace(a=1), lambda: vars(argparse.Namespace(b=[1]))):
    try:
        print(action())
    except (ValueError, TypeError, argparse.ArgumentError) as error:
        print(type(error).__name__, error)
f = argparse.ArgumentParser(prog="fmt", formatter_class=argparse.RawDescriptionHelpFormatter, description="line one\n  line two", add_help=False)
g = f.add_argument_group("special", "the special ones")
g.add_argument("--long-option-name-that-wraps", help="a help text that is long enough to need wrapping over several lines of the terminal output")
g.add_argument("--hidden", help=argparse.SUPPRESS)
g.add_argument("--percent", help="100%% sure", default=5)
print(f.format_help())
