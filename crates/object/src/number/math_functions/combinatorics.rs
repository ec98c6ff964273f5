//! `math.factorial`, `math.comb` and `math.perm`. They poll, for their results can be as large as memory.

use crate::number::bigint::arith::{self, mul_work};
use crate::number::bigint::{Int, IntRef, bits, large};
use crate::number::error::{NumberError, Poll, check_room, poll};
use dashu_int::{IBig, UBig};

/// `math.factorial(n)`.
///
/// # Errors
/// `ValueError` for negative numbers, `OverflowError` beyond C's long, `MemoryError`, and what `poll` asks for.
pub fn factorial(n: IntRef<'_>, poll: Poll<'_>) -> Result<Int, NumberError> {
    if n.is_negative() {
        return Err(NumberError::value("factorial() not defined for negative values"));
    }
    let Some(n) = n.to_i64() else {
        return Err(NumberError::overflow(format!("factorial() argument should not exceed {}", i64::MAX)));
    };
    let n = n as u64;
    if n <= 20 {
        return Ok(Int::Small((2..=n).product::<u64>() as i64));
    }
    check_product_room(n, n)?;
    let odd = Int::from(IBig::from(odd_factorial(n, poll)?));
    // The twos in n! are n less the ones of n.
    let twos = n - u64::from(n.count_ones());
    bits::shift_left(odd.as_ref(), IntRef::Small(twos as i64))
}

/// Refuses products of `count` numbers up to `largest` that memory cannot hold.
fn check_product_room(largest: u64, count: u64) -> Result<(), NumberError> {
    // On average a factor of a factorial has some bits less than the largest; half is a safe lower bound.
    let bits = u128::from(64 - largest.leading_zeros()) / 2 + 1;
    check_room(bits * u128::from(count) / 8)
}

/// The odd part of `n!`: the product over i of the odd numbers up to `n >> i`.
fn odd_factorial(n: u64, poll: Poll<'_>) -> Result<UBig, NumberError> {
    let (mut result, mut inner) = (UBig::ONE, UBig::ONE);
    let mut upper = 2;
    for shift in (0..64 - n.leading_zeros()).rev() {
        let limit = n >> shift;
        if limit <= 2 {
            continue;
        }
        let lower = upper;
        upper = limit + 1;
        // Odd numbers from lower to upper, both exclusive of even ones.
        let first = lower | 1;
        let count = (upper + 1).saturating_sub(first) / 2;
        inner = large::mul(&inner, &odd_product(first, count, poll)?)?;
        result = large::mul(&result, &inner)?;
    }
    Ok(result)
}

/// The product of `count` odd numbers from `first` on.
fn odd_product(first: u64, count: u64, poll: Poll<'_>) -> Result<UBig, NumberError> {
    product_tree(count, &mut |index| UBig::from(u128::from(first) + 2 * u128::from(index)), 0, poll)
}

/// Factors that are multiplied one after the other instead of halving on.
const LEAF: u64 = 8;

/// The product of the factors numbered `start` to `start + count`, by halves so that both sides of each
/// multiplication are about as large.
fn product_tree(count: u64, factor: &mut dyn FnMut(u64) -> UBig, start: u64, poll_with: Poll<'_>) -> Result<UBig, NumberError> {
    if count <= LEAF {
        return Ok((start..start + count).fold(UBig::ONE, |product, index| product * factor(index)));
    }
    let half = count / 2;
    let left = product_tree(half, factor, start, poll_with)?;
    let right = product_tree(count - half, factor, start + half, poll_with)?;
    let size = |value: &UBig| value.as_words().len() as u64 * 64;
    poll(poll_with, mul_work(size(&left), size(&right)))?;
    large::mul(&left, &right)
}

fn check_arguments(n: IntRef<'_>, k: IntRef<'_>) -> Result<(), NumberError> {
    if n.is_negative() {
        return Err(NumberError::value("n must be a non-negative integer"));
    }
    if k.is_negative() {
        return Err(NumberError::value("k must be a non-negative integer"));
    }
    Ok(())
}

/// `math.perm(n, k)`; without `k` it is [`factorial`].
///
/// # Errors
/// `ValueError` for negative numbers, `OverflowError` for `k` beyond C's long long, `MemoryError`, and what `poll`
/// asks for.
pub fn perm(n: IntRef<'_>, k: IntRef<'_>, poll: Poll<'_>) -> Result<Int, NumberError> {
    check_arguments(n, k)?;
    if crate::number::bigint::compare::cmp(n, k).is_lt() {
        return Ok(Int::ZERO);
    }
    let Some(k) = k.to_i64() else {
        return Err(NumberError::overflow(format!("k must not exceed {}", i64::MAX)));
    };
    falling_product(n, k as u64, poll)
}

