//! Complex arithmetic with the rules of CPython 3.14: a real operand stays real (C99's annex G) instead of
//! getting an imaginary zero.

use super::error::{DIVISION_BY_ZERO, NumberError};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

/// One operand of complex arithmetic: a complex number, or an `int` or `float` beside one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// A real number.
    Real(f64),
    /// A complex number.
    Complex(Complex),
}

impl Complex {
    /// The number with these parts.
    pub const fn new(re: f64, im: f64) -> Complex {
        Complex { re, im }
    }
}

impl Operand {
    /// The number with a zero for a missing imaginary part.
    fn widen(self) -> Complex {
        match self {
            Operand::Real(re) => Complex::new(re, 0.0),
            Operand::Complex(value) => value,
        }
    }
}

impl From<Complex> for Operand {
    fn from(value: Complex) -> Operand {
        Operand::Complex(value)
    }
}

/// `a + b`.
pub fn add(a: Operand, b: Operand) -> Complex {
    match (a, b) {
        (Operand::Complex(a), Operand::Complex(b)) => Complex::new(a.re + b.re, a.im + b.im),
        (Operand::Complex(z), Operand::Real(x)) => Complex::new(z.re + x, z.im),
        (Operand::Real(x), Operand::Complex(z)) => Complex::new(x + z.re, z.im),
        (Operand::Real(a), Operand::Real(b)) => Complex::new(a + b, 0.0),
    }
}

/// `a - b`.
pub fn sub(a: Operand, b: Operand) -> Complex {
    match (a, b) {
        (Operand::Complex(a), Operand::Complex(b)) => Complex::new(a.re - b.re, a.im - b.im),
        (Operand::Complex(z), Operand::Real(x)) => Complex::new(z.re - x, z.im),
        (Operand::Real(x), Operand::Complex(z)) => Complex::new(x - z.re, -z.im),
        (Operand::Real(a), Operand::Real(b)) => Complex::new(a - b, 0.0),
    }
}

/// `a * b`.
pub fn mul(a: Operand, b: Operand) -> Complex {
    match (a, b) {
        (Operand::Complex(a), Operand::Complex(b)) => product(a, b),
        (Operand::Complex(z), Operand::Real(x)) | (Operand::Real(x), Operand::Complex(z)) => Complex::new(z.re * x, z.im * x),
        (Operand::Real(a), Operand::Real(b)) => Complex::new(a * b, 0.0),
    }
}

/// An infinity becomes a one, all else a zero, with its sign: annex G's boxes for infinite operands.
fn boxed(x: f64) -> f64 {
    (if x.is_infinite() { 1.0f64 } else { 0.0 }).copysign(x)
}

/// NaN becomes a zero with its sign.
fn without_nan(x: f64) -> f64 {
    if x.is_nan() { 0f64.copysign(x) } else { x }
}

/// The product, with infinities recovered where the formula gives NaN in both parts (C11, annex G.5.1).
fn product(z: Complex, w: Complex) -> Complex {
    let (mut a, mut b, mut c, mut d) = (z.re, z.im, w.re, w.im);
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let result = Complex::new(ac - bd, ad + bc);
    if !(result.re.is_nan() && result.im.is_nan()) {
        return result;
    }
    let mut recalculate = false;
    if a.is_infinite() || b.is_infinite() {
        (a, b) = (boxed(a), boxed(b));
        (c, d) = (without_nan(c), without_nan(d));
        recalculate = true;
    }
    if c.is_infinite() || d.is_infinite() {
        (c, d) = (boxed(c), boxed(d));
        (a, b) = (without_nan(a), without_nan(b));
        recalculate = true;
    }
    if !recalculate && [ac, bd, ad, bc].iter().any(|part| part.is_infinite()) {
        (a, b, c, d) = (without_nan(a), without_nan(b), without_nan(c), without_nan(d));
        recalculate = true;
    }
    if recalculate { Complex::new(f64::INFINITY * (a * c - b * d), f64::INFINITY * (a * d + b * c)) } else { result }
}

