//! Exceptions that nothing caught: `SystemExit` ends the program, others are shown by `sys.excepthook`.

use pvm_object::exceptions::{self, BaseException};
use pvm_object::{PyResult, Raised, Ref, Value, Vm, names};

use crate::{display, os_text, sys};

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With an exit code.
    Status(u8),
    /// By an interrupt that nothing caught: the process is to end as by the signal.
    Interrupted,
}

/// Deals with a pending exception that reached the top (`PyErr_Print`).
pub fn report(vm: &mut Vm, raised: Raised) -> Ending {
    let exception = vm.catch(raised);
    if is_a(vm, &exception, &exceptions::SYSTEM_EXIT) {
        return Ending::Status(exit_status(vm, &exception));
    }
    let interrupted = is_a(vm, &exception, &exceptions::KEYBOARD_INTERRUPT);
    match show(vm, exception) {
        Some(ending) => ending,
        None if interrupted => Ending::Interrupted,
        None => Ending::Status(1),
    }
}

/// Shows a pending exception, whatever it is: the program goes on interactively.
pub fn report_before_session(vm: &mut Vm, raised: Raised) {
    let exception = vm.catch(raised);
    show(vm, exception);
}

/// Shows a pending exception and goes on; the ending, if it is a `SystemExit`.
pub fn report_and_go_on(vm: &mut Vm, raised: Raised) -> Option<Ending> {
    let exception = vm.catch(raised);
    if is_a(vm, &exception, &exceptions::SYSTEM_EXIT) {
        return Some(Ending::Status(exit_status(vm, &exception)));
    }
    show(vm, exception)
}

fn is_a(vm: &Vm, exception: &Ref<BaseException>, class: &'static pvm_object::Static<pvm_object::types::Type>) -> bool {
    exception.ty().is_subclass_of(class, vm)
}

/// The exit code that a `SystemExit` asks for; text goes to standard error (`_Py_HandleSystemExit`).
fn exit_status(vm: &mut Vm, exception: &Ref<BaseException>) -> u8 {
    let code = vm.intern("code");
    let code = match vm.getattr(&exception.to_value(), &code) {
        Ok(code) => code,
        Err(raised) => {
            drop(vm.catch(raised));
            exception.to_value()
        }
    };
    if code.is_none() {
        return 0;
    }
    if let Some(number) = code.as_int_ref() {
        // A process's status is C's int, of which the system keeps a byte.
        return number.to_i64().unwrap_or(-1) as u8;
    }
    let text = match vm.str(&code) {
        Ok(text) => os_text::escaped(&text),
        Err(raised) => {
            drop(vm.catch(raised));
            String::new()
        }
    };
    display::write_error(vm, &format!("{text}\n"));
    1
}

/// Calls `sys.excepthook`; the ending that it asks for, if it raises `SystemExit`.
fn show(vm: &mut Vm, exception: Ref<BaseException>) -> Option<Ending> {
    let traceback = exception.traceback(vm).unwrap_or_else(Value::none);
    let parts = [exception.ty().to_value(), exception.to_value(), traceback];
    if let Err(raised) = remember(vm, &parts) {
        drop(vm.catch(raised));
    }
    let Some(hook) = sys::get(vm, "excepthook") else {
        display::write_stderr(vm, "sys.excepthook is missing\n");
        display::print_exception(vm, &exception);
        return None;
    };
    let event = [std::slice::from_ref(&hook), &parts].concat();
    if let Err(raised) = crate::audit::event(vm, "sys.excepthook", &event) {
        // A hook that refuses by a `RuntimeError` wants nothing to be shown.
        if !vm.pending_is(exceptions::RUNTIME_ERROR.get()) {
            vm.report_unraisable(raised, Some("Exception ignored in audit hook"), None);
        } else {
            drop(vm.catch(raised));
        }
        return None;
    }
    if let Err(raised) = vm.call(&hook, &parts) {
        let second = vm.catch(raised);
        if is_a(vm, &second, &exceptions::SYSTEM_EXIT) {
            return Some(Ending::Status(exit_status(vm, &second)));
        }
        display::write_stderr(vm, "Error in sys.excepthook:\n");
        display::print_exception(vm, &second);
        display::write_stderr(vm, "\nOriginal exception was:\n");
        display::print_exception(vm, &exception);
    }
    None
}

/// Sets `sys.last_exc` and its parts.
fn remember(vm: &mut Vm, parts: &[Value; 3]) -> PyResult<()> {
    sys::set(vm, "last_exc", parts[1].clone())?;
    for (name, part) in ["last_type", "last_value", "last_traceback"].into_iter().zip(parts) {
        sys::set(vm, name, part.clone())?;
    }
    Ok(())
}

/// Flushes the streams once a file or a statement was run; errors are forgotten (`flush_io`).
pub fn flush(vm: &mut Vm) {
    let pending = vm.take_pending();
    for stream in ["stderr", "stdout"] {
        let Some(stream) = sys::get(vm, stream) else { continue };
        if let Err(raised) = vm.call_method(&stream, &names::flush, &[]) {
            drop(vm.catch(raised));
        }
    }
    vm.restore_pending(pending);
}

/// Flushes a standard stream, if there is one and it is open.
///
/// # Errors
/// What the stream raises.
pub(crate) fn try_flush(vm: &mut Vm, stream: &str) -> PyResult<()> {
    let Some(stream) = sys::get(vm, stream).filter(|stream| !stream.is_none()) else { return Ok(()) };
    let closed = vm.intern("closed");
    let closed = match vm.getattr(&stream, &closed) {
        Ok(closed) => vm.truth(&closed),
        Err(raised) => Err(raised),
    };
    match closed {
        Ok(true) => return Ok(()),
        Ok(false) => {}
        // A stream of a program's own making need not tell whether it is closed.
        Err(raised) => drop(vm.catch(raised)),
    }
    vm.call_method(&stream, &names::flush, &[]).map(drop)
}
