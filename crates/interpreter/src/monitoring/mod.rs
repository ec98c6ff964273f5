//! Events of running code, and who wants to know of them (PEP 669): `sys.monitoring`, `sys.settrace` and `sys.setprofile`.
//!
//! | file | what |
//! |---|---|
//! | `instrumentation.rs` | code whose instructions report themselves, and code that is as it was |
//! | `fire.rs` | telling the tools |
//! | `legacy.rs` | trace and profile functions, which are two tools more |
//! | `module.rs` | `sys.monitoring` |
//!
//! While anybody listens, every instruction of the code concerned is `INSTRUMENTED_INSTRUCTION`, whose arm in the loop
//! (`eval/instrumented.rs`) reports what is about to happen and goes on with the original; otherwise nothing is checked.

pub(crate) mod fire;
pub(crate) mod instrumentation;
pub(crate) mod legacy;
pub(crate) mod module;

use std::cell::{Cell, OnceCell, UnsafeCell};

use pvm_object::code::Code;
use pvm_object::{Object, Value, Vm};

use crate::interpreter::state;

/// The numbers of events, in the order of their bits.
pub(crate) mod event {
    pub const PY_START: usize = 0;
    pub const PY_RESUME: usize = 1;
    pub const PY_RETURN: usize = 2;
    pub const PY_YIELD: usize = 3;
    pub const CALL: usize = 4;
    pub const LINE: usize = 5;
    pub const INSTRUCTION: usize = 6;
    pub const JUMP: usize = 7;
    pub const BRANCH_LEFT: usize = 8;
    pub const BRANCH_RIGHT: usize = 9;
    pub const STOP_ITERATION: usize = 10;
    pub const RAISE: usize = 11;
    pub const EXCEPTION_HANDLED: usize = 12;
    pub const PY_UNWIND: usize = 13;
    pub const PY_THROW: usize = 14;
    pub const RERAISE: usize = 15;
    pub const C_RETURN: usize = 16;
    pub const C_RAISE: usize = 17;
    pub const BRANCH: usize = 18;

    /// How many events are of a place in code, and can be asked for code by code.
    pub const LOCAL: usize = 11;

    /// Their names.
    pub const NAMES: [&str; 19] = [
        "PY_START",
        "PY_RESUME",
        "PY_RETURN",
        "PY_YIELD",
        "CALL",
        "LINE",
        "INSTRUCTION",
        "JUMP",
        "BRANCH_LEFT",
        "BRANCH_RIGHT",
        "STOP_ITERATION",
        "RAISE",
        "EXCEPTION_HANDLED",
        "PY_UNWIND",
        "PY_THROW",
        "RERAISE",
        "C_RETURN",
        "C_RAISE",
        "BRANCH",
    ];
}

/// Tools that programs may use.
pub(crate) const PROGRAM_TOOLS: usize = 6;
/// The tool that profile functions are.
pub(crate) const PROFILE: usize = 6;
/// The tool that trace functions are.
pub(crate) const TRACE: usize = 7;
/// All tools.
pub(crate) const TOOLS: usize = 8;

/// What an interpreter's tools are and want.
#[derive(Default)]
pub struct Monitoring {
    names: UnsafeCell<[Option<Value>; PROGRAM_TOOLS]>,
    callbacks: UnsafeCell<[[Option<Value>; event::NAMES.len()]; PROGRAM_TOOLS]>,
    /// The events that each tool wants of all code.
    events: [Cell<u32>; TOOLS],
    /// Whether any tool wants events of all code.
    active: Cell<bool>,
    /// How often disabled events were enabled again.
    restarts: Cell<u32>,
    disable: OnceCell<Value>,
    missing: OnceCell<Value>,
}

impl Monitoring {
    pub(crate) fn name(&self, tool: usize) -> Option<Value> {
        // SAFETY: cloned at once.
        unsafe { (&(*self.names.get()))[tool].clone() }
    }

    pub(crate) fn set_name(&self, tool: usize, name: Option<Value>) -> Option<Value> {
        // SAFETY: exchanged at once; the old one is dropped by the caller.
        unsafe { std::mem::replace(&mut (&mut (*self.names.get()))[tool], name) }
    }

