//! What `--help` and its kin print, and what is printed where the command line cannot be understood.

use std::ffi::OsStr;
use std::fmt::Write;

use pvm_interpreter::sys;

const OPTIONS: &[(&str, &str)] = &[
    ("-b", "warn where bytes become text or are compared with it or with ints; -bb: raise errors"),
    ("-B", "write no .pyc files; also PYTHONDONTWRITEBYTECODE=x"),
    ("-c cmd", "run this program text; what follows are its arguments"),
    ("-d", "debug the parser; accepted, without effect; also PYTHONDEBUG=x"),
    ("-E", "ignore the environment variables PYTHON*"),
    ("-h", "print this help and exit; also -? and --help"),
    ("-i", "go on interactively after the program, and prompt even where input is no terminal; also PYTHONINSPECT=x"),
    ("-I", "isolate from environment and user: as -E, -P and -s"),
    ("-m mod", "run this module as a program; what follows are its arguments"),
    ("-O", "remove assert and what depends on __debug__; also PYTHONOPTIMIZE=x"),
    ("-OO", "remove docstrings as well"),
    ("-P", "put no unsafe directory in front of sys.path; also PYTHONSAFEPATH=x"),
    ("-q", "start sessions without the banner"),
    ("-s", "leave the user's site directory out of sys.path; also PYTHONNOUSERSITE=x"),
    ("-S", "do not import site"),
    ("-u", "do not buffer standard output and error; also PYTHONUNBUFFERED=x"),
    ("-v", "tell of each import, more if given more often; also PYTHONVERBOSE=x"),
    ("-V", "print the version and exit; -VV prints more; also --version"),
    ("-W arg", "control warnings: action:message:category:module:lineno; also PYTHONWARNINGS=arg"),
    ("-x", "skip the first line of the program"),
    ("-X opt", "set an option of this implementation"),
    ("--check-hash-based-pycs always|default|never", "when to compare .pyc files that carry a hash with their sources"),
    ("--help-env", "print the environment variables and exit"),
    ("--help-xoptions", "print the -X options and exit"),
    ("--help-all", "print everything and exit"),
];

const ARGUMENTS: &[(&str, &str)] = &[
    ("file", "the program: a script, a .pyc, or a directory or zip archive with __main__"),
    ("-", "read the program from standard input (the default; a session if that is a terminal)"),
    ("arg ...", "the program's arguments: sys.argv[1:]"),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("PYTHONASYNCIODEBUG", "debug mode of asyncio"),
    ("PYTHON_BASIC_REPL", "use the plain session, without editing of lines"),
    ("PYTHONBREAKPOINT", "what breakpoint() calls; 0 for nothing"),
    ("PYTHON_COLORS", "1 to colour output, 0 not to"),
    ("PYTHONHASHSEED", "seed of the hashes of text and bytes: random, or a number up to 4294967295"),
    ("PYTHON_HISTORY", "file of the session's history"),
    ("PYTHONHOME", "prefix of a standard library to use instead of the built-in one: <prefix>/lib/python3.14"),
    ("PYTHONIOENCODING", "encoding[:errors] of the standard streams"),
    ("PYTHONPATH", "directories to search for modules first, separated by ':'"),
    ("PYTHONSTARTUP", "file to run at the start of a session"),
    ("PYTHONUSERBASE", "the user's base directory"),
];

