//! Telling the tools of an event.

use pvm_object::exceptions::BaseException;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::{PROFILE, TOOLS, TRACE, event, legacy};
use crate::frame::Frame;
use crate::interpreter::state;
use crate::thread::extension;

/// Tells the tools of an event at a unit of the frame's code. `more` is what callbacks are given behind the code and the
/// offset.
///
/// # Errors
/// What a tool's callback raises.
///
/// # Safety
/// `frame` is live, its stack's end is set.
pub(crate) unsafe fn fire(vm: &mut Vm, frame: *mut Frame, event: usize, unit: usize, more: &[Value]) -> PyResult<()> {
    let thread = extension(vm);
    if thread.tracing.depth.get() > 0 {
        return Ok(());
    }
    // SAFETY: passed on.
    let (code, instrumentation) = unsafe { ((*frame).code().to_ref(), (*(*frame).execution).instrumentation()) };
    // What a call of native code ended in is told to those who hear of calls.
    let wanted = 1 << if matches!(event, event::C_RETURN | event::C_RAISE) { event::CALL } else { event };
    for tool in (0..TOOLS).rev() {
        let monitoring = &state(vm).monitoring;
        let events = monitoring.events(tool) | instrumentation.map_or(0, |instrumentation| instrumentation.local(tool));
        if events & wanted == 0 {
            continue;
        }
        if tool == TRACE || tool == PROFILE {
            // SAFETY: passed on.
            unsafe { legacy::tell(vm, frame, tool, event, unit, more)? };
            continue;
        }
        let restarts = monitoring.restarts();
        if instrumentation.is_some_and(|instrumentation| instrumentation.is_disabled(unit, event, tool, restarts)) {
            continue;
        }
        let callback = match monitoring.callback(tool, event) {
            Some(callback) => callback,
            None => continue,
        };
        let mut args = vec![code.to_value()];
        match event {
            event::LINE => {}
            _ => args.push(vm.int(2 * unit as i64)),
        }
        args.extend_from_slice(more);
        thread.tracing.depth.set(thread.tracing.depth.get() + 1);
        let told = thread.tracing.told.replace(Some((event, frame)));
        let result = vm.call(&callback, &args);
        thread.tracing.told.set(told);
        thread.tracing.depth.set(thread.tracing.depth.get() - 1);
        let result = result?;
        if !result.is(&state(vm).monitoring.disable(vm)) {
            continue;
        }
        match instrumentation.filter(|_| event < event::LOCAL) {
            Some(instrumentation) => instrumentation.disable(unit, event, tool),
            None => {
                let old = state(vm).monitoring.set_callback(tool, event, None);
                drop(old);
                let name = event::NAMES[event];
                return Err(vm.value_error(format_args!("Cannot disable {name} events. Callback removed.")));
            }
        }
    }
    Ok(())
}

/// Tells the tools what happens to an exception at a unit of the frame's code; the exception that is on its way afterwards.
///
/// # Safety
/// As [`fire`].
#[cold]
pub(crate) unsafe fn exception(
    vm: &mut Vm,
    frame: *mut Frame,
    event: usize,
    unit: usize,
    exception: Ref<BaseException>,
) -> (Ref<BaseException>, bool) {
    // SAFETY: passed on.
    let told = unsafe { fire(vm, frame, event, unit, &[exception.to_value()]) };
    match told {
        Ok(()) => (exception, false),
        Err(raised) => (vm.catch(raised), true),
    }
}
