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
    /// A character that begins no token.
    Unknown,
    /// An error, or the end of the source where it must not end.
    Error,
}

/// The operators and delimiters, in the order of CPython's token numbers.
pub const OPERATORS: [&str; 48] = [
    "(", ")", "[", "]", ":", ",", ";", "+", "-", "*", "/", "|", "&", "<", ">", "=", ".", "%", "{",
    "}", "==", "!=", "<=", ">=", "~", "^", "<<", ">>", "**", "+=", "-=", "*=", "/=", "%=", "&=",
    "|=", "^=", "<<=", ">>=", "**=", "//", "//=", "@", "@=", "->", "...", ":=", "!",
];

impl TokenKind {
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
