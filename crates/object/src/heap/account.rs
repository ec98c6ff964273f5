//! What an interpreter's memory amounts to, and its limit.
//!
//! Past seven eighths of the limit the next safepoint collects; what then is left before the limit is halved, so that there
//! are few such collections. Growing an interior past the limit fails at once; small objects cannot fail, and past the limit
//! the next safepoint raises `MemoryError`. A reserve is kept back until `MemoryError` is raised, for what handles it.

use std::cell::Cell;

use super::memory::OutOfMemory;
use super::state::{HeapState, request};
use crate::errors::PyResult;
use crate::{Heap, Vm};

/// The most that is kept back of a limit.
const MOST_RESERVE: usize = 1 << 20;

/// The bytes of an interpreter.
pub(crate) struct Account {
    charged: Cell<usize>,
    limit: Cell<usize>,
    /// What may be charged now: the limit less the reserve, unless that is given out.
    ceiling: Cell<usize>,
    /// Past this, a collection is due.
    soft: Cell<usize>,
    /// The lower of the two, which charging compares with.
    watch: Cell<usize>,
    /// The system refused memory for small objects.
    exhausted: Cell<bool>,
}

impl Account {
    pub(super) fn new() -> Account {
        Account {
            charged: Cell::new(0),
            limit: Cell::new(usize::MAX),
            ceiling: Cell::new(usize::MAX),
            soft: Cell::new(usize::MAX),
            watch: Cell::new(usize::MAX),
            exhausted: Cell::new(false),
        }
    }

    fn reserve(&self) -> usize {
        (self.limit.get() / 16).min(MOST_RESERVE)
    }

    fn set_bounds(&self, ceiling: usize, soft: usize) {
        self.ceiling.set(ceiling);
        self.soft.set(soft);
        self.watch.set(ceiling.min(soft));
    }

    /// The bounds as they are while there is no need.
    fn relax(&self) {
        let limit = self.limit.get();
        match limit {
            usize::MAX => self.set_bounds(usize::MAX, usize::MAX),
            _ => self.set_bounds(limit - self.reserve(), limit - limit / 8),
        }
    }

    /// Whether so much less is in use than the limit that the reserve can be kept back again.
    fn is_at_ease(&self, charged: usize) -> bool {
        charged <= self.limit.get().saturating_sub(2 * self.reserve())
    }
}

impl HeapState {
    /// Charges `grown` bytes; an error past the limit.
    #[inline]
    pub(crate) fn charge(&self, grown: isize) -> Result<(), OutOfMemory> {
        let charged = self.account.charged.get().wrapping_add_signed(grown);
        if grown > 0 && charged > self.account.watch.get() {
            return self.charge_much(charged);
        }
        self.account.charged.set(charged);
        Ok(())
    }

    #[cold]
    fn charge_much(&self, charged: usize) -> Result<(), OutOfMemory> {
        let account = &self.account;
        if account.ceiling.get() > account.limit.get() - account.reserve() && account.is_at_ease(account.charged.get()) {
            account.relax();
        }
        if charged > account.ceiling.get() {
            return Err(OutOfMemory);
        }
        if charged > account.soft.get() {
            self.request(request::MEMORY);
        }
        account.charged.set(charged);
        Ok(())
    }

    /// Charges a page, which cannot fail: past the limit the next safepoint raises.
    pub(crate) fn charge_page(&self, grown: isize) {
        let charged = self.account.charged.get().wrapping_add_signed(grown);
        self.account.charged.set(charged);
        if charged > self.account.watch.get() {
            self.request(request::MEMORY);
        }
    }

    /// The system refused memory for small objects: the next safepoint raises.
    pub(super) fn note_exhausted(&self) {
        self.account.exhausted.set(true);
        self.request(request::MEMORY);
    }

    /// Gives the reserve out: `MemoryError` is raised.
    pub(crate) fn open_reserve(&self) {
        let account = &self.account;
        if account.limit.get() != usize::MAX {
            let ceiling = account.limit.get().max(account.charged.get().saturating_add(account.reserve()));
            account.set_bounds(ceiling, account.soft.get().max(ceiling));
        }
    }

    /// Lets what `body` allocates pass the limit; then the next safepoint raises.
    pub(super) fn without_limit<R>(&self, body: impl FnOnce() -> R) -> R {
        let account = &self.account;
        let (ceiling, soft) = (account.ceiling.get(), account.soft.get());
        account.set_bounds(usize::MAX, usize::MAX);
        let result = body();
        account.set_bounds(ceiling, soft);
        if account.charged.get() > account.watch.get() {
            self.request(request::MEMORY);
        }
        result
    }

    /// Whether so little is left before the limit that what only helps should not be allocated.
    pub fn is_short_of_memory(&self) -> bool {
        let account = &self.account;
        account.charged.get() > account.ceiling.get() - account.reserve() / 2
    }

    /// Bytes in use by the interpreter.
    pub fn charged(&self) -> usize {
        self.account.charged.get()
    }

    /// Sets the limit in bytes; `usize::MAX` for none.
    pub fn set_limit(&self, limit: usize) {
        self.account.limit.set(limit);
        self.account.relax();
    }
}

impl Heap {
    /// The limit on the interpreter's memory in bytes, where there is one.
    pub fn memory_limit(&self) -> Option<usize> {
        Some(self.state().account.limit.get()).filter(|&limit| limit != usize::MAX)
    }

    /// Lets what `body` allocates pass the limit; then the next safepoint raises.
    pub(crate) fn unlimited<R>(&mut self, body: impl FnOnce(&mut Heap) -> R) -> R {
        let state = std::ptr::from_ref(self.state());
        // SAFETY: the state outlives its tokens.
        unsafe { &*state }.without_limit(|| body(self))
    }
}

impl Vm {
    /// As [`Heap::unlimited`].
    pub(crate) fn unlimited_vm<R>(&mut self, body: impl FnOnce(&mut Vm) -> R) -> R {
        let state = std::ptr::from_ref(self.heap_state());
        // SAFETY: the state outlives its tokens.
        unsafe { &*state }.without_limit(|| body(self))
    }

    /// At a safepoint, after [`request::MEMORY`]: collects, and raises `MemoryError` where that did not help.
    ///
    /// # Errors
    /// `MemoryError`: small objects have passed the limit, or the system has no memory for them.
    pub fn serve_memory_request(&mut self) -> PyResult<()> {
        self.heap_state().clear_requests(request::MEMORY);
        let exhausted = self.heap_state().account.exhausted.replace(false);
        if exhausted || self.heap_state().charged() > self.heap_state().account.watch.get() {
            self.collect_generation(2);
        }
        let account = &self.heap_state().account;
        let charged = account.charged.get();
        if exhausted || charged > account.ceiling.get() {
            return Err(self.memory_error());
        }
        if account.is_at_ease(charged) {
            account.relax();
        }
        if charged > account.soft.get() {
            let left = account.limit.get().saturating_sub(charged);
            account.set_bounds(account.ceiling.get(), charged + (left / 2).max(account.limit.get() / 64));
        }
        Ok(())
    }
}
