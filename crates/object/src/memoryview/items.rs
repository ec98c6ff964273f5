//! Values out of the bytes of an item and back, by native formats of one character.

use crate::bytes::Bytes;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::int::IntView;
use crate::{Heap, Vm};

/// A native format and the size of its items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NativeFormat {
    /// The character.
    pub letter: u8,
    /// Bytes an item.
    pub size: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Char,
    Bool,
    Signed,
    Unsigned,
    Float,
}

const FORMATS: &[(u8, usize, Kind)] = &[
    (b'B', 1, Kind::Unsigned),
    (b'b', 1, Kind::Signed),
    (b'c', 1, Kind::Char),
    (b'?', 1, Kind::Bool),
    (b'h', 2, Kind::Signed),
    (b'H', 2, Kind::Unsigned),
    (b'i', 4, Kind::Signed),
    (b'I', 4, Kind::Unsigned),
    (b'l', 8, Kind::Signed),
    (b'L', 8, Kind::Unsigned),
    (b'q', 8, Kind::Signed),
    (b'Q', 8, Kind::Unsigned),
    (b'n', 8, Kind::Signed),
    (b'N', 8, Kind::Unsigned),
    (b'P', 8, Kind::Unsigned),
    (b'e', 2, Kind::Float),
    (b'f', 4, Kind::Float),
    (b'd', 8, Kind::Float),
];

impl NativeFormat {
    /// The native format of a text: one character, with an `@` before it or not.
    pub fn of(format: &str) -> Option<NativeFormat> {
        let &[letter] = format.strip_prefix('@').unwrap_or(format).as_bytes() else {
            return None;
        };
        let &(letter, size, kind) = FORMATS.iter().find(|row| row.0 == letter)?;
        Some(NativeFormat { letter, size, kind })
    }

    /// Whether items are single bytes: `B`, `b` or `c`.
    pub fn is_byte(self) -> bool {
        matches!(self.letter, b'B' | b'b' | b'c')
    }

    /// Whether equal items have equal bytes.
    pub fn compares_bytes(self) -> bool {
        !matches!(self.kind, Kind::Float | Kind::Bool)
    }

    /// The value of an item; `bytes` begins with it.
    pub fn unpack(self, bytes: &[u8], heap: &mut Heap) -> PyResult {
        let word = |bytes: &[u8]| {
            let mut word = [0; 8];
            word[..self.size].copy_from_slice(&bytes[..self.size]);
            u64::from_ne_bytes(if cfg!(target_endian = "little") { word } else { rotated(word, self.size) })
        };
        Ok(match self.kind {
            Kind::Char => heap.new_bytes(&bytes[..1])?.into(),
            Kind::Bool => Value::from_bool(bytes[0] != 0),
            Kind::Unsigned => match i64::try_from(word(bytes)) {
                Ok(small) => heap.int(small),
                Err(_) => heap.big_int(word(bytes).into()),
            },
            Kind::Signed => {
                let unused = 64 - 8 * self.size as u32;
                heap.int((word(bytes) << unused) as i64 >> unused)
            }
            Kind::Float => {
                let value = match self.size {
                    2 => half_to_double(word(bytes) as u16),
                    4 => f32::from_bits(word(bytes) as u32).into(),
                    _ => f64::from_bits(word(bytes)),
                };
                heap.float(value)
            }
        })
    }

    /// The bytes of a value as an item; the first [`NativeFormat::size`] count.
    pub fn pack(self, value: &Value, vm: &mut Vm) -> PyResult<[u8; 8]> {
        let word: u64 = match self.kind {
            Kind::Char => match value.downcast::<Bytes>().map(|bytes| bytes.as_slice()) {
                Some(&[byte]) => byte.into(),
                Some(_) => return Err(self.wrong(vm, false)),
                None => return Err(self.wrong(vm, true)),
            },
            Kind::Bool => vm.truth(value)?.into(),
            Kind::Signed | Kind::Unsigned => self.pack_int(value, vm)?,
            Kind::Float => {
                let float = vm.to_float(value);
                let Some(float) = vm.ok_unless(float, exceptions::TYPE_ERROR.get())? else {
                    return Err(self.wrong(vm, true));
                };
                match self.size {
                    2 => double_to_half(float).ok_or_else(|| self.wrong(vm, false))?.into(),
                    4 => (float as f32).to_bits().into(),
                    _ => float.to_bits(),
                }
            }
        };
        let bytes = word.to_le_bytes();
        Ok(if cfg!(target_endian = "little") { bytes } else { rotated(bytes, self.size) })
    }