const ENVIRONMENT_OF_OPTIONS: &[(&str, &str)] = &[
    ("PYTHON_CONTEXT_AWARE_WARNINGS", "-X context_aware_warnings"),
    ("PYTHON_CPU_COUNT", "-X cpu_count"),
    ("PYTHONDEBUG", "-d"),
    ("PYTHONDEVMODE", "-X dev"),
    ("PYTHONDONTWRITEBYTECODE", "-B"),
    ("PYTHONFAULTHANDLER", "-X faulthandler"),
    ("PYTHONINSPECT", "-i"),
    ("PVM_MEMORY_LIMIT", "-X memory-limit"),
    ("PYTHONINTMAXSTRDIGITS", "-X int_max_str_digits"),
    ("PYTHONNODEBUGRANGES", "-X no_debug_ranges"),
    ("PYTHONNOUSERSITE", "-s"),
    ("PYTHONOPTIMIZE", "-O"),
    ("PYTHONPROFILEIMPORTTIME", "-X importtime"),
    ("PYTHONPYCACHEPREFIX", "-X pycache_prefix"),
    ("PYTHONSAFEPATH", "-P"),
    ("PYTHON_THREAD_INHERIT_CONTEXT", "-X thread_inherit_context"),
    ("PYTHONTRACEMALLOC", "-X tracemalloc"),
    ("PYTHONUNBUFFERED", "-u"),
    ("PYTHONUTF8", "-X utf8"),
    ("PYTHONVERBOSE", "-v"),
    ("PYTHONWARNDEFAULTENCODING", "-X warn_default_encoding"),
    ("PYTHONWARNINGS", "-W"),
];

const X_OPTIONS: &[(&str, &str)] = &[
    ("-X context_aware_warnings=[0|1]", "whether warnings' filters belong to the context"),
    ("-X cpu_count=N", "what os.cpu_count() returns; 'default' for the truth"),
    ("-X dev", "development mode: more checks and warnings"),
    ("-X faulthandler", "dump the traceback on fatal errors"),
    ("-X frozen_modules=[on|off]", "accepted, without effect: the library is in the executable"),
    ("-X importtime[=2]", "show how long each import takes; 2: also of modules that are loaded already"),
    ("-X int_max_str_digits=N", "limit the digits of ints to and from text; 0 for no limit"),
    ("-X memory-limit=BYTES", "limit the memory of objects; K, M or G may stand behind the number"),
    ("-X no_debug_ranges", "leave columns out of compiled code"),
    ("-X pycache_prefix=PATH", "keep .pyc files in a tree of their own"),
    ("-X thread_inherit_context=[0|1]", "whether threads start with their parent's context variables"),
    ("-X tracemalloc[=N]", "trace allocations, with N frames"),
    ("-X utf8[=0|1]", "UTF-8 mode"),
    ("-X warn_default_encoding", "warn where an encoding is left to the locale"),
];

/// One line that says how the command is used.
fn line(name: &OsStr) -> String {
    format!("usage: {} [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", name.display())
}

/// What follows a complaint about the command line.
pub fn short(name: &OsStr) -> String {
    line(name) + "Try `pvm -h' for more information.\n"
}

fn table(rows: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (what, meaning) in rows {
        let _ = match what.len() {
            0..=7 => writeln!(text, "{what:7}: {meaning}"),
            _ => writeln!(text, "{what}: {meaning}"),
        };
    }
    text
}

/// `--help`.
pub fn full(name: &OsStr) -> String {
    line(name) + "Options (and corresponding environment variables):\n" + &table(OPTIONS) + "\nArguments:\n" + &table(ARGUMENTS)
}

/// `--help-env`.
pub fn environment() -> String {
    "Environment variables that change behavior:\n".to_owned()
        + &table(ENVIRONMENT)
        + "\nThese variables have equivalent command-line options (see --help for details):\n"
        + &table(ENVIRONMENT_OF_OPTIONS)
}

/// `--help-xoptions`.
pub fn xoptions() -> String {
    "The following implementation-specific options are available:\n".to_owned() + &table(X_OPTIONS)
}

/// `--help-all`.
pub fn all(name: &OsStr) -> String {
    [full(name), environment(), xoptions()].join("\n")
}

/// `--version`; with `more`, what `sys.version` says.
pub fn version(more: bool) -> String {
    if more {
        return format!("Python {}\n", sys::version());
    }
    let (major, minor, micro, ..) = sys::VERSION;
    format!("Python {major}.{minor}.{micro} (PVM {})\n", env!("CARGO_PKG_VERSION"))
}
