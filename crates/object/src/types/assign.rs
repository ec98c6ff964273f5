//! Assignment to `__class__` and `__bases__`: whether layouts fit, and what follows.

use super::{Type, instance, layout, mro, type_flag};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::descriptors::slot_member::SlotMember;
use crate::errors::PyResult;
use crate::module::Module;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::PyClass;
use crate::{Heap, Vm};

/// The names of a class's `__slots__` and of those of its bases, by their places.
fn slot_names(heap: &Heap, class: &Object<Type>) -> Vec<(usize, Ref<Str>)> {
    let mut found = Vec::new();
    for base in class.mro(heap).as_slice() {
        let Some(base) = base.downcast::<Type>().filter(|base| base.is_heap_type()) else {
            continue;
        };
        for (_, value) in base.dict(heap).str_items(heap) {
            if let Some(member) = value.downcast::<SlotMember>() {
                found.push((member.offset(), member.name().to_ref()));
            }
        }
    }
    found.sort_by_key(|(offset, _)| *offset);
    found
}

/// Whether instances of one class can become instances of the other as they are (`compatible_for_assignment`).
fn check_compatible(vm: &mut Vm, old: &Object<Type>, new: &Object<Type>, attribute: &str) -> PyResult<()> {
    let flags = type_flag::HAS_DICT | type_flag::HAS_WEAKREFS;
    let same = std::ptr::eq(old.native(), new.native())
        && old.slots_end() == new.slots_end()
        && old.flags() & flags == new.flags() & flags
        && same_names(&slot_names(vm, old), &slot_names(vm, new));
    if same {
        return Ok(());
    }
    let (old, new) = (old.full_name(vm), new.full_name(vm));
    Err(vm.type_error(format_args!("{attribute} assignment: '{new}' object layout differs from '{old}'")))
}

fn same_names(old: &[(usize, Ref<Str>)], new: &[(usize, Ref<Str>)]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(a, b)| a.0 == b.0 && a.1.same_text(&b.1))
}

/// `object.__class__ = …` (`object_set_class`).
pub(super) fn set_class(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error(format_args!("can't delete __class__ attribute")));
    };
    let Some(new) = value.downcast::<Type>() else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("__class__ must be set to a class, not '{kind}' object")));
    };
    let old = this.ty();
    let modules = new.is_subclass_of(Module::type_object(), vm) && old.is_subclass_of(Module::type_object(), vm);
    let mutable = new.has_flags(type_flag::MUTABLE) && old.has_flags(type_flag::MUTABLE);
    let Some(header) = this.header().filter(|_| modules || mutable) else {
        return Err(vm.type_error(format_args!("__class__ assignment only supported for mutable types or ModuleType subclasses")));
    };
    if std::ptr::eq(new, old) {
        return Ok(());
    }
    match modules {
        true if new.slots_end() != old.slots_end() => check_compatible(vm, old, new, "__class__")?,
        true => {}
        false => check_compatible(vm, old, new, "__class__")?,
    }
    instance::set_class(vm, header, new);
    Ok(())
}

/// `type.__bases__ = …` (`type_set_bases`).
pub(super) fn set_bases(vm: &mut Vm, class: &Object<Type>, value: &Value) -> PyResult<()> {
    let name = class.name().to_owned();
    let Some(bases) = value.downcast::<Tuple>() else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("can only assign tuple to {name}.__bases__, not {kind}")));
    };
    if bases.is_empty() {
        return Err(vm.type_error(format_args!("can only assign non-empty tuple to {name}.__bases__, not ()")));
    }
    for base in bases.as_slice() {
        let Some(base) = base.downcast::<Type>() else {
            let kind = vm.type_name(base);
            return Err(vm.type_error(format_args!("{name}.__bases__ must be tuple of classes, not '{kind}'")));
        };
        if base.is_subclass_of(class, vm) {
            return Err(vm.type_error(format_args!("a __bases__ item causes an inheritance cycle")));
        }
    }
    let new_base = layout::best_base(vm, bases)?;
    let old_base = class.base(vm).expect("a class whose bases can be set has a base");
    check_compatible(vm, &old_base, &new_base, "__bases__")?;
    let old_bases = class.bases(vm);
    class.set_bases(bases.to_ref(), new_base, vm);
    let mut changed = Vec::new();
    if let Err(raised) = renew_orders(vm, class, &mut changed) {
        // Everything as it was.
        for (class, order) in changed {
            class.set_mro(order, vm);
        }
        class.set_bases(old_bases, old_base, vm);
        return Err(raised);
    }
    for (bases, add) in [(&*old_bases, false), (bases, true)] {
        for base in bases.as_slice().iter().filter_map(|base| base.downcast::<Type>()) {
            match add {
                true => base.add_subclass(vm, class),
                false => base.remove_subclass(vm, class),
            }
        }
    }
    class.bases_changed(vm);
    Ok(())
}

/// Finds the orders of resolution of a class and those below it anew; `changed` keeps the old ones (`mro_hierarchy`).
fn renew_orders(vm: &mut Vm, class: &Object<Type>, changed: &mut Vec<(Ref<Type>, Ref<Tuple>)>) -> PyResult<()> {
    let class = class.to_ref();
    let order = mro::resolve(vm, &class)?;
    changed.push((class.clone(), class.mro(vm).to_ref()));
    class.set_mro(order, vm);
    for derived in class.subclasses(vm) {
        renew_orders(vm, &derived, changed)?;
    }
    Ok(())
}
