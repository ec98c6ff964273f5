//! The plain interactive session: one statement after the other, without editing (`PyRun_InteractiveLoop`).

use std::sync::Arc;

use pvm_compiler::Mode;
use pvm_compiler::compile::{Source, compile_source, flag, parse_source};
use pvm_compiler::error::{CompileError, SyntaxErrorKind};
use pvm_object::code::Code;
use pvm_object::str::Str;
use pvm_object::{PyResult, Ref, Vm, exceptions, names};

use crate::compile_errors::{Warnings, add_line};
use crate::interpreter::state;
use crate::source::{self, FUTURES, Text};
use crate::uncaught::{self, Ending};
use crate::{call, codes, display, os_text, start, sys};

/// The name that tracebacks show. Code objects have one with the number of their statement: `<stdin-5>`.
const FILENAME: &str = "<stdin>";

/// What statements leave to those after them.
#[derive(Default)]
struct Session {
    /// What was imported from `__future__`.
    futures: u32,
    /// The number of the next statement.
    number: u32,
}

/// A statement that was typed.
enum Statement {
    /// It compiled.
    Code(Ref<Code>, String),
    /// The input has ended.
    End,
}

/// Runs the file that `PYTHONSTARTUP` names (`pymain_run_startup`).
fn run_startup(vm: &mut Vm) -> PyResult<()> {
    if state(vm).setup.config.ignore_environment {
        return Ok(());
    }
    let Some(path) = std::env::var_os("PYTHONSTARTUP").filter(|path| !path.is_empty()) else { return Ok(()) };
    let name = os_text::string(vm, &path)?;
    crate::audit::event(vm, "cpython.run_startup", &[name.to_value()])?;
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) => {
            display::write_stderr(vm, "Could not open PYTHONSTARTUP\n");
            return Err(vm.os_error_at(error.raw_os_error().unwrap_or(0), &name.to_value()));
        }
    };
    let optimize = state(vm).setup.config.optimize as u8;
    let options = crate::source::options(vm, optimize, 0);
    let main = start::main_module(vm)?;
    let names_file = !main.dict().contains_str(&names::__file__, vm);
    if names_file {
        main.dict().set_str(&names::__file__, name.to_value(), vm)?;
    }
    let code = source::compile(vm, &Text::Script(text), &path.to_string_lossy(), Mode::Exec, options)?;
    let namespace = main.dict().to_value();
    let result = call::run_code(vm, &code, main.dict(), Some(namespace), None);
    if names_file {
        main.dict().remove_str(&names::__file__, vm);
    }
    result.map(drop)
}

/// Runs `PYTHONSTARTUP`, if that is wanted, and then statements from `sys.stdin` in `__main__` until the input ends or one raises `SystemExit`.
pub fn run(vm: &mut Vm, startup: bool) -> Ending {
    if startup
        && let Err(raised) = run_startup(vm)
        && let Some(ending) = uncaught::report_and_go_on(vm, raised)
    {
        return ending;
    }
    for (name, prompt) in [("ps1", ">>> "), ("ps2", "... ")] {
        if sys::get(vm, name).is_none() {
            let prompt = vm.new_str(prompt);
            if let Err(raised) = sys::set(vm, name, prompt.into()) {
                return uncaught::report(vm, raised);
            }
        }
    }
    let mut session = Session::default();
    loop {
        let done = match read_statement(vm, &mut session) {
            Ok(Statement::End) => {
                display::write_stderr(vm, "\n");
                return Ending::Status(0);
            }
            Ok(Statement::Code(code, source)) => execute(vm, &code, &source),
            Err(raised) => Err(raised),
        };
        match done {
            Ok(()) => uncaught::flush(vm),
            Err(raised) => {
                if let Some(ending) = uncaught::report_and_go_on(vm, raised) {
                    return ending;
                }
            }
        }
    }
}

fn execute(vm: &mut Vm, code: &Ref<Code>, source: &str) -> PyResult<()> {
    register_source(vm, code, source, FILENAME)?;
    let main = start::main_module(vm)?;
    let namespace = main.dict().to_value();
    call::run_code(vm, code, main.dict(), Some(namespace), None)?;
    Ok(())
}

