//! Runs compilations on a stack that fits them, and hands their warnings over afterwards.
//!
//! The receiver of a warning may run Python code, which must find the caller's own stack. So warnings are kept until the
//! compilation is over; one that turns out to be an error has the compilation run again up to it.

use crate::error::{CompileError, CompileWarning, WarningAction, WarningSink};
use crate::recursion::{set_stack_budget, stack_budget};

/// Source shorter than this cannot nest deeply enough to need more than an ordinary stack.
const SHALLOW: usize = 256;
/// The least that must be left of the stack to compile shallow source on it.
const ORDINARY_STACK: usize = 1 << 20;
/// Stack for each byte of source: no level of nesting is shorter, and none needs more.
const STACK_PER_BYTE: usize = 4096;
/// The largest stack; only what is used of it takes memory.
const LARGEST_STACK: usize = 256 << 20;
/// What is left of a stack for calls within one level.
const RESERVE: usize = 256 << 10;

/// How long the source of a tree is: not known.
pub(crate) const ANY_LENGTH: usize = usize::MAX;

/// Which warnings of a compilation are errors.
enum Plan {
    /// None; all are kept.
    Keep(Vec<CompileWarning>),
    /// The one after so many others.
    FailAfter(usize),
}

impl WarningSink for Plan {
    fn warn(&mut self, warning: CompileWarning) -> WarningAction {
        match self {
            Plan::Keep(kept) => kept.push(warning),
            Plan::FailAfter(0) => return WarningAction::Error,
            Plan::FailAfter(left) => *left -= 1,
        }
        WarningAction::Continue
    }
}

/// Runs `compile`, for source of a length in bytes, and gives its warnings to `warnings`. If one of them is to be an error,
/// `compile` runs a second time to raise it.
pub(crate) fn run<T>(
    source_len: usize,
    warnings: &mut dyn WarningSink,
    mut compile: impl FnMut(&mut dyn WarningSink) -> Result<T, CompileError>,
) -> Result<T, CompileError> {
    let mut plan = Plan::Keep(Vec::new());
    let result = on_fitting_stack(source_len, || compile(&mut plan));
    let Plan::Keep(kept) = plan else {
        return result;
    };
    for (index, warning) in kept.into_iter().enumerate() {
        match warnings.warn(warning) {
            WarningAction::Continue => {}
            WarningAction::Error => {
                let mut plan = Plan::FailAfter(index);
                return on_fitting_stack(source_len, || compile(&mut plan));
            }
            WarningAction::Abort => return Err(CompileError::Aborted),
        }
    }
    result
}

/// Runs `compile` on a stack for source of a length in bytes.
pub(crate) fn on_fitting_stack<T>(source_len: usize, compile: impl FnOnce() -> T) -> T {
    let left = stacker::remaining_stack().unwrap_or_default();
    if source_len < SHALLOW && left > ORDINARY_STACK {
        return compile();
    }
    let size = source_len.saturating_mul(STACK_PER_BYTE).clamp(2 * ORDINARY_STACK, LARGEST_STACK);
    let budget = stack_budget();
    stacker::grow(size, || {
        set_stack_budget(size - RESERVE);
        let result = compile();
        set_stack_budget(budget);
        result
    })
}
