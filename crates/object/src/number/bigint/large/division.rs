//! Quotients by Burnikel and Ziegler's recursion.

use dashu_int::UBig;
use dashu_int::ops::{BitTest, DivRem};

use super::product::{SAFE, mul};
use crate::number::bigint::arith::mul_work;
use crate::number::error::{NumberError, go_on};

/// Work, in nanoseconds, that is done in one go.
const ONE_GO: u64 = 5_000_000;

/// Whether a division of numbers with so many words is `dashu_int`'s, and not long.
pub fn is_short_division(a: usize, b: usize) -> bool {
    let quotient = a.saturating_sub(b) + 1;
    b.min(quotient) <= SAFE && mul_work(quotient as u64 * 64, b as u64 * 64) <= ONE_GO
}

fn low_bits(value: &UBig, bits: usize) -> UBig {
    let mut low = value.clone();
    low.clear_high_bits(bits);
    low
}

/// Quotient and remainder; the divisor is not zero.
///
/// # Errors
/// As [`mul`].
pub fn div_rem(a: &UBig, b: &UBig) -> Result<(UBig, UBig), NumberError> {
    let (length, divisor) = (a.as_words().len(), b.as_words().len());
    if is_short_division(length, divisor) {
        return Ok(a.div_rem(b));
    }
    // Schoolbook with digits of the divisor's size, the divisor's highest bit being set, or with those of a division that is short.
    let (words, shift) = if divisor <= SAFE {
        let work = mul_work(length as u64 * 64, divisor as u64 * 64);
        (divisor.max((length as u64 * ONE_GO / work) as usize), 0)
    } else {
        (divisor, divisor * 64 - b.bit_len())
    };
    let (a, b) = (a << shift, b << shift);
    let mut quotient = vec![0; a.as_words().len() + words];
    let mut rest = UBig::ZERO;
    for (index, digit) in a.as_words().chunks(words).enumerate().rev() {
        go_on()?;
        let part = (rest << (words * 64)) | UBig::from_words(digit);
        let (next, left) = if divisor <= SAFE { part.div_rem(&b) } else { div_two_by_one(&part, &b, words * 64)? };
        let next = next.as_words();
        quotient[index * words..][..next.len()].copy_from_slice(next);
        rest = left;
    }
    Ok((UBig::from_words(&quotient), rest >> shift))
}

/// The recursion: `a / b`, where `b` has `bits` bits and the quotient no more.
fn div_two_by_one(a: &UBig, b: &UBig, bits: usize) -> Result<(UBig, UBig), NumberError> {
    if is_short_division(a.as_words().len(), b.as_words().len()) {
        return Ok(a.div_rem(b));
    }
    if bits % 2 == 1 {
        let (quotient, rest) = div_two_by_one(&(a << 1), &(b << 1), bits + 1)?;
        return Ok((quotient, rest >> 1));
    }
    let half = bits / 2;
    let parts = (b >> half, low_bits(b, half));
    let (high, rest) = div_three_by_two(&(a >> bits), &low_bits(&(a >> half), half), b, &parts, half)?;
    let (low, rest) = div_three_by_two(&rest, &low_bits(a, half), b, &parts, half)?;
    Ok(((high << half) | low, rest))
}

/// A quotient of `bits` bits: of `high` and behind it the `bits` bits of `low`, by `b`, whose halves are `parts`.
fn div_three_by_two(high: &UBig, low: &UBig, b: &UBig, parts: &(UBig, UBig), bits: usize) -> Result<(UBig, UBig), NumberError> {
    go_on()?;
    let (mut quotient, rest) = if high >> bits == parts.0 {
        (UBig::ones(bits), high - (&parts.0 << bits) + &parts.0)
    } else {
        div_two_by_one(high, &parts.0, bits)?
    };
    let mut rest = (rest << bits) | low;
    let excess = mul(&quotient, &parts.1)?;
    while rest < excess {
        quotient -= UBig::ONE;
        rest += b;
    }
    Ok((quotient, rest - excess))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::bigint::large::test_numbers;

    #[test]
    fn quotients() {
        for a in test_numbers() {
            for b in test_numbers() {
                let (quotient, rest) = div_rem(&a, &b).unwrap();
                assert!(rest < b && mul(&quotient, &b).unwrap() + rest == a);
            }
        }
    }

    #[test]
    fn quotients_much_longer_than_divisors() {
        let a = (UBig::ONE << 6_000_000) - UBig::from(12_345u32);
        for bits in [64, 640, 64 * 700 + 3, 64 * SAFE] {
            let b = (UBig::ONE << bits) - UBig::from(3u8);
            let (quotient, rest) = div_rem(&a, &b).unwrap();
            assert!(rest < b && mul(&quotient, &b).unwrap() + rest == a);
        }
    }
}
