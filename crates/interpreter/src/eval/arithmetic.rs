//! Operators, comparisons and items.

use pvm_object::core::value::{tag_float, untag_float};
use pvm_object::dict::Dict;
use pvm_object::list::List;
use pvm_object::ops::{BinaryOp, CompareOp};
use pvm_object::set::Set;
use pvm_object::slice::SliceBounds;
use pvm_object::str::Str;
use pvm_object::str::intern::single;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Slot, Value, Vm};

use super::stack::{drop_top, finish, finish_binary, peek};
use crate::frame::Frame;

/// `BINARY_OP`'s operand for `left[right]`.
pub(super) const SUBSCRIPT: usize = 26;

pub(super) unsafe fn binary_op(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the compiler or the verifier made sure of two operands.
    unsafe {
        let (left, right) = (peek(sp, 2), peek(sp, 1));
        let result = match oparg {
            SUBSCRIPT => vm.getitem(&left, &right)?,
            13 if left.downcast_exact::<Str>().is_some() => return append_string(vm, _frame, sp),
            0..13 => vm.binary(BinaryOp::ALL[oparg], &left, &right)?,
            _ => vm.inplace(BinaryOp::ALL[oparg - 13], &left, &right)?,
        };
        Ok(finish_binary(vm, sp, result))
    }
}

/// `s += t` for strings: where the variable that will be assigned holds the only other reference, it lets go of it, so
/// that the string can grow in place.
unsafe fn append_string(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot) -> PyResult<*mut Slot> {
    // SAFETY: two operands; the next instruction is inside the code.
    unsafe {
        let (left, right) = (peek(sp, 2), peek(sp, 1));
        let Some(text) = right.downcast_exact::<Str>().map(|text| text.to_ref()) else {
            let result = vm.inplace(BinaryOp::Add, &left, &right)?;
            return Ok(finish_binary(vm, sp, result));
        };
        let next = *(*frame).ip.add(6);
        let is_store = next as u8 == pvm_bytecode::opcode::Opcode::StoreFast as u8;
        let place = Frame::locals(frame).add((next >> 8) as usize);
        if is_store && (*place).untagged() == left.bits() && !(*place).is_borrowed() {
            // The variable's own count moves to the operand, or goes.
            let variable = place.replace(Slot::EMPTY);
            let operand = sp.sub(2);
            if (*operand).is_borrowed() {
                *operand = variable;
            } else {
                variable.release();
            }
        }
        let operand = sp.sub(2).replace(Slot::EMPTY).into_value();
        let result = vm.str_append(operand, &text)?;
        Ok(finish(vm, sp, 2, result))
    }
}

/// Whether both are floats in the word.
#[inline(always)]
pub(super) fn are_floats(left: Slot, right: Slot) -> bool {
    ((left.bits() ^ 2) | (right.bits() ^ 2)) & 3 == 0
}

/// The number of an int or float in the word.
#[inline(always)]
pub(super) fn number(slot: Slot) -> Option<f64> {
    match slot.bits() & 3 {
        2 => Some(untag_float(slot.bits())),
        // SAFETY: an untagged word on the stack points to a live object.
        0 => unsafe { slot.value() }.downcast_exact::<pvm_object::float::Float>().and_then(|float| float.as_value().as_float()),
        _ => Some((slot.bits() as i64 >> 1) as f64),
    }
}

/// Two numbers one of which is a float, as floats.
#[inline(never)]
pub(super) fn floats_of(left: Slot, right: Slot) -> Option<(f64, f64)> {
    if left.bits() & right.bits() & 1 != 0 {
        return None;
    }
    Some((number(left)?, number(right)?))
}

/// Operators on numbers in the word that have no opcode of their own; `None` where the operands are others.
pub(super) unsafe fn extended(vm: &mut Vm, sp: *mut Slot, oparg: usize) -> Option<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        let (left, right) = ((*sp.sub(2)).bits(), (*sp.sub(1)).bits());
        let operator = if oparg >= 13 { oparg - 13 } else { oparg };
        let result = if left & right & 1 != 0 {
            ints(vm, left as i64, right as i64, operator)?
        } else {
            let is_number = |word: u64| word & 3 == 2 || word & 1 != 0;
            if !is_number(left) || !is_number(right) {
                return None;
            }
            floats(vm, number(Slot::from_bits(left))?, number(Slot::from_bits(right))?, operator)?
        };
        *sp.sub(2) = result;
        Some(sp.sub(1))
    }
}

