//! Trace and profile functions: `sys.settrace` and `sys.setprofile` (`legacy_tracing.c`).

use std::cell::{Cell, RefCell, UnsafeCell};
use std::collections::HashMap;

use pvm_bytecode::opcode::Opcode;
use pvm_object::descriptors::builtin_function::NativeFunction;
use pvm_object::descriptors::native_method::NativeMethod;
use pvm_object::exceptions::BaseException;
use pvm_object::{PyResult, Value, Vm};

use super::{PROFILE, TRACE, event, set_events};
use crate::frame::Frame;
use crate::frame_object;
use crate::interpreter::state;
use crate::thread::{ThreadExtension, extension};

const fn events(list: &[usize]) -> u32 {
    let (mut set, mut index) = (0, 0);
    while index < list.len() {
        set |= 1 << list[index];
        index += 1;
    }
    set
}

const TRACED: u32 = events(&[
    event::PY_START,
    event::PY_RESUME,
    event::PY_RETURN,
    event::PY_YIELD,
    event::PY_UNWIND,
    event::PY_THROW,
    event::LINE,
    event::JUMP,
    event::INSTRUCTION,
    event::RAISE,
    event::STOP_ITERATION,
]);

const PROFILED: u32 = events(&[
    event::PY_START,
    event::PY_RESUME,
    event::PY_RETURN,
    event::PY_YIELD,
    event::PY_UNWIND,
    event::PY_THROW,
    event::CALL,
]);

/// A thread's trace and profile functions, and what its frames that report themselves are doing.
#[derive(Default)]
pub struct Tracing {
    /// How many callbacks run: what they do is not told of.
    pub(crate) depth: Cell<u32>,
    functions: UnsafeCell<[Option<Value>; 2]>,
    /// The instruction that ran last, by frame.
    previous: RefCell<HashMap<usize, usize>>,
    /// The event that a tool is told of now, and the frame it is of.
    pub(crate) told: Cell<Option<(usize, *mut Frame)>>,
}

impl Tracing {
    /// The function that is the tool `PROFILE` or `TRACE`.
    pub(crate) fn function(&self, tool: usize) -> Option<Value> {
        // SAFETY: cloned at once.
        unsafe { (&(*self.functions.get()))[tool - PROFILE].clone() }
    }

    fn set_function(&self, tool: usize, function: Option<Value>) -> Option<Value> {
        // SAFETY: exchanged at once; the old one is dropped by the caller.
        unsafe { std::mem::replace(&mut (&mut (*self.functions.get()))[tool - PROFILE], function) }
    }

    /// Notes the instruction that a frame executes, and returns the one before.
    pub(crate) fn advance(&self, frame: *mut Frame, unit: usize) -> Option<usize> {
        self.previous.borrow_mut().insert(frame as usize, unit)
    }

    /// Forgets a frame, which has ended.
    pub(crate) fn forget(&self, frame: *mut Frame) {
        self.previous.borrow_mut().remove(&(frame as usize));
    }

    /// Gives up the functions.
    pub(crate) fn clear(&self) {
        drop([self.set_function(PROFILE, None), self.set_function(TRACE, None)]);
    }
}

/// Sets a thread's trace or profile function.
pub(crate) fn set(vm: &mut Vm, thread: &ThreadExtension, tool: usize, function: Option<Value>) {
    let old = thread.tracing.set_function(tool, function);
    // SAFETY: threads that run keep their part while this one holds the lock.
    let any = state(vm).threads.running().into_iter().any(|thread| unsafe { (*thread).tracing.function(tool) }.is_some());
    let wanted = if tool == TRACE { TRACED } else { PROFILED };
    set_events(vm, tool, if any { wanted } else { 0 });
    if let Some(old) = old {
        vm.release(old);
    }
}

