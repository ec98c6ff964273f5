//! A tokenizer that fails where CPython's does, with its messages and positions (`Parser/lexer`).
//!
//! The fast path does not go through it: it is for telling what is wrong with a source that does not parse.
//!
//! - `token`: the tokens
//! - `name`: identifiers and string prefixes
//! - `number`: numeric literals
//! - `string`: strings, f-strings and t-strings

mod name;
mod number;
mod string;
mod token;

pub(crate) use number::follows_number;
pub use token::{OP, OPERATORS, Token, TokenKind};

use pvm_bytecode::repr::is_printable;

/// Levels of indentation, brackets and nested f-strings.
const MAX_INDENT: usize = 100;
const MAX_LEVEL: usize = 200;
const TAB_SIZE: usize = 8;

/// Why the tokenizer stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It has not.
    Running,
    /// The source is at its end.
    Eof,
    /// Indentation that matches no outer level.
    Dedent,
    /// Tabs and spaces mixed so that the size of a tab decides.
    TabSpace,
    /// More than 100 levels of indentation.
    TooDeep,
    /// Something behind a line continuation character.
    LineContinuation,
    /// An error with a message of its own.
    Error(TokenizerError),
}

/// An error with a message; offsets count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenizerError {
    pub message: String,
    pub lineno: i32,
    pub offset: i32,
    pub end_offset: i32,
    /// The line without its newline.
    pub text: String,
}

/// A warning of the tokenizer; `error` is what it becomes if a filter says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenizerWarning {
    pub message: String,
    pub error: TokenizerError,
}

/// An opened bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    pub char: u8,
    pub lineno: i32,
    pub col_offset: i32,
}

/// What an f-string or t-string that has begun needs.
#[derive(Debug, Clone)]
struct Interpolated {
    /// `f` or `t`.
    prefix: char,
    quote: u8,
    quote_size: usize,
    raw: bool,
    start: usize,
    line_start: usize,
    lineno: i32,
    /// Whether the next token is text of the string, not of an expression.
    in_text: bool,
    in_format_spec: bool,
    bracket_depth: i32,
    expr_start_depth: i32,
}

/// The state. Fields that the parser's messages look at are public.
pub struct Tokenizer<'a> {
    source: &'a [u8],
    /// Where the next character is.
    pub cur: usize,
    /// The end of the current line, its newline included.
    pub inp: usize,
    /// Where the current line starts; for an error in a string, where the string's line does.
    pub line_start: usize,
    /// Where the line starts in which the token that is being read began.
    pub buf: usize,
    pub lineno: i32,
    pub stop: Stop,
    pub brackets: Vec<Bracket>,
    pub indents: Vec<(usize, usize)>,
    /// Indents to come, or dedents if negative.
    pub pending_indents: i32,
    /// Set for a type comment to be a token.
    pub type_comments: bool,
    /// Set for comments and ends of lines that end no statement to be tokens, and for indents and dedents to have a place, as
    /// `tokenize` wants it.
    pub extra_tokens: bool,
    /// Set when the source ends in a string that could go on.
    pub ended_in_string: bool,
    /// Warnings, in order.
    pub warnings: Vec<TokenizerWarning>,
    in_token: bool,
    at_line_start: bool,
    /// The last token was a comment alone on its line, whose end comes next.
    comment_line: bool,
    strings: Vec<Interpolated>,
}

type Char = Option<u8>;

impl<'a> Tokenizer<'a> {
    /// Tokenizes `source`, whose newlines are normalised.
    pub fn new(source: &'a str) -> Tokenizer<'a> {
        Tokenizer {
            source: source.as_bytes(),
            cur: 0,
            inp: 0,
            buf: 0,
            line_start: 0,
            lineno: 0,
            stop: Stop::Running,
            brackets: Vec::new(),
            indents: vec![(0, 0)],
            pending_indents: 0,
            type_comments: false,
            extra_tokens: false,
            ended_in_string: false,
            warnings: Vec::new(),
            in_token: false,
            at_line_start: true,
            comment_line: false,
            strings: Vec::new(),
        }
    }

    /// Whether the tokenizer is inside an f-string or t-string.
    pub fn inside_interpolated(&self) -> bool {
        !self.strings.is_empty()
    }

    /// `f` or `t`, inside such a string.
    pub fn string_prefix(&self) -> Option<char> {
        self.strings.last().map(|string| string.prefix)
    }

    /// The source between two offsets.
    pub fn text(&self, start: usize, end: usize) -> &'a str {
        std::str::from_utf8(&self.source[start..end]).unwrap_or_default()
    }

    /// The next token; an `Error` token when [`Tokenizer::stop`] says why.
    pub fn next_token(&mut self) -> Token {
        match self.strings.last() {
            Some(string) if string.in_text => self.string_text_token(),
            _ => self.normal_token(),
        }
    }

