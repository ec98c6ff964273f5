//! What compiling can fail with, and the warnings it can give.

use std::fmt;

use crate::ast::{Location, Text};

/// Which exception a [`SyntaxError`] becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyntaxErrorKind {
    SyntaxError,
    IndentationError,
    TabError,
    /// `SyntaxError` of input that more lines could complete; `codeop` and the REPL ask for it.
    IncompleteInput,
}

impl SyntaxErrorKind {
    /// The exception's name.
    pub fn name(self) -> &'static str {
        match self {
            SyntaxErrorKind::SyntaxError => "SyntaxError",
            SyntaxErrorKind::IndentationError => "IndentationError",
            SyntaxErrorKind::TabError => "TabError",
            SyntaxErrorKind::IncompleteInput => "_IncompleteInputError",
        }
    }
}

/// A syntax error with the attributes of Python's `SyntaxError`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    pub message: String,
    pub filename: String,
    /// From 1; 0 when it is in no line; below 0 when the exception has no location at all.
    pub lineno: i32,
    /// In characters from 1, as CPython reports it; 0 or -1 when unknown.
    pub offset: i32,
    /// Below 0 for `None`.
    pub end_lineno: i32,
    /// Means something when `end_lineno` does.
    pub end_offset: i32,
    /// The line the error is in, with its newline; `None` when the source is not at hand.
    pub text: Option<String>,
    /// What the parser knew, if it was the parser that found the error.
    pub context: Option<ParseContext>,
}

/// What the parser knew when it found an error (`SyntaxError._metadata`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseContext {
    /// Where the compound statement furthest down began that was complete; 0 for none.
    pub lineno: i32,
    pub col_offset: i32,
    /// The whole source; `None` where it was read from a file.
    pub source: Option<String>,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({}, line {})", self.kind.name(), self.message, self.filename, self.lineno)
    }
}

impl std::error::Error for SyntaxError {}

/// Why a compilation failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileError {
    Syntax(Box<SyntaxError>),
    /// `RecursionError`: the tree is too deep for a pass.
    Recursion(String),
    /// `MemoryError`: the parser gave up on the depth of its input.
    Memory(String),
    /// `ValueError`, `TypeError` and the like, found while checking a tree that a program built.
    Value(String),
    Type(String),
    System(String),
    Overflow(String),
    /// `UnicodeEncodeError` of UTF-8: `text` has surrogates from character `start` to `end`, and must not.
    Surrogates {
        text: Text,
        start: usize,
        end: usize,
    },
    /// The [`WarningSink`] stopped the compilation, and knows why; or the program is to stop
    /// ([`set_stop_check`](crate::recursion::set_stop_check)).
    Aborted,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompileError::Syntax(error) => error.fmt(f),
            CompileError::Recursion(message) => write!(f, "RecursionError: {message}"),
            CompileError::Memory(message) => write!(f, "MemoryError: {message}"),
            CompileError::Value(message) => write!(f, "ValueError: {message}"),
            CompileError::Type(message) => write!(f, "TypeError: {message}"),
            CompileError::System(message) => write!(f, "SystemError: {message}"),
            CompileError::Overflow(message) => write!(f, "OverflowError: {message}"),
            CompileError::Surrogates { text, start, end } => {
                f.write_str("UnicodeEncodeError: 'utf-8' codec can't encode ")?;
                if end - start == 1 {
                    let point = text.code_points().nth(*start).unwrap_or_default();
                    write!(f, "character '\\u{point:04x}' in position {start}")?;
                } else {
                    write!(f, "characters in position {start}-{}", end - 1)?;
                }
                f.write_str(": surrogates not allowed")
            }
            CompileError::Aborted => f.write_str("stopped from outside"),
        }
    }
}

impl std::error::Error for CompileError {}

impl From<SyntaxError> for CompileError {
    fn from(error: SyntaxError) -> Self {
        CompileError::Syntax(Box::new(error))
    }
}

/// The category of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WarningCategory {
    SyntaxWarning,
    DeprecationWarning,
}

/// A warning about source that compiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileWarning {
    pub category: WarningCategory,
    pub message: String,
    /// Where an error shows if the warning is turned into one; its `lineno` is the warning's line.
    pub location: Location,
}

/// What the receiver of a warning decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningAction {
    /// Noted, or ignored: go on.
    Continue,
    /// A filter says `error`: the compiler reports the warning's message as a `SyntaxError`.
    Error,
    /// Something else went wrong while warning (the receiver keeps what): stop at once.
    Abort,
}

/// Receives warnings while a compilation runs.
pub trait WarningSink {
    /// Takes one warning and says how to go on.
    fn warn(&mut self, warning: CompileWarning) -> WarningAction;
}

/// Drops every warning.
pub struct IgnoreWarnings;

impl WarningSink for IgnoreWarnings {
    fn warn(&mut self, _warning: CompileWarning) -> WarningAction {
        WarningAction::Continue
    }
}

/// Keeps every warning.
impl WarningSink for Vec<CompileWarning> {
    fn warn(&mut self, warning: CompileWarning) -> WarningAction {
        self.push(warning);
        WarningAction::Continue
    }
}
