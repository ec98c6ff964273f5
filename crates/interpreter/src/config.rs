//! [`Config`]: how an interpreter is set up: what the command line and the environment say.

use std::ffi::OsString;

use crate::permissions::Permissions;

/// What `--check-hash-based-pycs` says of `.pyc` files that carry a hash of their source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckHashPycs {
    /// Each file says itself whether its source is to be compared.
    #[default]
    Default,
    /// Every source is compared.
    Always,
    /// None is.
    Never,
}

impl CheckHashPycs {
    /// As the option and `_imp.check_hash_based_pycs` write it.
    pub fn name(self) -> &'static str {
        match self {
            CheckHashPycs::Default => "default",
            CheckHashPycs::Always => "always",
            CheckHashPycs::Never => "never",
        }
    }
}

/// Where the interpreter and the library are (`getpath.py`).
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// `sys.executable`; empty when it is not known.
    pub executable: OsString,
    /// `sys._base_executable`: that of the installation a virtual environment was made from.
    pub base_executable: OsString,
    /// `sys.prefix` and `sys.exec_prefix`.
    pub prefix: OsString,
    /// `sys.base_prefix` and `sys.base_exec_prefix`.
    pub base_prefix: OsString,
    /// `sys._stdlib_dir`: the directory of the standard library.
    pub library: OsString,
    /// `sys.path` at the start, without what a script or module to run puts before it.
    pub search: Vec<OsString>,
}

/// How an interpreter is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sys.argv`.
    pub argv: Vec<OsString>,
    /// `sys.orig_argv`.
    pub orig_argv: Vec<OsString>,
    /// Where things are.
    pub paths: Paths,
    /// `-O`: 0, 1 or 2.
    pub optimize: i32,
    /// `-B`, `PYTHONDONTWRITEBYTECODE`.
    pub dont_write_bytecode: bool,
    /// `-X pycache_prefix`, `PYTHONPYCACHEPREFIX`.
    pub pycache_prefix: Option<OsString>,
    /// `--check-hash-based-pycs`.
    pub check_hash_pycs: CheckHashPycs,
    /// `-S`.
    pub no_site: bool,
    /// `-s`, `PYTHONNOUSERSITE`.
    pub no_user_site: bool,
    /// `-I`.
    pub isolated: bool,
    /// `-E`.
    pub ignore_environment: bool,
    /// `-i`.
    pub interactive: bool,
    /// `-i`, `PYTHONINSPECT`.
    pub inspect: bool,
    /// `-q`.
    pub quiet: bool,
    /// `-v`, as often as given, `PYTHONVERBOSE`.
    pub verbose: i32,
    /// `-u`, `PYTHONUNBUFFERED`.
    pub unbuffered: bool,
    /// `-b`, as often as given.
    pub bytes_warning: i32,
    /// `-d`, `PYTHONDEBUG`.
    pub debug: i32,
    /// `-P`, `PYTHONSAFEPATH`.
    pub safe_path: bool,
    /// `-X dev`, `PYTHONDEVMODE`.
    pub dev_mode: bool,
    /// `-X faulthandler`, `PYTHONFAULTHANDLER`.
    pub faulthandler: bool,
    /// `-X utf8`, `PYTHONUTF8`.
    pub utf8_mode: bool,
    /// `-X warn_default_encoding`, `PYTHONWARNDEFAULTENCODING`.
    pub warn_default_encoding: bool,
    /// `-X int_max_str_digits`, `PYTHONINTMAXSTRDIGITS`; 0 for no limit.
    pub int_max_str_digits: i32,
    /// `-X thread_inherit_context`, `PYTHON_THREAD_INHERIT_CONTEXT`.
    pub thread_inherit_context: bool,
    /// `-X context_aware_warnings`, `PYTHON_CONTEXT_AWARE_WARNINGS`.
    pub context_aware_warnings: bool,
    /// `-X importtime`, `PYTHONPROFILEIMPORTTIME`: 1 tells of imports that load, 2 of all.
    pub import_time: i32,
    /// `-X cpu_count`, `PYTHON_CPU_COUNT`: overrides `os.cpu_count()`.
    pub cpu_count: Option<u32>,
    /// `-X memory-limit`: how many bytes the interpreter's memory may take.
    pub memory_limit: Option<usize>,
    /// Whether hashes of text and bytes differ from process to process: `PYTHONHASHSEED`.
    pub hash_randomization: bool,
    /// Encoding of the standard streams, `PYTHONIOENCODING`.
    pub stdio_encoding: String,
    /// How standard input and output treat what cannot be encoded or decoded.
    pub stdio_errors: String,
    /// `-X` options.
    pub xoptions: Vec<(OsString, Option<OsString>)>,
    /// `-W` options and `PYTHONWARNINGS`, in order.
    pub warn_options: Vec<OsString>,
    /// Whether the interpreter puts its own signal handlers in place.
    pub install_signal_handlers: bool,
    /// Whether the standard streams are those of the process.
    pub open_streams: bool,
    /// What programs may touch.
    pub permissions: Permissions,
    /// How many threads may run beside the main one.
    pub most_threads: usize,
    /// Whether code objects keep columns.
    pub code_debug_ranges: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            argv: vec![OsString::new()],
            orig_argv: Vec::new(),
            paths: Paths::default(),
            optimize: 0,
            dont_write_bytecode: false,
            pycache_prefix: None,
            check_hash_pycs: CheckHashPycs::Default,
            no_site: false,
            no_user_site: false,
            isolated: false,
            ignore_environment: false,
            interactive: false,
            inspect: false,
            quiet: false,
            verbose: 0,
            unbuffered: false,
            bytes_warning: 0,
            debug: 0,
            safe_path: false,
            dev_mode: false,
            faulthandler: false,
            utf8_mode: false,
            warn_default_encoding: false,
            int_max_str_digits: 4300,
            thread_inherit_context: false,
            context_aware_warnings: false,
            import_time: 0,
            cpu_count: None,
            memory_limit: None,
            hash_randomization: true,
            stdio_encoding: "utf-8".to_owned(),
            stdio_errors: "strict".to_owned(),
            xoptions: Vec::new(),
            warn_options: Vec::new(),
            install_signal_handlers: false,
            open_streams: true,
            permissions: Permissions::ALL,
            most_threads: usize::MAX,
            code_debug_ranges: true,
        }
    }
}
