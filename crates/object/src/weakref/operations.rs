//! The operations that weak proxies pass on: every operand that is a proxy is replaced by what it stands for.

use super::proxy::target;
use crate::Vm;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::{BinaryOp, CompareOp};
use crate::str::Str;
use crate::types::dunder::no_hash;
use crate::types::slots::SlotFn;

macro_rules! binary {
    ($($slot:ident $op:ident),*) => {
        &[$(SlotFn::$slot(|vm, left, right| {
            let (left, right) = (target(vm, left)?, target(vm, right)?);
            vm.binary(BinaryOp::$op, &left, &right)
        })),*]
    };
}

macro_rules! inplace {
    ($($slot:ident $op:ident),*) => {
        &[$(SlotFn::$slot(|vm, left, right| {
            let (left, right) = (target(vm, left)?, target(vm, right)?);
            vm.inplace(BinaryOp::$op, &left, &right)
        })),*]
    };
}

macro_rules! unary {
    ($($slot:ident $operation:ident),*) => {
        &[$(SlotFn::$slot(|vm, this| {
            let this = target(vm, this)?;
            vm.$operation(&this)
        })),*]
    };
}

const BINARY: &[SlotFn] = binary!(
    Add Add, Subtract Subtract, Multiply Multiply, Remainder Remainder, LeftShift LeftShift, RightShift RightShift, And And,
    Xor Xor, Or Or, FloorDivide FloorDivide, TrueDivide TrueDivide, MatrixMultiply MatrixMultiply
);

const INPLACE: &[SlotFn] = inplace!(
    InplaceAdd Add, InplaceSubtract Subtract, InplaceMultiply Multiply, InplaceRemainder Remainder, InplaceLeftShift LeftShift,
    InplaceRightShift RightShift, InplaceAnd And, InplaceXor Xor, InplaceOr Or, InplaceFloorDivide FloorDivide,
    InplaceTrueDivide TrueDivide, InplaceMatrixMultiply MatrixMultiply
);

const UNARY: &[SlotFn] = unary!(
    Negative negative, Positive positive, Absolute absolute, Invert invert, Index index, Iter iter, Int to_int, Bool truth, Len len
);

const OTHERS: &[SlotFn] = &[
    SlotFn::Power(|vm, base, exponent, modulus| {
        let (base, exponent, modulus) = (target(vm, base)?, target(vm, exponent)?, target(vm, modulus)?);
        vm.power(&base, &exponent, &modulus)
    }),
    SlotFn::InplacePower(|vm, base, exponent, _modulus| {
        let (base, exponent) = (target(vm, base)?, target(vm, exponent)?);
        vm.inplace(BinaryOp::Power, &base, &exponent)
    }),
    SlotFn::Divmod(|vm, left, right| {
        let (left, right) = (target(vm, left)?, target(vm, right)?);
        vm.divmod(&left, &right)
    }),
    SlotFn::Float(float),
    SlotFn::RichCompare(compare),
    SlotFn::Hash(no_hash),
    SlotFn::Next(next),
    SlotFn::GetAttr(getattr),
    SlotFn::SetAttr(setattr),
    SlotFn::GetItem(|vm, this, key| {
        let this = target(vm, this)?;
        vm.getitem(&this, key)
    }),
    SlotFn::SetItem(set_item),
    SlotFn::Contains(|vm, this, item| {
        let this = target(vm, this)?;
        vm.contains(&this, item)
    }),
];

const BLOCKS: [&[SlotFn]; 4] = [BINARY, INPLACE, UNARY, OTHERS];
const TOTAL: usize = BINARY.len() + INPLACE.len() + UNARY.len() + OTHERS.len();

/// All of them.
pub(super) const FORWARDED: &[SlotFn] = &{
    let mut all = [SlotFn::Next(next); TOTAL];
    let (mut filled, mut block) = (0, 0);
    while block < BLOCKS.len() {
        let mut index = 0;
        while index < BLOCKS[block].len() {
            all[filled] = BLOCKS[block][index];
            filled += 1;
            index += 1;
        }
        block += 1;
    }
    all
};

fn float(vm: &mut Vm, this: &Value) -> PyResult {
    let this = target(vm, this)?;
    let value = vm.to_float(&this)?;
    Ok(vm.float(value))
}

fn compare(vm: &mut Vm, left: &Value, right: &Value, op: CompareOp) -> PyResult {
    let (left, right) = (target(vm, left)?, target(vm, right)?);
    vm.rich_compare(&left, &right, op)
}

fn next(vm: &mut Vm, this: &Value) -> PyResult<Option<Value>> {
    let this = target(vm, this)?;
    if this.ty().slots().next().is_none() {
        let kind = vm.type_name(&this);
        return Err(vm.type_error(format_args!("Weakref proxy referenced a non-iterator '{kind}' object")));
    }
    vm.next(&this)
}

fn getattr(vm: &mut Vm, this: &Value, name: &Object<Str>) -> PyResult {
    let this = target(vm, this)?;
    vm.getattr(&this, name)
}

fn setattr(vm: &mut Vm, this: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
    let this = target(vm, this)?;
    match value {
        Some(value) => vm.setattr(&this, name, value),
        None => vm.delattr(&this, name),
    }
}

fn set_item(vm: &mut Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = target(vm, this)?;
    match value {
        Some(value) => vm.setitem(&this, key, value),
        None => vm.delitem(&this, key),
    }
}
