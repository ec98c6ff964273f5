//! Audit events (PEP 578): what programs do that an administrator may want to know of.

use pvm_object::{PyResult, Value, Vm};

use crate::interpreter::state;
use crate::thread::extension;

/// Whether any hook listens; none does on a heap that no interpreter stands above.
pub fn is_heard(vm: &Vm) -> bool {
    !vm.heap_state().extension().is_null() && state(vm).has_audit_hooks()
}

/// Tells the hooks of an event; an error where one of them refuses.
#[inline]
pub fn event(vm: &mut Vm, name: &str, args: &[Value]) -> PyResult<()> {
    if !is_heard(vm) {
        return Ok(());
    }
    let name = vm.intern(name).into();
    raise_event(vm, &name, args.to_vec())
}

/// As [`event`], for an event that a program names.
pub(crate) fn raise_event(vm: &mut Vm, name: &Value, args: Vec<Value>) -> PyResult<()> {
    if !state(vm).has_audit_hooks() {
        return Ok(());
    }
    let args: Value = vm.try_tuple(args)?.into();
    let can_trace = vm.intern("__cantrace__");
    let mut index = 0;
    while let Some(hook) = state(vm).audit_hook(index) {
        let traced = match vm.find_attr(&hook, &can_trace)? {
            Some(traced) => vm.truth(&traced)?,
            None => false,
        };
        // What a hook does is not traced, unless it asks for that.
        let tracing = &extension(vm).tracing.depth;
        tracing.set(tracing.get() + u32::from(!traced));
        let called = vm.call(&hook, &[name.clone(), args.clone()]);
        tracing.set(tracing.get() - u32::from(!traced));
        called?;
        index += 1;
    }
    Ok(())
}
