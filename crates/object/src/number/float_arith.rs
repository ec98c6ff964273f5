//! Python's rules for dividing, raising and rounding floats, and the exact tools that scale them.

use super::error::{DIVISION_BY_ZERO, NumberError};

/// `x * 2**exponent`, rounded once.
pub fn ldexp(x: f64, exponent: i32) -> f64 {
    libm::ldexp(x, exponent)
}

/// Fraction and exponent with `x == fraction * 2**exponent` and the fraction's magnitude in [0.5, 1);
/// zero, infinities and NaN come back with exponent 0.
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    libm::frexp(x)
}

/// `a / b`.
///
/// # Errors
/// `ZeroDivisionError` for a zero divisor, as in the two functions below.
pub fn true_div(a: f64, b: f64) -> Result<f64, NumberError> {
    if b == 0.0 { Err(DIVISION_BY_ZERO) } else { Ok(a / b) }
}

/// `a % b`: the result has the sign of `b`, zeros included.
pub fn modulo(a: f64, b: f64) -> Result<f64, NumberError> {
    if b == 0.0 {
        return Err(DIVISION_BY_ZERO);
    }
    Ok(signed_remainder(a % b, b).0)
}

/// The remainder of truncated division with the divisor's sign, and whether that took the divisor once more.
fn signed_remainder(remainder: f64, b: f64) -> (f64, bool) {
    if remainder == 0.0 {
        (0f64.copysign(b), false)
    } else if (b < 0.0) != (remainder < 0.0) {
        (remainder + b, true)
    } else {
        (remainder, false)
    }
}

/// `divmod(a, b)`: CPython's `_float_div_mod`.
pub fn div_mod(a: f64, b: f64) -> Result<(f64, f64), NumberError> {
    if b == 0.0 {
        return Err(DIVISION_BY_ZERO);
    }
    let truncated = a % b;
    let mut quotient = (a - truncated) / b;
    let (remainder, adjusted) = signed_remainder(truncated, b);
    if adjusted {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Ok((0f64.copysign(a / b), remainder));
    }
    let mut floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor += 1.0;
    }
    Ok((floor, remainder))
}

/// `a // b`.
pub fn floor_div(a: f64, b: f64) -> Result<f64, NumberError> {
    div_mod(a, b).map(|(quotient, _)| quotient)
}

/// What `a ** b` came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FloatPower {
    /// A float.
    Real(f64),
    /// A negative number with a fractional exponent: compute it as complex numbers.
    Complex,
}

/// `a ** b`: CPython's `float_pow`, which does not lean on the C library for special cases.
///
/// # Errors
/// `ZeroDivisionError` for zero to a negative power, `OverflowError` when finite operands give infinity.
pub fn pow(a: f64, b: f64) -> Result<FloatPower, NumberError> {
    let is_odd = |x: f64| x.abs() % 2.0 == 1.0;
    let real = |x: f64| Ok(FloatPower::Real(x));
    if b == 0.0 {
        return real(1.0);
    }
    if a.is_nan() {
        return real(a);
    }
    if b.is_nan() {
        return real(if a == 1.0 { 1.0 } else { b });
    }
    if b.is_infinite() {
        let magnitude = a.abs();
        return real(if magnitude == 1.0 {
            1.0
        } else if (b > 0.0) == (magnitude > 1.0) {
            b.abs()
        } else {
            0.0
        });
    }
    if a.is_infinite() {
        return real(match (b > 0.0, is_odd(b)) {
            (true, true) => a,
            (true, false) => a.abs(),
            (false, true) => 0f64.copysign(a),
            (false, false) => 0.0,
        });
    }
    if a == 0.0 {
        if b < 0.0 {
            return Err(NumberError::ZeroDivision("zero to a negative power"));
        }
        return real(if is_odd(b) { a } else { 0.0 });
    }
    if a < 0.0 && b != b.floor() {
        return Ok(FloatPower::Complex);
    }
    let negate = a < 0.0 && is_odd(b);
    let magnitude = a.abs();
    let result = if magnitude == 1.0 { 1.0 } else { magnitude.powf(b) };
    if result.is_infinite() {
        return Err(NumberError::OutOfRange);
    }
    real(if negate { -result } else { result })
}

/// `round(x, ndigits)`: the decimal text rounded half to even on the exact value, read back.
///
/// `ndigits` beyond the `i64` range may be clamped.
///
/// # Errors
/// `OverflowError` when rounding leaves the floats.
pub fn round(x: f64, ndigits: i64) -> Result<f64, NumberError> {
    // More places than any float has; fewer than the largest float has.
    const MOST: i64 = 323;
    const FEWEST: i64 = -308;
    if !x.is_finite() || ndigits > MOST {
        return Ok(x);
    }
    if ndigits < FEWEST {
        return Ok(0.0 * x);
    }
    let text = match usize::try_from(ndigits) {
        Ok(places) => format!("{x:.places$}"),
        Err(_) => round_to_power_of_ten(x, ndigits.unsigned_abs() as usize),
    };
    let rounded: f64 = text.parse().unwrap_or(x);
    if rounded.is_infinite() {
        return Err(NumberError::overflow("rounded value too large to represent"));
    }
    Ok(rounded)
}

