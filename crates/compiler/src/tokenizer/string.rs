//! String literals, and the text of f-strings and t-strings.

use super::{Interpolated, Stop, Token, TokenKind, Tokenizer};
use crate::lower::invalid_escape_message;

/// Levels of strings within strings, and of format specifiers within each other.
const MAX_STRING_LEVEL: usize = 150;
const MAX_EXPR_NESTING: i32 = 3;

impl Tokenizer<'_> {
    /// A string without replacement fields, whose first quote is read.
    pub(super) fn string(&mut self, start: usize, quote: u8) -> Token {
        let first_lineno = self.lineno;
        let first_line_start = self.line_start;
        let mut quote_size = 1;
        let mut end_quotes = 0;
        let mut char = self.next_char();
        if char == Some(quote) {
            char = self.next_char();
            if char == Some(quote) {
                quote_size = 3;
            } else {
                end_quotes = 1;
            }
        }
        if char != Some(quote) {
            self.backup(char);
        }
        let mut escaped_quote = false;
        while end_quotes != quote_size {
            let char = self.next_char();
            if char.is_none() || quote_size == 1 && char == Some(b'\n') {
                let detected = self.lineno;
                self.ended_in_string = char.is_none();
                self.cur = start + 1;
                self.line_start = first_line_start;
                self.lineno = first_lineno;
                return self.unterminated(quote, quote_size, escaped_quote, detected);
            }
            if char == Some(quote) {
                end_quotes += 1;
                continue;
            }
            end_quotes = 0;
            if char == Some(b'\\') && self.next_char() == Some(quote) {
                escaped_quote = true;
            }
        }
        self.token(TokenKind::String, start, self.cur)
    }

    fn unterminated(&mut self, quote: u8, quote_size: usize, escaped_quote: bool, detected: i32) -> Token {
        // a quote that would close the f-string around it means a missing brace
        if let Some(string) = self.strings.last()
            && string.quote == quote
            && string.quote_size == quote_size
        {
            let message = format!("{}-string: expecting '}}'", string.prefix);
            return self.error(message);
        }
        let triple = if quote_size == 3 { "triple-quoted " } else { "" };
        let hint = if escaped_quote && quote_size == 1 { "; perhaps you escaped the end quote?" } else { "" };
        self.error(format!("unterminated {triple}string literal (detected at line {detected}){hint}"))
    }

    /// The beginning of an f-string or t-string, whose first quote is read.
    pub(super) fn string_start(&mut self, start: usize, quote: u8, prefix: char, raw: bool) -> Token {
        let mut quote_size = 1;
        let second = self.next_char();
        if second == Some(quote) {
            let third = self.next_char();
            if third == Some(quote) {
                quote_size = 3;
            } else {
                self.backup(third);
                self.backup(second);
            }
        } else {
            self.backup(second);
        }
        if self.strings.len() + 1 >= MAX_STRING_LEVEL {
            return self.error("too many nested f-strings or t-strings");
        }
        self.strings.push(Interpolated {
            prefix,
            quote,
            quote_size,
            raw,
            start,
            line_start: self.line_start,
            lineno: self.lineno,
            in_text: true,
            in_format_spec: false,
            bracket_depth: 0,
            expr_start_depth: -1,
        });
        let kind = match prefix {
            'f' => TokenKind::FStringStart,
            _ => TokenKind::TStringStart,
        };
        self.token(kind, start, self.cur)
    }

    /// The next token while the text of an f-string or t-string is read.
    pub(super) fn string_text_token(&mut self) -> Token {
        let start = self.cur;
        self.in_token = true;
        let Some(string) = self.strings.last() else {
            return self.normal_token();
        };
        let (prefix, quote, quote_size) = (string.prefix, string.quote, string.quote_size);
        let (middle_kind, end_kind) = match prefix {
            'f' => (TokenKind::FStringMiddle, TokenKind::FStringEnd),
            _ => (TokenKind::TStringMiddle, TokenKind::TStringEnd),
        };
        let first = self.next_char();
        if first == Some(b'{') {
            let second = self.peek();
            self.backup(first);
            if second != Some(b'{') || self.in_format_spec() {
                return match self.enter_expression() {
                    Some(token) => token,
                    None => self.normal_token(),
                };
            }
        } else {
            self.backup(first);
        }
        let rest = &self.source[self.cur..];
        if rest.len() >= quote_size && rest[..quote_size].iter().all(|&b| b == quote) {
            for _ in 0..quote_size {
                self.next_char();
            }
            self.strings.pop();
            return self.token(end_kind, start, self.cur);
        }
        let end = match self.string_text(quote, quote_size) {
            Ok(end) => end,
            Err(token) => return token,
        };
        let mut token = self.token(middle_kind, start, end);
        // the second of two braces belongs to the token's place, not to its text
        token.end_col_offset += (self.cur - end) as i32;
        token
    }

    fn in_format_spec(&self) -> bool {
        self.strings.last().is_some_and(|string| string.in_format_spec && string.expr_start_depth >= 0)
    }

    /// Leaves the text for the expression whose brace comes next; a token if they are nested too deeply.
    fn enter_expression(&mut self) -> Option<Token> {
        let string = self.strings.last_mut()?;
        string.expr_start_depth += 1;
        if string.expr_start_depth >= MAX_EXPR_NESTING {
            let message = format!("{}-string: expressions nested too deeply", string.prefix);
            return Some(self.error(message));
        }
        string.in_text = false;
        string.in_format_spec = false;
        None
    }

    /// Reads text up to a brace or the closing quotes; gives its end.
    fn string_text(&mut self, quote: u8, quote_size: usize) -> Result<usize, Token> {
        let mut end_quotes = 0;
        let mut named_escape = false;
        while end_quotes != quote_size {
            let char = self.next_char();
            let in_format_spec = self.in_format_spec();
            if char.is_none() || quote_size == 1 && char == Some(b'\n') {
                self.ended_in_string = char.is_none() && quote_size == 3;
                return Err(self.unterminated_text(in_format_spec && char.is_some()));
            }
            if char == Some(quote) {
                end_quotes += 1;
                continue;
            }
            end_quotes = 0;
            match char {
                Some(b'{') => {
                    let next = self.next_char();
                    if next == Some(b'{') && !in_format_spec {
                        return Ok(self.cur - 1);
                    }
                    self.backup(next);
                    self.backup(char);
                    return match self.enter_expression() {
                        Some(token) => Err(token),
                        None => Ok(self.cur),
                    };
                }
                Some(b'}') if named_escape => return Ok(self.cur),
                Some(b'}') => {
                    let next = self.next_char();
                    let depth = self.strings.last().map_or(0, |string| string.bracket_depth);
                    if next == Some(b'}') && !in_format_spec && depth == 0 {
                        return Ok(self.cur - 1);
                    }
                    self.backup(next);
                    self.backup(char);
                    if let Some(string) = self.strings.last_mut() {
                        string.in_text = false;
                        string.in_format_spec = false;
                    }
                    return Ok(self.cur);
                }
                Some(b'\\') => named_escape |= self.escape_in_text(),
                _ => {}
            }
        }
        self.cur -= quote_size;
        Ok(self.cur)
    }

    /// Reads what is behind a backslash; whether that begins a `\N{…}`.
    fn escape_in_text(&mut self) -> bool {
        let raw = self.strings.last().is_some_and(|string| string.raw);
        let next = self.next_char();
        if let Some(brace @ (b'{' | b'}')) = next {
            if !raw {
                let text = char::from(brace).to_string();
                let message = |as_error| invalid_escape_message(&text, as_error);
                self.warn(message(false), message(true));
            }
            self.backup(next);
            return false;
        }
        if !raw && next == Some(b'N') {
            let next = self.next_char();
            if next == Some(b'{') {
                return true;
            }
            self.backup(next);
        }
        false
    }

    fn unterminated_text(&mut self, newline_in_format_spec: bool) -> Token {
        let Some(string) = self.strings.last() else {
            return self.stop_with(Stop::Eof);
        };
        let prefix = string.prefix;
        if newline_in_format_spec {
            let message =
                format!("{prefix}-string: newlines are not allowed in format specifiers for single quoted {prefix}-strings");
            return self.error(message);
        }
        let triple = if string.quote_size == 3 { "triple-quoted " } else { "" };
        let detected = self.lineno;
        self.cur = string.start + 1;
        self.line_start = string.line_start;
        self.lineno = string.lineno;
        self.error(format!("unterminated {triple}{prefix}-string literal (detected at line {detected})"))
    }
}
