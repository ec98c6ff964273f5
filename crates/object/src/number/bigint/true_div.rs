//! `int / int`, correctly rounded: CPython's `long_true_divide`.

use super::IntRef;
use crate::number::error::{DIVISION_BY_ZERO, NumberError};
use crate::number::float_arith::ldexp;
use dashu_int::{IBig, UBig, ops::DivRem};

const MANTISSA_DIGITS: i64 = f64::MANTISSA_DIGITS as i64;
const MIN_EXP: i64 = f64::MIN_EXP as i64;
const MAX_EXP: i64 = f64::MAX_EXP as i64;

/// Integers up to this magnitude are floats exactly.
const EXACT: u64 = 1 << MANTISSA_DIGITS;

/// `a / b`, rounded once, half to even.
///
/// # Errors
/// `ZeroDivisionError` for a zero divisor, `OverflowError` when the quotient is beyond the floats.
pub fn true_div(a: IntRef<'_>, b: IntRef<'_>) -> Result<f64, NumberError> {
    if b.is_zero() {
        return Err(DIVISION_BY_ZERO);
    }
    if let (Some(a), Some(b)) = (a.to_i64(), b.to_i64())
        && a.unsigned_abs() <= EXACT
        && b.unsigned_abs() <= EXACT
    {
        return Ok(a as f64 / b as f64);
    }
    let negative = a.is_negative() != b.is_negative();
    let magnitude = if a.is_zero() { 0.0 } else { divide_magnitudes(a, b)? };
    Ok(if negative { -magnitude } else { magnitude })
}

fn too_large() -> NumberError {
    NumberError::overflow("integer division result too large for a float")
}

/// The quotient of two magnitudes, neither zero.
fn divide_magnitudes(a: IntRef<'_>, b: IntRef<'_>) -> Result<f64, NumberError> {
    let bits_difference = a.bit_length() as i64 - b.bit_length() as i64;
    if bits_difference > MAX_EXP {
        return Err(too_large());
    }
    if bits_difference < MIN_EXP - MANTISSA_DIGITS - 1 {
        return Ok(0.0);
    }
    // Scaled so, the integer quotient has two or three bits more than a float's mantissa.
    let shift = bits_difference.max(MIN_EXP) - MANTISSA_DIGITS - 2;
    let (a, b) = (magnitude(a), magnitude(b));
    let (scaled, mut inexact) = if shift <= 0 {
        (a << shift.unsigned_abs() as usize, false)
    } else {
        let low = a.trailing_zeros().is_some_and(|zeros| (zeros as u64) < shift as u64);
        (a >> shift as usize, low)
    };
    let (quotient, remainder) = scaled.div_rem(b);
    inexact |= !remainder.is_zero();
    let quotient = quotient.as_words().first().copied().unwrap_or(0);
    let quotient_bits = i64::from(64 - quotient.leading_zeros());
    // Round half to even at the last bit that the float keeps (more bits go for subnormal results).
    let extra_bits = quotient_bits.max(MIN_EXP - shift) - MANTISSA_DIGITS;
    let half = 1u64 << (extra_bits - 1);
    let mut rounded = quotient | u64::from(inexact);
    if rounded & half != 0 && rounded & (3 * half - 1) != 0 {
        rounded += half;
    }
    rounded &= !(2 * half - 1);
    if shift + quotient_bits >= MAX_EXP
        && (shift + quotient_bits > MAX_EXP || 64 - i64::from(rounded.leading_zeros()) > quotient_bits)
    {
        return Err(too_large());
    }
    Ok(ldexp(rounded as f64, shift as i32))
}

fn magnitude(value: IntRef<'_>) -> UBig {
    match value {
        IntRef::Small(value) => UBig::from(value.unsigned_abs()),
        IntRef::Big(value) => IBig::clone(value).into_parts().1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn div(a: &IBig, b: &IBig) -> Result<f64, NumberError> {
        true_div(IntRef::Big(a), IntRef::Big(b))
    }

    #[test]
    fn correctly_rounded() {
        assert_eq!(true_div(IntRef::Small(1), IntRef::Small(3)), Ok(1.0 / 3.0));
        assert_eq!(div(&IBig::from(10).pow(400), &IBig::from(10).pow(399)), Ok(10.0));
        assert_eq!(div(&IBig::from(i64::MAX), &IBig::from(3)), Ok(3074457345618258602.3));
        assert_eq!(div(&IBig::ONE, &(IBig::ONE << 1074)), Ok(5e-324));
        // Half of the smallest float is a tie and goes to zero, anything above goes up.
        assert_eq!(div(&IBig::ONE, &(IBig::ONE << 1075)), Ok(0.0));
        assert_eq!(div(&IBig::from(3), &(IBig::ONE << 1076)), Ok(5e-324));
        assert!(true_div(IntRef::Small(0), IntRef::Small(-1)).unwrap().is_sign_negative());
    }

    #[test]
    fn limits() {
        assert_eq!(div(&IBig::from(10).pow(400), &IBig::from(3)), Err(too_large()));
        assert_eq!(div(&IBig::ONE, &IBig::from(10).pow(400)), Ok(0.0));
        assert_eq!(div(&IBig::ONE, &IBig::ZERO), Err(DIVISION_BY_ZERO));
        assert_eq!(div(&((IBig::ONE << 1024) - (IBig::ONE << 970)), &IBig::ONE), Err(too_large()));
        assert_eq!(div(&((IBig::ONE << 1024) - (IBig::ONE << 970) - IBig::ONE), &IBig::ONE), Ok(f64::MAX));
    }
}
