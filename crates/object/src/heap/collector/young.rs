//! Collections at one stroke: of the young, and of all objects.

use super::{Extent, Objects};
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::heap::HeapState;

/// A young container with more parts than this becomes old untried: looking at all of them twice would take too long.
const MOST_PARTS: usize = 100_000;

impl HeapState {
    /// The objects made since the last collection, which are old from now on. With `keep_large`, those that would take long
    /// are left out.
    fn take_young(&self, generation: u32) -> Objects {
        let mut set = self.collector.spare.take();
        let mut take = |object: *mut Header| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            header.unset(flag::YOUNG);
            header.set(generation);
            if !header.has(flag::FROZEN) && header.parts() <= MOST_PARTS {
                self.choose(object, &mut set);
            }
        };
        self.pages.take_young(&mut take);
        self.large.take_young(&mut take);
        self.restart_counting();
        set
    }

    /// All containers, or the ones that are not older than aged, each of which belongs to the next generation from now on.
    fn take_all(&self, extent: Extent) -> Objects {
        self.pages.forget_young();
        let mut set = match extent {
            Extent::Full => Vec::with_capacity(self.pages.containers() + self.large.containers()),
            _ => Vec::new(),
        };
        let reached = self.collector.birth() & flag::MARKED;
        self.for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            let wanted = extent == Extent::Full || header.has(flag::YOUNG | flag::AGED);
            let flags = header.flags.get() & !(flag::YOUNG | flag::AGED);
            header.flags.set(if extent == Extent::Full { flags & !flag::MARKED | reached } else { flags });
            if wanted && !header.has(flag::FROZEN) {
                self.choose(object, &mut set);
            }
        });
        self.restart_counting();
        set
    }

    fn restart_counting(&self) {
        self.collector.large_before.set(self.large.containers());
        self.collector.expected.set(0);
        self.collector.due.set(self.collector.young_limit());
    }
}

impl Vm {
    pub(super) fn collect_extent(&mut self, extent: Extent) -> usize {
        if extent == Extent::Full {
            self.abandon_old_cycle();
        }
        let state = self.heap_state();
        let collector = &state.collector;
        let mut set = match extent {
            Extent::Young => state.take_young(flag::AGED),
            _ => state.take_all(extent),
        };
        let garbage = state.unreachable(&set, 0);
        let (all, found) = (set.len(), garbage.len());
        if extent == Extent::Young {
            collector.young_turns.set(collector.young_turns.get() + 1);
            collector.survived.set(collector.survived.get() + all - found);
            // The list is of use again.
            set.clear();
            collector.spare.set(set);
        } else {
            drop(set);
            collector.young_turns.set(0);
        }
        self.end_garbage(garbage);
        if extent == Extent::Full {
            self.heap_state().note_old(all - found);
        }
        found
    }
}
