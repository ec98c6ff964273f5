//! The end of garbage, after PEP 442: weak references first, then finalisers, then another trial, then contents and memory.

use super::Objects;
use super::trial::Set;
use crate::Vm;
use crate::core::header::{Header, flag};
use crate::core::object::Object;
use crate::core::value::{Value, ValueRef};
use crate::heap::HeapState;
use crate::heap::inspect::debug;
use crate::types::{Type, instance};

/// A borrowed value of an object that the collector holds.
///
/// # Safety
/// The object is alive as long as the value is used.
unsafe fn value_of<'a>(object: *mut Header) -> ValueRef<'a> {
    // SAFETY: passed on; an object's address is its word.
    unsafe { ValueRef::from_bits(object as u64) }
}

impl Vm {
    /// Ends what a trial found unreachable, or keeps it where the debugging flags say so. Returns how many objects did not
    /// come alive again.
    pub(super) fn end_garbage(&mut self, mut garbage: Objects) -> usize {
        let found = garbage.len();
        if garbage.is_empty() {
            return 0;
        }
        let debug = self.heap_state().collector.debug.get();
        for &object in &garbage {
            // SAFETY: live objects; each gets one count that the collector holds.
            unsafe { (*object).retain() };
        }
        if debug & (debug::COLLECTABLE | debug::SAVEALL) != 0 {
            self.show_garbage(&garbage, debug);
        }
        if debug & debug::SAVEALL != 0 {
            release_all(&garbage);
            return found;
        }
        let called = self.kill_weak_references(&garbage);
        let finalised = self.finalise_all(&garbage);
        if !called && !finalised && debug == 0 {
            self.heap_state().end_cycles(garbage);
            return found;
        }
        for &object in &garbage {
            // SAFETY: held above.
            unsafe { (*object).set(flag::CANDIDATE) };
        }
        self.heap_state().deduce_unreachable(&Set::Listed(&garbage), 1, |_| {});
        // SAFETY: held above.
        let alive: Objects = garbage.extract_if(.., |object| unsafe { !(**object).has(flag::CANDIDATE) }).collect();
        let ended = garbage.len();
        self.heap_state().end_cycles(garbage);
        release_all(&alive);
        ended
    }

    /// Runs the finalisers that have not run; whether there were any.
    fn finalise_all(&mut self, garbage: &Objects) -> bool {
        let mut any = false;
        for &object in garbage {
            // SAFETY: held by the caller.
            let value = unsafe { value_of(object) };
            // SAFETY: as above.
            let header = unsafe { &*object };
            if header.ty().has_finaliser()
                && !header.has(flag::FINALISED)
                && let Some(finalise) = header.ty().slots().finalize()
            {
                any = true;
                header.set(flag::FINALISED);
                let pending = self.take_pending();
                finalise(self, &value);
                self.restore_pending(pending);
            }
        }
        any
    }

    /// Kills the weak references to garbage; the callbacks of those that are not garbage themselves are called. Whether
    /// there were any.
    fn kill_weak_references(&mut self, garbage: &Objects) -> bool {
        let mut callbacks = Vec::new();
        for &object in garbage {
            // SAFETY: held by the caller.
            let header = unsafe { &*object };
            if header.has(flag::WEAKLY_REFERENCED) {
                // SAFETY: as above.
                let value = unsafe { value_of(object) };
                let references = self.weak_references(&value);
                callbacks.extend(references.into_iter().rev().filter(|weak| !weak.header().has(flag::CANDIDATE)));
                self.heap_state().weak.forget(header);
            }
        }
        if callbacks.is_empty() {
            return false;
        }
        let pending = self.take_pending();
        for weak in callbacks {
            weak.call_back(self);
        }
        self.restore_pending(pending);
        true
    }

    /// What `gc.set_debug` asks for: prints the garbage, keeps it in `gc.garbage`.
    fn show_garbage(&mut self, garbage: &Objects, debug: i32) {
        for &object in garbage {
            // SAFETY: held by the caller.
            let value = unsafe { value_of(object) };
            if debug & debug::COLLECTABLE != 0 {
                self.print_gc(&format!("gc: collectable <{} {:#x}>\n", value.ty().name(), value.bits()));
            }
            if debug & debug::SAVEALL != 0 {
                let list = self.gc_lists().garbage.clone();
                if list.push(value.to_owned(), self).is_err() {
                    return;
                }
            }
        }
    }
}

/// Gives up the collector's counts of objects that live on.
fn release_all(objects: &Objects) {
    for &object in objects {
        // SAFETY: live objects: the collector has a count of each.
        unsafe { (*object).unset(flag::CANDIDATE) };
    }
    for &object in objects {
        // SAFETY: the collector holds one count of each, which goes with the value.
        drop(unsafe { Value::from_bits(object as u64) });
    }
}

impl HeapState {
    /// Ends objects that refer only to each other, of each of which the collector has a count: first all contents, then
    /// all memory, so that nothing is freed while a content still names it. Classes go after their instances, whose
    /// layout they tell.
    fn end_cycles(&self, mut dead: Objects) {
        let is_class = |object: *mut Header| {
            // SAFETY: held by the collector.
            unsafe { (*object).ty().has_layout_of(crate::types::TYPE_TYPE.get()) }
        };
        let mut classes: Objects = dead.extract_if(.., |object| is_class(*object)).collect();
        for &class in &classes {
            // SAFETY: held by the collector, and a class.
            unsafe { &*class.cast::<Object<Type>>() }.detach(self);
        }
        // Classes of classes last.
        classes.sort_by_key(|&class| {
            // SAFETY: held by the collector, and a class.
            unsafe { &*class.cast::<Object<Type>>() }.has_layout_of(crate::types::TYPE_TYPE.get())
        });
        dead.extend(classes);
        for &object in &dead {
            // SAFETY: nothing outside the set refers to the object; its memory stays until all contents are dropped.
            unsafe { instance::drop_content(self, object) };
        }
        let mut unused_classes = Vec::new();
        for &object in &dead {
            // SAFETY: the memory is intact; the object owned a count of its class, which goes with the object.
            unsafe {
                let class = (*object).ty.get();
                if (*class).is_heap_type() && (*class).header.release() {
                    unused_classes.push(class as *mut Header);
                }
            }
        }
        for &object in &dead {
            // SAFETY: all contents are dropped: the collector's count is the last one.
            unsafe {
                debug_assert!((*object).count() == 1, "an object outlived its cycle");
                self.free_raw(object);
            }
        }
        for class in unused_classes {
            // SAFETY: the last count of a class outside the set is gone.
            unsafe { crate::heap::free_object(class) };
        }
    }
}
