//! The functions of one complex number, by Kahan's "Branch cuts for complex elementary functions" as CPython's
//! `cmathmodule.c` applies it: infinities and NaNs by table, large and tiny numbers scaled.

use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10};

use pvm_object::number::NumberError;
use pvm_object::number::complex::{Complex, neg};
use pvm_object::number::float_arith::ldexp;
use pvm_object::number::math_functions::elementary;

use super::special;

/// What a function gives.
pub type Outcome = Result<Complex, NumberError>;

/// Above this, sums of two squares of quarters leave the floats.
const LARGE: f64 = f64::MAX / 4.0;
const MANTISSA_DIGITS: i32 = f64::MANTISSA_DIGITS as i32;

/// Above this, the exponential leaves the floats.
fn log_large() -> f64 {
    LARGE.ln()
}

/// `ValueError: math domain error`.
pub fn domain_error() -> NumberError {
    NumberError::value("math domain error")
}

/// `OverflowError: math range error`.
pub fn range_error() -> NumberError {
    NumberError::overflow("math range error")
}

fn c(re: f64, im: f64) -> Complex {
    Complex::new(re, im)
}

fn is_finite(z: Complex) -> bool {
    z.re.is_finite() && z.im.is_finite()
}

/// The tabled value of a number that is not finite.
fn tabled(table: &special::Table, z: Complex) -> Outcome {
    table.value(z.re, z.im).ok_or_else(domain_error)
}

/// The real function, which has a value for every argument that comes here.
fn real(function: elementary::Unary, x: f64) -> f64 {
    function.call(x).unwrap_or(f64::NAN)
}

fn is_large(z: Complex) -> bool {
    z.re.abs() > LARGE || z.im.abs() > LARGE
}

/// The logarithm of the absolute value of a large number, and twice that of two more.
fn log_of_large(z: Complex) -> f64 {
    (z.re / 2.0).hypot(z.im / 2.0).ln() + LN_2 * 2.0
}

/// `-i * f(i * z)`, which makes sine of hyperbolic sine and so on.
fn rotated(function: fn(Complex) -> Outcome, z: Complex) -> Outcome {
    let turned = function(c(-z.im, z.re))?;
    Ok(c(turned.im, -turned.re))
}

/// An infinity in the direction of `angle`, its real part negated where `negate` says so.
fn infinity_at(angle: f64, negate: bool) -> Complex {
    let re = f64::INFINITY.copysign(angle.cos());
    c(if negate { -re } else { re }, f64::INFINITY.copysign(angle.sin()))
}

/// Whether the real part is infinite and the other an angle that decides about signs.
fn is_infinite_at_angle(z: Complex) -> bool {
    z.re.is_infinite() && z.im.is_finite() && z.im != 0.0
}

/// A result that has become infinite is out of range.
fn in_range(z: Complex) -> Outcome {
    if z.re.is_infinite() || z.im.is_infinite() { Err(range_error()) } else { Ok(z) }
}

pub fn sqrt(z: Complex) -> Outcome {
    Ok(plain_sqrt(z))
}

fn plain_sqrt(z: Complex) -> Complex {
    if !is_finite(z) {
        return special::SQRT.value(z.re, z.im).unwrap_or(c(f64::NAN, f64::NAN));
    }
    if z.re == 0.0 && z.im == 0.0 {
        return c(0.0, z.im);
    }
    const SCALE_UP: i32 = 2 * (MANTISSA_DIGITS / 2) + 1;
    const SCALE_DOWN: i32 = -(SCALE_UP + 1) / 2;
    let (re, im) = (z.re.abs(), z.im.abs());
    let root = if re < f64::MIN_POSITIVE && im < f64::MIN_POSITIVE {
        let re = ldexp(re, SCALE_UP);
        ldexp((re + re.hypot(ldexp(im, SCALE_UP))).sqrt(), SCALE_DOWN)
    } else {
        let re = re / 8.0;
        2.0 * (re + re.hypot(im / 8.0)).sqrt()
    };
    let other = im / (2.0 * root);
    if z.re >= 0.0 { c(root, other.copysign(z.im)) } else { c(other, root.copysign(z.im)) }
}

