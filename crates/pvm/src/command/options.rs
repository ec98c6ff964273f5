//! The command line (`_PyOS_GetOpt` and `config_parse_cmdline`).

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use pvm_interpreter::config::CheckHashPycs;

use super::usage;

/// The program to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// `-c`: this text.
    Text(OsString),
    /// `-m`: this module.
    Module(OsString),
    /// A script, an archive or a directory.
    File(OsString),
    /// Standard input; a session where that is a terminal.
    Stdin,
}

/// What a command line says.
#[derive(Clone, Debug)]
pub struct Options {
    /// What runs.
    pub program: Program,
    /// The whole command line.
    pub original: Vec<OsString>,
    /// `sys.argv`, its first item as it is before the program runs.
    pub argv: Vec<OsString>,
    /// `-b`, as often as given.
    pub bytes_warning: i32,
    /// `-B`.
    pub dont_write_bytecode: bool,
    /// `-d`, as often as given.
    pub debug: i32,
    /// `-R`: whatever `PYTHONHASHSEED` says.
    pub random_hashes: bool,
    /// Where modules are looked for, where a file beside the executable says so.
    pub search: Option<Vec<OsString>>,
    /// `-E`.
    pub ignore_environment: bool,
    /// `-i`.
    pub interactive: bool,
    /// `-I`.
    pub isolated: bool,
    /// `-O`, as often as given.
    pub optimize: i32,
    /// `-P`.
    pub safe_path: bool,
    /// `-q`.
    pub quiet: bool,
    /// `-s`.
    pub no_user_site: bool,
    /// `-S`.
    pub no_site: bool,
    /// `-u`.
    pub unbuffered: bool,
    /// `-v`, as often as given.
    pub verbose: i32,
    /// `-x`.
    pub skip_first_line: bool,
    /// `-W`, in order.
    pub warnings: Vec<OsString>,
    /// `-X`, in order.
    pub xoptions: Vec<OsString>,
    /// `--check-hash-based-pycs`.
    pub check_hash_pycs: CheckHashPycs,
}

/// What is to be done.
#[derive(Debug)]
pub enum Parsed {
    /// Run a program.
    Run(Box<Options>),
    /// Print this and end well.
    Print(String),
    /// Print this to standard error and end with 2.
    Misuse(String),
}

impl Options {
    fn new(original: Vec<OsString>) -> Options {
        Options {
            program: Program::Stdin,
            original,
            argv: Vec::new(),
            bytes_warning: 0,
            dont_write_bytecode: false,
            debug: 0,
            random_hashes: false,
            search: None,
            ignore_environment: false,
            interactive: false,
            isolated: false,
            optimize: 0,
            safe_path: false,
            quiet: false,
            no_user_site: false,
            no_site: false,
            unbuffered: false,
            verbose: 0,
            skip_first_line: false,
            warnings: Vec::new(),
            xoptions: Vec::new(),
            check_hash_pycs: CheckHashPycs::Default,
        }
    }

    /// What the command was called as.
    pub fn name(&self) -> OsString {
        self.original.first().cloned().unwrap_or_default()
    }
}

/// Something that a command line can ask to be printed.
#[derive(Clone, Copy)]
enum Page {
    Usage,
    Environment,
    XOptions,
    All,
}

/// The arguments while they are taken one by one.
struct Arguments {
    all: Vec<OsString>,
    next: usize,
    /// What is left of a group of one-letter options.
    group: Vec<u8>,
}

impl Arguments {
    fn rest(&mut self) -> Vec<OsString> {
        self.all.split_off(self.next.min(self.all.len()))
    }

    /// The value of an option: the rest of its group, or the next argument.
    fn value(&mut self) -> Option<OsString> {
        if !self.group.is_empty() {
            return Some(OsString::from_vec(std::mem::take(&mut self.group)));
        }
        let value = self.all.get(self.next).cloned();
        self.next += 1;
        value
    }
}

