//! `pow` of integers, with and without a modulus.

use super::arith::{self, mul_work};
use super::{Int, IntRef, large};
use crate::number::error::{NumberError, Poll, check_room, poll};
use crate::number::float_arith::{self, FloatPower};
use dashu_int::fast_div::ConstDivisor;
use dashu_int::monty::MontgomeryRepr;
use dashu_int::{IBig, UBig};

/// Work, in nanoseconds, below which a computation is done in one go.
const ONE_GO: u64 = 5_000_000;

/// `base ** exponent` for an exponent that is not negative; see [`pow_negative`] for the others.
///
/// # Errors
/// `MemoryError` when the result cannot be held, and what `poll` asks for.
pub fn pow(base: IntRef<'_>, exponent: IntRef<'_>, poll: Poll<'_>) -> Result<Int, NumberError> {
    debug_assert!(!exponent.is_negative());
    if let (Some(small_base), Some(small_exponent)) = (base.to_i64(), exponent.to_i64())
        && let Ok(exponent) = u32::try_from(small_exponent)
        && let Some(result) = small_base.checked_pow(exponent)
    {
        return Ok(Int::Small(result));
    }
    match base.to_i64() {
        Some(0) => return Ok(Int::from(i64::from(exponent.is_zero()))),
        Some(1) => return Ok(Int::ONE),
        Some(-1) => return Ok(Int::Small(if exponent.is_odd() { -1 } else { 1 })),
        _ => {}
    }
    let exponent = exponent.to_u64().ok_or(NumberError::Memory)?;
    let (sign, magnitude) = base.big().into_owned().into_parts();
    let result_bits = u128::from(base.bit_length()) * u128::from(exponent);
    check_room(result_bits / 8)?;
    // Twos are shifted in at the end: a power of two costs nothing.
    let twos = magnitude.trailing_zeros().unwrap_or(0);
    let odd = magnitude >> twos;
    let odd_power = if odd.is_one() {
        odd
    } else if mul_work(result_bits as u64, result_bits as u64) <= ONE_GO {
        odd.pow(exponent as usize)
    } else {
        pow_by_squaring(&odd, exponent, poll)?
    };
    let result = IBig::from(odd_power << (twos * exponent as usize));
    let negative = sign == dashu_int::Sign::Negative && exponent & 1 == 1;
    Ok(Int::from(if negative { -result } else { result }))
}

/// Left to right binary powering that polls before each step.
fn pow_by_squaring(base: &UBig, exponent: u64, poll_with: Poll<'_>) -> Result<UBig, NumberError> {
    let mut result = base.clone();
    for bit in (0..63 - exponent.leading_zeros()).rev() {
        let bits = super::words_bit_length(result.as_words());
        poll(poll_with, mul_work(bits, bits))?;
        result = large::sqr(&result)?;
        if exponent >> bit & 1 == 1 {
            result = large::mul(&result, base)?;
        }
    }
    Ok(result)
}

/// `base ** exponent` for a negative exponent: Python computes it with floats.
///
/// # Errors
/// `ZeroDivisionError` for a zero base, `OverflowError` when an operand is beyond the floats.
pub fn pow_negative(base: IntRef<'_>, exponent: IntRef<'_>) -> Result<f64, NumberError> {
    let base = super::convert::to_f64(base)?;
    let exponent = super::convert::to_f64(exponent)?;
    match float_arith::pow(base, exponent)? {
        FloatPower::Real(value) => Ok(value),
        // An integral exponent never leaves the reals.
        FloatPower::Complex => Ok(f64::NAN),
    }
}

/// `pow(base, exponent, modulus)`: the result has the modulus's sign, a negative exponent raises the inverse.
///
/// # Errors
/// `ValueError` for a zero modulus or a base without inverse, and what `poll` asks for.
pub fn pow_mod(base: IntRef<'_>, exponent: IntRef<'_>, modulus: IntRef<'_>, poll: Poll<'_>) -> Result<Int, NumberError> {
    if modulus.is_zero() {
        return Err(NumberError::value("pow() 3rd argument cannot be 0"));
    }
    let positive_modulus = arith::abs(modulus);
    let mut base = arith::modulo(base, positive_modulus.as_ref())?;
    let mut exponent = exponent.to_int();
    if exponent.as_ref().is_negative() {
        base = inverse(base.as_ref(), positive_modulus.as_ref())?;
        exponent = arith::neg(exponent.as_ref());
    }
    let result = match (base.as_ref().to_u64(), positive_modulus.as_ref().to_u64()) {
        (Some(base), Some(modulus)) => Int::from(pow_mod_word(base, exponent.as_ref(), modulus, poll)?),
        _ => pow_mod_big(base, exponent, positive_modulus, poll)?,
    };
    if modulus.is_negative() && !result.as_ref().is_zero() {
        return Ok(arith::add(result.as_ref(), modulus));
    }
    Ok(result)
}

