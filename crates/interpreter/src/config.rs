//! [`Config`]: how an interpreter is set up: what the command line and the environment say.

/// How an interpreter is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sys.argv`.
    pub argv: Vec<String>,
    /// `sys.orig_argv`.
    pub orig_argv: Vec<String>,
    /// `sys.executable`.
    pub executable: String,
    /// Directories put in front of the module search path, `PYTHONPATH`'s.
    pub python_path: Vec<String>,
    /// The directory of a standard library on disk, instead of the frozen one.
    pub home: Option<String>,
    /// `-O`: 0, 1 or 2.
    pub optimize: i32,
    /// `-B`, `PYTHONDONTWRITEBYTECODE`.
    pub dont_write_bytecode: bool,
    /// `-S`.
    pub no_site: bool,
    /// `-s`.
    pub no_user_site: bool,
    /// `-I`.
    pub isolated: bool,
    /// `-E`.
    pub ignore_environment: bool,
    /// `-i`.
    pub inspect: bool,
    /// `-q`.
    pub quiet: bool,
    /// `-v`, as often as given.
    pub verbose: i32,
    /// `-u`.
    pub unbuffered: bool,
    /// `-b`, as often as given.
    pub bytes_warning: i32,
    /// `-d`.
    pub debug: bool,
    /// `-P`.
    pub safe_path: bool,
    /// `-X dev`.
    pub dev_mode: bool,
    /// `-X utf8`.
    pub utf8_mode: bool,
    /// `-X` options.
    pub xoptions: Vec<(String, Option<String>)>,
    /// `-W` options and `PYTHONWARNINGS`, in order.
    pub warn_options: Vec<String>,
    /// Whether the interpreter puts its own signal handlers in place.
    pub install_signal_handlers: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            argv: vec![String::new()],
            orig_argv: Vec::new(),
            executable: String::new(),
            python_path: Vec::new(),
            home: None,
            optimize: 0,
            dont_write_bytecode: false,
            no_site: false,
            no_user_site: false,
            isolated: false,
            ignore_environment: false,
            inspect: false,
            quiet: false,
            verbose: 0,
            unbuffered: false,
            bytes_warning: 0,
            debug: false,
            safe_path: false,
            dev_mode: false,
            utf8_mode: true,
            xoptions: Vec::new(),
            warn_options: Vec::new(),
            install_signal_handlers: false,
        }
    }
}
