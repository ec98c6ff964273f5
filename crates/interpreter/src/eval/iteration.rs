//! Iteration, awaiting, sending.

use pvm_bytecode::flags::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE};
use pvm_object::iterators::{ListIterator, NextPair, TupleIterator};
use pvm_object::range::RangeIterator;
use pvm_object::types::slots::Sent;
use pvm_object::{PyResult, Slot, Value, ValueRef, Vm};

use super::stack::{drop_top, finish, peek, pop_value, push};
use crate::frame::Frame;
use crate::generator::{self, Generator};

/// What an iterator in the loop's own care gives.
pub(super) enum Step {
    /// The next item.
    Item(Slot),
    /// Nothing more.
    End,
    /// The iterator is of another kind.
    Other,
}

/// Whether an instruction takes a pair apart: its opcode and operand.
#[inline(always)]
fn unpacks_pair(unit: u16) -> bool {
    use pvm_bytecode::opcode::Opcode::{UnpackSequence, UnpackSequenceList, UnpackSequenceTuple, UnpackSequenceTwoTuple};
    let forms = [UnpackSequence, UnpackSequenceTwoTuple, UnpackSequenceTuple, UnpackSequenceList];
    unit >> 8 == 2 && forms.iter().any(|&form| form as u8 == unit as u8)
}

/// `FOR_ITER`: puts the next item on the stack, nothing at the end. Returns the stack's end and the units to skip. A pair that
/// `following` takes apart at once needs no tuple.
#[inline(always)]
pub(super) unsafe fn next(vm: &mut Vm, sp: *mut Slot, following: u16) -> PyResult<(*mut Slot, usize)> {
    // SAFETY: the iterator is on the stack, which has room.
    unsafe {
        let iterator = peek(sp, 1);
        if unpacks_pair(following) {
            match vm.next_pair(&iterator)? {
                NextPair::Items(first, second) => return Ok((push(push(sp, second), first), 3)),
                NextPair::End => return Ok((sp, 0)),
                NextPair::Unknown => {}
            }
        }
        Ok(match vm.next(&iterator)? {
            Some(item) => (push(sp, item), 1),
            None => (sp, 0),
        })
    }
}

#[inline(always)]
pub(super) unsafe fn range_next(slot: Slot) -> Step {
    // SAFETY: a filled slot.
    match unsafe { slot.downcast_exact::<RangeIterator>() } {
        Some(range) => match range.next_int() {
            Some(item) => Value::small_int(item).map_or(Step::Other, |item| Step::Item(Slot::owned(item))),
            None => Step::End,
        },
        None => Step::Other,
    }
}

#[inline(always)]
pub(super) unsafe fn list_next(vm: &mut Vm, slot: Slot) -> Step {
    // SAFETY: a filled slot.
    match unsafe { slot.downcast_exact::<ListIterator>() } {
        Some(iterator) => iterator.next_item(vm).map_or(Step::End, |item| Step::Item(Slot::owned(item))),
        None => Step::Other,
    }
}

#[inline(always)]
pub(super) unsafe fn tuple_next(vm: &mut Vm, slot: Slot) -> Step {
    // SAFETY: a filled slot.
    match unsafe { slot.downcast_exact::<TupleIterator>() } {
        Some(iterator) => iterator.next_item(vm).map_or(Step::End, |item| Step::Item(Slot::owned(item))),
        None => Step::Other,
    }
}

pub(super) unsafe fn get_iter(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let iterator = vm.iter(&peek(sp, 1))?;
        Ok(finish(vm, sp, 1, iterator))
    }
}

pub(super) unsafe fn get_yield_from_iter(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let iterable = peek(sp, 1);
        if let Some(generator) = iterable.downcast::<Generator>() {
            let flags = (*frame).raw_code().flags;
            if generator.code.raw.flags & CO_COROUTINE != 0 && flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE) == 0 {
                return Err(vm.type_error(format_args!("cannot 'yield from' a coroutine object in a non-coroutine generator")));
            }
            if generator.code.raw.flags & CO_ASYNC_GENERATOR == 0 {
                return Ok(sp);
            }
        }
        get_iter(vm, frame, sp, oparg)
    }
}

pub(super) unsafe fn get_len(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, which stays.
    unsafe {
        let len = vm.len(&peek(sp, 1))?;
        let len = vm.int(len as i64);
        Ok(push(sp, len))
    }
}

pub(super) unsafe fn get_awaitable(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let awaitable = peek(sp, 1);
        // A coroutine that has not begun is its own iterator, and nobody awaits it.
        if awaitable.downcast::<Generator>().is_some_and(Generator::is_fresh_coroutine) {
            return Ok(sp);
        }
        let iterator = generator::awaitable::iterator_of(vm, &awaitable, oparg)?;
        if let Some(coroutine) = iterator.downcast::<Generator>()
            && coroutine.is_coroutine()
            && coroutine.is_awaited(vm)
        {
            return Err(vm.runtime_error(format_args!("coroutine is being awaited already")));
        }
        Ok(finish(vm, sp, 1, iterator))
    }
}

pub(super) unsafe fn get_aiter(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let object = peek(sp, 1);
        let kind = vm.type_name(&object);
        let Some(get) = object.ty().slots().async_iter() else {
            return Err(vm.type_error(format_args!("'async for' requires an object with __aiter__ method, got {kind}")));
        };
        let iterator = get(vm, &object)?;
        if iterator.ty().slots().async_next().is_none() {
            let got = vm.type_name(&iterator);
            return Err(vm.type_error(format_args!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {got}"
            )));
        }
        Ok(finish(vm, sp, 1, iterator))
    }
}

pub(super) unsafe fn get_anext(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, which stays.
    unsafe {
        let iterator = peek(sp, 1);
        let awaitable = generator::awaitable::next_of(vm, &iterator)?;
        Ok(push(sp, awaitable))
    }
}

/// Sends the topmost value into what lies below; the result takes its place. True where the receiver has returned.
pub(super) unsafe fn send(vm: &mut Vm, sp: *mut Slot) -> PyResult<(*mut Slot, bool)> {
    // SAFETY: two operands.
    unsafe {
        let receiver: ValueRef<'_> = peek(sp, 2);
        let mut end = sp;
        let value = pop_value(&mut end);
        let sent = match receiver.ty().slots().send() {
            Some(send) => send(vm, &receiver, value)?,
            None => pvm_object::types::dunder::send(vm, &receiver, value)?,
        };
        Ok(match sent {
            Sent::Yielded(item) => (push(end, item), false),
            Sent::Returned(item) => (push(end, item), true),
        })
    }
}

/// `END_SEND`: what it sent to goes from under the value that came of it.
pub(super) unsafe fn end_send(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        std::ptr::swap(sp.sub(1), sp.sub(2));
        Ok(drop_top(vm, sp, 1))
    }
}
