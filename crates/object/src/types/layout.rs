//! How instances of a new class lie in memory: the base whose layout is extended, `__slots__`, room for attributes.

use super::type_object::{ATTRS_BEHIND_DATA, HeapTypeLayout};
use super::{OBJECT_TYPE, PyClass, Type, type_flag};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::int::Int;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::{Vm, names};

/// The most attributes that a class plans room for in its instances.
pub(super) const MOST_INLINE: u16 = 32;

/// What the layout of a new class consists of.
pub(super) struct BaseLayout {
    pub layout: HeapTypeLayout,
    /// The `__slots__` members and where their values lie.
    pub members: Vec<(Ref<Str>, usize)>,
}

/// What `__slots__` declares.
#[derive(Default)]
pub(super) struct DeclaredSlots {
    /// Whether the class has `__slots__` at all.
    declared: bool,
    dict: bool,
    weakref: bool,
    members: Vec<Ref<Str>>,
}

/// The class itself, or the base that gave it the data its instances carry (`solid_base`).
fn solid_base(vm: &Vm, class: &Object<Type>) -> Ref<Type> {
    let Some(base) = class.base(vm) else { return class.to_ref() };
    // A native half that adds nothing to that of its base (`datetime.tzinfo`) does not count.
    let extends = class.slots_end() != base.slots_end()
        || !std::ptr::eq(class.native(), base.native()) && class.instance_size() != base.instance_size();
    if extends { class.to_ref() } else { solid_base(vm, &base) }
}

/// Whether instances of a class begin with all the data that those of the other carry.
pub(super) fn extends_solid(vm: &Vm, class: &Object<Type>, other: &Object<Type>) -> bool {
    let wanted = solid_base(vm, other);
    let mut next = Some(solid_base(vm, class));
    while let Some(class) = next {
        if std::ptr::eq(&*class, &*wanted) {
            return true;
        }
        next = class.base(vm);
    }
    false
}

/// The base whose layout the new class extends (`best_base`).
pub(super) fn best_base(vm: &mut Vm, bases: &Object<Tuple>) -> PyResult<Ref<Type>> {
    let mut best: Option<(Ref<Type>, Ref<Type>)> = None;
    for base in bases.as_slice() {
        let base = base.downcast::<Type>().expect("bases were checked").to_ref();
        if !base.has_flags(type_flag::BASE_TYPE) {
            let name = base.full_name(vm);
            return Err(vm.type_error(format_args!("type '{name}' is not an acceptable base type")));
        }
        if base.mro(vm).is_empty() {
            let name = base.full_name(vm);
            return Err(vm.type_error(format_args!("Cannot extend an incomplete type '{name}'")));
        }
        let solid = solid_base(vm, &base);
        best = Some(match best {
            None => (base, solid),
            Some((_, winner)) if !std::ptr::eq(&*winner, &*solid) && solid.is_subclass_of(&winner, vm) => (base, solid),
            Some(known) if known.1.is_subclass_of(&solid, vm) => known,
            Some(_) => return Err(vm.type_error(format_args!("multiple bases have instance lay-out conflict"))),
        });
    }
    Ok(best.map_or_else(|| OBJECT_TYPE.to_ref(), |(base, _)| base))
}

/// Reads `__slots__` of a new class.
pub(super) fn declared_slots(
    vm: &mut Vm,
    class_name: &Object<Str>,
    base: &Object<Type>,
    dict: &Object<Dict>,
) -> PyResult<DeclaredSlots> {
    let Some(slots) = dict.get_str(&names::__slots__, vm) else { return Ok(DeclaredSlots::default()) };
    let names: Vec<Value> = match slots.downcast::<Str>() {
        Some(_) => vec![slots.clone()],
        None => vm.collect_items(&slots)?.into_iter().collect(),
    };
    let sized = base.var_size().is_some() && !base.has_layout_of(Str::type_object());
    if !names.is_empty() && (sized || is_metaclass(base) || base.has_layout_of(Int::type_object())) {
        let name = base.name();
        return Err(vm.type_error(format_args!("nonempty __slots__ not supported for subtype of '{name}'")));
    }
    let mut declared = DeclaredSlots { declared: true, ..DeclaredSlots::default() };
    for name in &names {
        let Some(name) = name.downcast::<Str>() else {
            let kind = vm.type_name(name);
            return Err(vm.type_error(format_args!("__slots__ items must be strings, not '{kind}'")));
        };
        if !crate::text::strings::classify::is_identifier(name.view()) {
            return Err(vm.type_error(format_args!("__slots__ must be identifiers")));
        }
        if name.is_str("__dict__") {
            if declared.dict || base.attrs_offset() != 0 || base.has_flags(type_flag::HAS_DICT) {
                return Err(vm.type_error(format_args!("__dict__ slot disallowed: we already got one")));
            }
            declared.dict = true;
            continue;
        }
        if name.is_str("__weakref__") {
            if declared.weakref || base.has_flags(type_flag::HAS_WEAKREFS) {
                return Err(vm.type_error(format_args!("__weakref__ slot disallowed: we already got one")));
            }
            declared.weakref = true;
            continue;
        }
        let mangled = mangle(vm, class_name, name);
        let is_classcell =
            mangled.is_str("__qualname__") || mangled.is_str("__classcell__") || mangled.is_str("__classdictcell__");
        if !is_classcell && dict.get_str_ref(&mangled, vm).is_some() {
            let name = vm.repr(&mangled.to_value())?.to_string();
            return Err(vm.value_error(format_args!("{name} in __slots__ conflicts with class variable")));
        }
        declared.members.push(mangled);
    }
    declared.members.sort_by(|a, b| a.view().cmp(&b.view()));
    Ok(declared)
}

