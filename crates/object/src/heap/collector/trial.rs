//! Trial deletion: which objects of a set are referred to only from within the set (Lins; Bacon and Rajan; CPython's
//! `deduce_unreachable`).
//!
//! The references within the set are taken from the counts in place, and put back: from what is found to be alive as it is
//! reached, from the rest at the end. So there is no second set of counters.

use super::{Objects, visit_content};
use crate::core::header::{Header, flag};
use crate::heap::HeapState;
use crate::trace::Visitor;
use crate::types::instance;

/// Parts of a large container that are looked at in one go, so that what they refer to needs not wait all at once.
const PARTS: usize = 1000;

fn change(header: &Header, by: i32) {
    header.count.set(header.count.get().wrapping_add_signed(by));
}

/// The objects of a trial, all of them chosen.
pub(super) enum Set<'a> {
    /// Those in a list.
    Listed(&'a Objects),
    /// All that are chosen.
    Chosen,
}

impl Set<'_> {
    fn for_each(&self, state: &HeapState, mut body: impl FnMut(&Header)) {
        match self {
            // SAFETY: the list names live objects.
            Set::Listed(list) => list.iter().for_each(|&object| body(unsafe { &*object })),
            Set::Chosen => state.for_each_container(|object| {
                // SAFETY: the walk shows live objects.
                let header = unsafe { &*object };
                if header.has(flag::CANDIDATE) {
                    body(header);
                }
            }),
        }
    }
}

/// What was reached and waits to be looked at.
#[derive(Default)]
struct Reached {
    waiting: Objects,
    in_parts: Vec<(*mut Header, usize)>,
}

impl Reached {
    fn reach(&mut self, header: &Header) {
        if !header.has(flag::REACHED) {
            header.set(flag::REACHED);
            self.waiting.push(header as *const Header as *mut Header);
        }
    }

    /// Puts back what the objects reached take part in.
    fn drain(&mut self, state: &HeapState) {
        loop {
            if let Some(object) = self.waiting.pop() {
                // SAFETY: live objects, here and below.
                let header = unsafe { &*object };
                if header.parts() <= PARTS {
                    instance::trace_content(state, header, &mut Visitor::putting_back(&mut self.waiting));
                    continue;
                }
                self.in_parts.push((object, 0));
                instance::trace_added(state, header, &mut Visitor::putting_back(&mut self.waiting));
            } else if let Some((object, from)) = self.in_parts.pop() {
                // SAFETY: as above.
                let header = unsafe { &*object };
                let to = header.parts().min(from + PARTS);
                if to < header.parts() {
                    self.in_parts.push((object, to));
                }
                header.trace_parts(from..to, &mut Visitor::putting_back(&mut self.waiting));
            } else {
                return;
            }
        }
    }
}

impl HeapState {
    /// Adds an object to a set.
    pub(super) fn choose(&self, object: *mut Header, set: &mut Objects) {
        // SAFETY: callers choose live objects.
        unsafe { &*object }.set(flag::CANDIDATE);
        set.push(object);
    }

    /// Splits a set into what something outside refers to, directly or not, which is chosen no more, and the rest, which is
    /// returned and stays chosen. `held` is the number of counts that the collector itself has of each.
    pub(super) fn unreachable(&self, set: &Set<'_>, held: i32) -> Objects {
        let mut rest = Vec::new();
        self.deduce_unreachable(set, held, |object| rest.push(object));
        rest
    }

    /// As [`HeapState::unreachable`], without a list of the rest: `body` is called with each object of it.
    pub(super) fn deduce_unreachable(&self, set: &Set<'_>, held: i32, mut body: impl FnMut(*mut Header)) {
        set.for_each(self, |header| {
            change(header, -held);
            instance::trace_content(self, header, &mut Visitor::taking_away());
        });
        let mut reached = Reached::default();
        set.for_each(self, |header| {
            if header.count.get() != 0 {
                reached.reach(header);
                reached.drain(self);
            }
        });
        set.for_each(self, |header| {
            if !header.has(flag::REACHED) {
                body(header as *const Header as *mut Header);
                visit_content(self, header, |child| {
                    if child.has(flag::CANDIDATE) {
                        change(child, 1);
                    }
                });
            }
        });
        set.for_each(self, |header| {
            change(header, held);
            if header.has(flag::REACHED) {
                header.unset(flag::REACHED | flag::CANDIDATE);
            }
        });
    }
}
