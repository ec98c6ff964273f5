//! Ints of any size.

use super::floats;
use pvm_bytecode::opcode::BinaryOp;
use pvm_bytecode::{Constant, IBig, UBig};

/// The most bits that products, powers and shifts may have.
const MAX_INT_BITS: usize = 128;
/// Bits of a float's mantissa.
const MANTISSA_BITS: i64 = 53;
/// The least exponent of a normal float, as `DBL_MIN_EXP`.
const MIN_EXPONENT: i64 = -1021;
/// The greatest exponent of a float, as `DBL_MAX_EXP`.
const MAX_EXPONENT: i64 = 1024;

pub(super) fn binary(operator: BinaryOp, left: &IBig, right: &IBig) -> Option<Constant> {
    let zero = IBig::ZERO;
    let value = match operator {
        BinaryOp::Add => left + right,
        BinaryOp::Subtract => left - right,
        BinaryOp::Multiply => {
            if bits(left) + bits(right) > MAX_INT_BITS && *left != zero && *right != zero {
                return None;
            }
            left * right
        }
        BinaryOp::FloorDivide => floor_divide(left, right)?.0,
        BinaryOp::Remainder => floor_divide(left, right)?.1,
        BinaryOp::Power => return power(left, right),
        BinaryOp::TrueDivide => return true_divide(left, right).map(Constant::Float),
        BinaryOp::Lshift => {
            if *right < zero {
                return None;
            }
            if *left == zero || *right == zero {
                left.clone()
            } else {
                let count = usize::try_from(right).ok()?;
                if count > MAX_INT_BITS || bits(left) > MAX_INT_BITS - count {
                    return None;
                }
                left << count
            }
        }
        BinaryOp::Rshift => {
            if *right < zero {
                return None;
            }
            match usize::try_from(right) {
                Ok(count) if count <= bits(left) => left >> count,
                _ if *left < zero => -IBig::ONE,
                _ => zero,
            }
        }
        BinaryOp::And => left & right,
        BinaryOp::Or => left | right,
        BinaryOp::Xor => left ^ right,
        _ => return None,
    };
    Some(Constant::Int(value))
}

/// Bits of the absolute value.
fn bits(value: &IBig) -> usize {
    bit_length(&magnitude(value))
}

fn bit_length(value: &UBig) -> usize {
    let bytes = value.to_le_bytes();
    bytes.last().map_or(0, |last| 8 * bytes.len() - last.leading_zeros() as usize)
}

fn magnitude(value: &IBig) -> UBig {
    value.clone().into_parts().1
}

/// Quotient and remainder, rounded down.
fn floor_divide(left: &IBig, right: &IBig) -> Option<(IBig, IBig)> {
    let zero = IBig::ZERO;
    if *right == zero {
        return None;
    }
    let quotient = left / right;
    let remainder = left - &quotient * right;
    if remainder != zero && (remainder < zero) != (*right < zero) {
        return Some((quotient - IBig::ONE, remainder + right));
    }
    Some((quotient, remainder))
}

fn power(base: &IBig, exponent: &IBig) -> Option<Constant> {
    let zero = IBig::ZERO;
    if *exponent < zero {
        return floats::binary(BinaryOp::Power, to_f64(base)?, to_f64(exponent)?);
    }
    let value = if *exponent == zero {
        IBig::ONE
    } else if *base == zero {
        zero
    } else {
        let exponent = usize::try_from(exponent).ok()?;
        if bits(base) > MAX_INT_BITS / exponent {
            return None;
        }
        base.pow(exponent)
    };
    Some(Constant::Int(value))
}

/// The nearest float, ties to even; `None` if it is too large for one.
pub(super) fn to_f64(value: &IBig) -> Option<f64> {
    let float = value.to_f64().value();
    float.is_finite().then_some(float)
}

/// The float nearest to the exact quotient (CPython's `long_true_divide`).
fn true_divide(left: &IBig, right: &IBig) -> Option<f64> {
    let zero = IBig::ZERO;
    if *right == zero {
        return None;
    }
    let negative = (*left < zero) != (*right < zero);
    if *left == zero {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    let (a, b) = (magnitude(left), magnitude(right));
    let difference = bit_length(&a) as i64 - bit_length(&b) as i64;
    if difference > MAX_EXPONENT {
        return None;
    }
    if difference < MIN_EXPONENT - MANTISSA_BITS - 1 {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    // A quotient of two bits more than fit, with what is left over in its last bit.
    let shift = difference.max(MIN_EXPONENT) - MANTISSA_BITS - 2;
    let (a, b) = if shift <= 0 { (a << (-shift) as usize, b) } else { (a, b << shift as usize) };
    let quotient = &a / &b;
    let inexact = &quotient * &b != a;
    let quotient = u64::try_from(&quotient).ok()? | u64::from(inexact);
    let quotient_bits = i64::from(64 - quotient.leading_zeros());
    let extra_bits = quotient_bits.max(MIN_EXPONENT - shift) - MANTISSA_BITS;
    let half = 1u64 << (extra_bits - 1);
    let mut rounded = quotient;
    if rounded & half != 0 && rounded & (3 * half - 1) != 0 {
        rounded += half;
    }
    rounded &= !(2 * half - 1);
    let mantissa = rounded as f64;
    let exponent = shift + quotient_bits;
    if exponent > MAX_EXPONENT || (exponent == MAX_EXPONENT && mantissa == floats::ldexp(1.0, quotient_bits as i32)) {
        return None;
    }
    let value = floats::ldexp(mantissa, shift as i32);
    Some(if negative { -value } else { value })
}