/// Powers modulo a number of one word; `base` is already reduced.
fn pow_mod_word(base: u64, exponent: IntRef<'_>, modulus: u64, poll_with: Poll<'_>) -> Result<u64, NumberError> {
    /// Words of an exponent that are done without looking up.
    const WORDS: usize = 1000;
    let times = |a: u64, b: u64| -> u64 {
        match a.checked_mul(b) {
            Some(product) => product % modulus,
            None => (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64,
        }
    };
    let mut result = 1 % modulus;
    let step = |result: &mut u64, word: u64, bits: u32| {
        for bit in (0..bits).rev() {
            *result = times(*result, *result);
            if word >> bit & 1 == 1 {
                *result = times(*result, base);
            }
        }
    };
    match exponent {
        IntRef::Small(value) => step(&mut result, value as u64, 64 - (value as u64).leading_zeros()),
        IntRef::Big(value) => {
            for (index, word) in value.as_sign_words().1.iter().enumerate().rev() {
                step(&mut result, *word, 64);
                if index % WORDS == WORDS - 1 {
                    poll(poll_with, WORDS as u64 * 1000)?;
                }
            }
        }
    }
    Ok(result)
}

/// Powers modulo a big number, by Montgomery's reduction when it is odd.
fn pow_mod_big(base: Int, exponent: Int, modulus: Int, poll: Poll<'_>) -> Result<Int, NumberError> {
    let modulus_bits = modulus.as_ref().bit_length();
    let work = mul_work(modulus_bits, modulus_bits).saturating_mul(exponent.as_ref().bit_length() * 2);
    let odd = modulus.as_ref().is_odd();
    let unsigned = |value: Int| value.into_big().into_parts().1;
    let (base, exponent, modulus) = (unsigned(base), unsigned(exponent), unsigned(modulus));
    let in_one_go = work <= ONE_GO;
    let result = if modulus.as_words().len() > large::SAFE {
        let rest = |product: UBig| large::div_rem(&product, &modulus).map(|(_, rest)| rest);
        let times = |a: &UBig, b: &UBig| rest(large::mul(a, b)?);
        windowed_pow(&base, UBig::ONE, &exponent, work, times, |a| rest(large::sqr(a)?), poll)?
    } else if odd {
        let ring = MontgomeryRepr::new(modulus);
        let base = ring.reduce(base);
        if in_one_go {
            base.pow(&exponent).residue()
        } else {
            let one = ring.reduce(UBig::ONE);
            windowed_pow(&base, one, &exponent, work, |a, b| Ok(a * b), |a| Ok(a.sqr()), poll)?.residue()
        }
    } else {
        let ring = ConstDivisor::new(modulus);
        let base = ring.reduce(base);
        if in_one_go {
            base.pow(&exponent).residue()
        } else {
            let one = ring.reduce(UBig::ONE);
            windowed_pow(&base, one, &exponent, work, |a, b| Ok(a * b), |a| Ok(a.sqr()), poll)?.residue()
        }
    };
    Ok(Int::from(IBig::from(result)))
}

/// How many bits of an exponent [`windowed_pow`] takes at a time: so many that the powers it prepares are few beside its squares.
fn window_of(bits: usize) -> usize {
    match bits {
        0..12 => 1,
        12..64 => 3,
        _ => 5,
    }
}

/// Fixed-window powering over any ring, polling once a window.
fn windowed_pow<R: Clone>(
    base: &R,
    one: R,
    exponent: &UBig,
    work: u64,
    times: impl Fn(&R, &R) -> Result<R, NumberError>,
    square: impl Fn(&R) -> Result<R, NumberError>,
    poll_with: Poll<'_>,
) -> Result<R, NumberError> {
    let words = exponent.as_words();
    let bits = super::words_bit_length(words) as usize;
    let width = window_of(bits);
    let mut powers = vec![one.clone(), base.clone()];
    while powers.len() < 1 << width {
        powers.push(times(&powers[powers.len() - 1], base)?);
    }
    let bit = |index: usize| words[index / 64] >> (index % 64) & 1;
    let windows = bits.div_ceil(width);
    let mut result = one;
    for window in (0..windows).rev() {
        poll(poll_with, work / windows as u64)?;
        let mut digit = 0;
        for index in (window * width..(window + 1) * width).rev() {
            result = square(&result)?;
            digit = digit << 1 | if index < bits { bit(index) as usize } else { 0 };
        }
        if digit != 0 {
            result = times(&result, &powers[digit])?;
        }
    }
    Ok(result)
}

/// The number whose product with `value` is one modulo `modulus` (positive), between 0 and the modulus.
///
/// # Errors
/// `ValueError` when the two have a common factor.
pub fn inverse(value: IntRef<'_>, modulus: IntRef<'_>) -> Result<Int, NumberError> {
    let not_invertible = || NumberError::value("base is not invertible for the given modulus");
    if modulus.to_i64() == Some(1) {
        return Ok(Int::ZERO);
    }
    let value = arith::modulo(value, modulus)?;
    if value.as_ref().is_zero() {
        return Err(not_invertible());
    }
    let (value, unsigned) = (value.into_big().into_parts().1, modulus.big().into_owned().into_parts().1);
    match large::inverse(value, unsigned)? {
        Some(inverse) => arith::modulo(IntRef::Big(&inverse), modulus),
        None => Err(not_invertible()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_pow(base: i64, exponent: i64) -> Int {
        pow(IntRef::Small(base), IntRef::Small(exponent), &mut |_| true).unwrap()
    }

    fn modular(base: i64, exponent: i64, modulus: i64) -> Result<Int, NumberError> {
        pow_mod(IntRef::Small(base), IntRef::Small(exponent), IntRef::Small(modulus), &mut |_| true)
    }

    #[test]
    fn small_and_special_bases() {
        assert_eq!(plain_pow(2, 10), Int::Small(1024));
        assert_eq!(plain_pow(-2, 63), Int::Small(i64::MIN));
        assert_eq!(plain_pow(0, 0), Int::ONE);
        assert_eq!(plain_pow(-3, 41).to_string(), "-36472996377170786403");
        let huge = Int::from(IBig::ONE << 100);
        let mut go = |_| true;
        assert_eq!(pow(IntRef::Small(-1), huge.as_ref(), &mut go), Ok(Int::ONE));
        assert_eq!(pow(IntRef::Small(0), huge.as_ref(), &mut go), Ok(Int::ZERO));
        assert_eq!(pow(IntRef::Small(2), huge.as_ref(), &mut go), Err(NumberError::Memory));
        assert_eq!(pow(IntRef::Small(7), IntRef::Small(1 << 60), &mut go), Err(NumberError::Memory));
    }

    #[test]
    fn long_powers_can_be_stopped() {
        let mut calls = 0;
        let result = pow(IntRef::Small(3), IntRef::Small(3_000_000), &mut |_| {
            calls += 1;
            calls < 5
        });
        assert_eq!(result, Err(NumberError::Interrupted));
        assert_eq!(pow_by_squaring(&UBig::from(12u8), 1000, &mut |_| true).unwrap(), UBig::from(12u8).pow(1000));
        let modulus = Int::from((IBig::ONE << 4096) + IBig::from(1));
        let result = pow_mod(IntRef::Small(3), modulus.as_ref(), modulus.as_ref(), &mut |_| false);
        assert_eq!(result, Err(NumberError::Interrupted));
    }

    #[test]
    fn modular_powers() {
        assert_eq!(modular(2, 3, -5), Ok(Int::Small(-2)));
        assert_eq!(modular(2, -3, 7), Ok(Int::Small(1)));
        assert_eq!(modular(2, -1, 1), Ok(Int::ZERO));
        assert_eq!(modular(0, 0, 1), Ok(Int::ZERO));
        assert_eq!(modular(5, 0, -3), Ok(Int::Small(-2)));
        assert_eq!(modular(2, -1, 4), Err(NumberError::value("base is not invertible for the given modulus")));
        assert_eq!(modular(2, -1, 0), Err(NumberError::value("pow() 3rd argument cannot be 0")));
        let prime = (1 << 61) - 1;
        assert_eq!(modular(3, prime, prime), Ok(Int::Small(3)));
    }

    #[test]
    fn windows_agree_with_the_one_go_form() {
        for modulus in [(IBig::ONE << 700) + IBig::from(12345), (IBig::ONE << 700) + IBig::from(12346)] {
            let exponent = UBig::from(3u8).pow(333);
            let (_, unsigned) = modulus.into_parts();
            let ring = ConstDivisor::new(unsigned);
            let base = ring.reduce(UBig::from(987654321u64));
            let one = ring.reduce(UBig::ONE);
            let result = windowed_pow(&base, one, &exponent, 1, |a, b| Ok(a * b), |a| Ok(a.sqr()), &mut |_| true).unwrap();
            assert_eq!(result.residue(), base.pow(&exponent).residue());
        }
    }

    #[test]
    fn negative_exponents_give_floats() {
        assert_eq!(pow_negative(IntRef::Small(-2), IntRef::Small(-3)), Ok(-0.125));
        assert_eq!(pow_negative(IntRef::Small(0), IntRef::Small(-1)), Err(NumberError::ZeroDivision("zero to a negative power")));
    }
}