/// Reads a command line, the name of the command first.
pub fn parse(arguments: Vec<OsString>) -> Parsed {
    let mut options = Options::new(arguments.clone());
    let name = options.name();
    let misuse = |message: String| Parsed::Misuse(format!("{message}\n{}", usage::short(&name)));
    let mut left = Arguments { all: arguments, next: 1, group: Vec::new() };
    let (mut page, mut versions) = (None, 0);
    loop {
        if left.group.is_empty() {
            match left.all.get(left.next).map(|argument| argument.as_bytes().to_vec()) {
                Some(argument) if argument == b"--" => {
                    left.next += 1;
                    break;
                }
                Some(argument) if argument.starts_with(b"--") => {
                    left.next += 1;
                    match String::from_utf8_lossy(&argument).as_ref() {
                        "--help" => page = Some(Page::Usage),
                        "--help-env" => page = Some(Page::Environment),
                        "--help-xoptions" => page = Some(Page::XOptions),
                        "--help-all" => page = Some(Page::All),
                        "--version" => versions += 1,
                        "--check-hash-based-pycs" => match left.value() {
                            Some(value) => match check_hash_pycs(&value) {
                                Some(check) => options.check_hash_pycs = check,
                                None => {
                                    return misuse(
                                        "--check-hash-based-pycs must be one of 'default', 'always', or 'never'".to_owned(),
                                    );
                                }
                            },
                            None => {
                                return misuse("Argument expected for the --check-hash-based-pycs options".to_owned());
                            }
                        },
                        unknown => return misuse(format!("Unknown option: {unknown}")),
                    }
                    continue;
                }
                Some(argument) if argument.len() > 1 && argument[0] == b'-' => {
                    left.next += 1;
                    left.group = argument[1..].to_vec();
                }
                _ => break,
            }
        }
        let option = left.group.remove(0);
        match option {
            b'b' => options.bytes_warning += 1,
            b'B' => options.dont_write_bytecode = true,
            b'd' => options.debug += 1,
            b'E' => options.ignore_environment = true,
            b'i' => options.interactive = true,
            b'I' => options.isolated = true,
            b'O' => options.optimize += 1,
            b'P' => options.safe_path = true,
            b'q' => options.quiet = true,
            b's' => options.no_user_site = true,
            b'S' => options.no_site = true,
            b'u' => options.unbuffered = true,
            b'v' => options.verbose += 1,
            b'V' => versions += 1,
            b'x' => options.skip_first_line = true,
            b'h' | b'?' => page = Some(Page::Usage),
            b'R' => options.random_hashes = true,
            // What others use, or used, for themselves.
            b't' => {}
            b'c' | b'm' | b'W' | b'X' => {
                let Some(value) = left.value() else {
                    return misuse(format!("Argument expected for the -{} option", char::from(option)));
                };
                match option {
                    b'W' => options.warnings.push(value),
                    b'X' => options.xoptions.push(value),
                    b'c' | b'm' => {
                        let program = if option == b'c' { Program::Text(value) } else { Program::Module(value) };
                        options.program = program;
                        options.argv.push(if option == b'c' { "-c" } else { "-m" }.into());
                        break;
                    }
                    _ => {}
                }
            }
            other => return misuse(format!("Unknown option: -{}", char::from(other))),
        }
    }
    match page {
        Some(Page::Usage) => return Parsed::Print(usage::full(&name)),
        Some(Page::Environment) => return Parsed::Print(usage::environment()),
        Some(Page::XOptions) => return Parsed::Print(usage::xoptions()),
        Some(Page::All) => return Parsed::Print(usage::all(&name)),
        None => {}
    }
    if versions > 0 {
        return Parsed::Print(usage::version(versions > 1));
    }
    let mut rest = left.rest();
    if options.program == Program::Stdin {
        match rest.first().map(|first| first.as_bytes()) {
            None => rest.push(OsString::new()),
            Some(b"-") => {}
            Some(_) => options.program = Program::File(rest[0].clone()),
        }
    }
    options.argv.append(&mut rest);
    Parsed::Run(Box::new(options))
}

fn check_hash_pycs(value: &OsStr) -> Option<CheckHashPycs> {
    let choices = [CheckHashPycs::Default, CheckHashPycs::Always, CheckHashPycs::Never];
    choices.into_iter().find(|choice| value == choice.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Parsed {
        parse(std::iter::once("pvm").chain(line.split(' ').filter(|word| !word.is_empty())).map(OsString::from).collect())
    }

    fn options(line: &str) -> Options {
        match parsed(line) {
            Parsed::Run(options) => *options,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn programs() {
        let script = options("-OO -Wd -X dev a.py -O");
        assert_eq!(script.program, Program::File("a.py".into()));
        assert_eq!(script.argv, ["a.py", "-O"]);
        assert_eq!((script.optimize, script.warnings, script.xoptions), (2, vec!["d".into()], vec!["dev".into()]));
        let text = options("-Scprint(1) -m x");
        assert_eq!(text.program, Program::Text("print(1)".into()));
        assert_eq!(text.argv, ["-c", "-m", "x"]);
        assert!(text.no_site);
        assert_eq!(options("-m json.tool a").program, Program::Module("json.tool".into()));
        assert_eq!(options("").argv, [""]);
        assert_eq!(options("- a").argv, ["-", "a"]);
        assert_eq!(options("- a").program, Program::Stdin);
        assert_eq!(options("-- -x.py").program, Program::File("-x.py".into()));
    }

    #[test]
    fn misuse() {
        for (line, message) in [
            ("-z", "Unknown option: -z\n"),
            ("--foo", "Unknown option: --foo\n"),
            ("-c", "Argument expected for the -c option\n"),
            ("--check-hash-based-pycs", "Argument expected for the --check-hash-based-pycs options\n"),
            ("--check-hash-based-pycs x a", "--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n"),
        ] {
            match parsed(line) {
                Parsed::Misuse(text) => assert!(text.starts_with(message), "{line}: {text}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }

    #[test]
    fn pages() {
        for line in ["-h", "-?", "--help", "--help-all", "--help-env", "--help-xoptions", "-V", "-VV", "--version", "-Vc x"] {
            assert!(matches!(parsed(line), Parsed::Print(_)), "{line}");
        }
    }
}
