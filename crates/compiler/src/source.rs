//! From bytes to text (PEP 263), and text with its line starts.

use std::borrow::Cow;

use crate::error::{SyntaxError, SyntaxErrorKind};

/// Where source bytes come from; messages differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Bytes given to `compile`, or read by the import system.
    #[default]
    Bytes,
    /// A script read by the command itself.
    Script,
}

/// Decodes bytes in an encoding that is not native here: `None` when there is no such encoding, else the text or the codec's
/// message.
pub type Decoder<'a> = &'a dyn Fn(&str, &[u8]) -> Option<Result<String, String>>;

/// A program's text: newlines normalised to `\n`, lines indexed.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    line_starts: Vec<u32>,
}

impl SourceText {
    /// Takes text that is already decoded; `\r\n` and `\r` become `\n`.
    pub fn new(text: &str) -> SourceText {
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i as u32 + 1));
        SourceText { text, line_starts }
    }

    /// Decodes `bytes` as their byte order mark or encoding declaration says.
    pub fn from_bytes(
        bytes: &[u8],
        filename: &str,
        origin: Origin,
        decoder: Decoder<'_>,
    ) -> Result<SourceText, Box<SyntaxError>> {
        match origin {
            Origin::Bytes => check_null_bytes(bytes, filename)?,
            Origin::Script => check_script(bytes, filename)?,
        }
        decode(bytes, filename, origin, decoder).map(|text| SourceText::new(&text))
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line (from 1) and column in bytes (from 0) of a byte offset.
    pub fn line_column(&self, offset: u32) -> (i32, i32) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        (line as i32, (offset - self.line_starts[line - 1]) as i32)
    }

    /// The byte offset of a line (from 1) and column in bytes; past the end of the text it is that end.
    pub fn offset(&self, lineno: i32, column: i32) -> u32 {
        let start = self.line_starts.get((lineno - 1).max(0) as usize);
        let end = self.text.len() as u32;
        start.map_or(end, |start| (start + column.max(0) as u32).min(end))
    }

    /// How many lines there are; a newline at the end does not begin another.
    pub fn line_count(&self) -> i32 {
        let count = self.line_starts.len() as i32;
        if self.text.ends_with('\n') { count - 1 } else { count }
    }

    /// The text of line `lineno` (from 1) with its newline, empty when there is no such line.
    pub fn line(&self, lineno: i32) -> &str {
        let index = lineno as usize;
        if lineno < 1 || index > self.line_starts.len() {
            return "";
        }
        let start = self.line_starts[index - 1] as usize;
        let end = self.line_starts.get(index).map_or(self.text.len(), |&end| end as usize);
        &self.text[start..end]
    }

    /// The offset in characters from 1, as `SyntaxError.offset` counts, of a column in bytes.
    pub fn char_offset(&self, lineno: i32, column: i32) -> i32 {
        if column < 0 {
            return 0;
        }
        let line = self.line(lineno).as_bytes();
        let within = &line[..(column as usize).min(line.len())];
        let chars = within.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        let missing_newline = usize::from(!line.ends_with(b"\n"));
        let beyond = (column as usize).saturating_sub(line.len()).min(missing_newline);
        (chars + beyond + 1) as i32
    }
}

/// Refuses null bytes, as `compile` does before it looks at anything else.
pub fn check_null_bytes(bytes: &[u8], filename: &str) -> Result<(), Box<SyntaxError>> {
    if bytes.contains(&0) {
        let message = "source code string cannot contain null bytes".to_owned();
        return Err(unplaced(message, filename, -1));
    }
    Ok(())
}