    fn next_char(&mut self) -> Char {
        if self.cur == self.inp {
            if self.stop != Stop::Running {
                return None;
            }
            if self.inp == self.source.len() {
                self.stop = Stop::Eof;
                return None;
            }
            let rest = &self.source[self.inp..];
            let length = rest.iter().position(|&b| b == b'\n').map_or(rest.len(), |i| i + 1);
            if !self.in_token {
                self.buf = self.cur;
            }
            self.line_start = self.cur;
            self.lineno += 1;
            self.inp += length;
        }
        self.cur += 1;
        Some(self.source[self.cur - 1])
    }

    fn backup(&mut self, char: Char) {
        if char.is_some() {
            self.cur -= 1;
        }
    }

    fn peek(&mut self) -> Char {
        let char = self.next_char();
        self.backup(char);
        char
    }

    /// A token without text.
    fn empty_token(&self, kind: TokenKind) -> Token {
        Token {
            kind,
            start: self.cur,
            end: self.cur,
            lineno: self.lineno,
            col_offset: -1,
            end_lineno: self.lineno,
            end_col_offset: -1,
            level: self.brackets.len(),
        }
    }

    fn token(&self, kind: TokenKind, start: usize, end: usize) -> Token {
        let (end_lineno, end_col_offset) = self.place(end, self.lineno, self.line_start);
        let end_line_start = end - end_col_offset as usize;
        let (lineno, col_offset) = self.place(start, end_lineno, end_line_start);
        Token { kind, start, end, lineno, col_offset, end_lineno, end_col_offset, level: self.brackets.len() }
    }

    /// Line and column of an offset that is not behind a line of which number and start are known.
    fn place(&self, offset: usize, lineno: i32, line_start: usize) -> (i32, i32) {
        let (mut lineno, mut line_start) = (lineno, line_start);
        while offset < line_start {
            let before = &self.source[..line_start - 1];
            lineno -= 1;
            line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        }
        (lineno, (offset - line_start) as i32)
    }

    /// An error at the last character read.
    fn error(&mut self, message: impl Into<String>) -> Token {
        let error = self.error_at(message.into(), None);
        self.fail(error)
    }

    fn fail(&mut self, error: TokenizerError) -> Token {
        self.stop = Stop::Error(error);
        self.empty_token(TokenKind::Error)
    }

    /// An error; the range is in bytes of the line from 1, by default that of the last character read.
    fn error_at(&self, message: String, range: Option<(usize, usize)>) -> TokenizerError {
        let line = &self.source[self.line_start..];
        let length = line.iter().position(|&b| b == b'\n').unwrap_or(line.len());
        let chars = |length| String::from_utf8_lossy(&line[..length]).chars().count();
        let here = self.cur - self.line_start;
        let (offset, end_offset) = range.unwrap_or((here, here));
        let (offset, end_offset) = (chars(offset), chars(end_offset));
        TokenizerError {
            message,
            lineno: self.lineno,
            offset: offset as i32,
            end_offset: end_offset as i32,
            text: String::from_utf8_lossy(&line[..length]).into_owned(),
        }
    }

    fn warn(&mut self, message: String, as_error: String) {
        let error = self.error_at(as_error, None);
        self.warnings.push(TokenizerWarning { message, error });
    }

    fn stop_with(&mut self, stop: Stop) -> Token {
        self.stop = stop;
        self.empty_token(TokenKind::Error)
    }

    /// Reads on behind a backslash; false if that is an error.
    fn continuation_line(&mut self) -> bool {
        if self.next_char() != Some(b'\n') {
            self.stop = Stop::LineContinuation;
            return false;
        }
        let char = self.next_char();
        if char.is_none() {
            self.stop = Stop::Eof;
            self.cur = self.inp;
            return false;
        }
        self.backup(char);
        true
    }