/// `n * (n - 1) * …`, `k` factors; `k` is at most `n`.
fn falling_product(n: IntRef<'_>, k: u64, poll: Poll<'_>) -> Result<Int, NumberError> {
    if k == 0 {
        return Ok(Int::ONE);
    }
    if let Some(small) = n.to_u64() {
        check_product_room(small, k)?;
        let lowest = small - (k - 1);
        let product = product_tree(k, &mut |index| UBig::from(lowest + index), 0, poll)?;
        return Ok(Int::from(IBig::from(product)));
    }
    check_room(u128::from(n.bit_length()) * u128::from(k) / 16)?;
    let big = n.big().into_owned().into_parts().1;
    let product = product_tree(k, &mut |index| &big - UBig::from(index), 0, poll)?;
    Ok(Int::from(IBig::from(product)))
}

/// `math.comb(n, k)`.
///
/// # Errors
/// `ValueError` for negative numbers, `OverflowError` when `min(k, n - k)` is beyond C's long long, `MemoryError`,
/// and what `poll` asks for.
pub fn comb(n: IntRef<'_>, k: IntRef<'_>, poll: Poll<'_>) -> Result<Int, NumberError> {
    check_arguments(n, k)?;
    let rest = arith::sub(n, k);
    if rest.as_ref().is_negative() {
        return Ok(Int::ZERO);
    }
    let rest = rest.as_ref();
    let fewer = if crate::number::bigint::compare::cmp(rest, k).is_lt() { rest } else { k };
    let Some(fewer) = fewer.to_i64() else {
        return Err(NumberError::overflow(format!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    let fewer = fewer as u64;
    if let Some(result) = n.to_u64().and_then(|n| comb_in_words(n, fewer)) {
        return Ok(Int::from(result));
    }
    if fewer == 1 {
        return Ok(n.to_int());
    }
    let numerator = falling_product(n, fewer, poll)?;
    let denominator = factorial(IntRef::Small(fewer as i64), poll)?;
    arith::floor_div(numerator.as_ref(), denominator.as_ref())
}

/// The number of combinations, if the products on the way fit 128 bits.
fn comb_in_words(n: u64, k: u64) -> Option<u128> {
    // A longer loop would overflow, or n is close to k and was halved away.
    if k > 128 {
        return None;
    }
    let mut result = 1u128;
    for index in 0..k {
        // The product of i + 1 consecutive numbers is divisible by (i + 1)!.
        result = result.checked_mul(u128::from(n - index))? / u128::from(index + 1);
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(_: u64) -> bool {
        true
    }

    fn small(value: i64) -> IntRef<'static> {
        IntRef::Small(value)
    }

    #[test]
    fn factorials() {
        assert_eq!(factorial(small(5), &mut go), Ok(Int::Small(120)));
        let mut expected = UBig::ONE;
        for n in 1..300u64 {
            expected *= n;
            assert_eq!(factorial(small(n as i64), &mut go), Ok(Int::from(IBig::from(expected.clone()))), "{n}");
        }
        assert_eq!(factorial(small(-1), &mut go), Err(NumberError::value("factorial() not defined for negative values")));
        let huge = Int::from(1i128 << 63);
        assert_eq!(
            factorial(huge.as_ref(), &mut go),
            Err(NumberError::overflow("factorial() argument should not exceed 9223372036854775807"))
        );
        assert_eq!(factorial(small(1 << 62), &mut go), Err(NumberError::Memory));
        assert_eq!(factorial(small(100_000), &mut |_| false), Err(NumberError::Interrupted));
    }

    #[test]
    fn combinations() {
        for n in 0..80i64 {
            let mut row = Int::ONE;
            for k in 0..=n {
                assert_eq!(comb(small(n), small(k), &mut go), Ok(row.clone()), "{n} {k}");
                let up = arith::mul(row.as_ref(), small(n - k)).unwrap();
                row = arith::floor_div(up.as_ref(), small(k + 1)).unwrap();
            }
        }
        let n = Int::from(1i128 << 100);
        let expected =
            arith::floor_div(arith::mul(n.as_ref(), arith::sub(n.as_ref(), small(1)).as_ref()).unwrap().as_ref(), small(2));
        assert_eq!(comb(n.as_ref(), small(2), &mut go), expected);
        assert_eq!(comb(small(10), n.as_ref(), &mut go), Ok(Int::ZERO));
        let half = Int::from(1i128 << 99);
        assert_eq!(
            comb(n.as_ref(), half.as_ref(), &mut go),
            Err(NumberError::overflow("min(n - k, k) must not exceed 9223372036854775807"))
        );
        assert_eq!(comb(small(-1), small(2), &mut go), Err(NumberError::value("n must be a non-negative integer")));
    }

    #[test]
    fn permutations() {
        assert_eq!(perm(small(10), small(3), &mut go), Ok(Int::Small(720)));
        assert_eq!(perm(small(10), small(0), &mut go), Ok(Int::ONE));
        assert_eq!(perm(small(3), small(10), &mut go), Ok(Int::ZERO));
        assert_eq!(perm(small(30), small(30), &mut go), factorial(small(30), &mut go));
        let huge = Int::from(1i128 << 64);
        assert_eq!(
            perm(huge.as_ref(), huge.as_ref(), &mut go),
            Err(NumberError::overflow("k must not exceed 9223372036854775807"))
        );
        assert_eq!(perm(small(1), small(-1), &mut go), Err(NumberError::value("k must be a non-negative integer")));
    }
}
