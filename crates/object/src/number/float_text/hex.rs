//! `float.hex` and `float.fromhex`.

use crate::number::error::NumberError;
use crate::number::float_arith::ldexp;
use crate::number::int_text::trim_spaces;

/// `x.hex()`.
pub fn to_hex(x: f64) -> String {
    if !x.is_finite() {
        return super::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

fn malformed() -> NumberError {
    NumberError::value("invalid hexadecimal floating-point string")
}

/// `float.fromhex(text)`, rounded half to even; the text is given as ASCII, anything else as bytes above it.
///
/// # Errors
/// `ValueError` for what is no such number, `OverflowError` for what is beyond the floats.
pub fn from_hex(text: &[u8]) -> Result<f64, NumberError> {
    let text = trim_spaces(text);
    let negative = text.first() == Some(&b'-');
    let mut rest = &text[usize::from(matches!(text.first(), Some(b'+' | b'-')))..];
    let magnitude = if [&b"inf"[..], b"infinity"].iter().any(|name| rest.eq_ignore_ascii_case(name)) {
        f64::INFINITY
    } else if rest.eq_ignore_ascii_case(b"nan") {
        f64::NAN
    } else {
        if rest.len() >= 2 && rest[..2].eq_ignore_ascii_case(b"0x") {
            rest = &rest[2..];
        }
        finite_from_hex(rest)?
    };
    Ok(if negative { -magnitude } else { magnitude })
}

/// Reads digits, point and exponent after sign and prefix.
fn finite_from_hex(text: &[u8]) -> Result<f64, NumberError> {
    let mut significand = Significand::default();
    let mut digits = 0u64;
    let mut position = 0;
    let mut after_point = None;
    while let Some(&byte) = text.get(position) {
        match (byte as char).to_digit(16) {
            Some(digit) => {
                significand.push(digit);
                digits += 1;
                if let Some(places) = &mut after_point {
                    *places += 1;
                }
            }
            None if byte == b'.' && after_point.is_none() => after_point = Some(0i64),
            None => break,
        }
        position += 1;
    }
    if digits == 0 {
        return Err(malformed());
    }
    let mut rest = &text[position..];
    let exponent = match rest {
        [b'p' | b'P', exponent @ ..] => {
            let (exponent, after) = read_exponent(exponent)?;
            rest = after;
            exponent
        }
        _ => 0,
    };
    // A number beyond the floats is reported before what may follow it.
    let value = significand.to_f64(exponent.saturating_sub(4 * after_point.unwrap_or(0)))?;
    if rest.is_empty() { Ok(value) } else { Err(malformed()) }
}

/// The signed decimal integer at the start, clamped far outside a float's range, and the text after it.
fn read_exponent(text: &[u8]) -> Result<(i64, &[u8]), NumberError> {
    const FAR: i64 = i64::MAX / 64;
    let negative = text.first() == Some(&b'-');
    let text = &text[usize::from(matches!(text.first(), Some(b'+' | b'-')))..];
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(length);
    if digits.is_empty() {
        return Err(malformed());
    }
    let value = digits.iter().fold(0i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(FAR));
    Ok((if negative { -value } else { value }, rest))
}

/// Hexadecimal digits as 64 bits, the rest as a scale and the knowledge that something was dropped.
#[derive(Default)]
struct Significand {
    bits: u64,
    scale: i64,
    sticky: bool,
}

impl Significand {
    fn push(&mut self, digit: u32) {
        if self.bits >> 60 == 0 {
            self.bits = self.bits << 4 | u64::from(digit);
        } else {
            self.scale += 4;
            self.sticky |= digit != 0;
        }
    }

    /// The value times `2**exponent`, rounded once.
    fn to_f64(&self, exponent: i64) -> Result<f64, NumberError> {
        if self.bits == 0 {
            return Ok(0.0);
        }
        let exponent = exponent.saturating_add(self.scale);
        let length = i64::from(64 - self.bits.leading_zeros());
        // The value is at least 2**(top - 1) and below 2**top.
        let top = exponent.saturating_add(length);
        let too_large = || NumberError::overflow("hexadecimal value too large to represent as a float");
        if top > 1024 {
            return Err(too_large());
        }
        if top < -1074 {
            return Ok(0.0);
        }
        // The lowest bit that the float keeps.
        let lowest = (top - 53).max(-1074);
        let drop = lowest - exponent;
        if drop <= 0 {
            return Ok(ldexp(self.bits as f64, exponent as i32));
        }
        let bits = u128::from(self.bits);
        let (kept, lost) = (bits >> drop, bits & ((1 << drop) - 1));
        let half = 1u128 << (drop - 1);
        let up = lost > half || (lost == half && (self.sticky || kept & 1 == 1));
        let rounded = ldexp((kept + u128::from(up)) as f64, lowest as i32);
        if rounded.is_infinite() { Err(too_large()) } else { Ok(rounded) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing() {
        assert_eq!(to_hex(0.1), "0x1.999999999999ap-4");
        assert_eq!(to_hex(5e-324), "0x0.0000000000001p-1022");
        assert_eq!(to_hex(-0.0), "-0x0.0p+0");
        assert_eq!(to_hex(-1.0), "-0x1.0000000000000p+0");
        assert_eq!(to_hex(f64::NEG_INFINITY), "-inf");
    }

    #[test]
    fn reading() {
        for (text, value) in [
            ("0x.8p0", 0.5),
            (".8", 0.5),
            ("1.", 1.0),
            (" -Infinity ", f64::NEG_INFINITY),
            ("0x1.fffffffffffff7fp1023", f64::MAX),
            ("0x1p-1075", 0.0),
            ("0x1.8p-1075", 5e-324),
            ("0x1.0000000000000000000000001p-1075", 5e-324),
            ("0x3p-1076", 5e-324),
            ("0x1p-99999999999999999999999", 0.0),
            ("0x1.00000000000008p0", 1.0),
            ("0x1.00000000000018p0", 1.0000000000000004),
            ("0x1.000000000000080000000001p0", 1.0000000000000002),
            ("0x0p99999999999", 0.0),
        ] {
            assert_eq!(from_hex(text.as_bytes()), Ok(value), "{text}");
        }
        assert!(from_hex(b"-nan").unwrap().is_nan());
        for text in ["", "0x", "xyz", "0x1_0", "1p", "0x.p1", "x1", ".", "0x1.8p1 x", "+-1", "1.2.3", "in", "0x1p+"] {
            assert_eq!(from_hex(text.as_bytes()), Err(malformed()), "{text}");
        }
        for text in ["0x1p1024", "0x1.fffffffffffff8p1023", "0x1p9999999999999999999999"] {
            assert!(matches!(from_hex(text.as_bytes()), Err(NumberError::Overflow(_))), "{text}");
        }
    }
}
