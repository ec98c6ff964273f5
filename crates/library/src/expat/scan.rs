//! The smallest parts of XML: characters, names, references, tags, comments, instructions. Everything here looks at text
//! and changes nothing.

use std::ops::Range;

use super::names::{is_in_name, starts_name};

/// Why a part could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The text ends within it.
    Partial,
    /// What stands there cannot be.
    Bad(usize),
    /// An XML declaration in the wrong place.
    Misplaced,
}

/// A part, or why there is none.
pub type Scan<T> = Result<T, Stop>;

/// Whether a character may stand in a document.
pub fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Whether a byte is white space.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The character there.
pub fn char_at(text: &str, at: usize) -> Scan<char> {
    text[at..].chars().next().ok_or(Stop::Partial)
}

/// The end of the white space there.
pub fn skip_space(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    at + bytes[at..].iter().take_while(|&&byte| is_space(byte)).count()
}

/// The end of the name characters there.
pub fn name_token_end(text: &str, at: usize) -> Scan<usize> {
    for (offset, c) in text[at..].char_indices() {
        if !is_in_name(c) {
            return Ok(at + offset);
        }
    }
    Err(Stop::Partial)
}

/// The end of the name there. With namespaces, a name has one colon at most, within it.
pub fn name_end(text: &str, at: usize, namespaces: bool) -> Scan<usize> {
    let first = char_at(text, at)?;
    if !starts_name(first) || namespaces && first == ':' {
        return Err(Stop::Bad(at));
    }
    let end = name_token_end(text, at)?;
    if namespaces && let Some(colon) = text[at..end].find(':') {
        let rest = at + colon + 1;
        if rest == end || !starts_name(char_at(text, rest)?) {
            return Err(Stop::Bad(rest));
        }
        if let Some(second) = text[rest..end].find(':') {
            return Err(Stop::Bad(rest + second));
        }
    }
    Ok(end)
}

/// A reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reference {
    /// To a character by number; `None` where there is no such.
    Character(Option<char>),
    /// To an entity by name.
    Entity(Range<usize>),
}

/// The reference that begins with the `&` there, and its end.
pub fn reference(text: &str, at: usize, namespaces: bool) -> Scan<(Reference, usize)> {
    let bytes = text.as_bytes();
    let after = at + 1;
    if *bytes.get(after).ok_or(Stop::Partial)? != b'#' {
        let end = name_end(text, after, namespaces)?;
        return match bytes[end] {
            b';' => Ok((Reference::Entity(after..end), end + 1)),
            _ => Err(Stop::Bad(end)),
        };
    }
    let hexadecimal = *bytes.get(after + 1).ok_or(Stop::Partial)? == b'x';
    let (start, radix) = if hexadecimal { (after + 2, 16) } else { (after + 1, 10) };
    let mut number = 0_u32;
    for (offset, &byte) in bytes[start..].iter().enumerate() {
        match char::from(byte).to_digit(radix) {
            Some(digit) => number = number.saturating_mul(radix).saturating_add(digit).min(0x11_0000),
            None if byte == b';' && offset > 0 => {
                let character = char::from_u32(number).filter(|&c| is_char(c));
                return Ok((Reference::Character(character), start + offset + 1));
            }
            None => return Err(Stop::Bad(start + offset)),
        }
    }
    Err(Stop::Partial)
}

/// The character of an entity that every document has.
pub fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// An attribute as it is written.
#[derive(Debug)]
pub struct RawAttribute {
    pub name: Range<usize>,
    pub value: Range<usize>,
}

/// A start tag as it is written.
#[derive(Debug)]
pub struct StartTag {
    pub name: Range<usize>,
    pub attributes: Vec<RawAttribute>,
    pub empty: bool,
    pub end: usize,
}

