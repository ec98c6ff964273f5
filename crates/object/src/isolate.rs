//! [`Isolate`]: one interpreter's heap with its main thread, and the ways in.

use std::cell::Cell;
use std::ptr::NonNull;

use crate::core::header::Header;
use crate::heap::HeapState;
use crate::heap::stress::{self, Mode};
use crate::hooks::Hooks;
use crate::str::intern::{self, names};
use crate::thread::ThreadState;
use crate::types::{self, Type};
use crate::{Static, Vm, float, int, singletons, str, tuple};

/// The heap of an interpreter and the state of the thread that made it.
pub struct Isolate {
    main: NonNull<ThreadState>,
    heap: NonNull<HeapState>,
    entered: Cell<bool>,
}

// SAFETY: the heap and the thread states are reached only through a token, and one thread at a time has it.
unsafe impl Send for Isolate {}

/// What is kept free of the native stack for what runs after the limit is reached.
pub(crate) const STACK_RESERVE: usize = 256 << 10;

/// The classes of values that no heap allocates: numbers in the word, objects of the binary. Others are made ready when
/// their first instance is.
static WITHOUT_ALLOCATION: &[&Static<Type>] = &[
    &types::TYPE_TYPE,
    &int::INT_TYPE,
    &int::BOOL_TYPE,
    &float::FLOAT_TYPE,
    &str::STR_TYPE,
    &tuple::TUPLE_TYPE,
    &singletons::NONE_TYPE,
    &singletons::ELLIPSIS_TYPE,
    &singletons::NOT_IMPLEMENTED_TYPE,
];

impl Isolate {
    /// An empty heap, with the names of the binary registered.
    pub fn new(hooks: &'static Hooks) -> Isolate {
        let heap = NonNull::from(Box::leak(Box::new(HeapState::new(hooks))));
        // SAFETY: the heap outlives the thread's state; both end with the isolate.
        let main = NonNull::from(Box::leak(Box::new(unsafe { ThreadState::new(heap) })));
        let isolate = Isolate { main, heap, entered: Cell::new(false) };
        // SAFETY: the end of the isolate closes the way before the heap ends.
        unsafe { isolate.heap().remote().open(heap) };
        isolate.enter(|vm| {
            for class in WITHOUT_ALLOCATION {
                class.ready();
            }
            for name in names::ALL {
                vm.register_static_name(name.get());
            }
            vm.register_static_name(intern::EMPTY.get());
            for character in &intern::ASCII_CHARACTERS {
                vm.register_static_name(character.get());
            }
            for character in &intern::LATIN1_CHARACTERS {
                vm.register_static_name(character.get());
            }
        });
        isolate
    }

    /// Runs `body` with the token on the calling thread. Neither arguments nor results are handles: they are `Send`.
    pub fn enter<R: Send>(&self, body: impl FnOnce(&mut Vm) -> R + Send) -> R {
        struct Leave<'a>(&'a Isolate, Option<NonNull<ThreadState>>);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                // SAFETY: the main thread's state lives as long as the isolate.
                unsafe { self.0.main.as_ref() }.bell().set_native(0);
                // SAFETY: puts back what the thread was attached with before.
                unsafe { ThreadState::make_current(self.1) };
                self.0.heap().lock().release();
                self.0.entered.set(false);
            }
        }
        assert!(!self.entered.replace(true), "the interpreter is entered already");
        // SAFETY: the heap ends with the isolate.
        let locked = unsafe { self.heap().lock().acquire(self.heap) };
        assert!(locked.is_ok(), "only the isolate's end closes its lock");
        // SAFETY: `entered` says that no other token of this isolate is in use.
        let before = unsafe { ThreadState::make_current(Some(self.main)) };
        let _leave = Leave(self, before);
        // SAFETY: the thread's state is alive, and was just made current.
        let mut vm = unsafe { Vm::attach(self.main) };
        vm.thread().set_stack_limit(stack_bottom() + STACK_RESERVE);
        vm.thread().bell().set_native(native_thread());
        body(&mut vm)
    }

    /// The interpreter is about to end: its other threads stop where they next want to run, and never go on.
    pub fn stop_other_threads(&self) {
        self.heap().lock().close();
    }

    /// The heap, for what other threads may ask of it.
    pub fn heap(&self) -> &HeapState {
        // SAFETY: the heap ends with the isolate.
        unsafe { self.heap.as_ref() }
    }
}

