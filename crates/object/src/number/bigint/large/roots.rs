//! Square roots, greatest common divisors and inverses.

use dashu_int::ops::{BitTest, ExtendedGcd, Gcd, SquareRoot};
use dashu_int::{IBig, Sign, UBig};

use super::division::div_rem;
use super::product::{SAFE, mul, sqr};
use crate::number::error::{NumberError, go_on};

/// Bits of the leading parts that [`Step`] is found from.
const LEADING: usize = 62;

fn is_safe(value: &UBig) -> bool {
    value.as_words().len() <= SAFE
}

/// The square root, rounded down: CPython's `math.isqrt`, each step of which doubles how many bits are right.
///
/// # Errors
/// As [`mul`].
pub fn isqrt(value: UBig) -> Result<UBig, NumberError> {
    if is_safe(&value) {
        return Ok(value.sqrt());
    }
    let bits = (value.bit_len() - 1) / 2;
    let (mut root, mut exact) = (UBig::ONE, 0);
    for shift in (0..usize::BITS - bits.leading_zeros()).rev() {
        let before = exact;
        exact = bits >> shift;
        let part = &value >> (2 * bits - before - exact + 1);
        root = (&root << (exact - before - 1)) + div_rem(&part, &root)?.0;
    }
    Ok(if sqr(&root)? > value { root - UBig::ONE } else { root })
}

/// Many steps of Euclid's algorithm at once: `(a, b)` becomes `(p a - q b, s b - r a)`, or `(p b - q a, s a - r b)` if it is
/// an odd number of steps.
struct Step {
    p: i128,
    q: i128,
    r: i128,
    s: i128,
    odd: bool,
}

impl Step {
    /// As far as the leading bits of the two tell it, the first of which is not the smaller: Lehmer's algorithm, as CPython's
    /// `_PyLong_GCD`. `None` where they do not tell even the first step.
    fn find(a: &UBig, b: &UBig) -> Option<Step> {
        let bits = a.bit_len();
        let (mut x, mut y) = (leading(a, bits), leading(b, bits));
        let mut step = Step { p: 1, q: 0, r: 0, s: 1, odd: false };
        while y != step.r {
            let Step { p, q, r, s, odd } = step;
            let quotient = (x + (p - 1)) / (y - r);
            let (next, left) = (q + quotient * s, x - quotient * y);
            if next > left {
                break;
            }
            (x, y) = (y, left);
            step = Step { p: s, q: r, r: next, s: p + quotient * r, odd: !odd };
        }
        (step.q != 0).then_some(step)
    }

    /// Combines two numbers: `first * p - second * q` and the other way about.
    fn apply<T>(&self, a: &T, b: &T, combine: impl Fn(&T, i128, &T, i128) -> T) -> (T, T) {
        let (x, y) = if self.odd { (b, a) } else { (a, b) };
        (combine(x, self.p, y, self.q), combine(y, self.s, x, self.r))
    }
}

/// The leading bits of a number that counts as one of `bits` bits.
fn leading(value: &UBig, bits: usize) -> i128 {
    i128::try_from(&(value >> (bits - LEADING))).unwrap_or_default()
}

/// `a * p - b * q`, which is not negative.
fn combine(a: &UBig, p: i128, b: &UBig, q: i128) -> UBig {
    a * UBig::from(p.unsigned_abs()) - b * UBig::from(q.unsigned_abs())
}

/// The greatest common divisor of two numbers of which neither is zero.
pub fn gcd(mut a: UBig, mut b: UBig) -> Result<UBig, NumberError> {
    if a < b {
        std::mem::swap(&mut a, &mut b);
    }
    while !is_safe(&b) {
        go_on()?;
        (a, b) = match Step::find(&a, &b) {
            Some(step) => step.apply(&a, &b, combine),
            None => {
                let rest = div_rem(&a, &b)?.1;
                (b, rest)
            }
        };
    }
    if b.is_zero() {
        return Ok(a);
    }
    let rest = div_rem(&a, &b)?.1;
    Ok(if rest.is_zero() { b } else { b.gcd(rest) })
}

