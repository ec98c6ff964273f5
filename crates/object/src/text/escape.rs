//! Backslash escapes of code points, as `repr` and `backslashreplace` write them.

/// The longest escape is `\U0010ffff`.
const LONGEST: usize = 10;

/// An escape in ASCII.
#[derive(Clone, Copy)]
pub struct Escape {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Escape {
    /// `\xhh`, `\uhhhh` or `\Uhhhhhhhh`, whichever is the shortest.
    pub fn shortest(code_point: u32) -> Escape {
        match code_point {
            0..0x100 => Escape::hex(b'x', code_point, 2),
            0x100..0x1_0000 => Escape::hex(b'u', code_point, 4),
            _ => Escape::hex(b'U', code_point, 8),
        }
    }

    /// A backslash, `letter`, and `digits` hexadecimal digits, at most eight.
    pub fn hex(letter: u8, value: u32, digits: usize) -> Escape {
        let mut bytes = [b'\\'; LONGEST];
        bytes[1] = letter;
        for (index, slot) in bytes[2..2 + digits].iter_mut().enumerate() {
            *slot = HEX_DIGITS[(value >> (4 * (digits - 1 - index)) & 15) as usize];
        }
        Escape { bytes, len: 2 + digits }
    }

    /// A backslash and one character.
    pub fn short(letter: u8) -> Escape {
        let mut bytes = [b'\\'; LONGEST];
        bytes[1] = letter;
        Escape { bytes, len: 2 }
    }

    /// The escape's characters.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// The digits of hexadecimal numbers.
pub const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The quote that `repr` puts around a text: single, unless only single ones occur in it.
pub fn choose_quote(has_single: bool, has_double: impl FnOnce() -> bool) -> u8 {
    if has_single && !has_double() { b'"' } else { b'\'' }
}

/// What `repr` writes for a code point that it does not write as it is.
pub fn repr_escape(code_point: u32) -> Escape {
    match code_point {
        0x09 => Escape::short(b't'),
        0x0A => Escape::short(b'n'),
        0x0D => Escape::short(b'r'),
        0x22 | 0x27 | 0x5C => Escape::short(code_point as u8),
        _ => Escape::shortest(code_point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortest_forms() {
        assert_eq!(Escape::shortest(7).as_bytes(), b"\\x07");
        assert_eq!(Escape::shortest(0x20AC).as_bytes(), b"\\u20ac");
        assert_eq!(Escape::shortest(0x1F600).as_bytes(), b"\\U0001f600");
        assert_eq!(repr_escape(0x0A).as_bytes(), b"\\n");
        assert_eq!(repr_escape(0x27).as_bytes(), b"\\'");
    }
}
