//! What `gc` shows of the heap and lets programs set: the objects and who refers to whom, frozen objects.

use super::collector::{CollectorState, visit_content};
use crate::Heap;
use crate::core::header::{Header, flag};
use crate::core::value::{Value, ValueRef};
use crate::trace::Visitor;
use crate::types::instance;

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

/// A counted handle of an object that the heap's walk shows.
fn value_of(header: &Header) -> Value {
    // SAFETY: the header belongs to a live object, and the copy counts it.
    unsafe { ValueRef::from_bits(std::ptr::from_ref(header) as u64) }.to_owned()
}

fn is_container(header: &Header) -> bool {
    header.has(flag::TRACKED) && !header.is_immortal()
}

/// Whether programs may be shown an object that the heap's walk shows: garbage that is ending is nobody's.
fn is_shown(header: &Header) -> bool {
    is_container(header) && !header.has(flag::CANDIDATE)
}

fn generation_of(header: &Header) -> usize {
    match (header.has(flag::YOUNG), header.has(flag::AGED)) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    }
}

impl Heap {
    /// The collector's settings and counters.
    pub fn collector(&self) -> &CollectorState {
        &self.state().collector
    }

    /// The containers on the heap, all or those of a generation: made since the last collection, survivors of one since the
    /// last of their elders, others.
    pub fn containers(&self, generation: Option<usize>) -> Vec<Value> {
        let mut found = Vec::new();
        self.state().for_each_container(|object| {
            // SAFETY: the walk shows live objects.
            let header = unsafe { &*object };
            if is_container(header)
                && !header.has(flag::FROZEN)
                && generation.is_none_or(|wanted| generation_of(header) == wanted)
            {
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
            if is_shown(header) {
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

    /// What a container refers to.
    pub fn referents(&self, value: &Value) -> Vec<Value> {
        let found = std::cell::RefCell::new(Vec::new());
        if let Some(header) = value.header().filter(|header| is_container(header)) {
            // SAFETY: a live object refers to live objects.
            let mut object = |child: *mut Header| found.borrow_mut().push(value_of(unsafe { &*child }));
            let mut number = |number: &Value| found.borrow_mut().push(number.clone());
            instance::trace_content(self.state(), header, &mut Visitor::with_numbers(&mut object, &mut number));
        }
        found.into_inner()
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
                header.unset(flag::FROZEN | flag::AGED);
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