/// Tells a trace or profile function of an event.
///
/// # Errors
/// What the function raises, which is then not called again.
///
/// # Safety
/// As [`super::fire::fire`].
pub(super) unsafe fn tell(
    vm: &mut Vm,
    frame: *mut Frame,
    tool: usize,
    event: usize,
    unit: usize,
    more: &[Value],
) -> PyResult<()> {
    let thread = extension(vm);
    let Some(function) = thread.tracing.function(tool) else { return Ok(()) };
    let none = Value::none;
    let first = || more.first().cloned().unwrap_or_else(none);
    // SAFETY: passed on.
    let object = unsafe { frame_object::of(vm, frame) };
    let (what, argument) = match event {
        event::PY_START | event::PY_RESUME | event::PY_THROW => ("call", none()),
        event::PY_RETURN | event::PY_YIELD => ("return", first()),
        event::PY_UNWIND => ("return", none()),
        event::LINE if object.trace_lines.get() => ("line", none()),
        // Lines that are left and entered again tell of themselves; a loop on one line is told of here.
        event::JUMP if object.trace_lines.get() => {
            // SAFETY: passed on.
            let instrumentation = unsafe { (*(*frame).execution).instrumentation() };
            let target = more.first().and_then(|target| target.as_int_ref()?.to_i64()).unwrap_or(0) as usize / 2;
            let same = instrumentation.is_some_and(|known| known.contains(target) && known.line(target) == known.line(unit));
            if target > unit || !same {
                return Ok(());
            }
            ("line", none())
        }
        event::INSTRUCTION if object.trace_opcodes.get() => ("opcode", none()),
        event::RAISE | event::STOP_ITERATION => {
            let exception = first();
            // A loop over a generator that returns nothing ends without an exception.
            // SAFETY: passed on.
            let instrumentation = unsafe { (*(*frame).execution).instrumentation() };
            if event == event::STOP_ITERATION
                && instrumentation.is_some_and(|known| known.opcode(unit) == Opcode::ForIter)
                && exception.downcast::<BaseException>().is_some_and(|stop| vm.stop_iteration_value(stop).is_none())
            {
                return Ok(());
            }
            let traceback = exception.downcast::<BaseException>().and_then(|exception| exception.traceback(vm));
            let parts = vec![exception.ty().to_value(), exception, traceback.unwrap_or_else(none)];
            ("exception", vm.new_tuple(parts).into())
        }
        event::CALL | event::C_RETURN | event::C_RAISE => {
            let Some(called) = native_callable(vm, &first(), more.get(1))? else { return Ok(()) };
            let what = match event {
                event::CALL => "c_call",
                event::C_RETURN => "c_return",
                _ => "c_exception",
            };
            (what, called)
        }
        _ => return Ok(()),
    };
    let callback = match tool {
        TRACE if what != "call" => match object.trace.get(vm) {
            Some(callback) => callback,
            None => return Ok(()),
        },
        _ => function,
    };
    let what = vm.intern(what).into();
    let told = thread.tracing.told.replace(Some((event, frame)));
    thread.tracing.depth.set(thread.tracing.depth.get() + 1);
    let result = vm.call(&callback, &[object.to_value(), what, argument]);
    thread.tracing.depth.set(thread.tracing.depth.get() - 1);
    thread.tracing.told.set(told);
    match result {
        Ok(next) => {
            if tool == TRACE && !next.is_none() {
                object.trace.set(Some(next), vm);
            }
            Ok(())
        }
        Err(raised) => {
            let exception = vm.catch(raised);
            set(vm, thread, tool, None);
            if tool == TRACE {
                object.trace.set(None, vm);
            }
            Err(vm.reraise(exception))
        }
    }
}

/// What a profile function is told of a call of native code: methods as they are bound (`sys_profile_call_or_return`).
fn native_callable(vm: &mut Vm, callable: &Value, receiver: Option<&Value>) -> PyResult<Option<Value>> {
    if callable.is_instance_of::<NativeFunction>() {
        return Ok(Some(callable.clone()));
    }
    if callable.downcast_exact::<NativeMethod>().is_none() {
        return Ok(None);
    }
    let missing = state(vm).monitoring.missing(vm);
    match receiver.filter(|receiver| !receiver.is(&missing)) {
        Some(receiver) => {
            let class = receiver.ty().to_value();
            let bound = vm.call_special(callable, &pvm_object::names::__get__, &[receiver.clone(), class])?;
            Ok(bound)
        }
        None => Ok(None),
    }
}