/// Tagged ints in, a tagged result out.
fn ints(vm: &mut Vm, left: i64, right: i64, operator: usize) -> Option<Slot> {
    let (a, b) = (left >> 1, right >> 1);
    let int = |value: i64| Some(Slot::from_bits((value << 1) as u64 | 1));
    match operator {
        1 => Some(Slot::from_bits((left & right) as u64)),
        7 => Some(Slot::from_bits((left | right) as u64)),
        12 => Some(Slot::from_bits((left ^ right) as u64 | 1)),
        2 if b != 0 => {
            let quotient = a / b;
            int(if (a % b != 0) && ((a < 0) != (b < 0)) { quotient - 1 } else { quotient })
                .filter(|_| b != -1 || a != i64::MIN >> 1)
        }
        6 if b != 0 => {
            let rest = a % b;
            int(if rest != 0 && ((rest < 0) != (b < 0)) { rest + b } else { rest })
        }
        9 if (0..63).contains(&b) => int(a >> b),
        3 if (0..62).contains(&b) && a.abs() < 1 << (61 - b) => int(a << b),
        11 if b != 0 && a.abs() < 1 << 53 && b.abs() < 1 << 53 => {
            let quotient = a as f64 / b as f64;
            Some(tag_float(quotient).map_or_else(|| Slot::owned(vm.float(quotient)), Slot::from_bits))
        }
        _ => None,
    }
}

fn floats(vm: &mut Vm, a: f64, b: f64, operator: usize) -> Option<Slot> {
    let result = match operator {
        11 if b != 0.0 => a / b,
        0 => a + b,
        10 => a - b,
        5 => a * b,
        8 if b == 2.0 => a * a,
        // No error and no complex result can come of these.
        8 if a > 0.0 => Some(a.powf(b)).filter(|power| power.is_normal())?,
        _ => return None,
    };
    Some(tag_float(result).map_or_else(|| Slot::owned(vm.float(result)), Slot::from_bits))
}

/// Whether a comparison holds; the lower bits of `COMPARE_OP`'s operand say for which orders it does (CPython's
/// `COMPARISON_BIT`): 1 unordered, 2 less, 4 greater, 8 equal.
#[inline(always)]
pub(super) fn compare<T: PartialOrd>(left: T, right: T, oparg: usize) -> bool {
    let order = 2 * u32::from(left >= right) + u32::from(left <= right);
    1 << order & oparg != 0
}

/// The item of a list at an int; `None` for other operands, and past the end.
#[inline(always)]
pub(super) unsafe fn list_item(vm: &Vm, sp: *mut Slot) -> Option<Slot> {
    // SAFETY: two operands.
    unsafe {
        let index = (*sp.sub(1)).bits();
        let list = (*sp.sub(2)).downcast_exact::<List>()?;
        if index & 1 == 0 {
            return None;
        }
        let items = list.items(vm);
        let mut index = index as i64 >> 1;
        if index < 0 {
            index += items.len() as i64;
        }
        items.get(index as usize).map(|item| Slot::owned(item.clone()))
    }
}

/// The item of a tuple at an int; `None` for other operands, and past the end.
#[inline(always)]
pub(super) unsafe fn tuple_item(sp: *mut Slot) -> Option<Slot> {
    // SAFETY: two operands.
    unsafe {
        let index = (*sp.sub(1)).bits();
        let tuple = (*sp.sub(2)).downcast_exact::<Tuple>()?;
        if index & 1 == 0 {
            return None;
        }
        let mut index = index as i64 >> 1;
        if index < 0 {
            index += tuple.len() as i64;
        }
        tuple.as_slice().get(index as usize).map(|item| Slot::owned(item.clone()))
    }
}

/// The character of a string at an int; `None` for other operands, past the end, and for characters that are not kept ready.
#[inline(always)]
pub(super) unsafe fn string_item(sp: *mut Slot) -> Option<Slot> {
    // SAFETY: two operands.
    unsafe {
        let index = (*sp.sub(1)).bits();
        let text = (*sp.sub(2)).downcast_exact::<Str>()?;
        if index & 1 == 0 {
            return None;
        }
        let mut index = index as i64 >> 1;
        if index < 0 {
            index += text.len() as i64;
        }
        if index as usize >= text.len() {
            return None;
        }
        single(text.view().get(index as usize)).map(|character| Slot::owned(character.to_value()))
    }
}

pub(super) unsafe fn dict_item(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        let (container, key) = (peek(sp, 2), peek(sp, 1));
        let Some(dict) = container.downcast_exact::<Dict>() else { return binary_op(vm, frame, sp, oparg) };
        match dict.get(&key, vm)? {
            Some(value) => Ok(finish(vm, sp, 2, value)),
            None => Err(vm.key_error(&key)),
        }
    }
}

