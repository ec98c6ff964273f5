//! Integers of any size with Python's semantics: `i64` where it fits, [`IBig`] beyond.
//!
//! Operands are [`IntRef`] (the caller's small int or a borrowed big one, in any mix); results are [`Int`],
//! always [`Int::Small`] when the value fits an `i64`.
//!
//! What can run long stops soon after the program is told to (`go_on` in [`error`](super::error)): it is made of pieces of some
//! milliseconds, in `large/`. Powers, factorials and the like also poll for signals and other threads, once a multiplication.
//!
//! | function | grows as |
//! |---|---|
//! | [`power::pow`], [`power::pow_mod`] | multiplications of the result's size |
//! | `factorial`, `comb`, `perm` in `math_functions` | the result |
//! | [`arith::mul`], [`arith::div_mod`], [`roots::isqrt`], decimal text both ways | n log n and some factors of log n |
//! | [`roots::gcd`], [`power::inverse`] | n^2 |

pub mod arith;
pub mod bits;
pub mod bytes;
pub mod compare;
pub mod convert;
pub mod large;
pub mod power;
pub mod roots;
pub mod true_div;

use dashu_int::{IBig, Sign, Word};
use std::borrow::Cow;
use std::fmt;

/// An owned integer.
#[derive(Clone, PartialEq, Eq)]
pub enum Int {
    /// A value within `i64`.
    Small(i64),
    /// A value outside `i64`.
    Big(IBig),
}

/// A borrowed integer, as the operand of a function. A big one may be of any value.
#[derive(Clone, Copy)]
pub enum IntRef<'a> {
    /// A value within `i64`.
    Small(i64),
    /// Any value.
    Big(&'a IBig),
}

impl Int {
    /// Zero.
    pub const ZERO: Int = Int::Small(0);
    /// One.
    pub const ONE: Int = Int::Small(1);

    /// Borrows the value as an operand.
    pub fn as_ref(&self) -> IntRef<'_> {
        match self {
            Int::Small(value) => IntRef::Small(*value),
            Int::Big(value) => IntRef::Big(value),
        }
    }

    /// The value as a big integer.
    pub fn into_big(self) -> IBig {
        match self {
            Int::Small(value) => IBig::from(value),
            Int::Big(value) => value,
        }
    }

    /// The value, if an `i64` holds it.
    pub fn to_i64(&self) -> Option<i64> {
        self.as_ref().to_i64()
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Int {
        Int::Small(value)
    }
}

impl From<u64> for Int {
    fn from(value: u64) -> Int {
        Int::from(i128::from(value))
    }
}

impl From<i128> for Int {
    fn from(value: i128) -> Int {
        match i64::try_from(value) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::Big(IBig::from(value)),
        }
    }
}

impl From<u128> for Int {
    fn from(value: u128) -> Int {
        match i64::try_from(value) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::Big(IBig::from(value)),
        }
    }
}

impl From<IBig> for Int {
    fn from(value: IBig) -> Int {
        match IntRef::Big(&value).to_i64() {
            Some(small) => Int::Small(small),
            None => Int::Big(value),
        }
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Int::Small(value) => value.fmt(f),
            Int::Big(value) => value.fmt(f),
        }
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'a> IntRef<'a> {
    /// The value as a big integer, made when it was small (which allocates nothing).
    pub fn big(self) -> Cow<'a, IBig> {
        match self {
            IntRef::Small(value) => Cow::Owned(IBig::from(value)),
            IntRef::Big(value) => Cow::Borrowed(value),
        }
    }

    /// An owned copy.
    pub fn to_int(self) -> Int {
        match self {
            IntRef::Small(value) => Int::Small(value),
            IntRef::Big(value) => match self.to_i64() {
                Some(small) => Int::Small(small),
                None => Int::Big(value.clone()),
            },
        }
    }

    /// The value, if an `i64` holds it.
    pub fn to_i64(self) -> Option<i64> {
        match self {
            IntRef::Small(value) => Some(value),
            IntRef::Big(value) => {
                let (sign, words) = value.as_sign_words();
                match (words, sign) {
                    ([], _) => Some(0),
                    ([word], Sign::Positive) => i64::try_from(*word).ok(),
                    ([word], Sign::Negative) => 0i64.checked_sub_unsigned(*word),
                    _ => None,
                }
            }
        }
    }

    /// The value, if a `u64` holds it.
    pub fn to_u64(self) -> Option<u64> {
        match self {
            IntRef::Small(value) => u64::try_from(value).ok(),
            IntRef::Big(value) => match value.as_sign_words() {
                (_, []) => Some(0),
                (Sign::Positive, [word]) => Some(*word),
                _ => None,
            },
        }
    }

    /// The value, or the nearest `i64`: what `PyNumber_AsSsize_t` gives for slices.
    pub fn to_i64_clamped(self) -> i64 {
        self.to_i64().unwrap_or(if self.is_negative() { i64::MIN } else { i64::MAX })
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Small(value) => value < 0,
            IntRef::Big(value) => value.sign() == Sign::Negative,
        }
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        match self {
            IntRef::Small(value) => value == 0,
            IntRef::Big(value) => value.is_zero(),
        }
    }

    /// Whether the value is odd.
    pub fn is_odd(self) -> bool {
        match self {
            IntRef::Small(value) => value & 1 == 1,
            IntRef::Big(value) => value.as_sign_words().1.first().is_some_and(|word| word & 1 == 1),
        }
    }

    /// The number of bits of the magnitude; 0 for 0.
    pub fn bit_length(self) -> u64 {
        match self {
            IntRef::Small(value) => u64::from(64 - value.unsigned_abs().leading_zeros()),
            IntRef::Big(value) => words_bit_length(value.as_sign_words().1),
        }
    }
}

impl From<i64> for IntRef<'_> {
    fn from(value: i64) -> Self {
        IntRef::Small(value)
    }
}

impl<'a> From<&'a IBig> for IntRef<'a> {
    fn from(value: &'a IBig) -> Self {
        IntRef::Big(value)
    }
}

impl<'a> From<&'a Int> for IntRef<'a> {
    fn from(value: &'a Int) -> Self {
        value.as_ref()
    }
}

/// The number of bits of a magnitude given as words, the lowest first, without leading zeros.
fn words_bit_length(words: &[Word]) -> u64 {
    match words.last() {
        Some(top) => words.len() as u64 * 64 - u64::from(top.leading_zeros()),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_within_i64_are_small() {
        for value in [i64::MIN, -1, 0, 1, i64::MAX] {
            assert_eq!(Int::from(IBig::from(value)), Int::Small(value));
            assert_eq!(IntRef::Big(&IBig::from(value)).to_i64(), Some(value));
        }
        assert!(matches!(Int::from(i128::from(i64::MAX) + 1), Int::Big(_)));
        assert!(matches!(Int::from(i128::from(i64::MIN) - 1), Int::Big(_)));
        assert!(matches!(Int::from(u64::MAX), Int::Big(_)));
    }

    #[test]
    fn clamping_keeps_the_sign() {
        assert_eq!(Int::from(-(1i128 << 100)).as_ref().to_i64_clamped(), i64::MIN);
        assert_eq!(Int::from(1i128 << 100).as_ref().to_i64_clamped(), i64::MAX);
    }

    #[test]
    fn bit_lengths() {
        assert_eq!(IntRef::Small(0).bit_length(), 0);
        assert_eq!(IntRef::Small(i64::MIN).bit_length(), 64);
        assert_eq!(Int::from(-(1i128 << 100)).as_ref().bit_length(), 101);
    }
}