pub fn acos(z: Complex) -> Outcome {
    if !is_finite(z) {
        return tabled(&special::ACOS, z);
    }
    if is_large(z) {
        let size = log_of_large(z);
        let im = if z.re < 0.0 { -size.copysign(z.im) } else { size.copysign(-z.im) };
        return Ok(c(z.im.abs().atan2(z.re), im));
    }
    let (low, high) = (plain_sqrt(c(1.0 - z.re, -z.im)), plain_sqrt(c(1.0 + z.re, z.im)));
    Ok(c(2.0 * low.re.atan2(high.re), real(elementary::ASINH, high.re * low.im - high.im * low.re)))
}

pub fn acosh(z: Complex) -> Outcome {
    if !is_finite(z) {
        return tabled(&special::ACOSH, z);
    }
    if is_large(z) {
        return Ok(c(log_of_large(z), z.im.atan2(z.re)));
    }
    let (low, high) = (plain_sqrt(c(z.re - 1.0, z.im)), plain_sqrt(c(z.re + 1.0, z.im)));
    Ok(c(real(elementary::ASINH, low.re * high.re + low.im * high.im), 2.0 * low.im.atan2(high.re)))
}

pub fn asin(z: Complex) -> Outcome {
    rotated(asinh, z)
}

pub fn asinh(z: Complex) -> Outcome {
    if !is_finite(z) {
        return tabled(&special::ASINH, z);
    }
    if is_large(z) {
        let size = log_of_large(z);
        let re = if z.im.is_sign_positive() { size.copysign(z.re) } else { -size.copysign(-z.re) };
        return Ok(c(re, z.im.atan2(z.re.abs())));
    }
    let (high, low) = (plain_sqrt(c(1.0 + z.im, -z.re)), plain_sqrt(c(1.0 - z.im, z.re)));
    Ok(c(real(elementary::ASINH, high.re * low.im - low.re * high.im), z.im.atan2(high.re * low.re - high.im * low.im)))
}

pub fn atan(z: Complex) -> Outcome {
    rotated(atanh, z)
}

pub fn atanh(z: Complex) -> Outcome {
    if !is_finite(z) {
        return tabled(&special::ATANH, z);
    }
    if z.re.is_sign_negative() {
        return atanh(neg(z)).map(neg);
    }
    let size = z.im.abs();
    if z.re > LARGE.sqrt() || size > LARGE.sqrt() {
        let half = (z.re / 2.0).hypot(z.im / 2.0);
        return Ok(c(z.re / 4.0 / half / half, -FRAC_PI_2.copysign(-z.im)));
    }
    if z.re == 1.0 && size < f64::MIN_POSITIVE.sqrt() {
        if size == 0.0 {
            return Err(domain_error());
        }
        let re = -(size.sqrt() / size.hypot(2.0).sqrt()).ln();
        return Ok(c(re, (2f64.atan2(-size) / 2.0).copysign(z.im)));
    }
    let re = real(elementary::LOG1P, 4.0 * z.re / ((1.0 - z.re) * (1.0 - z.re) + size * size)) / 4.0;
    Ok(c(re, -(-2.0 * z.im).atan2((1.0 - z.re) * (1.0 + z.re) - size * size) / 2.0))
}

pub fn cos(z: Complex) -> Outcome {
    cosh(c(-z.im, z.re))
}

pub fn cosh(z: Complex) -> Outcome {
    if is_infinite_at_angle(z) {
        let value = infinity_at(z.im, false);
        return Ok(if z.re > 0.0 { value } else { c(value.re, -value.im) });
    }
    if !is_finite(z) {
        return tabled(&special::COSH, z);
    }
    in_range(if z.re.abs() > log_large() {
        let nearer = z.re - 1f64.copysign(z.re);
        c(z.im.cos() * nearer.cosh() * E, z.im.sin() * nearer.sinh() * E)
    } else {
        c(z.im.cos() * z.re.cosh(), z.im.sin() * z.re.sinh())
    })
}

