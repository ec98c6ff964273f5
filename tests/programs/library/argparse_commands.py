"""argparse: positionals, options, subcommands, types, choices, groups, help text and errors."""
import argparse
import io
import contextlib


def build():
    parser = argparse.ArgumentParser(prog='tool', description='Does things to files.', epilog='That is all.')
    parser.add_argument('-v', '--verbose', action='count', default=0, help='say more')
    parser.add_argument('--level', type=int, choices=range(1, 4), default=2, metavar='N')
    parser.add_argument('--flag', action=argparse.BooleanOptionalAction)
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--fast', dest='speed', action='store_const', const='fast')
    group.add_argument('--slow', dest='speed', action='store_const', const='slow')
    commands = parser.add_subparsers(dest='command', title='commands')
    copy = commands.add_parser('copy', aliases=['cp'], help='copy files')
    copy.add_argument('source', nargs='+')
    copy.add_argument('target')
    show = commands.add_parser('show')
    show.add_argument('names', nargs='*', default=['everything'])
    show.add_argument('--pair', nargs=2, action='append')
    return parser


def attempt(*words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            result = build().parse_args(words)
        except SystemExit as exit:
            result = f'exit {exit.code}'
    print(words, '->', result)
    for line in (out.getvalue() + err.getvalue()).splitlines():
        print('   |', line)


attempt()
attempt('-vv', 'copy', 'a', 'b', 'c')
attempt('cp', 'a', 'b')
attempt('--level', '3', 'show')
attempt('--level=7', 'show')
attempt('--level', 'x')
attempt('--fast', '--slow')
attempt('--no-flag', 'show', '--pair', '1', '2', '--pair', '3', '4', 'n')
attempt('copy')
attempt('paste')
attempt('--verb')
attempt('--unknown', 'show')

known, rest = build().parse_known_args(['--unknown', 'show', 'x'])
print(known, rest)
plain = argparse.ArgumentParser(prog='p', add_help=False, fromfile_prefix_chars='@')
plain.add_argument('numbers', type=float, nargs='?', const=1.5, default=2.5)
plain.add_argument('rest', nargs=argparse.REMAINDER)
print(plain.parse_args(['3', '-x', 'y']))
print(plain.format_usage().strip())
print(argparse.Namespace(a=1, b='x') == argparse.Namespace(b='x', a=1), vars(argparse.Namespace(q=2)))
