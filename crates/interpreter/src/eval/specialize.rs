//! Specialisation in place (PEP 659): an instruction that has run a few times is rewritten for what it has seen.
//!
//! Each function looks at the operands of an instruction that is about to run and writes a specialised opcode with its
//! cache; false where it knows no better form. `at` is the instruction, its caches follow; the first is the counter.

use pvm_bytecode::opcode::Opcode;
use pvm_object::descriptors::builtin_function::NativeFunction;
use pvm_object::descriptors::method::Method;
use pvm_object::descriptors::native_method::NativeMethod;
use pvm_object::descriptors::property::Property;
use pvm_object::descriptors::slot_member::SlotMember;
use pvm_object::dict::Dict;
use pvm_object::float::Float;
use pvm_object::function::Function;
use pvm_object::iterators::{ListIterator, TupleIterator};
use pvm_object::list::List;
use pvm_object::module::Module;
use pvm_object::ops::attribute::{generic_getattr, generic_setattr, type_getattr};
use pvm_object::range::RangeIterator;
use pvm_object::str::Str;
use pvm_object::text::Width;
use pvm_object::tuple::Tuple;
use pvm_object::types::slots::{GetAttrFn, SetAttrFn};
use pvm_object::types::{PyClass, Type, instance, type_flag};
use pvm_object::{Object, Slot, Value, ValueRef, Vm, names};

use super::stack::peek;
use crate::dependents;
use crate::frame::Frame;
use crate::generator::Generator;

/// Misses in a row before an instruction is specialised anew.
const PATIENCE: u16 = 16;

unsafe fn set_opcode(at: *mut u16, opcode: Opcode) {
    // SAFETY: the instruction's first byte is the opcode.
    unsafe { at.cast::<u8>().write(opcode as u8) }
}

unsafe fn become_(at: *mut u16, opcode: Opcode) -> bool {
    // SAFETY: the instruction has a cache, whose first unit counts misses from now on.
    unsafe {
        set_opcode(at, opcode);
        at.add(1).write(PATIENCE);
    }
    true
}

unsafe fn write_u32(at: *mut u16, index: usize, value: u32) {
    // SAFETY: the instruction has that many caches.
    unsafe { at.add(1 + index).cast::<u32>().write_unaligned(value) }
}

unsafe fn write_u64(at: *mut u16, index: usize, value: u64) {
    // SAFETY: the instruction has that many caches.
    unsafe { at.add(1 + index).cast::<u64>().write_unaligned(value) }
}

/// A specialised instruction did not fit; after some misses it becomes its general form again, which will try anew.
#[cold]
#[inline(never)]
pub(super) unsafe fn missed(caches: *mut u16, base: Opcode) {
    // SAFETY: the caches follow the instruction.
    unsafe {
        let left = *caches;
        if left > 1 {
            caches.write(left - 1);
            return;
        }
        set_opcode(caches.sub(1), base);
        caches.write(crate::execution::cooldown());
    }
}

fn is_float(value: &Value) -> bool {
    value.is_small_float() || value.downcast_exact::<Float>().is_some()
}

