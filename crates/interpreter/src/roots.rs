//! What the collector's marking starts from: the interpreter's tables, and the frames of its threads.

use pvm_object::Vm;
use pvm_object::trace::Visitor;

use crate::frame::Frame;
use crate::interpreter::state;

/// Shows the collector what the interpreter layer holds. What is left out, such as the hands of native code, is counted and
/// so found to be alive.
pub fn trace(vm: &Vm, visitor: &mut Visitor<'_>, words: &mut Vec<u64>) {
    let state = state(vm);
    state.trace(visitor);
    for thread in state.threads.running() {
        // SAFETY: threads take themselves out of the list before they end, and only the calling one runs now.
        let mut frame = unsafe { (*thread).frame.get() };
        while !frame.is_null() {
            // SAFETY: the frames of a thread are live, and those before it.
            unsafe {
                words.extend(Frame::words(frame));
                frame = (*frame).previous;
            }
        }
    }
}
