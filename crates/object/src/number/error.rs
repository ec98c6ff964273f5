//! The errors of the numeric algorithms: which exception they ask for, and its text.

use std::borrow::Cow;
use std::fmt;

use crate::heap::{OutOfMemory, memory};

/// What went wrong, as the exception that Python shall see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// `ZeroDivisionError`.
    ZeroDivision(&'static str),
    /// `OverflowError`.
    Overflow(Cow<'static, str>),
    /// `OverflowError` with the two arguments `34` and the text, as C's `ERANGE` is reported.
    OutOfRange,
    /// `ValueError`.
    Value(Cow<'static, str>),
    /// `TypeError`.
    Type(Cow<'static, str>),
    /// `MemoryError` without text.
    Memory,
    /// The poll function of a long computation said stop: the exception is already pending with the caller.
    Interrupted,
    /// The program is told to stop, as [`go_on`] found; what exception it is does not matter, for none will be caught.
    Stopped,
}

impl NumberError {
    /// A `ValueError` with a fixed or computed text.
    pub fn value(text: impl Into<Cow<'static, str>>) -> NumberError {
        NumberError::Value(text.into())
    }

    /// An `OverflowError` with a fixed or computed text.
    pub fn overflow(text: impl Into<Cow<'static, str>>) -> NumberError {
        NumberError::Overflow(text.into())
    }

    /// A `TypeError` with a fixed or computed text.
    pub fn type_error(text: impl Into<Cow<'static, str>>) -> NumberError {
        NumberError::Type(text.into())
    }

    /// The name of the exception's class; `None` where the program is interrupted.
    pub fn class_name(&self) -> Option<&'static str> {
        Some(match self {
            NumberError::ZeroDivision(_) => "ZeroDivisionError",
            NumberError::Overflow(_) | NumberError::OutOfRange => "OverflowError",
            NumberError::Value(_) => "ValueError",
            NumberError::Type(_) => "TypeError",
            NumberError::Memory => "MemoryError",
            NumberError::Interrupted | NumberError::Stopped => return None,
        })
    }
}

/// The exception's text, as `str(exception)` gives it.
impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberError::ZeroDivision(text) => f.write_str(text),
            NumberError::Overflow(text) | NumberError::Value(text) | NumberError::Type(text) => f.write_str(text),
            NumberError::OutOfRange => f.write_str("(34, 'Numerical result out of range')"),
            NumberError::Memory | NumberError::Interrupted | NumberError::Stopped => Ok(()),
        }
    }
}

impl std::error::Error for NumberError {}

impl From<OutOfMemory> for NumberError {
    fn from(_: OutOfMemory) -> NumberError {
        NumberError::Memory
    }
}

/// The common text of integer, float and complex division by zero.
pub const DIVISION_BY_ZERO: NumberError = NumberError::ZeroDivision("division by zero");

/// Called now and then by long computations with the work done since, in units of about a nanosecond;
/// `false` stops the computation with [`NumberError::Interrupted`].
pub type Poll<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Reports work, and turns a refusal into the error.
pub fn poll(poll: &mut dyn FnMut(u64) -> bool, work: u64) -> Result<(), NumberError> {
    if poll(work) { Ok(()) } else { Err(NumberError::Interrupted) }
}

/// Asked by long computations, without a token, between pieces of some milliseconds at most: an error once the program is told to stop.
pub fn go_on() -> Result<(), NumberError> {
    if memory::is_told_to_stop() { Err(NumberError::Stopped) } else { Ok(()) }
}

/// The largest block, in bytes, that a single number or text may ask for.
const LARGEST_BLOCK: u128 = (isize::MAX as u128) / 4;

/// Blocks up to this size are not tried out before the computation.
const UNTRIED_BLOCK: u128 = 1 << 22;

/// Asks whether a result of this many bytes can be had, of the attached interpreter's limit and of the system, so that a
/// hopeless computation is refused before it starts instead of aborting in the allocator.
pub fn check_room(bytes: u128) -> Result<(), NumberError> {
    if bytes <= UNTRIED_BLOCK {
        return Ok(());
    }
    if bytes > LARGEST_BLOCK {
        return Err(NumberError::Memory);
    }
    let charged = bytes as isize;
    memory::charge(charged).map_err(|_| NumberError::Memory)?;
    let mut probe: Vec<u8> = Vec::new();
    let found = probe.try_reserve_exact(bytes as usize).map_err(|_| NumberError::Memory);
    memory::charge(-charged).map_err(|_| NumberError::Memory)?;
    found
}
