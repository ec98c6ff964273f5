//! Signals: noted where they arrive, delivered to the main thread of the main interpreter at the next safepoint.

use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU64, Ordering};

use pvm_object::bell::Doorbell;
use pvm_object::heap::{HeapState, request};
use pvm_object::{PyResult, Raised, Value, Vm, exceptions};

use crate::interpreter::state;
use crate::thread::extension;

/// One more than the highest number of a signal.
pub const END: i32 = 65;

/// The thread that signals go to.
struct Target {
    heap: NonNull<HeapState>,
    bell: Arc<Doorbell>,
}

/// Signals that arrived and were not delivered, a bit for each number but 64, which has bit 0.
static ARRIVED: AtomicU64 = AtomicU64::new(0);
static TARGET: AtomicPtr<Target> = AtomicPtr::new(std::ptr::null_mut());
/// What `signal.set_wakeup_fd` set, or -1.
static WAKEUP_FD: AtomicI32 = AtomicI32::new(-1);
static WARN_ON_FULL_BUFFER: AtomicBool = AtomicBool::new(true);
/// The error number of a write to the wake-up descriptor that failed, 0 without one.
static WAKEUP_ERROR: AtomicI32 = AtomicI32::new(0);

/// Notes a signal; the handler of the system's signals.
pub extern "C" fn note(signal: i32) {
    // SAFETY: the number of errors is the thread's own; interrupted code must find it as it was.
    let errno = unsafe { *libc::__errno_location() };
    ARRIVED.fetch_or(1 << (signal % 64), Ordering::Release);
    // SAFETY: a target is never freed, for a handler on another thread might be using it.
    if let Some(target) = unsafe { TARGET.load(Ordering::Acquire).as_ref() } {
        target.bell.ask(request::SIGNAL);
        // SAFETY: the main interpreter takes the target out before its heap ends.
        unsafe { target.heap.as_ref() }.request(request::SIGNAL);
    }
    let fd = WAKEUP_FD.load(Ordering::Relaxed);
    if fd != -1 {
        let byte = signal as u8;
        // SAFETY: the call reads one byte; it may be made in a handler.
        if unsafe { libc::write(fd, (&raw const byte).cast(), 1) } < 0 {
            // SAFETY: as above.
            let error = unsafe { *libc::__errno_location() };
            let is_full = error == libc::EAGAIN || error == libc::EWOULDBLOCK;
            if !is_full || WARN_ON_FULL_BUFFER.load(Ordering::Relaxed) {
                WAKEUP_ERROR.store(error, Ordering::Relaxed);
            }
        }
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno };
}

/// Makes the thread of the token the one that signals go to. What was there before is kept: a handler that runs on another
/// thread might just be using it.
fn aim(vm: &Vm) {
    let target = Target { heap: NonNull::from(vm.heap_state()), bell: Arc::clone(vm.thread().bell()) };
    TARGET.store(Box::leak(Box::new(target)), Ordering::Release);
}

/// Makes the interpreter of the token the main one, which signals go to, with `SIGINT` raising `KeyboardInterrupt`.
pub fn install(vm: &mut Vm) -> PyResult<()> {
    aim(vm);
    for signal in 1..END {
        if let Some(current) = disposition(signal) {
            let value = Value::from_i32(i32::from(current == libc::SIG_IGN));
            drop(state(vm).set_signal_handler(signal, Some(value)));
        }
    }
    for ignored in [libc::SIGPIPE, libc::SIGXFSZ] {
        act(ignored, libc::SIG_IGN);
        drop(state(vm).set_signal_handler(ignored, Some(Value::from_i32(1))));
    }
    if disposition(libc::SIGINT) == Some(libc::SIG_DFL) {
        let name = vm.intern("default_int_handler");
        let handler = vm.import_attr("_signal", &name)?;
        drop(state(vm).set_signal_handler(libc::SIGINT, Some(handler)));
        act(libc::SIGINT, note as *const () as libc::sighandler_t);
    }
    Ok(())
}

