"""The interface of module profile over the native profiler.

Usage and results are as of module profile, at a fraction of the cost.
"""
import importlib.machinery
import importlib.util
import io
import os
import sys

import _lsprof
import profile as _profile

__all__ = ['run', 'runctx', 'Profile']


def run(statement, filename=None, sort=-1):
    return _profile._Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    return _profile._Utils(Profile).runctx(statement, globals, locals, filename, sort)


run.__doc__ = _profile.run.__doc__
runctx.__doc__ = _profile.runctx.__doc__


class Profile(_lsprof.Profiler):

    """Profile(timer=None, timeunit=None, subcalls=True, builtins=True)

    Collects how often functions are called and how long they take. A timer is a function that
    returns a number; if its numbers are ints, timeunit says how many seconds one of them is.
    """

    def print_stats(self, sort=-1):
        import pstats
        keys = sort if isinstance(sort, tuple) else (sort,)
        pstats.Stats(self).strip_dirs().sort_stats(*keys).print_stats()

    def dump_stats(self, file):
        import marshal
        self.create_stats()
        with open(file, 'wb') as stream:
            marshal.dump(self.stats, stream)

    def create_stats(self):
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Bring what was collected into the form that pstats reads."""
        entries = self.getstats()
        callers = {}
        self.stats = {}
        for entry in entries:
            callers_of_one = callers.setdefault(id(entry.code), {})
            first_calls = entry.callcount - entry.reccallcount
            self.stats[label(entry.code)] = (
                first_calls, entry.callcount, entry.inlinetime, entry.totaltime, callers_of_one)
        for entry in entries:
            name = label(entry.code)
            for call in entry.calls or ():
                if (known := callers.get(id(call.code))) is None:
                    continue
                counts = (call.callcount, call.callcount - call.reccallcount, call.inlinetime, call.totaltime)
                before = known.get(name, (0, 0, 0, 0))
                known[name] = tuple(map(sum, zip(before, counts)))

    def run(self, cmd):
        import __main__
        namespace = __main__.__dict__
        return self.runctx(cmd, namespace, namespace)

    def runctx(self, cmd, globals, locals):
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        """Profile a single call."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


def label(code):
    """The file, line and name under which pstats lists a function; native functions have only a name."""
    if isinstance(code, str):
        return ('~', 0, code)
    return (code.co_filename, code.co_firstlineno, code.co_name)


def main():
    import pstats
    from optparse import OptionParser
    usage = 'cProfile.py [-o output_file_path] [-s sort] [-m module | scriptfile] [arg] ...'
    parser = OptionParser(usage=usage)
    parser.allow_interspersed_args = False
    parser.add_option('-o', '--outfile', dest='outfile', help='Save stats to <outfile>', default=None)
    sort_keys = sorted(pstats.Stats.sort_arg_dict_default)
    parser.add_option(
        '-s', '--sort', dest='sort', default=2, choices=sort_keys,
        help='Sort order when printing to stdout, based on pstats.Stats class')
    parser.add_option('-m', dest='module', action='store_true', default=False, help='Profile a library module')
    if not sys.argv[1:]:
        parser.print_usage()
        sys.exit(2)
    options, args = parser.parse_args()
    sys.argv[:] = args
    # The program may change directory before the statistics are written.
    if options.outfile is not None:
        options.outfile = os.path.abspath(options.outfile)
    if not args:
        parser.print_usage()
        return parser
    if options.module:
        code = "run_module(modname, run_name='__main__')"
        import runpy
        namespace = {'run_module': runpy.run_module, 'modname': args[0]}
    else:
        script = args[0]
        sys.path.insert(0, os.path.dirname(script))
        with io.open_code(script) as stream:
            code = compile(stream.read(), script, 'exec')
        spec = importlib.machinery.ModuleSpec(name='__main__', loader=None, origin=script)
        module = importlib.util.module_from_spec(spec)
        # Under its own name, so that what it defines can be pickled.
        sys.modules['__main__'] = module
        namespace = module.__dict__
        namespace.update({'__spec__': spec, '__file__': spec.origin, '__name__': spec.name, '__package__': None, '__cached__': None})
    try:
        runctx(code, namespace, None, options.outfile, options.sort)
    except BrokenPipeError as error:
        # The reader has gone: there is nothing to say any more, not even by flushing at the end.
        sys.stdout = None
        sys.exit(error.errno)
    return parser


if __name__ == '__main__':
    main()