/// Refuses what CPython's tokenizer of files refuses, line by line: null bytes, and what is not UTF-8 though nothing else is
/// declared.
fn check_script(bytes: &[u8], filename: &str) -> Result<(), Box<SyntaxError>> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let null = body.iter().position(|&byte| byte == 0);
    let declared = declared_encoding(body);
    let is_utf8 = declared.is_none_or(|(encoding, _)| normal_name(encoding) == "utf-8");
    let invalid = if is_utf8 { std::str::from_utf8(body).err().map(|error| error.valid_up_to()) } else { None };
    match (null, invalid) {
        (Some(null), invalid) if invalid.is_none_or(|invalid| null < invalid) => {
            let (lineno, line) = line_at(body, null);
            Err(in_line("source code cannot contain null bytes".to_owned(), filename, lineno, 0, line))
        }
        (_, Some(invalid)) if declared.is_some() => {
            let (lineno, line) = line_at(body, invalid);
            let start = body[..invalid].iter().rposition(|&byte| byte == b'\n').map_or(0, |index| index + 1);
            let reason = match body[invalid] {
                0x80..=0xc1 | 0xf5.. => "invalid start byte",
                _ if body.len() == invalid + 1 => "unexpected end of data",
                _ => "invalid continuation byte",
            };
            let (byte, position) = (body[invalid], invalid - start);
            let message = format!("(unicode error) 'utf-8' codec can't decode byte {byte:#04x} in position {position}: {reason}");
            Err(in_line(message, filename, lineno, 0, line))
        }
        (_, Some(invalid)) => Err(not_utf8(body, invalid, filename, Origin::Script)),
        _ => Ok(()),
    }
}

/// The number of the line that a position is in, and its text up to a null byte.
fn line_at(body: &[u8], at: usize) -> (i32, String) {
    let is_newline = |&b: &u8| b == b'\n';
    let before = &body[..at];
    let lineno = before.iter().filter(|b| is_newline(b)).count() as i32 + 1;
    let start = before.iter().rposition(is_newline).map_or(0, |index| index + 1);
    let line = body[start..].split(|b| is_newline(b) || *b == 0).next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (lineno, String::from_utf8_lossy(line).into_owned())
}

fn in_line(message: String, filename: &str, lineno: i32, offset: i32, text: String) -> Box<SyntaxError> {
    Box::new(SyntaxError {
        kind: SyntaxErrorKind::SyntaxError,
        message,
        filename: filename.to_owned(),
        lineno,
        offset,
        end_lineno: lineno,
        end_offset: offset,
        text: Some(text),
        context: None,
    })
}

/// The text of `bytes`, newlines as they are.
fn decode<'a>(bytes: &'a [u8], filename: &str, origin: Origin, decoder: Decoder<'_>) -> Result<Cow<'a, str>, Box<SyntaxError>> {
    let (bom, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (true, body),
        None => (false, bytes),
    };
    let declared = declared_encoding(body);
    let encoding = match &declared {
        Some((encoding, _)) => normal_name(encoding),
        None => Cow::Borrowed("utf-8"),
    };
    if let (true, Some((_, line))) = (bom, &declared)
        && encoding != "utf-8"
    {
        let text = String::from_utf8_lossy(line).into_owned();
        return Err(Box::new(SyntaxError {
            kind: SyntaxErrorKind::SyntaxError,
            message: format!("encoding problem: {encoding} with BOM"),
            filename: filename.to_owned(),
            lineno: 1,
            offset: 0,
            end_lineno: 1,
            end_offset: text.chars().count() as i32,
            text: Some(text),
            context: None,
        }));
    }
    match &*encoding {
        "utf-8" => {
            std::str::from_utf8(body).map(Cow::Borrowed).map_err(|error| not_utf8(body, error.valid_up_to(), filename, origin))
        }
        "iso-8859-1" => Ok(Cow::Owned(body.iter().map(|&b| char::from(b)).collect())),
        name => match decoder(name, body) {
            Some(Ok(text)) => Ok(Cow::Owned(text)),
            Some(Err(message)) => Err(unplaced(message, filename, 0)),
            None => match ascii(name, body) {
                Some(Ok(text)) => Ok(Cow::Borrowed(text)),
                Some(Err(message)) => Err(unplaced(message, filename, 0)),
                None => Err(unplaced(format!("unknown encoding: {name}"), filename, 0)),
            },
        },
    }
}

/// Source declared as ASCII, for those who have no codecs at hand.
fn ascii<'a>(encoding: &str, body: &'a [u8]) -> Option<Result<&'a str, String>> {
    if !matches!(encoding, "ascii" | "us-ascii") {
        return None;
    }
    Some(match body.iter().position(|b| !b.is_ascii()) {
        None => Ok(std::str::from_utf8(body).unwrap_or_default()),
        Some(at) => Err(format!("'ascii' codec can't decode byte {:#04x} in position {at}: ordinal not in range(128)", body[at])),
    })
}

