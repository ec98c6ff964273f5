//! The evaluation loop.
//!
//! [`run`] executes frames until the one it was given returns. Calls from Python to Python push a frame and go on in the
//! same loop, so that they use no native stack. Instructions that programs spend their time in have their arms here;
//! the others are functions of one signature ([`Operation`]) in the files beside this one, found by a table.

#[macro_use]
mod table;

mod arithmetic;
mod attributes;
mod building;
mod calls;
mod dispatch;
mod exceptions;
mod imports;
mod instrumented;
mod iteration;
mod matching;
mod names;
mod specialize;
pub mod stack;
pub mod unwind;
mod wide;

use pvm_object::{PyResult, Slot, Vm};

use crate::frame::Frame;

pub use dispatch::run_or_throw;

/// An instruction as a function: operands on the stack that ends at the third argument, `oparg` last. Returns the new end.
/// On an error the operands are still on the stack.
pub type Operation = unsafe fn(&mut Vm, *mut Frame, *mut Slot, usize) -> PyResult<*mut Slot>;

/// What an instruction that may enter another frame asks the loop to do.
pub enum Next {
    /// Go on behind the instruction, with this stack.
    Continue(*mut Slot),
    /// Execute a new frame; the operands are gone from this stack.
    Enter(*mut Frame, *mut Slot),
}

/// Runs a frame until it returns or, for a generator's, yields.
///
/// # Safety
/// `entry` is a frame that is ready to run, with nothing but frames that called this below it on the thread's stack.
pub unsafe fn run(vm: &mut Vm, entry: *mut Frame) -> PyResult {
    // SAFETY: passed on.
    unsafe { run_or_throw(vm, entry, None) }
}