/// Swaps the value on the stack with the item of a list; false for other operands. The old item is then where the value was.
#[inline(always)]
pub(super) unsafe fn store_list_item(vm: &mut Vm, sp: *mut Slot) -> bool {
    // SAFETY: three operands.
    unsafe {
        let index = (*sp.sub(1)).bits();
        let Some(list) = (*sp.sub(2)).downcast_exact::<List>() else { return false };
        if index & 1 == 0 {
            return false;
        }
        let items = list.items_mut(vm);
        let mut index = index as i64 >> 1;
        if index < 0 {
            index += items.len() as i64;
        }
        let Some(place) = items.get_mut(index as usize) else { return false };
        let value = (*sp.sub(3)).into_value();
        *sp.sub(3) = Slot::owned(std::mem::replace(place, value));
        true
    }
}

pub(super) unsafe fn compare_op(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        let mut result = vm.rich_compare(&peek(sp, 2), &peek(sp, 1), CompareOp::ALL[oparg >> 5])?;
        if oparg & 16 != 0 && !result.is_true() && !result.is_false() {
            result = Value::from_bool(vm.truth(&result)?);
        }
        Ok(finish(vm, sp, 2, result))
    }
}

/// `left in right`, whose operands stay.
pub(super) unsafe fn contains(vm: &mut Vm, sp: *mut Slot) -> PyResult<bool> {
    // SAFETY: two operands.
    unsafe {
        let (item, container) = (peek(sp, 2), peek(sp, 1));
        if let Some(dict) = container.downcast_exact::<Dict>() {
            return dict.contains(&item, vm);
        }
        if let Some(set) = container.downcast_exact::<Set>() {
            return set.contains(&item, vm);
        }
        if let (Some(text), Some(part)) = (container.downcast_exact::<Str>(), item.downcast_exact::<Str>()) {
            return Ok(text.contains_text(part));
        }
        vm.contains(&container, &item)
    }
}

/// Whether two plain strings are the same text; `None` for other operands.
#[inline(always)]
pub(super) unsafe fn same_strings(left: Slot, right: Slot) -> Option<bool> {
    // SAFETY: two filled slots.
    unsafe {
        let (left, right) = (left.value(), right.value());
        let (left, right) = (left.downcast_exact::<Str>()?, right.downcast_exact::<Str>()?);
        Some(std::ptr::eq(left, right) || left.same_text(right))
    }
}

pub(super) unsafe fn store_subscr(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: three operands.
    unsafe {
        let (container, key) = (peek(sp, 2), peek(sp, 1));
        match container.downcast_exact::<Dict>() {
            // The value moves, with its count if it has one.
            Some(dict) => dict.set(&key, sp.sub(3).replace(Slot::EMPTY).into_value(), vm)?,
            None => vm.setitem(&container, &key, &peek(sp, 3))?,
        }
        Ok(drop_top(vm, sp, 3))
    }
}

pub(super) unsafe fn delete_subscr(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        vm.delitem(&peek(sp, 2), &peek(sp, 1))?;
        Ok(drop_top(vm, sp, 2))
    }
}

pub(super) unsafe fn binary_slice(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: three operands.
    unsafe {
        let (container, start, stop) = (peek(sp, 3), peek(sp, 2), peek(sp, 1));
        if let Some(bounds) = SliceBounds::plain(&start, &stop)
            && let Some(result) = vm.plain_slice(&container, bounds)
        {
            return Ok(finish(vm, sp, 3, result?));
        }
        let slice = vm.new_slice(start.to_owned(), stop.to_owned(), Value::none());
        let result = vm.getitem(&container, &slice.as_value())?;
        Ok(finish(vm, sp, 3, result))
    }
}

pub(super) unsafe fn store_slice(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: four operands.
    unsafe {
        let (value, container, start, stop) = (peek(sp, 4), peek(sp, 3), peek(sp, 2), peek(sp, 1));
        if let Some(bounds) = SliceBounds::plain(&start, &stop)
            && let Some(list) = container.downcast_exact::<List>()
        {
            // A list that nobody else will see again gives its items away.
            let last = !(*sp.sub(4)).is_borrowed() && value.header().is_some_and(|header| header.count() == 1);
            match value.downcast_exact::<List>() {
                Some(items) if last => {
                    let items = items.take_items(vm);
                    list.replace_slice(bounds, items, vm)?;
                }
                _ => list.assign_slice(bounds, &value, vm)?,
            }
            return Ok(drop_top(vm, sp, 4));
        }
        let slice = vm.new_slice(start.to_owned(), stop.to_owned(), Value::none());
        vm.setitem(&container, &slice.as_value(), &value)?;
        Ok(drop_top(vm, sp, 4))
    }
}

pub(super) unsafe fn negative(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let result = vm.negative(&peek(sp, 1))?;
        Ok(finish(vm, sp, 1, result))
    }
}

pub(super) unsafe fn invert(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let result = vm.invert(&peek(sp, 1))?;
        Ok(finish(vm, sp, 1, result))
    }
}
