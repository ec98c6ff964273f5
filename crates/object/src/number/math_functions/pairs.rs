//! Functions of two or three numbers.

use super::{domain_error, range_error};
use crate::number::bigint::IntRef;
use crate::number::error::NumberError;
use crate::number::float_arith;

/// `math.fmod(x, y)`.
///
/// # Errors
/// `ValueError` for infinite `x` or zero `y`, also in [`remainder`].
pub fn fmod(x: f64, y: f64) -> Result<f64, NumberError> {
    undefined_is_domain(x % y, x, y)
}

/// `math.remainder(x, y)`: `x` less the nearest multiple of `y`, ties to even.
pub fn remainder(x: f64, y: f64) -> Result<f64, NumberError> {
    if !x.is_finite() || !y.is_finite() || y == 0.0 {
        let result = if x.is_nan() {
            x
        } else if y.is_nan() {
            y
        } else if x.is_infinite() || y == 0.0 {
            f64::NAN
        } else {
            x
        };
        return undefined_is_domain(result, x, y);
    }
    let (x_size, y_size) = (x.abs(), y.abs());
    let below = x_size % y_size;
    // Computed so, the distance to the next multiple is exact near half of y.
    let above = y_size - below;
    let result = if below < above {
        below
    } else if below > above {
        -above
    } else {
        below - 2.0 * ((0.5 * (x_size - below)) % y_size)
    };
    Ok(1f64.copysign(x) * result)
}

fn undefined_is_domain(result: f64, x: f64, y: f64) -> Result<f64, NumberError> {
    if result.is_nan() && !x.is_nan() && !y.is_nan() { Err(domain_error()) } else { Ok(result) }
}

/// `math.pow(x, y)`: C99's rules, unlike the operator's.
///
/// # Errors
/// `ValueError` for a negative base with a fractional exponent and zero to a negative power, `OverflowError`.
pub fn pow(x: f64, y: f64) -> Result<f64, NumberError> {
    let result = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if result.is_nan() || (result.is_infinite() && x == 0.0) {
            return Err(domain_error());
        }
        if result.is_infinite() {
            return Err(range_error());
        }
    }
    Ok(result)
}

/// `math.ldexp(x, exponent)`.
///
/// # Errors
/// `OverflowError`.
pub fn ldexp(x: f64, exponent: IntRef<'_>) -> Result<f64, NumberError> {
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    // Any exponent beyond this gives infinity or zero.
    const FAR: i64 = 10_000;
    let exponent = exponent.to_i64_clamped().clamp(-FAR, FAR) as i32;
    let result = float_arith::ldexp(x, exponent);
    if result.is_infinite() { Err(range_error()) } else { Ok(result) }
}

/// `math.fma(x, y, z)`: `x * y + z`, rounded once.
///
/// # Errors
/// `ValueError` for an undefined result, `OverflowError`.
pub fn fma(x: f64, y: f64, z: f64) -> Result<f64, NumberError> {
    let result = x.mul_add(y, z);
    let operands = [x, y, z];
    if result.is_nan() && !operands.iter().any(|x| x.is_nan()) {
        return Err(NumberError::value("invalid operation in fma"));
    }
    if result.is_infinite() && operands.iter().all(|x| x.is_finite()) {
        return Err(NumberError::overflow("overflow in fma"));
    }
    Ok(result)
}

