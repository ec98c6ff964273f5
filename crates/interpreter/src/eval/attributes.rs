//! Attributes.

use pvm_object::dict::Dict;
use pvm_object::module::Module;
use pvm_object::str::Str;
use pvm_object::str::intern::Name;
use pvm_object::super_::{self, SUPER_TYPE};
use pvm_object::types::attribute_cache::Found;
use pvm_object::types::{Type, type_flag};
use pvm_object::{Object, PyResult, Slot, Value, ValueRef, Vm, names};

use super::stack::{drop_top, finish, peek};
use crate::frame::Frame;

/// The name that an operand means.
unsafe fn name<'a>(frame: *mut Frame, index: usize) -> &'a Object<Str> {
    // SAFETY: the index is that of a name; the code outlives its frame's instruction.
    unsafe { &(*frame).code().names[index] }
}

/// An attribute that was found without running code.
pub(super) enum Known {
    Value(Slot),
    /// A function of the class, which the object is the first argument of.
    Method(Slot),
}

/// What is known of the attribute already, whatever shapes the instruction has seen.
#[inline(never)]
pub(super) unsafe fn known(vm: &Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> Option<Known> {
    // SAFETY: one operand.
    let owner = unsafe { (*sp.sub(1)).header()? };
    // SAFETY: a running frame.
    Some(match vm.find_known(owner, unsafe { name(frame, oparg >> 1) })? {
        Found::Value(value) => Known::Value(Slot::owned(value.to_owned())),
        Found::Getter(_) | Found::Nothing => return None,
        Found::Method(_) if oparg & 1 == 0 => return None,
        Found::Method(method) => Known::Method(Slot::owned(method.to_owned())),
    })
}

pub(super) unsafe fn load_attr(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        let (owner, name) = (peek(sp, 1), name(frame, oparg >> 1));
        if oparg & 1 == 0 {
            let value = vm.getattr(&owner, name)?;
            return Ok(finish(vm, sp, 1, value));
        }
        let (method, unbound) = vm.get_method(&owner, name)?;
        if unbound {
            // The receiver stays, above its method.
            let receiver = *sp.sub(1);
            *sp.sub(1) = Slot::owned(method);
            *sp = receiver;
            return Ok(sp.add(1));
        }
        let sp = finish(vm, sp, 1, method);
        *sp = Slot::EMPTY;
        Ok(sp.add(1))
    }
}

pub(super) unsafe fn store_attr(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands.
    unsafe {
        vm.setattr(&peek(sp, 1), name(frame, oparg), &peek(sp, 2))?;
        Ok(drop_top(vm, sp, 2))
    }
}

pub(super) unsafe fn delete_attr(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand.
    unsafe {
        vm.delattr(&peek(sp, 1), name(frame, oparg))?;
        Ok(drop_top(vm, sp, 1))
    }
}

/// The attribute of a module, where its dict's keys are as they were.
#[inline(always)]
pub(super) unsafe fn module_value(vm: &Vm, sp: *mut Slot, version: u32, index: u16) -> Option<Slot> {
    // SAFETY: one operand.
    let owner = unsafe { peek(sp, 1) };
    let module = owner.downcast_exact::<Module>()?;
    let dict = module.dict();
    // SAFETY: the specialiser wrote a version that the dict had.
    let value = unsafe { dict.value_in_version(version, index as usize, vm) };
    value.map(|value| Slot::owned(value.to_owned()))
}

/// The attribute of an object that keeps its own in a dict, where it lies where it was; the shape tells of the dict, which
/// the caches say the place of.
#[inline(always)]
pub(super) unsafe fn hinted_value(vm: &Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize, caches: *const u16) -> Option<Slot> {
    // SAFETY: one operand. Of this shape, objects have their dict at the offset that was seen.
    unsafe {
        let owner = peek(sp, 1);
        if owner.shape() != caches.add(1).cast::<u32>().read_unaligned() {
            return None;
        }
        let word = *(owner.bits() as *const u8).add(*caches.add(4) as usize).cast::<u64>();
        let dict = &*(word as *const Object<Dict>);
        dict.value_of_name_at(*caches.add(3) as usize, name(frame, oparg >> 1), vm).map(|value| Slot::owned(value.to_owned()))
    }
}

/// What objects of a shape find in their class, as it is: the word.
#[inline(always)]
pub(super) unsafe fn plain_value(sp: *mut Slot, shape: u32, word: u64) -> Option<Slot> {
    // SAFETY: one operand; the class keeps the value while its objects have this shape.
    unsafe { ((*sp.sub(1)).shape() == shape).then(|| Slot::from_bits(word).to_owned_slot()) }
}

