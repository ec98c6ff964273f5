//! A decimal number: a sign, a coefficient and an exponent, or a special value; and the digits of coefficients.

use dashu_int::UBig;
use dashu_int::ops::BitTest;
use pvm_object::number::NumberError;
use pvm_object::number::bigint::large;
use pvm_object::number::error::check_room;

/// What an operation gives; an error where there is no memory for it, or the program is told to stop.
pub type Outcome<T = Number> = Result<T, NumberError>;

/// What a number is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Finite,
    Infinite,
    Quiet,
    Signaling,
}

/// A decimal number. The coefficient of a NaN is its payload, none where it is zero.
#[derive(Clone, Debug)]
pub struct Number {
    pub negative: bool,
    pub kind: Kind,
    pub coefficient: UBig,
    pub exponent: i64,
}

/// What a shift to the right lost, in halves of the last place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    Zero,
    Below,
    Half,
    Above,
}

/// The most digits that a coefficient is extended to.
pub const MOST_DIGITS: i64 = 1 << 26;

/// 10 to a power, which is not negative.
pub fn pow10(power: i64) -> Outcome<UBig> {
    match u32::try_from(power) {
        Ok(small @ 0..=38) => Ok(UBig::from(10u128.pow(small))),
        _ => {
            // A digit is less than half a byte.
            check_room(power as u128 / 2)?;
            Ok(large::pow(&UBig::from(5u8), power as u64)? << power as usize)
        }
    }
}

/// How many decimal digits a coefficient has; zero has one.
pub fn count_digits(value: &UBig) -> Outcome<i64> {
    if let Ok(small) = u128::try_from(value) {
        return Ok(small.checked_ilog10().map_or(1, |digits| i64::from(digits) + 1));
    }
    // The leading 64 bits give the logarithm, unless it is close to a whole number.
    let low = value.bit_len() - 64;
    let top = u64::try_from(value >> low).unwrap_or(u64::MAX);
    let log = (top as f64).log10() + low as f64 * std::f64::consts::LOG10_2;
    let floor = log.floor();
    let doubt = log * 1e-14;
    if log - floor > doubt && floor + 1.0 - log > doubt {
        return Ok(floor as i64 + 1);
    }
    let nearest = log.round() as i64;
    Ok(if *value >= pow10(nearest)? { nearest + 1 } else { nearest })
}

/// A coefficient without its last `places` digits, and what these were.
pub fn shift_right(value: &UBig, digits: i64, places: i64) -> Outcome<(UBig, Rest)> {
    if places <= 0 {
        return Ok((value.clone(), Rest::Zero));
    }
    if value.is_zero() {
        return Ok((UBig::ZERO, Rest::Zero));
    }
    if places > digits {
        return Ok((UBig::ZERO, Rest::Below));
    }
    let unit = pow10(places)?;
    let (quotient, rest) = large::div_rem(value, &unit)?;
    if rest.is_zero() {
        return Ok((quotient, Rest::Zero));
    }
    let rest = match (rest << 1usize).cmp(&unit) {
        std::cmp::Ordering::Less => Rest::Below,
        std::cmp::Ordering::Equal => Rest::Half,
        std::cmp::Ordering::Greater => Rest::Above,
    };
    Ok((quotient, rest))
}

/// Takes fives out of a number that is not zero, at most so many; how many there were.
pub fn strip_fives(value: &mut UBig, most: i64) -> Outcome<i64> {
    let mut stripped = 0;
    let mut step = 1i64 << 20;
    while step > 0 {
        // A five is more than two bits.
        if 2 * step <= value.bit_len() as i64 && stripped + step <= most {
            let (quotient, rest) = large::div_rem(value, &large::pow(&UBig::from(5u8), step as u64)?)?;
            if rest.is_zero() {
                *value = quotient;
                stripped += step;
                continue;
            }
        }
        step >>= 1;
    }
    Ok(stripped)
}

/// Takes zeros off the end of a coefficient, at most so many; how many there were.
pub fn strip_zeros(value: &mut UBig, most: i64) -> Outcome<i64> {
    if value.is_zero() {
        return Ok(0);
    }
    let mut stripped = 0;
    // A number has no more decimal than binary zeros at its end.
    let mut step = 1i64 << 20;
    while step > 0 {
        let twos = value.trailing_zeros().unwrap_or(0) as i64;
        if step <= twos && stripped + step <= most {
            let (quotient, rest) = large::div_rem(value, &pow10(step)?)?;
            if rest.is_zero() {
                *value = quotient;
                stripped += step;
                continue;
            }
        }
        step >>= 1;
    }
    Ok(stripped)
}

impl Number {
    /// A finite number.
    pub fn finite(negative: bool, coefficient: impl Into<UBig>, exponent: i64) -> Number {
        Number { negative, kind: Kind::Finite, coefficient: coefficient.into(), exponent }
    }

    /// Zero.
    pub fn zero(negative: bool, exponent: i64) -> Number {
        Number::finite(negative, UBig::ZERO, exponent)
    }

    /// An infinity.
    pub fn infinity(negative: bool) -> Number {
        Number { negative, kind: Kind::Infinite, coefficient: UBig::ZERO, exponent: 0 }
    }

    /// The NaN of failed operations.
    pub fn nan() -> Number {
        Number { negative: false, kind: Kind::Quiet, coefficient: UBig::ZERO, exponent: 0 }
    }

    /// A whole number.
    pub fn integer(value: i64) -> Number {
        Number::finite(value < 0, value.unsigned_abs(), 0)
    }

    /// Whether it is finite.
    pub fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }

    /// Whether it is an infinity.
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }

    /// Whether it is a NaN of either kind.
    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }

    /// Whether it is a signaling NaN.
    pub fn is_signaling(&self) -> bool {
        self.kind == Kind::Signaling
    }

    /// Whether it is a finite zero.
    pub fn is_zero(&self) -> bool {
        self.is_finite() && self.coefficient.is_zero()
    }

    /// How many digits the coefficient has.
    pub fn digits(&self) -> Outcome<i64> {
        count_digits(&self.coefficient)
    }

    /// The exponent of the first digit.
    pub fn adjusted(&self) -> Outcome<i64> {
        Ok(self.exponent + self.digits()? - 1)
    }

    /// The same with another sign.
    pub fn with_sign(mut self, negative: bool) -> Number {
        self.negative = negative;
        self
    }

    /// Whether it is a finite whole number.
    pub fn is_integer(&self) -> Outcome<bool> {
        if !self.is_finite() {
            return Ok(false);
        }
        if self.exponent >= 0 || self.coefficient.is_zero() {
            return Ok(true);
        }
        let digits = self.digits()?;
        Ok(-self.exponent < digits && shift_right(&self.coefficient, digits, -self.exponent)?.1 == Rest::Zero)
    }

    /// Whether it is an odd whole number.
    pub fn is_odd(&self) -> Outcome<bool> {
        if self.exponent > 0 || self.coefficient.is_zero() || !self.is_integer()? {
            return Ok(false);
        }
        Ok(shift_right(&self.coefficient, self.digits()?, -self.exponent)?.0.bit(0))
    }

    /// The digits of the coefficient, as text.
    pub fn digit_text(&self) -> Outcome<String> {
        check_room(self.coefficient.as_words().len() as u128 * 20)?;
        large::to_decimal(&self.coefficient)
    }
}
