//! Products that can be stopped: small ones are `dashu_int`'s, long ones are made of those, or by transforms where both numbers are long.

use dashu_int::UBig;

use super::transform;
use crate::number::bigint::arith::mul_work;
use crate::number::error::{NumberError, check_room, go_on};

/// Up to so many words in the shorter number a product is `dashu_int`'s.
pub const SAFE: usize = 4000;

/// Work, in nanoseconds, that is done in one go.
const ONE_GO: u64 = 5_000_000;

/// `a * b`.
///
/// # Errors
/// `MemoryError` when there is no room for the product and what it takes to make it, and a program that is told to stop.
pub fn mul(a: &UBig, b: &UBig) -> Result<UBig, NumberError> {
    let (long, short) = if a.as_words().len() < b.as_words().len() { (b, a) } else { (a, b) };
    let (length, short_length) = (long.as_words().len(), short.as_words().len());
    let work = mul_work(length as u64 * 64, short_length as u64 * 64);
    if short_length <= SAFE && work <= ONE_GO {
        return Ok(if std::ptr::eq(a, b) { a.sqr() } else { a * b });
    }
    go_on()?;
    check_room((length + short_length) as u128 * 8)?;
    if short_length > SAFE {
        return Ok(UBig::from_words(&transform::product(long.as_words(), short.as_words())?));
    }
    let piece = (length as u64 * ONE_GO / work) as usize + 1;
    let mut words = vec![0; length + short_length];
    for (index, part) in long.as_words().chunks(piece).enumerate() {
        go_on()?;
        add_to(&mut words[index * piece..], (UBig::from_words(part) * short).as_words());
    }
    Ok(UBig::from_words(&words))
}

/// `a * a`.
///
/// # Errors
/// As [`mul`].
pub fn sqr(a: &UBig) -> Result<UBig, NumberError> {
    mul(a, a)
}

/// `base ** exponent`, from left to right in binary; the exponent is not zero.
///
/// # Errors
/// As [`mul`].
pub fn pow(base: &UBig, exponent: u64) -> Result<UBig, NumberError> {
    let mut result = base.clone();
    for bit in (0..63 - exponent.leading_zeros()).rev() {
        result = sqr(&result)?;
        if exponent >> bit & 1 == 1 {
            result = mul(&result, base)?;
        }
    }
    Ok(result)
}

/// Adds words to a number that has room for the sum.
fn add_to(number: &mut [u64], words: &[u64]) {
    let mut carry = false;
    for (index, place) in number.iter_mut().enumerate() {
        let Some(&word) = words.get(index) else {
            if !carry {
                return;
            }
            (*place, carry) = place.overflowing_add(1);
            continue;
        };
        let (sum, over) = place.overflowing_add(word);
        let (sum, again) = sum.overflowing_add(u64::from(carry));
        (*place, carry) = (sum, over || again);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::ops::BitTest;

    /// A number of `bits` bits that look like chance.
    fn noise(bits: usize, mut seed: u64) -> UBig {
        let mut words = Vec::new();
        for _ in 0..bits / 64 + 1 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            words.push(seed);
        }
        let mut number = UBig::from_words(&words);
        number.clear_high_bits(bits);
        number.set_bit(bits - 1);
        number
    }

    /// Checks a product modulo some primes, which needs no other way of multiplying.
    fn check(a: &UBig, b: &UBig) {
        let product = mul(a, b).unwrap();
        for prime in [u64::MAX - 58, (1 << 61) - 1, 1_000_000_007] {
            let prime = UBig::from(prime);
            assert_eq!(&product % &prime, (a % &prime) * (b % &prime) % &prime);
        }
        let bits = a.bit_len() + b.bit_len();
        assert!((bits - 1..=bits).contains(&product.bit_len()));
    }

    #[test]
    fn products_of_every_shape() {
        let word = 64;
        for a in [SAFE - 1, SAFE + 1, 5000, 6144, 8192, 20_000] {
            for b in [1, 40, SAFE, SAFE + 1, 12_288 - 5000, 8192] {
                check(&noise(a * word, 3), &noise(b * word - 5, 5));
            }
            check(&UBig::ones(a * word), &UBig::ones(a * word));
            let number = noise(a * word + 7, 11);
            assert!(sqr(&number).unwrap() == mul(&number, &number.clone()).unwrap());
        }
        // Long ones in pieces.
        check(&noise(word * 300_000, 9), &noise(word * 900, 2));
        check(&UBig::ones(word * 200_000), &UBig::ones(word * 100));
    }

    #[test]
    fn powers_agree_with_shifts() {
        assert!(pow(&UBig::from(8u8), 300_001).unwrap() == UBig::ONE << 900_003);
        assert!(pow(&UBig::from(3u8), 1).unwrap() == UBig::from(3u8));
    }

    #[test]
    fn sums_carry_on() {
        let mut number = [u64::MAX, u64::MAX, 3, 0];
        add_to(&mut number, &[1]);
        assert_eq!(number, [0, 0, 4, 0]);
        add_to(&mut number, &[5, u64::MAX, u64::MAX]);
        assert_eq!(number, [5, u64::MAX, 3, 1]);
    }
}