/// The text of `x` rounded, half to even, to a multiple of ten to the power `places`.
fn round_to_power_of_ten(x: f64, places: usize) -> String {
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let whole = x.abs().trunc();
    let digits = format!("{whole:.0}").into_bytes();
    if digits.len() < places {
        return format!("{sign}0");
    }
    let (kept, dropped) = digits.split_at(digits.len() - places);
    let more = dropped[1..].iter().any(|digit| *digit != b'0') || x.abs() != whole;
    let odd = kept.last().is_some_and(|digit| digit & 1 == 1);
    let up = dropped[0] > b'5' || (dropped[0] == b'5' && (more || odd));
    // Counting up in a fixed-width block: a carry out of the top digit needs one place more.
    let mut counted = vec![b'0'];
    counted.extend_from_slice(kept);
    if up {
        for digit in counted.iter_mut().rev() {
            if *digit == b'9' {
                *digit = b'0';
            } else {
                *digit += 1;
                break;
            }
        }
    }
    format!("{sign}{}e{places}", String::from_utf8_lossy(&counted))
}

/// `x.is_integer()`.
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x.floor() == x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_signs() {
        assert_eq!(div_mod(-7.5, 2.0), Ok((-4.0, 0.5)));
        assert_eq!(div_mod(7.5, -2.0), Ok((-4.0, -0.5)));
        assert_eq!(modulo(-1e-100, 1.0), Ok(1.0));
        assert!(modulo(4.0, -2.0).unwrap().is_sign_negative());
        assert!(floor_div(-0.0, 1.0).unwrap().is_sign_negative());
        assert_eq!(floor_div(1.0, 0.1), Ok(9.0));
        assert!(modulo(f64::INFINITY, 1.0).unwrap().is_nan());
        assert_eq!(modulo(-1.0, f64::INFINITY), Ok(f64::INFINITY));
        assert_eq!(true_div(1.0, -0.0), Err(DIVISION_BY_ZERO));
    }

    #[test]
    fn powers() {
        let real = |a, b| match pow(a, b) {
            Ok(FloatPower::Real(x)) => x,
            other => panic!("{other:?}"),
        };
        assert_eq!(real(f64::NAN, 0.0), 1.0);
        assert_eq!(real(1.0, f64::NAN), 1.0);
        assert_eq!(real(-1.0, f64::NEG_INFINITY), 1.0);
        assert_eq!(real(0.5, f64::NEG_INFINITY), f64::INFINITY);
        assert_eq!(real(f64::NEG_INFINITY, 3.0), f64::NEG_INFINITY);
        assert!(real(f64::NEG_INFINITY, -3.0).is_sign_negative());
        assert!(real(-0.0, 3.0).is_sign_negative());
        assert!(!real(-0.0, 2.0).is_sign_negative());
        assert_eq!(real(-8.0, 3.0), -512.0);
        assert_eq!(pow(-8.0, 0.5), Ok(FloatPower::Complex));
        assert_eq!(pow(10.0, 400.0), Err(NumberError::OutOfRange));
        assert_eq!(pow(0.0, -1.0), Err(NumberError::ZeroDivision("zero to a negative power")));
    }

    #[test]
    fn rounding() {
        for (x, places, expected) in [
            (2.675, 2, 2.67),
            (0.5, 0, 0.0),
            (1.5, 0, 2.0),
            (25.0, -1, 20.0),
            (35.0, -1, 40.0),
            (25.000000000000004, -1, 30.0),
            (5.0, -1, 0.0),
            (5.1, -1, 10.0),
            (4.9, -1, 0.0),
            (99.0, -2, 100.0),
            (49.0, -2, 0.0),
            (1e23, -22, 1e23),
            (5e-324, 323, 0.0),
            (1.25, 400, 1.25),
            (1e300, -400, 0.0),
        ] {
            assert_eq!(round(x, places), Ok(expected), "{x} {places}");
            assert_eq!(round(-x, places), Ok(-expected), "{x} {places}");
        }
        assert!(round(-0.4, 0).unwrap().is_sign_negative());
        assert_eq!(round(f64::MAX, -308), Err(NumberError::overflow("rounded value too large to represent")));
        assert_eq!(round(f64::INFINITY, 2), Ok(f64::INFINITY));
    }
}
