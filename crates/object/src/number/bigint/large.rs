//! What `dashu_int` cannot be trusted with for numbers of many thousands of words: its division multiplies parts that may be
//! zero, which its number-theoretic transform faults at. Below [`SAFE`] words it never uses that; above, division, roots and
//! common divisors are made here of its products of whole numbers.

use dashu_int::UBig;
use dashu_int::ops::{BitTest, DivRem, Gcd, SquareRoot};

/// Up to so many words in the divisor or the quotient a division is `dashu_int`'s.
const SAFE: usize = 4000;

/// Bits of the leading parts that [`gcd`] works with.
const LEADING: usize = 62;

/// Whether numbers of this size are none of this file's business.
pub(super) fn is_safe(value: &UBig) -> bool {
    value.as_words().len() <= SAFE
}

/// Whether a division of numbers with so many words is `dashu_int`'s.
pub(super) fn is_short_division(a: usize, b: usize) -> bool {
    b <= SAFE || a < b + SAFE
}

fn low_bits(value: &UBig, bits: usize) -> UBig {
    let mut low = value.clone();
    low.clear_high_bits(bits);
    low
}

/// Quotient and remainder; the divisor is not zero.
pub(super) fn div_rem(a: &UBig, b: &UBig) -> (UBig, UBig) {
    let bits = b.bit_len();
    if is_short_division(a.as_words().len(), b.as_words().len()) {
        return a.div_rem(b);
    }
    // Schoolbook with digits of the divisor's size.
    let digits = a.bit_len().div_ceil(bits);
    let (mut quotient, mut rest) = (UBig::ZERO, UBig::ZERO);
    for digit in (0..digits).rev() {
        let part = (rest << bits) | low_bits(&(a >> (digit * bits)), bits);
        let (next, left) = div_two_by_one(&part, b, bits);
        quotient = (quotient << bits) | next;
        rest = left;
    }
    (quotient, rest)
}

/// Burnikel and Ziegler's recursion: `a / b`, where `b` has `bits` bits and the quotient no more.
fn div_two_by_one(a: &UBig, b: &UBig, bits: usize) -> (UBig, UBig) {
    if is_short_division(a.as_words().len(), b.as_words().len()) {
        return a.div_rem(b);
    }
    if bits % 2 == 1 {
        let (quotient, rest) = div_two_by_one(&(a << 1), &(b << 1), bits + 1);
        return (quotient, rest >> 1);
    }
    let half = bits / 2;
    let parts = (b >> half, low_bits(b, half));
    let (high, rest) = div_three_by_two(&(a >> bits), &low_bits(&(a >> half), half), b, &parts, half);
    let (low, rest) = div_three_by_two(&rest, &low_bits(a, half), b, &parts, half);
    ((high << half) | low, rest)
}

/// A quotient of `bits` bits: of `high` and behind it the `bits` bits of `low`, by `b`, whose halves are `parts`.
fn div_three_by_two(high: &UBig, low: &UBig, b: &UBig, parts: &(UBig, UBig), bits: usize) -> (UBig, UBig) {
    let (mut quotient, rest) = if high >> bits == parts.0 {
        (UBig::ones(bits), high - (&parts.0 << bits) + &parts.0)
    } else {
        div_two_by_one(high, &parts.0, bits)
    };
    let mut rest = (rest << bits) | low;
    let excess = &quotient * &parts.1;
    while rest < excess {
        quotient -= UBig::ONE;
        rest += b;
    }
    (quotient, rest - excess)
}

/// The square root, rounded down: CPython's `math.isqrt`, each step of which doubles how many bits are right.
pub(super) fn isqrt(value: UBig) -> UBig {
    if is_safe(&value) {
        return value.sqrt();
    }
    let bits = (value.bit_len() - 1) / 2;
    let (mut root, mut exact) = (UBig::ONE, 0);
    for shift in (0..usize::BITS - bits.leading_zeros()).rev() {
        let before = exact;
        exact = bits >> shift;
        let part = &value >> (2 * bits - before - exact + 1);
        root = (&root << (exact - before - 1)) + div_rem(&part, &root).0;
    }
    if root.sqr() > value { root - UBig::ONE } else { root }
}

/// The greatest common divisor of two numbers of which neither is zero: Lehmer's algorithm, as CPython's `_PyLong_GCD`.
pub(super) fn gcd(mut a: UBig, mut b: UBig) -> UBig {
    if a < b {
        std::mem::swap(&mut a, &mut b);
    }
    while !is_safe(&b) {
        let bits = a.bit_len();
        let (mut x, mut y) = (leading(&a, bits), leading(&b, bits));
        let mut factors: (i128, i128, i128, i128) = (1, 0, 0, 1);
        let mut odd = false;
        while y != factors.2 {
            let (p, q, r, s) = factors;
            let quotient = (x + (p - 1)) / (y - r);
            let (next, left) = (q + quotient * s, x - quotient * y);
            if next > left {
                break;
            }
            (x, y) = (y, left);
            factors = (s, r, next, p + quotient * r);
            odd = !odd;
        }
        let (p, q, r, s) = factors;
        (a, b) = if q == 0 {
            let rest = div_rem(&a, &b).1;
            (b, rest)
        } else if odd {
            (combine(&b, p, &a, q), combine(&a, s, &b, r))
        } else {
            (combine(&a, p, &b, q), combine(&b, s, &a, r))
        };
    }
    if b.is_zero() {
        return a;
    }
    let rest = div_rem(&a, &b).1;
    if rest.is_zero() { b } else { b.gcd(rest) }
}

/// The leading bits of a number that counts as one of `bits` bits.
fn leading(value: &UBig, bits: usize) -> i128 {
    i128::try_from(&(value >> (bits - LEADING))).unwrap_or_default()
}

/// `a * p - b * q`, which is not negative.
fn combine(a: &UBig, p: i128, b: &UBig, q: i128) -> UBig {
    a * UBig::from(p.unsigned_abs()) - b * UBig::from(q.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE_BITS: usize = 64 * SAFE;

    /// Numbers with long runs of zeros and ones, a bit below and above what is done here.
    fn numbers() -> Vec<UBig> {
        let mut numbers = Vec::new();
        for bits in [SAFE_BITS / 2, 3 * SAFE_BITS, 5 * SAFE_BITS + 7] {
            let power = UBig::ONE << bits;
            numbers.extend([&power + UBig::ONE, &power - UBig::ONE, &power + (UBig::ONE << (bits / 2)), power]);
        }
        numbers
    }

    #[test]
    fn quotients() {
        for a in numbers() {
            for b in numbers() {
                let (quotient, rest) = div_rem(&a, &b);
                assert!(rest < b && quotient * b + rest == a);
            }
        }
    }

    #[test]
    fn roots() {
        for value in numbers() {
            let root = isqrt(value.clone());
            assert!(root.sqr() <= value && (root + UBig::ONE).sqr() > value);
        }
    }

    #[test]
    fn divisors() {
        let (three, seven) = (UBig::from(3u8).pow(300_000), UBig::from(7u8).pow(100_000));
        assert!(gcd(&three * &seven, &three << 1000) == three);
        assert!(gcd(&three * &seven, seven.clone() * UBig::from(5u8).pow(200_000)) == seven);
        let power = UBig::ONE << (3 * SAFE_BITS);
        assert!(gcd(power.clone(), &power >> SAFE_BITS) == &power >> SAFE_BITS);
        assert!(gcd(&power + UBig::ONE, power) == UBig::ONE);
    }
}
