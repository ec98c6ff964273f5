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
use std::process::ExitCode;

use pvm_interpreter::Interpreter;
use pvm_interpreter::interpreter::state;
use pvm_object::Vm;

use options::Parsed;

/// The stack that the interpreter runs on: native recursion ends in `RecursionError` about where CPython's does on its usual
/// 8 MiB, which programs rely on, and before deep data takes seconds. Unoptimised code has frames several times as large.
const STACK_SIZE: usize = if cfg!(debug_assertions) { 64 << 20 } else { 12 << 20 };

/// Runs the command of this process.
pub fn main() -> ExitCode {
    panic::install();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let status = panic::catch(|| stacker::grow(STACK_SIZE, || command(arguments)));
    ExitCode::from(status)
}

/// Runs a command line and returns the exit code.
fn command(arguments: Vec<OsString>) -> u8 {
    let options = match options::parse(arguments) {
        Parsed::Run(options) => *options,
        Parsed::Print(text) => return print(&text),
        Parsed::Misuse(text) => {
            eprint!("{text}");
            return 2;
        }
    };
    let config = match settings::configure(&options) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("Fatal Python error: {error}");
            return 1;
        }
    };
    // After a panic the heap is not to be trusted: the interpreter is dropped only if there was none.
    let interpreter = ManuallyDrop::new(Interpreter::new(pvm_library::setup(config)));
    let ending = interpreter.enter(|vm| run::run(vm, &options));
    drop(ManuallyDrop::into_inner(interpreter));
    exit::status(ending)
}

/// The level of optimisation that programs are compiled with.
fn optimize(vm: &Vm) -> u8 {
    state(vm).setup.config.optimize.clamp(0, 2) as u8
}

/// Prints what was asked for instead of a program.
fn print(text: &str) -> u8 {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    u8::from(written.is_err())
}
