//! How deep the compiler's passes may recurse, measured on the native stack, and how long they may run.

use std::cell::Cell;
use std::sync::OnceLock;

use crate::error::CompileError;

/// What a pass may use of the stack unless [`set_stack_budget`] says otherwise.
const DEFAULT_BUDGET: usize = 1 << 20;

thread_local! {
    static BUDGET: Cell<usize> = const { Cell::new(DEFAULT_BUDGET) };
}

/// What tells that the program is to stop whose source is compiled on this thread.
static TOLD_TO_STOP: OnceLock<fn() -> bool> = OnceLock::new();

/// Has compilations ask, at every level of what they compile, whether the program is to stop; they end with
/// [`CompileError::Aborted`] then. The first to be set counts.
pub fn set_stop_check(told_to_stop: fn() -> bool) {
    TOLD_TO_STOP.get_or_init(|| told_to_stop);
}

/// An error once the program is to stop.
///
/// # Errors
/// [`CompileError::Aborted`].
#[inline]
pub(crate) fn go_on() -> Result<(), CompileError> {
    if TOLD_TO_STOP.get().is_some_and(|told_to_stop| told_to_stop()) { Err(CompileError::Aborted) } else { Ok(()) }
}

/// Sets how many bytes of this thread's stack a pass of the compiler may use, counted from where it starts.
pub fn set_stack_budget(bytes: usize) {
    BUDGET.set(bytes);
}

/// How many bytes of this thread's stack a pass may use.
pub fn stack_budget() -> usize {
    BUDGET.get()
}

/// Measures one pass's use of the stack.
#[derive(Debug, Clone, Copy)]
pub struct StackGuard {
    base: usize,
    budget: usize,
}

impl StackGuard {
    /// Starts measuring here.
    #[inline(never)]
    pub fn new() -> StackGuard {
        StackGuard { base: stack_pointer(), budget: BUDGET.get() }
    }

    /// Checks that the stack has room for another level, and that the program goes on.
    ///
    /// # Errors
    /// `RecursionError`, worded as CPython 3.14 words it, or [`CompileError::Aborted`].
    #[inline]
    pub fn check(&self) -> Result<(), CompileError> {
        let used = self.base.abs_diff(stack_pointer());
        if used > self.budget {
            return Err(overflow(used));
        }
        go_on()
    }
}

impl Default for StackGuard {
    fn default() -> Self {
        Self::new()
    }
}

#[cold]
fn overflow(used: usize) -> CompileError {
    CompileError::Recursion(format!("Stack overflow (used {} kB) during compilation", used / 1024))
}

/// An address in the current frame.
#[inline(always)]
fn stack_pointer() -> usize {
    let marker = 0u8;
    std::ptr::from_ref(std::hint::black_box(&marker)).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_deep_recursion() {
        fn down(guard: &StackGuard, depth: usize) -> Result<usize, CompileError> {
            guard.check()?;
            let below = down(guard, std::hint::black_box(depth) + 1)?;
            Ok(below + 1)
        }
        assert!(matches!(down(&StackGuard::new(), 0), Err(CompileError::Recursion(_))));
    }
}
