//! [`ThreadExtension`]: the interpreter layer's part of a thread: its stack of frames and its limits.

use std::cell::{Cell, UnsafeCell};

use pvm_object::Vm;

use crate::frame::{DataStack, Frame};

/// How deep Python calls may nest before `sys.setrecursionlimit` says otherwise.
pub const RECURSION_LIMIT: u32 = 1000;

/// The interpreter layer's part of a thread.
pub struct ThreadExtension {
    stack: UnsafeCell<DataStack>,
    /// The running frame, or null.
    pub frame: Cell<*mut Frame>,
    /// How many more Python calls may nest.
    pub depth_left: Cell<i32>,
    /// The exception about to be raised is on its way already: see `eval::unwind::mark_reraised`.
    pub reraised: Cell<bool>,
}

impl ThreadExtension {
    /// The part of a thread that runs nothing yet.
    pub fn new(recursion_limit: u32) -> ThreadExtension {
        ThreadExtension {
            stack: UnsafeCell::new(DataStack::new()),
            frame: Cell::new(std::ptr::null_mut()),
            depth_left: Cell::new(recursion_limit as i32),
            reraised: Cell::new(false),
        }
    }

    /// Room for a frame.
    #[inline(always)]
    pub fn push_frame(&self, words: usize) -> *mut Frame {
        // SAFETY: the stack is borrowed for this call only.
        unsafe { (*self.stack.get()).push(words) }
    }

    /// Gives the topmost frame's room back.
    #[inline(always)]
    pub fn pop_frame(&self, frame: *mut Frame) {
        // SAFETY: the stack is borrowed for this call only.
        unsafe { (*self.stack.get()).pop(frame) }
    }
}

/// The interpreter layer's part of the attached thread.
#[inline(always)]
pub fn extension<'a>(vm: &Vm) -> &'a ThreadExtension {
    // SAFETY: each thread's state gets its extension when it is made, and keeps it until it ends.
    unsafe { &*vm.thread().extension().cast::<ThreadExtension>() }
}
