//! The binary and unary operators.

use crate::Vm;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::types::slots::{BinaryFn, PowerFn, UnaryFn};

/// The binary operators, numbered as `BINARY_OP`'s operand; the in-place forms are [`INPLACE`] higher.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum BinaryOp {
    Add,
    And,
    FloorDivide,
    LeftShift,
    MatrixMultiply,
    Multiply,
    Remainder,
    Or,
    Power,
    RightShift,
    Subtract,
    TrueDivide,
    Xor,
}

/// The distance from an operator to its in-place form.
pub const INPLACE: usize = 13;
const DIVMOD: usize = 26;

const SYMBOLS: [&str; 13] = ["+", "&", "//", "<<", "@", "*", "%", "|", "** or pow()", ">>", "-", "/", "^"];
const INPLACE_SYMBOLS: [&str; 13] = ["+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="];

impl BinaryOp {
    /// All operators in the order of their numbers.
    pub const ALL: [BinaryOp; 13] = {
        use BinaryOp::*;
        [Add, And, FloorDivide, LeftShift, MatrixMultiply, Multiply, Remainder, Or, Power, RightShift, Subtract, TrueDivide, Xor]
    };
}

impl Vm {
    /// `left op right`.
    pub fn binary(&mut self, op: BinaryOp, left: &Value, right: &Value) -> PyResult {
        if op == BinaryOp::Power {
            return self.power(left, right, &Value::none());
        }
        if op == BinaryOp::Add && self.only_concatenates(left, right) {
            return self.sequence_binary(op, left, right, false);
        }
        let result = self.try_binary(op as usize, left, right)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
        self.sequence_binary(op, left, right, false)
    }

    /// `left op= right`; the result, which the caller stores.
    pub fn inplace(&mut self, op: BinaryOp, left: &Value, right: &Value) -> PyResult {
        if op == BinaryOp::Power {
            return self.inplace_power(left, right);
        }
        if let Some(slot) = left.ty().slots().binary(op as usize + INPLACE) {
            let result = slot(self, left, right)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        } else if let (BinaryOp::Add, false, Some(concat)) = (op, !left.ty().is_heap_type(), left.ty().slots().inplace_concat()) {
            // A class that inherits `__iadd__` finds it under the number's slot too (`update_one_slot`).
            return concat(self, left, right);
        }
        let result = self.try_binary(op as usize, left, right)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
        self.sequence_binary(op, left, right, true)
    }

    /// Whether two values of one class have no `+` of numbers.
    #[inline]
    fn only_concatenates(&self, left: &Value, right: &Value) -> bool {
        std::ptr::eq(left.ty(), right.ty()) && left.ty().slots().binary(BinaryOp::Add as usize).is_none()
    }

    /// What numbers could not do: concatenation and repetition.
    fn sequence_binary(&mut self, op: BinaryOp, left: &Value, right: &Value, inplace: bool) -> PyResult {
        let slots = left.ty().slots();
        match op {
            BinaryOp::Add => {
                if let Some(concat) = slots.inplace_concat().filter(|_| inplace).or(slots.concat()) {
                    return concat(self, left, right);
                }
            }
            BinaryOp::Multiply => {
                if let Some(repeat) = slots.inplace_repeat().filter(|_| inplace).or(slots.repeat()) {
                    let count = self.repeat_count(right)?;
                    return repeat(self, left, count);
                }
                // In place the right operand is asked only where the left one has no part of a sequence at all.
                let asked = !inplace || !left.ty().has_sequence_slots();
                if let Some(repeat) = right.ty().slots().repeat().filter(|_| asked) {
                    let count = self.repeat_count(left)?;
                    return repeat(self, right, count);
                }
            }
            _ => {}
        }
        let symbols = if inplace { &INPLACE_SYMBOLS } else { &SYMBOLS };
        Err(self.unsupported(symbols[op as usize], left, right))
    }

    fn repeat_count(&mut self, count: &Value) -> PyResult<isize> {
        if count.as_int().is_none() && count.ty().slots().index().is_none() {
            let kind = self.type_name(count);
            return Err(self.type_error(format_args!("can't multiply sequence by non-int of type '{kind}'")));
        }
        self.index_isize(count)
    }

