//! The drop queue: objects whose end needs a token wait here, each owned by the queue.

use std::cell::{Cell, UnsafeCell};
use std::collections::VecDeque;

use super::free::NESTING;
use crate::core::header::{Header, flag};
use crate::core::value::Value;
use crate::{Heap, Vm};

/// Objects waiting for their finalisers, and frees put off because they were nested too deep.
pub(crate) struct DropQueue {
    waiting: UnsafeCell<VecDeque<Value>>,
    nonempty: Cell<bool>,
    deferred: UnsafeCell<Vec<*mut Header>>,
    depth: Cell<u32>,
    draining: Cell<bool>,
    /// How many finalisers are running that drain in their turn.
    nested: Cell<u32>,
}

impl DropQueue {
    pub(crate) fn new() -> DropQueue {
        DropQueue {
            waiting: UnsafeCell::new(VecDeque::new()),
            nonempty: Cell::new(false),
            deferred: UnsafeCell::new(Vec::new()),
            depth: Cell::new(0),
            draining: Cell::new(false),
            nested: Cell::new(0),
        }
    }

    pub(crate) fn push(&self, value: Value) {
        // SAFETY: the list is borrowed for one call of its own methods only.
        unsafe { (*self.waiting.get()).push_back(value) };
        self.nonempty.set(true);
    }

    fn pop(&self) -> Option<Value> {
        // SAFETY: as in `push`.
        let next = unsafe { (*self.waiting.get()).pop_front() };
        // SAFETY: as in `push`.
        self.nonempty.set(unsafe { !(*self.waiting.get()).is_empty() });
        next
    }

    fn pop_last(&self) -> Option<Value> {
        // SAFETY: as in `push`.
        let last = unsafe { (*self.waiting.get()).pop_back() };
        // SAFETY: as in `push`.
        self.nonempty.set(unsafe { !(*self.waiting.get()).is_empty() });
        last
    }

    pub(crate) fn defer(&self, object: *mut Header) {
        // SAFETY: as in `push`.
        unsafe { (*self.deferred.get()).push(object) };
    }

    #[inline(always)]
    pub(crate) fn has_deferred(&self) -> bool {
        // SAFETY: as in `push`.
        unsafe { !(*self.deferred.get()).is_empty() }
    }

    pub(crate) fn next_deferred(&self) -> Option<*mut Header> {
        // SAFETY: as in `push`.
        unsafe { (*self.deferred.get()).pop() }
    }

    pub(crate) fn depth(&self) -> u32 {
        self.depth.get()
    }

    pub(crate) fn set_depth(&self, depth: u32) {
        self.depth.set(depth);
    }

    /// Gives up what waits, at the end of the interpreter.
    pub(crate) fn abandon(&self) {
        while let Some(value) = self.pop() {
            std::mem::forget(value);
        }
    }
}

impl Heap {
    /// Whether finalisers or weak-reference callbacks wait for [`Vm::drain_drops`].
    #[inline(always)]
    pub fn drops_wait(&self) -> bool {
        self.state().queue.nonempty.get()
    }
}

impl Vm {
    /// Drops a value the way the interpreter does: where that is the last reference, its finaliser runs now.
    #[inline(always)]
    pub fn release(&mut self, value: Value) {
        drop(value);
        if self.drops_wait() {
            self.drain_drops();
        }
    }

    /// Ends an object whose last count the interpreter gave up: its finaliser runs now.
    ///
    /// # Safety
    /// [`Slot::release`](crate::Slot::release) has just said so.
    #[cold]
    #[inline(never)]
    pub unsafe fn end_object(&mut self, slot: crate::Slot) {
        // SAFETY: passed on.
        unsafe { super::free_object(slot.bits() as *mut Header) };
        if self.drops_wait() {
            self.drain_drops();
        }
    }

    /// Runs the finalisers and callbacks that wait; what one of them releases is drained before the next. A pending
    /// exception is saved meanwhile; errors in finalisers are reported as unraisable.
    #[cold]
    #[inline(never)]
    pub fn drain_drops(&mut self) {
        let queue = &self.state().queue;
        if queue.draining.get() {
            // What waits below too many finalisers is the business of one further out, after this one returns.
            let nested = queue.nested.get();
            if nested < NESTING {
                queue.nested.set(nested + 1);
                self.drain_nested();
                self.state().queue.nested.set(nested);
            }
            return;
        }
        queue.draining.set(true);
        let depth = queue.depth();
        queue.set_depth(0);
        let pending = self.take_pending();
        self.drain_nested();
        self.restore_pending(pending);
        let queue = &self.state().queue;
        queue.set_depth(depth);
        queue.draining.set(false);
    }

    /// Drains what is in the queue now and what that releases. A finaliser that drains in its turn finds only what it
    /// released itself: those that wait beside it are set aside, for each ends before the next begins.
    fn drain_nested(&mut self) {
        let mut aside = VecDeque::new();
        loop {
            let value = match self.state().queue.pop() {
                Some(first) => {
                    while let Some(next) = self.state().queue.pop_last() {
                        aside.push_front(next);
                    }
                    first
                }
                None => match aside.pop_front() {
                    Some(next) => next,
                    None => return,
                },
            };
            let pending = self.take_pending();
            self.finish(value);
            self.restore_pending(pending);
        }
    }

    /// Runs finaliser and callbacks of an object taken from the queue and drops it.
    fn finish(&mut self, value: Value) {
        let Some(header) = value.header() else { return };
        if let Some(finalise) = header.ty().slots().finalize()
            && !header.has(flag::FINALISED)
        {
            header.set(flag::FINALISED);
            finalise(self, &value);
            if value.header().is_some_and(|header| header.count() > 1) {
                return;
            }
        }
        if value.header().is_some_and(|header| header.has(flag::WEAKLY_REFERENCED) && header.count() == 1) {
            self.notify_weak_references(&value);
        }
    }
}