/// `a / b`.
///
/// # Errors
/// `ZeroDivisionError`.
pub fn div(a: Operand, b: Operand) -> Result<Complex, NumberError> {
    match (a, b) {
        (_, Operand::Real(0.0)) => Err(DIVISION_BY_ZERO),
        (Operand::Complex(z), Operand::Real(x)) => Ok(Complex::new(z.re / x, z.im / x)),
        (Operand::Real(a), Operand::Real(b)) => Ok(Complex::new(a / b, 0.0)),
        (_, Operand::Complex(divisor)) => quotient(a, divisor),
    }
}

/// Smith's algorithm, dividing by the larger part first, with annex G's recovery of infinities and zeros.
fn quotient(dividend: Operand, w: Complex) -> Result<Complex, NumberError> {
    if w.re == 0.0 && w.im == 0.0 {
        return Err(DIVISION_BY_ZERO);
    }
    let (re_size, im_size) = (w.re.abs(), w.im.abs());
    let mut result = if re_size >= im_size {
        let ratio = w.im / w.re;
        let denominator = w.re + w.im * ratio;
        match dividend {
            Operand::Complex(z) => Complex::new((z.re + z.im * ratio) / denominator, (z.im - z.re * ratio) / denominator),
            Operand::Real(x) => Complex::new(x / denominator, (-x * ratio) / denominator),
        }
    } else if im_size >= re_size {
        let ratio = w.re / w.im;
        let denominator = w.re * ratio + w.im;
        match dividend {
            Operand::Complex(z) => Complex::new((z.re * ratio + z.im) / denominator, (z.im * ratio - z.re) / denominator),
            Operand::Real(x) => Complex::new((x * ratio) / denominator, -x / denominator),
        }
    } else {
        // A part is NaN.
        Complex::new(f64::NAN, f64::NAN)
    };
    if result.re.is_nan() && result.im.is_nan() {
        let dividend_is_infinite = match dividend {
            Operand::Real(x) => x.is_infinite(),
            Operand::Complex(z) => z.re.is_infinite() || z.im.is_infinite(),
        };
        let dividend_is_finite = match dividend {
            Operand::Real(x) => x.is_finite(),
            Operand::Complex(z) => z.re.is_finite() && z.im.is_finite(),
        };
        let (scaled, divisor, factor) = if dividend_is_infinite && w.re.is_finite() && w.im.is_finite() {
            let boxed_dividend = match dividend {
                Operand::Real(x) => Operand::Real(boxed(x)),
                Operand::Complex(z) => Operand::Complex(Complex::new(boxed(z.re), boxed(z.im))),
            };
            (boxed_dividend, w, f64::INFINITY)
        } else if (w.re.is_infinite() || w.im.is_infinite()) && dividend_is_finite {
            (dividend, Complex::new(boxed(w.re), boxed(w.im)), 0.0)
        } else {
            return Ok(result);
        };
        result = match scaled {
            Operand::Real(x) => Complex::new(factor * (x * divisor.re), factor * (-x * divisor.im)),
            Operand::Complex(z) => {
                Complex::new(factor * (z.re * divisor.re + z.im * divisor.im), factor * (z.im * divisor.re - z.re * divisor.im))
            }
        };
    }
    Ok(result)
}

/// `-z`.
pub fn neg(z: Complex) -> Complex {
    Complex::new(-z.re, -z.im)
}

/// `abs(z)`.
///
/// # Errors
/// `OverflowError` when finite parts give infinity.
pub fn abs(z: Complex) -> Result<f64, NumberError> {
    let size = z.re.hypot(z.im);
    if size.is_infinite() && z.re.is_finite() && z.im.is_finite() {
        return Err(NumberError::overflow("absolute value too large"));
    }
    Ok(size)
}

/// `a ** b`: repeated multiplication for integral exponents up to a hundred, polar form for the rest.
///
/// # Errors
/// `ZeroDivisionError` for zero to a negative or complex power, `OverflowError`.
pub fn pow(a: Operand, b: Operand) -> Result<Complex, NumberError> {
    let (base, exponent) = (a.widen(), b.widen());
    let result = if exponent.im == 0.0 && exponent.re == exponent.re.floor() && exponent.re.abs() <= 100.0 {
        integer_pow(base, exponent.re as i32)
    } else {
        polar_pow(base, exponent)
    };
    let result = result.ok_or(NumberError::ZeroDivision("zero to a negative or complex power"))?;
    if result.re.is_infinite() || result.im.is_infinite() {
        return Err(NumberError::overflow("complex exponentiation"));
    }
    Ok(result)
}

