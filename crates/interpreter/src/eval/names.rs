//! Names: globals, namespaces of classes and modules, cells.

use pvm_bytecode::flags::CO_OPTIMIZED;
use pvm_object::cell::Cell;
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Raised, Slot, Value, ValueRef, Vm, exceptions, names};

use super::stack::{self, drop_top, finish, peek, push};
use crate::frame::Frame;

unsafe fn name<'a>(frame: *mut Frame, index: usize) -> &'a Object<Str> {
    // SAFETY: the index is that of a name; the code outlives its frame's instruction.
    unsafe { &(*frame).code().names[index] }
}

unsafe fn variable<'a>(frame: *mut Frame, index: usize) -> &'a Object<Str> {
    // SAFETY: the index is that of a variable; the code outlives its frame's instruction.
    unsafe { &(*frame).code().locals[index] }
}

/// The cell in a variable.
#[inline(always)]
pub(super) unsafe fn cell<'a>(slot: Slot) -> &'a Object<Cell> {
    // SAFETY: the compiler or the verifier made sure that a cell is there.
    unsafe { &*(slot.untagged() as *const Object<Cell>) }
}

pub(super) unsafe fn load_fast_check(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operand is a variable's number; the stack has room.
    unsafe {
        let slot = *Frame::locals(frame).add(oparg);
        if slot.is_empty() {
            return Err(unbound_local(vm, frame, oparg));
        }
        sp.write(slot.to_owned_slot());
        Ok(sp.add(1))
    }
}

pub(super) unsafe fn load_fast_and_clear(_vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operand is a variable's number; the stack has room.
    unsafe {
        sp.write(Frame::locals(frame).add(oparg).replace(Slot::EMPTY));
        Ok(sp.add(1))
    }
}

pub(super) unsafe fn store_deref(vm: &mut Vm, frame: *mut Frame, mut sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand; the operand is a cell's number.
    unsafe {
        let value = stack::pop_value(&mut sp);
        let old = cell(*Frame::locals(frame).add(oparg)).replace(Some(value), vm);
        (*frame).sp = sp;
        drop(old);
        if vm.drops_wait() {
            vm.drain_drops();
        }
        Ok(sp)
    }
}

#[cold]
pub(super) unsafe fn unbound_local(vm: &mut Vm, frame: *mut Frame, index: usize) -> Raised {
    // SAFETY: a running frame.
    let name = unsafe { variable(frame, index) };
    let message = format!("cannot access local variable '{name}' where it is not associated with a value");
    vm.unbound_local_error(format_args!("{message}"))
}

#[cold]
pub(super) unsafe fn unbound_deref(vm: &mut Vm, frame: *mut Frame, index: usize) -> Raised {
    // SAFETY: a running frame.
    let (name, free) =
        unsafe { (variable(frame, index), index >= (*frame).raw_code().nlocalsplus() - (*frame).raw_code().nfreevars()) };
    if free {
        let message = format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        return vm.name_error_on(name, format_args!("{message}"));
    }
    // SAFETY: passed on.
    unsafe { unbound_local(vm, frame, index) }
}

#[cold]
fn not_defined(vm: &mut Vm, name: &Object<Str>) -> Raised {
    vm.undefined_name(name)
}

/// A global or built-in name.
pub(crate) unsafe fn global(vm: &mut Vm, frame: *mut Frame, name: &Object<Str>) -> PyResult {
    // SAFETY: the frame's function owns both.
    unsafe {
        // The globals may be of a subclass with a `__missing__` of its own, the builtins any mapping.
        if let Some(value) = in_namespace(vm, &(*(*frame).globals).as_value(), name)? {
            return Ok(value);
        }
        builtin(vm, frame, name)
    }
}

unsafe fn builtin(vm: &mut Vm, frame: *mut Frame, name: &Object<Str>) -> PyResult {
    // SAFETY: the frame's function owns them.
    let builtins = unsafe { (*frame).function().builtins.get(vm) };
    let found = in_namespace(vm, &builtins, name)?;
    found.ok_or_else(|| not_defined(vm, name))
}

