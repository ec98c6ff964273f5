//! Between integers and floats, each way exact or correctly rounded.

use super::{Int, IntRef, words_bit_length};
use crate::number::error::NumberError;
use crate::number::float_arith::{frexp, ldexp};
use dashu_int::{IBig, Sign, UBig};

/// The nearest float, ties to even.
///
/// # Errors
/// `OverflowError` when it would be infinite.
pub fn to_f64(a: IntRef<'_>) -> Result<f64, NumberError> {
    match a {
        IntRef::Small(value) => Ok(value as f64),
        IntRef::Big(value) => {
            let (sign, words) = value.as_sign_words();
            let (top, shift) = top_word(words);
            let magnitude = match shift {
                0 => top as f64,
                1..=1024 => ldexp(top as f64, shift as i32),
                _ => f64::INFINITY,
            };
            if magnitude.is_infinite() {
                return Err(NumberError::overflow("int too large to convert to float"));
            }
            Ok(if sign == Sign::Negative { -magnitude } else { magnitude })
        }
    }
}

/// The top 64 bits of a magnitude and how far they are shifted; the lowest bit stands for all bits below, so
/// that rounding the result to a float rounds as the whole would.
fn top_word(words: &[u64]) -> (u64, u64) {
    let bits = words_bit_length(words);
    if bits <= 64 {
        return (words.first().copied().unwrap_or(0), 0);
    }
    let shift = bits - 64;
    let (index, offset) = ((shift / 64) as usize, (shift % 64) as u32);
    let mut top = words[index] >> offset;
    if offset > 0 {
        top |= words[index + 1] << (64 - offset);
    }
    let lost = words[..index].iter().any(|word| *word != 0) || words[index] & ((1u64 << offset) - 1) != 0;
    (top | u64::from(lost), shift)
}

/// Fraction and exponent of an integer as `math.frexp` would split it, for integers of any size:
/// the fraction is correctly rounded, zero or between a half and one.
pub fn frexp_int(a: IntRef<'_>) -> (f64, i64) {
    let big = a.big();
    let (sign, words) = big.as_sign_words();
    let (top, shift) = top_word(words);
    let (fraction, exponent) = frexp(top as f64);
    (if sign == Sign::Negative { -fraction } else { fraction }, i64::from(exponent) + shift as i64)
}

/// `int(x)`: the float's whole part.
///
/// # Errors
/// `OverflowError` for infinity, `ValueError` for NaN.
pub fn float_trunc(x: f64) -> Result<Int, NumberError> {
    if x.is_infinite() {
        return Err(NumberError::overflow("cannot convert float infinity to integer"));
    }
    if x.is_nan() {
        return Err(NumberError::value("cannot convert float NaN to integer"));
    }
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&x) {
        return Ok(Int::Small(x as i64));
    }
    let (mantissa, exponent) = integral_parts(x);
    let magnitude = IBig::from(UBig::from(mantissa) << exponent as usize);
    Ok(Int::from(if x < 0.0 { -magnitude } else { magnitude }))
}

/// `math.floor(x)`.
///
/// # Errors
/// As [`float_trunc`].
pub fn float_floor(x: f64) -> Result<Int, NumberError> {
    float_trunc(x.floor())
}

/// `math.ceil(x)`.
///
/// # Errors
/// As [`float_trunc`].
pub fn float_ceil(x: f64) -> Result<Int, NumberError> {
    float_trunc(x.ceil())
}

/// `round(x)`: the nearest integer, ties to even.
///
/// # Errors
/// As [`float_trunc`].
pub fn float_round_to_int(x: f64) -> Result<Int, NumberError> {
    float_trunc(x.round_ties_even())
}

/// The magnitude of a finite float as mantissa and power of two.
fn integral_parts(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) }
}

/// `x.as_integer_ratio()`: numerator and positive denominator in lowest terms.
///
/// # Errors
/// `OverflowError` for infinity, `ValueError` for NaN.
pub fn float_ratio(x: f64) -> Result<(Int, Int), NumberError> {
    if x.is_infinite() {
        return Err(NumberError::overflow("cannot convert Infinity to integer ratio"));
    }
    if x.is_nan() {
        return Err(NumberError::value("cannot convert NaN to integer ratio"));
    }
    if x == 0.0 {
        return Ok((Int::ZERO, Int::ONE));
    }
    let (mantissa, exponent) = integral_parts(x);
    let zeros = mantissa.trailing_zeros();
    let (mantissa, exponent) = (mantissa >> zeros, exponent + zeros as i32);
    let numerator = if x < 0.0 { -i128::from(mantissa) } else { i128::from(mantissa) };
    if exponent >= 0 {
        let numerator = IBig::from(numerator) << exponent as usize;
        return Ok((Int::from(numerator), Int::ONE));
    }
    let denominator = IBig::ONE << exponent.unsigned_abs() as usize;
    Ok((Int::from(numerator), Int::from(denominator)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_float_rounds_half_to_even() {
        let value = |text: &str| to_f64(IntRef::Big(&text.parse::<IBig>().unwrap()));
        assert_eq!(value("9007199254740993"), Ok(9007199254740992.0));
        assert_eq!(value("36893488147419103232"), Ok(36893488147419103232.0));
        // 2**70 + 2**17 is a tie; one more goes up.
        assert_eq!(value("1180591620717411434496"), Ok(1180591620717411303424.0));
        assert_eq!(value("1180591620717411434497"), Ok(1180591620717411565568.0));
        let limit = (IBig::ONE << 1024) - (IBig::ONE << 970);
        assert_eq!(to_f64(IntRef::Big(&(&limit - IBig::ONE))), Ok(f64::MAX));
        assert_eq!(to_f64(IntRef::Big(&-(&limit - IBig::ONE))), Ok(f64::MIN));
        assert_eq!(to_f64(IntRef::Big(&limit)), Err(NumberError::overflow("int too large to convert to float")));
        assert!(to_f64(IntRef::Big(&(IBig::ONE << 5000))).is_err());
    }

    #[test]
    fn from_float() {
        assert_eq!(float_trunc(-1.9), Ok(Int::Small(-1)));
        assert_eq!(float_floor(-1.1), Ok(Int::Small(-2)));
        assert_eq!(float_round_to_int(2.5), Ok(Int::Small(2)));
        assert_eq!(float_trunc(-9223372036854775808.0), Ok(Int::Small(i64::MIN)));
        assert_eq!(float_trunc(1e23).unwrap().to_string(), "99999999999999991611392");
        assert_eq!(float_trunc(f64::INFINITY), Err(NumberError::overflow("cannot convert float infinity to integer")));
    }

    #[test]
    fn ratios() {
        assert_eq!(float_ratio(-0.75), Ok((Int::Small(-3), Int::Small(4))));
        assert_eq!(float_ratio(6.0), Ok((Int::Small(6), Int::Small(1))));
        assert_eq!(float_ratio(5e-324).unwrap().1, Int::from(IBig::ONE << 1074));
        assert_eq!(frexp_int(IntRef::Big(&(IBig::ONE << 2000))), (0.5, 2001));
        assert_eq!(frexp_int(IntRef::Small(-3)), (-0.75, 2));
    }
}
