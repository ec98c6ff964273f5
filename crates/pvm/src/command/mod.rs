//! The command `pvm`: it takes CPython's command line, and ends as CPython would.
//!
//! | file | what |
//! |---|---|
//! | `options.rs`, `usage.rs` | the command line; what `--help` prints |
//! | `settings.rs`, `xoptions.rs`, `environment.rs` | the configuration out of options and `PYTHON*` variables |
//! | `paths.rs` | where the executable, the library and site packages are |
//! | `run.rs`, `script.rs`, `session.rs`, `dedent.rs` | running the program that was asked for |
//! | `exit.rs` | the exit code |
//! | `panic.rs` | faults of our own |

mod dedent;
mod environment;
mod exit;
mod options;
mod panic;
mod paths;
mod run;
mod script;
mod session;
mod settings;
mod usage;
mod xoptions;

use std::ffi::OsString;
use std::io::Write;
use std::mem::ManuallyDrop;

use pvm_interpreter::Interpreter;
use pvm_interpreter::interpreter::state;
use pvm_object::Vm;

use options::Parsed;

/// The stack that the interpreter runs on: native recursion ends in `RecursionError` about where CPython's does on its usual
/// 8 MiB, which programs rely on, and before deep data takes seconds. Unoptimised code has frames several times as large.
const STACK_SIZE: usize = if cfg!(debug_assertions) { 64 << 20 } else { 12 << 20 };

/// Runs the command of this process and returns the exit code.
pub fn main() -> u8 {
    panic::install();
    pvm_library::locale::start();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    panic::catch(|| stacker::grow(STACK_SIZE, || command(arguments)))
}

/// Runs a command line and returns the exit code.
fn command(arguments: Vec<OsString>) -> u8 {
    let mut options = match options::parse(arguments) {
        Parsed::Run(options) => *options,
        Parsed::Print(text) => return print(&text),
        Parsed::Misuse(text) => {
            complain(format_args!("{text}"));
            return 2;
        }
    };
    paths::apply_path_file(&mut options);
    let config = match settings::configure(&options) {
        Ok(config) => config,
        Err(error) => {
            let stage = if error.starts_with("preconfig") { "preinitializing" } else { "preinitialized" };
            fatal(&error, stage);
            return 1;
        }
    };
    if let Some(shown) = paths::missing_library(&config, &options) {
        complain(format_args!("{shown}"));
        fatal("Failed to import encodings module", "core initialized");
        complain(format_args!("ModuleNotFoundError: No module named 'encodings'\n"));
        return 1;
    }
    if stdin_is_directory() {
        fatal("init_sys_streams: <stdin> is a directory, cannot continue", "core initialized");
        let (thread, name) = (pvm_interpreter::threads::ident(), env!("CARGO_PKG_NAME"));
        complain(format_args!("Current thread {thread:#018x} [{name}] (most recent call first):\n  <no Python frame>\n"));
        return 1;
    }
    // After a panic the heap is not to be trusted: the interpreter is dropped only if there was none.
    let interpreter = ManuallyDrop::new(Interpreter::new(pvm_library::setup(config)));
    let ending = interpreter.enter(|vm| run::run(vm, &options));
    ManuallyDrop::into_inner(interpreter).end_with_process();
    exit::status(ending)
}

/// The level of optimisation that programs are compiled with.
fn optimize(vm: &Vm) -> u8 {
    state(vm).setup.config.optimize.clamp(0, 2) as u8
}

/// Writes to standard error; where that does not work there is nobody to tell.
fn complain(text: std::fmt::Arguments<'_>) {
    let _ = std::io::stderr().write_fmt(text);
}

/// Says why the interpreter cannot start (`fatal_error`).
fn fatal(error: &str, stage: &str) {
    complain(format_args!("Fatal Python error: {error}\nPython runtime state: {stage}\n\n"));
}

fn stdin_is_directory() -> bool {
    use std::os::fd::AsFd;
    let descriptor = std::io::stdin().as_fd().try_clone_to_owned();
    descriptor.is_ok_and(|descriptor| std::fs::File::from(descriptor).metadata().is_ok_and(|data| data.is_dir()))
}

/// Prints what was asked for instead of a program.
fn print(text: &str) -> u8 {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    u8::from(written.is_err())
}
