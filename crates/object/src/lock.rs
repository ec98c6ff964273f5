//! [`InterpreterLock`]: one thread of an interpreter runs at a time. Who waits asks the holder to make way after the switch
//! interval; the holder does so at its next safepoint and lets another thread have a turn first (CPython's
//! `ceval_gil.c`).

use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

use crate::Vm;
use crate::heap::{HeapState, request};
use crate::thread::ThreadState;

/// The lock of an interpreter.
pub struct InterpreterLock {
    state: Mutex<LockState>,
    freed: Condvar,
    taken: Condvar,
    /// The switch interval in nanoseconds.
    interval: AtomicU64,
}

#[derive(Default)]
struct LockState {
    held: bool,
    /// Counts the times it was taken.
    turns: u64,
    waiting: u32,
    /// Threads that made way and wait until another one has had a turn.
    yielding: u32,
    /// The interpreter is ending: nobody but this thread gets the lock any more.
    closed_by: Option<ThreadId>,
}

impl LockState {
    fn is_closed(&self) -> bool {
        self.closed_by.is_some_and(|thread| thread != std::thread::current().id())
    }
}

/// The interpreter is ending, and the thread must leave it alone.
#[derive(Debug)]
pub struct Closed;

impl InterpreterLock {
    pub(crate) fn new() -> InterpreterLock {
        InterpreterLock {
            state: Mutex::default(),
            freed: Condvar::new(),
            taken: Condvar::new(),
            interval: AtomicU64::new(5_000_000),
        }
    }

    fn state(&self) -> MutexGuard<'_, LockState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long a thread waits before it asks the holder to make way.
    pub fn interval(&self) -> Duration {
        Duration::from_nanos(self.interval.load(Ordering::Relaxed))
    }

    /// Sets the switch interval.
    pub fn set_interval(&self, interval: Duration) {
        let nanoseconds = u64::try_from(interval.as_nanos()).unwrap_or(u64::MAX);
        self.interval.store(nanoseconds.max(1000), Ordering::Relaxed);
    }

    /// Takes the lock of the interpreter that `heap` belongs to.
    ///
    /// # Safety
    /// `heap` lives until the lock is closed.
    pub(crate) unsafe fn acquire(&self, heap: NonNull<HeapState>) -> Result<(), Closed> {
        // SAFETY: passed on.
        unsafe { self.acquire_from(self.state(), heap) }
    }

    unsafe fn acquire_from(&self, mut state: MutexGuard<'_, LockState>, heap: NonNull<HeapState>) -> Result<(), Closed> {
        state.waiting += 1;
        while state.held && !state.is_closed() {
            let turns = state.turns;
            let (woken, timeout) = self.freed.wait_timeout(state, self.interval()).unwrap_or_else(PoisonError::into_inner);
            state = woken;
            if timeout.timed_out() && state.held && state.turns == turns && !state.is_closed() {
                // SAFETY: the lock is not closed, so the heap lives.
                unsafe { heap.as_ref() }.request(request::SWITCH);
            }
        }
        state.waiting -= 1;
        if state.is_closed() {
            return Err(Closed);
        }
        state.held = true;
        state.turns += 1;
        if state.yielding > 0 {
            self.taken.notify_all();
        }
        Ok(())
    }

    /// Gives the lock back.
    pub(crate) fn release(&self) {
        let mut state = self.state();
        state.held = false;
        // Waking nobody takes a system call too.
        if state.waiting > 0 {
            self.freed.notify_one();
        }
    }

