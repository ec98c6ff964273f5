//! The storage widths of text, and the trait the generic algorithms use for one stored character.

use std::fmt::Debug;

use super::builder::TextBuf;
use super::view::TextView;

/// The highest code point.
pub const MAX_CODE_POINT: u32 = 0x10_FFFF;

/// How a text is stored: the narrowest form whose range holds all its characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Width {
    /// One byte a character, all below U+0080.
    Ascii,
    /// One byte a character, all below U+0100.
    Latin1,
    /// Two bytes a character, all below U+10000.
    Ucs2,
    /// Four bytes a character.
    Ucs4,
}

impl Width {
    /// The narrowest width that holds `code_point`. Also right for the bitwise "or" of many code points, because every
    /// limit but the last is a power of two.
    #[inline]
    pub const fn of(code_point: u32) -> Width {
        match code_point {
            0..0x80 => Width::Ascii,
            0x80..0x100 => Width::Latin1,
            0x100..0x1_0000 => Width::Ucs2,
            _ => Width::Ucs4,
        }
    }

    /// The highest code point this width can hold (`PyUnicode_MAX_CHAR_VALUE`).
    pub const fn max_char(self) -> u32 {
        match self {
            Width::Ascii => 0x7F,
            Width::Latin1 => 0xFF,
            Width::Ucs2 => 0xFFFF,
            Width::Ucs4 => MAX_CODE_POINT,
        }
    }

    /// Bytes one character takes.
    pub const fn bytes(self) -> usize {
        match self {
            Width::Ascii | Width::Latin1 => 1,
            Width::Ucs2 => 2,
            Width::Ucs4 => 4,
        }
    }
}

/// One stored character: `u8` (also a byte of `bytes`), `u16` or `u32`.
pub trait Unit: Copy + Ord + Debug + From<u8> + Into<u32> + bytemuck::Pod {
    /// The highest code point a unit of this type can hold.
    const MAX: u32;

    /// The unit as a code point.
    #[inline]
    fn code_point(self) -> u32 {
        self.into()
    }

    /// The unit for `code_point`, if it fits.
    fn from_code_point(code_point: u32) -> Option<Self>;

    /// The view's storage, if it consists of units of this type.
    fn storage<'a>(view: TextView<'a>) -> Option<&'a [Self]>;

    /// Wraps units as text of the narrowest width.
    fn into_text(units: Vec<Self>) -> TextBuf;

    /// Position of the first `unit`.
    fn find_unit(units: &[Self], unit: Self) -> Option<usize> {
        position(units, |u| u == unit)
    }

    /// Position of the last `unit`.
    fn rfind_unit(units: &[Self], unit: Self) -> Option<usize> {
        const BLOCK: usize = 32;
        let mut blocks = units.rchunks_exact(BLOCK);
        let mut end = units.len();
        for block in blocks.by_ref() {
            if block.iter().fold(false, |found, &u| found | (u == unit)) {
                let within = block.iter().rposition(|&u| u == unit);
                return within.map(|at| end - BLOCK + at);
            }
            end -= BLOCK;
        }
        blocks.remainder().iter().rposition(|&u| u == unit)
    }

    /// How often `unit` occurs.
    fn count_unit(units: &[Self], unit: Self) -> usize {
        units.iter().filter(|&&u| u == unit).count()
    }
}

/// Position of the first unit that satisfies a simple condition.
#[inline]
pub fn position<U: Unit>(units: &[U], holds: impl Fn(U) -> bool) -> Option<usize> {
    // Blocks without an early exit let the compiler test many units at once.
    const BLOCK: usize = 32;
    let blocks = units.chunks_exact(BLOCK);
    let without = blocks.take_while(|block| !block.iter().fold(false, |any, &u| any | holds(u)));
    let start = without.count() * BLOCK;
    let within = units[start..].iter().position(|&u| holds(u))?;
    Some(start + within)
}

/// The bitwise "or" of all units: what [`Width::of`] needs to know about a text.
#[inline]
pub fn or_all<U: Unit>(units: &[U]) -> u32 {
    units.iter().fold(0, |acc, &u| acc | u.into())
}

impl Unit for u8 {
    const MAX: u32 = 0xFF;

    #[inline]
    fn from_code_point(code_point: u32) -> Option<u8> {
        u8::try_from(code_point).ok()
    }

    #[inline]
    fn storage<'a>(view: TextView<'a>) -> Option<&'a [u8]> {
        match view {
            TextView::Ascii(units) | TextView::Latin1(units) => Some(units),
            _ => None,
        }
    }

    fn into_text(units: Vec<u8>) -> TextBuf {
        if units.is_ascii() { TextBuf::Ascii(units) } else { TextBuf::Latin1(units) }
    }

    #[inline]
    fn find_unit(units: &[u8], unit: u8) -> Option<usize> {
        memchr::memchr(unit, units)
    }

    #[inline]
    fn rfind_unit(units: &[u8], unit: u8) -> Option<usize> {
        memchr::memrchr(unit, units)
    }

    fn count_unit(units: &[u8], unit: u8) -> usize {
        memchr::memchr_iter(unit, units).count()
    }
}

impl Unit for u16 {
    const MAX: u32 = 0xFFFF;

    #[inline]
    fn from_code_point(code_point: u32) -> Option<u16> {
        u16::try_from(code_point).ok()
    }

    #[inline]
    fn storage<'a>(view: TextView<'a>) -> Option<&'a [u16]> {
        match view {
            TextView::Ucs2(units) => Some(units),
            _ => None,
        }
    }

    fn into_text(units: Vec<u16>) -> TextBuf {
        match Width::of(or_all(&units)) {
            Width::Ascii => TextBuf::Ascii(units.iter().map(|&u| u as u8).collect()),
            Width::Latin1 => TextBuf::Latin1(units.iter().map(|&u| u as u8).collect()),
            _ => TextBuf::Ucs2(units),
        }
    }
}

impl Unit for u32 {
    const MAX: u32 = MAX_CODE_POINT;

    #[inline]
    fn from_code_point(code_point: u32) -> Option<u32> {
        (code_point <= MAX_CODE_POINT).then_some(code_point)
    }

    #[inline]
    fn storage<'a>(view: TextView<'a>) -> Option<&'a [u32]> {
        match view {
            TextView::Ucs4(units) => Some(units),
            _ => None,
        }
    }

    fn into_text(units: Vec<u32>) -> TextBuf {
        match Width::of(or_all(&units)) {
            Width::Ascii => TextBuf::Ascii(units.iter().map(|&u| u as u8).collect()),
            Width::Latin1 => TextBuf::Latin1(units.iter().map(|&u| u as u8).collect()),
            Width::Ucs2 => TextBuf::Ucs2(units.iter().map(|&u| u as u16).collect()),
            Width::Ucs4 => TextBuf::Ucs4(units),
        }
    }
}
