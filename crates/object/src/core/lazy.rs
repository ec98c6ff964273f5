//! [`Lazy`]: a part of an object that is made when it is first looked at.

use std::cell::OnceCell;

use super::token::Vm;
use crate::thread::ThreadState;

/// A part of an object that may not have been made yet.
pub(crate) struct Lazy<T>(OnceCell<Box<T>>);

impl<T> Lazy<T> {
    /// To be made later.
    pub(crate) fn new() -> Lazy<T> {
        Lazy(OnceCell::new())
    }

    /// Made.
    pub(crate) fn filled(content: T) -> Lazy<T> {
        Lazy(OnceCell::from(Box::new(content)))
    }

    /// The content, if it was made.
    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        self.0.get().map(|content| &**content)
    }

    /// The content, made now if it was not.
    ///
    /// # Safety
    /// `make` only makes objects: it runs no Python code, lends out no interior, and changes none of those that were there
    /// before. So what tokens lend while it runs stays as it is.
    #[inline]
    pub(crate) unsafe fn get_or_make(&self, make: impl FnOnce(&mut Vm) -> T) -> &T {
        match self.0.get() {
            Some(content) => content,
            None => self.make(make),
        }
    }

    #[cold]
    #[inline(never)]
    fn make(&self, make: impl FnOnce(&mut Vm) -> T) -> &T {
        let thread = ThreadState::attached().expect("objects are looked at by attached threads");
        // SAFETY: the thread is attached, so it holds the lock; by contract other tokens lend nothing that changes.
        let mut vm = unsafe { Vm::attach(thread) };
        self.0.get_or_init(|| Box::new(make(&mut vm)))
    }
}
