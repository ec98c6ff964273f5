//! Threads as programs see them: `_thread` and what it is made of.

pub mod local;
pub mod lock;
mod module;
pub mod raw_lock;
mod rlock;
pub mod timeout;

pub use module::MODULE;
pub(crate) use rlock::RLock;

/// The number by which programs know the calling thread.
pub fn ident() -> u64 {
    // SAFETY: the call has no preconditions.
    unsafe { libc::pthread_self() as u64 }
}
