//! `bytes.hex` and `bytes.fromhex`.

use super::ascii::is_space_byte;
use crate::text::TextView;
use crate::text::escape::HEX_DIGITS;

/// `bytes.hex(separator, group)`: between groups of that many bytes, counted from the right, or from the left if
/// negative. The result is ASCII if the separator is.
pub fn hex(bytes: &[u8], separator: Option<u8>, group: isize) -> Vec<u8> {
    let digits = |b: u8| [HEX_DIGITS[usize::from(b >> 4)], HEX_DIGITS[usize::from(b & 15)]];
    let size = group.unsigned_abs();
    let Some(separator) = separator.filter(|_| size > 0 && size < bytes.len()) else {
        return bytes.iter().flat_map(|&b| digits(b)).collect();
    };
    let first = if group > 0 { bytes.len() % size } else { 0 };
    let mut out = Vec::with_capacity(2 * bytes.len() + bytes.len() / size);
    out.extend(bytes[..first].iter().flat_map(|&b| digits(b)));
    for chunk in bytes[first..].chunks(size) {
        if !out.is_empty() {
            out.push(separator);
        }
        out.extend(chunk.iter().flat_map(|&b| digits(b)));
    }
    out
}

/// Why a text is no sequence of bytes in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FromHexError {
    /// No hexadecimal digit at this position.
    NotHex(usize),
    /// The text ends after the first digit of a byte.
    Odd,
}

impl FromHexError {
    /// The message of the `ValueError`.
    pub fn message(self) -> String {
        match self {
            FromHexError::NotHex(position) => {
                format!("non-hexadecimal number found in fromhex() arg at position {position}")
            }
            FromHexError::Odd => "fromhex() arg must contain an even number of hexadecimal digits".to_owned(),
        }
    }
}

/// The value of a hexadecimal digit.
#[inline]
pub fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// `bytes.fromhex(text)`; whitespace may stand between bytes.
pub fn from_hex_text(text: TextView<'_>) -> Result<Vec<u8>, FromHexError> {
    match text {
        TextView::Ascii(ascii) => from_hex(ascii),
        _ => match text.code_points().position(|c| c >= 0x80) {
            Some(position) => Err(FromHexError::NotHex(position)),
            None => from_hex(&text.to_units::<u8>()),
        },
    }
}

/// The same from bytes.
pub fn from_hex(hex: &[u8]) -> Result<Vec<u8>, FromHexError> {
    let mut out = Vec::with_capacity(hex.len() / 2);
    let mut position = 0;
    let digit = |at: usize| match hex.get(at) {
        Some(&digit) => hex_value(digit).ok_or(FromHexError::NotHex(at)),
        None => Err(FromHexError::Odd),
    };
    loop {
        while position < hex.len() && is_space_byte(hex[position]) {
            position += 1;
        }
        if position == hex.len() {
            return Ok(out);
        }
        out.push(digit(position)? << 4 | digit(position + 1)?);
        position += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_hex() {
        let text = |separator, group| String::from_utf8(hex(b"abcdef", separator, group)).unwrap();
        assert_eq!(text(None, 1), "616263646566");
        assert_eq!(text(Some(b'-'), 4), "6162-63646566");
        assert_eq!(text(Some(b'-'), -4), "61626364-6566");
        assert_eq!(text(Some(b':'), 1), "61:62:63:64:65:66");
        assert_eq!(text(Some(b'-'), 3), "616263-646566");
        assert_eq!(text(Some(b'-'), 0), "616263646566");
        assert_eq!(text(Some(b'-'), 6), "616263646566");
        assert_eq!(text(Some(b'-'), isize::MIN), "616263646566");
        assert_eq!(hex(b"", Some(b'-'), 1), b"");
    }

    #[test]
    fn parsing() {
        assert_eq!(from_hex(b" ab  CD\t\n").unwrap(), b"\xab\xcd");
        for (text, error) in [
            ("a", FromHexError::Odd),
            ("ab c", FromHexError::Odd),
            ("a b", FromHexError::NotHex(1)),
            ("abc ", FromHexError::NotHex(3)),
            ("zz", FromHexError::NotHex(0)),
            ("ab\u{1c}cd", FromHexError::NotHex(2)),
        ] {
            assert_eq!(from_hex(text.as_bytes()), Err(error), "{text:?}");
        }
        let wide = crate::text::TextBuf::from("z€");
        assert_eq!(from_hex_text(wide.view()), Err(FromHexError::NotHex(1)));
    }
}
