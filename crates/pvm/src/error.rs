//! [`Error`]: what came instead of a result: mostly a Python exception that nothing caught.

use std::fmt;

use pvm_interpreter::display;
use pvm_object::exceptions::{self, BaseException};
use pvm_object::{PyResult, Ref, Value, Vm};

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The program raised an exception.
    Exception,
    /// The program ended by `SystemExit`, with this exit code; 1 where it gave a text.
    Exit(i32),
    /// The program needed more memory than it may use.
    MemoryLimit,
    /// The program ran longer than it may.
    TimeLimit,
    /// The program was stopped by an [`InterruptHandle`](crate::InterruptHandle).
    Stopped,
    /// The interpreter was asked for something it cannot do: it is running already, or the object is another interpreter's.
    Misuse,
}

/// Why there is no result, as text; it belongs to no interpreter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    class: String,
    headline: String,
    traceback: String,
}

impl Error {
    pub(crate) fn new(vm: &mut Vm, exception: &Ref<BaseException>) -> Error {
        let kind = if exception.ty().is_subclass_of(&exceptions::MEMORY_ERROR, vm) {
            Kind::MemoryLimit
        } else if exception.ty().is_subclass_of(&exceptions::SYSTEM_EXIT, vm) {
            Kind::Exit(exit_code(vm, exception))
        } else {
            Kind::Exception
        };
        let headline = display::headline(vm, exception).trim_end().to_owned();
        let traceback = match formatted(vm, exception) {
            Ok(text) => text,
            Err(raised) => {
                drop(vm.catch(raised));
                display::exception_text(vm, exception)
            }
        };
        Error { kind, class: exception.ty().name().to_owned(), headline, traceback }
    }

    /// The exception of a program that was stopped: nothing of it is asked to run any more.
    pub(crate) fn stopped(kind: Kind, exception: Option<Error>) -> Error {
        let headline = match kind {
            Kind::TimeLimit => "the time limit is exceeded",
            _ => "the program was stopped",
        };
        let class = exception.as_ref().map(|error| error.class.clone()).unwrap_or_default();
        let traceback = exception.map(|error| error.traceback).unwrap_or_default();
        Error { kind, class, headline: headline.to_owned(), traceback }
    }

    /// As [`Error::new`] for an exception that stopped the program, without running any of it.
    pub(crate) fn of_stop(vm: &mut Vm, exception: &Ref<BaseException>) -> Error {
        let traceback = display::exception_text(vm, exception);
        Error { kind: Kind::Stopped, class: exception.ty().name().to_owned(), headline: String::new(), traceback }
    }

    pub(crate) fn misuse(text: &str) -> Error {
        Error { kind: Kind::Misuse, class: String::new(), headline: text.to_owned(), traceback: String::new() }
    }

    /// Why there is no result.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The name of the exception's class; empty where there was no exception.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// Everything that Python would print of the exception.
    pub fn traceback(&self) -> &str {
        &self.traceback
    }
}

/// The text as the module `traceback` makes it, with lines of the source.
fn formatted(vm: &mut Vm, exception: &Ref<BaseException>) -> PyResult<String> {
    let traceback = vm.import("traceback")?;
    let (format, join) = (vm.intern("format_exception"), vm.intern("join"));
    let lines = vm.call_method(&traceback, &format, &[exception.to_value()])?;
    let empty: Value = vm.new_str("").into();
    let text = vm.call_method(&empty, &join, &[lines])?;
    Ok(vm.str(&text)?.to_string_lossy().into_owned())
}

/// The exit code that a `SystemExit` asks for.
fn exit_code(vm: &mut Vm, exception: &Ref<BaseException>) -> i32 {
    let code = vm.intern("code");
    match vm.getattr(&exception.to_value(), &code) {
        Ok(code) if code.is_none() => 0,
        Ok(code) => code.as_small_int().and_then(|code| i32::try_from(code).ok()).unwrap_or(1),
        Err(raised) => {
            drop(vm.catch(raised));
            1
        }
    }
}

/// The exception's class and message, or what else went wrong.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::error::Error for Error {}