/// What the system does on a signal, where that is its default or nothing.
fn disposition(signal: i32) -> Option<libc::sighandler_t> {
    // SAFETY: the call fills the structure.
    let action = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(signal, std::ptr::null(), &mut action) != 0 {
            return None;
        }
        action.sa_sigaction
    };
    (action == libc::SIG_DFL || action == libc::SIG_IGN).then_some(action)
}

/// Sets what the system does on a signal; false where it does not let itself be told.
fn act(signal: i32, action: libc::sighandler_t) -> bool {
    // SAFETY: the action is a default or `note`, which only does what handlers may.
    unsafe {
        let mut wanted: libc::sigaction = std::mem::zeroed();
        wanted.sa_sigaction = action;
        wanted.sa_flags = libc::SA_ONSTACK;
        libc::sigaction(signal, &wanted, std::ptr::null_mut()) == 0
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

/// Whether the interpreter of the token is the one that signals go to.
pub fn is_main_interpreter(vm: &Vm) -> bool {
    // SAFETY: a target is never freed.
    unsafe { TARGET.load(Ordering::Acquire).as_ref() }.is_some_and(|target| std::ptr::eq(target.heap.as_ptr(), vm.heap_state()))
}

/// Puts the defaults back for what the interpreter of the token handles, before it ends (`_PySignal_Fini`).
pub(crate) fn disarm(vm: &Vm) {
    if !is_main_interpreter(vm) {
        return;
    }
    WAKEUP_FD.store(-1, Ordering::Relaxed);
    for signal in 1..END {
        let handler = state(vm).set_signal_handler(signal, None);
        if handler.is_some_and(|handler| handler.as_small_int().is_none() && !handler.is_none()) {
            act(signal, libc::SIG_DFL);
        }
    }
}

/// Takes the interpreter of the token out, before its heap ends.
pub(crate) fn uninstall(vm: &Vm) {
    if is_main_interpreter(vm) {
        TARGET.store(std::ptr::null_mut(), Ordering::Release);
    }
}

/// Whether the thread of the token is the one that signals go to.
pub fn on_main_thread(vm: &Vm) -> bool {
    is_main_interpreter(vm) && std::ptr::eq(extension(vm), state(vm).main_thread())
}

/// In the child of a `fork`: the calling thread is the main one, and the parent's signals are the parent's.
pub(crate) fn after_fork(vm: &Vm) {
    if is_main_interpreter(vm) {
        ARRIVED.store(0, Ordering::Relaxed);
        vm.thread().bell().take_requests(request::SIGNAL);
        aim(vm);
    }
}

/// What a program set for a signal: a callable, the numbers of `SIG_DFL` and `SIG_IGN`, or `None` for what is not Python's.
pub fn handler(vm: &mut Vm, signal: i32) -> Value {
    if let Some(handler) = state(vm).signal_handler(signal) {
        return handler;
    }
    match disposition(signal) {
        Some(action) if !is_main_interpreter(vm) => Value::from_i32(i32::from(action == libc::SIG_IGN)),
        _ => Value::none(),
    }
}

fn refuse_other_threads(vm: &mut Vm, what: &str) -> PyResult<()> {
    if on_main_thread(vm) {
        return Ok(());
    }
    Err(vm.value_error(format_args!("{what} only works in main thread of the main interpreter")))
}

/// Sets what happens on a signal and returns what was set before (`signal_signal_impl`).
pub fn set_handler(vm: &mut Vm, signal: i32, handler_value: &Value) -> PyResult {
    refuse_other_threads(vm, "signal")?;
    if !(1..END).contains(&signal) {
        return Err(vm.value_error(format_args!("signal number out of range")));
    }
    let action = match handler_value.as_small_int() {
        Some(0) => libc::SIG_DFL,
        Some(1) => libc::SIG_IGN,
        _ if handler_value.ty().slots().call().is_some() => note as *const () as libc::sighandler_t,
        _ => {
            return Err(
                vm.type_error(format_args!("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"))
            );
        }
    };
    // What arrived before is the old handler's.
    vm.poll(0)?;
    if !act(signal, action) {
        let error = std::io::Error::last_os_error();
        return Err(vm.os_error(error.raw_os_error().unwrap_or(0)));
    }
    let old = handler(vm, signal);
    drop(state(vm).set_signal_handler(signal, Some(handler_value.clone())));
    Ok(old)
}

/// Sends a signal to the calling thread.
pub fn raise(signal: i32) -> bool {
    // SAFETY: the signal goes to this process alone.
    unsafe { libc::raise(signal) == 0 }
}

/// Notes a signal as if it had arrived, unless nobody handles it (`PyErr_SetInterruptEx`).
pub fn simulate(vm: &Vm, signal: i32) {
    let is_handled = match state(vm).signal_handler(signal) {
        Some(handler) => handler.as_small_int().is_none() && !handler.is_none(),
        None => is_main_interpreter(vm),
    };
    if is_handled {
        note(signal);
    }
}

/// Sets the descriptor that the numbers of arriving signals are written to, -1 for none; returns the one before. With
/// `warn` a buffer that is full is reported.
pub fn set_wakeup_fd(vm: &mut Vm, fd: i32, warn: bool) -> PyResult<i32> {
    refuse_other_threads(vm, "set_wakeup_fd")?;
    WARN_ON_FULL_BUFFER.store(warn, Ordering::Relaxed);
    Ok(WAKEUP_FD.swap(fd, Ordering::Relaxed))
}

/// Interrupts calls of the system that threads with these numbers may be blocked in. `SIGURG` does it, whose default is to do nothing: it gets a
/// handler that does nothing either, unless the program has one of its own.
pub fn nudge(threads: &[i32]) {
    extern "C" fn nothing(_: i32) {}
    static PREPARED: std::sync::Once = std::sync::Once::new();
    PREPARED.call_once(|| {
        if disposition(libc::SIGURG) == Some(libc::SIG_DFL) {
            act(libc::SIGURG, nothing as *const () as libc::sighandler_t);
        }
    });
    for &thread in threads {
        // SAFETY: a signal for a thread that has ended goes nowhere, or to one that it does nothing to.
        unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, libc::SIGURG) };
    }
}