/// `None` for a division by zero.
fn integer_pow(base: Complex, exponent: i32) -> Option<Complex> {
    let power = unsigned_pow(base, exponent.unsigned_abs());
    if exponent > 0 { Some(power) } else { quotient(Operand::Complex(Complex::new(1.0, 0.0)), power).ok() }
}

fn unsigned_pow(base: Complex, exponent: u32) -> Complex {
    let mut result = Complex::new(1.0, 0.0);
    let mut power = base;
    let mut mask = 1;
    while exponent >= mask {
        if exponent & mask != 0 {
            result = product(result, power);
        }
        mask <<= 1;
        power = product(power, power);
    }
    result
}

/// `None` for a division by zero.
fn polar_pow(base: Complex, exponent: Complex) -> Option<Complex> {
    if exponent.re == 0.0 && exponent.im == 0.0 {
        return Some(Complex::new(1.0, 0.0));
    }
    if base.re == 0.0 && base.im == 0.0 {
        return (exponent.im == 0.0 && exponent.re >= 0.0).then_some(Complex::new(0.0, 0.0));
    }
    let size = base.re.hypot(base.im);
    let angle = base.im.atan2(base.re);
    let mut length = size.powf(exponent.re);
    let mut phase = angle * exponent.re;
    if exponent.im != 0.0 {
        length *= (-angle * exponent.im).exp();
        phase += exponent.im * size.ln();
    }
    // C's cos and sin report an infinite angle as they report a division by zero.
    (!phase.is_infinite()).then(|| Complex::new(length * phase.cos(), length * phase.sin()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(re: f64, im: f64) -> Operand {
        Operand::Complex(Complex::new(re, im))
    }

    #[test]
    fn real_operands_stay_real() {
        let minus_zero = sub(Operand::Real(0.0), c(0.0, 0.0));
        assert!(minus_zero.im.is_sign_negative());
        assert!(add(c(1.0, -0.0), Operand::Real(2.0)).im.is_sign_negative());
        let infinite = mul(c(f64::INFINITY, 1.0), Operand::Real(2.0));
        assert_eq!(infinite, Complex::new(f64::INFINITY, 2.0));
        assert_eq!(div(c(1.0, 2.0), Operand::Real(4.0)), Ok(Complex::new(0.25, 0.5)));
        assert_eq!(div(Operand::Real(1.0), c(0.0, 2.0)), Ok(Complex::new(0.0, -0.5)));
        assert_eq!(div(c(1.0, 0.0), Operand::Real(0.0)), Err(DIVISION_BY_ZERO));
        assert_eq!(div(Operand::Real(1.0), c(0.0, -0.0)), Err(DIVISION_BY_ZERO));
    }

    #[test]
    fn infinities_survive_products_and_quotients() {
        let product = mul(c(f64::INFINITY, f64::INFINITY), c(1.0, 0.0));
        assert!(product.re.is_infinite() || product.im.is_infinite());
        let quotient = div(c(1.0, 1.0), c(f64::INFINITY, f64::INFINITY)).unwrap();
        assert_eq!(quotient, Complex::new(0.0, 0.0));
    }

    #[test]
    fn powers() {
        assert_eq!(pow(c(1.0, 2.0), Operand::Real(3.0)), Ok(Complex::new(-11.0, -2.0)));
        assert_eq!(pow(c(0.0, 0.0), Operand::Real(0.0)), Ok(Complex::new(1.0, 0.0)));
        assert_eq!(pow(c(0.0, 0.0), Operand::Real(-1.0)), Err(NumberError::ZeroDivision("zero to a negative or complex power")));
        assert_eq!(pow(c(1e200, 1e200), Operand::Real(2.0)), Err(NumberError::overflow("complex exponentiation")));
        assert_eq!(abs(Complex::new(1.7e308, 1.7e308)), Err(NumberError::overflow("absolute value too large")));
    }
}
