//! [`Error`]: a Python exception that reached the Rust program.

use std::fmt;

use pvm_interpreter::display;
use pvm_object::exceptions::BaseException;
use pvm_object::{Ref, Vm};

/// A Python exception as text; it belongs to no interpreter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    class: String,
    headline: String,
    traceback: String,
}

impl Error {
    pub(crate) fn new(vm: &mut Vm, exception: &Ref<BaseException>) -> Error {
        Error {
            class: exception.ty().name().to_owned(),
            headline: display::headline(vm, exception).trim_end().to_owned(),
            traceback: display::exception_text(vm, exception),
        }
    }

    /// The name of the exception's class.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// Everything that Python would print of it.
    pub fn traceback(&self) -> &str {
        &self.traceback
    }
}

/// The exception's class and message.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::error::Error for Error {}