/// Runs the handlers of the signals that arrived, in the order of their numbers (`_PyErr_CheckSignalsTstate`).
pub(crate) fn deliver(vm: &mut Vm) -> PyResult<()> {
    let error = WAKEUP_ERROR.swap(0, Ordering::Relaxed);
    if error != 0 {
        let raised = vm.os_error(error);
        vm.report_unraisable(raised, Some("Exception ignored while trying to write to the signal wakeup fd"), None);
    }
    let arrived = ARRIVED.swap(0, Ordering::AcqRel);
    let mut left: Vec<i32> = (1..END).filter(|signal| arrived & (1 << (signal % 64)) != 0).collect();
    left.reverse();
    while let Some(signal) = left.pop() {
        if let Err(raised) = call_handler(vm, signal) {
            // What arrived as well is delivered at the next safepoint.
            if !left.is_empty() {
                let bits = left.iter().fold(0, |bits, signal| bits | 1 << (signal % 64));
                ARRIVED.fetch_or(bits, Ordering::Release);
                vm.thread().bell().ask(request::SIGNAL);
                vm.request(request::SIGNAL);
            }
            return Err(raised);
        }
    }
    Ok(())
}

fn call_handler(vm: &mut Vm, signal: i32) -> PyResult<()> {
    let Some(handler) = state(vm).signal_handler(signal).filter(|handler| handler.ty().slots().call().is_some()) else {
        // Another handler changed it after the signal had arrived.
        let raised = ignored(vm, signal);
        vm.report_unraisable(raised, Some("Exception ignored while calling signal handler"), None);
        return Ok(());
    };
    let frame = match crate::frame_object::current(vm) {
        Some(_) => crate::frame_object::current_object(vm).into(),
        None => Value::none(),
    };
    let number = vm.int(i64::from(signal));
    let result = vm.call(&handler, &[number, frame])?;
    vm.release(result);
    Ok(())
}

fn ignored(vm: &mut Vm, signal: i32) -> Raised {
    let class = exceptions::OS_ERROR.get();
    vm.raise_message(class, format_args!("Signal {signal} ignored due to race condition"))
}
