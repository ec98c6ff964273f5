//! Standard input as the program: a session where it is a terminal or `-i` asks for one, else a script.

use std::io::{IsTerminal, Read};

use pvm_interpreter::uncaught::{self, Ending};
use pvm_interpreter::{display, repl, start, sys};
use pvm_object::{PyResult, Value, Vm};

use super::environment::Environment;
use super::options::{Options, Program};
use super::{run, script};

/// What a script from standard input is called.
const STDIN: &str = "<stdin>";

fn environment(options: &Options) -> Environment {
    Environment::new(options.ignore_environment || options.isolated)
}

/// Whether a session follows the program.
pub fn wanted_afterwards(options: &Options) -> bool {
    options.program != Program::Stdin && (options.interactive || environment(options).is_set("PYTHONINSPECT"))
}

/// Runs a session after a program (`pymain_repl`); `ending` is the program's, and stays where there is none to talk to.
pub fn run_afterwards(vm: &mut Vm, options: &Options, ending: Ending) -> Ending {
    let terminal = std::io::stdin().is_terminal();
    if !terminal && !options.interactive {
        return ending;
    }
    if let Err(raised) = prepare(vm, options)
        && let Some(ending) = uncaught::report_and_go_on(vm, raised)
    {
        return ending;
    }
    converse(vm, terminal && !environment(options).is_set("PYTHON_BASIC_REPL"), false)
}

/// Runs standard input.
pub fn run_stdin(vm: &mut Vm, options: &Options) -> Ending {
    let terminal = std::io::stdin().is_terminal();
    if !terminal && !options.interactive {
        return run::outcome(vm, options, |vm| {
            let mut text = Vec::new();
            if let Err(error) = std::io::stdin().lock().read_to_end(&mut text) {
                return Err(vm.os_error(error.raw_os_error().unwrap_or(0)));
            }
            script::run_source(vm, options, text, STDIN.as_ref(), None)
        });
    }
    if !options.quiet {
        let banner = format!("Python {} on {}\n", sys::version(), std::env::consts::OS);
        let hint = "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n";
        display::write_stderr(vm, &banner);
        if !options.no_site {
            display::write_stderr(vm, hint);
        }
    }
    if let Err(raised) = prepare(vm, options)
        && let Some(ending) = uncaught::report_and_go_on(vm, raised)
    {
        return ending;
    }
    converse(vm, terminal && !environment(options).is_set("PYTHON_BASIC_REPL"), true)
}

/// Calls `sys.__interactivehook__`, which `site` sets.
fn prepare(vm: &mut Vm, options: &Options) -> PyResult<()> {
    if !options.isolated
        && let Some(hook) = sys::get(vm, "__interactivehook__")
    {
        vm.call(&hook, &[])?;
    }
    Ok(())
}

/// Runs a session: the plain one, or `_pyrepl`'s, which edits lines; after `PYTHONSTARTUP` where no program went before.
fn converse(vm: &mut Vm, edits: bool, startup: bool) -> Ending {
    if !edits {
        return repl::run(vm, startup);
    }
    let conversed = edit(vm, startup);
    match conversed {
        Ok(_) => Ending::Status(0),
        Err(raised) => uncaught::report(vm, raised),
    }
}

fn edit(vm: &mut Vm, startup: bool) -> PyResult {
    let module = vm.import("_pyrepl.main")?;
    let name = vm.intern("interactive_console");
    let console = vm.getattr(&module, &name)?;
    let main = start::main_module(vm)?;
    vm.call(&console, &[main.into(), Value::from_bool(false), Value::from_bool(startup)])
}
