//! Complex numbers (CPython's `complexobject.c`). A real operand stays real: it has no imaginary zero whose sign could show.

use super::Number;
use pvm_bytecode::Constant;
use pvm_bytecode::opcode::BinaryOp;

type Complex = (f64, f64);

/// An operand.
#[derive(Clone, Copy)]
enum Operand {
    Real(f64),
    Complex(Complex),
}

impl Operand {
    fn new(number: &Number) -> Option<Operand> {
        Some(match number {
            Number::Complex(real, imag) => Operand::Complex((*real, *imag)),
            real => Operand::Real(real.to_f64()?),
        })
    }

    fn widen(self) -> Complex {
        match self {
            Operand::Real(real) => (real, 0.0),
            Operand::Complex(value) => value,
        }
    }
}

pub(super) fn binary(operator: BinaryOp, left: &Number, right: &Number) -> Option<Constant> {
    use Operand::{Complex, Real};
    let (left, right) = (Operand::new(left)?, Operand::new(right)?);
    let (real, imag) = match (operator, left, right) {
        (BinaryOp::Add, Complex(a), Complex(b)) => (a.0 + b.0, a.1 + b.1),
        (BinaryOp::Add, Complex(a), Real(b)) => (a.0 + b, a.1),
        (BinaryOp::Add, Real(a), Complex(b)) => (a + b.0, b.1),
        (BinaryOp::Subtract, Complex(a), Complex(b)) => (a.0 - b.0, a.1 - b.1),
        (BinaryOp::Subtract, Complex(a), Real(b)) => (a.0 - b, a.1),
        (BinaryOp::Subtract, Real(a), Complex(b)) => (a - b.0, -b.1),
        (BinaryOp::Multiply, Complex(a), Complex(b)) => product(a, b),
        (BinaryOp::Multiply, Complex(a), Real(b)) | (BinaryOp::Multiply, Real(b), Complex(a)) => (a.0 * b, a.1 * b),
        (BinaryOp::TrueDivide, Complex(a), Complex(b)) => quotient(a, b)?,
        (BinaryOp::TrueDivide, Complex(a), Real(b)) if b != 0.0 => (a.0 / b, a.1 / b),
        (BinaryOp::TrueDivide, Real(a), Complex(b)) => real_quotient(a, b)?,
        (BinaryOp::Power, _, _) => return power(left.widen(), right.widen()),
        _ => return None,
    };
    Some(Constant::Complex(real, imag))
}

/// 1 for infinity, 0 for what is finite, with the sign.
fn boxed(value: f64) -> f64 {
    if value.is_infinite() { 1.0f64 } else { 0.0 }.copysign(value)
}

fn nan_to_zero(value: f64) -> f64 {
    if value.is_nan() { 0.0f64.copysign(value) } else { value }
}

/// The product, infinities recovered (C11, annex G.5.1).
fn product((mut a, mut b): Complex, (mut c, mut d): Complex) -> Complex {
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let (real, imag) = (ac - bd, ad + bc);
    if !(real.is_nan() && imag.is_nan()) {
        return (real, imag);
    }
    let mut recalculate = false;
    if a.is_infinite() || b.is_infinite() {
        (a, b) = (boxed(a), boxed(b));
        (c, d) = (nan_to_zero(c), nan_to_zero(d));
        recalculate = true;
    }
    if c.is_infinite() || d.is_infinite() {
        (c, d) = (boxed(c), boxed(d));
        (a, b) = (nan_to_zero(a), nan_to_zero(b));
        recalculate = true;
    }
    if !recalculate && [ac, bd, ad, bc].iter().any(|part| part.is_infinite()) {
        (a, b) = (nan_to_zero(a), nan_to_zero(b));
        (c, d) = (nan_to_zero(c), nan_to_zero(d));
        recalculate = true;
    }
    if recalculate {
        let infinity = f64::INFINITY;
        return (infinity * (a * c - b * d), infinity * (a * d + b * c));
    }
    (real, imag)
}

/// The quotient by Smith's method, infinities and zeros recovered (C11, annex G.5.2); `None` for division by zero.
fn quotient((a, b): Complex, (c, d): Complex) -> Option<Complex> {
    let (real, imag) = if c.abs() >= d.abs() {
        if c == 0.0 {
            return None;
        }
        let ratio = d / c;
        let denominator = c + d * ratio;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if !(real.is_nan() && imag.is_nan()) {
        return Some((real, imag));
    }
    if (a.is_infinite() || b.is_infinite()) && c.is_finite() && d.is_finite() {
        let (x, y) = (boxed(a), boxed(b));
        let infinity = f64::INFINITY;
        return Some((infinity * (x * c + y * d), infinity * (y * c - x * d)));
    }
    if (c.is_infinite() || d.is_infinite()) && a.is_finite() && b.is_finite() {
        let (x, y) = (boxed(c), boxed(d));
        return Some((0.0 * (a * x + b * y), 0.0 * (b * x - a * y)));
    }
    Some((real, imag))
}

/// A real number divided by a complex one.
fn real_quotient(a: f64, (c, d): Complex) -> Option<Complex> {
    let (real, imag) = if c.abs() >= d.abs() {
        if c == 0.0 {
            return None;
        }
        let ratio = d / c;
        let denominator = c + d * ratio;
        (a / denominator, (-a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio) / denominator, -a / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if real.is_nan() && imag.is_nan() && a.is_finite() && (c.is_infinite() || d.is_infinite()) {
        let (x, y) = (boxed(c), boxed(d));
        return Some((0.0 * (a * x), 0.0 * (-a * y)));
    }
    Some((real, imag))
}

/// `base ** exponent`; `None` where it overflows or divides by zero.
pub(super) fn power(base: Complex, exponent: Complex) -> Option<Constant> {
    let small_int = exponent.1 == 0.0 && exponent.0 == exponent.0.floor() && exponent.0.abs() <= 100.0;
    let (real, imag) = if small_int { integer_power(base, exponent.0 as i32)? } else { general_power(base, exponent)? };
    (!real.is_infinite() && !imag.is_infinite()).then_some(Constant::Complex(real, imag))
}

fn integer_power(base: Complex, exponent: i32) -> Option<Complex> {
    let mut result = (1.0, 0.0);
    let mut square = base;
    let mut remaining = exponent.unsigned_abs();
    while remaining > 0 {
        if remaining & 1 != 0 {
            result = product(result, square);
        }
        remaining >>= 1;
        square = product(square, square);
    }
    if exponent < 0 { quotient((1.0, 0.0), result) } else { Some(result) }
}

fn general_power(base: Complex, exponent: Complex) -> Option<Complex> {
    if exponent == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if base == (0.0, 0.0) {
        let undefined = exponent.1 != 0.0 || exponent.0 < 0.0;
        return (!undefined).then_some((0.0, 0.0));
    }
    let absolute = base.0.hypot(base.1);
    let mut length = absolute.powf(exponent.0);
    let angle = base.1.atan2(base.0);
    let mut phase = angle * exponent.0;
    if exponent.1 != 0.0 {
        length *= (-angle * exponent.1).exp();
        phase += exponent.1 * absolute.ln();
    }
    // The cosine of infinity is a domain error.
    (!phase.is_infinite()).then(|| (length * phase.cos(), length * phase.sin()))
}
