//! Where errors show: CPython's `pegen_errors.c`.

use super::engine::{Captures, Parser};
use super::grammar::{Place, Spot, Target, Which};
use super::node::{Kind, NodeId};
use crate::ast::Location;
use crate::error::{CompileError, ParseContext, SyntaxError, SyntaxErrorKind};
use crate::lower::Mode;
use crate::tokenizer::{Stop, Token, TokenKind, TokenizerError};

/// Why a parse stopped.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    /// Rules nest too deeply.
    TooComplex,
    Syntax(SyntaxError),
}

impl Failure {
    pub fn into_error(self, filename: &str, context: ParseContext) -> CompileError {
        match self {
            Failure::TooComplex => crate::lower::too_complex(),
            Failure::Syntax(error) => SyntaxError { filename: filename.to_owned(), context: Some(context), ..error }.into(),
        }
    }
}

/// A position that is no token's: CPython's columns count bytes from 1, 0 and below for none.
#[derive(Clone, Copy)]
struct Span {
    lineno: i32,
    col: i32,
    end_lineno: i32,
    end_col: i32,
}

impl Parser<'_> {
    /// Notes the tokenizer's error (`_Pypegen_tokenizer_error`).
    pub fn raise_tokenizer_error(&mut self) {
        let lineno = self.tokenizer.lineno;
        let (kind, message, column) = match &self.tokenizer.stop {
            Stop::Error(error) => {
                let error = error.clone();
                self.raise_from_tokenizer(error);
                return;
            }
            Stop::Running | Stop::Eof => {
                if !self.raise_unclosed_bracket() {
                    self.raise_here("unexpected EOF while parsing".to_owned());
                }
                return;
            }
            Stop::Dedent => {
                let message = "unindent does not match any outer indentation level";
                self.raise_last(SyntaxErrorKind::IndentationError, message.to_owned());
                return;
            }
            Stop::TabSpace => (SyntaxErrorKind::TabError, "inconsistent use of tabs and spaces in indentation", 0),
            Stop::TooDeep => (SyntaxErrorKind::IndentationError, "too many levels of indentation", 0),
            Stop::LineContinuation => (
                SyntaxErrorKind::SyntaxError,
                "unexpected character after line continuation character",
                self.tokenizer.cur as i32 - self.tokenizer.buf as i32 - 1,
            ),
        };
        let span = Span { lineno, col: column.max(0) + 1, end_lineno: lineno, end_col: 0 };
        self.raise(kind, message.to_owned(), span);
    }

    /// Whether a warning of the tokenizer, from the `first` on, is an error; then that is the failure.
    pub fn raise_fatal_token_warning(&mut self, first: usize) -> bool {
        let found = self.tokenizer.warnings[first..]
            .iter()
            .find(|warning| self.fatal_warning == Some((&warning.message, warning.error.lineno)));
        let Some(warning) = found else {
            return false;
        };
        let error = warning.error.clone();
        self.tokenizer.stop = Stop::Error(error.clone());
        self.raise_from_tokenizer(error);
        true
    }

    pub fn raise_from_tokenizer(&mut self, error: TokenizerError) {
        if self.failure.is_none() {
            self.failure = Some(Failure::Syntax(SyntaxError {
                kind: SyntaxErrorKind::SyntaxError,
                message: error.message,
                filename: String::new(),
                lineno: error.lineno,
                offset: error.offset,
                end_lineno: error.lineno,
                end_offset: error.end_offset,
                text: Some(error.text),
                context: None,
            }));
        }
    }

    /// Whether a bracket is open; then that is the error.
    pub fn raise_unclosed_bracket(&mut self) -> bool {
        let Some(&bracket) = self.tokenizer.brackets.last() else {
            return false;
        };
        let message = format!("'{}' was never closed", char::from(bracket.char));
        let span = Span { lineno: bracket.lineno, col: bracket.col_offset + 1, end_lineno: bracket.lineno, end_col: 0 };
        self.raise(SyntaxErrorKind::SyntaxError, message, span);
        true
    }

    /// An error at the last token read (`RAISE_SYNTAX_ERROR`).
    pub fn raise_here(&mut self, message: String) {
        self.raise_last(SyntaxErrorKind::SyntaxError, message);
    }

    pub fn raise_last(&mut self, kind: SyntaxErrorKind, message: String) {
        self.raise_at_index(kind, message, self.tokens.len().wrapping_sub(1));
    }

    fn raise_at_index(&mut self, kind: SyntaxErrorKind, message: String, index: usize) {
        if self.failure.is_some() {
            return;
        }
        let Some(last) = self.tokens.last() else {
            let span = Span { lineno: 0, col: 0, end_lineno: 0, end_col: -1 };
            self.raise(kind, message, span);
            return;
        };
        let at_end = last.kind == TokenKind::Error && self.tokenizer.stop == Stop::Eof;
        if at_end && kind != SyntaxErrorKind::IncompleteInput {
            if self.raise_unclosed_bracket() {
                return;
            }
            if message != "unexpected EOF while parsing" {
                self.raise_here("unexpected EOF while parsing".to_owned());
                return;
            }
        }
        let token = self.tokens[index.min(self.tokens.len() - 1)];
        let col = if token.col_offset == -1 {
            if self.tokenizer.cur == self.tokenizer.buf {
                0
            } else {
                self.tokenizer.cur as i32 - self.tokenizer.line_start as i32
            }
        } else {
            token.col_offset + 1
        };
        let end_col = if token.end_col_offset == -1 { -1 } else { token.end_col_offset + 1 };
        let span = Span { lineno: token.lineno, col, end_lineno: token.end_lineno, end_col };
        self.raise(kind, message, span);
    }

    /// An error at a token (`RAISE_SYNTAX_ERROR_KNOWN_LOCATION`).
    pub fn raise_at_token(&mut self, token: &Token, message: String) {
        self.raise_between(
            Location {
                lineno: token.lineno,
                col_offset: token.col_offset,
                end_lineno: token.end_lineno,
                end_col_offset: token.end_col_offset,
            },
            message,
        );
    }

    /// An error at a place in columns from 0 (`RAISE_ERROR_KNOWN_LOCATION`).
    pub fn raise_between(&mut self, location: Location, message: String) {
        let span = Span {
            lineno: location.lineno,
            col: location.col_offset + 1,
            end_lineno: location.end_lineno,
            end_col: location.end_col_offset + 1,
        };
        self.raise(SyntaxErrorKind::SyntaxError, message, span);
    }

    /// An error from a place to where the tokenizer is (`RAISE_SYNTAX_ERROR_STARTING_FROM`).
    pub fn raise_from(&mut self, start: Location, message: String) {
        let span = Span {
            lineno: start.lineno,
            col: start.col_offset + 1,
            end_lineno: self.tokenizer.lineno,
            end_col: self.tokenizer.cur as i32 - self.tokenizer.line_start as i32,
        };
        self.raise(SyntaxErrorKind::SyntaxError, message, span);
    }

    fn raise(&mut self, kind: SyntaxErrorKind, message: String, span: Span) {
        if self.failure.is_some() {
            return;
        }
        let line = self.error_line(span.lineno);
        let offset = char_offset(&line, span.col);
        let end_offset = if span.end_col > 0 { char_offset(&line, span.end_col) } else { span.end_col };
        self.failure = Some(Failure::Syntax(SyntaxError {
            kind,
            message,
            filename: String::new(),
            lineno: span.lineno,
            offset,
            end_lineno: span.end_lineno,
            end_offset,
            text: Some(line),
            context: None,
        }));
    }

    /// The text that an error in `lineno` shows: what the tokenizer holds if it is there still, else that line.
    fn error_line(&self, lineno: i32) -> String {
        let tokenizer = &self.tokenizer;
        if tokenizer.lineno <= lineno && tokenizer.inp > tokenizer.buf {
            return self.text[tokenizer.line_start..tokenizer.inp].to_owned();
        }
        let line = self.source.line(lineno);
        line.strip_suffix('\n').unwrap_or(line).to_owned()
    }

    /// Where a node is: from its first token to its last that is not blank.
    pub fn location(&self, node: NodeId) -> Location {
        let node = self.nodes.get(node);
        let start = &self.tokens[node.start.min(self.tokens.len() - 1)];
        let blank = |token: &&Token| {
            !matches!(token.kind, TokenKind::EndMarker | TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent)
        };
        let tokens = &self.tokens[node.start..node.end.max(node.start)];
        let end = match (node.kind, tokens) {
            (Kind::Token, [token]) => token,
            _ => tokens.iter().rev().find(blank).unwrap_or(start),
        };
        Location {
            lineno: start.lineno,
            col_offset: start.col_offset,
            end_lineno: end.end_lineno,
            end_col_offset: end.end_col_offset,
        }
    }

    fn spot(&self, spot: Spot, captures: &Captures) -> Location {
        let whole = capture(captures, spot.capture);
        let parts = &self.nodes.get(whole).parts;
        let node = match spot.which {
            Which::Whole => Some(whole),
            Which::First => parts.first().copied(),
            Which::Last => parts.last().copied(),
            Which::Iter => parts.last().and_then(|&clause| self.last_of_clause(clause)),
        };
        self.location(node.unwrap_or(whole))
    }

    /// The last expression of a comprehension's clause (`_PyPegen_get_last_comprehension_item`).
    pub fn last_of_clause(&self, clause: NodeId) -> Option<NodeId> {
        self.nodes.elements(clause).last().copied()
    }

    pub fn raise_at_place(&mut self, place: &Place, message: &str, captures: &Captures) {
        let message = self.expand(message, captures);
        match place {
            Place::At(spot) => {
                let location = self.spot(*spot, captures);
                self.raise_between(location, message);
            }
            Place::Range(start, end) => {
                let location = self.spot(*start, captures).to(self.spot(*end, captures));
                self.raise_between(location, message);
            }
            Place::From(start) => {
                let location = self.spot(*start, captures);
                self.raise_from(location, message);
            }
            Place::Here => self.raise_here(message),
            Place::Next => {
                if self.fill() {
                    self.raise_at_index(SyntaxErrorKind::SyntaxError, message, self.mark);
                }
            }
            Place::Indentation => self.raise_last(SyntaxErrorKind::IndentationError, message),
        }
    }

    /// Fills in what a message says of the parts.
    fn expand(&self, message: &str, captures: &Captures) -> String {
        let mut message = message.replace("\\\"", "\"");
        for &(name, node) in captures {
            let token = &self.tokens[self.nodes.get(node).start.min(self.tokens.len() - 1)];
            for (field, value) in [
                ("", self.nodes.kind(node).description()),
                (".text", self.token_text(token)),
                (".line", &token.lineno.to_string()),
            ] {
                message = message.replace(&format!("{{{name}{field}}}"), value);
            }
        }
        message
    }

    /// An error if something in an expression cannot be bound (`RAISE_SYNTAX_ERROR_INVALID_TARGET`).
    pub fn raise_invalid_target(&mut self, target: Target, name: char, captures: &Captures) {
        let Some(invalid) = self.invalid_target(capture(captures, name), target) else {
            return;
        };
        let verb = match target {
            Target::Star | Target::For => "assign to",
            Target::Del => "delete",
        };
        let what = self.nodes.kind(invalid).description();
        self.raise_between(self.location(invalid), format!("cannot {verb} {what}"));
    }

    /// The first part of an expression that cannot be bound (`_PyPegen_get_invalid_target`).
    fn invalid_target(&self, node: NodeId, target: Target) -> Option<NodeId> {
        match self.nodes.kind(node) {
            Kind::ListDisplay | Kind::Tuple => {
                self.nodes.elements(node).into_iter().find_map(|element| self.invalid_target(element, target))
            }
            Kind::Starred if target == Target::Del => Some(node),
            Kind::Starred => {
                let value = self.nodes.elements(node).first().copied()?;
                self.invalid_target(value, target)
            }
            // the `in` of a loop may have been taken for a comparison
            Kind::Compare if target == Target::For => {
                let node = self.nodes.get(node);
                let left = node.parts[0];
                let operator = &self.tokens[self.nodes.get(node.parts[1]).start];
                if self.token_text(operator) == "in" { self.invalid_target(left, target) } else { None }
            }
            Kind::Name | Kind::Subscript | Kind::Attribute => None,
            _ => Some(node),
        }
    }

    /// Looks for errors of the tokenizer in what is left of the source; they come before an error of the grammar
    /// (`_PyPegen_tokenize_full_source_to_check_for_errors`).
    pub fn check_rest_of_source(&mut self) {
        let line = self.tokens.last().map_or(0, |token| token.lineno);
        let found = self.failure.take();
        loop {
            let warnings = self.tokenizer.warnings.len();
            let token = self.tokenizer.next_token();
            if self.raise_fatal_token_warning(warnings) {
                break;
            }
            match token.kind {
                TokenKind::Error => {
                    if let Stop::Error(error) = self.tokenizer.stop.clone() {
                        self.raise_from_tokenizer(error);
                    } else if self.tokenizer.brackets.last().is_some_and(|b| line > b.lineno) {
                        self.raise_unclosed_bracket();
                    }
                    break;
                }
                TokenKind::EndMarker => break,
                _ => {}
            }
        }
        if self.failure.is_none() || self.tokenizer.inside_interpolated() {
            self.failure = found;
        }
    }

    /// Whether the source could go on where it ended.
    pub fn at_end_of_source(&self) -> bool {
        self.tokenizer.stop == Stop::Eof || self.tokenizer.ended_in_string
    }

    /// Whether more than one statement is there in mode `single` (`bad_single_statement`).
    pub fn has_more_statements(&self) -> bool {
        if self.mode != Mode::Single {
            return false;
        }
        let mut rest = self.text[self.tokenizer.cur..].trim_start_matches([' ', '\t', '\n', '\x0c']);
        while let Some(comment) = rest.strip_prefix('#') {
            let line = comment.find('\n').map_or("", |i| &comment[i..]);
            rest = line.trim_start_matches([' ', '\t', '\n', '\x0c']);
        }
        !rest.is_empty()
    }
}

/// The part that has a name.
pub(super) fn capture(captures: &Captures, name: char) -> NodeId {
    captures.iter().find(|(capture, _)| *capture == name).map_or(0, |(_, node)| *node)
}

/// How many characters the first `column` bytes of a line begin (`_PyPegen_byte_offset_to_character_offset`).
fn char_offset(line: &str, column: i32) -> i32 {
    if column <= 0 {
        return column;
    }
    let column = column as usize;
    let bytes = line.as_bytes();
    let within = &bytes[..column.min(bytes.len())];
    let chars = within.iter().filter(|&&b| b & 0xC0 != 0x80).count();
    (chars + usize::from(column > bytes.len())) as i32
}
