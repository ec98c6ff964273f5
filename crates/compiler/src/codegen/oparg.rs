//! The operands of the tree's operators.

use pvm_bytecode::opcode::{BinaryOp, CompareOp};

use super::Op;
use crate::ast::{CmpOp, Operator};

/// The operand of `BINARY_OP` for an operator.
pub(super) fn binary(op: Operator, inplace: bool) -> u32 {
    let plain = match op {
        Operator::Add => BinaryOp::Add,
        Operator::Sub => BinaryOp::Subtract,
        Operator::Mult => BinaryOp::Multiply,
        Operator::MatMult => BinaryOp::MatrixMultiply,
        Operator::Div => BinaryOp::TrueDivide,
        Operator::Mod => BinaryOp::Remainder,
        Operator::Pow => BinaryOp::Power,
        Operator::LShift => BinaryOp::Lshift,
        Operator::RShift => BinaryOp::Rshift,
        Operator::BitOr => BinaryOp::Or,
        Operator::BitXor => BinaryOp::Xor,
        Operator::BitAnd => BinaryOp::And,
        Operator::FloorDiv => BinaryOp::FloorDivide,
    };
    let op = if inplace { plain.inplace() } else { None };
    op.unwrap_or(plain).number()
}

/// The instruction that does a comparison, and its operand.
pub(super) fn comparison(op: CmpOp) -> (Op, u32) {
    let rich = match op {
        CmpOp::Eq => CompareOp::Eq,
        CmpOp::NotEq => CompareOp::Ne,
        CmpOp::Lt => CompareOp::Lt,
        CmpOp::LtE => CompareOp::Le,
        CmpOp::Gt => CompareOp::Gt,
        CmpOp::GtE => CompareOp::Ge,
        CmpOp::Is => return (Op::IsOp, 0),
        CmpOp::IsNot => return (Op::IsOp, 1),
        CmpOp::In => return (Op::ContainsOp, 0),
        CmpOp::NotIn => return (Op::ContainsOp, 1),
    };
    (Op::CompareOp, rich.oparg())
}
