//! [`RawLock`]: a lock that any thread may release, and waiting without the interpreter's lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use pvm_object::bell::Waiters;
use pvm_object::{PyResult, Vm};

use super::timeout::Timeout;

/// A lock that any thread may release. It is touched with the interpreter's lock held only.
#[derive(Default)]
pub struct RawLock {
    held: AtomicBool,
    waiters: Waiters,
}

impl RawLock {
    /// Whether somebody holds it.
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// Takes it if it is free.
    pub fn try_acquire(&self) -> bool {
        !self.held.swap(true, Ordering::Relaxed)
    }

    /// Gives it back; false where nobody held it.
    pub fn release(&self) -> bool {
        let was_held = self.held.swap(false, Ordering::Relaxed);
        self.waiters.wake_first();
        was_held
    }
}

/// Takes the lock, waiting as long as `timeout` says; signals are served meanwhile. Says whether it was taken.
pub fn acquire(vm: &mut Vm, lock: &RawLock, timeout: Timeout) -> PyResult<bool> {
    if lock.try_acquire() {
        return Ok(true);
    }
    if timeout == Timeout::NONE {
        return Ok(false);
    }
    let result = wait(vm, &lock.waiters, timeout.deadline(), || lock.try_acquire());
    if !lock.is_held() {
        // Who gave it back meant the one that waited longest, and that one may just have given up.
        lock.waiters.wake_first();
    }
    result
}

/// Waits among `waiters` until `done` says so, for ever without a deadline; whether it did. Signals are served meanwhile.
pub fn wait(vm: &mut Vm, waiters: &Waiters, deadline: Option<Instant>, done: impl Fn() -> bool) -> PyResult<bool> {
    let bell = Arc::clone(vm.thread().bell());
    waiters.join(&bell);
    let result = loop {
        vm.detach(|| bell.wait(deadline));
        if done() {
            break Ok(true);
        }
        if let Err(raised) = vm.poll(1) {
            break Err(raised);
        }
        // What a signal's handler did may have used up the ring.
        if done() {
            break Ok(true);
        }
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            break Ok(false);
        }
    };
    waiters.leave(&bell);
    result
}

/// Waits until `deadline`, for ever without one; signals are served meanwhile.
pub fn pause(vm: &mut Vm, deadline: Option<Instant>) -> PyResult<()> {
    let bell = Arc::clone(vm.thread().bell());
    while deadline.is_none_or(|deadline| Instant::now() < deadline) {
        vm.detach(|| bell.wait(deadline));
        vm.poll(1)?;
    }
    Ok(())
}
