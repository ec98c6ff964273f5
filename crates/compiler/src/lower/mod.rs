//! From the parser's tree to ours: positions, string merging and shapes as CPython builds them.
//!
//! - `parse`: from source to tree, errors included
//! - `stmt`, `expr`, `pattern`: the nodes
//! - `strings`: literals, f-strings and t-strings, implicit concatenation
//! - `escapes`: what a string literal's escapes mean
//! - `number`: numeric literals
//! - `func_type`, `type_comments`: PEP 484's comments

mod escapes;
mod expr;
mod func_type;
mod number;
mod parse;
mod pattern;
mod stmt;
mod strings;
mod type_comments;

pub(crate) use escapes::{InvalidEscape, NOT_ASCII, check_literal, check_text, invalid_escape_message};
pub(crate) use number::number_error;
pub use parse::parse;

use std::collections::HashSet;
use std::sync::Arc;

use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::ast::{Identifier, Location};
use crate::error::{CompileError, CompileWarning, SyntaxError, SyntaxErrorKind, WarningAction, WarningCategory, WarningSink};
use crate::source::SourceText;
use crate::syntax_errors::warning_as_error;
use type_comments::TypeComments;

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
    /// How many digits a decimal int may have (`sys.get_int_max_str_digits()`), 0 for any number; `None` for the default.
    pub max_str_digits: Option<usize>,
}

/// What lowering a node gives.
type Lowered<T> = Result<T, CompileError>;

/// Levels of nesting the parser of CPython allows (`MAXSTACK`).
const MAX_DEPTH: u32 = 6000;

/// Levels that any stack has room for.
const SHALLOW: u32 = 16;

/// How long a chain of left-recursive operators (`a + b + …`, `a.b.…`) may get.
const MAX_CHAIN: usize = 40_000;

/// Keywords that are constants.
const CONSTANTS: [&str; 3] = ["None", "True", "False"];

/// Carries what lowering needs everywhere.
struct Lowerer<'a> {
    source: &'a SourceText,
    filename: &'a str,
    mode: Mode,
    flags: ParseFlags,
    warnings: &'a mut dyn WarningSink,
    names: HashSet<Identifier>,
    /// The constant that an identifier reads as once it is normalised, which none may.
    constant_name: Option<&'static str>,
    depth: u32,
    /// The deepest that nodes may nest, chains included.
    deepest: usize,
    /// How many format specifiers are around.
    format_specs: u32,
    /// Set by what the parser may accept though CPython does not: the whole grammar must be asked.
    suspicious: bool,
    type_comments: TypeComments,
}

