//! Signals: noted where they arrive, delivered to the main thread at the next safepoint.

use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use pvm_object::heap::{HeapState, request};
use pvm_object::{PyResult, Vm};

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

/// Runs the handlers of the signals that arrived.
pub fn deliver(vm: &mut Vm) -> PyResult<()> {
    let arrived = ARRIVED.swap(0, Ordering::AcqRel);
    if arrived & 1 << libc::SIGINT != 0 {
        let exception = vm.new_exception(pvm_object::exceptions::KEYBOARD_INTERRUPT.get(), vec![]);
        return Err(vm.raise(exception));
    }
    Ok(())
}
