//! What `gc` shows of the heap and lets programs set: the objects and who refers to whom, frozen objects, callbacks, debugging
//! output.

use std::time::Instant;

use pvm_macros::pyclass;

use super::collector::{CollectorState, visit_content};
use crate::core::header::{Header, flag};
use crate::core::object::Ref;
use crate::core::value::{Value, ValueRef};
use crate::list::List;
use crate::{Heap, PyResult, Vm, names};

/// Bits of `gc.set_debug`.
pub mod debug {
    /// Print statistics.
    pub const STATS: i32 = 1 << 0;
    /// Print what is collected.
    pub const COLLECTABLE: i32 = 1 << 1;
    /// Print what cannot be collected, which is nothing.
    pub const UNCOLLECTABLE: i32 = 1 << 2;
    /// Keep what is collected in `gc.garbage`.
    pub const SAVEALL: i32 = 1 << 5;
}

/// The lists that `gc` shares with the collector.
#[pyclass(name = "_gc_lists", module = "gc", final)]
pub struct GcLists {
    /// `gc.callbacks`
    pub callbacks: Ref<List>,
    /// `gc.garbage`
    pub garbage: Ref<List>,
}

/// A counted handle of an object that the heap's walk shows.
fn value_of(header: &Header) -> Value {
    // SAFETY: the header belongs to a live object, and the copy counts it.
    unsafe { ValueRef::from_bits(std::ptr::from_ref(header) as u64) }.to_owned()
}

fn is_container(header: &Header) -> bool {
    header.has(flag::TRACKED) && !header.is_immortal()
}

impl Heap {
    /// The collector's settings and counters.
    pub fn collector(&self) -> &CollectorState {
        &self.state().collector
    }

    /// The lists of `gc`, made at the first call.
    pub fn gc_lists(&mut self) -> Ref<GcLists> {
        if let Some(lists) = self.find_module_state::<GcLists>() {
            return lists;
        }
        let (callbacks, garbage) = (self.new_list(), self.new_list());
        self.module_state(|_| GcLists { callbacks, garbage })
    }

    /// The containers on the heap: all, or those made since the last collection (`Some(true)`), or the others.
    pub fn containers(&self, young: Option<bool>) -> Vec<Value> {
        let mut found = Vec::new();
        self.state().for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            if is_container(header) && young.is_none_or(|young| header.has(flag::YOUNG) == young) {
                found.push(value_of(header));
            }
        });
        found
    }

    /// The containers that refer to any of `targets`.
    pub fn referrers(&self, targets: &[Value]) -> Vec<Value> {
        let targets: std::collections::HashSet<usize> = targets.iter().map(|target| target.bits() as usize).collect();
        let mut found = Vec::new();
        self.state().for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            let mut refers = false;
            if is_container(header) {
                visit_content(self.state(), header, |child| {
                    refers |= targets.contains(&(std::ptr::from_ref(child) as usize));
                });
            }
            if refers {
                found.push(value_of(header));
            }
        });
        found
    }

    /// The objects that a container refers to.
    pub fn referents(&self, value: &Value) -> Vec<Value> {
        let mut found = Vec::new();
        if let Some(header) = value.header().filter(|header| is_container(header)) {
            visit_content(self.state(), header, |child| found.push(value_of(child)));
        }
        found
    }

    /// Whether the collector knows an object.
    pub fn is_tracked(&self, value: &Value) -> bool {
        value.header().is_some_and(is_container)
    }

    /// Whether an object's finaliser has run.
    pub fn is_finalised(&self, value: &Value) -> bool {
        value.header().is_some_and(|header| header.has(flag::FINALISED))
    }

    /// Takes all containers out of future collections, or back into them.
    pub fn set_frozen(&mut self, frozen: bool) {
        self.state().for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            if is_container(header) && frozen {
                header.set(flag::FROZEN);
            } else {
                header.unset(flag::FROZEN);
            }
        });
    }

    /// How many containers [`Heap::set_frozen`] took out.
    pub fn frozen_count(&self) -> usize {
        let mut count = 0;
        self.state().for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            count += usize::from(unsafe { &*object }.has(flag::FROZEN));
        });
        count
    }
}

impl Vm {
    /// A collection that a generation's turn or a program asks for: with callbacks, statistics and debugging output.
    /// Returns the number of unreachable objects.
    pub fn collect_generation(&mut self, generation: usize) -> usize {
        if self.collector().is_running() {
            return 0;
        }
        let started = Instant::now();
        let debug = self.collector().debug.get();
        if debug & debug::STATS != 0 {
            self.print_gc(&format!("gc: collecting generation {generation}...\n"));
        }
        self.call_gc_callbacks("start", generation, 0);
        let found = self.collect_counted(generation);
        self.call_gc_callbacks("stop", generation, found);
        if debug & debug::STATS != 0 {
            let elapsed = started.elapsed().as_secs_f64();
            self.print_gc(&format!("gc: done, {found} unreachable, 0 uncollectable, {elapsed:.4}s elapsed\n"));
        }
        found
    }

    /// Writes to `sys.stderr`; what goes wrong then is forgotten.
    pub(super) fn print_gc(&mut self, text: &str) {
        let written = (|vm: &mut Vm| -> PyResult {
            let sys = vm.import("sys")?;
            let stderr = vm.getattr(&sys, &names::stderr)?;
            let text = vm.new_str(text);
            vm.call_method(&stderr, &names::write, &[text.into()])
        })(self);
        if let Err(raised) = written {
            drop(self.catch(raised));
        }
    }

    fn call_gc_callbacks(&mut self, phase: &str, generation: usize, collected: usize) {
        let Some(lists) = self.find_module_state::<GcLists>() else {
            return;
        };
        let callbacks: Vec<Value> = lists.callbacks.items(self).to_vec();
        if callbacks.is_empty() {
            return;
        }
        let pending = self.take_pending();
        for callback in callbacks {
            let called = (|vm: &mut Vm| -> PyResult {
                let info = vm.new_dict();
                let fields = [("generation", generation), ("collected", collected), ("uncollectable", 0)];
                for (name, value) in fields {
                    let (name, value) = (vm.intern(name), vm.int(value as i64));
                    info.set_str(&name, value, vm)?;
                }
                let phase = vm.intern(phase);
                vm.call(&callback, &[phase.into(), info.into()])
            })(self);
            if let Err(raised) = called {
                self.report_unraisable(raised, None, Some(&callback));
            }
        }
        self.restore_pending(pending);
    }
}
