//! Whether a program could tell that the objects that are left at its end are ended one by one.

use super::inspect::debug;
use super::stress::{self, Mode};
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::core::value::Value;

impl Vm {
    /// Whether nothing would run if all objects ended now: there is no finaliser that has not run, no weak reference with a
    /// callback, and nobody asked to be told of collections. The end of `known` objects is known to do nothing.
    pub fn end_is_silent(&mut self, known: &[Value]) -> bool {
        // Whoever looks for leaks wants everything to end.
        if cfg!(feature = "system-malloc") || stress::on(Mode::Leaks) {
            return false;
        }
        const REPORTS: i32 = debug::STATS | debug::COLLECTABLE | debug::UNCOLLECTABLE | debug::SAVEALL;
        let lists = self.gc_lists();
        if self.drops_wait()
            || self.collector().debug.get() & REPORTS != 0
            || lists.callbacks.len(self) + lists.garbage.len(self) > 0
            || self.heap_state().weak.has_callbacks()
        {
            return false;
        }
        let mut silent = true;
        self.heap_state().for_each_object(|header: &Header| {
            if header.ty().has_finaliser() && !header.has(flag::FINALISED) {
                let address = std::ptr::from_ref(header) as u64;
                silent &= known.iter().any(|known| known.bits() == address);
            }
        });
        silent
    }
}