impl<'a> Lowerer<'a> {
    fn new(
        source: &'a SourceText,
        filename: &'a str,
        mode: Mode,
        flags: ParseFlags,
        warnings: &'a mut dyn WarningSink,
    ) -> Lowerer<'a> {
        Lowerer {
            source,
            filename,
            mode,
            flags,
            warnings,
            names: HashSet::new(),
            constant_name: None,
            depth: 0,
            deepest: 0,
            format_specs: 0,
            suspicious: false,
            type_comments: if flags.type_comments { TypeComments::of(source) } else { TypeComments::default() },
        }
    }

    /// The shared text of `name`.
    fn name(&mut self, name: &str) -> Identifier {
        match self.names.get(name) {
            Some(name) => name.clone(),
            None => {
                let constant = |part: &str| CONSTANTS.into_iter().find(|constant| *constant == part);
                self.constant_name = name.split('.').find_map(constant).or(self.constant_name);
                let name: Identifier = Arc::from(name);
                self.names.insert(name.clone());
                name
            }
        }
    }

    fn identifier(&mut self, identifier: &ruff::Identifier) -> Identifier {
        self.name(identifier.id.as_str())
    }

    fn opt_identifier(&mut self, identifier: &Option<ruff::Identifier>) -> Option<Identifier> {
        identifier.as_ref().map(|name| self.identifier(name))
    }

    fn location(&self, range: TextRange) -> Location {
        let (lineno, col_offset) = self.source.line_column(range.start().to_u32());
        let (end_lineno, end_col_offset) = self.source.line_column(range.end().to_u32());
        Location { lineno, col_offset, end_lineno, end_col_offset }
    }

    fn locate(&self, node: &impl Ranged) -> Location {
        self.location(node.range())
    }

    fn slice(&self, range: TextRange) -> &'a str {
        &self.source.text()[range.start().to_usize()..range.end().to_usize()]
    }

    /// The offset behind blanks and line continuations from `offset` on.
    fn skip_blanks(&self, offset: TextSize) -> TextSize {
        let bytes = self.source.text().as_bytes();
        let mut at = offset.to_usize();
        loop {
            match bytes.get(at) {
                Some(b' ' | b'\t' | b'\x0c') => at += 1,
                Some(b'\\') if bytes.get(at + 1) == Some(&b'\n') => at += 2,
                _ => return TextSize::new(at as u32),
            }
        }
    }

    /// The offset behind blanks, newlines and comments from `offset` on.
    fn skip_trivia(&self, offset: TextSize) -> TextSize {
        let bytes = self.source.text().as_bytes();
        let mut at = offset;
        loop {
            at = self.skip_blanks(at);
            match bytes.get(at.to_usize()) {
                Some(b'\n') => at += TextSize::new(1),
                Some(b'#') => {
                    let rest = &bytes[at.to_usize()..];
                    let length = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
                    at += TextSize::new(length as u32);
                }
                _ => return at,
            }
        }
    }

    /// Runs `f` one level deeper, on more stack when there is little left.
    fn deeper<T>(&mut self, levels: u32, f: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<T> {
        self.depth += levels;
        self.deepest = self.deepest.max(self.depth as usize);
        if self.depth > MAX_DEPTH {
            return Err(too_complex());
        }
        crate::recursion::go_on()?;
        let result = if self.depth > SHALLOW { stacker::maybe_grow(256 * 1024, 2 * 1024 * 1024, || f(self)) } else { f(self) };
        self.depth -= levels;
        result
    }

    /// A syntax error at `range`, whose offsets are counted in characters.
    fn syntax_error(&self, message: impl Into<String>, range: TextRange) -> CompileError {
        self.syntax_error_at(message, self.location(range))
    }

    fn syntax_error_at(&self, message: impl Into<String>, location: Location) -> CompileError {
        SyntaxError {
            kind: SyntaxErrorKind::SyntaxError,
            message: message.into(),
            filename: self.filename.to_owned(),
            lineno: location.lineno,
            offset: self.source.char_offset(location.lineno, location.col_offset),
            end_lineno: location.end_lineno,
            end_offset: self.source.char_offset(location.end_lineno, location.end_col_offset),
            text: Some(self.source.line(location.lineno).to_owned()),
            context: None,
        }
        .into()
    }

    /// Gives a `SyntaxWarning`; one that a filter turns into an error has other words.
    fn warn(&mut self, message: String, as_error: String, location: Location) -> Lowered<()> {
        let warning = CompileWarning { category: WarningCategory::SyntaxWarning, message: message.clone(), location };
        match self.warnings.warn(warning) {
            WarningAction::Continue => Ok(()),
            WarningAction::Error => {
                let warning = (&*message, location.lineno);
                let (source, filename) = (self.source, self.filename);
                let found = warning_as_error(source, filename, self.mode, self.flags, warning);
                Err(found.unwrap_or_else(|| self.syntax_error_at(as_error, location)))
            }
            WarningAction::Abort => Err(CompileError::Aborted),
        }
    }
}

/// The error of source nested deeper than [`MAX_DEPTH`].
pub(crate) fn too_complex() -> CompileError {
    CompileError::Memory("Parser stack overflowed - Python source too complex to parse".to_owned())
}