/// The lowest address of the stack that the calling thread is on, be it the thread's own or one that `stacker` gave it.
pub fn stack_bottom() -> usize {
    let here = 0u8;
    let here = &raw const here as usize;
    here.saturating_sub(stacker::remaining_stack().unwrap_or(UNKNOWN_STACK))
}

/// The system's number of the calling thread.
pub(crate) fn native_thread() -> i32 {
    rustix::thread::gettid().as_raw_nonzero().get()
}

/// How much stack is taken to be left where the system does not tell.
const UNKNOWN_STACK: usize = 1 << 20;

impl Drop for Isolate {
    fn drop(&mut self) {
        self.stop_other_threads();
        self.enter(|vm| vm.end_heap());
        self.heap().remote().close();
        // SAFETY: nothing uses them any more.
        unsafe {
            drop(Box::from_raw(self.main.as_ptr()));
            drop(Box::from_raw(self.heap.as_ptr()));
        }
    }
}

/// How often the tables of classes are emptied at the end of a heap before finalisers that fill them again are given up.
const MOST_ROUNDS: usize = 8;

impl Vm {
    /// Ends everything on the heap: tables are emptied, cycles collected; what then is left has leaked.
    fn end_heap(&mut self) {
        drop(self.take_pending());
        drop(self.thread().set_handled(None));
        drop(self.thread().set_context(None));
        self.heap_state().codecs.clear();
        self.heap_state().modules.clear();
        self.set_frozen(false);
        self.collect();
        // What ends may ask for a class's attributes once more, which makes its table anew.
        for _ in 0..MOST_ROUNDS {
            self.heap_state().static_types.clear();
            self.heap_state().method_cache.clear();
            self.heap_state().attribute_cache.clear();
            // SAFETY: the list is borrowed for this call only.
            let retired = unsafe { std::mem::take(&mut *self.heap_state().retired_types.get()) };
            drop(retired);
            self.collect();
            self.drain_drops();
            if self.heap_state().static_types.is_empty() {
                break;
            }
        }
        let state = self.heap_state();
        state.static_types.clear();
        state.method_cache.clear();
        state.attribute_cache.clear();
        state.shapes.clear();
        state.queue.abandon();
        state.weak.clear();
        state.interned.clear();
        if stress::on(Mode::Leaks) {
            self.report_leaks();
        }
    }

    /// Tells standard error what is still alive on the heap, the most frequent first.
    fn report_leaks(&self) {
        let mut census = self.census();
        census.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let total: usize = census.iter().map(|(_, count)| count).sum();
        if total > 0 {
            let classes: Vec<String> = census.iter().map(|(class, count)| format!("{count} {class}")).collect();
            eprintln!("pvm: {total} objects leaked: {}", classes.join(", "));
        }
    }

    /// The objects on the heap that are alive, for leak checks: their classes' names and how many of each.
    pub fn census(&self) -> Vec<(String, usize)> {
        let mut counts = std::collections::BTreeMap::<String, usize>::new();
        self.heap_state().for_each_object(|header: &Header| {
            *counts.entry(header.ty().name().to_owned()).or_default() += 1;
        });
        counts.into_iter().collect()
    }
}

/// What unit tests of the types need: an isolate without an interpreter above it.
#[cfg(test)]
pub(crate) mod testing {
    use super::Isolate;
    use crate::Vm;
    use crate::hooks::WITHOUT_INTERPRETER;

    /// Runs `body` in an isolate of its own.
    pub(crate) fn with_vm<R: Send>(body: impl FnOnce(&mut Vm) -> R + Send) -> R {
        Isolate::new(&WITHOUT_INTERPRETER).enter(body)
    }
}
