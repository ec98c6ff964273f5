//! Operations on constants as Python does them, as far as results may be kept in a code object.
//!
//! - `ints`: ints of any size
//! - `floats`, `complexes`: IEEE arithmetic to the last bit
//! - `sequences`: `str`, `bytes` and `tuple`
//!
//! `None` means: leave it to run time, because it raises there or is too large to keep.

mod complexes;
mod floats;
mod ints;
mod sequences;

use std::collections::HashSet;
use std::sync::Arc;

use pvm_bytecode::opcode::BinaryOp;
use pvm_bytecode::{Constant, IBig};

/// A unary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnaryOp {
    Negative,
    Positive,
    Invert,
    Not,
}

/// Applies a unary operator (CPython's `eval_const_unaryop`).
pub(super) fn unary(operator: UnaryOp, operand: &Constant) -> Option<Constant> {
    if operator == UnaryOp::Not {
        return Some(Constant::Bool(!operand.is_true()));
    }
    match (operator, number(operand)?) {
        (UnaryOp::Negative, Number::Int(value)) => Some(Constant::Int(-value)),
        (UnaryOp::Negative, Number::Float(value)) => Some(Constant::Float(-value)),
        (UnaryOp::Negative, Number::Complex(real, imag)) => Some(Constant::Complex(-real, -imag)),
        (UnaryOp::Positive, value) => Some(value.into()),
        // `~True` is deprecated: the warning belongs to run time.
        (UnaryOp::Invert, Number::Int(value)) if !matches!(operand, Constant::Bool(_)) => Some(Constant::Int(!value)),
        _ => None,
    }
}

/// Applies a binary operator (CPython's `eval_const_binop`).
pub(super) fn binary(operator: BinaryOp, left: &Constant, right: &Constant) -> Option<Constant> {
    if operator == BinaryOp::Subscr {
        return sequences::subscript(left, right);
    }
    match (left, right) {
        (Constant::Bool(left), Constant::Bool(right)) => {
            let result = match operator {
                BinaryOp::And => Some(left & right),
                BinaryOp::Or => Some(left | right),
                BinaryOp::Xor => Some(left ^ right),
                _ => None,
            };
            if let Some(result) = result {
                return Some(Constant::Bool(result));
            }
        }
        _ if operator == BinaryOp::Add => {
            if let Some(sum) = sequences::concatenate(left, right) {
                return Some(sum);
            }
        }
        _ if operator == BinaryOp::Multiply => {
            if let (_, Some(Number::Int(count))) | (Some(Number::Int(count)), _) = (number(left), number(right)) {
                let sequence = if number(left).is_some() { right } else { left };
                if number(sequence).is_none() {
                    return sequences::repeat(sequence, &count);
                }
            }
        }
        _ => {}
    }
    match (number(left)?, number(right)?) {
        (Number::Int(left), Number::Int(right)) => ints::binary(operator, &left, &right),
        (Number::Complex(..), _) | (_, Number::Complex(..)) => complexes::binary(operator, &number(left)?, &number(right)?),
        (left, right) => floats::binary(operator, left.to_f64()?, right.to_f64()?),
    }
}

/// A number's value; a bool is an int.
enum Number {
    Int(IBig),
    Float(f64),
    Complex(f64, f64),
}

impl Number {
    /// The nearest float; `None` where Python raises `OverflowError`, or of a complex number.
    fn to_f64(&self) -> Option<f64> {
        match self {
            Number::Int(value) => ints::to_f64(value),
            Number::Float(value) => Some(*value),
            Number::Complex(..) => None,
        }
    }
}

impl From<Number> for Constant {
    fn from(number: Number) -> Constant {
        match number {
            Number::Int(value) => Constant::Int(value),
            Number::Float(value) => Constant::Float(value),
            Number::Complex(real, imag) => Constant::Complex(real, imag),
        }
    }
}

fn number(value: &Constant) -> Option<Number> {
    Some(match value {
        Constant::Bool(value) => Number::Int(IBig::from(u8::from(*value))),
        Constant::Int(value) => Number::Int(value.clone()),
        Constant::Float(value) => Number::Float(*value),
        Constant::Complex(real, imag) => Number::Complex(*real, *imag),
        _ => return None,
    })
}

/// A frozen set of `items`, of equal ones the first.
pub(super) fn frozenset(items: Vec<Constant>) -> Constant {
    let mut seen = HashSet::with_capacity(items.len());
    let members = items.into_iter().filter(|item| seen.insert(canonical(item))).collect();
    Constant::FrozenSet(members)
}

/// The same constant for all that are equal in Python, whatever their types.
fn canonical(value: &Constant) -> Constant {
    match value {
        Constant::Tuple(items) => Constant::Tuple(items.iter().map(canonical).collect()),
        Constant::Slice(parts) => {
            let [start, stop, step] = &**parts;
            Constant::Slice(Arc::new([start, stop, step].map(canonical)))
        }
        _ => match number(value) {
            Some(Number::Float(real)) => canonical_float(real),
            Some(Number::Complex(real, 0.0)) => canonical_float(real),
            // Adding zero takes the sign from a negative one.
            Some(Number::Complex(real, imag)) => Constant::Complex(real + 0.0, imag),
            Some(int) => int.into(),
            None => value.clone(),
        },
    }
}

fn canonical_float(value: f64) -> Constant {
    match IBig::try_from(value) {
        Ok(int) if value.fract() == 0.0 => Constant::Int(int),
        _ => Constant::Float(value),
    }
}

#[cfg(test)]
mod tests;