    /// The operator's slots of both operands (`binary_op1`): that of the right one first where its class extends the left
    /// one's. `NotImplemented` where neither knows how.
    fn try_binary(&mut self, operator: usize, left: &Value, right: &Value) -> PyResult {
        let first = left.ty().slots().binary(operator);
        let second = right.ty().slots().binary(operator);
        let second = second.filter(|&second| {
            !std::ptr::eq(left.ty(), right.ty()) && !first.is_some_and(|first: BinaryFn| std::ptr::fn_addr_eq(first, second))
        });
        if let (Some(_), Some(second)) = (first, second)
            && right.ty().is_subclass_of(left.ty(), self)
        {
            let result = second(self, left, right)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
            return first.map_or(Ok(Value::not_implemented()), |first| first(self, left, right));
        }
        for slot in [first, second].into_iter().flatten() {
            let result = slot(self, left, right)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        Ok(Value::not_implemented())
    }

    /// `divmod(left, right)`.
    pub fn divmod(&mut self, left: &Value, right: &Value) -> PyResult {
        let result = self.try_binary(DIVMOD, left, right)?;
        if result.is_not_implemented() {
            return Err(self.unsupported("divmod()", left, right));
        }
        Ok(result)
    }

    /// `pow(base, exponent, modulus)`; without a modulus where that is `None`.
    pub fn power(&mut self, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
        let result = self.try_power(base, exponent, modulus)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
        if modulus.is_none() {
            return Err(self.unsupported(SYMBOLS[BinaryOp::Power as usize], base, exponent));
        }
        let (base, exponent, modulus) = (self.type_name(base), self.type_name(exponent), self.type_name(modulus));
        Err(self.type_error(format_args!("unsupported operand type(s) for ** or pow(): '{base}', '{exponent}', '{modulus}'")))
    }

    fn try_power(&mut self, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
        let mut slots: Vec<PowerFn> = Vec::with_capacity(3);
        for operand in [base, exponent, modulus] {
            if let Some(slot) = operand.ty().slots().power()
                && !slots.iter().any(|&known| std::ptr::fn_addr_eq(known, slot))
            {
                slots.push(slot);
            }
        }
        let right_first = !std::ptr::eq(base.ty(), exponent.ty())
            && base.ty().slots().power().is_some()
            && exponent.ty().slots().power().is_some()
            && exponent.ty().is_subclass_of(base.ty(), self);
        if right_first && slots.len() > 1 {
            slots.swap(0, 1);
        }
        for slot in slots {
            let result = slot(self, base, exponent, modulus)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        Ok(Value::not_implemented())
    }

    fn inplace_power(&mut self, base: &Value, exponent: &Value) -> PyResult {
        let none = Value::none();
        if let Some(slot) = base.ty().slots().inplace_power() {
            let result = slot(self, base, exponent, &none)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        let result = self.try_power(base, exponent, &none)?;
        if result.is_not_implemented() {
            return Err(self.unsupported("**=", base, exponent));
        }
        Ok(result)
    }

    #[cold]
    fn unsupported(&mut self, symbol: &str, left: &Value, right: &Value) -> Raised {
        let (left_name, right_name) = (self.type_name(left), self.type_name(right));
        if symbol == ">>" && left_name == "builtin_function_or_method" && self.is_print(left) {
            return self.type_error(format_args!(
                "unsupported operand type(s) for >>: '{left_name}' and '{right_name}'. Did you mean \"print(<message>, file=<output_stream>)\"?"
            ));
        }
        self.type_error(format_args!("unsupported operand type(s) for {symbol}: '{left_name}' and '{right_name}'"))
    }

    fn is_print(&mut self, value: &Value) -> bool {
        let name = self.find_attr(value, &crate::names::__name__);
        matches!(name, Ok(Some(name)) if name.downcast::<crate::str::Str>().is_some_and(|name| name.is_str("print")))
    }

    fn unary(&mut self, slot: Option<UnaryFn>, symbol: &str, value: &Value) -> PyResult {
        match slot {
            Some(slot) => slot(self, value),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format_args!("bad operand type for {symbol}: '{kind}'")))
            }
        }
    }

    /// `-value`.
    pub fn negative(&mut self, value: &Value) -> PyResult {
        self.unary(value.ty().slots().negative(), "unary -", value)
    }

    /// `+value`.
    pub fn positive(&mut self, value: &Value) -> PyResult {
        self.unary(value.ty().slots().positive(), "unary +", value)
    }

    /// `~value`.
    pub fn invert(&mut self, value: &Value) -> PyResult {
        self.unary(value.ty().slots().invert(), "unary ~", value)
    }

    /// `abs(value)`.
    pub fn absolute(&mut self, value: &Value) -> PyResult {
        self.unary(value.ty().slots().absolute(), "abs()", value)
    }
}