pub(super) unsafe fn binary_op(vm: &mut Vm, frame: *mut Frame, at: *mut u16, sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: two operands; the instruction has caches.
    unsafe {
        let (left, right): (ValueRef<'_>, ValueRef<'_>) = (peek(sp, 2), peek(sp, 1));
        let ints = left.is_small_int() && right.is_small_int();
        let numbers = (is_float(&left) || left.is_small_int()) && (is_float(&right) || right.is_small_int()) && !ints;
        let opcode = match oparg {
            0 | 13 if ints => Opcode::BinaryOpAddInt,
            10 | 23 if ints => Opcode::BinaryOpSubtractInt,
            5 | 18 if ints => Opcode::BinaryOpMultiplyInt,
            0 | 13 if numbers => Opcode::BinaryOpAddFloat,
            10 | 23 if numbers => Opcode::BinaryOpSubtractFloat,
            5 | 18 if numbers => Opcode::BinaryOpMultiplyFloat,
            super::arithmetic::SUBSCRIPT => {
                if right.is_small_int() && left.downcast_exact::<List>().is_some() {
                    Opcode::BinaryOpSubscrListInt
                } else if right.is_small_int() && left.downcast_exact::<Tuple>().is_some() {
                    Opcode::BinaryOpSubscrTupleInt
                } else if left.downcast_exact::<Dict>().is_some() {
                    Opcode::BinaryOpSubscrDict
                } else if right.is_small_int() && left.downcast_exact::<Str>().is_some_and(|text| text.width() <= Width::Latin1) {
                    Opcode::BinaryOpSubscrStrInt
                } else {
                    return subscript_of_class(vm, frame, at, left);
                }
            }
            8 | 21 if numbers => Opcode::BinaryOpExtend,
            _ if ints || (left.is_small_float() || left.is_small_int()) && (right.is_small_float() || right.is_small_int()) => {
                Opcode::BinaryOpExtend
            }
            _ => return false,
        };
        become_(at, opcode)
    }
}

/// `container[key]` where the container's class has a Python function for it.
unsafe fn subscript_of_class(vm: &mut Vm, frame: *mut Frame, at: *mut u16, owner: ValueRef<'_>) -> bool {
    let Some(header) = owner.header().filter(|header| header.ty().is_heap_type()) else { return false };
    let Some(found) = header.ty().lookup(&names::__getitem__, vm).map(ValueRef::to_owned) else { return false };
    let Some(function) = found.downcast_exact::<Function>() else { return false };
    // SAFETY: the function lives; the instruction has caches.
    unsafe {
        let execution = &*crate::call::execution_of(function);
        if execution.exact_argcount != 2 {
            return false;
        }
        let Some(shape) = vm.guardable_shape(header) else { return false };
        dependents::rely_on(vm, (*frame).execution, shape);
        write_u32(at, 1, shape);
        become_(at, Opcode::BinaryOpSubscrGetitem)
    }
}

pub(super) unsafe fn store_subscr(_vm: &mut Vm, _frame: *mut Frame, at: *mut u16, sp: *mut Slot, _oparg: usize) -> bool {
    // SAFETY: three operands; the instruction has a cache.
    unsafe {
        let (container, key) = (peek(sp, 2), peek(sp, 1));
        if key.is_small_int() && container.downcast_exact::<List>().is_some() {
            return become_(at, Opcode::StoreSubscrListInt);
        }
        false
    }
}

pub(super) unsafe fn compare_op(_vm: &mut Vm, _frame: *mut Frame, at: *mut u16, sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: two operands; the instruction has a cache.
    unsafe {
        let (left, right) = (peek(sp, 2), peek(sp, 1));
        if left.is_small_int() && right.is_small_int() {
            return become_(at, Opcode::CompareOpInt);
        }
        if left.is_small_float() && right.is_small_float() {
            return become_(at, Opcode::CompareOpFloat);
        }
        let equality = matches!(oparg >> 5, 2 | 3);
        if equality && left.downcast_exact::<Str>().is_some() && right.downcast_exact::<Str>().is_some() {
            return become_(at, Opcode::CompareOpStr);
        }
        false
    }
}

pub(super) unsafe fn unpack_sequence(vm: &mut Vm, _frame: *mut Frame, at: *mut u16, sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: one operand; the instruction has a cache.
    unsafe {
        let sequence = peek(sp, 1);
        if sequence.downcast_exact::<Tuple>().is_some_and(|tuple| tuple.len() == oparg) {
            return become_(at, Opcode::UnpackSequenceTuple);
        }
        if sequence.downcast_exact::<List>().is_some_and(|list| list.len(vm) == oparg) {
            return become_(at, Opcode::UnpackSequenceList);
        }
        false
    }
}