/// The number whose product with `value` is one modulo `modulus`, of any sign; `None` if there is none. Neither is zero, and `value` is the
/// smaller.
pub fn inverse(value: UBig, modulus: UBig) -> Result<Option<IBig>, NumberError> {
    // How much of the value is in the two: the rest is the modulus.
    let (mut a, mut b) = (modulus, value);
    let (mut of_a, mut of_b) = (IBig::ZERO, IBig::ONE);
    let combine_signed = |a: &IBig, p: i128, b: &IBig, q: i128| a * IBig::from(p) - b * IBig::from(q);
    while !is_safe(&b) {
        go_on()?;
        if let Some(step) = Step::find(&a, &b) {
            (a, b) = step.apply(&a, &b, combine);
            (of_a, of_b) = step.apply(&of_a, &of_b, combine_signed);
        } else {
            (a, b, of_a, of_b) = divide(a, b, of_a, of_b)?;
        }
    }
    if !b.is_zero() {
        (a, b, of_a, of_b) = divide(a, b, of_a, of_b)?;
    }
    if b.is_zero() {
        return Ok(a.is_one().then_some(of_a));
    }
    let (divisor, x, y) = a.gcd_ext(b);
    Ok(if divisor.is_one() { Some(product(&x, &of_a)? + product(&y, &of_b)?) } else { None })
}

/// One step of Euclid's algorithm.
fn divide(a: UBig, b: UBig, of_a: IBig, of_b: IBig) -> Result<(UBig, UBig, IBig, IBig), NumberError> {
    let (quotient, rest) = div_rem(&a, &b)?;
    let left = of_a - product(&IBig::from(quotient), &of_b)?;
    Ok((b, rest, of_b, left))
}

fn product(a: &IBig, b: &IBig) -> Result<IBig, NumberError> {
    let ((a_sign, a), (b_sign, b)) = (a.clone().into_parts(), b.clone().into_parts());
    Ok(IBig::from_parts(if a_sign == b_sign { Sign::Positive } else { Sign::Negative }, mul(&a, &b)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::bigint::large::test_numbers;

    #[test]
    fn roots() {
        for value in test_numbers() {
            let root = isqrt(value.clone()).unwrap();
            assert!(sqr(&root).unwrap() <= value && sqr(&(root + UBig::ONE)).unwrap() > value);
        }
    }

    #[test]
    fn divisors() {
        let power = |base: u8, exponent| super::super::pow(&UBig::from(base), exponent).unwrap();
        let (three, seven) = (power(3, 300_000), power(7, 100_000));
        let both = mul(&three, &seven).unwrap();
        assert!(gcd(both.clone(), &three << 1000).unwrap() == three);
        assert!(gcd(both, mul(&seven, &power(5, 200_000)).unwrap()).unwrap() == seven);
        let bits = 64 * SAFE;
        let power = UBig::ONE << (3 * bits);
        assert!(gcd(power.clone(), &power >> bits).unwrap() == &power >> bits);
        assert!(gcd(&power + UBig::ONE, power).unwrap() == UBig::ONE);
    }

    #[test]
    fn inverses() {
        let modulus = (UBig::ONE << (70 * SAFE)) - UBig::ONE;
        for value in [UBig::from(2u8), super::super::pow(&UBig::from(3u8), 170_000).unwrap() << 5, &modulus - UBig::ONE] {
            let Some(inverse) = inverse(value.clone(), modulus.clone()).unwrap() else {
                assert!(gcd(value, modulus.clone()).unwrap() != UBig::ONE);
                continue;
            };
            let product = product(&inverse, &IBig::from(value)).unwrap() - IBig::ONE;
            assert!(div_rem(&product.into_parts().1, &modulus).unwrap().1.is_zero());
        }
        let even = UBig::ONE << (70 * SAFE);
        assert!(inverse(&even >> 3, even.clone()).unwrap().is_none());
        assert!(inverse(&even - UBig::ONE, even).unwrap() == Some(IBig::from(-1)));
    }
}
