//! Square roots, greatest common divisors and least common multiples.

use super::{Int, IntRef, arith, large};
use crate::number::error::NumberError;
use dashu_int::{IBig, UBig};

/// `math.isqrt(a)`: the root, rounded down.
///
/// # Errors
/// `ValueError` for a negative number.
pub fn isqrt(a: IntRef<'_>) -> Result<Int, NumberError> {
    if a.is_negative() {
        return Err(NumberError::value("isqrt() argument must be nonnegative"));
    }
    Ok(match a {
        IntRef::Small(value) => Int::Small(value.isqrt()),
        IntRef::Big(value) => Int::from(IBig::from(large::isqrt(unsigned(value))?)),
    })
}

/// `math.gcd(a, b)`: never negative; zero only if both are.
///
/// # Errors
/// `MemoryError`, and a program that is told to stop.
pub fn gcd(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, NumberError> {
    if let (Some(a), Some(b)) = (a.to_i64(), b.to_i64()) {
        return Ok(Int::from(gcd_words(a.unsigned_abs(), b.unsigned_abs())));
    }
    if a.is_zero() {
        return Ok(arith::abs(b));
    }
    if b.is_zero() {
        return Ok(arith::abs(a));
    }
    Ok(Int::from(IBig::from(large::gcd(unsigned(&a.big()), unsigned(&b.big()))?)))
}

/// Stein's binary algorithm.
fn gcd_words(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    loop {
        b >>= b.trailing_zeros();
        if a > b {
            (a, b) = (b, a);
        }
        b -= a;
        if b == 0 {
            return a << twos;
        }
    }
}

/// `math.lcm(a, b)`: never negative; zero if either is.
///
/// # Errors
/// `MemoryError` if the result cannot be held.
pub fn lcm(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, NumberError> {
    if a.is_zero() || b.is_zero() {
        return Ok(Int::ZERO);
    }
    let divisor = gcd(a, b)?;
    let part = arith::floor_div(a, divisor.as_ref())?;
    let product = arith::mul(part.as_ref(), b)?;
    Ok(arith::abs(product.as_ref()))
}

fn unsigned(value: &IBig) -> UBig {
    value.clone().into_parts().1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots() {
        assert_eq!(isqrt(IntRef::Small(99)), Ok(Int::Small(9)));
        assert_eq!(isqrt(IntRef::Small(i64::MAX)), Ok(Int::Small(3037000499)));
        let square = IBig::from(10).pow(80);
        assert_eq!(isqrt(IntRef::Big(&square)), Ok(Int::from(IBig::from(10).pow(40))));
        assert_eq!(isqrt(IntRef::Big(&(square - IBig::ONE))), Ok(Int::from(IBig::from(10).pow(40) - IBig::ONE)));
        assert_eq!(isqrt(IntRef::Small(-1)), Err(NumberError::value("isqrt() argument must be nonnegative")));
    }

    #[test]
    fn divisors_and_multiples() {
        assert_eq!(gcd(IntRef::Small(-4), IntRef::Small(6)), Ok(Int::Small(2)));
        assert_eq!(gcd(IntRef::Small(0), IntRef::Small(0)), Ok(Int::ZERO));
        assert_eq!(gcd(IntRef::Small(i64::MIN), IntRef::Small(0)), Ok(Int::from(1i128 << 63)));
        let big = IBig::from(-6) * IBig::from(10).pow(50);
        assert_eq!(gcd(IntRef::Big(&big), IntRef::Small(0)), Ok(Int::from(-&big)));
        assert_eq!(gcd(IntRef::Big(&big), IntRef::Small(9)), Ok(Int::Small(3)));
        assert_eq!(lcm(IntRef::Small(-4), IntRef::Small(6)), Ok(Int::Small(12)));
        assert_eq!(lcm(IntRef::Small(0), IntRef::Small(6)), Ok(Int::ZERO));
    }
}
