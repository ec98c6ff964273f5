//! The six-bit variable-length integers of location and exception tables.

/// Appends `value` with the lowest six bits first; bit 6 says that more follow (location tables).
pub(crate) fn write_little(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 64 {
        bytes.push(0x40 | (value & 0x3F) as u8);
        value >>= 6;
    }
    bytes.push(value as u8);
}

/// Appends `value` with its sign in the lowest bit.
pub(crate) fn write_signed(bytes: &mut Vec<u8>, value: i32) {
    let sign = u32::from(value < 0);
    write_little(bytes, value.unsigned_abs() << 1 | sign);
}

/// Appends `value` with the highest six bits first (exception tables); `mark` is set in the first byte.
pub(crate) fn write_big(bytes: &mut Vec<u8>, value: u32, mark: u8) {
    let chunks = (32 - value.leading_zeros()).div_ceil(6).max(1);
    let first = bytes.len();
    for chunk in (0..chunks).rev() {
        let more = if chunk > 0 { 0x40 } else { 0 };
        bytes.push((value >> (6 * chunk) & 0x3F) as u8 | more);
    }
    bytes[first] |= mark;
}

/// A reader over a table; every method gives `None` at the end or on a value above 32 bits.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Cursor<'a> {
        Cursor { bytes, position: 0 }
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    pub(crate) fn at_end(&self) -> bool {
        self.position >= self.bytes.len()
    }

    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.position).copied()?;
        self.position += 1;
        Some(byte)
    }

    pub(crate) fn little(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in (0..32).step_by(6) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x3F);
            if bits << shift >> shift != bits {
                return None;
            }
            value |= bits << shift;
            if byte & 0x40 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn signed(&mut self) -> Option<i32> {
        let value = self.little()?;
        let magnitude = (value >> 1) as i32;
        Some(if value & 1 != 0 { -magnitude } else { magnitude })
    }

    pub(crate) fn big(&mut self) -> Option<u32> {
        let mut value: u32 = 0;
        loop {
            let byte = self.byte()?;
            if value >> 26 != 0 {
                return None;
            }
            value = value << 6 | u32::from(byte & 0x3F);
            if byte & 0x40 == 0 {
                return Some(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for value in [0, 1, 63, 64, 4095, 4096, 262_143, 262_144, 1 << 24, 1 << 30, u32::MAX] {
            let mut bytes = Vec::new();
            write_little(&mut bytes, value);
            assert_eq!(Cursor::new(&bytes).little(), Some(value));
            bytes.clear();
            write_big(&mut bytes, value, 0x80);
            assert_eq!(bytes[0] & 0x80, 0x80);
            bytes[0] &= 0x7F;
            assert_eq!(Cursor::new(&bytes).big(), Some(value));
        }
        for value in [0, 1, -1, 31, -32, 5000, -5000, i32::MAX, -i32::MAX] {
            let mut bytes = Vec::new();
            write_signed(&mut bytes, value);
            assert_eq!(Cursor::new(&bytes).signed(), Some(value));
        }
    }

    #[test]
    fn damage() {
        assert_eq!(Cursor::new(b"").little(), None);
        assert_eq!(Cursor::new(b"\x40").little(), None);
        assert_eq!(Cursor::new(b"\x7f\x7f\x7f\x7f\x7f\x04").little(), None);
        assert_eq!(Cursor::new(b"\x44\x40\x40\x40\x40\x00").big(), None);
    }
}