/// Lets tracebacks show the lines of source that is in no file (`linecache._register_code`), where there is memory for them.
///
/// # Errors
/// What importing `linecache` raises.
pub fn register_source(vm: &mut Vm, code: &Ref<Code>, source: &str, filename: &str) -> PyResult<()> {
    let linecache = vm.import("linecache")?;
    let register = vm.intern("_register_code");
    let (source, filename) = (vm.new_str(source), vm.new_str(filename));
    let registered = vm.call_method(&linecache, &register, &[code.clone().into(), source.into(), filename.into()]);
    vm.ok_unless(registered, exceptions::MEMORY_ERROR.get()).map(drop)
}

/// Reads lines until they are a statement. What statements import from `__future__` holds for those after them.
fn read_statement(vm: &mut Vm, session: &mut Session) -> PyResult<Statement> {
    let mut source = String::new();
    let mut prompt = "ps1";
    loop {
        let Some(line) = read_line(vm, prompt)? else {
            if source.trim().is_empty() {
                return Ok(Statement::End);
            }
            display::write_stderr(vm, "\n");
            let code = compile(vm, &source, true, session)?;
            return Ok(code.map_or(Statement::End, |code| Statement::Code(code, source)));
        };
        if source.is_empty() && is_blank(&line) {
            continue;
        }
        source += &line;
        if let Some(code) = compile(vm, &source, false, session)? {
            return Ok(Statement::Code(code, source));
        }
        prompt = "ps2";
    }
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// A line with its newline; `None` at the end of the input.
fn read_line(vm: &mut Vm, prompt: &str) -> PyResult<Option<String>> {
    if let Some(prompt) = sys::get(vm, prompt) {
        let prompt = vm.str(&prompt)?.to_string_lossy().into_owned();
        display::write_stderr(vm, &prompt);
    }
    let Some(stdin) = sys::get(vm, "stdin").filter(|stdin| !stdin.is_none()) else {
        return Err(vm.runtime_error(format_args!("lost sys.stdin")));
    };
    let line = vm.call_method(&stdin, &names::readline, &[]);
    // Input that cannot be read has ended.
    let Some(line) = vm.ok_unless(line, exceptions::OS_ERROR.get())? else { return Ok(None) };
    let line = line.downcast::<Str>().map(|line| line.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(if line.is_empty() { None } else { Some(line) })
}

/// The statement's code; `None` if more lines are needed (`codeop` has the same steps).
fn compile(vm: &mut Vm, source: &str, at_end: bool, session: &mut Session) -> PyResult<Option<Ref<Code>>> {
    if at_end {
        return compile_as(vm, source, 0, session);
    }
    // A block ends by an empty line: one that could go on is not complete while its last line has no newline.
    let flags = flag::ALLOW_INCOMPLETE_INPUT | flag::DONT_IMPLY_DEDENT;
    let line = source.strip_suffix('\n').unwrap_or(source);
    if let Some(code) = compile_as(vm, line, flags, session)? {
        return Ok(Some(code));
    }
    // What no further line completes is wrong now.
    let mut options = crate::source::options(vm, 0, flags | session.futures);
    options.optimize = state(vm).setup.config.optimize as u8;
    let mut warnings = Warnings::new(vm, FILENAME);
    match parse_source(Source::Text(source), FILENAME, Mode::Single, options, &mut warnings) {
        Err(error) if !is_incomplete(&error) => warnings.finish(Err(error)),
        _ => Ok(None),
    }
}

fn is_incomplete(error: &CompileError) -> bool {
    matches!(error, CompileError::Syntax(error) if error.kind == SyntaxErrorKind::IncompleteInput)
}

/// The code of a source; `None` if it is not complete.
fn compile_as(vm: &mut Vm, source: &str, flags: u32, session: &mut Session) -> PyResult<Option<Ref<Code>>> {
    let filename = format!("<stdin-{}>", session.number);
    let optimize = state(vm).setup.config.optimize as u8;
    let options = crate::source::options(vm, optimize, flags | session.futures);
    let mut warnings = Warnings::new(vm, FILENAME);
    let mut result = compile_source(Source::Text(source), &filename, Mode::Single, options, &mut warnings);
    match &mut result {
        Err(error) if is_incomplete(error) => return Ok(None),
        // The parser knows no number yet.
        Err(CompileError::Syntax(error)) if error.text.is_some() => error.filename = FILENAME.to_owned(),
        Err(CompileError::Syntax(error)) => {
            session.number += 1;
            add_line(error, source);
        }
        _ => session.number += 1,
    }
    let raw = warnings.finish(result)?;
    session.futures |= raw.flags & FUTURES;
    Ok(Some(codes::from_raw(vm, Arc::new(raw))?))
}
