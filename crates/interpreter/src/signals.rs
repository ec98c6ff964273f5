//! Signals: noted where they arrive, delivered to the main thread at the next safepoint.

use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use pvm_object::heap::{HeapState, request};
use pvm_object::{PyResult, Value, Vm};

static ARRIVED: AtomicU64 = AtomicU64::new(0);
static MAIN_HEAP: AtomicPtr<HeapState> = AtomicPtr::new(std::ptr::null_mut());

/// Notes a signal; callable from a handler.
pub extern "C" fn note(signal: i32) {
    ARRIVED.fetch_or(1 << signal, Ordering::Release);
    let heap = MAIN_HEAP.load(Ordering::Acquire);
    if !heap.is_null() {
        // SAFETY: the main interpreter takes its heap out before it ends.
        unsafe { &*heap }.request(request::SIGNAL);
    }
}

/// Makes the interpreter of the token the one that signals go to, with `SIGINT` raising `KeyboardInterrupt`.
pub fn install(vm: &Vm) {
    MAIN_HEAP.store(std::ptr::from_ref(vm.heap_state()).cast_mut(), Ordering::Release);
    // SAFETY: the handler only touches atomics.
    unsafe {
        libc::signal(libc::SIGINT, note as *const () as libc::sighandler_t);
        libc::signal(libc::SIGPIPE, libc::SIG_IGN);
    }
}

/// Ends the process as an interrupt does that nobody handles, so that a shell sees why; the exit code to use where the signal
/// is blocked (`exit_sigint`).
pub fn end_by_interrupt() -> u8 {
    // SAFETY: puts back the default action, and raises the signal in this process.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::kill(libc::getpid(), libc::SIGINT);
    }
    128 + libc::SIGINT as u8
}

/// Takes the interpreter out again, before it ends.
pub fn uninstall() {
    MAIN_HEAP.store(std::ptr::null_mut(), Ordering::Release);
}

/// Whether the calling thread is the one that signals go to.
pub fn on_main_thread(vm: &Vm) -> bool {
    std::ptr::eq(MAIN_HEAP.load(Ordering::Acquire), vm.heap_state())
}

/// What a program set for a signal: a callable, or the numbers of `SIG_DFL` and `SIG_IGN`.
pub fn handler(vm: &mut Vm, signal: i32) -> PyResult {
    if let Some(handler) = crate::interpreter::state(vm).signal_handler(signal) {
        return Ok(handler);
    }
    match signal {
        libc::SIGINT if !MAIN_HEAP.load(Ordering::Acquire).is_null() => {
            let name = vm.intern("default_int_handler");
            vm.import_attr("_signal", &name)
        }
        libc::SIGPIPE => Ok(Value::from_i32(1)),
        _ => Ok(Value::from_i32(0)),
    }
}

/// Sets what happens on a signal and returns what was set before.
pub fn set_handler(vm: &mut Vm, signal: i32, handler_value: &Value) -> PyResult {
    if !on_main_thread(vm) {
        return Err(vm.value_error(format_args!("signal only works in main thread of the main interpreter")));
    }
    let old = handler(vm, signal)?;
    let action = match handler_value.as_small_int() {
        Some(0) => libc::SIG_DFL,
        Some(1) => libc::SIG_IGN,
        _ => note as *const () as libc::sighandler_t,
    };
    // SAFETY: the action is a default or the handler above, which only touches atomics.
    let failed = unsafe {
        let mut wanted: libc::sigaction = std::mem::zeroed();
        wanted.sa_sigaction = action;
        libc::sigaction(signal, &wanted, std::ptr::null_mut()) != 0
    };
    if failed {
        let error = std::io::Error::last_os_error();
        return Err(vm.os_error(error.raw_os_error().unwrap_or(0)));
    }
    let replaced = crate::interpreter::state(vm).set_signal_handler(signal, Some(handler_value.clone()));
    drop(replaced);
    Ok(old)
}

/// Sends a signal to this process.
pub fn raise(signal: i32) {
    // SAFETY: the signal goes to this process alone.
    unsafe { libc::raise(signal) };
}

/// Runs the handlers of the signals that arrived.
pub fn deliver(vm: &mut Vm) -> PyResult<()> {
    let mut arrived = ARRIVED.swap(0, Ordering::AcqRel);
    while arrived != 0 {
        let signal = arrived.trailing_zeros() as i32;
        arrived &= arrived - 1;
        let handler = handler(vm, signal)?;
        if handler.ty().slots().call().is_none() {
            continue;
        }
        let frame = match crate::frame_object::current(vm) {
            Some(_) => crate::frame_object::current_object(vm).into(),
            None => Value::none(),
        };
        let number = vm.int(i64::from(signal));
        if let Err(raised) = vm.call(&handler, &[number, frame]) {
            // What arrived as well is delivered at the next safepoint.
            if arrived != 0 {
                ARRIVED.fetch_or(arrived, Ordering::Release);
                vm.request(request::SIGNAL);
            }
            return Err(raised);
        }
    }
    Ok(())
}
