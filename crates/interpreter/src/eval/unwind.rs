//! Unwinding: from the instruction that failed to the handler, over frames that have none.

use pvm_bytecode::opcode::Opcode;
use pvm_object::exceptions::BaseException;
use pvm_object::traceback::Traceback;
use pvm_object::{PyResult, Raised, Ref, Slot, Value, Vm};

use crate::call;
use crate::frame::{Frame, Owner};
use crate::generator;
use crate::monitoring::{self, event, fire};
use crate::requests::is_stopping;
use crate::thread::extension;

/// Says that the exception that is about to be raised is on its way already: the frame adds no traceback entry of its own.
pub(crate) fn mark_reraised(vm: &Vm) {
    extension(vm).reraised.set(true);
}

/// What tools may want to know of exceptions.
const EXCEPTION_EVENTS: u32 =
    1 << event::RAISE | 1 << event::RERAISE | 1 << event::EXCEPTION_HANDLED | 1 << event::PY_UNWIND | 1 << event::PY_THROW;

/// Tells the tools that an exception is thrown into a generator.
///
/// # Safety
/// `frame` is the generator's, and runs.
#[cold]
pub(super) unsafe fn thrown(vm: &mut Vm, frame: *mut Frame, raised: Raised) -> Raised {
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
    let (exception, _) = unsafe { fire::exception(vm, frame, event::PY_THROW, exception) };
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
        loop {
            let reraised = extension(vm).reraised.replace(false);
            if !reraised {
                add_traceback(vm, frame, &exception);
            }
            let watched = monitoring::wants(vm, EXCEPTION_EVENTS);
            if watched {
                let event = if reraised { event::RERAISE } else { event::RAISE };
                (exception, _) = fire::exception(vm, frame, event, exception);
            }
            let unit = (*frame).ip.offset_from((*(*frame).execution).instructions.as_ptr()) as u32;
            if let Some(handler) = (*(*frame).execution).handler_at(unit)
                && !is_stopping(vm)
            {
                let bottom = Frame::stack_base(frame).add(handler.depth as usize);
                drop_down_to(vm, frame, bottom);
                let mut end = bottom;
                if handler.lasti {
                    *end = Slot::from_bits(u64::from(2 * unit) << 1 | 1);
                    end = end.add(1);
                }
                *end = Slot::owned(exception.to_value());
                (*frame).sp = end.add(1);
                (*frame).ip = (*(*frame).execution).instructions.as_ptr().add(handler.target as usize);
                if watched {
                    let (next, replaced) = fire::exception(vm, frame, event::EXCEPTION_HANDLED, exception);
                    if replaced {
                        exception = next;
                        continue;
                    }
                }
                return Ok(frame);
            }
            let ended = frame;
            if reraised {
                restore_position(ended);
            }
            if watched {
                (exception, _) = fire::exception(vm, ended, event::PY_UNWIND, exception);
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

/// A frame that a `RERAISE` with a position ends stands where the exception was raised first.
unsafe fn restore_position(frame: *mut Frame) {
    // SAFETY: the frame is live and stands at an instruction; a `RERAISE` has its operands on the stack.
    unsafe {
        let execution = &*(*frame).execution;
        let unit = (*frame).ip.offset_from(execution.instructions.as_ptr()) as usize;
        let oparg = (execution.instructions[unit] >> 8) as usize;
        if execution.opcode_at(unit) != Opcode::Reraise || oparg == 0 {
            return;
        }
        let position = (*(*frame).sp.sub(1 + oparg)).value().as_small_int();
        let position = position.and_then(|position| usize::try_from(position / 2).ok());
        if let Some(position) = position.filter(|&position| position < execution.instructions.len()) {
            (*frame).ip = execution.instructions.as_ptr().add(position);
        }
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