pub(super) unsafe fn load_global(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the stack has room for the result and an empty slot.
    unsafe {
        let value = global(vm, frame, name(frame, oparg >> 1))?;
        let sp = push(sp, value);
        if oparg & 1 == 0 {
            return Ok(sp);
        }
        *sp = Slot::EMPTY;
        Ok(sp.add(1))
    }
}

/// A name in a namespace that may be any mapping.
fn in_namespace(vm: &mut Vm, namespace: &Value, name: &Object<Str>) -> PyResult<Option<Value>> {
    if let Some(dict) = namespace.downcast_exact::<Dict>() {
        return match dict.get_str(name, vm) {
            // A key of another class may compare equal to the name.
            None if !dict.has_only_names(vm) => dict.get(&name.as_value(), vm),
            found => Ok(found),
        };
    }
    let item = vm.getitem(namespace, &name.as_value());
    vm.ok_unless(item, exceptions::KEY_ERROR.get())
}

/// What a frame without a namespace was asked for.
enum Missing<'a> {
    Loading,
    Storing(&'a Object<Str>),
    Deleting(&'a Object<Str>),
    Annotations,
}

impl Missing<'_> {
    #[cold]
    fn raise(self, vm: &mut Vm) -> PyResult<Raised> {
        Ok(match self {
            Missing::Loading => vm.system_error(format_args!("no locals found")),
            Missing::Annotations => vm.system_error(format_args!("no locals found when setting up annotations")),
            Missing::Storing(name) => {
                let name = vm.repr(&name.to_value())?;
                vm.system_error(format_args!("no locals found when storing {name}"))
            }
            Missing::Deleting(name) => {
                let name = vm.repr(&name.to_value())?;
                vm.system_error(format_args!("no locals when deleting {name}"))
            }
        })
    }
}

unsafe fn namespace<'a>(vm: &mut Vm, frame: *mut Frame, missing: Missing<'_>) -> PyResult<ValueRef<'a>> {
    // SAFETY: the frame owns its namespace while it runs.
    unsafe {
        match (*frame).namespace.is_empty() {
            false => Ok((*frame).namespace.value()),
            // A function made of a module's code has its globals for a namespace.
            true if (*frame).raw_code().flags & CO_OPTIMIZED == 0 => Ok((*(*frame).globals).as_value()),
            true => Err(missing.raise(vm)?),
        }
    }
}

pub(super) unsafe fn load_name(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the stack has room.
    unsafe {
        let name = name(frame, oparg);
        let namespace = namespace(vm, frame, Missing::Loading)?;
        // The globals are asked as a plain dict here (`_PyEval_LoadName`), the namespace and the builtins as mappings.
        let value = match in_namespace(vm, &namespace, name)? {
            Some(value) => value,
            None => match (*(*frame).globals).get_str(name, vm) {
                Some(value) => value,
                None => builtin(vm, frame, name)?,
            },
        };
        Ok(push(sp, value))
    }
}

pub(super) unsafe fn load_locals(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the stack has room.
    unsafe {
        if (*frame).namespace.is_empty() {
            return Err(vm.system_error(format_args!("no locals found")));
        }
        Ok(push(sp, (*frame).namespace.value().to_owned()))
    }
}

pub(super) unsafe fn load_from_dict_or_globals(
    vm: &mut Vm,
    frame: *mut Frame,
    sp: *mut Slot,
    oparg: usize,
) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let name = name(frame, oparg);
        let value = match in_namespace(vm, &peek(sp, 1), name)? {
            Some(value) => value,
            None => global(vm, frame, name)?,
        };
        Ok(finish(vm, sp, 1, value))
    }
}

pub(super) unsafe fn load_from_dict_or_deref(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand; a cell in the variable.
    unsafe {
        let value = match in_namespace(vm, &peek(sp, 1), variable(frame, oparg))? {
            Some(value) => value,
            None => match cell(*Frame::locals(frame).add(oparg)).get(vm) {
                Some(value) => value,
                None => return Err(unbound_deref(vm, frame, oparg)),
            },
        };
        Ok(finish(vm, sp, 1, value))
    }
}

