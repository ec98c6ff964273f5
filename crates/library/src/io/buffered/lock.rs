//! [`StreamLock`]: one thread at a time works inside of a buffered stream.

use std::cell::Cell;
use std::sync::Arc;

use pvm_object::bell::Waiters;
use pvm_object::{Foreign, HeapCell, PyResult, Value, Vm};

/// A lock that its owner cannot take twice. The interpreter's lock guards the owner's field, so taking one that is free
/// costs a store; only those who must wait need more.
#[derive(pvm_macros::Trace)]
pub struct StreamLock {
    /// The thread inside, 0 without one.
    owner: Cell<usize>,
    waiters: HeapCell<Option<Foreign<Arc<Waiters>>>>,
}

impl StreamLock {
    /// A free lock.
    pub const fn new() -> StreamLock {
        StreamLock { owner: Cell::new(0), waiters: HeapCell::new(None) }
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
        let place = self.waiters.borrow_mut(vm).get_or_insert_with(|| Foreign(Arc::default()));
        let waiters = Arc::clone(place);
        let bell = Arc::clone(vm.thread().bell());
        waiters.join(&bell);
        while self.owner.get() != 0 {
            vm.detach(|| bell.wait(None));
        }
        waiters.leave(&bell);
        // A ring that was for something else is left to whom it concerns: the next wait finds it.
        bell.ring();
        Ok(())
    }

    /// Gives the lock back.
    #[inline]
    pub fn leave(&self, vm: &mut Vm) {
        self.owner.set(0);
        if let Some(waiters) = self.waiters.borrow(vm) {
            waiters.wake_first();
        }
    }
}
