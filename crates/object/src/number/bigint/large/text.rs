//! Text of numbers to bases that are no power of two, both ways, by halving on: the power of the base in the middle divides a number, or
//! puts its halves together.

use dashu_int::UBig;

use super::division::div_rem;
use super::product::{SAFE, mul, sqr};
use crate::number::error::{NumberError, go_on};

/// Digits that `dashu_int` treats in one go: never more than [`SAFE`] words.
const DIGITS: usize = 20_000;

/// Powers of a base: of exponent [`DIGITS`] and twice, four times and so on as much, as far as one is below `digits`.
fn powers(base: u32, digits: usize) -> Result<Vec<UBig>, NumberError> {
    let mut powers = Vec::new();
    let mut exponent = DIGITS;
    while exponent < digits {
        powers.push(match powers.last() {
            None => UBig::from(base).pow(DIGITS),
            Some(last) => sqr(last)?,
        });
        exponent *= 2;
    }
    Ok(powers)
}

/// The decimal digits of a number.
///
/// # Errors
/// `MemoryError`, and a program that is told to stop.
pub fn to_decimal(value: &UBig) -> Result<String, NumberError> {
    // A word has less than 20 digits.
    let powers = powers(10, value.as_words().len() * 20)?;
    let mut text = String::new();
    write_digits(value, &powers, false, &mut text)?;
    Ok(text)
}

/// Writes a number below the square of the last of the powers, with zeros before it if it is `padded`.
fn write_digits(value: &UBig, powers: &[UBig], padded: bool, text: &mut String) -> Result<(), NumberError> {
    let Some((power, smaller)) = powers.split_last() else {
        go_on()?;
        let digits = value.to_string();
        if padded {
            text.extend(std::iter::repeat_n('0', DIGITS - digits.len()));
        }
        text.push_str(&digits);
        return Ok(());
    };
    if !padded && value < power {
        return write_digits(value, smaller, false, text);
    }
    let (high, low) = div_rem(value, power)?;
    write_digits(&high, smaller, padded, text)?;
    write_digits(&low, smaller, true, text)
}

/// The number of digits that are checked to be of the base.
///
/// # Errors
/// As [`to_decimal`].
pub fn from_digits(digits: &str, base: u32) -> Result<UBig, NumberError> {
    if base.is_power_of_two() || digits.len() <= DIGITS {
        return Ok(UBig::from_str_radix(digits, base).unwrap_or_default());
    }
    read_digits(digits, base, &powers(base, digits.len())?)
}

fn read_digits(digits: &str, base: u32, powers: &[UBig]) -> Result<UBig, NumberError> {
    let Some((power, smaller)) = powers.split_last() else {
        go_on()?;
        return Ok(UBig::from_str_radix(digits, base).unwrap_or_default());
    };
    let behind = DIGITS << smaller.len();
    if digits.len() <= behind {
        return read_digits(digits, base, smaller);
    }
    let (high, low) = digits.split_at(digits.len() - behind);
    Ok(mul(&read_digits(high, base, smaller)?, power)? + read_digits(low, base, smaller)?)
}

// Digits of the highest base take less than six bits.
const _: () = assert!(DIGITS * 6 <= SAFE * 64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_both_ways() {
        for digits in [1, DIGITS, DIGITS + 1, 2 * DIGITS, 5 * DIGITS - 3, 70_001, 400_000] {
            let nines = "9".repeat(digits);
            let value = from_digits(&nines, 10).unwrap();
            assert!(to_decimal(&value).unwrap() == nines);
            let next = value + UBig::ONE;
            assert!(to_decimal(&next).unwrap() == format!("1{}", "0".repeat(digits)));
            let mixed: String = "4070010".chars().cycle().take(digits).collect();
            assert!(to_decimal(&from_digits(&mixed, 10).unwrap()).unwrap() == mixed);
        }
    }

    #[test]
    fn other_bases() {
        let digits = "zz01".repeat(30_000);
        assert!(from_digits(&digits, 36).unwrap() == UBig::from_str_radix(&digits, 36).unwrap());
        assert!(from_digits(&"1".repeat(50_000), 2).unwrap() == UBig::ones(50_000));
    }
}
