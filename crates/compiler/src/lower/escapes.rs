//! What the escapes of a string or bytes literal mean, with the errors and warnings of CPython's codecs.
//!
//! CPython rewrites characters outside ASCII as `\UXXXXXXXX` before it decodes, and counts positions in that text;
//! [`Counted`] keeps the same count.

use crate::ast::Text;

/// The first escape of a literal that means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvalidEscape {
    /// What stands behind the backslash: a character, or octal digits of a value above 0o377.
    pub(crate) text: String,
    /// Newlines before it in the literal.
    pub(crate) lines: i32,
    /// Where its backslash stands: bytes since the last newline, or since the literal's text began.
    pub(crate) column: i32,
}

impl InvalidEscape {
    /// The warning's message, or the message of the error that a filter makes of it.
    pub(crate) fn message(&self, as_error: bool) -> String {
        invalid_escape_message(&self.text, as_error)
    }
}

/// What is said of a backslash in front of `text`; `as_error` when a filter makes an error of the warning.
pub(crate) fn invalid_escape_message(text: &str, as_error: bool) -> String {
    let octal = if text.len() > 1 { "octal " } else { "" };
    let future = if as_error { "" } else { " Such sequences will not work in the future." };
    format!(
        "\"\\{text}\" is an invalid {octal}escape sequence.{future} Did you mean \"\\\\{text}\"? A raw string is also an \
         option."
    )
}

/// The message of a bytes literal with other characters.
pub(crate) const NOT_ASCII: &str = "bytes can only contain ASCII literal characters";

/// What a string literal with its prefix and quotes is.
pub(crate) struct Literal {
    pub(crate) bytes: bool,
    pub(crate) invalid_escape: Option<InvalidEscape>,
    /// The quotes that the literal begins with; none if it has a prefix.
    pub(crate) quotes: i32,
}

/// Checks a string literal; an error is the message of what is wrong.
pub(crate) fn check_literal(literal: &str) -> Result<Literal, String> {
    let quote = literal.find(['\'', '"']).unwrap_or_default();
    let (prefix, quoted) = literal.split_at(quote);
    let triple = quoted.len() >= 6 && (quoted.starts_with("'''") || quoted.starts_with("\"\"\""));
    let size = if triple { 3 } else { 1 };
    let body = &quoted[size..quoted.len() - size];
    let bytes = prefix.contains(['b', 'B']);
    if bytes && !body.is_ascii() {
        return Err(NOT_ASCII.to_owned());
    }
    let invalid_escape = match (prefix.contains(['r', 'R']), bytes) {
        (true, _) => None,
        (false, true) => decode_bytes(body)?.1,
        (false, false) => decode_str(body)?.1,
    };
    Ok(Literal { bytes, invalid_escape, quotes: if prefix.is_empty() { size as i32 } else { 0 } })
}

/// Checks text of an f-string or t-string that is not raw.
pub(crate) fn check_text(text: &str) -> Result<Option<InvalidEscape>, String> {
    decode_str(text).map(|(_, invalid)| invalid)
}

/// A literal's value with the first invalid escape in it.
pub(crate) type Decoded<T> = Result<(T, Option<InvalidEscape>), String>;

/// Follows the position in CPython's rewritten text.
#[derive(Default)]
struct Counted {
    position: usize,
    lines: i32,
    line_start: usize,
}

impl Counted {
    fn advance(&mut self, char: char) {
        self.position += if char.is_ascii() { 1 } else { 10 };
        if char == '\n' {
            self.lines += 1;
            self.line_start = self.position;
        }
    }

    fn invalid(&self, start: usize, text: &str) -> InvalidEscape {
        InvalidEscape { text: text.to_owned(), lines: self.lines, column: (start - self.line_start) as i32 }
    }
}

