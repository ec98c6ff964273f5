//! The cycle over old objects. It marks in slices (`marking.rs`); then it walks the heap, in slices too, and tries what was
//! not reached: each unmarked object together with what it refers to, up to a cap, over which it is tried again in a later
//! cycle with a doubled cap.

use std::time::{Duration, Instant};

use super::marking::Marking;
use super::trial::Set;
use super::{CollectorState, Objects, visit_content};
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::heap::HeapState;
use crate::heap::pages::Cursor;

/// How long a slice takes.
const SLICE: Duration = Duration::from_millis(2);
/// The smallest cap of a trial, in objects and parts of containers.
pub(super) const FIRST_CAP: usize = 20_000;
/// No cycle begins before so many objects survived their first collection.
const FEWEST_SURVIVORS: usize = 50_000;
/// Nor, with fewer of them, before the interpreter's memory has doubled and grown by so many bytes.
const MUCH_MEMORY: usize = 64 << 20;

/// A cycle over old objects that is under way.
pub(super) struct OldCycle {
    /// None once marking is done.
    marking: Option<Marking>,
    walk: Cursor,
    walked_pages: bool,
    /// Objects found alive.
    alive: usize,
    /// Whether a trial was cut short by the cap and found nothing.
    missed: bool,
}

impl CollectorState {
    /// Whether enough has changed since the last cycle for another one, or it is wanted, and none is under way.
    pub(super) fn old_is_due(&self, charged: usize, wanted: bool) -> bool {
        let cycle = self.cycle.take();
        let under_way = cycle.is_some();
        self.cycle.set(cycle);
        let many = self.survived.get() >= (self.old_before.get() / 4).max(FEWEST_SURVIVORS);
        let much = self.survived.get() > 0 && charged > 2 * self.bytes_before.get() + MUCH_MEMORY;
        !under_way && (wanted || many || much)
    }
}

impl HeapState {
    /// A cycle has ended that left so many objects alive.
    pub(super) fn note_old(&self, alive: usize) {
        self.collector.survived.set(0);
        self.collector.young_turns.set(0);
        self.collector.old_before.set(alive);
        self.collector.bytes_before.set(self.charged());
    }

    /// Adds an unmarked object and what it refers to to a trial set, as far as the cap allows.
    fn choose_unmarked(&self, object: *mut Header, trial: &mut TrialSet) {
        let mut next = trial.objects.len();
        let birth = self.collector.birth();
        // SAFETY: the walk shows live objects.
        trial.add(self, unsafe { &*object });
        while next < trial.objects.len() {
            // SAFETY: the set consists of live objects.
            let header = unsafe { &*trial.objects[next] };
            next += 1;
            visit_content(self, header, |child| {
                let flags = child.flags.get();
                let unmarked = (flags ^ birth) & flag::MARKED != 0;
                if unmarked && flags & (flag::TRACKED | flag::CANDIDATE | flag::FROZEN) == flag::TRACKED {
                    trial.add(self, child);
                }
            });
        }
    }
}

/// What is to be tried together.
struct TrialSet {
    objects: Objects,
    /// How much more may be looked at.
    room: usize,
    /// Whether something had to stay outside.
    cut: bool,
}

impl TrialSet {
    fn add(&mut self, state: &HeapState, header: &Header) {
        let weight = 1 + header.parts();
        if weight <= self.room {
            self.room -= weight;
            state.choose(header as *const Header as *mut Header, &mut self.objects);
        } else {
            self.cut = true;
        }
    }
}

impl Vm {
    /// Begins a cycle: what is marked so far counts as unmarked.
    pub(super) fn begin_old_cycle(&mut self) {
        self.hold_addresses(true);
        let collector = &self.heap_state().collector;
        collector.birth.set(collector.birth.get() ^ flag::MARKED);
        let mut marking = Marking::default();
        self.mark_roots(&mut marking);
        let cycle = OldCycle { marking: Some(marking), walk: Cursor::default(), walked_pages: false, alive: 0, missed: false };
        self.heap_state().collector.cycle.set(Some(Box::new(cycle)));
    }

    /// Ends a cycle before its time; the caller marks all objects.
    pub(super) fn abandon_old_cycle(&mut self) {
        if self.heap_state().collector.cycle.take().is_some_and(|cycle| cycle.marking.is_some()) {
            self.hold_addresses(false);
        }
    }

    /// Goes on with the cycle under way, if there is one; whether it is for trials to go on.
    pub(super) fn mark_old_slice(&mut self) -> bool {
        let Some(mut cycle) = self.heap_state().collector.cycle.take() else { return false };
        let trials = cycle.marking.is_none();
        if let Some(marking) = &mut cycle.marking
            && self.mark(marking, Instant::now() + SLICE)
        {
            cycle.marking = None;
            self.hold_addresses(false);
        }
        self.heap_state().collector.cycle.set(Some(cycle));
        trials
    }

    /// Walks on over the heap until the time has come, and tries what was found unmarked; the number of unreachable objects.
    pub(super) fn try_old_slice(&mut self) -> usize {
        let state = self.heap_state();
        let collector = &state.collector;
        let Some(mut cycle) = collector.cycle.take() else { return 0 };
        let until = Instant::now() + SLICE;
        let mut trial = TrialSet { objects: Objects::new(), room: collector.cap.get(), cut: false };
        let mut steps = 0usize;
        let mut look = |object: *mut Header, cycle: &mut OldCycle| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            cycle.alive += 1;
            if header.has(flag::AGED) {
                header.unset(flag::AGED);
            }
            let unmarked = (header.flags.get() ^ collector.birth()) & flag::MARKED != 0;
            if unmarked && !header.has(flag::CANDIDATE | flag::FROZEN) {
                state.choose_unmarked(object, &mut trial);
            }
            steps += 1;
            !trial.cut && (!steps.is_multiple_of(256) || Instant::now() < until)
        };
        let mut go_on = true;
        while go_on && !cycle.walked_pages {
            match state.pages.next_container(&mut cycle.walk) {
                Some(object) => go_on = look(object, &mut cycle),
                None => cycle.walked_pages = true,
            }
        }
        if cycle.walked_pages {
            // There are few large objects: they are looked at together, at the end.
            state.large.for_each_container(|object| {
                look(object, &mut cycle);
            });
        }
        let ended = go_on || cycle.walked_pages;
        let garbage = state.unreachable(&Set::Listed(&trial.objects), 0);
        for &object in &trial.objects {
            // SAFETY: live objects.
            let header = unsafe { &*object };
            header.flags.set(header.flags.get() & !flag::MARKED | collector.birth() & flag::MARKED);
        }
        cycle.missed |= trial.cut && garbage.is_empty();
        cycle.alive -= garbage.len().min(cycle.alive);
        if ended {
            state.end_old_cycle(&cycle);
        } else {
            collector.cycle.set(Some(cycle));
        }
        self.end_garbage(garbage)
    }
}

impl HeapState {
    fn end_old_cycle(&self, cycle: &OldCycle) {
        self.note_old(cycle.alive);
        let cap = &self.collector.cap;
        if cycle.missed {
            // Soon again, with more at once.
            cap.set(cap.get() * 2);
            self.collector.old_before.set(0);
        } else {
            cap.set((cap.get() / 2).max(FIRST_CAP));
        }
    }
}
