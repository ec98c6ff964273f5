//! `_thread.RLock`: a lock that its owner may take again.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Args, Foreign, Object, PyResult, Vm};

use super::ident;
use super::raw_lock::{self, RawLock};
use super::timeout::Timeout;

/// A lock that its owner may take again.
#[pyclass(name = "RLock", module = "_thread", weakref)]
pub struct RLock {
    raw: Foreign<RawLock>,
    /// Written by who holds the lock, 0 without an owner.
    owner: Cell<u64>,
    count: Cell<u64>,
}

impl RLock {
    pub(crate) fn new() -> RLock {
        RLock { raw: Foreign(RawLock::default()), owner: Cell::new(0), count: Cell::new(0) }
    }

    pub(crate) fn is_held(&self) -> bool {
        self.raw.is_held()
    }

    pub(crate) fn is_mine(&self) -> bool {
        self.owner.get() == ident()
    }

    fn own(&self, count: u64, owner: u64) {
        self.owner.set(owner);
        self.count.set(count);
    }

    pub(crate) fn take(&self, vm: &mut Vm, timeout: Timeout) -> PyResult<bool> {
        if self.is_mine() {
            let Some(count) = self.count.get().checked_add(1) else {
                return Err(vm.overflow_error(format_args!("Internal lock count overflowed")));
            };
            self.count.set(count);
            return Ok(true);
        }
        let taken = raw_lock::acquire(vm, &self.raw, timeout)?;
        if taken {
            self.own(1, ident());
        }
        Ok(taken)
    }

    pub(crate) fn give_back(&self, vm: &mut Vm) -> PyResult<()> {
        if !self.is_mine() {
            return Err(vm.runtime_error(format_args!("cannot release un-acquired lock")));
        }
        self.count.set(self.count.get() - 1);
        if self.count.get() == 0 {
            self.owner.set(0);
            self.raw.release();
        }
        Ok(())
    }
}

#[pymethods]
impl RLock {
    #[new]
    #[text_signature = ""]
    fn create(_args: Args<'_>) -> RLock {
        RLock::new()
    }

    /// Lock the lock.  `blocking` indicates whether we should wait
    /// for the lock to be available or not.  If `blocking` is False
    /// and another thread holds the lock, the method will return False
    /// immediately.  If `blocking` is True and another thread holds
    /// the lock, the method will wait for the lock to be released,
    /// take it and then return True.
    /// (note: the blocking operation is interruptible.)
    ///
    /// In all other cases, the method will return True immediately.
    /// Precisely, if the current thread already holds the lock, its
    /// internal counter is simply incremented. If nobody holds the lock,
    /// the lock is taken and its internal counter initialized to 1.
    #[signature = "(blocking=True, timeout=-1)"]
    fn acquire(&self, vm: &mut Vm, blocking: bool, #[default(Timeout::FOREVER)] timeout: Timeout) -> PyResult<bool> {
        let timeout = Timeout::of_acquire(vm, blocking, timeout)?;
        self.take(vm, timeout)
    }

    /// Release the lock, allowing another thread that is blocked waiting for
    /// the lock to acquire the lock.  The lock must be in the locked state,
    /// and must be locked by the same thread that unlocks it; otherwise a
    /// `RuntimeError` is raised.
    ///
    /// Do note that if the lock was acquire()d several times in a row by the
    /// current thread, release() needs to be called as many times for the lock
    /// to be available for other threads.
    fn release(&self, vm: &mut Vm) -> PyResult<()> {
        self.give_back(vm)
    }

    /// locked()
    ///
    /// Return a boolean indicating whether this object is locked right now.
    fn locked(&self) -> bool {
        self.raw.is_held()
    }

    /// Lock the lock.
    fn __enter__(&self, vm: &mut Vm) -> PyResult<bool> {
        self.take(vm, Timeout::FOREVER)
    }

    /// Release the lock.
    #[text_signature = "($self, /, *exc_info)"]
    fn __exit__(&self, vm: &mut Vm, _exc_info: Args<'_>) -> PyResult<()> {
        self.give_back(vm)
    }

    /// For internal use by `threading.Condition`.
    fn _is_owned(&self) -> bool {
        self.is_mine()
    }

    /// For internal use by reentrancy checks.
    fn _recursion_count(&self) -> u64 {
        if self.is_mine() { self.count.get() } else { 0 }
    }

    /// For internal use by `threading.Condition`.
    fn _release_save(&self, vm: &mut Vm) -> PyResult<(u64, u64)> {
        if self.count.get() == 0 {
            return Err(vm.runtime_error(format_args!("cannot release un-acquired lock")));
        }
        let state = (self.count.get(), self.owner.get());
        self.own(0, 0);
        self.raw.release();
        Ok(state)
    }

    /// For internal use by `threading.Condition`.
    fn _acquire_restore(&self, vm: &mut Vm, state: &Object<pvm_object::tuple::Tuple>) -> PyResult<()> {
        let [count, owner] = state.as_slice() else {
            let given = state.len();
            return Err(vm.type_error(format_args!("function takes exactly 2 arguments ({given} given)")));
        };
        let (count, owner) = (vm.index_isize(count)? as u64, vm.index_clipped(owner)? as u64);
        raw_lock::acquire(vm, &self.raw, Timeout::FOREVER)?;
        self.own(count, owner);
        Ok(())
    }

    fn _at_fork_reinit(&self) {
        self.own(0, 0);
        self.raw.release();
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> String {
        let state = if this.raw.is_held() { "locked" } else { "unlocked" };
        let (owner, count) = (this.owner.get(), this.count.get());
        let class = this.ty().full_qualname(vm);
        format!("<{state} {class} object owner={owner} count={count} at {:#x}>", this.address())
    }
}