pub fn exp(z: Complex) -> Outcome {
    if is_infinite_at_angle(z) {
        return Ok(match z.re > 0.0 {
            true => infinity_at(z.im, false),
            false => c(0f64.copysign(z.im.cos()), 0f64.copysign(z.im.sin())),
        });
    }
    if !is_finite(z) {
        return tabled(&special::EXP, z);
    }
    in_range(if z.re > log_large() {
        let size = (z.re - 1.0).exp();
        c(size * z.im.cos() * E, size * z.im.sin() * E)
    } else {
        let size = z.re.exp();
        c(size * z.im.cos(), size * z.im.sin())
    })
}

pub fn log(z: Complex) -> Outcome {
    if !is_finite(z) {
        return tabled(&special::LOG, z);
    }
    let (re, im) = (z.re.abs(), z.im.abs());
    let size = if re > LARGE || im > LARGE {
        (re / 2.0).hypot(im / 2.0).ln() + LN_2
    } else if re < f64::MIN_POSITIVE && im < f64::MIN_POSITIVE {
        if re == 0.0 && im == 0.0 {
            return Err(domain_error());
        }
        let scaled = ldexp(re, MANTISSA_DIGITS).hypot(ldexp(im, MANTISSA_DIGITS));
        scaled.ln() - f64::from(MANTISSA_DIGITS) * LN_2
    } else {
        let size = re.hypot(im);
        if (0.71..=1.73).contains(&size) {
            let (larger, smaller) = (re.max(im), re.min(im));
            real(elementary::LOG1P, (larger - 1.0) * (larger + 1.0) + smaller * smaller) / 2.0
        } else {
            size.ln()
        }
    };
    Ok(c(size, z.im.atan2(z.re)))
}

pub fn log10(z: Complex) -> Outcome {
    let value = log(z)?;
    Ok(c(value.re / LN_10, value.im / LN_10))
}

pub fn sin(z: Complex) -> Outcome {
    rotated(sinh, z)
}

pub fn sinh(z: Complex) -> Outcome {
    if is_infinite_at_angle(z) {
        return Ok(infinity_at(z.im, z.re < 0.0));
    }
    if !is_finite(z) {
        return tabled(&special::SINH, z);
    }
    in_range(if z.re.abs() > log_large() {
        let nearer = z.re - 1f64.copysign(z.re);
        c(z.im.cos() * nearer.sinh() * E, z.im.sin() * nearer.cosh() * E)
    } else {
        c(z.im.cos() * z.re.sinh(), z.im.sin() * z.re.cosh())
    })
}

pub fn tan(z: Complex) -> Outcome {
    rotated(tanh, z)
}

pub fn tanh(z: Complex) -> Outcome {
    if is_infinite_at_angle(z) {
        return Ok(c(1f64.copysign(z.re), 0f64.copysign(2.0 * z.im.sin() * z.im.cos())));
    }
    if !is_finite(z) {
        return tabled(&special::TANH, z);
    }
    if z.re.abs() > log_large() {
        let im = 4.0 * z.im.sin() * z.im.cos() * (-2.0 * z.re.abs()).exp();
        return Ok(c(1f64.copysign(z.re), im));
    }
    let (tanh, tan, inverse_cosh) = (z.re.tanh(), z.im.tan(), 1.0 / z.re.cosh());
    let product = tanh * tan;
    let denominator = 1.0 + product * product;
    Ok(c(tanh * (1.0 + tan * tan) / denominator, tan / denominator * inverse_cosh * inverse_cosh))
}

/// The number with this absolute value and angle.
pub fn rect(radius: f64, angle: f64) -> Outcome {
    if !radius.is_finite() || !angle.is_finite() {
        if radius.is_infinite() && angle.is_finite() && angle != 0.0 {
            let value = infinity_at(angle, false);
            return Ok(if radius > 0.0 { value } else { neg(value) });
        }
        return special::RECT.value(radius, angle).ok_or_else(domain_error);
    }
    // At angle zero the sign of the zero counts.
    Ok(match angle == 0.0 {
        true => c(radius, radius * angle),
        false => c(radius * angle.cos(), radius * angle.sin()),
    })
}
