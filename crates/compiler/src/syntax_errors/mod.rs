//! What is wrong with a source that does not parse, in CPython's words and places.
//!
//! The parser on the fast path only says that something is wrong. Then this one parses again by the whole grammar
//! (`grammar.txt`), with rules for common mistakes in a second pass, as CPython's own parser does: so the error is the
//! same, whichever of several possible ones that is.
//!
//! - `grammar`: the grammar's text as rules
//! - `engine`: the parser
//! - `node`: what it makes
//! - `actions`: checks and messages that need code
//! - `raise`: where errors show

mod actions;
mod engine;
mod grammar;
mod node;
mod raise;

use crate::error::{CompileError, ParseContext, SyntaxErrorKind};
use crate::lower::{Mode, ParseFlags};
use crate::source::SourceText;
use crate::tokenizer::{Stop, TokenKind, Tokenizer, TokenizerWarning};

use engine::Parser;
use raise::Failure;

/// Native stack for the deepest nesting that is allowed.
const STACK: usize = 64 << 20;

/// What CPython makes of a source: its error, if it has one, and the tokenizer's warnings up to there.
pub(crate) fn diagnose(
    source: &SourceText,
    filename: &str,
    mode: Mode,
    flags: ParseFlags,
) -> (Option<CompileError>, Vec<TokenizerWarning>) {
    diagnose_until(source, filename, mode, flags, None)
}

/// The error that a warning, known by message and line, becomes if a filter says so.
pub(crate) fn warning_as_error(
    source: &SourceText,
    filename: &str,
    mode: Mode,
    flags: ParseFlags,
    warning: (&str, i32),
) -> Option<CompileError> {
    diagnose_until(source, filename, mode, flags, Some(warning)).0
}

fn diagnose_until(
    source: &SourceText,
    filename: &str,
    mode: Mode,
    flags: ParseFlags,
    fatal_warning: Option<(&str, i32)>,
) -> (Option<CompileError>, Vec<TokenizerWarning>) {
    let mut text = source.text().to_owned();
    if mode == Mode::Exec && !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    stacker::grow(STACK, || {
        let mut parser = Parser::new(source, &text, mode, flags);
        parser.fatal_warning = fatal_warning;
        let failure = parse(&mut parser);
        let warnings = std::mem::take(&mut parser.tokenizer.warnings);
        let (lineno, col_offset) = parser.last_statement;
        let context = ParseContext { lineno, col_offset, source: Some(text.clone()) };
        (failure.map(|failure| failure.into_error(filename, context)), warnings)
    })
}

/// Whether the tokenizer finds an error anywhere in a text.
pub(crate) fn has_token_error(text: &str) -> bool {
    let mut tokenizer = Tokenizer::new(text);
    loop {
        match tokenizer.next_token().kind {
            TokenKind::EndMarker => return false,
            TokenKind::Error => return true,
            _ => {}
        }
    }
}

/// Both passes (`_PyPegen_run_parser`).
fn parse(parser: &mut Parser<'_>) -> Option<Failure> {
    if parser.run().is_some() {
        if parser.has_more_statements() {
            let message = "multiple statements found while compiling a single statement";
            parser.raise_here(message.to_owned());
        }
        return parser.failure.take();
    }
    if parser.flags.allow_incomplete_input && parser.at_end_of_source() {
        parser.failure = None;
        parser.raise_last(SyntaxErrorKind::IncompleteInput, "incomplete input".to_owned());
        return parser.failure.take();
    }
    if matches!(parser.failure, Some(Failure::TooComplex)) {
        return parser.failure.take();
    }
    let last = parser.tokens.last().copied();
    if parser.failure.is_none() {
        parser.use_invalid_rules = true;
        parser.run();
    }
    finish(parser, last);
    parser.failure.take()
}

/// Settles on an error (`_Pypegen_set_syntax_error`).
fn finish(parser: &mut Parser<'_>, last: Option<crate::tokenizer::Token>) {
    if parser.failure.is_some() {
        if parser.tokenizer.stop == Stop::Running && !matches!(parser.failure, Some(Failure::TooComplex)) {
            parser.check_rest_of_source();
        }
        return;
    }
    let Some(last) = last else {
        parser.raise_here("error at start before reading any input".to_owned());
        return;
    };
    match last.kind {
        TokenKind::Error if parser.tokenizer.stop == Stop::Eof => {
            if !parser.raise_unclosed_bracket() {
                parser.raise_here("unexpected EOF while parsing".to_owned());
            }
        }
        TokenKind::Indent | TokenKind::Dedent => {
            let message = match last.kind {
                TokenKind::Indent => "unexpected indent",
                _ => "unexpected unindent",
            };
            parser.raise_last(SyntaxErrorKind::IndentationError, message.to_owned());
        }
        _ => {
            parser.raise_at_token(&last, "invalid syntax".to_owned());
            parser.check_rest_of_source();
        }
    }
}
