//! The cycle collector: which objects keep only each other alive.
//!
//! What the collector does not see (stacks, tables of the interpreter, the hands of native code) holds counts that a trial
//! does not take away, so everything reachable from there survives. A trial may be made of any set of objects: a reference
//! from outside the set keeps an object alive like any other. So there is no write barrier.
//!
//! | file | what |
//! |---|---|
//! | `trial.rs` | trial deletion: what in a set is referred to only from within |
//! | `young.rs` | a trial of all objects made since the last collection; a full one of all objects |
//! | `old.rs` | the cycle over old objects, in slices: marking prunes, trials decide |
//! | `marking.rs` | marking what is reached from modules, classes and frames |
//! | `garbage.rs` | the end of garbage: weak references, finalisers (PEP 442), contents, memory |
//! | `report.rs` | `gc.callbacks`, debugging output |
//! | this one | settings, counters, when to collect |

mod garbage;
mod marking;
mod old;
mod report;
mod trial;
mod young;

use std::cell::Cell;

use super::state::{HeapState, request};
use super::stress::{self, Collection, Mode, Pace};
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::trace::Visitor;
use crate::types::instance;
use old::OldCycle;

/// The first threshold that programs see unless they set one, as CPython has it.
const SEEN_THRESHOLD: i64 = 2000;
/// How many containers are made, less those freed, before the young are collected.
const YOUNG_LIMIT: i64 = 8_000;
/// The same for the first time: what a program makes while it starts is there to stay.
const FIRST_LIMIT: i64 = 20_000;

/// A list of objects that the collector keeps; the pointers are live throughout.
type Objects = Vec<*mut Header>;

/// The collector's settings and counters.
pub struct CollectorState {
    /// No fewer containers than this were made since the last collection, less those freed.
    expected: Cell<i64>,
    /// Where to look how many they are.
    due: Cell<i64>,
    /// Flags of a new container: tracked, young, and the mark that says "reached".
    birth: Cell<u32>,
    enabled: Cell<bool>,
    running: Cell<bool>,
    /// The thresholds that programs set and see; the first bounds how much grows before a collection.
    thresholds: Cell<[i64; 3]>,
    /// Bits of [`debug`](super::inspect::debug).
    pub debug: Cell<i32>,
    /// Collections so far, by generation.
    pub collections: Cell<[u64; 3]>,
    /// Objects freed by collections so far, by generation.
    pub collected: Cell<[u64; 3]>,
    /// Collections of the young since the last of their elders.
    young_turns: Cell<i64>,
    /// Objects that survived their first collection since the last cycle over old objects.
    survived: Cell<usize>,
    /// Old objects, and bytes charged, when the last cycle over them ended.
    old_before: Cell<usize>,
    bytes_before: Cell<usize>,
    /// How many objects a trial of old objects takes at once.
    cap: Cell<usize>,
    cycle: Cell<Option<Box<OldCycle>>>,
    /// Large containers after the last collection.
    large_before: Cell<usize>,
    /// A list that collections of the young use again and again.
    spare: Cell<Objects>,
    /// When the stress mode `collect` collects.
    pace: Pace,
}

impl CollectorState {
    pub(crate) fn new() -> CollectorState {
        CollectorState {
            expected: Cell::new(0),
            due: Cell::new(FIRST_LIMIT),
            birth: Cell::new(flag::TRACKED | flag::YOUNG),
            enabled: Cell::new(true),
            running: Cell::new(false),
            thresholds: Cell::new([SEEN_THRESHOLD, 10, 10]),
            debug: Cell::new(0),
            collections: Cell::new([0; 3]),
            collected: Cell::new([0; 3]),
            young_turns: Cell::new(0),
            survived: Cell::new(0),
            old_before: Cell::new(0),
            bytes_before: Cell::new(0),
            cap: Cell::new(old::FIRST_CAP),
            cycle: Cell::new(None),
            large_before: Cell::new(0),
            spare: Cell::new(Vec::new()),
            pace: Pace::default(),
        }
    }

    /// The flags of a new container.
    #[inline(always)]
    pub(crate) fn birth(&self) -> u32 {
        self.birth.get()
    }

    /// Up to `count` containers are about to be made; tells when to look whether the young are too many.
    #[inline]
    pub(crate) fn expect(&self, count: u32, heap: &HeapState) {
        let expected = self.expected.get() + i64::from(count);
        self.expected.set(expected);
        if expected >= self.due.get() {
            heap.request(request::COLLECT);
        }
    }

    /// About how many containers there are.
    fn live(&self) -> usize {
        self.old_before.get() + self.survived.get()
    }

    /// A container is made; whether the stress mode `collect` wants a collection.
    pub(crate) fn stress_is_due(&self) -> bool {
        self.pace.step(self.live())
    }

    /// Whether collections start by themselves.
    pub fn is_enabled(&self) -> bool {
        self.enabled.get()
    }

    /// Turns automatic collections on or off.
    pub fn set_enabled(&self, enabled: bool) {
        self.enabled.set(enabled);
    }

    /// Whether a collection is in progress.
    pub fn is_running(&self) -> bool {
        self.running.get()
    }