/// Decodes the text between the quotes of a string literal that is not raw. An error is the codec's message.
pub(crate) fn decode_str(source: &str) -> Decoded<Text> {
    let mut out = Vec::with_capacity(source.len());
    let mut invalid = None;
    let mut at = Counted::default();
    let mut rest = source;
    let mut surrogates = false;
    while let Some(char) = rest.chars().next() {
        let start = at.position;
        rest = &rest[char.len_utf8()..];
        at.advance(char);
        if char != '\\' {
            push(&mut out, char);
            continue;
        }
        let Some(escape) = rest.chars().next() else {
            out.push(b'\\');
            break;
        };
        if !escape.is_ascii() {
            out.push(b'\\');
            at.position += 5;
            continue;
        }
        rest = &rest[1..];
        if let Some(byte) = simple_escape(escape) {
            out.push(byte);
            at.advance(escape);
            continue;
        }
        let digits = match escape {
            '\n' => {
                at.advance(escape);
                continue;
            }
            '0'..='7' => {
                let (digits, value) = octal(escape, &mut rest);
                at.position += digits.len();
                if value > 0o377 && invalid.is_none() {
                    invalid = Some(at.invalid(start, &digits));
                }
                push(&mut out, char::from_u32(value).unwrap_or_default());
                continue;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            'N' => {
                at.position += 1;
                let char = named_character(&mut rest, &mut at).map_err(|reason| unicode_error(start, at.position, reason))?;
                push(&mut out, char);
                continue;
            }
            _ => {
                if invalid.is_none() {
                    invalid = Some(at.invalid(start, &escape.to_string()));
                }
                out.push(b'\\');
                push(&mut out, escape);
                at.advance(escape);
                continue;
            }
        };
        at.position += 1;
        let found = rest.bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
        at.position += found;
        if found < digits {
            let reason = match escape {
                'x' => "truncated \\xXX escape",
                'u' => "truncated \\uXXXX escape",
                _ => "truncated \\UXXXXXXXX escape",
            };
            return Err(unicode_error(start, at.position, reason));
        }
        let value = u32::from_str_radix(&rest[..digits], 16).unwrap_or(u32::MAX);
        rest = &rest[digits..];
        match char::from_u32(value) {
            Some(char) => push(&mut out, char),
            None if value < 0x11_0000 => {
                surrogates = true;
                out.extend([0xE0 | (value >> 12) as u8, 0x80 | (value >> 6 & 0x3F) as u8, 0x80 | (value & 0x3F) as u8]);
            }
            None => {
                let reason = "illegal Unicode character";
                return Err(unicode_error(start, at.position, reason));
            }
        }
    }
    let text = if surrogates { Text::from_wtf8(&out) } else { std::str::from_utf8(&out).ok().map(Text::from) };
    Ok((text.unwrap_or_default(), invalid))
}

/// Decodes the text between the quotes of a bytes literal that is not raw; it is ASCII. An error is the codec's message.
pub(crate) fn decode_bytes(source: &str) -> Decoded<Vec<u8>> {
    let mut out = Vec::with_capacity(source.len());
    let mut invalid = None;
    let mut at = Counted::default();
    let mut rest = source;
    while let Some(char) = rest.chars().next() {
        let start = at.position;
        rest = &rest[char.len_utf8()..];
        at.advance(char);
        if char != '\\' {
            push(&mut out, char);
            continue;
        }
        let Some(escape) = rest.chars().next() else {
            return Err("(value error) Trailing \\ in string".to_owned());
        };
        rest = &rest[escape.len_utf8()..];
        if let Some(byte) = simple_escape(escape) {
            out.push(byte);
            at.advance(escape);
            continue;
        }
        match escape {
            '\n' => at.advance(escape),
            '0'..='7' => {
                let (digits, value) = octal(escape, &mut rest);
                at.position += digits.len();
                if value > 0o377 && invalid.is_none() {
                    invalid = Some(at.invalid(start, &digits));
                }
                out.push(value as u8);
            }
            'x' => {
                let value = rest.get(..2).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
                let Some(hex) = value else {
                    return Err(format!("(value error) invalid \\x escape at position {start}"));
                };
                out.push(u8::from_str_radix(hex, 16).unwrap_or_default());
                rest = &rest[2..];
                at.position += 3;
            }
            _ => {
                if invalid.is_none() {
                    invalid = Some(at.invalid(start, &escape.to_string()));
                }
                out.push(b'\\');
                push(&mut out, escape);
                at.advance(escape);
            }
        }
    }
    Ok((out, invalid))
}

fn push(out: &mut Vec<u8>, char: char) {
    out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
}

/// The byte of an escape of one character.
fn simple_escape(escape: char) -> Option<u8> {
    Some(match escape {
        '\\' => b'\\',
        '\'' => b'\'',
        '"' => b'"',
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0C,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0B,
        _ => return None,
    })
}

/// Up to three octal digits, the first of which is taken already, and their value.
fn octal(first: char, rest: &mut &str) -> (String, u32) {
    let more = rest.bytes().take(2).take_while(|b| (b'0'..b'8').contains(b)).count();
    let digits = format!("{first}{}", &rest[..more]);
    *rest = &rest[more..];
    let value = u32::from_str_radix(&digits, 8).unwrap_or_default();
    (digits, value)
}

/// The character of `\N{…}`, whose `\N` is taken already.
fn named_character(rest: &mut &str, at: &mut Counted) -> Result<char, &'static str> {
    const MALFORMED: &str = "malformed \\N character escape";
    let Some(inner) = rest.strip_prefix('{') else {
        return Err(MALFORMED);
    };
    at.position += 1;
    let length = inner.find('}').unwrap_or(inner.len());
    let (name, behind) = inner.split_at(length);
    for char in name.chars() {
        at.advance(char);
    }
    let Some(behind) = behind.strip_prefix('}').filter(|_| !name.is_empty()) else {
        return Err(MALFORMED);
    };
    at.position += 1;
    *rest = behind;
    let character = crate::names::character(name).and_then(char::from_u32);
    character.ok_or("unknown Unicode character name")
}

fn unicode_error(start: usize, end: usize, reason: &str) -> String {
    let last = end - 1;
    if last == start {
        format!("(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position {start}: {reason}")
    } else {
        format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{last}: {reason}")
    }
}