    /// Measures the indentation of a line: whether the line is blank, or the error.
    fn indentation(&mut self) -> Result<bool, Token> {
        let (mut col, mut alt_col, mut continued_col) = (0, 0, 0);
        self.at_line_start = false;
        let char = loop {
            match self.next_char() {
                Some(b' ') => {
                    col += 1;
                    alt_col += 1;
                }
                Some(b'\t') => {
                    col = (col / TAB_SIZE + 1) * TAB_SIZE;
                    alt_col += 1;
                }
                Some(b'\x0c') => {
                    col = 0;
                    alt_col = 0;
                }
                // the first backslash decides how deep what follows is
                Some(b'\\') => {
                    if continued_col == 0 {
                        continued_col = col;
                    }
                    if !self.continuation_line() {
                        return Err(self.empty_token(TokenKind::Error));
                    }
                }
                char => break char,
            }
        };
        self.backup(char);
        let blank = matches!(char, Some(b'#' | b'\n'));
        if blank || !self.brackets.is_empty() {
            return Ok(blank);
        }
        if continued_col != 0 {
            col = continued_col;
            alt_col = continued_col;
        }
        let &(indent, alt_indent) = self.indents.last().unwrap_or(&(0, 0));
        let consistent = if col == indent {
            alt_col == alt_indent
        } else if col > indent {
            if self.indents.len() >= MAX_INDENT {
                self.cur = self.inp;
                return Err(self.stop_with(Stop::TooDeep));
            }
            self.pending_indents += i32::from(alt_col > alt_indent);
            self.indents.push((col, alt_col));
            alt_col > alt_indent
        } else {
            while self.indents.len() > 1 && self.indents.last().is_some_and(|&(i, _)| col < i) {
                self.pending_indents -= 1;
                self.indents.pop();
            }
            let &(indent, alt_indent) = self.indents.last().unwrap_or(&(0, 0));
            if col != indent {
                self.cur = self.inp;
                return Err(self.stop_with(Stop::Dedent));
            }
            alt_col == alt_indent
        };
        if consistent {
            Ok(false)
        } else {
            self.cur = self.inp;
            Err(self.stop_with(Stop::TabSpace))
        }
    }

    fn normal_token(&mut self) -> Token {
        loop {
            self.in_token = false;
            let mut blank = false;
            if self.at_line_start {
                blank = match self.indentation() {
                    Ok(blank) => blank,
                    Err(token) => return token,
                };
            }
            self.in_token = true;
            if self.pending_indents < 0 {
                self.pending_indents += 1;
                return match self.extra_tokens {
                    true => self.token(TokenKind::Dedent, self.cur, self.cur),
                    false => self.empty_token(TokenKind::Dedent),
                };
            }
            if self.pending_indents > 0 {
                self.pending_indents -= 1;
                return match self.extra_tokens {
                    true => self.token(TokenKind::Indent, self.line_start, self.cur),
                    false => self.empty_token(TokenKind::Indent),
                };
            }
            self.peek();
            if let Some(token) = self.token_on_line(blank) {
                return token;
            }
        }
    }

    /// The next token of the current line; `None` at the end of a line that gives no token.
    fn token_on_line(&mut self, blank: bool) -> Option<Token> {
        loop {
            self.in_token = false;
            let mut char = self.next_char();
            while matches!(char, Some(b' ' | b'\t' | b'\x0c')) {
                char = self.next_char();
            }
            let start = self.cur.saturating_sub(usize::from(char.is_some()));
            self.in_token = true;
            if char == Some(b'#') {
                while !matches!(char, None | Some(b'\n')) {
                    char = self.next_char();
                }
                if self.type_comments
                    && let Some(token) = self.type_comment(start, char, blank)
                {
                    return Some(token);
                }
                if self.extra_tokens {
                    self.backup(char);
                    self.comment_line = blank;
                    return Some(self.token(TokenKind::Comment, start, self.cur));
                }
            }
            let Some(char) = char else {
                let ended = self.brackets.is_empty() && self.stop == Stop::Eof;
                return Some(self.empty_token(if ended { TokenKind::EndMarker } else { TokenKind::Error }));
            };
            return Some(match char {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 128.. => self.name_or_string(start, char),
                b'\n' => {
                    self.at_line_start = true;
                    let after_comment = std::mem::take(&mut self.comment_line);
                    if blank || !self.brackets.is_empty() || after_comment {
                        if self.extra_tokens {
                            let mut token = self.token(TokenKind::Nl, start, self.cur - 1);
                            token.end = self.cur;
                            token.end_col_offset += 1;
                            return Some(token);
                        }
                        return None;
                    }
                    let mut token = self.token(TokenKind::Newline, start, self.cur - 1);
                    token.end_col_offset += 1;
                    token
                }
                b'0'..=b'9' => self.number(start, char),
                b'.' => self.dot(start),
                b'\'' | b'"' => self.string(start, char),
                b'\\' => {
                    if !self.continuation_line() {
                        return Some(self.empty_token(TokenKind::Error));
                    }
                    continue;
                }
                _ => self.punctuation(start, char),
            });
        }
    }

    fn dot(&mut self, start: usize) -> Token {
        let second = self.next_char();
        if second.is_some_and(|c| c.is_ascii_digit()) {
            return self.fraction(start, second);
        }
        if second == Some(b'.') {
            let third = self.next_char();
            if third == Some(b'.') {
                return self.operator(start);
            }
            self.backup(third);
        }
        self.backup(second);
        self.operator(start)
    }

