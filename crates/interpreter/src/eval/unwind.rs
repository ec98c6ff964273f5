//! Unwinding: from the instruction that failed to the handler, over frames that have none.

use pvm_bytecode::opcode::Opcode;
use pvm_object::exceptions::BaseException;
use pvm_object::traceback::Traceback;
use pvm_object::{PyResult, Raised, Ref, Slot, Value, Vm};

use crate::call;
use crate::frame::{Frame, Owner};
use crate::generator;
use crate::monitoring::{self, event, fire};
use crate::requests::{is_in_need, is_stopping};
use crate::thread::extension;

/// Says that the exception that is about to be raised is on its way already: the frame adds no traceback entry of its own.
pub(crate) fn mark_reraised(vm: &Vm) {
    extension(vm).reraised.set(true);
}

/// What tools may want to know of exceptions.
const EXCEPTION_EVENTS: u32 =
    1 << event::RAISE | 1 << event::RERAISE | 1 << event::EXCEPTION_HANDLED | 1 << event::PY_UNWIND | 1 << event::PY_THROW;

/// An exception is thrown into a generator: the tools are told, and its handlers will be those of the instruction before the
/// one that the frame stands at.
///
/// # Safety
/// `frame` is the generator's, and runs.
#[cold]
pub(super) unsafe fn thrown(vm: &mut Vm, frame: *mut Frame, raised: Raised) -> Raised {
    // SAFETY: passed on.
    let raised = unsafe { tell_thrown(vm, frame, raised) };
    extension(vm).thrown.set(true);
    raised
}

unsafe fn tell_thrown(vm: &mut Vm, frame: *mut Frame, raised: Raised) -> Raised {
    if monitoring::wants(vm, !0) {
        // Where it waits is a `RESUME`: the handler's line begins anew.
        // SAFETY: passed on; the position stays within the instructions.
        let unit = unsafe { (*frame).lasti() as usize / 2 };
        extension(vm).tracing.advance(frame, unit);
    }
    if !monitoring::wants(vm, EXCEPTION_EVENTS) {
        return raised;
    }
    let exception = vm.catch(raised);
    // SAFETY: passed on.
    let (exception, _) = unsafe { fire::exception(vm, frame, event::PY_THROW, (*frame).lasti() as usize / 2, exception) };
    vm.reraise(exception)
}

/// Finds the handler of the pending exception, from `frame` outwards up to `entry`. Its frame comes back with instruction
/// and stack set to the handler; an error where there is none, `entry` dropped.
///
/// # Safety
/// `frame` is the running frame and `sp` its stack's end before the failed instruction.
#[cold]
#[inline(never)]
pub unsafe fn unwind(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, entry: *mut Frame, raised: Raised) -> PyResult<*mut Frame> {
    let mut frame = frame;
    let mut exception = vm.catch(raised);
    // SAFETY: frames between the running one and the entry are live; their slots below `sp` are filled or empty.
    unsafe {
        (*frame).sp = sp;
        let mut told = 0;
        loop {
            let reraised = extension(vm).reraised.replace(false);
            if !reraised && (told < ALWAYS_TOLD || !is_in_need(vm)) {
                add_traceback(vm, frame, &exception);
                told += 1;
            }
            let watched = monitoring::wants(vm, EXCEPTION_EVENTS);
            let start = (*(*frame).execution).instructions.as_ptr();
            let mut unit = (*frame).ip.offset_from(start) as usize;
            // Where the exception was raised first; the frame is there again for what looks at it.
            let origin = if reraised { reraised_from(frame, unit) } else { unit };
            (*frame).ip = start.add(origin);
            if extension(vm).thrown.replace(false) {
                unit = unit.saturating_sub(1);
            }
            if watched {
                let event = if reraised { event::RERAISE } else { event::RAISE };
                (exception, _) = fire::exception(vm, frame, event, unit, exception);
            }
            if let Some(handler) = (*(*frame).execution).handler_at(unit as u32)
                && !is_stopping(vm)
            {
                let bottom = Frame::stack_base(frame).add(handler.depth as usize);
                drop_down_to(vm, frame, bottom);
                let mut end = bottom;
                if handler.lasti {
                    *end = Slot::from_bits((2 * origin as u64) << 1 | 1);
                    end = end.add(1);
                }
                *end = Slot::owned(exception.to_value());
                (*frame).sp = end.add(1);
                (*frame).ip = start.add(handler.target as usize);
                if watched {
                    let unit = handler.target as usize;
                    let (next, replaced) = fire::exception(vm, frame, event::EXCEPTION_HANDLED, unit, exception);
                    if replaced {
                        exception = next;
                        continue;
                    }
                }
                return Ok(frame);
            }
            let ended = frame;
            if watched {
                (exception, _) = fire::exception(vm, ended, event::PY_UNWIND, unit, exception);
                extension(vm).tracing.forget(ended);
            }
            let is_entry = ended == entry;
            frame = (*ended).previous;
            let owner = (*ended).owner;
            extension(vm).frame.set(frame);
            match owner {
                Owner::Generator => {
                    let stopped = generator::fail(vm, ended, &exception);
                    if let Some(replaced) = stopped {
                        exception = replaced;
                    }
                }
                _ => {
                    drop_down_to(vm, ended, Frame::stack_base(ended));
                    call::drop_frame(vm, ended);
                }
            }
            if is_entry {
                return Err(vm.reraise(exception));
            }
        }
    }
}

/// So many frames are told of in the traceback of a program that is stopped, or has no memory left: it may have millions, is to
/// end soon, or to get by with the reserve.
const ALWAYS_TOLD: u32 = 100;

/// The unit that a `RERAISE` remembers on the stack as that of the exception's origin; the unit itself if it is no such
/// instruction.
unsafe fn reraised_from(frame: *mut Frame, unit: usize) -> usize {
    // SAFETY: a live frame whose failed instruction's operands are still on the stack; the slot under them is the one that
    // unwinding pushed for the handler.
    unsafe {
        let code = &(*frame).raw_code().code;
        let (opcode, depth) = (code[2 * unit], usize::from(code[2 * unit + 1]));
        if opcode != Opcode::Reraise as u8 || depth == 0 {
            return unit;
        }
        let slot = *(*frame).sp.sub(depth + 1);
        if slot.bits() & 1 == 0 { unit } else { (slot.bits() >> 2) as usize }
    }
}

/// Drops the evaluation stack of a frame down to `bottom`.
unsafe fn drop_down_to(vm: &mut Vm, frame: *mut Frame, bottom: *mut Slot) {
    // SAFETY: the slots between are filled or empty; the stack is shortened before each is released.
    unsafe {
        while (*frame).sp > bottom {
            (*frame).sp = (*frame).sp.sub(1);
            let slot = (*frame).sp.replace(Slot::EMPTY);
            if !slot.is_empty() && slot.release() {
                vm.end_object(slot);
            }
        }
    }
}

/// Puts the frame in front of the exception's traceback (`PyTraceBack_Here`).
unsafe fn add_traceback(vm: &mut Vm, frame: *mut Frame, exception: &Ref<BaseException>) {
    // SAFETY: a live frame.
    unsafe {
        let object: Value = crate::frame_object::of(vm, frame).into();
        let next = exception.traceback(vm);
        let lasti = (*frame).lasti();
        let next = next.and_then(|next| next.downcast_into::<Traceback>().ok());
        let traceback: Ref<Traceback> = vm.new_traceback(next, object, lasti);
        exception.set_traceback(Some(traceback.into()), vm);
    }
}
