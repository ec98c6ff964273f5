//! `from __future__ import …` (CPython's `future.c`).

use crate::ast::{Alias, Location, Mod, Stmt, StmtKind};
use crate::error::{CompileError, SyntaxError, SyntaxErrorKind};
use crate::instructions::NO_LOCATION;

/// Compiler flags that a future statement can set (`CO_FUTURE_*`).
pub mod feature {
    /// `<>` instead of `!=` (PEP 401).
    pub const BARRY_AS_BDFL: u32 = 0x40_0000;
    /// Annotations stay text (PEP 563).
    pub const ANNOTATIONS: u32 = 0x100_0000;
    /// Not a future: `await` at module level (`PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub const TOP_LEVEL_AWAIT: u32 = 0x2000;
}

/// Features that are mandatory by now, and accepted.
const MANDATORY: [&str; 8] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
];

/// What a module's future statements ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FutureFeatures {
    /// Bits of [`feature`], and whatever compiler flags the caller adds.
    pub features: u32,
    /// The last future statement.
    pub location: Location,
}

impl Default for FutureFeatures {
    fn default() -> Self {
        FutureFeatures { features: 0, location: NO_LOCATION }
    }
}

impl FutureFeatures {
    /// Reads the future statements at the start of `module`.
    ///
    /// # Errors
    /// A `SyntaxError` for a feature that does not exist.
    pub fn from_ast(module: &Mod, filename: &str) -> Result<FutureFeatures, CompileError> {
        let mut future = FutureFeatures::default();
        let (Mod::Module { body, .. } | Mod::Interactive { body }) = module else {
            return Ok(future);
        };
        let start = usize::from(super::has_docstring(body));
        for stmt in &body[start..] {
            let Some(names) = future_names(stmt) else {
                break;
            };
            for name in names {
                future.add(name, filename)?;
            }
            future.location = stmt.location;
        }
        Ok(future)
    }

    /// Whether all bits of `flags` are set.
    pub fn has(&self, flags: u32) -> bool {
        self.features & flags == flags
    }

    fn add(&mut self, name: &Alias, filename: &str) -> Result<(), CompileError> {
        let message = match &*name.name {
            "barry_as_FLUFL" => {
                self.features |= feature::BARRY_AS_BDFL;
                return Ok(());
            }
            "annotations" => {
                self.features |= feature::ANNOTATIONS;
                return Ok(());
            }
            known if MANDATORY.contains(&known) => return Ok(()),
            "braces" => "not a chance".to_owned(),
            other => format!("future feature {} is not defined", other.chars().take(100).collect::<String>()),
        };
        Err(syntax_error(message, filename, name.location))
    }
}

/// The names a statement imports from `__future__`.
pub(super) fn future_names(stmt: &Stmt) -> Option<&[Alias]> {
    match &stmt.kind {
        StmtKind::ImportFrom { module: Some(module), names, level: 0 } if &**module == "__future__" => Some(names),
        _ => None,
    }
}

/// A `SyntaxError` at `location`. As in CPython the offsets of errors found after parsing count bytes.
pub(super) fn syntax_error(message: impl Into<String>, filename: &str, location: Location) -> CompileError {
    SyntaxError {
        kind: SyntaxErrorKind::SyntaxError,
        message: message.into(),
        filename: filename.to_owned(),
        lineno: location.lineno,
        offset: location.col_offset + 1,
        end_lineno: location.end_lineno,
        end_offset: location.end_col_offset + 1,
        text: None,
        context: None,
    }
    .into()
}
