//! [`StreamLock`]: one thread at a time works inside of a buffered stream.

use std::cell::Cell;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use pvm_object::{Foreign, HeapCell, PyResult, Value, Vm};

/// Where those wait who find a stream busy.
#[derive(Default)]
struct Waiting {
    /// Counts the releases.
    releases: Mutex<u64>,
    released: Condvar,
}

impl Waiting {
    fn releases(&self) -> u64 {
        *self.releases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, known: u64) {
        let mut releases = self.releases.lock().unwrap_or_else(PoisonError::into_inner);
        while *releases == known {
            releases = self.released.wait(releases).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn release(&self) {
        *self.releases.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.released.notify_all();
    }
}

/// A lock that its owner cannot take twice. The interpreter's lock guards the owner's field, so taking one that is free
/// costs a store; only those who must wait need more.
#[derive(pvm_macros::Trace)]
pub struct StreamLock {
    /// The thread inside, 0 without one.
    owner: Cell<usize>,
    waiters: Cell<u32>,
    waiting: HeapCell<Option<Foreign<Arc<Waiting>>>>,
}

impl StreamLock {
    /// A free lock.
    pub const fn new() -> StreamLock {
        StreamLock { owner: Cell::new(0), waiters: Cell::new(0), waiting: HeapCell::new(None) }
    }

    /// Takes the lock; an error where this thread has it already.
    #[inline]
    pub fn enter(&self, vm: &mut Vm, stream: &Value) -> PyResult<()> {
        let me = vm.thread_pointer().as_ptr() as usize;
        if self.owner.get() != 0 {
            self.wait(vm, stream, me)?;
        }
        self.owner.set(me);
        Ok(())
    }

    #[cold]
    fn wait(&self, vm: &mut Vm, stream: &Value, me: usize) -> PyResult<()> {
        if self.owner.get() == me {
            let repr = vm.repr(stream)?;
            return Err(vm.runtime_error(format_args!("reentrant call inside {repr}")));
        }
        while self.owner.get() != 0 {
            let place = self.waiting.borrow_mut(vm).get_or_insert_with(|| Foreign(Arc::default()));
            let waiting = Arc::clone(place);
            self.waiters.set(self.waiters.get() + 1);
            let known = waiting.releases();
            vm.detach(|| waiting.wait(known));
            self.waiters.set(self.waiters.get() - 1);
        }
        Ok(())
    }

    /// Gives the lock back.
    #[inline]
    pub fn leave(&self, vm: &mut Vm) {
        self.owner.set(0);
        if self.waiters.get() != 0
            && let Some(waiting) = self.waiting.borrow(vm)
        {
            waiting.release();
        }
    }
}
