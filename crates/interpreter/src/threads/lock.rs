//! `_thread.lock`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Args, Foreign, Object, PyResult, Vm};

use super::raw_lock::{self, RawLock};
use super::timeout::Timeout;

/// lock()
/// --
///
/// A lock object is a synchronization primitive.  To create a lock,
/// call threading.Lock().  Methods are:
///
/// acquire() -- lock the lock, possibly blocking until it can be obtained
/// release() -- unlock of the lock
/// locked() -- test whether the lock is currently locked
///
/// A lock is not owned by the thread that locked it; another thread may
/// unlock it.  A thread attempting to lock a lock that it has already locked
/// will block until another thread unlocks it.  Deadlocks may ensue.
#[pyclass(name = "lock", module = "_thread", weakref, final)]
pub struct Lock {
    raw: Foreign<RawLock>,
}

impl Lock {
    pub(super) fn new() -> Lock {
        Lock { raw: Foreign(RawLock::default()) }
    }

    fn take(&self, vm: &mut Vm, blocking: bool, timeout: Timeout) -> PyResult<bool> {
        let timeout = Timeout::of_acquire(vm, blocking, timeout)?;
        raw_lock::acquire(vm, &self.raw, timeout)
    }

    fn give_back(&self, vm: &mut Vm) -> PyResult<()> {
        match self.raw.release() {
            true => Ok(()),
            false => Err(vm.runtime_error(format_args!("release unlocked lock"))),
        }
    }
}

#[pymethods]
impl Lock {
    #[new]
    #[signature = "()"]
    fn create(vm: &mut Vm, args: Args<'_>) -> PyResult<Lock> {
        match args.len() {
            _ if args.has_keywords() => Err(vm.type_error(format_args!("lock() takes no keyword arguments"))),
            0 => Ok(Lock::new()),
            given => Err(vm.type_error(format_args!("lock expected 0 arguments, got {given}"))),
        }
    }

    /// Lock the lock.  Without argument, this blocks if the lock is already
    /// locked (even by the same thread), waiting for another thread to release
    /// the lock, and return True once the lock is acquired.
    /// With an argument, this will only block if the argument is true,
    /// and the return value reflects whether the lock is acquired.
    /// The blocking operation is interruptible.
    #[signature = "(blocking=True, timeout=-1)"]
    fn acquire(&self, vm: &mut Vm, blocking: bool, #[default(Timeout::FOREVER)] timeout: Timeout) -> PyResult<bool> {
        self.take(vm, blocking, timeout)
    }

    /// An obsolete synonym of acquire().
    #[signature = "(blocking=True, timeout=-1)"]
    fn acquire_lock(&self, vm: &mut Vm, blocking: bool, #[default(Timeout::FOREVER)] timeout: Timeout) -> PyResult<bool> {
        self.take(vm, blocking, timeout)
    }

    /// Release the lock, allowing another thread that is blocked waiting for
    /// the lock to acquire the lock.  The lock must be in the locked state,
    /// but it needn't be locked by the same thread that unlocks it.
    fn release(&self, vm: &mut Vm) -> PyResult<()> {
        self.give_back(vm)
    }

    /// An obsolete synonym of release().
    fn release_lock(&self, vm: &mut Vm) -> PyResult<()> {
        self.give_back(vm)
    }

    /// Return whether the lock is in the locked state.
    fn locked(&self) -> bool {
        self.raw.is_held()
    }

    /// An obsolete synonym of locked().
    fn locked_lock(&self) -> bool {
        self.raw.is_held()
    }

    /// Lock the lock.
    fn __enter__(&self, vm: &mut Vm) -> PyResult<bool> {
        self.take(vm, true, Timeout::FOREVER)
    }

    /// Release the lock.
    #[text_signature = "($self, /, *exc_info)"]
    fn __exit__(&self, vm: &mut Vm, _exc_info: Args<'_>) -> PyResult<()> {
        self.give_back(vm)
    }

    fn _at_fork_reinit(&self) {
        self.raw.release();
    }

    fn __repr__(this: &Object<Self>) -> String {
        let state = if this.raw.is_held() { "locked" } else { "unlocked" };
        format!("<{state} {} object at {:#x}>", this.ty().name(), this.address())
    }
}
