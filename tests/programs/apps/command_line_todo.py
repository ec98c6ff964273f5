"""An argparse front end for a to-do list: sub-commands, types, groups, defaults from parents, errors to stderr captured."""
import argparse
import contextlib
import io
import sys

tasks = {}


def priority(text):
    if text not in "low mid high".split():
        raise argparse.ArgumentTypeError(f"{text!r} is no priority")
    return text


class Tag(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        tags = dict(getattr(namespace, self.dest) or {})
        name, _, value = values.partition("=")
        if not name:
            parser.error(f"{option_string} needs a name")
        tags[name] = value or True
        setattr(namespace, self.dest, tags)


def add(args):
    number = len(tasks) + 1
    tasks[number] = {"text": " ".join(args.text), "priority": args.priority, "tags": args.tag or {}, "done": False}
    return f"added {number}"


def done(args):
    for number in args.numbers:
        tasks[number]["done"] = not args.undo
    return f"{len(args.numbers)} changed"


def show(args):
    chosen = [(n, t) for n, t in tasks.items() if args.all or not t["done"]]
    if args.sort:
        chosen.sort(key=lambda pair: pair[1][args.sort], reverse=args.reverse)
    return "\n".join(f"{n} {'x' if t['done'] else ' '} {t['priority']:4} {t['text']} {t['tags']}" for n, t in chosen)


common = argparse.ArgumentParser(add_help=False)
common.add_argument("-v", "--verbose", action="count", default=0)
parser = argparse.ArgumentParser(prog="todo", description="A list.", epilog="End.", color=False)
commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
one = commands.add_parser("add", parents=[common], aliases=["a"], help="add a task")
one.add_argument("text", nargs="+")
one.add_argument("-p", "--priority", type=priority, default="mid")
one.add_argument("--tag", action=Tag)
one.set_defaults(run=add)
two = commands.add_parser("done", parents=[common], help="finish tasks")
two.add_argument("numbers", type=int, nargs="+", choices=range(1, 4))
two.add_argument("--undo", action=argparse.BooleanOptionalAction, default=False)
two.set_defaults(run=done)
three = commands.add_parser("show", parents=[common], help="show tasks")
group = three.add_mutually_exclusive_group()
group.add_argument("--all", action="store_true")
group.add_argument("--open", action="store_false", dest="all")
three.add_argument("--sort", choices=["text", "priority"])
three.add_argument("-r", "--reverse", action="store_true")
three.set_defaults(run=show)


def run(line):
    out = io.StringIO()
    with contextlib.redirect_stderr(out), contextlib.redirect_stdout(out):
        try:
            args = parser.parse_args(line.split())
            print(args.run(args), "verbose" * args.verbose)
        except SystemExit as stop:
            print("exit", stop.code)
    print(f"$ {line}\n{out.getvalue().rstrip()}")


for line in ("add buy milk -p high --tag shop --tag when=today", "a -vv call home", "add x --priority urgent", "add", "done 1 2", "done 9",
             "done 2 --undo", "show", "show --all --sort text -r", "show --all --open", "show --so priority --al", "frobnicate", "",
             "add y --tag =z", "done two", "show --sort", "show --help", "--help", "done 1 --no-undo extra"):
    run(line)
