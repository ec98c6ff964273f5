//! Audit events (PEP 578): what programs do that an administrator may want to know of.

use pvm_object::{PyResult, Value, Vm};

use crate::interpreter::state;

/// Tells the hooks of an event; an error where one of them refuses.
#[inline]
pub fn event(vm: &mut Vm, name: &str, args: &[Value]) -> PyResult<()> {
    if !state(vm).has_audit_hooks() {
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
    let mut index = 0;
    while let Some(hook) = state(vm).audit_hook(index) {
        vm.call(&hook, &[name.clone(), args.clone()])?;
        index += 1;
    }
    Ok(())
}
