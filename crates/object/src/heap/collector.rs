//! The cycle collector: trial deletion over all containers, with the world stopped.
//!
//! What the collector does not see (stacks, tables of the interpreter, the hands of native code) holds counts that the
//! trial does not take away, so everything reachable from there survives. There is no other notion of a root.

use std::cell::Cell;

use super::inspect::debug;
use super::state::{HeapState, request};
use super::stress::{self, Mode};
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::core::object::Object;
use crate::core::value::{Value, ValueRef};
use crate::trace::Visitor;
use crate::types::{Type, instance};

/// Containers made, less containers freed, before the first collection.
const FIRST_THRESHOLD: i64 = 10_000;

/// The collector's settings and counters.
pub struct CollectorState {
    grown: Cell<i64>,
    threshold: Cell<i64>,
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
}

impl CollectorState {
    pub(crate) fn new() -> CollectorState {
        CollectorState {
            grown: Cell::new(0),
            threshold: Cell::new(FIRST_THRESHOLD),
            enabled: Cell::new(true),
            running: Cell::new(false),
            thresholds: Cell::new([FIRST_THRESHOLD, 10, 10]),
            debug: Cell::new(0),
            collections: Cell::new([0; 3]),
            collected: Cell::new([0; 3]),
        }
    }

    #[inline(always)]
    pub(crate) fn count_allocation(&self, heap: &HeapState) {
        let grown = self.grown.get() + 1;
        self.grown.set(grown);
        if grown == self.threshold.get() || stress::on(Mode::Collect) {
            heap.request(request::COLLECT);
        }
    }

    #[inline(always)]
    pub(crate) fn count_free(&self) {
        self.grown.set(self.grown.get() - 1);
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

    /// Containers made, less containers freed, since the last collection.
    pub fn grown(&self) -> i64 {
        self.grown.get().max(0)
    }

    /// The thresholds that programs see.
    pub fn thresholds(&self) -> [i64; 3] {
        self.thresholds.get()
    }

    /// Sets the thresholds; with a first one of 0 collections do not start by themselves.
    pub fn set_thresholds(&self, thresholds: [i64; 3]) {
        self.thresholds.set(thresholds);
        self.threshold.set(thresholds[0].max(1));
    }
}

pub(super) fn visit_content(state: &HeapState, header: &Header, mut body: impl FnMut(&Header)) {
    // SAFETY: the collector shows live objects only.
    let mut visit = |object: *mut Header| body(unsafe { &*object });
    instance::trace_content(state, header, &mut Visitor::new(&mut visit));
}

/// Objects of a trial, in an order that the collector keeps; the pointers are live throughout.
type Objects = Vec<*mut Header>;

/// Splits a set of marked objects into those that something outside refers to, directly or not, and the rest, which
/// stays marked. `held` is the number of counts the collector itself holds on each.
fn unreachable(state: &HeapState, objects: &Objects, held: u32) -> Objects {
    for &object in objects {
        // SAFETY: live objects.
        let header = unsafe { &*object };
        state.references(header).set(header.count() - held);
    }
    for &object in objects {
        // SAFETY: live objects.
        visit_content(state, unsafe { &*object }, |child| {
            if child.has(flag::CANDIDATE) {
                let references = state.references(child);
                debug_assert!(references.get() > 0, "a reference to a {} was visited twice", child.ty().name());
                references.set(references.get().saturating_sub(1));
            }
        });
    }
    let mut waiting: Objects = Vec::new();
    for &object in objects {
        // SAFETY: live objects.
        let header = unsafe { &*object };
        if state.references(header).get() > 0 && header.has(flag::CANDIDATE) {
            header.unset(flag::CANDIDATE);
            waiting.push(object);
        }
        while let Some(object) = waiting.pop() {
            // SAFETY: live objects.
            visit_content(state, unsafe { &*object }, |child| {
                if child.has(flag::CANDIDATE) {
                    child.unset(flag::CANDIDATE);
                    waiting.push(child as *const Header as *mut Header);
                }
            });
        }
    }
    // SAFETY: live objects.
    objects.iter().copied().filter(|&object| unsafe { (*object).has(flag::CANDIDATE) }).collect()
}

fn release_all(objects: impl IntoIterator<Item = *mut Header>) {
    for object in objects {
        // SAFETY: the collector holds one count of each, which goes with the value.
        drop(unsafe { Value::from_bits(object as u64) });
    }
}

impl Vm {
    /// Finds and ends all garbage cycles; returns the number of unreachable objects.
    pub fn collect(&mut self) -> usize {
        self.collect_counted(2)
    }