/// What a class of this version, its metaclass of that one, has as an attribute: the word.
#[inline(always)]
pub(super) unsafe fn class_value(sp: *mut Slot, version: u32, metaclass_version: u32, word: u64) -> Option<Slot> {
    // SAFETY: one operand; the class keeps the value while it has this version.
    unsafe {
        let owner = peek(sp, 1);
        let same = owner.header()?.ty().version() == metaclass_version && owner.downcast_ref::<Type>()?.version() == version;
        same.then(|| Slot::from_bits(word).to_owned_slot())
    }
}

/// Gives an object a new attribute in the object itself; the cache names the entry that says where, and the new shape.
#[inline(always)]
pub(super) unsafe fn grow(frame: *mut Frame, owner: ValueRef<'_>, value: Slot, entry: u16) {
    // SAFETY: the shape was guarded, so the place is inside the object and empty.
    unsafe {
        let growth = (*(*frame).execution).growth(entry);
        let place = (owner.bits() as *mut u8).add(growth.offset as usize).cast::<u64>();
        place.write(value.into_value().into_bits());
        if let Some(header) = owner.header() {
            header.change_shape(growth.shape);
        }
    }
}

/// `LOAD_SPECIAL`: a method looked up on the class, with its receiver.
pub(super) unsafe fn load_special(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    const NAMES: [&Name; 4] = [&names::__enter__, &names::__exit__, &names::__aenter__, &names::__aexit__];
    // SAFETY: one operand.
    unsafe {
        let owner = peek(sp, 1);
        let class = owner.ty();
        let Some(method) = class.lookup(NAMES[oparg], vm).map(ValueRef::to_owned) else {
            return Err(no_special(vm, &owner, oparg));
        };
        if method.ty().has_flags(type_flag::METHOD_DESCRIPTOR) {
            let receiver = *sp.sub(1);
            *sp.sub(1) = Slot::owned(method);
            *sp = receiver;
            return Ok(sp.add(1));
        }
        let bound = match method.ty().slots().descr_get() {
            Some(get) => get(vm, &method, Some(&owner), Some(&class.as_value()))?,
            None => method,
        };
        let sp = finish(vm, sp, 1, bound);
        *sp = Slot::EMPTY;
        Ok(sp.add(1))
    }
}

#[cold]
fn no_special(vm: &mut Vm, owner: &Value, which: usize) -> pvm_object::Raised {
    let kind = owner.ty().message_name(vm);
    let has = |vm: &Vm, name: &Object<Str>| owner.ty().lookup(name, vm).is_some();
    let (sync, asynchronous) =
        (has(vm, &names::__enter__) && has(vm, &names::__exit__), has(vm, &names::__aenter__) && has(vm, &names::__aexit__));
    let (what, missing) = match which {
        0 => ("the context manager protocol", " (missed __enter__ method)"),
        1 => ("the context manager protocol", " (missed __exit__ method)"),
        2 => ("the asynchronous context manager protocol", " (missed __aenter__ method)"),
        _ => ("the asynchronous context manager protocol", " (missed __aexit__ method)"),
    };
    let hint = match which {
        0 | 1 if asynchronous => " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?",
        2 | 3 if sync => " but it supports the context manager protocol. Did you mean to use 'with'?",
        _ => "",
    };
    vm.type_error(format_args!("'{kind}' object does not support {what}{missing}{hint}"))
}

pub(super) unsafe fn load_super_attr(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: three operands: `super`, the class, the instance.
    unsafe {
        let (callable, class, receiver) = (peek(sp, 3), peek(sp, 2), peek(sp, 1));
        let name = name(frame, oparg >> 2);
        if callable.is(&SUPER_TYPE.as_value())
            && let Some(class) = class.downcast::<Type>()
        {
            let wants_method = oparg & 1 != 0;
            let (value, unbound) = super_::lookup(vm, class, &receiver, name, wants_method)?;
            if wants_method && unbound {
                let receiver = receiver.to_owned();
                let sp = finish(vm, sp, 3, value);
                *sp = Slot::owned(receiver);
                return Ok(sp.add(1));
            }
            let sp = finish(vm, sp, 3, value);
            if wants_method {
                *sp = Slot::EMPTY;
                return Ok(sp.add(1));
            }
            return Ok(sp);
        }
        let args: &[Value] = if oparg & 2 != 0 { &[class.to_owned(), receiver.to_owned()] } else { &[] };
        let object = vm.call(&callable, args)?;
        let value = vm.getattr(&object, name)?;
        let sp = finish(vm, sp, 3, value);
        if oparg & 1 != 0 {
            *sp = Slot::EMPTY;
            return Ok(sp.add(1));
        }
        Ok(sp)
    }
}
