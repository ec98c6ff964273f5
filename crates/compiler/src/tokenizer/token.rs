//! Tokens, and the table of operators.

/// What a token is. Keywords are [`TokenKind::Name`]s here; the parser tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum TokenKind {
    EndMarker,
    Name,
    Number,
    String,
    Newline,
    Indent,
    Dedent,
    /// An operator or delimiter: its index in [`OPERATORS`].
    Op(u8),
    TypeIgnore,
    TypeComment,
    FStringStart,
    FStringMiddle,
    FStringEnd,
    TStringStart,
    TStringMiddle,
    TStringEnd,
    /// A comment; only with [`extra_tokens`](super::Tokenizer::extra_tokens).
    Comment,
    /// The end of a line that ends no statement; only with `extra_tokens`.
    Nl,
    /// A character that begins no token.
    Unknown,
    /// An error, or the end of the source where it must not end.
    Error,
}

/// The number that stands for any operator.
pub const OP: u8 = 55;

/// The operators and delimiters, in the order of CPython's token numbers.
pub const OPERATORS: [&str; 48] = [
    "(", ")", "[", "]", ":", ",", ";", "+", "-", "*", "/", "|", "&", "<", ">", "=", ".", "%", "{", "}", "==", "!=", "<=", ">=",
    "~", "^", "<<", ">>", "**", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//", "//=", "@", "@=",
    "->", "...", ":=", "!",
];

impl TokenKind {
    /// CPython's number of the token (`Lib/token.py`).
    pub fn number(self) -> u8 {
        match self {
            TokenKind::EndMarker => 0,
            TokenKind::Name => 1,
            TokenKind::Number => 2,
            TokenKind::String => 3,
            TokenKind::Newline => 4,
            TokenKind::Indent => 5,
            TokenKind::Dedent => 6,
            TokenKind::Op(index) => 7 + index,
            TokenKind::Unknown => OP,
            TokenKind::TypeIgnore => 56,
            TokenKind::TypeComment => 57,
            TokenKind::FStringStart => 59,
            TokenKind::FStringMiddle => 60,
            TokenKind::FStringEnd => 61,
            TokenKind::TStringStart => 62,
            TokenKind::TStringMiddle => 63,
            TokenKind::TStringEnd => 64,
            TokenKind::Comment => 65,
            TokenKind::Nl => 66,
            TokenKind::Error => 67,
        }
    }

    /// Whether the token is a string or a part of one.
    pub fn is_string_literal(self) -> bool {
        matches!(
            self,
            TokenKind::String
                | TokenKind::FStringStart
                | TokenKind::FStringMiddle
                | TokenKind::FStringEnd
                | TokenKind::TStringStart
                | TokenKind::TStringMiddle
                | TokenKind::TStringEnd
        )
    }

    /// The kind of an operator's text.
    pub fn operator(text: &str) -> Option<TokenKind> {
        let index = OPERATORS.iter().position(|op| *op == text)?;
        Some(TokenKind::Op(index as u8))
    }
}

/// A token with its place. Columns are UTF-8 bytes; -1 where CPython has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    /// Byte offsets in the source.
    pub start: usize,
    pub end: usize,
    pub lineno: i32,
    pub col_offset: i32,
    pub end_lineno: i32,
    pub end_col_offset: i32,
    /// How many brackets are open behind it.
    pub level: usize,
}
