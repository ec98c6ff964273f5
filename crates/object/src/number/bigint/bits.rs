//! Shifts and bitwise operations, with negative numbers as infinite two's complement.

use super::{Int, IntRef};
use crate::number::error::{NumberError, check_room};
use dashu_int::IBig;

/// `a << count`.
///
/// # Errors
/// `ValueError` for a negative count, `OverflowError` or `MemoryError` for one that no memory could serve.
pub fn shift_left(a: IntRef<'_>, count: IntRef<'_>) -> Result<Int, NumberError> {
    if count.is_negative() {
        return Err(negative_count());
    }
    if a.is_zero() {
        return Ok(Int::ZERO);
    }
    let count = count.to_i64().ok_or(NumberError::overflow("too many digits in integer"))? as u64;
    check_room((u128::from(a.bit_length()) + u128::from(count)) / 8)?;
    Ok(shift_left_small(a, count as usize))
}

/// `a << count` for a count known to be small.
pub(super) fn shift_left_small(a: IntRef<'_>, count: usize) -> Int {
    if let IntRef::Small(value) = a
        && count < 64
    {
        return Int::from(i128::from(value) << count);
    }
    Int::from(&*a.big() << count)
}

/// `a >> count`, rounding down.
///
/// # Errors
/// `ValueError` for a negative count.
pub fn shift_right(a: IntRef<'_>, count: IntRef<'_>) -> Result<Int, NumberError> {
    if count.is_negative() {
        return Err(negative_count());
    }
    let count = match count.to_u64() {
        Some(count) if count < a.bit_length() => count as usize,
        _ => return Ok(Int::Small(if a.is_negative() { -1 } else { 0 })),
    };
    Ok(match a {
        IntRef::Small(value) => Int::Small(value >> count.min(63)),
        IntRef::Big(value) => Int::from(value >> count),
    })
}

fn negative_count() -> NumberError {
    NumberError::value("negative shift count")
}

/// `a & b`.
pub fn and(a: IntRef<'_>, b: IntRef<'_>) -> Int {
    bitwise(a, b, |a, b| a & b, |a, b| a & b)
}

/// `a | b`.
pub fn or(a: IntRef<'_>, b: IntRef<'_>) -> Int {
    bitwise(a, b, |a, b| a | b, |a, b| a | b)
}

/// `a ^ b`.
pub fn xor(a: IntRef<'_>, b: IntRef<'_>) -> Int {
    bitwise(a, b, |a, b| a ^ b, |a, b| a ^ b)
}

fn bitwise(a: IntRef<'_>, b: IntRef<'_>, small: impl Fn(i64, i64) -> i64, big: impl Fn(&IBig, &IBig) -> IBig) -> Int {
    match (a, b) {
        (IntRef::Small(a), IntRef::Small(b)) => Int::Small(small(a, b)),
        _ => Int::from(big(&a.big(), &b.big())),
    }
}

/// `~a`.
pub fn invert(a: IntRef<'_>) -> Int {
    match a {
        IntRef::Small(value) => Int::Small(!value),
        IntRef::Big(value) => Int::from(!value),
    }
}

/// `a.bit_count()`: the ones of the magnitude.
pub fn bit_count(a: IntRef<'_>) -> u64 {
    match a {
        IntRef::Small(value) => u64::from(value.unsigned_abs().count_ones()),
        IntRef::Big(value) => value.as_sign_words().1.iter().map(|word| u64::from(word.count_ones())).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn power(exponent: usize) -> Int {
        Int::from(IBig::ONE << exponent)
    }

    #[test]
    fn shifts_at_the_limits() {
        let huge = power(64);
        let small = IntRef::Small;
        assert_eq!(shift_left(small(1), small(-1)), Err(NumberError::value("negative shift count")));
        assert_eq!(shift_left(small(1), huge.as_ref()), Err(NumberError::overflow("too many digits in integer")));
        assert_eq!(shift_left(small(1), small(1 << 62)), Err(NumberError::Memory));
        assert_eq!(shift_left(small(0), huge.as_ref()), Ok(Int::ZERO));
        assert_eq!(shift_right(small(-1), huge.as_ref()), Ok(Int::Small(-1)));
        assert_eq!(shift_right(small(5), huge.as_ref()), Ok(Int::ZERO));
        assert_eq!(shift_right(small(i64::MIN), small(63)), Ok(Int::Small(-1)));
        assert_eq!(shift_right(small(i64::MIN), small(64)), Ok(Int::Small(-1)));
        assert_eq!(shift_left(small(-1), small(63)), Ok(Int::Small(i64::MIN)));
        assert_eq!(shift_left(small(1), small(64)), Ok(power(64)));
    }

    #[test]
    fn negative_numbers_are_twos_complement() {
        let minus = super::super::arith::neg(power(64).as_ref());
        assert_eq!(and(minus.as_ref(), IntRef::Small(-1)), minus);
        assert_eq!(or(minus.as_ref(), IntRef::Small(1)), super::super::arith::add(minus.as_ref(), IntRef::Small(1)));
        assert_eq!(xor(minus.as_ref(), minus.as_ref()), Int::ZERO);
        assert_eq!(invert(invert(minus.as_ref()).as_ref()), minus);
        assert_eq!(shift_right(minus.as_ref(), IntRef::Small(63)), Ok(Int::Small(-2)));
        let odd = super::super::arith::sub(minus.as_ref(), IntRef::Small(1));
        assert_eq!(shift_right(odd.as_ref(), IntRef::Small(64)), Ok(Int::Small(-2)));
        assert_eq!(bit_count(odd.as_ref()), 2);
        assert_eq!(bit_count(IntRef::Small(-7)), 3);
    }
}
