//! Marking: what is reached from modules, classes and frames cannot be garbage. It runs in slices while the program goes on,
//! and only prunes: an object it misses, because a reference moved meanwhile, is tried and found to be alive.
//!
//! Waiting objects are known by their address alone, so that they may end as if nothing happened. While there is marking,
//! pages and large blocks keep their place: an address names the object, another one made there since, or a free block.

use std::time::Instant;

use super::{Objects, visit_content};
use crate::core::header::{Header, flag};
use crate::heap::HeapState;
use crate::trace::Visitor;
use crate::types::instance;
use crate::{Heap, Vm};

/// Parts of a large container that are looked at in one go.
const PARTS: usize = 1000;
/// Objects marked between two looks at the clock.
const BATCH: usize = 200;

/// What waits to be looked at.
#[derive(Default)]
pub(super) struct Marking {
    waiting: Objects,
    /// Large containers, and how many of their parts were looked at.
    in_parts: Vec<(*mut Header, usize)>,
    /// Whether the roots were looked at once more after everything reached was.
    again: bool,
}

impl Marking {
    fn reach(&mut self, header: &Header, birth: u32) {
        let flags = header.flags.get();
        if flags & flag::TRACKED != 0 && (flags ^ birth) & flag::MARKED != 0 {
            header.flags.set(flags ^ flag::MARKED);
            self.waiting.push(header as *const Header as *mut Header);
        }
    }

    fn reach_content(&mut self, state: &HeapState, header: &Header) {
        let birth = state.collector.birth();
        if header.parts() > PARTS {
            self.in_parts.push((header as *const Header as *mut Header, 0));
            // SAFETY: a live object refers to live objects.
            let mut visit = |child: *mut Header| self.reach(unsafe { &*child }, birth);
            instance::trace_added(state, header, &mut Visitor::new(&mut visit));
        } else {
            visit_content(state, header, |child| self.reach(child, birth));
        }
    }

    fn reach_parts(&mut self, state: &HeapState, header: &Header, from: usize) {
        let birth = state.collector.birth();
        let to = header.parts().min(from + PARTS);
        if from >= to {
            return;
        }
        self.in_parts.push((header as *const Header as *mut Header, to));
        // SAFETY: as in `reach_content`.
        let mut visit = |child: *mut Header| self.reach(unsafe { &*child }, birth);
        header.trace_parts(from..to, &mut Visitor::new(&mut visit));
    }

    /// Looks at waiting objects until there are none, or the time has come; whether there are none.
    fn advance(&mut self, state: &HeapState, until: Instant) -> bool {
        loop {
            for _ in 0..BATCH {
                let (object, from) = match self.waiting.pop() {
                    Some(object) => (object, None),
                    None => match self.in_parts.pop() {
                        Some((object, from)) => (object, Some(from)),
                        None => return true,
                    },
                };
                // SAFETY: the address is that of a container's block; a count of zero says that it is free.
                let header = unsafe { &*object };
                match from {
                    _ if header.count() == 0 => {}
                    None => self.reach_content(state, header),
                    Some(from) => self.reach_parts(state, header, from),
                }
            }
            if Instant::now() >= until {
                return false;
            }
        }
    }
}

impl Vm {
    /// Marks until the time has come; whether everything reached is marked.
    pub(super) fn mark(&mut self, marking: &mut Marking, until: Instant) -> bool {
        loop {
            if !marking.advance(self.heap_state(), until) {
                return false;
            }
            if marking.again {
                return true;
            }
            marking.again = true;
            self.mark_roots(marking);
        }
    }

    /// Marks what modules, classes and frames refer to.
    pub(super) fn mark_roots(&mut self, marking: &mut Marking) {
        let state = self.heap_state();
        let birth = state.collector.birth();
        // SAFETY: roots refer to live objects.
        let mut visit = |child: *mut Header| marking.reach(unsafe { &*child }, birth);
        let mut visitor = Visitor::new(&mut visit);
        state.static_types.trace(&mut visitor);
        state.modules.trace(&mut visitor);
        let mut words = Vec::new();
        (self.hooks().trace_roots)(self, &mut visitor, &mut words);
        let finder = state.pages.finder();
        for object in words.into_iter().filter_map(|word| finder.find(word)) {
            // SAFETY: the finder gives live objects.
            marking.reach(unsafe { &*object }, birth);
        }
    }
}

impl Heap {
    /// While held, the addresses of containers keep their meaning.
    pub(super) fn hold_addresses(&self, held: bool) {
        self.state().pages.hold(held);
        self.state().large.hold(held);
    }
}
