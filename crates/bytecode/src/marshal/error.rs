//! What can go wrong with marshal data.

use std::fmt;

/// Damaged marshal data, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// Offset in the data of the byte after the last one that was understood.
    pub offset: usize,
}

/// What is wrong with marshal data. The text is CPython's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// `EOFError`
    Eof(&'static str),
    /// `ValueError`
    Value(String),
    /// `TypeError`
    Type(&'static str),
    /// `UnicodeDecodeError`: a string's bytes, which are not UTF-8.
    Text(Box<[u8]>),
}

impl ReadErrorKind {
    /// The message.
    pub fn message(&self) -> &str {
        match self {
            ReadErrorKind::Eof(message) | ReadErrorKind::Type(message) => message,
            ReadErrorKind::Value(message) => message,
            ReadErrorKind::Text(_) => "bad marshal data (string is not UTF-8)",
        }
    }

    /// The exception's type in Python.
    pub fn exception(&self) -> &'static str {
        match self {
            ReadErrorKind::Eof(_) => "EOFError",
            ReadErrorKind::Value(_) => "ValueError",
            ReadErrorKind::Type(_) => "TypeError",
            ReadErrorKind::Text(_) => "UnicodeDecodeError",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at offset {}", self.kind.message(), self.offset)
    }
}

impl std::error::Error for ReadError {}

/// An object that marshal cannot write: a `ValueError` with this text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The type has no form in this version of marshal.
    Unmarshallable,
    /// Nested deeper than [`super::MAX_DEPTH`].
    TooDeep,
    /// A code object where the caller forbade them.
    CodeNotAllowed,
}

impl WriteError {
    /// CPython's message.
    pub fn message(self) -> &'static str {
        match self {
            WriteError::Unmarshallable => "unmarshallable object",
            WriteError::TooDeep => "object too deeply nested to marshal",
            WriteError::CodeNotAllowed => "marshalling code objects is disallowed",
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for WriteError {}
