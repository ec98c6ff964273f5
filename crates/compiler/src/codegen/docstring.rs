//! Docstrings: finding and cleaning them.

use pvm_bytecode::{Constant, Text};

use super::{CompileError, Loc, Res};
use crate::ast::{ExprKind, Stmt, StmtKind};

/// The text of the docstring that `stmt`, the first of a body, is, and where it stands.
pub(super) fn of(stmt: &Stmt) -> Option<(Loc, &Text)> {
    let StmtKind::Expr { value } = &stmt.kind else {
        return None;
    };
    match &value.kind {
        ExprKind::Constant { value: Constant::Str(text), .. } => Some((value.location, text)),
        _ => None,
    }
}

/// Expands tabs and strips the indentation that the lines after the first have in common. Like `inspect.cleandoc`, but blank
/// lines at the ends stay, so that line numbers in examples are right.
///
/// # Errors
/// A docstring with surrogates has no UTF-8, which CPython cleans it in.
pub(super) fn clean(text: &Text) -> Res<Text> {
    let expanded = expand_tabs(text.as_bytes());
    if text.as_str().is_none() {
        return Err(surrogates_in(from_bytes(&expanded)));
    }
    let lines: Vec<&[u8]> = expanded.split(|&byte| byte == b'\n').collect();
    let margin = lines[1..]
        .iter()
        .map(|line| (line, indentation(line)))
        .filter(|(line, indentation)| *indentation < line.len())
        .map(|(_, indentation)| indentation)
        .min()
        .unwrap_or(0);
    let first = &lines[0][indentation(lines[0])..];
    if first.len() == lines[0].len() && margin == 0 {
        return Ok(from_bytes(&expanded));
    }
    let mut cleaned = first.to_vec();
    for line in &lines[1..] {
        cleaned.push(b'\n');
        cleaned.extend_from_slice(&line[indentation(line).min(margin)..]);
    }
    Ok(from_bytes(&cleaned))
}

/// The error about the first surrogates in `text`.
fn surrogates_in(text: Text) -> CompileError {
    let is_surrogate = |point: &u32| (0xD800..0xE000).contains(point);
    let start = text.code_points().position(|point| is_surrogate(&point)).unwrap_or(0);
    let run = text.code_points().skip(start).take_while(is_surrogate).count();
    CompileError::Surrogates { text, start, end: start + run }
}

fn from_bytes(bytes: &[u8]) -> Text {
    Text::from_wtf8(bytes).expect("removing spaces keeps a text well-formed")
}

fn indentation(line: &[u8]) -> usize {
    line.iter().take_while(|&&byte| byte == b' ').count()
}

/// `str.expandtabs()` with tab stops every eight characters.
fn expand_tabs(text: &[u8]) -> Vec<u8> {
    let mut expanded = Vec::with_capacity(text.len());
    let mut column = 0;
    for &byte in text {
        match byte {
            b'\t' => {
                let width = 8 - column % 8;
                expanded.resize(expanded.len() + width, b' ');
                column += width;
            }
            b'\n' | b'\r' => {
                expanded.push(byte);
                column = 0;
            }
            _ => {
                expanded.push(byte);
                // Continuation bytes take no column.
                column += usize::from(byte & 0xC0 != 0x80);
            }
        }
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_common_indentation() {
        let cases = [
            ("one line", "one line"),
            ("  first\n    second\n      third\n    ", "first\nsecond\n  third\n"),
            ("a\n\tb\n\t\tc", "a\nb\n        c"),
            ("a\n\n   b\n ", "a\n\nb\n"),
            ("a\n  \n", "a\n  \n"),
            ("  é\n  x", "é\nx"),
        ];
        for (text, wanted) in cases {
            assert_eq!(clean(&Text::from(text)), Ok(Text::from(wanted)), "{text:?}");
        }
    }
}
