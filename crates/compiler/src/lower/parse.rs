//! From source to tree: the fast parser where it can be trusted, CPython's grammar where not.

use std::borrow::Cow;

use ruff_python_ast as ruff;
use ruff_python_parser as parser;

use super::{Lowered, Lowerer, Mode, ParseFlags};
use crate::ast::{Location, Mod};
use crate::error::{CompileError, CompileWarning, SyntaxError, SyntaxErrorKind, WarningAction, WarningCategory, WarningSink};
use crate::source::{SourceText, check_null_bytes};
use crate::syntax_errors::{diagnose, has_token_error, warning_as_error};

/// Nesting from which on the tokenizer's limits (200 brackets, 150 strings, 100 levels of indentation) are in reach.
const DEEP_BRACKETS: i32 = 140;
const DEEP_INDENTATION: usize = 99;

/// Parses `source` into a tree, as `compile(…, PyCF_ONLY_AST)` does.
///
/// # Errors
/// `SyntaxError` and its kin in CPython's words and places; `MemoryError` or `RecursionError` for source that nests too
/// deeply; what `warnings` makes of a warning.
pub fn parse(
    source: &SourceText,
    filename: &str,
    mode: Mode,
    flags: ParseFlags,
    warnings: &mut dyn WarningSink,
) -> Result<Mod, CompileError> {
    check_null_bytes(source.text().as_bytes(), filename).map_err(CompileError::Syntax)?;
    let entry = Entry { source, filename, mode, flags };
    // what only the grammar knows about
    let asked = !(mode == Mode::Exec || mode == Mode::Eval && is_plain_expression(source.text()))
        || flags.type_comments
        || flags.barry_as_bdfl
        || flags.feature_version.is_some()
        || source.text().starts_with('\u{feff}')
        || source.text().contains("barry_as_FLUFL")
        || needs_tokenizer(source.text()) && has_token_error(source.text());
    if asked && let Some(error) = entry.diagnose(warnings)? {
        return Err(error);
    }
    if mode == Mode::FuncType {
        return Lowerer::new(source, filename, mode, flags, warnings).func_type();
    }
    match entry.parse_text(source.text(), warnings) {
        Ok(Some((tree, trusted))) => {
            if !trusted
                && !asked
                && let Some(error) = entry.diagnose(warnings)?
            {
                return Err(error);
            }
            return Ok(tree);
        }
        Ok(None) => {}
        Err(CompileError::Syntax(error)) => {
            let found = entry.diagnose(warnings)?;
            return Err(found.unwrap_or(CompileError::Syntax(error)));
        }
        Err(error) => return Err(error),
    }
    if !asked && let Some(error) = entry.diagnose(warnings)? {
        return Err(error);
    }
    match entry.parse_text(&plain_text(source.text()), warnings)? {
        Some((tree, _)) => Ok(tree),
        None => Err(entry.invalid_syntax()),
    }
}

/// Whether a text, if the fast parser takes it for an expression, is one for CPython's grammar as well: it is of one line
/// and has none of the forms that only some places of an expression admit (stars, assignments, `yield`).
fn is_plain_expression(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_ .,:()[]'+-/".contains(&byte);
    text.bytes().all(plain) && !text.starts_with(' ') && !text.contains("yield") && !text.contains("await")
}

/// What is to be parsed.
struct Entry<'a> {
    source: &'a SourceText,
    filename: &'a str,
    mode: Mode,
    flags: ParseFlags,
}

