//! Comparison of integers with each other and, exactly, with floats.

use super::{IntRef, convert, words_bit_length};
use dashu_int::Sign;
use std::cmp::Ordering;

/// The order of two integers.
pub fn cmp(a: IntRef<'_>, b: IntRef<'_>) -> Ordering {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => a.cmp(&b),
        _ => a.big().as_ref().cmp(b.big().as_ref()),
    }
}

/// Whether two integers are the same number.
pub fn eq(a: IntRef<'_>, b: IntRef<'_>) -> bool {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => a == b,
        _ => a.big() == b.big(),
    }
}

/// The order of the magnitudes of two integers.
pub fn cmp_magnitude(a: IntRef<'_>, b: IntRef<'_>) -> Ordering {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => a.unsigned_abs().cmp(&b.unsigned_abs()),
        _ => {
            let (a, b) = (a.big(), b.big());
            let (a, b) = (a.as_sign_words().1, b.as_sign_words().1);
            a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
        }
    }
}

/// The exact order of an integer and a float; `None` for NaN.
pub fn cmp_float(a: IntRef<'_>, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    Some(match a {
        IntRef::Small(a) => cmp_small_float(a, b),
        IntRef::Big(big) => {
            if let Some(small) = a.to_i64() {
                return Some(cmp_small_float(small, b));
            }
            let (sign, words) = big.as_sign_words();
            let beyond = if sign == Sign::Negative { Ordering::Less } else { Ordering::Greater };
            // Beyond i64, so the float must be large too, of the same sign, and then has no fraction of note.
            if b.is_infinite() || words_bit_length(words) > 1024 {
                return Some(if b.is_infinite() { 0.0.partial_cmp(&b)? } else { beyond });
            }
            if b.abs() < 1e18 || (b < 0.0) != (sign == Sign::Negative) {
                return Some(beyond);
            }
            match convert::float_trunc(b) {
                Ok(whole) => cmp(a, whole.as_ref()),
                Err(_) => beyond,
            }
        }
    })
}

/// As [`cmp_float`] for an `i64` and a float that is not NaN.
fn cmp_small_float(a: i64, b: f64) -> Ordering {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if b >= LIMIT {
        return Ordering::Less;
    }
    if b < -LIMIT {
        return Ordering::Greater;
    }
    let whole = b.trunc();
    // The integer against the float's whole part, then zero against its fraction.
    a.cmp(&(whole as i64)).then_with(|| 0.0f64.partial_cmp(&(b - whole)).unwrap_or(Ordering::Equal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::bigint::Int;
    use dashu_int::IBig;

    #[test]
    fn floats_compare_exactly() {
        let order = |a: i64, b: f64| cmp_float(IntRef::Small(a), b).unwrap();
        assert_eq!(order(1, 1.0), Ordering::Equal);
        assert_eq!(order(1, 1.5), Ordering::Less);
        assert_eq!(order(-1, -1.5), Ordering::Greater);
        assert_eq!(order((1 << 53) + 1, 9007199254740992.0), Ordering::Greater);
        assert_eq!(order(i64::MAX, 9223372036854775808.0), Ordering::Less);
        assert_eq!(order(i64::MIN, -9223372036854775808.0), Ordering::Equal);
        assert_eq!(order(0, f64::INFINITY), Ordering::Less);
        assert_eq!(cmp_float(IntRef::Small(0), f64::NAN), None);
        let big = Int::from(IBig::from(10).pow(400));
        assert_eq!(cmp_float(big.as_ref(), f64::MAX), Some(Ordering::Greater));
        assert_eq!(cmp_float(big.as_ref(), f64::INFINITY), Some(Ordering::Less));
        assert_eq!(cmp_float(big.as_ref(), f64::NEG_INFINITY), Some(Ordering::Greater));
        let power = Int::from(IBig::ONE << 100);
        assert_eq!(cmp_float(power.as_ref(), 2f64.powi(100)), Some(Ordering::Equal));
        assert_eq!(cmp_float(power.as_ref(), -1e300), Some(Ordering::Greater));
        let above = Int::from((IBig::ONE << 100) + IBig::ONE);
        assert_eq!(cmp_float(above.as_ref(), 2f64.powi(100)), Some(Ordering::Greater));
    }

    #[test]
    fn magnitudes() {
        assert_eq!(cmp_magnitude(IntRef::Small(-3), IntRef::Small(2)), Ordering::Greater);
        let big = IBig::from(-1) << 80;
        assert_eq!(cmp_magnitude(IntRef::Big(&big), IntRef::Small(i64::MIN)), Ordering::Greater);
        assert_eq!(cmp(IntRef::Big(&big), IntRef::Small(i64::MIN)), Ordering::Less);
    }
}