/// Whether instances of the class are classes.
fn is_metaclass(class: &Object<Type>) -> bool {
    class.has_layout_of(Type::type_object())
}

/// Private names get their class's name in front (`_Py_Mangle`).
fn mangle(vm: &mut Vm, class_name: &Object<Str>, name: &Object<Str>) -> Ref<Str> {
    let (class_text, text) = (class_name.to_string_lossy(), name.to_string_lossy());
    let class_text = class_text.trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || text.contains('.') || class_text.is_empty() {
        return vm.intern_str(name);
    }
    vm.intern(&format!("_{class_text}{text}"))
}

impl BaseLayout {
    /// Plans a new class over its base.
    pub(super) fn plan(
        vm: &mut Vm,
        base: &Object<Type>,
        bases: &Object<Tuple>,
        slots: &DeclaredSlots,
        dict: &Object<Dict>,
    ) -> PyResult<BaseLayout> {
        let first = base.slots_end();
        let members: Vec<_> = slots.members.iter().enumerate().map(|(index, name)| (name.clone(), first + 8 * index)).collect();
        let slots_end = first + 8 * members.len();
        let any_base =
            |flag: u32| bases.as_slice().iter().any(|base| base.downcast::<Type>().is_some_and(|base| base.has_flags(flag)));
        // Attributes of classes lie in the class's own dict.
        let has_dict = (!slots.declared || slots.dict || any_base(type_flag::HAS_DICT)) && !is_metaclass(base);
        let has_weakrefs = !slots.declared || slots.weakref || any_base(type_flag::HAS_WEAKREFS);
        let mut flags = type_flag::BASE_TYPE | type_flag::MUTABLE;
        for (wanted, flag) in [(has_dict, type_flag::HAS_DICT), (has_weakrefs, type_flag::HAS_WEAKREFS)] {
            if wanted {
                flags |= flag;
            }
        }
        flags |= base.flags() & type_flag::MATCH_SELF;
        let inline_attrs = if has_dict { inline_attributes(vm, base, dict) } else { 0 };
        let (attrs_offset, size) = match (has_dict, base.var_size().is_some()) {
            (false, _) => (0, slots_end),
            (true, true) => (ATTRS_BEHIND_DATA, slots_end + 8 * (1 + inline_attrs as usize)),
            (true, false) => (slots_end as u32, slots_end + 8 * (1 + inline_attrs as usize)),
        };
        let layout = HeapTypeLayout {
            native: base.native(),
            layout: base.layout(),
            flags,
            instance_size: size as u32,
            slots_end: slots_end as u32,
            attrs_offset,
            inline_attrs,
        };
        Ok(BaseLayout { layout, members })
    }
}

/// The attributes that the methods of a class assign, as the compiler counted them, and those of its base.
fn inline_attributes(vm: &Vm, base: &Object<Type>, dict: &Object<Dict>) -> u16 {
    let own = dict.get_str_ref(&names::__static_attributes__, vm);
    let own = own.and_then(|names| names.downcast::<Tuple>().map(|names| names.len())).unwrap_or(0);
    (base.inline_attrs() + own.min(MOST_INLINE as usize) as u16).min(MOST_INLINE)
}

/// Gives the class the `__dict__` and `__weakref__` attributes that its instances are the first to have.
pub(super) fn add_dict_and_weakref(vm: &mut Vm, class: &Object<Type>, base: &Object<Type>, dict: &Object<Dict>) -> PyResult<()> {
    for (flag, name, def) in [
        (type_flag::HAS_DICT, &names::__dict__, &super::instance_attributes::DICT),
        (type_flag::HAS_WEAKREFS, &names::__weakref__, &super::instance_attributes::WEAKREF),
    ] {
        if class.has_flags(flag) && !base.has_flags(flag) && dict.get_str_ref(name, vm).is_none() {
            let getset = vm.new_getset(def, class);
            dict.set_str(name, getset, vm)?;
        }
    }
    Ok(())
}
