//! Runs what the command line asks for (`pymain_run_python`).

use std::ffi::OsStr;
use std::path::Path;

use pvm_compiler::Mode;
use pvm_interpreter::interpreter::state;
use pvm_interpreter::uncaught::{self, Ending};
use pvm_interpreter::{call, os_text, repl, shutdown, source, start, sys};
use pvm_object::str::Str;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::options::{Options, Program};
use super::session;
use super::{dedent, script};

/// Runs the program in a new interpreter, and does what is to be done at the end.
pub fn run(vm: &mut Vm, options: &Options) -> Ending {
    let ending = match start::start(vm) {
        Ok(()) => {
            enable_faulthandler(vm);
            run_program(vm, options)
        }
        Err(raised) => match uncaught::report(vm, raised) {
            Ending::Status(0) => Ending::Status(0),
            _ => Ending::Status(1),
        },
    };
    shutdown::finish(vm, ending)
}

/// Has fatal errors show stacks, where the command line or the environment asks for it. Without a usable stream there is nobody
/// to show them to.
fn enable_faulthandler(vm: &mut Vm) {
    if state(vm).setup.config.faulthandler
        && let Err(raised) = pvm_library::faulthandler::enable_at_start(vm)
    {
        drop(vm.catch(raised));
    }
}

fn run_program(vm: &mut Vm, options: &Options) -> Ending {
    let mut ending = match &options.program {
        Program::Text(text) => outcome(vm, options, |vm| run_text(vm, options, text)),
        Program::Module(name) => outcome(vm, options, |vm| run_module(vm, options, name)),
        Program::File(path) => script::run(vm, options, path),
        Program::Stdin => {
            if let Err(raised) = add_first_path(vm, options, OsStr::new("")) {
                return uncaught::report(vm, raised);
            }
            return session::run_stdin(vm, options);
        }
    };
    if session::wanted_afterwards(options) {
        ending = session::run_afterwards(vm, options, ending);
    }
    ending
}

/// The ending of a program that ran until it returned or raised.
pub fn outcome(vm: &mut Vm, options: &Options, body: impl FnOnce(&mut Vm) -> PyResult<()>) -> Ending {
    match body(vm) {
        Ok(()) => Ending::Status(0),
        Err(raised) if session::wanted_afterwards(options) => {
            uncaught::report_before_session(vm, raised);
            Ending::Status(1)
        }
        Err(raised) => uncaught::report(vm, raised),
    }
}

/// Puts a directory in front of `sys.path`, unless only safe ones shall be there.
fn add_first_path(vm: &mut Vm, options: &Options, directory: &OsStr) -> PyResult<()> {
    let safe = super::settings::safe_path(options);
    if safe { Ok(()) } else { insert_path(vm, directory) }
}

/// Puts a path in front of `sys.path`.
pub fn insert_path(vm: &mut Vm, path: &OsStr) -> PyResult<()> {
    let path = os_text::string(vm, path)?;
    state(vm).set_first_path(path.to_string_lossy().into_owned());
    let insert = vm.intern("insert");
    if let Some(list) = sys::get(vm, "path") {
        vm.call_method(&list, &insert, &[Value::from_i32(0), path.into()])?;
    }
    Ok(())
}

/// Puts a script's directory in front of `sys.path`.
pub fn add_directory_of(vm: &mut Vm, options: &Options, script: &Path) -> PyResult<()> {
    // One symbolic link is followed, as by `_PyPathConfig_ComputeSysPath0`.
    let real = std::fs::canonicalize(script).unwrap_or_else(|_| script.to_owned());
    let directory = real.parent().unwrap_or(Path::new("")).as_os_str().to_owned();
    add_first_path(vm, options, &directory)
}

/// `-c`.
fn run_text(vm: &mut Vm, options: &Options, text: &OsStr) -> PyResult<()> {
    add_first_path(vm, options, OsStr::new(""))?;
    let text = os_text::string(vm, text)?;
    let Some(text) = text.as_str() else {
        return Err(unable_to_decode(vm, &text));
    };
    let text = dedent::dedent(text);
    let filename = "<string>";
    let code_options = source::options(vm, super::optimize(vm), 0);
    let code = source::compile(vm, &source::Text::Str(text.clone()), filename, Mode::Exec, code_options)?;
    repl::register_source(vm, &code, &text, filename)?;
    let main = start::main_module(vm)?;
    let namespace = main.dict().to_value();
    call::run_code(vm, &code, main.dict(), Some(namespace), None)?;
    Ok(())
}

fn unable_to_decode(vm: &mut Vm, text: &Ref<Str>) -> pvm_object::Raised {
    let encode = vm.intern("encode");
    pvm_interpreter::display::write_stderr(vm, "Unable to decode the command from the command line:\n");
    match vm.call_method(&text.to_value(), &encode, &[]) {
        Err(raised) => raised,
        Ok(_) => vm.value_error(format_args!("surrogates not allowed")),
    }
}

/// `-m`.
fn run_module(vm: &mut Vm, options: &Options, name: &OsStr) -> PyResult<()> {
    let directory = std::env::current_dir().unwrap_or_default();
    add_first_path(vm, options, directory.as_os_str())?;
    let name = os_text::string(vm, name)?;
    run_main_module(vm, &name, true)
}

/// Runs a module as `__main__` by way of `runpy`; `alter_argv` says whether it was asked for by name.
pub fn run_main_module(vm: &mut Vm, name: &Ref<Str>, alter_argv: bool) -> PyResult<()> {
    let runpy = vm.import("runpy")?;
    let run = vm.intern("_run_module_as_main");
    vm.call_method(&runpy, &run, &[name.to_value(), Value::from_bool(alter_argv)])?;
    Ok(())
}
