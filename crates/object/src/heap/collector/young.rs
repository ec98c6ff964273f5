//! Collections at one stroke: of the young, and of all objects.

use super::trial::Set;
use super::{Extent, Objects};
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::heap::HeapState;

/// A young container with more parts than this becomes old untried: looking at all of them twice would take too long.
const MOST_PARTS: usize = 100_000;

impl HeapState {
    /// The objects made since the last collection, which are old from now on. Those that would take long are left out.
    fn take_young(&self) -> Objects {
        let mut set = self.collector.spare.take();
        let mut take = |object: *mut Header| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            header.unset(flag::YOUNG);
            header.set(flag::AGED);
            if !header.has(flag::FROZEN) && header.parts() <= MOST_PARTS {
                self.choose(object, &mut set);
            }
        };
        self.pages.take_young(&mut take);
        self.large.take_young(&mut take);
        self.restart_counting();
        set
    }

    /// Chooses all containers, or the ones that are not older than aged; each belongs to the next generation from now on.
    /// Returns how many they are.
    fn choose_all(&self, extent: Extent) -> usize {
        self.pages.forget_young();
        let mut count = 0;
        let reached = self.collector.birth() & flag::MARKED;
        self.for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            let wanted = extent == Extent::Full || header.has(flag::YOUNG | flag::AGED);
            let flags = header.flags.get() & !(flag::YOUNG | flag::AGED);
            header.flags.set(if extent == Extent::Full { flags & !flag::MARKED | reached } else { flags });
            if wanted && !header.has(flag::FROZEN) {
                header.set(flag::CANDIDATE);
                count += 1;
            }
        });
        self.restart_counting();
        count
    }

    fn restart_counting(&self) {
        self.collector.large_before.set(self.large.containers());
        self.collector.expected.set(0);
        self.collector.due.set(self.collector.young_limit());
    }
}

impl Vm {
    pub(super) fn collect_extent(&mut self, extent: Extent) -> usize {
        if extent == Extent::Young {
            return self.collect_young();
        }
        if extent == Extent::Full {
            self.abandon_old_cycle();
        }
        let state = self.heap_state();
        let all = state.choose_all(extent);
        let garbage = state.unreachable(&Set::Chosen, 0);
        state.collector.young_turns.set(0);
        let found = self.end_garbage(garbage);
        if extent == Extent::Full {
            self.heap_state().note_old(all - found);
        }
        found
    }

    fn collect_young(&mut self) -> usize {
        let state = self.heap_state();
        let collector = &state.collector;
        let mut set = state.take_young();
        let garbage = state.unreachable(&Set::Listed(&set), 0);
        collector.young_turns.set(collector.young_turns.get() + 1);
        collector.survived.set(collector.survived.get() + set.len() - garbage.len());
        // The list is of use again.
        set.clear();
        collector.spare.set(set);
        self.end_garbage(garbage)
    }
}