    /// As [`Vm::collect`], counted for a generation.
    pub(super) fn collect_counted(&mut self, generation: usize) -> usize {
        let state = self.heap_state();
        if state.collector.running.replace(true) {
            return 0;
        }
        let found = self.collect_cycles();
        let state = self.heap_state();
        let collector = &state.collector;
        collector.running.set(false);
        let (mut collections, mut collected) = (collector.collections.get(), collector.collected.get());
        collections[generation] += 1;
        collected[generation] += found as u64;
        collector.collections.set(collections);
        collector.collected.set(collected);
        if self.drops_wait() {
            self.drain_drops();
        }
        found
    }

    /// A collection that was asked for by allocation.
    pub fn collect_if_due(&mut self) {
        let state = self.heap_state();
        state.clear_requests(request::COLLECT);
        let collector = &state.collector;
        let due = collector.grown.get() >= collector.threshold.get() || stress::on(Mode::Collect);
        if collector.is_enabled() && collector.thresholds.get()[0] > 0 && due {
            self.collect_generation(0);
        }
    }

    fn collect_cycles(&mut self) -> usize {
        let state = self.heap_state();
        let mut objects: Objects = Vec::new();
        state.for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            if header.has(flag::TRACKED) && !header.has(flag::FROZEN) && !header.is_immortal() {
                header.set(flag::CANDIDATE);
                header.unset(flag::YOUNG);
                objects.push(object);
            }
        });
        state.make_reference_counters();
        let live = objects.len() as i64;
        state.collector.grown.set(0);
        state.collector.threshold.set((live / 2).max(state.collector.thresholds.get()[0].max(1)));
        let garbage = unreachable(state, &objects, 0);
        let found = garbage.len();
        let debug = state.collector.debug.get();
        if debug & (debug::COLLECTABLE | debug::SAVEALL) != 0 {
            self.show_garbage(&garbage, debug);
        }
        if debug & debug::SAVEALL != 0 {
            // SAFETY: live objects.
            garbage.iter().for_each(|&object| unsafe { &*object }.unset(flag::CANDIDATE));
        } else if found > 0 {
            self.end_garbage(garbage);
        }
        self.heap_state().drop_reference_counters();
        found
    }

    /// What `gc.set_debug` asks for: prints the garbage, keeps it in `gc.garbage`.
    fn show_garbage(&mut self, garbage: &Objects, debug: i32) {
        // SAFETY: live objects; the values count them.
        let values: Vec<Value> = garbage.iter().map(|&object| unsafe { ValueRef::from_bits(object as u64) }.to_owned()).collect();
        for value in &values {
            if debug & debug::COLLECTABLE != 0 {
                self.print_gc(&format!("gc: collectable <{} {:#x}>\n", value.ty().name(), value.bits()));
            }
        }
        if debug & debug::SAVEALL != 0 {
            let list = self.gc_lists().garbage.clone();
            for value in values {
                if list.push(value, self).is_err() {
                    break;
                }
            }
        }
    }

    /// PEP 442: weak references first, then finalisers, then a second trial, then the end.
    fn end_garbage(&mut self, garbage: Objects) {
        for &object in &garbage {
            // SAFETY: live objects; each gets one count that the collector holds.
            unsafe { (*object).retain() };
        }
        self.kill_weak_references(&garbage);
        for &object in &garbage {
            // SAFETY: held above; the value is a borrow of it.
            let value = unsafe { ValueRef::from_bits(object as u64) };
            let header = value.header().expect("garbage consists of objects");
            if let Some(finalise) = header.ty().slots().finalize()
                && !header.has(flag::FINALISED)
            {
                header.set(flag::FINALISED);
                let pending = self.take_pending();
                finalise(self, &value);
                self.restore_pending(pending);
            }
        }
        for &object in &garbage {
            // SAFETY: held above.
            unsafe { (*object).set(flag::CANDIDATE) };
        }
        let state = self.heap_state();
        let dead = unreachable(state, &garbage, 1);
        // SAFETY: held above.
        release_all(garbage.into_iter().filter(|&object| unsafe { !(*object).has(flag::CANDIDATE) }));
        self.heap_state().end_cycles(dead);
    }

    fn kill_weak_references(&mut self, garbage: &Objects) {
        let mut callbacks = Vec::new();
        for &object in garbage {
            // SAFETY: held by the caller.
            let value = unsafe { ValueRef::from_bits(object as u64) };
            let header = value.header().expect("garbage consists of objects");
            if header.has(flag::WEAKLY_REFERENCED) {
                for weak in self.weak_references(&value) {
                    if !weak.header().has(flag::CANDIDATE) {
                        callbacks.push(weak);
                    }
                }
                self.heap_state().weak.forget(header);
            }
        }
        for weak in callbacks {
            weak.call_back(self);
        }
    }
}