    /// Lets another thread have a turn, if one waits.
    ///
    /// # Safety
    /// As [`InterpreterLock::acquire`]; the calling thread holds the lock.
    unsafe fn make_way(&self, heap: NonNull<HeapState>) -> Result<(), Closed> {
        let mut state = self.state();
        if state.waiting == 0 {
            return Ok(());
        }
        state.held = false;
        let turns = state.turns;
        self.freed.notify_one();
        state.yielding += 1;
        while state.turns == turns && state.waiting > 0 && !state.is_closed() {
            state = self.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.yielding -= 1;
        // SAFETY: passed on.
        unsafe { self.acquire_from(state, heap) }
    }

    /// The interpreter ends: of all threads only the calling one gets the lock from now on.
    pub(crate) fn close(&self) {
        self.state().closed_by = Some(std::thread::current().id());
        self.freed.notify_all();
        self.taken.notify_all();
    }
}

/// What a thread does that comes back to an interpreter that has ended: its values must not be touched any more, not even
/// dropped.
fn sleep_for_ever() -> ! {
    loop {
        std::thread::park();
    }
}

impl Vm {
    /// Runs `body` without the interpreter's lock, so that other threads of it may run meanwhile: around everything that
    /// blocks. What `body` takes along and gives back is `Send`, so no handle crosses.
    ///
    /// A thread that comes back to an interpreter that has ended stays in here for ever.
    pub fn detach<R: Send>(&mut self, body: impl FnOnce() -> R + Send) -> R {
        struct Attach {
            lock: Arc<InterpreterLock>,
            thread: NonNull<ThreadState>,
            heap: NonNull<HeapState>,
        }
        impl Drop for Attach {
            fn drop(&mut self) {
                // SAFETY: the interpreter closes the lock before its heap ends. The thread's state lives as long as its token,
                // which the caller lends.
                unsafe {
                    if self.lock.acquire(self.heap).is_err() {
                        sleep_for_ever();
                    }
                    ThreadState::make_current(Some(self.thread));
                }
            }
        }
        let lock = Arc::clone(self.heap_state().lock());
        let (thread, heap) = (self.thread_pointer(), NonNull::from(self.heap_state()));
        // SAFETY: the token is lent to this call, so nothing uses it until the thread is attached again.
        unsafe { ThreadState::make_current(None) };
        lock.release();
        let _attach = Attach { lock, thread, heap };
        body()
    }

    /// Lets another thread of the interpreter have a turn, if one waits; called at safepoints.
    pub fn make_way(&mut self) {
        let lock = Arc::clone(self.heap_state().lock());
        let (thread, heap) = (self.thread_pointer(), NonNull::from(self.heap_state()));
        // SAFETY: the token is lent to this call; as in `detach`.
        unsafe {
            ThreadState::make_current(None);
            if lock.make_way(heap).is_err() {
                sleep_for_ever();
            }
            ThreadState::make_current(Some(thread));
        }
    }

    /// Forks by `fork`, which says whether it returns in the child. What other threads might be changing at the moment is
    /// held meanwhile; in the child no thread but the calling one exists, and it has the interpreter's lock.
    pub fn fork<R>(&mut self, fork: impl FnOnce() -> (R, bool)) -> R {
        let (lock, remote) = (Arc::clone(self.heap_state().lock()), Arc::clone(self.heap_state().remote()));
        let (remote, mut state) = (remote.lock(), lock.state());
        let (result, is_child) = fork();
        if is_child {
            *state = LockState { held: true, ..LockState::default() };
            let bell = Arc::clone(self.thread().bell());
            bell.set_native(crate::isolate::native_thread());
            remote.after_fork(&bell);
        }
        result
    }
}

/// What a thread that is about to begin takes along: the way into the interpreter.
pub struct ThreadEntry {
    heap: NonNull<HeapState>,
    lock: Arc<InterpreterLock>,
}

// SAFETY: the heap is touched with the lock only, which is closed before the heap ends.
unsafe impl Send for ThreadEntry {}

impl ThreadEntry {
    /// A way into the interpreter of the token.
    pub fn new(vm: &Vm) -> ThreadEntry {
        ThreadEntry { heap: NonNull::from(vm.heap_state()), lock: Arc::clone(vm.heap_state().lock()) }
    }

    /// Runs `body` with a token, as a thread of its own; `Closed` where the interpreter has ended before. `body` leaves
    /// nothing in the thread's state.
    pub fn run<R: Send>(self, body: impl FnOnce(&mut Vm) -> R) -> Result<R, Closed> {
        struct Leave<'a>(&'a InterpreterLock);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                // SAFETY: the thread has no token any more.
                unsafe { ThreadState::make_current(None) };
                self.0.release();
            }
        }
        // SAFETY: the interpreter closes the lock before its heap ends.
        unsafe { self.lock.acquire(self.heap)? };
        // SAFETY: the heap lives while the thread has the lock, and cannot end before the thread gives it back for good or
        // never gets it again.
        let thread = Box::new(unsafe { ThreadState::new(self.heap) });
        let thread = NonNull::from(Box::leak(thread));
        let leave = Leave(&self.lock);
        // SAFETY: the thread holds the lock, and has no other token.
        let result = unsafe {
            ThreadState::make_current(Some(thread));
            let mut vm = Vm::attach(thread);
            vm.thread().set_stack_limit(crate::isolate::stack_bottom() + crate::isolate::STACK_RESERVE);
            vm.thread().bell().set_native(crate::isolate::native_thread());
            let result = body(&mut vm);
            vm.clear_thread();
            result
        };
        // SAFETY: nothing uses the state any more.
        drop(unsafe { Box::from_raw(thread.as_ptr()) });
        drop(leave);
        Ok(result)
    }
}