    /// The thresholds that programs see.
    pub fn thresholds(&self) -> [i64; 3] {
        self.thresholds.get()
    }

    /// Sets the thresholds; with a first one of 0 collections do not start by themselves.
    pub fn set_thresholds(&self, thresholds: [i64; 3]) {
        self.thresholds.set(thresholds);
        self.due.set(self.young_limit());
    }

    /// How much grows before a collection. What programs do not set is larger than what they see, where there are no
    /// generations between.
    fn young_limit(&self) -> i64 {
        let first = self.thresholds.get()[0].max(1);
        if first < SEEN_THRESHOLD { first } else { first.max(YOUNG_LIMIT) }
    }

    fn note(&self, generation: usize, found: usize) {
        let (mut collections, mut collected) = (self.collections.get(), self.collected.get());
        collections[generation] += 1;
        collected[generation] += found as u64;
        self.collections.set(collections);
        self.collected.set(collected);
    }
}

impl HeapState {
    /// Containers made, less containers freed, since the last collection.
    pub fn grown(&self) -> i64 {
        (self.pages.grown() + self.large.containers() as i64 - self.collector.large_before.get() as i64).max(0)
    }

    /// What `gc.get_count` shows: objects made, collections of the young since the last of their elders, and none.
    pub fn collection_counts(&self) -> (i64, i64, i64) {
        (self.grown(), self.collector.young_turns.get(), 0)
    }

    pub(super) fn for_each_container(&self, mut body: impl FnMut(*mut Header)) {
        self.pages.for_each_container(&mut body);
        self.large.for_each_container(&mut body);
    }

    /// Calls `body` with every live object.
    pub(crate) fn for_each_object(&self, mut body: impl FnMut(&Header)) {
        // SAFETY: the walks show live objects.
        let mut body = |object: *mut Header| body(unsafe { &*object });
        self.pages.for_each(&mut body);
        self.large.for_each(&mut body);
    }
}

/// Calls `body` with each object that another refers to, those of the binary among them.
#[inline]
pub(super) fn visit_content(state: &HeapState, header: &Header, mut body: impl FnMut(&Header)) {
    // SAFETY: a live object refers to live objects.
    let mut visit = |object: *mut Header| body(unsafe { &*object });
    instance::trace_content(state, header, &mut Visitor::new(&mut visit));
}

/// What a collection is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The objects made since the last collection.
    Young,
    /// Those and the ones that survived one collection since the last of their elders.
    Aged,
    /// All objects.
    Full,
}

const EXTENTS: [Extent; 3] = [Extent::Young, Extent::Aged, Extent::Full];

impl Vm {
    /// Finds and ends all garbage cycles; returns the number of unreachable objects.
    pub fn collect(&mut self) -> usize {
        self.collection(|vm| vm.collect_extent(Extent::Full))
    }

    /// A collection that a program asks for: with callbacks, statistics and debugging output. Returns the number of
    /// unreachable objects.
    pub fn collect_generation(&mut self, generation: usize) -> usize {
        self.collection(|vm| vm.reported(generation, |vm| vm.collect_extent(EXTENTS[generation])))
    }

    /// A collection that was asked for by allocation.
    pub fn collect_if_due(&mut self) {
        let state = self.heap_state();
        state.clear_requests(request::COLLECT);
        let collector = &state.collector;
        if !collector.is_enabled() || collector.thresholds.get()[0] <= 0 || collector.running.get() {
            return collector.expected.set(0);
        }
        let grown = state.grown();
        let wanted = stress::on(Mode::Collect).then(|| collector.pace.take(collector.live()));
        if grown < collector.due.get() && wanted.is_none() {
            return collector.expected.set(grown);
        }
        let generation = if wanted == Some(Collection::Full) { 2 } else { 0 };
        self.collect_generation(generation);
        let state = self.heap_state();
        if state.collector.old_is_due(state.charged(), wanted == Some(Collection::Sliced)) {
            self.begin_old_cycle();
        }
        if self.mark_old_slice() {
            self.collection(|vm| vm.reported(2, Vm::try_old_slice));
        }
    }

    /// Runs a collection, unless one is running.
    fn collection(&mut self, collect: impl FnOnce(&mut Vm) -> usize) -> usize {
        if self.heap_state().collector.running.replace(true) {
            return 0;
        }
        let found = collect(self);
        self.heap_state().collector.running.set(false);
        self.drain_waiting();
        found
    }

    /// Runs what a collection released.
    fn drain_waiting(&mut self) {
        if self.drops_wait() {
            self.drain_drops();
        }
    }
}

/// How many of the objects at some addresses a trial finds unreachable; they stay as they are.
#[cfg(test)]
pub(super) fn trial_of(vm: &Vm, addresses: &[usize]) -> usize {
    let (state, mut set) = (vm.heap_state(), Objects::new());
    for &address in addresses {
        state.choose(address as *mut Header, &mut set);
    }
    let found = state.unreachable(&trial::Set::Listed(&set), 0);
    for &object in &found {
        // SAFETY: the test's objects are alive.
        unsafe { (*object).unset(flag::CANDIDATE) };
    }
    found.len()
}
