//! Addition, subtraction, multiplication, and division with Python's rounding toward minus infinity.

use super::{Int, IntRef, large};
use crate::number::error::{DIVISION_BY_ZERO, NumberError};
use dashu_int::{IBig, Sign, UBig, ops::DivRem};

/// Numbers up to so many words are multiplied in one go.
const UNDIVIDED: usize = 1000;

/// `a + b`.
pub fn add(a: IntRef<'_>, b: IntRef<'_>) -> Int {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => match a.checked_add(b) {
            Some(sum) => Int::Small(sum),
            None => Int::from(i128::from(a) + i128::from(b)),
        },
        (IntRef::Big(big), IntRef::Small(small)) | (IntRef::Small(small), IntRef::Big(big)) => Int::from(big + IBig::from(small)),
        (IntRef::Big(a), IntRef::Big(b)) => Int::from(a + b),
    }
}

/// `a - b`.
pub fn sub(a: IntRef<'_>, b: IntRef<'_>) -> Int {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => match a.checked_sub(b) {
            Some(difference) => Int::Small(difference),
            None => Int::from(i128::from(a) - i128::from(b)),
        },
        (IntRef::Big(a), IntRef::Small(b)) => Int::from(a - IBig::from(b)),
        (IntRef::Small(a), IntRef::Big(b)) => Int::from(IBig::from(a) - b),
        (IntRef::Big(a), IntRef::Big(b)) => Int::from(a - b),
    }
}

/// `a * b`; `MemoryError` if the product cannot be made.
pub fn mul(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, NumberError> {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => Ok(match a.checked_mul(b) {
            Some(product) => Int::Small(product),
            None => Int::from(i128::from(a) * i128::from(b)),
        }),
        (IntRef::Big(big), IntRef::Small(small)) | (IntRef::Small(small), IntRef::Big(big)) => {
            Ok(Int::from(big * IBig::from(small)))
        }
        (IntRef::Big(x), IntRef::Big(y)) => {
            if x.as_sign_words().1.len().max(y.as_sign_words().1.len()) <= UNDIVIDED {
                return Ok(Int::from(if std::ptr::eq(x, y) { x.sqr().into() } else { x * y }));
            }
            let ((x_sign, x_size), (y_sign, y_size)) = (x.clone().into_parts(), y.clone().into_parts());
            let product = if std::ptr::eq(x, y) { large::sqr(&x_size) } else { large::mul(&x_size, &y_size) }?;
            Ok(Int::from(IBig::from_parts(x_sign * y_sign, product)))
        }
    }
}

/// Roughly how many nanoseconds multiplying (or dividing to) numbers of these bit lengths takes.
pub fn mul_work(a_bits: u64, b_bits: u64) -> u64 {
    let (long, short) = (a_bits.max(b_bits) / 64 + 1, a_bits.min(b_bits) / 64 + 1);
    // Schoolbook up to some 32 words, Karatsuba and better beyond: each doubling of the shorter operand
    // beyond that costs at most three halves more for each word of the longer.
    let mut per_word = short.min(32);
    let mut size = 32;
    while size < short {
        per_word += per_word / 2;
        size *= 2;
    }
    long.saturating_mul(per_word)
}

/// `-a`.
pub fn neg(a: IntRef<'_>) -> Int {
    match a {
        IntRef::Small(value) => match value.checked_neg() {
            Some(negated) => Int::Small(negated),
            None => Int::from(-i128::from(value)),
        },
        IntRef::Big(value) => Int::from(-value),
    }
}

/// `abs(a)`.
pub fn abs(a: IntRef<'_>) -> Int {
    if a.is_negative() { neg(a) } else { a.to_int() }
}

/// `a // b` for two small numbers; `None` for a zero divisor or a quotient outside `i64`.
pub fn floor_div_small(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    Some(if (a ^ b) < 0 && quotient * b != a { quotient - 1 } else { quotient })
}