/// `math.nextafter(x, y)`: the next float from `x` toward `y`.
pub fn next_after(x: f64, y: f64) -> f64 {
    if x == y {
        return y;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if x < y { x.next_up() } else { x.next_down() }
}

/// `math.nextafter(x, y, steps=steps)`: that many floats from `x` toward `y`, not beyond it.
///
/// # Errors
/// `ValueError` for negative steps.
pub fn next_after_steps(x: f64, y: f64, steps: IntRef<'_>) -> Result<f64, NumberError> {
    if steps.is_negative() {
        return Err(NumberError::value("steps must be a non-negative integer"));
    }
    let steps = steps.to_u64().unwrap_or(u64::MAX);
    const SIGN: u64 = 1 << 63;
    let (from, to) = (x.to_bits(), y.to_bits());
    if steps == 0 || x.is_nan() {
        return Ok(x);
    }
    if y.is_nan() || from == to {
        return Ok(y);
    }
    let (from_size, to_size) = (from & !SIGN, to & !SIGN);
    let bits = if (from ^ to) & SIGN != 0 {
        if from_size + to_size <= steps {
            to
        } else if from_size < steps {
            (to & SIGN) | (steps - from_size)
        } else {
            from - steps
        }
    } else if from_size > to_size {
        if from_size - to_size >= steps { from - steps } else { to }
    } else if to_size - from_size >= steps {
        from + steps
    } else {
        to
    };
    Ok(f64::from_bits(bits))
}

/// `math.isclose(a, b, rel_tol=…, abs_tol=…)`.
///
/// # Errors
/// `ValueError` for a negative tolerance.
pub fn is_close(a: f64, b: f64, relative: f64, absolute: f64) -> Result<bool, NumberError> {
    if relative < 0.0 || absolute < 0.0 {
        return Err(NumberError::value("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let difference = (b - a).abs();
    Ok(difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders() {
        assert_eq!(remainder(5.0, 3.0), Ok(-1.0));
        assert_eq!(remainder(2.5, 1.0), Ok(0.5));
        assert_eq!(remainder(3.5, 1.0), Ok(-0.5));
        assert_eq!(remainder(1.0, f64::INFINITY), Ok(1.0));
        assert_eq!(remainder(1.0, 0.0), Err(domain_error()));
        assert_eq!(fmod(f64::INFINITY, 1.0), Err(domain_error()));
        assert!(fmod(f64::NAN, 0.0).unwrap().is_nan());
        assert_eq!(fmod(-1.5, f64::INFINITY), Ok(-1.5));
    }

    #[test]
    fn powers_and_scales() {
        assert_eq!(pow(0.0, -1.0), Err(domain_error()));
        assert_eq!(pow(-1.0, 0.5), Err(domain_error()));
        assert_eq!(pow(10.0, 400.0), Err(range_error()));
        assert_eq!(pow(f64::NAN, 0.0), Ok(1.0));
        assert_eq!(ldexp(1.0, IntRef::Small(2000)), Err(range_error()));
        assert_eq!(ldexp(1.0, IntRef::Small(i64::MIN)), Ok(0.0));
        assert_eq!(ldexp(1.5, IntRef::Small(-1074)), Ok(1e-323));
        assert_eq!(fma(1e308, 10.0, 0.0), Err(NumberError::overflow("overflow in fma")));
        assert_eq!(fma(f64::INFINITY, 0.0, 0.0), Err(NumberError::value("invalid operation in fma")));
        assert!(fma(f64::INFINITY, 0.0, f64::NAN).unwrap().is_nan());
    }

    #[test]
    fn neighbours() {
        let steps = |x, y, steps| next_after_steps(x, y, IntRef::Small(steps)).unwrap();
        assert_eq!(steps(1.0, 2.0, 3), 1.0000000000000007);
        assert_eq!(steps(-1e-323, 1.0, 10), 4e-323);
        assert_eq!(steps(1.0, 2.0, i64::MAX), 2.0);
        assert_eq!(steps(2.0, 1.0, 1), 2f64.next_down());
        assert!(next_after(0.0, -0.0).is_sign_negative());
        assert_eq!(next_after(0.0, -1.0), -5e-324);
        assert!(next_after_steps(1.0, 2.0, IntRef::Small(-1)).is_err());
    }

    #[test]
    fn closeness() {
        assert_eq!(is_close(1.0, 1.0 + 1e-10, 1e-9, 0.0), Ok(true));
        assert_eq!(is_close(f64::INFINITY, 1.0, 1e-9, 0.0), Ok(false));
        assert!(is_close(1.0, 1.0, -1.0, 0.0).is_err());
    }
}