pub(super) unsafe fn load_global(vm: &mut Vm, frame: *mut Frame, at: *mut u16, _sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: the frame's function owns both dicts, and builtins were checked to be one.
    unsafe {
        let name: &Object<Str> = &(&(*frame).code().names)[oparg >> 1];
        let globals = &*(*frame).globals;
        if globals.as_value().downcast_exact::<Dict>().is_none() {
            return false;
        }
        if let Some(index) = globals.entry_index(name, vm) {
            let version = globals.version(vm);
            if version == 0 || index > u16::MAX as usize {
                return false;
            }
            at.add(2).write(index as u16);
            write_u32(at, 2, version);
            return become_(at, Opcode::LoadGlobalModule);
        }
        if (*frame).function().builtins.get(vm).downcast_exact::<Dict>().is_none() {
            return false;
        }
        let builtins = &*(*frame).builtins;
        let Some(index) = builtins.entry_index(name, vm) else { return false };
        let (globals_version, builtins_version) = (globals.version(vm), builtins.version(vm));
        let fits = |version: u32| version != 0 && version <= u32::from(u16::MAX);
        if !fits(globals_version) || !fits(builtins_version) || index > u16::MAX as usize {
            return false;
        }
        at.add(2).write(index as u16);
        at.add(3).write(globals_version as u16);
        at.add(4).write(builtins_version as u16);
        become_(at, Opcode::LoadGlobalBuiltin)
    }
}

fn has_getattr(class: &Object<Type>, function: GetAttrFn) -> bool {
    class.slots().getattr().is_some_and(|slot| std::ptr::fn_addr_eq(slot, function))
}

pub(super) unsafe fn load_attr(vm: &mut Vm, frame: *mut Frame, at: *mut u16, sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: one operand; the instruction has caches.
    unsafe {
        let owner = peek(sp, 1);
        let name: &Object<Str> = &(&(*frame).code().names)[oparg >> 1];
        if let Some(module) = owner.downcast_exact::<Module>() {
            let dict = module.dict();
            let Some(index) = dict.entry_index(name, vm) else { return false };
            let version = dict.version(vm);
            if version == 0 || index > u16::MAX as usize || owner.ty().lookup(name, vm).is_some() {
                return false;
            }
            write_u32(at, 1, version);
            at.add(4).write(index as u16);
            return become_(at, Opcode::LoadAttrModule);
        }
        let class = owner.ty();
        if has_getattr(class, type_getattr) {
            return class_attribute(vm, at, owner, name);
        }
        if !has_getattr(class, generic_getattr) {
            return false;
        }
        let Some(header) = owner.header() else { return false };
        let Some(shape) = vm.guardable_shape(header) else { return false };
        dependents::rely_on(vm, (*frame).execution, shape);
        let found = class.lookup(name, vm).map(ValueRef::to_owned);
        if instance::has_own_dict(vm, header) {
            let Some((dict, offset)) = instance::own_dict(vm, header) else { return false };
            let goes_first = found.is_some_and(|found| found.ty().slots().descr_set().is_some());
            let Some(index) = dict.entry_index(name, vm).filter(|_| !goes_first) else { return false };
            let (Ok(index), Ok(offset)) = (u16::try_from(index), u16::try_from(offset)) else { return false };
            write_u32(at, 1, shape);
            at.add(4).write(index);
            at.add(5).write(offset);
            return become_(at, Opcode::LoadAttrWithHint);
        }
        if let Some(found) = &found {
            let kind = found.ty();
            if let Some(member) = found.downcast_exact::<SlotMember>() {
                if !class.is_subclass_of(member.class(), vm) {
                    return false;
                }
                let Some(offset) = member.offset().and_then(|offset| u16::try_from(offset).ok()) else { return false };
                write_u32(at, 1, shape);
                at.add(4).write(offset);
                return become_(at, Opcode::LoadAttrSlot);
            }
            if let Some(property) = found.downcast_exact::<Property>() {
                let Some(getter) = property.function(vm) else { return false };
                let Some(function) = getter.downcast_exact::<Function>() else { return false };
                let execution = &*crate::call::execution_of(function);
                if oparg & 1 != 0 || execution.exact_argcount != 1 {
                    return false;
                }
                write_u32(at, 1, shape);
                write_u64(at, 5, getter.bits());
                return become_(at, Opcode::LoadAttrProperty);
            }
            if kind.slots().descr_set().is_some() {
                return false;
            }
        }
        if let Some(offset) = instance::inline_offset(vm, header, name) {
            if offset > u16::MAX as usize {
                return false;
            }
            write_u32(at, 1, shape);
            at.add(4).write(offset as u16);
            return become_(at, Opcode::LoadAttrInstanceValue);
        }
        let Some(found) = found else { return false };
        if instance::get(vm, header, name).is_some() {
            return false;
        }
        let kind = found.ty();
        if kind.has_flags(type_flag::METHOD_DESCRIPTOR) {
            if oparg & 1 == 0 {
                return false;
            }
            write_u32(at, 1, shape);
            write_u64(at, 5, found.bits());
            return become_(at, Opcode::LoadAttrMethodWithValues);
        }
        if kind.slots().descr_get().is_none() && oparg & 1 == 0 {
            write_u32(at, 1, shape);
            write_u64(at, 5, found.bits());
            return become_(at, Opcode::LoadAttrNondescriptorWithValues);
        }
        false
    }
}

