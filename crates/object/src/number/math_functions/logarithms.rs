//! Logarithms of floats and of integers, which may be beyond the floats.

use crate::number::bigint::{IntRef, convert};
use crate::number::error::{DIVISION_BY_ZERO, NumberError};
use crate::number::float_text::repr;

/// The base of a logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The number e.
    E,
    /// Two.
    Two,
    /// Ten.
    Ten,
}

impl Base {
    fn log(self, x: f64) -> f64 {
        match self {
            Base::E => x.ln(),
            Base::Two => x.log2(),
            Base::Ten => x.log10(),
        }
    }
}

/// `math.log`, `log2` and `log10` of a float.
///
/// # Errors
/// `ValueError` unless it is positive.
pub fn log_float(x: f64, base: Base) -> Result<f64, NumberError> {
    if x <= 0.0 {
        return Err(NumberError::value(format!("expected a positive input, got {}", repr(x))));
    }
    Ok(base.log(x))
}

/// `math.log`, `log2` and `log10` of an integer.
///
/// # Errors
/// `ValueError` unless it is positive.
pub fn log_int(x: IntRef<'_>, base: Base) -> Result<f64, NumberError> {
    if x.is_negative() || x.is_zero() {
        return Err(NumberError::value("expected a positive input"));
    }
    Ok(match convert::to_f64(x) {
        Ok(float) => base.log(float),
        Err(_) => {
            let (fraction, exponent) = convert::frexp_int(x);
            base.log(fraction) + base.log(2.0) * exponent as f64
        }
    })
}

/// `math.log(x, base)` from the natural logarithms of both.
///
/// # Errors
/// `ZeroDivisionError` for base one.
pub fn log_quotient(log_x: f64, log_base: f64) -> Result<f64, NumberError> {
    if log_base == 0.0 { Err(DIVISION_BY_ZERO) } else { Ok(log_x / log_base) }
}

/// The logarithm of `1 + x`, zeros kept as they are.
pub(super) fn log1p(x: f64) -> f64 {
    if x == 0.0 { x } else { x.ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::IBig;

    #[test]
    fn integers_beyond_floats() {
        let power = IBig::ONE << 5000;
        assert_eq!(log_int(IntRef::Big(&power), Base::Two), Ok(5000.0));
        assert_eq!(log_int(IntRef::Big(&power), Base::E), Ok(3465.7359027997263));
        assert_eq!(log_int(IntRef::Big(&IBig::from(10).pow(400)), Base::E), Ok(921.0340371976182));
        assert_eq!(log_int(IntRef::Big(&IBig::from(10).pow(5000)), Base::Ten), Ok(5000.0));
        assert_eq!(log_int(IntRef::Small(0), Base::E), Err(NumberError::value("expected a positive input")));
        assert_eq!(log_float(-0.0, Base::E), Err(NumberError::value("expected a positive input, got -0.0")));
        assert_eq!(log_quotient(1.0, 0.0), Err(DIVISION_BY_ZERO));
    }
}
