//! The tokens: [`Heap`] (interiors, allocation) and [`Vm`] (anything, also Python code).
//!
//! | a function that takes | may |
//! |---|---|
//! | `&Heap` | read interiors |
//! | `&mut Heap` | change interiors and allocate; runs no Python code |
//! | `&mut Vm` | anything: run Python code, release the interpreter lock, collect |
//!
//! Both are handles. The state behind them is reached through raw pointers and cells, and no `&mut` to that state is
//! ever formed, because `Drop` changes counts, free lists and queues while a token is lent.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use crate::heap::HeapState;
use crate::thread::ThreadState;

/// The right to read and change the interiors of one interpreter's objects, and to allocate. Runs no Python code.
#[repr(C)]
pub struct Heap {
    state: NonNull<HeapState>,
    _not_send: PhantomData<*mut ()>,
}

/// The right to do anything in one interpreter: what takes `&mut Vm` may run Python code.
#[repr(C)]
pub struct Vm {
    heap: Heap,
    thread: NonNull<ThreadState>,
}

impl Heap {
    /// The interpreter's memory, for the core itself.
    #[inline(always)]
    pub(crate) fn state(&self) -> &HeapState {
        // SAFETY: the state outlives every token of it, and is never borrowed mutably.
        unsafe { self.state.as_ref() }
    }

    /// A token of `state`.
    ///
    /// # Safety
    /// The calling thread holds the interpreter's lock, `state` outlives the token, and no second token is in use.
    pub(crate) unsafe fn from_state(state: NonNull<HeapState>) -> Heap {
        Heap { state, _not_send: PhantomData }
    }
}

impl Vm {
    /// A token of an attached thread.
    ///
    /// # Safety
    /// The calling thread holds the lock of the interpreter `thread` belongs to, and no other token of it is in use.
    pub unsafe fn attach(thread: NonNull<ThreadState>) -> Vm {
        // SAFETY: passed on to the caller.
        unsafe { Vm { heap: Heap::from_state(thread.as_ref().heap_state()), thread } }
    }

    /// The state of the attached thread.
    #[inline(always)]
    pub fn thread(&self) -> &ThreadState {
        // SAFETY: an attached thread's state outlives the token, and is never borrowed mutably.
        unsafe { self.thread.as_ref() }
    }

    /// The state's address: it keeps its meaning over [`Vm::thread`]'s borrow.
    pub fn thread_pointer(&self) -> NonNull<ThreadState> {
        self.thread
    }
}

impl Deref for Vm {
    type Target = Heap;

    #[inline(always)]
    fn deref(&self) -> &Heap {
        &self.heap
    }
}

impl DerefMut for Vm {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Heap {
        &mut self.heap
    }
}