    pub(crate) fn callback(&self, tool: usize, event: usize) -> Option<Value> {
        // SAFETY: cloned at once.
        unsafe { (&(*self.callbacks.get()))[tool][event].clone() }
    }

    pub(crate) fn set_callback(&self, tool: usize, event: usize, callback: Option<Value>) -> Option<Value> {
        // SAFETY: exchanged at once; the old one is dropped by the caller.
        unsafe { std::mem::replace(&mut (&mut (*self.callbacks.get()))[tool][event], callback) }
    }

    pub(crate) fn events(&self, tool: usize) -> u32 {
        self.events[tool].get()
    }

    pub(crate) fn restarts(&self) -> u32 {
        self.restarts.get()
    }

    pub(crate) fn restart(&self) {
        self.restarts.set(self.restarts.get().wrapping_add(1));
    }

    /// Whether the code that runs from now on is to report itself.
    pub(crate) fn is_active(&self) -> bool {
        self.active.get()
    }

    /// What a callback returns to hear no more of a place.
    pub(crate) fn disable(&self, vm: &mut Vm) -> Value {
        self.disable.get_or_init(|| marker(vm)).clone()
    }

    /// What stands for the first argument of a call without arguments.
    pub(crate) fn missing(&self, vm: &mut Vm) -> Value {
        self.missing.get_or_init(|| marker(vm)).clone()
    }

    /// Gives up every value, at the end of the interpreter.
    pub(crate) fn clear(&mut self) {
        *self = Monitoring::default();
    }
}

fn marker(vm: &mut Vm) -> Value {
    let class = pvm_object::types::OBJECT_TYPE.to_value();
    vm.call(&class, &[]).unwrap_or_else(|raised| vm.catch(raised).into())
}

/// Whether tools want any of these events, whatever code they are of.
#[inline]
pub(crate) fn wants(vm: &Vm, events: u32) -> bool {
    let monitoring = &state(vm).monitoring;
    monitoring.is_active() && (0..TOOLS).any(|tool| monitoring.events(tool) & events != 0)
}

/// Sets the events that a tool wants of all code.
pub(crate) fn set_events(vm: &mut Vm, tool: usize, events: u32) {
    let monitoring = &state(vm).monitoring;
    monitoring.events[tool].set(events);
    let active = (0..TOOLS).any(|tool| monitoring.events(tool) != 0);
    if active != monitoring.active.replace(active) {
        let containers = vm.containers(None);
        containers.iter().filter_map(|value| value.downcast()).for_each(crate::generator::watch_end);
        for code in all_code(vm) {
            instrumentation::update(vm, &code);
        }
    }
}

/// All code objects that have run or will as parts of those that have.
fn all_code(vm: &Vm) -> Vec<pvm_object::Ref<Code>> {
    fn add(code: &Object<Code>, found: &mut Vec<pvm_object::Ref<Code>>, seen: &mut std::collections::HashSet<usize>) {
        if !seen.insert(std::ptr::from_ref(code) as usize) {
            return;
        }
        found.push(code.to_ref());
        for constant in code.consts.iter() {
            if let Some(inner) = constant.downcast::<Code>() {
                add(inner, found, seen);
            }
        }
    }
    let (mut found, mut seen) = (Vec::new(), std::collections::HashSet::new());
    for value in vm.containers(None) {
        if let Some(code) = value.downcast::<Code>() {
            add(code, &mut found, &mut seen);
        } else if let Some(function) = value.downcast::<pvm_object::function::Function>() {
            add(&function.code.get(vm), &mut found, &mut seen);
        } else if let Some(generator) = value.downcast::<crate::generator::Generator>() {
            add(&generator.code, &mut found, &mut seen);
        }
    }
    for thread in state(vm).threads.running() {
        // SAFETY: threads that run keep their part, and so do their frames, while this one holds the lock.
        unsafe {
            let mut frame = (*thread).frame.get();
            while !frame.is_null() {
                add((*frame).code(), &mut found, &mut seen);
                frame = (*frame).previous;
            }
        }
    }
    found
}