/// `a % b` for two small numbers; `None` for a zero divisor.
pub fn modulo_small(a: i64, b: i64) -> Option<i64> {
    match b {
        0 => None,
        // Also keeps the one overflowing division away.
        -1 => Some(0),
        _ => {
            let remainder = a % b;
            Some(if remainder != 0 && (remainder ^ b) < 0 { remainder + b } else { remainder })
        }
    }
}

/// `divmod(a, b)`; `ZeroDivisionError` if `b` is zero.
pub fn div_mod(a: IntRef<'_>, b: IntRef<'_>) -> Result<(Int, Int), NumberError> {
    if b.is_zero() {
        return Err(DIVISION_BY_ZERO);
    }
    if let (IntRef::Small(a), IntRef::Small(b)) = (a, b)
        && let (Some(quotient), Some(remainder)) = (floor_div_small(a, b), modulo_small(a, b))
    {
        return Ok((Int::Small(quotient), Int::Small(remainder)));
    }
    let (a, b) = (a.big(), b.big());
    let (mut quotient, mut remainder) = truncated(&a, &b)?;
    if needs_floor(&remainder, &b) {
        quotient -= IBig::ONE;
        remainder += &*b;
    }
    Ok((Int::from(quotient), Int::from(remainder)))
}

/// `a // b`; `ZeroDivisionError` if `b` is zero.
pub fn floor_div(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, NumberError> {
    if let (IntRef::Small(a), IntRef::Small(b)) = (a, b)
        && let Some(quotient) = floor_div_small(a, b)
    {
        return Ok(Int::Small(quotient));
    }
    // Operands of different sign need the remainder to round down; the rest do not.
    if a.is_negative() != b.is_negative() {
        return div_mod(a, b).map(|(quotient, _)| quotient);
    }
    if b.is_zero() {
        return Err(DIVISION_BY_ZERO);
    }
    Ok(Int::from(truncated(&a.big(), &b.big())?.0))
}

/// `a % b`; `ZeroDivisionError` if `b` is zero.
pub fn modulo(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, NumberError> {
    if b.is_zero() {
        return Err(DIVISION_BY_ZERO);
    }
    if let (IntRef::Small(a), IntRef::Small(b)) = (a, b)
        && let Some(remainder) = modulo_small(a, b)
    {
        return Ok(Int::Small(remainder));
    }
    let (a, b) = (a.big(), b.big());
    let mut remainder = truncated(&a, &b)?.1;
    if needs_floor(&remainder, &b) {
        remainder += &*b;
    }
    Ok(Int::from(remainder))
}

/// Quotient and remainder of a division that rounds toward zero.
fn truncated(a: &IBig, b: &IBig) -> Result<(IBig, IBig), NumberError> {
    if large::is_short_division(a.as_sign_words().1.len(), b.as_sign_words().1.len()) {
        return Ok(a.div_rem(b));
    }
    let ((a_sign, a), (b_sign, b)) = (a.clone().into_parts(), b.clone().into_parts());
    let (quotient, remainder) = large::div_rem(&a, &b)?;
    Ok((IBig::from_parts(a_sign * b_sign, quotient), IBig::from_parts(a_sign, remainder)))
}

/// Whether truncated division must be turned into floor division: a remainder whose sign is not the divisor's.
fn needs_floor(remainder: &IBig, divisor: &IBig) -> bool {
    !remainder.is_zero() && (remainder.sign() == Sign::Negative) != (divisor.sign() == Sign::Negative)
}

/// `divmod` rounding the quotient to nearest, ties to even: `_PyLong_DivmodNear`, the base of `round`.
pub fn div_mod_near(a: IntRef<'_>, b: IntRef<'_>) -> Result<(Int, Int), NumberError> {
    let (mut quotient, mut remainder) = div_mod(a, b)?;
    // The remainder has the divisor's sign; compare twice its magnitude with the divisor's.
    let twice = super::bits::shift_left_small(remainder.as_ref(), 1);
    let order = super::compare::cmp_magnitude(twice.as_ref(), b);
    if order.is_gt() || (order.is_eq() && quotient.as_ref().is_odd()) {
        quotient = add(quotient.as_ref(), IntRef::Small(1));
        remainder = sub(remainder.as_ref(), b);
    }
    Ok((quotient, remainder))
}

/// `round(a, ndigits)`: for negative `ndigits` the nearest multiple of a power of ten, ties to even.
pub fn round(a: IntRef<'_>, ndigits: IntRef<'_>) -> Result<Int, NumberError> {
    if !ndigits.is_negative() {
        return Ok(a.to_int());
    }
    // A power of ten more than twice the number rounds it to zero: no need to compute it.
    let places = match ndigits.to_i64() {
        Some(places) if places.unsigned_abs() <= a.bit_length() / 3 + 1 => places.unsigned_abs(),
        _ => return Ok(Int::ZERO),
    };
    let unit = Int::from(IBig::from(large::pow(&UBig::from(10u8), places)?));
    let (_, remainder) = div_mod_near(a, unit.as_ref())?;
    Ok(sub(a, remainder.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> Int {
        Int::from(text.parse::<IBig>().unwrap())
    }

    #[test]
    fn division_rounds_down() {
        for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (-6, 3), (i64::MIN, -1), (i64::MIN, 1)] {
            let (q, r) = div_mod(IntRef::Small(a), IntRef::Small(b)).unwrap();
            assert_eq!(floor_div(IntRef::Small(a), IntRef::Small(b)).unwrap(), q);
            assert_eq!(modulo(IntRef::Small(a), IntRef::Small(b)).unwrap(), r);
            let back = add(mul(q.as_ref(), IntRef::Small(b)).unwrap().as_ref(), r.as_ref());
            assert_eq!(back, Int::Small(a), "{a} {b}");
            assert!(r.as_ref().is_zero() || r.as_ref().is_negative() == (b < 0));
        }
        assert_eq!(
            div_mod(big("-100000000000000000000").as_ref(), IntRef::Small(3)).unwrap(),
            (big("-33333333333333333334"), Int::Small(2))
        );
        assert_eq!(div_mod(IntRef::Small(-5), big("100000000000000000000").as_ref()).unwrap().0, Int::Small(-1));
        assert_eq!(floor_div(IntRef::Small(1), IntRef::Small(0)), Err(DIVISION_BY_ZERO));
    }

    #[test]
    fn overflow_goes_to_big_and_back() {
        let over = add(IntRef::Small(i64::MAX), IntRef::Small(1));
        assert_eq!(over, big("9223372036854775808"));
        assert_eq!(sub(over.as_ref(), IntRef::Small(1)), Int::Small(i64::MAX));
        assert_eq!(neg(IntRef::Small(i64::MIN)), over);
        assert_eq!(mul(IntRef::Small(i64::MIN), IntRef::Small(-1)).unwrap(), over);
    }

    #[test]
    fn rounding_is_half_to_even() {
        for (value, places, expected) in [
            (25, -1, 20),
            (35, -1, 40),
            (-25, -1, -20),
            (15, -2, 0),
            (150, -2, 200),
            (7, -1, 10),
            (5, -1, 0),
            (6, -1, 10),
            (1234, 2, 1234),
        ] {
            assert_eq!(round(IntRef::Small(value), IntRef::Small(places)).unwrap(), Int::Small(expected), "{value}");
        }
        assert_eq!(round(IntRef::Small(5), big("-1000000000000000000000").as_ref()).unwrap(), Int::ZERO);
        assert_eq!(
            round(big("1267650600228229401496703205376").as_ref(), IntRef::Small(-10)).unwrap(),
            big("1267650600228229401500000000000")
        );
    }
}
