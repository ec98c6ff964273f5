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

const ADDITIONS: u32 = type_flag::HAS_DICT | type_flag::HAS_WEAKREFS;

/// Whether instances of a class are as those of its base, nothing added (`compatible_with_tp_base`).
fn adds_nothing(class: &Object<Type>, base: &Object<Type>) -> bool {
    std::ptr::eq(class.native(), base.native())
        && class.slots_end() == base.slots_end()
        && class.flags() & ADDITIONS == base.flags() & ADDITIONS
}

/// The class itself or the nearest base that added something to its instances, and its base.
fn last_addition(vm: &Vm, class: &Object<Type>) -> (Ref<Type>, Option<Ref<Type>>) {
    let mut class = class.to_ref();
    loop {
        match class.base(vm) {
            Some(base) if adds_nothing(&class, &base) => class = base,
            base => return (class, base),
        }
    }
}

/// The `__slots__` that a class itself has added, by their places.
fn own_slots(heap: &Heap, class: &Object<Type>) -> Vec<(usize, Ref<Str>)> {
    let members = class.dict(heap).str_items(heap).into_iter();
    let members = members.filter_map(|(_, value)| {
        let member = value.downcast::<SlotMember>()?;
        Some((member.offset()?, member.name().to_ref()))
    });
    let mut members: Vec<_> = members.collect();
    members.sort_by_key(|(offset, _)| *offset);
    members
}

/// Whether two classes add the same to the instances of their base (`same_slots_added`).
fn add_the_same(vm: &Vm, old: &Object<Type>, new: &Object<Type>) -> bool {
    let (a, b) = (own_slots(vm, old), own_slots(vm, new));
    std::ptr::eq(old.native(), new.native())
        && old.slots_end() == new.slots_end()
        && old.flags() & ADDITIONS == new.flags() & ADDITIONS
        && a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| a.0 == b.0 && a.1.same_text(&b.1))
}

/// Whether instances of one class can become instances of the other as they are (`compatible_for_assignment`).
fn check_compatible(vm: &mut Vm, old: &Object<Type>, new: &Object<Type>, attribute: &str) -> PyResult<()> {
    // Where C's functions that free instances differ: containers have one, other objects another.
    if old.has_flags(type_flag::CONTAINER) != new.has_flags(type_flag::CONTAINER) {
        let (old, new) = (old.full_name(vm), new.full_name(vm));
        return Err(vm.type_error(format_args!("{attribute} assignment: '{new}' deallocator differs from '{old}'")));
    }
    let ((old_addition, old_base), (new_addition, new_base)) = (last_addition(vm, old), last_addition(vm, new));
    let address = |class: &Option<Ref<Type>>| class.as_ref().map(|class| class.address());
    let same = std::ptr::eq(&*old_addition, &*new_addition)
        || address(&old_base) == address(&new_base) && add_the_same(vm, &old_addition, &new_addition);
    if same {
        return Ok(());
    }
    let (old, new) = (old.full_name(vm), new.full_name(vm));
    Err(vm.type_error(format_args!("{attribute} assignment: '{new}' object layout differs from '{old}'")))
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
    vm.audit_assignment(this, "__class__", Some(value))?;
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
        // A metaclass's `mro` may have brought us here while the orders are not yet what the chain of bases says.
        if base.is_subclass_of(class, vm) || extends(vm, base, class) {
            return Err(vm.type_error(format_args!("a __bases__ item causes an inheritance cycle")));
        }
    }
    let new_base = layout::best_base(vm, bases)?;
    let old_base = class.base(vm).expect("a class whose bases can be set has a base");
    check_compatible(vm, &old_base, &new_base, "__bases__")?;
    let old_bases = class.bases(vm);
    class.set_bases(bases.to_ref(), new_base, vm);
    let mut changed = Vec::new();
    let renewed = renew_orders(vm, class, &mut changed);
    // The orders may have been found by calls that set the bases in their turn; those then stay.
    let is_ours = |vm: &Vm| std::ptr::eq(&*class.bases(vm), bases);
    if let Err(raised) = renewed {
        for Change { class, before, after } in changed {
            if std::ptr::eq(class.mro(vm), &*after) {
                class.set_mro(before, vm);
                class.modified(vm);
            }
        }
        if is_ours(vm) {
            class.set_bases(old_bases, old_base, vm);
        }
        return Err(raised);
    }
    if is_ours(vm) {
        for base in old_bases.as_slice().iter().filter_map(|base| base.downcast::<Type>()) {
            base.remove_subclass(vm, class);
        }
        for base in bases.as_slice().iter().filter_map(|base| base.downcast::<Type>()) {
            base.add_subclass(vm, class);
        }
        class.bases_changed(vm);
    }
    Ok(())
}

/// Whether the chain of bases whose layout is extended leads from one class to the other.
fn extends(vm: &Vm, class: &Object<Type>, to: &Object<Type>) -> bool {
    let mut next = Some(class.to_ref());
    while let Some(class) = next {
        if std::ptr::eq(&*class, to) {
            return true;
        }
        next = class.base(vm);
    }
    false
}

/// An order of resolution that was found anew.
struct Change {
    class: Ref<Type>,
    before: Ref<Tuple>,
    after: Ref<Tuple>,
}

/// Finds the orders of resolution of a class and those below it anew (`mro_hierarchy`). A class whose order was set by
/// calls on the way keeps that one.
fn renew_orders(vm: &mut Vm, class: &Object<Type>, changed: &mut Vec<Change>) -> PyResult<()> {
    let class = class.to_ref();
    let before = class.mro(vm).to_ref();
    let after = mro::resolve(vm, &class)?;
    if !std::ptr::eq(class.mro(vm), &*before) {
        return Ok(());
    }
    changed.push(Change { class: class.clone(), before, after: after.clone() });
    class.set_mro(after, vm);
    class.modified(vm);
    for derived in class.subclasses(vm) {
        renew_orders(vm, &derived, changed)?;
    }
    Ok(())
}
