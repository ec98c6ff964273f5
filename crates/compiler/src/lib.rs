//! Source to syntax tree to scopes to control-flow graph to code object; syntax errors.
//!
//! A newcomer starts with [`parse`] and the tree in [`ast`].
//!
//! - [`source`]: bytes to text, encodings, lines
//! - [`ast`]: the syntax tree, CPython's shape
//! - [`lower`]: the parser's tree to ours
//! - [`error`]: syntax errors and warnings

pub mod ast;
pub mod error;
pub mod lower;
pub mod source;

pub use error::{CompileError, CompileWarning, SyntaxError, WarningSink};
pub use lower::{Mode, ParseFlags, parse};
pub use source::SourceText;