impl Entry<'_> {
    /// Parses a text of the source's length by the fast parser: the tree, and whether CPython is sure to accept the source,
    /// too. No tree if the parser finds errors.
    fn parse_text(&self, text: &str, warnings: &mut dyn WarningSink) -> Lowered<Option<(Mod, bool)>> {
        let parser_mode = match self.mode {
            Mode::Eval => parser::Mode::Expression,
            _ => parser::Mode::Module,
        };
        let options = parser::ParseOptions::from(parser_mode).with_target_version(ruff::PythonVersion::PY314);
        let parsed = parser::parse_unchecked(text, options);
        if parsed.has_syntax_errors() {
            drop_deep(parsed, text.len() / 2);
            return Ok(None);
        }
        let mut lowerer = Lowerer::new(self.source, self.filename, self.mode, self.flags, warnings);
        let tree = lowerer.module(parsed.syntax(), self.mode);
        let trusted = !lowerer.suspicious;
        let depth = if tree.is_ok() { 2 * lowerer.deepest } else { text.len() / 2 };
        let constant_name = lowerer.constant_name;
        drop_deep(parsed, depth);
        if let Some(name) = constant_name.filter(|_| tree.is_ok()) {
            return Err(CompileError::Value(format!("identifier field can't represent '{name}' constant")));
        }
        Ok(Some((tree?, trusted)))
    }

    /// What is wrong with the source by the grammar. The tokenizer's warnings go to `warnings` if something is.
    fn diagnose(&self, warnings: &mut dyn WarningSink) -> Lowered<Option<CompileError>> {
        let (error, found) = diagnose(self.source, self.filename, self.mode, self.flags);
        let Some(error) = error else {
            return Ok(None);
        };
        for warning in found {
            let place = &warning.error;
            let location = Location {
                lineno: place.lineno,
                col_offset: place.offset - 1,
                end_lineno: place.lineno,
                end_col_offset: place.end_offset - 1,
            };
            let action = warnings.warn(CompileWarning {
                category: WarningCategory::SyntaxWarning,
                message: warning.message.clone(),
                location,
            });
            match action {
                WarningAction::Continue => {}
                WarningAction::Abort => return Err(CompileError::Aborted),
                WarningAction::Error => {
                    let warning = (&*warning.message, place.lineno);
                    let (source, filename) = (self.source, self.filename);
                    let found = warning_as_error(source, filename, self.mode, self.flags, warning);
                    return Ok(Some(found.unwrap_or(error)));
                }
            }
        }
        Ok(Some(error))
    }

    /// The error of a source that the grammar takes and the fast parser does not.
    fn invalid_syntax(&self) -> CompileError {
        SyntaxError {
            kind: SyntaxErrorKind::SyntaxError,
            message: "invalid syntax".to_owned(),
            filename: self.filename.to_owned(),
            lineno: 1,
            offset: 0,
            end_lineno: 1,
            end_offset: 0,
            text: Some(self.source.line(1).to_owned()),
            context: None,
        }
        .into()
    }
}

impl Lowerer<'_> {
    fn module(&mut self, module: &ruff::Mod, mode: Mode) -> Lowered<Mod> {
        match module {
            ruff::Mod::Module(module) => {
                let body = self.stmts(&module.body)?;
                Ok(match mode {
                    Mode::Single => Mod::Interactive { body },
                    _ => Mod::Module { body, type_ignores: self.type_comments.take_ignores() },
                })
            }
            ruff::Mod::Expression(expression) => Ok(Mod::Expression { body: self.boxed(&expression.body)? }),
        }
    }
}

/// Drops the parser's tree, which is at most `depth` deep, on a stack with room for that.
fn drop_deep<T>(parsed: parser::Parsed<T>, depth: usize) {
    const LEVEL: usize = 1024;
    const LARGEST: usize = 1 << 32;
    let size = (depth * LEVEL).clamp(1 << 18, LARGEST);
    stacker::maybe_grow(size, size, || drop(parsed));
}

/// Whether the tokenizer's limits are in reach (brackets in strings count, too), or indentation is such that the size of a
/// tab may matter.
fn needs_tokenizer(text: &str) -> bool {
    let mut depth = 0;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b')' | b']' | b'}' if depth > 0 => depth -= 1,
            _ => {}
        }
    }
    let (mut spaces, mut tabs) = (false, false);
    for line in text.lines() {
        let blank = line.bytes().take_while(|b| b" \t\x0c".contains(b)).count();
        if blank >= DEEP_INDENTATION || line.as_bytes()[..blank].contains(&b'\x0c') {
            return true;
        }
        spaces |= line.as_bytes()[..blank].contains(&b' ');
        tabs |= line.as_bytes()[..blank].contains(&b'\t');
    }
    deepest > DEEP_BRACKETS || spaces && tabs
}

/// A text of the same length without what the fast parser does not know: names of characters, `<>`, `raise` with a semicolon,
/// for which lowering sees `break`, and `match` as a name behind a semicolon. Strings and names are taken from the source
/// itself, so what happens to them does not matter.
fn plain_text(text: &str) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(at) = plain[from..].find("\\N{") {
        let start = from + at;
        let length = plain[start..].find('}').map_or(plain.len() - start, |end| end + 1);
        from = start + length;
        plain.to_mut().replace_range(start..from, &"x".repeat(length));
    }
    let mut from = 0;
    while let Some(at) = plain[from..].find("raise") {
        let start = from + at;
        from = start + "raise".len();
        if plain[from..].trim_start_matches([' ', '\t']).starts_with(';') {
            plain.to_mut().replace_range(start..from, "break");
        }
    }
    for (at, name) in text.match_indices("match") {
        if text[..at].trim_end_matches([' ', '\t']).ends_with(';') {
            plain.to_mut().replace_range(at..at + name.len(), "hctam");
        }
    }
    if plain.contains("<>") {
        plain = Cow::Owned(plain.replace("<>", "!="));
    }
    plain
}
