//! `int.to_bytes` and `int.from_bytes`.

use super::{Int, IntRef};
use crate::number::error::NumberError;
use dashu_int::{IBig, UBig};

/// The order of bytes in a number's binary form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// Lowest byte first.
    Little,
    /// Highest byte first.
    Big,
}

impl ByteOrder {
    /// The order that `byteorder='little'` and `'big'` name.
    ///
    /// # Errors
    /// `ValueError` for any other name.
    pub fn from_name(name: &str) -> Result<ByteOrder, NumberError> {
        match name {
            "little" => Ok(ByteOrder::Little),
            "big" => Ok(ByteOrder::Big),
            _ => Err(NumberError::value("byteorder must be either 'little' or 'big'")),
        }
    }
}

/// Writes the number into all of `out`, two's complement if `signed`.
///
/// # Errors
/// `OverflowError` if it does not fit or is negative without `signed`.
pub fn to_bytes(a: IntRef<'_>, out: &mut [u8], order: ByteOrder, signed: bool) -> Result<(), NumberError> {
    if a.is_negative() && !signed {
        return Err(NumberError::overflow("can't convert negative int to unsigned"));
    }
    let fill = if a.is_negative() { 0xff } else { 0 };
    out.fill(fill);
    let negative_overflow = |out: &[u8], fits: bool| {
        // The sign bit of the written form must be the number's sign.
        let sign_kept = !signed || out.last().map_or(!a.is_negative(), |top| (top & 0x80 != 0) == a.is_negative());
        if fits && sign_kept { Ok(()) } else { Err(NumberError::overflow("int too big to convert")) }
    };
    let copy = |out: &mut [u8], bytes: &[u8]| -> bool {
        let length = bytes.len().min(out.len());
        out[..length].copy_from_slice(&bytes[..length]);
        bytes[length..].iter().all(|byte| *byte == fill)
    };
    let fits = match a {
        IntRef::Small(value) => copy(out, &value.to_le_bytes()),
        IntRef::Big(value) => copy(out, &value.to_le_bytes()),
    };
    negative_overflow(out, fits)?;
    if order == ByteOrder::Big {
        out.reverse();
    }
    Ok(())
}

/// Reads a number from all of `bytes`, two's complement if `signed`.
pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Int {
    if bytes.len() <= 8 {
        return from_few_bytes(bytes, order, signed);
    }
    let value = match (order, signed) {
        (ByteOrder::Little, false) => IBig::from(UBig::from_le_bytes(bytes)),
        (ByteOrder::Big, false) => IBig::from(UBig::from_be_bytes(bytes)),
        (ByteOrder::Little, true) => IBig::from_le_bytes(bytes),
        (ByteOrder::Big, true) => IBig::from_be_bytes(bytes),
    };
    Int::from(value)
}

fn from_few_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Int {
    let push = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
    let value = match order {
        ByteOrder::Little => bytes.iter().rev().fold(0, push),
        ByteOrder::Big => bytes.iter().fold(0, push),
    };
    if !signed || bytes.is_empty() {
        return Int::from(value);
    }
    let unused = 64 - 8 * bytes.len() as u32;
    Int::Small((value << unused).cast_signed() >> unused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(value: &Int, length: usize, signed: bool) -> Result<Vec<u8>, NumberError> {
        let mut out = vec![0x55; length];
        to_bytes(value.as_ref(), &mut out, ByteOrder::Big, signed).map(|()| out)
    }

    #[test]
    fn limits_of_width() {
        let too_big = Err(NumberError::overflow("int too big to convert"));
        assert_eq!(bytes(&Int::Small(255), 3, false), Ok(vec![0, 0, 255]));
        assert_eq!(bytes(&Int::Small(-255), 3, true), Ok(vec![255, 255, 1]));
        assert_eq!(bytes(&Int::Small(128), 1, true), too_big);
        assert_eq!(bytes(&Int::Small(-128), 1, true), Ok(vec![128]));
        assert_eq!(bytes(&Int::Small(-129), 1, true), too_big);
        assert_eq!(bytes(&Int::Small(300), 1, false), too_big);
        assert_eq!(bytes(&Int::Small(0), 0, true), Ok(vec![]));
        assert_eq!(bytes(&Int::Small(-1), 0, true), too_big);
        assert_eq!(bytes(&Int::Small(-1), 1, false), Err(NumberError::overflow("can't convert negative int to unsigned")));
        let edge = Int::from(1i128 << 64);
        assert_eq!(bytes(&edge, 8, false), too_big);
        assert_eq!(bytes(&edge, 9, true).unwrap()[0], 1);
        assert_eq!(bytes(&Int::from(u64::MAX), 8, false), Ok(vec![255; 8]));
        assert_eq!(bytes(&Int::from(u64::MAX), 8, true), too_big);
    }

    #[test]
    fn round_trips() {
        for value in [0i128, 1, -1, 127, 128, -128, -129, 1 << 62, -(1 << 63), 1 << 64, -(1 << 100)] {
            let value = Int::from(value);
            let mut out = [0u8; 14];
            for order in [ByteOrder::Little, ByteOrder::Big] {
                to_bytes(value.as_ref(), &mut out, order, true).unwrap();
                assert_eq!(from_bytes(&out, order, true), value);
            }
        }
        assert_eq!(from_bytes(&[0x80], ByteOrder::Big, true), Int::Small(-128));
        assert_eq!(from_bytes(&[], ByteOrder::Big, true), Int::ZERO);
        assert_eq!(from_bytes(&[0xff; 8], ByteOrder::Little, false), Int::from(u64::MAX));
    }
}