/// An attribute of a class: functions and plain values, where no attribute of the metaclass goes before it.
unsafe fn class_attribute(vm: &mut Vm, at: *mut u16, owner: ValueRef<'_>, name: &Object<Str>) -> bool {
    let Some(class) = owner.downcast_ref::<Type>() else { return false };
    let metaclass = owner.ty();
    let goes_first = |found: ValueRef<'_>| found.ty().slots().descr_set().is_some();
    if metaclass.lookup(name, vm).is_some_and(goes_first) || class.ensure_guard(vm) == 0 || metaclass.ensure_guard(vm) == 0 {
        return false;
    }
    let Some(found) = class.lookup(name, vm) else { return false };
    let plain = found.ty().slots().descr_get().is_none() || found.is_instance_of::<Function>();
    if !plain {
        return false;
    }
    // SAFETY: the instruction has caches.
    unsafe {
        write_u64(at, 5, found.bits());
        write_u32(at, 1, class.version());
        write_u32(at, 3, metaclass.version());
        if std::ptr::eq(metaclass, Type::type_object()) {
            return become_(at, Opcode::LoadAttrClass);
        }
        become_(at, Opcode::LoadAttrClassWithMetaclassCheck)
    }
}

pub(super) unsafe fn store_attr(vm: &mut Vm, frame: *mut Frame, at: *mut u16, sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: two operands; the instruction has caches.
    unsafe {
        let owner = peek(sp, 1);
        let name: &Object<Str> = &(&(*frame).code().names)[oparg];
        let class = owner.ty();
        let generic = class.slots().setattr().is_some_and(|slot| std::ptr::fn_addr_eq(slot, generic_setattr as SetAttrFn));
        let Some(header) = owner.header().filter(|_| generic) else { return false };
        let Some(shape) = vm.guardable_shape(header) else { return false };
        dependents::rely_on(vm, (*frame).execution, shape);
        if instance::has_own_dict(vm, header) {
            return false;
        }
        if let Some(found) = class.lookup(name, vm).map(ValueRef::to_owned) {
            if let Some(member) = found.downcast_exact::<SlotMember>() {
                if !class.is_subclass_of(member.class(), vm) {
                    return false;
                }
                let Some(offset) = member.offset().and_then(|offset| u16::try_from(offset).ok()) else { return false };
                write_u32(at, 1, shape);
                at.add(4).write(offset);
                return become_(at, Opcode::StoreAttrSlot);
            }
            if found.ty().slots().descr_set().is_some() {
                return false;
            }
        }
        if let Some(offset) = instance::inline_offset(vm, header, name) {
            if offset > u16::MAX as usize {
                return false;
            }
            write_u32(at, 1, shape);
            at.add(4).write(offset as u16);
            return become_(at, Opcode::StoreAttrInstanceValue);
        }
        let Some((next, offset)) = instance::inline_growth(vm, header, name) else { return false };
        let Some(entry) = (*(*frame).execution).add_growth(next, offset) else { return false };
        write_u32(at, 1, shape);
        at.add(4).write(entry);
        become_(at, Opcode::StoreAttrWithHint)
    }
}

