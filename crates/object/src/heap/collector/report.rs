//! What programs are told of collections: `gc.callbacks`, and what `gc.set_debug` asks for.

use std::time::Instant;

use pvm_macros::pyclass;

use crate::core::object::Ref;
use crate::core::value::Value;
use crate::heap::inspect::debug;
use crate::list::List;
use crate::{Heap, PyResult, Vm, names};

/// The lists that `gc` shares with the collector.
#[pyclass(name = "_gc_lists", module = "gc", final)]
pub struct GcLists {
    /// `gc.callbacks`
    pub callbacks: Ref<List>,
    /// `gc.garbage`
    pub garbage: Ref<List>,
}

impl Heap {
    /// The lists of `gc`, made at the first call.
    pub fn gc_lists(&mut self) -> Ref<GcLists> {
        if let Some(lists) = self.find_module_state::<GcLists>() {
            return lists;
        }
        let (callbacks, garbage) = (self.new_list(), self.new_list());
        self.module_state(|_| GcLists { callbacks, garbage })
    }
}

impl Vm {
    /// A collection with what programs are told of it; while they are told, none begins.
    pub(super) fn reported(&mut self, generation: usize, collect: impl FnOnce(&mut Vm) -> usize) -> usize {
        let debug = self.collector().debug.get();
        let started = (debug & debug::STATS != 0).then(Instant::now);
        if started.is_some() {
            let [young, middle, old] = [0, 1, 2].map(|generation| self.containers(Some(generation)).len());
            let frozen = self.frozen_count();
            self.print_gc(&format!(
                "gc: collecting generation {generation}...\n\
                 gc: objects in each generation: {young} {middle} {old}\n\
                 gc: objects in permanent generation: {frozen}\n"
            ));
        }
        self.call_gc_callbacks("start", generation, 0);
        let found = collect(self);
        self.collector().note(generation, found);
        self.drain_waiting();
        self.call_gc_callbacks("stop", generation, found);
        if let Some(started) = started {
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