/// The start tag that begins with the `<` there.
pub fn start_tag(text: &str, at: usize, namespaces: bool) -> Scan<StartTag> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().ok_or(Stop::Partial);
    let mut end = name_end(text, at + 1, namespaces)?;
    let name = at + 1..end;
    let mut attributes = Vec::new();
    loop {
        let next = skip_space(text, end);
        match byte(next)? {
            b'>' => return Ok(StartTag { name, attributes, empty: false, end: next + 1 }),
            b'/' => {
                return match byte(next + 1)? {
                    b'>' => Ok(StartTag { name, attributes, empty: true, end: next + 2 }),
                    _ => Err(Stop::Bad(next + 1)),
                };
            }
            _ if next == end => return Err(Stop::Bad(next)),
            _ => {}
        }
        let name_end = name_end(text, next, namespaces)?;
        let equals = skip_space(text, name_end);
        if byte(equals)? != b'=' {
            return Err(Stop::Bad(equals));
        }
        let quote_at = skip_space(text, equals + 1);
        let quote = byte(quote_at)?;
        if quote != b'"' && quote != b'\'' {
            return Err(Stop::Bad(quote_at));
        }
        let close = attribute_value_end(text, quote_at + 1, quote, namespaces)?;
        attributes.push(RawAttribute { name: next..name_end, value: quote_at + 1..close });
        end = close + 1;
        byte(end)?;
    }
}

/// Where the attribute's value that begins there has its quote.
fn attribute_value_end(text: &str, start: usize, quote: u8, namespaces: bool) -> Scan<usize> {
    let mut at = start;
    loop {
        let c = char_at(text, at)?;
        match c {
            _ if c == char::from(quote) => return Ok(at),
            '<' => return Err(Stop::Bad(at)),
            '&' => at = reference(text, at, namespaces)?.1,
            _ if !is_char(c) => return Err(Stop::Bad(at)),
            _ => at += c.len_utf8(),
        }
    }
}

/// The end tag that begins with the `<` there: its name and its end.
pub fn end_tag(text: &str, at: usize, namespaces: bool) -> Scan<(Range<usize>, usize)> {
    let end = name_end(text, at + 2, namespaces)?;
    let close = skip_space(text, end);
    match text.as_bytes().get(close) {
        None => Err(Stop::Partial),
        Some(b'>') => Ok((at + 2..end, close + 1)),
        Some(_) => Err(Stop::Bad(close)),
    }
}

/// Whether the text there is `expected`, as far as it goes.
pub fn expect(text: &str, at: usize, expected: &str) -> Scan<()> {
    for (offset, byte) in expected.bytes().enumerate() {
        match text.as_bytes().get(at + offset) {
            None => return Err(Stop::Partial),
            Some(&found) if found != byte => return Err(Stop::Bad(at + offset)),
            Some(_) => {}
        }
    }
    Ok(())
}

fn check_chars(text: &str, range: Range<usize>) -> Scan<()> {
    match text[range.clone()].char_indices().find(|&(_, c)| !is_char(c)) {
        Some((offset, _)) => Err(Stop::Bad(range.start + offset)),
        None => Ok(()),
    }
}

/// The comment that begins with the `<!--` there: its text and its end.
pub fn comment(text: &str, at: usize) -> Scan<(Range<usize>, usize)> {
    expect(text, at, "<!--")?;
    let start = at + 4;
    let Some(dashes) = text[start..].find("--").map(|offset| start + offset) else {
        check_chars(text, start..text.len())?;
        return Err(Stop::Partial);
    };
    check_chars(text, start..dashes)?;
    match text.as_bytes().get(dashes + 2) {
        None => Err(Stop::Partial),
        Some(b'>') => Ok((start..dashes, dashes + 3)),
        Some(_) => Err(Stop::Bad(dashes + 2)),
    }
}

/// The instruction that begins with the `<?` there: target, data, end.
pub fn instruction(text: &str, at: usize, namespaces: bool) -> Scan<(Range<usize>, Range<usize>, usize)> {
    let start = at + 2;
    let end = name_end(text, start, namespaces)?;
    let target = &text[start..end];
    if let Some(colon) = target.find(':').filter(|_| namespaces) {
        return Err(Stop::Bad(start + colon));
    }
    if target == "xml" {
        return Err(Stop::Misplaced);
    }
    if target.eq_ignore_ascii_case("xml") {
        return Err(Stop::Bad(end));
    }
    let data = skip_space(text, end);
    let Some(close) = text[end..].find("?>").map(|offset| end + offset) else {
        check_chars(text, end..text.len())?;
        if data == end && !text[end..].starts_with('?') {
            return Err(Stop::Bad(end));
        }
        return Err(Stop::Partial);
    };
    if data == end && close != end {
        return Err(Stop::Bad(end));
    }
    check_chars(text, end..close)?;
    Ok((start..end, data.min(close)..close, close + 2))
}

/// Lines that end as Unix has it.
pub fn with_newlines(text: &str) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.to_owned(),
    }
}
