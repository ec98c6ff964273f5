//! From the parser's tree to ours.

use crate::ast::Mod;
use crate::error::{CompileError, WarningSink};
use crate::source::SourceText;

/// What the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A module: `exec`.
    Exec,
    /// One expression: `eval`.
    Eval,
    /// One interactive statement: `single`.
    Single,
    /// A function's type comment: `func_type`.
    FuncType,
}

/// Switches of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParseFlags {
    /// Read type comments and `# type: ignore` (`PyCF_TYPE_COMMENTS`).
    pub type_comments: bool,
    /// Input that ends inside a block is not complete (`PyCF_DONT_IMPLY_DEDENT`).
    pub dont_imply_dedent: bool,
    /// Report input that more lines could complete as such (`PyCF_ALLOW_INCOMPLETE_INPUT`).
    pub allow_incomplete_input: bool,
    /// `<>` instead of `!=` (PEP 401, `CO_FUTURE_BARRY_AS_BDFL`).
    pub barry_as_bdfl: bool,
    /// The minor version whose grammar is asked for (`ast.parse(feature_version=…)`); `None` for the newest.
    pub feature_version: Option<u8>,
}

/// Parses `source` into a tree, as `compile(…, PyCF_ONLY_AST)` does.
pub fn parse(
    _source: &SourceText,
    _filename: &str,
    _mode: Mode,
    _flags: ParseFlags,
    _warnings: &mut dyn WarningSink,
) -> Result<Mod, CompileError> {
    Err(CompileError::System("parsing is not here yet".to_owned()))
}
