//! [`RawLock`]: a lock that any thread may release, and waiting for it without the interpreter's lock.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use pvm_object::{PyResult, Vm};

use super::timeout::Timeout;

/// How long the main thread sleeps at most before it looks for signals.
const SIGNAL_INTERVAL: Duration = Duration::from_millis(25);

/// A lock that any thread may release.
#[derive(Default)]
pub struct RawLock {
    held: Mutex<bool>,
    freed: Condvar,
}

impl RawLock {
    fn held(&self) -> MutexGuard<'_, bool> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody holds it.
    pub fn is_held(&self) -> bool {
        *self.held()
    }

    /// Takes it if it is free.
    pub fn try_acquire(&self) -> bool {
        !std::mem::replace(&mut *self.held(), true)
    }

    /// Waits for it until `deadline`, for ever without one; says whether it was taken.
    pub fn acquire_until(&self, deadline: Option<Instant>) -> bool {
        let mut held = self.held();
        while *held {
            held = match deadline {
                None => self.freed.wait(held).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return false;
                    }
                    self.freed.wait_timeout(held, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        *held = true;
        true
    }

    /// Gives it back; false where nobody held it.
    pub fn release(&self) -> bool {
        let was_held = std::mem::replace(&mut *self.held(), false);
        self.freed.notify_one();
        was_held
    }
}

/// Takes the lock, waiting as long as `timeout` says; signals are served meanwhile. Says whether it was taken.
pub fn acquire(vm: &mut Vm, lock: &Arc<RawLock>, timeout: Timeout) -> PyResult<bool> {
    if lock.try_acquire() {
        return Ok(true);
    }
    if timeout == Timeout::NONE {
        return Ok(false);
    }
    wait(vm, timeout, |until| lock.acquire_until(until))
}

/// Waits by `body`, which says whether what it waits for has come by the time it is given, as long as `timeout` says.
/// Signals are served meanwhile.
pub(super) fn wait(vm: &mut Vm, timeout: Timeout, body: impl Fn(Option<Instant>) -> bool + Sync) -> PyResult<bool> {
    let deadline = timeout.deadline();
    loop {
        let pause = Instant::now() + SIGNAL_INTERVAL;
        let until = if crate::signals::on_main_thread(vm) {
            Some(deadline.map_or(pause, |deadline| deadline.min(pause)))
        } else {
            deadline
        };
        if vm.detach(|| body(until)) {
            return Ok(true);
        }
        vm.poll(1)?;
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return Ok(false);
        }
    }
}
