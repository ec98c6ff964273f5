//! Comparisons, hashing and truth.

use std::cmp::Ordering;

use crate::Vm;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::int::Int;
use crate::number::bigint::compare;
use crate::str::Str;
use crate::types::slots::{CompareFn, HashFn};
use crate::types::{PyClass, object_slots};

/// `object`'s own comparison.
const OBJECT_COMPARE: CompareFn = object_slots::richcompare;

/// The comparison operators, in the order of `COMPARE_OP`'s operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// All operators in the order of their numbers.
    pub const ALL: [CompareOp; 6] = [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ne, CompareOp::Gt, CompareOp::Ge];

    /// The operator with its operands exchanged.
    pub fn swapped(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }

    /// What an ordering means for the operator.
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Lt => ordering.is_lt(),
            CompareOp::Le => ordering.is_le(),
            CompareOp::Eq => ordering.is_eq(),
            CompareOp::Ne => ordering.is_ne(),
            CompareOp::Gt => ordering.is_gt(),
            CompareOp::Ge => ordering.is_ge(),
        }
    }
}

/// What a search that runs no code came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The first equal item is here.
    At(usize),
    /// None is equal.
    Nowhere,
    /// None before this one is equal, and whether it is takes code to tell.
    Unknown(usize),
}

/// Whether two values are the same or equal, where that is told without running code: numbers in the word, plain strings.
#[inline(always)]
fn plainly_equal(left: &Value, right: &Value) -> Option<bool> {
    if left.is(right) {
        return Some(true);
    }
    if left.is_small_int() && right.is_small_int() {
        return Some(false);
    }
    let (left, right) = (left.downcast_exact::<Str>()?, right.downcast_exact::<Str>()?);
    Some(left.same_text(right))
}

/// The order of two ints that compare as plain ones do, of subclasses too.
#[inline]
fn int_order(left: &Value, right: &Value) -> Option<Ordering> {
    let usual = Int::type_object().slots().richcompare()?;
    let compares_so = |value: &Value| value.ty().slots().richcompare().is_some_and(|slot| std::ptr::fn_addr_eq(slot, usual));
    if !compares_so(left) || !compares_so(right) {
        return None;
    }
    Some(compare::cmp(left.as_int_ref()?, right.as_int_ref()?))
}

impl Vm {
    /// `left op right`, whatever it returns (`PyObject_RichCompare`).
    pub fn rich_compare(&mut self, left: &Value, right: &Value, op: CompareOp) -> PyResult {
        if let (Some(a), Some(b)) = (left.as_small_int(), right.as_small_int()) {
            return Ok(Value::from_bool(op.holds(a.cmp(&b))));
        }
        // Most objects are equal to nothing but themselves.
        let by_identity =
            |value: &Value| value.ty().slots().richcompare().is_none_or(|slot| std::ptr::fn_addr_eq(slot, OBJECT_COMPARE));
        if matches!(op, CompareOp::Eq | CompareOp::Ne) && by_identity(left) && by_identity(right) {
            return Ok(Value::from_bool(left.is(right) == (op == CompareOp::Eq)));
        }
        if let Some(order) = int_order(left, right) {
            return Ok(Value::from_bool(op.holds(order)));
        }
        self.check_recursion(" in comparison")?;
        let mut tried_right = false;
        if !std::ptr::eq(left.ty(), right.ty())
            && right.ty().is_subclass_of(left.ty(), self)
            && let Some(compare) = right.ty().slots().richcompare()
        {
            tried_right = true;
            let result = compare(self, right, left, op.swapped())?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        if let Some(compare) = left.ty().slots().richcompare() {
            let result = compare(self, left, right, op)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        if !tried_right && let Some(compare) = right.ty().slots().richcompare() {
            let result = compare(self, right, left, op.swapped())?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        match op {
            CompareOp::Eq => Ok(Value::from_bool(left.is(right))),
            CompareOp::Ne => Ok(Value::from_bool(!left.is(right))),
            _ => {
                let (left, right, symbol) = (self.type_name(left), self.type_name(right), op.symbol());
                Err(self.type_error(format_args!("'{symbol}' not supported between instances of '{left}' and '{right}'")))
            }
        }
    }

    /// `bool(left op right)`; an object equals itself (`PyObject_RichCompareBool`).
    pub fn compare(&mut self, left: &Value, right: &Value, op: CompareOp) -> PyResult<bool> {
        if left.is(right) && matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(op == CompareOp::Eq);
        }
        let result = self.rich_compare(left, right, op)?;
        self.truth(&result)
    }

    /// Whether two values are the same or equal.
    #[inline]
    pub fn eq(&mut self, left: &Value, right: &Value) -> PyResult<bool> {
        match plainly_equal(left, right) {
            Some(equal) => Ok(equal),
            None => self.compare(left, right, CompareOp::Eq),
        }
    }

    /// The position of the first item that equals `value`, among those that can be compared without running code; where
    /// that ends before the items do, the position of the one that cannot.
    pub fn find_plainly(items: &[Value], value: &Value) -> Found {
        for (index, item) in items.iter().enumerate() {
            match plainly_equal(item, value) {
                Some(false) => {}
                Some(true) => return Found::At(index),
                None => return Found::Unknown(index),
            }
        }
        Found::Nowhere
    }

    /// `hash(value)`.
    pub fn hash(&mut self, value: &Value) -> PyResult<i64> {
        if let Some(string) = value.downcast_exact::<crate::str::Str>() {
            return Ok(string.hash_code());
        }
        match value.ty().slots().hash() {
            Some(hash) if std::ptr::fn_addr_eq(hash, object_slots::hash as HashFn) => {
                Ok(crate::hashing::hash_pointer(value.bits() as usize))
            }
            Some(hash) => hash(self, value),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format_args!("unhashable type: '{kind}'")))
            }
        }
    }

    /// `bool(value)`.
    #[inline]
    pub fn truth(&mut self, value: &Value) -> PyResult<bool> {
        if value.is_true() {
            return Ok(true);
        }
        if value.is_false() || value.is_none() {
            return Ok(false);
        }
        if let Some(int) = value.as_small_int() {
            return Ok(int != 0);
        }
        let slots = value.ty().slots();
        if let Some(truth) = slots.bool() {
            return truth(self, value);
        }
        match slots.len() {
            Some(len) => Ok(len(self, value)? != 0),
            None => Ok(true),
        }
    }
}