    /// A `# type:` comment as a token; `last` is the character it ended at.
    fn type_comment(&mut self, start: usize, last: Char, blank: bool) -> Option<Token> {
        let text = &self.source[start..self.cur];
        let skip = |at: usize| at + text[at..].iter().take_while(|b| b" \t".contains(b)).count();
        let mut at = 1;
        at = skip(at);
        if !text[at..].starts_with(b"type:") {
            return None;
        }
        at = skip(at + 5);
        let body = start + at;
        let ignore =
            text[at..].starts_with(b"ignore") && !text.get(at + 6).is_some_and(|&b| b >= 128 || b.is_ascii_alphanumeric());
        self.backup(last);
        if !ignore {
            return Some(self.token(TokenKind::TypeComment, body, self.cur));
        }
        let mut token = self.token(TokenKind::TypeIgnore, body + 6, self.cur);
        if blank {
            // alone on its line it takes the newline, too
            self.next_char();
            self.at_line_start = true;
            token.end = self.cur;
        }
        Some(token)
    }

    fn operator(&mut self, start: usize) -> Token {
        let text = self.text(start, self.cur);
        match TokenKind::operator(text) {
            Some(kind) => self.token(kind, start, self.cur),
            None => self.token(TokenKind::Unknown, start, self.cur),
        }
    }

    fn punctuation(&mut self, start: usize, char: u8) -> Token {
        if char == b':'
            && let Some(string) = self.strings.last_mut()
            && string.expr_start_depth >= 0
            && string.bracket_depth - 1 == string.expr_start_depth
        {
            string.in_text = true;
            string.in_format_spec = true;
            return self.operator(start);
        }
        // the longest operator that the next three characters make
        let second = self.next_char();
        let pair = self.text_is_operator(start);
        if second.is_some() && pair {
            let third = self.next_char();
            if third.is_none() || !self.text_is_operator(start) {
                self.backup(third);
            }
            return self.operator(start);
        }
        self.backup(second);
        match char {
            b'(' | b'[' | b'{' => {
                if self.brackets.len() >= MAX_LEVEL {
                    return self.error("too many nested parentheses");
                }
                self.brackets.push(Bracket { char, lineno: self.lineno, col_offset: (start - self.line_start) as i32 });
                if let Some(string) = self.strings.last_mut() {
                    string.bracket_depth += 1;
                }
            }
            b')' | b']' | b'}' => {
                if let Some(token) = self.close_bracket(char) {
                    return token;
                }
            }
            _ => {}
        }
        if !is_printable(char::from(char)) {
            return self.error(format!("invalid non-printable character U+{char:04X}"));
        }
        if TokenKind::operator(self.text(start, self.cur)).is_none() {
            return self.token(TokenKind::Unknown, start, self.cur);
        }
        self.operator(start)
    }

    fn text_is_operator(&self, start: usize) -> bool {
        TokenKind::operator(self.text(start, self.cur)).is_some()
    }

    /// The error of a bracket that is closed by one of another kind.
    fn mismatch(&mut self, open: Bracket, shown: char) -> Token {
        if let Some(string) = self.strings.last()
            && open.char == b'{'
            && string.bracket_depth - 1 == string.expr_start_depth
        {
            let message = format!("{}-string: unmatched '{shown}'", string.prefix);
            return self.error(message);
        }
        let mut message = format!("closing parenthesis '{shown}' does not match opening parenthesis '{}'", char::from(open.char));
        if open.lineno != self.lineno {
            message.push_str(&format!(" on line {}", open.lineno));
        }
        self.error(message)
    }

    /// Closes a bracket; a token if that is an error.
    fn close_bracket(&mut self, char: u8) -> Option<Token> {
        let shown = char::from(char);
        if let Some(string) = self.strings.last()
            && string.bracket_depth == 0
            && char == b'}'
        {
            let message = format!("{}-string: single '}}' is not allowed", string.prefix);
            return Some(self.error(message));
        }
        match self.brackets.pop() {
            // `tokenize` is also given parts of sources.
            _ if self.extra_tokens => {}
            None => return Some(self.error(format!("unmatched '{shown}'"))),
            Some(open) if matches!((open.char, char), (b'(', b')') | (b'[', b']') | (b'{', b'}')) => {}
            Some(open) => return Some(self.mismatch(open, shown)),
        }
        if let Some(string) = self.strings.last_mut() {
            string.bracket_depth -= 1;
            if string.bracket_depth < 0 {
                let message = format!("{}-string: unmatched '{shown}'", string.prefix);
                return Some(self.error(message));
            }
            if char == b'}' && string.bracket_depth == string.expr_start_depth {
                string.expr_start_depth -= 1;
                string.in_text = true;
                string.in_format_spec = false;
            }
        }
        None
    }
}