pub(super) unsafe fn call(vm: &mut Vm, _frame: *mut Frame, at: *mut u16, sp: *mut Slot, oparg: usize) -> bool {
    // SAFETY: the operands of a call; the instruction has caches.
    unsafe {
        let callable = peek(sp, oparg + 2);
        let has_self = !(*sp.sub(oparg + 1)).is_empty();
        if let Some(function) = callable.downcast_exact::<Function>() {
            let execution = &*crate::call::execution_of(function);
            let Some(missing) = (execution.exact_argcount as usize).checked_sub(oparg + has_self as usize) else { return false };
            let defaults = function.defaults.borrow(vm).as_ref().map_or(0, |defaults| defaults.len());
            return match missing {
                0 => become_(at, Opcode::CallPyExactArgs),
                missing => missing <= defaults && become_(at, Opcode::CallPyGeneral),
            };
        }
        if let Some(method) = callable.downcast_exact::<Method>() {
            return method.function().is_instance_of::<Function>() && become_(at, Opcode::CallPyGeneral);
        }
        if let Some(class) = callable.downcast::<Type>() {
            if has_self {
                return false;
            }
            if !super::calls::has_simple_init(vm, class) || class.ensure_guard(vm) == 0 {
                let plain = callable.downcast_exact::<Type>().is_some_and(|class| !class.is_heap_type());
                return plain && become_(at, Opcode::CallBuiltinClass);
            }
            write_u32(at, 1, class.version());
            return become_(at, Opcode::CallAllocAndEnterInit);
        }
        if let Some(function) = callable.downcast_exact::<NativeFunction>() {
            write_u32(at, 1, function.def() as *const _ as usize as u32);
            if function.def().name == "len" && oparg == 1 && !has_self {
                return become_(at, Opcode::CallLen);
            }
            if function.def().name == "isinstance" && oparg == 2 && !has_self {
                return become_(at, Opcode::CallIsinstance);
            }
            return become_(at, Opcode::CallBuiltinFast);
        }
        if let Some(method) = callable.downcast_exact::<NativeMethod>() {
            write_u32(at, 1, method.def() as *const _ as usize as u32);
            if method.def().name == "append" && oparg == 1 && has_self && peek(sp, 2).downcast_exact::<List>().is_some() {
                return become_(at, Opcode::CallListAppend);
            }
            return become_(at, Opcode::CallMethodDescriptorO);
        }
        false
    }
}

pub(super) unsafe fn for_iter(_vm: &mut Vm, _frame: *mut Frame, at: *mut u16, sp: *mut Slot, _oparg: usize) -> bool {
    // SAFETY: one operand; the instruction has a cache.
    unsafe {
        let iterator = peek(sp, 1);
        if iterator.downcast_exact::<RangeIterator>().is_some() {
            return become_(at, Opcode::ForIterRange);
        }
        if iterator.downcast_exact::<ListIterator>().is_some() {
            return become_(at, Opcode::ForIterList);
        }
        if iterator.downcast_exact::<TupleIterator>().is_some() {
            return become_(at, Opcode::ForIterTuple);
        }
        if iterator.downcast_exact::<Generator>().is_some() {
            return become_(at, Opcode::ForIterGen);
        }
        false
    }
}

pub(super) unsafe fn send(_vm: &mut Vm, _frame: *mut Frame, at: *mut u16, sp: *mut Slot, _oparg: usize) -> bool {
    // SAFETY: two operands; the instruction has a cache.
    unsafe {
        if peek(sp, 2).downcast::<Generator>().is_some_and(Generator::can_be_entered) {
            return become_(at, Opcode::SendGen);
        }
        false
    }
}
