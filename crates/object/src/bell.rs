//! [`Doorbell`]: how signal handlers and other threads reach a thread of an interpreter, and [`Waiters`]: threads that wait for
//! one thing. [`Remote`] is the way to an interpreter for those who do not know whether it still exists.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rustix::thread::{Timespec, futex};

use crate::heap::HeapState;

/// A thread's bell: it waits at it, and others ring. What is asked of the thread (bits of `heap::request`) is kept here while
/// another thread of the interpreter runs.
#[derive(Default)]
pub struct Doorbell {
    requests: AtomicU32,
    rung: AtomicU32,
    /// The system's number of the thread that is inside, 0 where none is.
    native: AtomicI32,
    /// Its thread does not exist in this process: it was forked away.
    gone: AtomicBool,
}

impl Doorbell {
    /// What is asked of the thread.
    #[inline]
    pub fn requests(&self) -> u32 {
        self.requests.load(Ordering::Acquire)
    }

    /// Asks the thread for something; it sees that when it runs next. Callable from signal handlers.
    pub fn ask(&self, bits: u32) {
        self.requests.fetch_or(bits, Ordering::AcqRel);
        self.ring();
    }

    /// Takes requests out, and says which of `bits` there were.
    pub fn take_requests(&self, bits: u32) -> u32 {
        self.requests.fetch_and(!bits, Ordering::AcqRel) & bits
    }

    /// Wakes the thread where it waits, or where it waits next. Callable from signal handlers.
    pub fn ring(&self) {
        if self.rung.swap(1, Ordering::AcqRel) == 0 {
            // A wake-up that fails had nobody to wake.
            let _ = futex::wake(&self.rung, futex::Flags::PRIVATE, 1);
        }
    }

    /// Waits until the bell rings, at most until `deadline`. It may have rung for something else.
    pub fn wait(&self, deadline: Option<Instant>) {
        while self.rung.swap(0, Ordering::AcqRel) == 0 {
            let left = match deadline {
                None => None,
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return;
                    }
                    Timespec::try_from(left).ok()
                }
            };
            // Interrupted, timed out, or rung meanwhile: the loop finds out.
            let _ = futex::wait(&self.rung, futex::Flags::PRIVATE, 0, left.as_ref());
        }
    }

    /// The system's number of the thread that is inside, where there is one.
    pub fn native(&self) -> Option<i32> {
        let native = self.native.load(Ordering::Acquire);
        (native != 0).then_some(native)
    }

    pub(crate) fn set_native(&self, native: i32) {
        self.native.store(native, Ordering::Release);
    }
}

/// Threads that wait for one thing, first come first served. Its list is touched with the interpreter's lock held only, so
/// that a `fork` never finds it in the middle of a change.
#[derive(Default)]
pub struct Waiters {
    count: AtomicU32,
    bells: Mutex<Vec<Arc<Doorbell>>>,
}

impl Waiters {
    fn bells(&self) -> MutexGuard<'_, Vec<Arc<Doorbell>>> {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread begins to wait.
    pub fn join(&self, bell: &Arc<Doorbell>) {
        let mut bells = self.bells();
        bells.push(Arc::clone(bell));
        self.count.store(bells.len() as u32, Ordering::Relaxed);
    }

    /// A thread waits no longer.
    pub fn leave(&self, bell: &Arc<Doorbell>) {
        let mut bells = self.bells();
        if let Some(place) = bells.iter().position(|known| Arc::ptr_eq(known, bell)) {
            bells.remove(place);
        }
        self.count.store(bells.len() as u32, Ordering::Relaxed);
    }

    /// Wakes the one that has waited longest.
    #[inline]
    pub fn wake_first(&self) {
        if self.count.load(Ordering::Relaxed) != 0 {
            let mut bells = self.bells();
            bells.retain(|bell| !bell.gone.load(Ordering::Relaxed));
            if let Some(first) = bells.first() {
                first.ring();
            }
        }
    }

    /// Wakes all.
    pub fn wake_all(&self) {
        self.bells().iter().for_each(|bell| bell.ring());
    }
}

#[derive(Default)]
struct RemoteState {
    heap: Option<NonNull<HeapState>>,
    bells: Vec<Arc<Doorbell>>,
}

/// The way to an interpreter for those outside of it, which leads nowhere once that has ended.
#[derive(Default)]
pub struct Remote {
    state: Mutex<RemoteState>,
}

// SAFETY: of the heap only the word of requests is touched, which is atomic, and while the lock here is held, which its end
// takes.
unsafe impl Send for Remote {}
// SAFETY: as above.
unsafe impl Sync for Remote {}

/// Holds what others might change while the process forks.
pub(crate) struct RemoteGuard<'a>(MutexGuard<'a, RemoteState>);

impl Remote {
    pub(crate) fn lock(&self) -> RemoteGuard<'_> {
        RemoteGuard(self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// # Safety
    /// `heap` lives until [`Remote::close`].
    pub(crate) unsafe fn open(&self, heap: NonNull<HeapState>) {
        self.lock().0.heap = Some(heap);
    }

    pub(crate) fn close(&self) {
        self.lock().0.heap = None;
    }

    pub(crate) fn add(&self, bell: &Arc<Doorbell>) {
        self.lock().0.bells.push(Arc::clone(bell));
    }

    pub(crate) fn remove(&self, bell: &Arc<Doorbell>) {
        self.lock().0.bells.retain(|known| !Arc::ptr_eq(known, bell));
    }

    /// Asks all threads of the interpreter for something, and wakes those that wait; false where it has ended.
    pub fn ask(&self, bits: u32) -> bool {
        let state = self.lock();
        let Some(heap) = state.0.heap else { return false };
        // SAFETY: the heap lives as long as it is known here, and the lock is held.
        unsafe { heap.as_ref() }.request(bits);
        state.0.bells.iter().for_each(|bell| bell.ring());
        true
    }

    /// Asks the main thread for something; false where the interpreter has ended.
    pub fn ask_main(&self, bits: u32) -> bool {
        let state = self.lock();
        let (Some(heap), Some(main)) = (state.0.heap, state.0.bells.first()) else { return false };
        main.ask(bits);
        // SAFETY: as in `ask`.
        unsafe { heap.as_ref() }.request(bits);
        true
    }

    /// Takes back what was asked of all threads.
    pub fn take_back(&self, bits: u32) {
        if let Some(heap) = self.lock().0.heap {
            // SAFETY: as in `ask`.
            unsafe { heap.as_ref() }.clear_requests(bits);
        }
    }

    /// The system's numbers of the threads inside.
    pub fn natives(&self) -> Vec<i32> {
        self.lock().0.bells.iter().filter_map(|bell| bell.native()).collect()
    }
}

impl RemoteGuard<'_> {
    /// In a new process: of the threads only the one with this bell exists, which is the main one from now on.
    pub(crate) fn after_fork(mut self, own: &Arc<Doorbell>) {
        for bell in self.0.bells.drain(..) {
            let gone = !Arc::ptr_eq(&bell, own);
            bell.gone.store(gone, Ordering::Relaxed);
        }
        self.0.bells.push(Arc::clone(own));
    }
}
