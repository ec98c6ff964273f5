//! Imports and class bodies.

use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Slot, Value, Vm, exceptions, names};

use super::stack::{finish, peek, push};
use crate::frame::Frame;

unsafe fn name<'a>(frame: *mut Frame, index: usize) -> &'a Object<Str> {
    // SAFETY: the index is that of a name; the code outlives its frame's instruction.
    unsafe { &(*frame).code().names[index] }
}

/// A built-in name that the language itself looks up: `__import__`, `__build_class__`.
unsafe fn builtin(vm: &mut Vm, frame: *mut Frame, name: &Object<Str>) -> PyResult<Option<Value>> {
    // SAFETY: a running frame.
    let builtins = unsafe { (*frame).function().builtins.get(vm) };
    match builtins.downcast_exact::<Dict>() {
        Some(dict) => Ok(dict.get_str(name, vm)),
        None => {
            let item = vm.getitem(&builtins, &name.as_value());
            vm.ok_unless(item, exceptions::KEY_ERROR.get())
        }
    }
}

pub(super) unsafe fn load_build_class(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the stack has room.
    unsafe {
        match builtin(vm, frame, &names::__build_class__)? {
            Some(function) => Ok(push(sp, function)),
            None => Err(vm.name_error(format_args!("__build_class__ not found"))),
        }
    }
}

pub(super) unsafe fn import_name(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands: the level and the names wanted.
    unsafe {
        let (level, from_list) = (peek(sp, 2), peek(sp, 1));
        let name = name(frame, oparg);
        let Some(import) = builtin(vm, frame, &names::__import__)? else {
            return Err(vm.import_error(format_args!("__import__ not found")));
        };
        let globals = (*(*frame).globals).to_value();
        let module = if crate::import::is_own_import(vm, &import) {
            crate::import::import_name(vm, name, &globals, &from_list, &level)?
        } else {
            let namespace = (*frame).namespace().map_or_else(Value::none, |namespace| namespace.to_owned());
            vm.call(&import, &[name.to_value(), globals, namespace, from_list.to_owned(), level.to_owned()])?
        };
        Ok(finish(vm, sp, 2, module))
    }
}

pub(super) unsafe fn import_from(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, the module, which stays.
    unsafe {
        let module = peek(sp, 1);
        let value = crate::import::import_from(vm, &module, name(frame, oparg))?;
        Ok(push(sp, value))
    }
}