impl HeapState {
    pub(super) fn for_each_container(&self, mut body: impl FnMut(*mut Header)) {
        self.pages.for_each(false, &mut body);
        self.large.for_each(&mut body);
    }

    /// Calls `body` with every live object.
    pub(crate) fn for_each_object(&self, mut body: impl FnMut(&Header)) {
        // SAFETY: the walk shows live objects.
        self.pages.for_each(true, |object| body(unsafe { &*object }));
        // SAFETY: as above.
        self.large.for_each(|object| body(unsafe { &*object }));
    }

    /// Ends objects that refer only to each other: first all contents, then all memory, so that nothing is freed while a
    /// content still names it. Classes go after their instances, whose layout they tell.
    fn end_cycles(&self, dead: Objects) {
        let is_class = |object: &*mut Header| unsafe {
            // SAFETY: held by the collector.
            (**object).ty().has_layout_of(crate::types::TYPE_TYPE.get())
        };
        let (classes, instances): (Objects, Objects) = dead.iter().copied().partition(is_class);
        for &class in &classes {
            // SAFETY: held by the collector, and a class.
            unsafe { &*class.cast::<Object<Type>>() }.detach(self);
        }
        let (metaclasses, classes): (Objects, Objects) =
            // SAFETY: held by the collector, and classes.
            classes.into_iter().partition(|&class| unsafe { &*class.cast::<Object<Type>>() }.has_layout_of(crate::types::TYPE_TYPE.get()));
        for &object in instances.iter().chain(&classes).chain(&metaclasses) {
            // SAFETY: nothing outside the set refers to the object; its memory stays until all contents are dropped.
            unsafe { instance::drop_content(self, object) };
        }
        let dead = || instances.iter().chain(&classes).chain(&metaclasses).copied();
        let mut unused_classes = Vec::new();
        for object in dead() {
            // SAFETY: the memory is intact; the object owned a count of its class, which goes with the object.
            unsafe {
                let class = (*object).ty.get();
                if (*class).is_heap_type() && (*class).header.release() {
                    unused_classes.push(class as *mut Header);
                }
            }
        }
        for object in dead() {
            // SAFETY: all contents are dropped: the collector's count is the last one.
            unsafe {
                debug_assert!((*object).count() == 1, "an object outlived its cycle");
                self.free_raw(object);
            }
        }
        for class in unused_classes {
            // SAFETY: the last count of a class outside the set is gone.
            unsafe { super::free_object(class) };
        }
    }
}