    fn pack_int(self, value: &Value, vm: &mut Vm) -> PyResult<u64> {
        let index = vm.index(value);
        let Some(int) = vm.ok_unless(index, exceptions::TYPE_ERROR.get())? else {
            return Err(self.wrong(vm, true));
        };
        let number: Option<i128> = match int.as_int() {
            Some(IntView::Small(small)) => Some(small.into()),
            Some(IntView::Big(big)) => i128::try_from(big).ok(),
            None => None,
        };
        let bits = 8 * self.size as u32;
        let range = match self.kind {
            Kind::Signed => -(1i128 << (bits - 1))..1i128 << (bits - 1),
            _ => 0..1i128 << bits,
        };
        match number.filter(|number| range.contains(number)) {
            Some(number) => Ok(number as u64),
            None => Err(self.wrong(vm, false)),
        }
    }

    #[cold]
    fn wrong(self, vm: &mut Vm, is_type: bool) -> Raised {
        let letter = self.letter as char;
        match is_type {
            true => vm.type_error(format_args!("memoryview: invalid type for format '{letter}'")),
            false => vm.value_error(format_args!("memoryview: invalid value for format '{letter}'")),
        }
    }
}

/// The `size` bytes of a word in the other order, at its start.
fn rotated(mut word: [u8; 8], size: usize) -> [u8; 8] {
    word[..size].reverse();
    word
}

/// The value of a float of two bytes (IEEE 754 binary16).
pub fn half_to_double(half: u16) -> f64 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(half >> 10 & 0x1F), f64::from(half & 0x3FF));
    match exponent {
        0x1F if fraction == 0.0 => sign * f64::INFINITY,
        0x1F => f64::from_bits(f64::NAN.to_bits() | u64::from(half & 0x8000) << 48 | u64::from(half & 0x3FF) << 42),
        0 => sign * fraction * 2f64.powi(-24),
        _ => sign * (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

/// The nearest float of two bytes, ties to even; `None` beyond the largest.
pub fn double_to_half(value: f64) -> Option<u16> {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    let size = value.abs();
    if value.is_nan() {
        let payload = (value.to_bits() >> 42 & 0x3FF) as u16;
        return Some(sign | 0x7C00 | if payload == 0 { 0x200 } else { payload });
    }
    if size.is_infinite() {
        return Some(sign | 0x7C00);
    }
    // The unit in the last place: that of the value's exponent, or that of the smallest normal numbers.
    let exponent = ((size.to_bits() >> 52) as i32 - 1023).max(-14);
    let units = (size * 2f64.powi(10 - exponent)).round_ties_even();
    let bits = ((exponent + 14) as u32) * 1024 + units as u32;
    (bits < 0x7C00).then_some(sign | bits as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_to_even() {
        for half in 0..=u16::MAX {
            let value = half_to_double(half);
            if !value.is_nan() {
                assert_eq!(double_to_half(value), Some(half), "{half:#x}");
            }
        }
        assert_eq!(double_to_half(65519.0), Some(0x7BFF));
        assert_eq!(double_to_half(65520.0), None);
        assert_eq!(double_to_half(1.0 + 1.0 / 2048.0), Some(0x3C00));
        assert_eq!(double_to_half(1.0 + 3.0 / 2048.0), Some(0x3C02));
        assert_eq!(double_to_half(2f64.powi(-25)), Some(0));
    }
}
