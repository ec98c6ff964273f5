//! The evaluation stack as the functions of single instructions see it: operands are read in place, and dropped together
//! once the result is known, so that an error leaves them to the unwinder.

use pvm_object::{Slot, Value, ValueRef, Vm};

/// The operand `depth` places below the top, 1 being the topmost.
///
/// # Safety
/// That many slots are filled, and stay so for `'a`.
#[inline(always)]
pub unsafe fn peek<'a>(sp: *mut Slot, depth: usize) -> ValueRef<'a> {
    // SAFETY: passed on.
    unsafe { (*sp.sub(depth)).value() }
}

/// As [`peek`]; `None` for an empty slot.
///
/// # Safety
/// That many slots are on the stack, and stay so for `'a`.
#[inline(always)]
pub unsafe fn peek_option<'a>(sp: *mut Slot, depth: usize) -> Option<ValueRef<'a>> {
    // SAFETY: passed on.
    unsafe {
        let slot = *sp.sub(depth);
        (!slot.is_empty()).then(|| slot.value())
    }
}

/// Drops the topmost `count` operands, and runs the finalisers of what the instruction replaced or removed.
///
/// # Safety
/// That many slots are on the stack.
#[inline]
pub unsafe fn drop_top(vm: &mut Vm, mut sp: *mut Slot, count: usize) -> *mut Slot {
    for _ in 0..count {
        // SAFETY: passed on; each slot is emptied before it is released, should that run code.
        unsafe {
            sp = sp.sub(1);
            let slot = sp.replace(Slot::EMPTY);
            if !slot.is_empty() && slot.release() {
                vm.end_object(slot);
            }
        }
    }
    if vm.drops_wait() {
        vm.drain_drops();
    }
    sp
}

/// Pushes a value.
///
/// # Safety
/// The stack has room.
#[inline(always)]
pub unsafe fn push(sp: *mut Slot, value: Value) -> *mut Slot {
    // SAFETY: passed on.
    unsafe {
        sp.write(Slot::owned(value));
        sp.add(1)
    }
}

/// Drops the topmost `count` operands and pushes the result.
///
/// # Safety
/// That many slots are on the stack.
#[inline]
pub unsafe fn finish(vm: &mut Vm, sp: *mut Slot, count: usize, result: Value) -> *mut Slot {
    // SAFETY: passed on.
    unsafe {
        let sp = drop_top(vm, sp, count);
        push(sp, result)
    }
}

/// Replaces the two operands of a binary operation by its result; the left one is let go first.
///
/// # Safety
/// Two slots are on the stack.
#[inline]
pub unsafe fn finish_binary(vm: &mut Vm, sp: *mut Slot, result: Value) -> *mut Slot {
    // SAFETY: passed on; the slot is emptied before it is released, should that run code.
    unsafe {
        let left = sp.sub(2).replace(Slot::EMPTY);
        if left.release() {
            vm.end_object(left);
        }
        let sp = drop_top(vm, sp, 1).sub(1);
        push(sp, result)
    }
}

/// Takes the topmost operand off the stack as an owned value.
///
/// # Safety
/// The topmost slot is filled.
#[inline(always)]
pub unsafe fn pop_value(sp: &mut *mut Slot) -> Value {
    // SAFETY: passed on.
    unsafe {
        *sp = sp.sub(1);
        sp.replace(Slot::EMPTY).into_value()
    }
}
