//! Functions of one float: which one computes it, what is wrong at which argument. The values are the system's
//! mathematical library's, as CPython's are.

use super::{domain_error, gamma, hyperbolic, logarithms, range_error};
use crate::number::error::NumberError;
use crate::number::float_text::repr;

/// A function of one float with its errors: `math_1` and `math_1a` of `mathmodule.c`.
#[derive(Clone, Copy)]
pub struct Unary {
    /// Its name in `math`.
    pub name: &'static str,
    function: fn(f64) -> f64,
    /// Whether an infinite result of a finite argument is an overflow; else the argument is a pole.
    overflows: bool,
    /// What an argument outside the domain should have been.
    expected: Option<&'static str>,
}

impl Unary {
    const fn new(name: &'static str, function: fn(f64) -> f64) -> Unary {
        Unary { name, function, overflows: false, expected: None }
    }

    const fn overflowing(self) -> Unary {
        Unary { overflows: true, ..self }
    }

    const fn expecting(self, expected: &'static str) -> Unary {
        Unary { expected: Some(expected), ..self }
    }

    /// The function's value.
    ///
    /// # Errors
    /// `ValueError` outside the domain and at poles, `OverflowError`.
    pub fn call(&self, x: f64) -> Result<f64, NumberError> {
        let result = (self.function)(x);
        if result.is_nan() && !x.is_nan() {
            return Err(self.domain(x));
        }
        if result.is_infinite() && x.is_finite() {
            return Err(if self.overflows { range_error() } else { self.domain(x) });
        }
        Ok(result)
    }

    fn domain(&self, x: f64) -> NumberError {
        match self.expected {
            Some(expected) => NumberError::value(format!("expected {expected}, got {}", repr(x))),
            None => domain_error(),
        }
    }
}

macro_rules! unary {
    ($($(#[$doc:meta])* $constant:ident = $value:expr;)*) => {
        $($(#[$doc])* pub const $constant: Unary = $value;)*

        /// Every function of this file.
        pub const ALL: &[Unary] = &[$($constant),*];
    };
}

unary! {
    /// Arc cosine.
    ACOS = Unary::new("acos", f64::acos).expecting("a number in range from -1 up to 1");
    /// Inverse hyperbolic cosine.
    ACOSH = Unary::new("acosh", hyperbolic::acosh).expecting("argument value not less than 1");
    /// Arc sine.
    ASIN = Unary::new("asin", f64::asin).expecting("a number in range from -1 up to 1");
    /// Inverse hyperbolic sine.
    ASINH = Unary::new("asinh", hyperbolic::asinh);
    /// Arc tangent.
    ATAN = Unary::new("atan", f64::atan);
    /// Inverse hyperbolic tangent.
    ATANH = Unary::new("atanh", hyperbolic::atanh).expecting("a number between -1 and 1");
    /// Cube root.
    CBRT = Unary::new("cbrt", f64::cbrt);
    /// Cosine.
    COS = Unary::new("cos", f64::cos).expecting("a finite input");
    /// Hyperbolic cosine.
    COSH = Unary::new("cosh", f64::cosh).overflowing();
    /// Error function.
    ERF = Unary::new("erf", libm::erf);
    /// Complementary error function.
    ERFC = Unary::new("erfc", libm::erfc);
    /// `e` raised.
    EXP = Unary::new("exp", f64::exp).overflowing();
    /// Two raised.
    EXP2 = Unary::new("exp2", f64::exp2).overflowing();
    /// `e` raised, less one.
    EXPM1 = Unary::new("expm1", f64::exp_m1).overflowing();
    /// Absolute value.
    FABS = Unary::new("fabs", f64::abs);
    /// Logarithm of one more.
    LOG1P = Unary::new("log1p", logarithms::log1p).expecting("argument value > -1");
    /// Sine.
    SIN = Unary::new("sin", f64::sin).expecting("a finite input");
    /// Hyperbolic sine.
    SINH = Unary::new("sinh", f64::sinh).overflowing();
    /// Square root.
    SQRT = Unary::new("sqrt", f64::sqrt).expecting("a nonnegative input");
    /// Tangent.
    TAN = Unary::new("tan", f64::tan).expecting("a finite input");
    /// Hyperbolic tangent.
    TANH = Unary::new("tanh", f64::tanh);
}

/// `math.gamma(x)`.
///
/// # Errors
/// `ValueError` at zero, negative integers and minus infinity, `OverflowError`.
pub fn gamma(x: f64) -> Result<f64, NumberError> {
    gamma::checked(x, gamma::gamma(x))
}

/// `math.lgamma(x)`.
///
/// # Errors
/// `ValueError` at zero and negative integers, `OverflowError`.
pub fn lgamma(x: f64) -> Result<f64, NumberError> {
    gamma::checked(x, gamma::lgamma(x))
}

/// `math.degrees(x)`.
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / std::f64::consts::PI)
}

/// `math.radians(x)`.
pub fn radians(x: f64) -> f64 {
    x * (std::f64::consts::PI / 180.0)
}

/// `math.modf(x)`: fraction and whole, both with the sign of `x`.
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0f64.copysign(x), x);
    }
    let whole = x.trunc();
    ((x - whole).copysign(x), whole)
}

/// `math.ulp(x)`: the distance to the next float away from zero.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    if x == f64::MAX { x - x.next_down() } else { x.next_up() - x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_cpythons_words() {
        for (function, x, text) in [
            (SQRT, -1.0, "expected a nonnegative input, got -1.0"),
            (ACOS, 2.0, "expected a number in range from -1 up to 1, got 2.0"),
            (ACOSH, 0.5, "expected argument value not less than 1, got 0.5"),
            (ATANH, 1.0, "expected a number between -1 and 1, got 1.0"),
            (LOG1P, -1.0, "expected argument value > -1, got -1.0"),
            (SIN, f64::NEG_INFINITY, "expected a finite input, got -inf"),
        ] {
            assert_eq!(function.call(x), Err(NumberError::value(text)));
        }
        for function in [EXP, EXP2, EXPM1, COSH, SINH] {
            assert_eq!(function.call(2000.0), Err(range_error()), "{}", function.name);
            assert!(function.call(f64::INFINITY).is_ok());
        }
        for function in ALL {
            assert!(function.call(f64::NAN).unwrap().is_nan());
        }
    }

    #[test]
    fn parts_and_distances() {
        assert_eq!(modf(-2.5), (-0.5, -2.0));
        assert!(modf(-2.0).0.is_sign_negative());
        assert_eq!(modf(f64::INFINITY), (0.0, f64::INFINITY));
        assert_eq!(ulp(0.0), 5e-324);
        assert_eq!(ulp(f64::MAX), 1.99584030953472e+292);
        assert_eq!(ulp(-1.0), f64::EPSILON);
        assert_eq!(degrees(1.0), 57.29577951308232);
    }
}