fn unplaced(message: String, filename: &str, lineno: i32) -> Box<SyntaxError> {
    Box::new(SyntaxError {
        kind: SyntaxErrorKind::SyntaxError,
        message,
        filename: filename.to_owned(),
        lineno,
        offset: -1,
        end_lineno: -1,
        end_offset: -1,
        text: None,
        context: None,
    })
}

/// The error of bytes that are neither UTF-8 nor declared as something else.
fn not_utf8(body: &[u8], at: usize, filename: &str, origin: Origin) -> Box<SyntaxError> {
    let start = body[..at].iter().rposition(|&b| b == b'\n').map_or(0, |index| index + 1);
    let (lineno, line) = line_at(body, at);
    let offset = String::from_utf8_lossy(&body[start..at]).chars().count() as i32 + 1;
    let (place, lineno) = match origin {
        Origin::Bytes => (String::new(), lineno),
        // The first two lines are read together, for the declaration that may be in them.
        Origin::Script => (format!(" in file {filename}"), if lineno == 2 { 1 } else { lineno }),
    };
    let message = format!(
        "Non-UTF-8 code starting with '\\x{:02x}'{place} on line {lineno}, but no encoding declared; see \
         https://peps.python.org/pep-0263/ for details",
        body[at]
    );
    in_line(message, filename, lineno, offset, line)
}

/// The encoding that a comment in the first two lines declares (PEP 263), and that line. The second line counts only
/// behind a blank or comment line.
pub fn declared_encoding(body: &[u8]) -> Option<(&str, &[u8])> {
    let mut lines = body.split(|&b| b == b'\n' || b == b'\r');
    for _ in 0..2 {
        let line = lines.next()?;
        let blank = line.iter().take_while(|b| b" \t\x0c".contains(b)).count();
        match line.get(blank) {
            Some(b'#') => {
                if let Some(encoding) = coding_spec(line) {
                    return Some((encoding, line));
                }
            }
            Some(_) => return None,
            None => {}
        }
    }
    None
}

/// The name behind `coding:` or `coding=` in a comment.
fn coding_spec(line: &[u8]) -> Option<&str> {
    let mut rest = line;
    loop {
        let at = rest.windows(6).position(|window| window == b"coding")?;
        rest = &rest[at + 6..];
        let Some((b':' | b'=', value)) = rest.split_first() else {
            continue;
        };
        let blank = value.iter().take_while(|b| b" \t".contains(b)).count();
        let value = &value[blank..];
        let length = value.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
        if length > 0 {
            return std::str::from_utf8(&value[..length]).ok();
        }
    }
}

/// CPython's normal names of UTF-8 and Latin-1; any other name as it is.
fn normal_name(encoding: &str) -> Cow<'_, str> {
    let short: String = encoding.chars().take(12).map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }).collect();
    let is = |name: &str| short == name || short.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
    if is("utf-8") {
        Cow::Borrowed("utf-8")
    } else if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") {
        Cow::Borrowed("iso-8859-1")
    } else {
        Cow::Borrowed(encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, String> {
        SourceText::from_bytes(bytes, "f.py", Origin::Bytes, &|_, _| None)
            .map(|source| source.text().to_owned())
            .map_err(|error| error.message)
    }

    #[test]
    fn encodings() {
        assert_eq!(text(b"\xef\xbb\xbfx"), Ok("x".to_owned()));
        assert_eq!(text(b"# coding: latin-1\n\xe9").as_deref(), Ok("# coding: latin-1\n\u{e9}"));
        assert_eq!(text(b"x\n# coding: latin-1\n").as_deref(), Ok("x\n# coding: latin-1\n"));
        assert_eq!(text(b"#coding:foo"), Err("unknown encoding: foo".to_owned()));
        assert!(text(b"a\n\xe9").unwrap_err().starts_with("Non-UTF-8 code starting with '\\xe9' on line 2"));
        assert_eq!(text(b"a\0"), Err("source code string cannot contain null bytes".to_owned()));
        assert_eq!(text(b"a\r\nb\rc").as_deref(), Ok("a\nb\nc"));
    }

    #[test]
    fn offsets_count_characters() {
        let source = SourceText::new("a\n\u{e9}b = 1");
        assert_eq!(source.line_column(4), (2, 2));
        assert_eq!(source.char_offset(2, 2), 2);
        assert_eq!(source.char_offset(2, 99), 8);
        assert_eq!(source.offset(2, 2), 4);
    }
}
