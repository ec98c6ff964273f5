//! Trial deletion: which objects of a set are referred to only from within the set (Lins; Bacon and Rajan; CPython's
//! `deduce_unreachable`).
//!
//! The references within the set are taken from the counts in place, and put back: from what is found to be alive as it is
//! reached, from the rest at the end. So there is no second set of counters.

use super::{Objects, visit_content};
use crate::core::header::{Header, flag};
use crate::heap::HeapState;

fn change(header: &Header, by: i32) {
    header.count.set(header.count.get().wrapping_add_signed(by));
}

impl HeapState {
    /// Adds an object to a set.
    pub(super) fn choose(&self, object: *mut Header, set: &mut Objects) {
        // SAFETY: callers choose live objects.
        unsafe { &*object }.set(flag::CANDIDATE);
        set.push(object);
    }

    /// Splits a set, which [`HeapState::choose`] made, into what something outside refers to, directly or not, and the
    /// rest, which is returned and stays chosen. `held` is the number of counts that the collector itself has of each.
    pub(super) fn unreachable(&self, set: &Objects, held: i32) -> Objects {
        for &object in set {
            // SAFETY: live objects, here and below.
            let header = unsafe { &*object };
            change(header, -held);
            visit_content(self, header, |child| {
                if child.has(flag::CANDIDATE) {
                    debug_assert!(child.count.get() as i32 > -held, "a reference to a {} was visited twice", child.ty().name());
                    change(child, -1);
                }
            });
        }
        let mut waiting: Objects = Vec::new();
        let reach = |header: &Header, waiting: &mut Objects| {
            if !header.has(flag::REACHED) {
                header.set(flag::REACHED);
                waiting.push(header as *const Header as *mut Header);
            }
        };
        for &object in set {
            // SAFETY: as above.
            let header = unsafe { &*object };
            if header.count.get() != 0 {
                reach(header, &mut waiting);
            }
            while let Some(object) = waiting.pop() {
                // SAFETY: as above.
                visit_content(self, unsafe { &*object }, |child| {
                    if child.has(flag::CANDIDATE) {
                        change(child, 1);
                        reach(child, &mut waiting);
                    }
                });
            }
        }
        let mut rest = Vec::new();
        for &object in set {
            // SAFETY: as above.
            let header = unsafe { &*object };
            if !header.has(flag::REACHED) {
                rest.push(object);
                visit_content(self, header, |child| {
                    if child.has(flag::CANDIDATE) {
                        change(child, 1);
                    }
                });
            }
        }
        for &object in set {
            // SAFETY: as above.
            let header = unsafe { &*object };
            change(header, held);
            if header.has(flag::REACHED) {
                header.unset(flag::REACHED | flag::CANDIDATE);
            }
        }
        rest
    }
}