pub(super) unsafe fn store_name(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let name = name(frame, oparg);
        let namespace = namespace(vm, frame, Missing::Storing(name))?;
        match namespace.downcast_exact::<Dict>() {
            Some(dict) => dict.set_str(name, peek(sp, 1).to_owned(), vm)?,
            None => vm.setitem(&namespace, &name.as_value(), &peek(sp, 1))?,
        }
        Ok(drop_top(vm, sp, 1))
    }
}

pub(super) unsafe fn delete_name(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a running frame.
    unsafe {
        let name = name(frame, oparg);
        let namespace = namespace(vm, frame, Missing::Deleting(name))?;
        let gone = vm.delitem(&namespace, &name.as_value());
        match vm.ok_unless(gone, exceptions::KEY_ERROR.get())? {
            Some(()) => Ok(drop_top(vm, sp, 0)),
            None => Err(not_defined(vm, name)),
        }
    }
}

pub(super) unsafe fn store_global(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        (*(*frame).globals).set_str(name(frame, oparg), peek(sp, 1).to_owned(), vm)?;
        Ok(drop_top(vm, sp, 1))
    }
}

pub(super) unsafe fn delete_global(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a running frame.
    unsafe {
        let name = name(frame, oparg);
        match (*(*frame).globals).remove_str(name, vm) {
            Some(old) => {
                vm.release(old);
                Ok(sp)
            }
            None => Err(not_defined(vm, name)),
        }
    }
}

pub(super) unsafe fn delete_fast(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a running frame's variable.
    unsafe {
        let old = Frame::locals(frame).add(oparg).replace(Slot::EMPTY);
        if old.is_empty() {
            return Err(unbound_local(vm, frame, oparg));
        }
        if old.release() {
            vm.end_object(old);
        }
        Ok(sp)
    }
}

pub(super) unsafe fn delete_deref(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a cell is in the variable.
    unsafe {
        match cell(*Frame::locals(frame).add(oparg)).replace(None, vm) {
            Some(old) => {
                vm.release(old);
                Ok(sp)
            }
            None => Err(unbound_deref(vm, frame, oparg)),
        }
    }
}

pub(super) unsafe fn make_cell(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a running frame's variable; its content moves into the cell.
    unsafe {
        let place = Frame::locals(frame).add(oparg);
        let content = place.replace(Slot::EMPTY);
        let content = (!content.is_empty()).then(|| content.into_value());
        *place = Slot::owned(vm.new_cell(content).into());
        Ok(sp)
    }
}

pub(super) unsafe fn copy_free_vars(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the function's closure has as many cells as the code has free variables.
    unsafe {
        let closure = (*frame).function().closure.get(vm);
        let first = (*(*frame).execution).variables - oparg;
        for (index, cell) in closure.iter().flat_map(|closure| closure.as_slice()).take(oparg).enumerate() {
            *Frame::locals(frame).add(first + index) = Slot::owned(cell.clone());
        }
        Ok(sp)
    }
}

pub(super) unsafe fn load_common_constant(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    let value: Value = match oparg {
        0 => exceptions::ASSERTION_ERROR.to_value(),
        1 => exceptions::NOT_IMPLEMENTED_ERROR.to_value(),
        2 => pvm_object::tuple::TUPLE_TYPE.to_value(),
        3 | 4 => {
            let name = if oparg == 3 { &names::all } else { &names::any };
            let builtins = crate::interpreter::state(vm).original_builtins(vm);
            builtins.get_str(name, vm).ok_or_else(|| not_defined(vm, name))?
        }
        _ => return Err(vm.system_error(format_args!("unknown common constant {oparg}"))),
    };
    // SAFETY: the stack has room.
    Ok(unsafe { push(sp, value) })
}

pub(super) unsafe fn setup_annotations(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: a running frame.
    unsafe {
        let namespace = namespace(vm, frame, Missing::Annotations)?;
        if in_namespace(vm, &namespace, &names::__annotations__)?.is_none() {
            let dict = vm.new_dict();
            vm.setitem(&namespace, &names::__annotations__.as_value(), &dict.into())?;
        }
        Ok(sp)
    }
}
