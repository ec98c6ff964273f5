//! Floats.

use super::complexes;
use pvm_bytecode::Constant;
use pvm_bytecode::opcode::BinaryOp;

pub(super) fn binary(operator: BinaryOp, left: f64, right: f64) -> Option<Constant> {
    let value = match operator {
        BinaryOp::Add => left + right,
        BinaryOp::Subtract => left - right,
        BinaryOp::Multiply => left * right,
        BinaryOp::TrueDivide if right != 0.0 => left / right,
        BinaryOp::FloorDivide if right != 0.0 => floor_divide(left, right),
        BinaryOp::Remainder if right != 0.0 => remainder(left, right),
        BinaryOp::Power => return power(left, right),
        _ => return None,
    };
    Some(Constant::Float(value))
}

fn remainder(left: f64, right: f64) -> f64 {
    let modulus = left % right;
    if modulus == 0.0 {
        0.0f64.copysign(right)
    } else if (right < 0.0) != (modulus < 0.0) {
        modulus + right
    } else {
        modulus
    }
}

fn floor_divide(left: f64, right: f64) -> f64 {
    let modulus = left % right;
    let mut quotient = (left - modulus) / right;
    if modulus != 0.0 && (right < 0.0) != (modulus < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0.0f64.copysign(left / right);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}

/// `left ** right` (CPython's `float_pow`, which settles C99's special cases itself).
fn power(left: f64, right: f64) -> Option<Constant> {
    let odd = (right.abs() % 2.0) == 1.0;
    let value = if right == 0.0 {
        1.0
    } else if left.is_nan() {
        left
    } else if right.is_nan() {
        if left == 1.0 { 1.0 } else { right }
    } else if right.is_infinite() {
        let left = left.abs();
        if left == 1.0 {
            1.0
        } else if (right > 0.0) == (left > 1.0) {
            f64::INFINITY
        } else {
            0.0
        }
    } else if left.is_infinite() {
        match (right > 0.0, odd) {
            (true, true) => left,
            (true, false) => left.abs(),
            (false, true) => 0.0f64.copysign(left),
            (false, false) => 0.0,
        }
    } else if left == 0.0 {
        if right < 0.0 {
            return None;
        }
        if odd { left } else { 0.0 }
    } else if left < 0.0 && right != right.floor() {
        return complexes::power((left, 0.0), (right, 0.0));
    } else {
        let magnitude = left.abs().powf(right);
        if magnitude.is_infinite() {
            return None;
        }
        if left < 0.0 && odd { -magnitude } else { magnitude }
    };
    Some(Constant::Float(value))
}

/// `value * 2 ** exponent`, for results that are exact.
pub(super) fn ldexp(mut value: f64, mut exponent: i32) -> f64 {
    const STEP: i32 = 1000;
    while exponent > STEP {
        value *= 2.0f64.powi(STEP);
        exponent -= STEP;
    }
    while exponent < -STEP {
        value /= 2.0f64.powi(STEP);
        exponent += STEP;
    }
    if exponent < 0 { value / 2.0f64.powi(-exponent) } else { value * 2.0f64.powi(exponent) }
}
