//! Quoted-printable text (RFC 1521).

use pvm_object::text::bytes::hex::hex_value;

/// A line, with the `=` of a soft line break, is at most so long.
const LINE: usize = 76;

/// The bytes that a quoted-printable text stands for; in headers an underscore is a space.
pub fn decode(text: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&character) = text.get(at) {
        at += 1;
        if character != b'=' {
            out.push(if header && character == b'_' { b' ' } else { character });
            continue;
        }
        let digit = |at: usize| text.get(at).and_then(|&digit| hex_value(digit));
        match text.get(at) {
            None => break,
            // A soft line break.
            Some(b'\n' | b'\r') => {
                let end = memchr::memchr(b'\n', &text[at..]);
                at = end.map_or(text.len(), |end| at + end + 1);
            }
            // Old encoders wrote an equals sign so.
            Some(b'=') => {
                out.push(b'=');
                at += 1;
            }
            Some(_) => match (digit(at), digit(at + 1)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    at += 2;
                }
                _ => out.push(b'='),
            },
        }
    }
    out
}

/// What is to be quoted, and how.
#[derive(Clone, Copy)]
pub struct Encoder {
    /// Tabs and spaces within lines are quoted too.
    pub quotetabs: bool,
    /// Line breaks stay line breaks.
    pub istext: bool,
    /// Spaces become underscores.
    pub header: bool,
}

impl Encoder {
    /// Whether the byte at a position must be quoted.
    fn must_quote(self, data: &[u8], at: usize, line_is_empty: bool) -> bool {
        let byte = data[at];
        let next = data.get(at + 1);
        match byte {
            127.. | b'=' => true,
            b'_' => self.header,
            b'.' => line_is_empty && matches!(next, None | Some(b'\n' | b'\r' | 0)),
            b'\r' | b'\n' => !self.istext,
            b'\t' | b' ' => next.is_none() || self.quotetabs,
            0..33 => true,
            _ => false,
        }
    }

    /// Bytes as quoted-printable text. Its line ends are all as the first one is.
    pub fn encode(self, data: &[u8]) -> Vec<u8> {
        let first_end = memchr::memchr(b'\n', data);
        let crlf = first_end.is_some_and(|end| end > 0 && data[end - 1] == b'\r');
        let line_end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
        let mut out = Vec::with_capacity(data.len() + data.len() / 8);
        let (mut at, mut line) = (0, 0);
        let soft_break = |out: &mut Vec<u8>| {
            out.push(b'=');
            out.extend_from_slice(line_end);
        };
        while at < data.len() {
            let byte = data[at];
            if self.must_quote(data, at, line == 0) {
                if line + 3 >= LINE {
                    soft_break(&mut out);
                    line = 0;
                }
                push_quoted(&mut out, byte);
                at += 1;
                line += 3;
            } else if self.istext && (byte == b'\n' || byte == b'\r' && data.get(at + 1) == Some(&b'\n')) {
                line = 0;
                // White space at a line's end would get lost.
                if let Some(&space @ (b' ' | b'\t')) = out.last() {
                    out.pop();
                    push_quoted(&mut out, space);
                }
                out.extend_from_slice(line_end);
                at += if byte == b'\r' { 2 } else { 1 };
            } else {
                if data.get(at + 1).is_some_and(|&next| next != b'\n') && line + 1 >= LINE {
                    soft_break(&mut out);
                    line = 0;
                }
                line += 1;
                out.push(if self.header && byte == b' ' { b'_' } else { byte });
                at += 1;
            }
        }
        out
    }
}

fn push_quoted(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend_from_slice(&[b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}
