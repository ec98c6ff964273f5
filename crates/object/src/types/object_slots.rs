//! The slots of `object`, which every class inherits.

use super::slots::{InitFn, NewFn};
use super::{Instance, OBJECT_TYPE, Slots, Type, type_flag};
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::ops::CompareOp;
use crate::ops::attribute::{generic_getattr, generic_setattr};
use crate::str::Str;
use crate::{Heap, Vm};

/// The table.
#[allow(clippy::declare_interior_mutable_const)]
pub(super) const SLOTS: Slots = Slots::new()
    .with_getattr(generic_getattr)
    .with_setattr(generic_setattr)
    .with_repr(repr)
    .with_str(str)
    .with_hash(hash)
    .with_richcompare(richcompare)
    .with_new(new)
    .with_init(init);

/// `object.__repr__`.
pub fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let name = this.ty().full_qualname(vm);
    let text = format!("<{name} object at {:#x}>", this.bits());
    Ok(vm.new_str(&text).into())
}

fn str(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(vm.repr(this)?.into())
}

/// `object.__hash__`: of the address.
pub fn hash(_vm: &mut Vm, this: &Value) -> PyResult<i64> {
    Ok(crate::hashing::hash_pointer(this.bits() as usize))
}

/// `object.__eq__` and its like: identity, and `!=` by way of `==`.
pub fn richcompare(vm: &mut Vm, left: &Value, right: &Value, op: CompareOp) -> PyResult {
    match op {
        CompareOp::Eq if left.is(right) => Ok(Value::from_bool(true)),
        CompareOp::Ne => {
            let Some(compare) = left.ty().slots().richcompare() else { return Ok(Value::not_implemented()) };
            let equal = compare(vm, left, right, CompareOp::Eq)?;
            if equal.is_not_implemented() {
                return Ok(equal);
            }
            Ok(Value::from_bool(!vm.truth(&equal)?))
        }
        _ => Ok(Value::not_implemented()),
    }
}

fn overrides_new(class: &Object<Type>) -> bool {
    class.slots().new_instance().is_none_or(|slot| !std::ptr::fn_addr_eq(slot, new as NewFn))
}

fn overrides_init(class: &Object<Type>) -> bool {
    class.slots().init().is_none_or(|slot| !std::ptr::fn_addr_eq(slot, init as InitFn))
}

/// `object.__new__`.
pub fn new(vm: &mut Vm, class: &Object<Type>, args: Args<'_>) -> PyResult {
    if !args.is_empty() {
        if overrides_new(class) {
            return Err(vm.type_error(format_args!("object.__new__() takes exactly one argument (the type to instantiate)")));
        }
        if !overrides_init(class) {
            let name = class.name();
            return Err(vm.type_error(format_args!("{name}() takes no arguments")));
        }
    }
    if class.has_flags(type_flag::ABSTRACT) {
        return Err(abstract_error(vm, class)?);
    }
    if !std::ptr::eq(class.native(), OBJECT_TYPE.get()) {
        if !overrides_new(class.native()) {
            let name = class.full_name(vm);
            return Err(vm.type_error(format_args!("cannot create '{name}' instances")));
        }
        let (name, safe) = (class.name(), class.native().name());
        return Err(vm.type_error(format_args!("object.__new__({name}) is not safe, use {safe}.__new__()")));
    }
    Ok(vm.alloc_as(class, Instance).into())
}

fn abstract_error(vm: &mut Vm, class: &Object<Type>) -> PyResult<crate::errors::Raised> {
    let class_value = class.to_value();
    let methods = vm.getattr(&class_value, &names::__abstractmethods__)?;
    let mut sorted: Vec<String> = Vec::new();
    for method in vm.collect_items(&methods)? {
        let Some(method) = method.downcast::<Str>() else {
            let kind = vm.type_name(&method);
            return Ok(vm.type_error(format_args!("sequence item 0: expected str instance, {kind} found")));
        };
        sorted.push(method.to_string());
    }
    sorted.sort();
    let (plural, list) = (if sorted.len() == 1 { "" } else { "s" }, sorted.join("', '"));
    let name = class.name();
    Ok(vm.type_error(format_args!(
        "Can't instantiate abstract class {name} without an implementation for abstract method{plural} '{list}'"
    )))
}

/// `object.__init__`.
pub fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    if args.is_empty() {
        return Ok(());
    }
    let class = this.ty();
    if overrides_init(class) {
        return Err(vm.type_error(format_args!("object.__init__() takes exactly one argument (the instance to initialize)")));
    }
    if !overrides_new(class) {
        let name = class.name();
        return Err(vm.type_error(format_args!("{name}.__init__() takes exactly one argument (the instance to initialize)")));
    }
    Ok(())
}

impl Object<Type> {
    /// The name with its module, as messages of the machine show static classes: `collections.deque`.
    pub fn full_name(&self, heap: &Heap) -> String {
        match self.def() {
            Some(def) if def.module != "builtins" => format!("{}.{}", def.module, def.name),
            Some(def) => def.name.to_owned(),
            None => self.name_object(heap).to_string(),
        }
    }

    /// The qualified name with its module unless that is the program, as messages with `%T` show classes.
    pub fn message_name(&self, vm: &mut Vm) -> String {
        let name = self.full_qualname(vm);
        name.strip_prefix("__main__.").map_or(name.clone(), str::to_owned)
    }

    /// The qualified name with its module, as `repr` shows objects: `module.Outer.Inner`.
    pub fn full_qualname(&self, vm: &mut Vm) -> String {
        let Some(def) = self.def() else {
            let module = self.dict(vm).get_str(&names::__module__, vm);
            let qualname = self.state(vm).qualname.get(vm);
            return match module.as_ref().and_then(|module| module.downcast::<Str>()) {
                Some(module) if !module.is_str("builtins") => format!("{module}.{}", &*qualname),
                _ => qualname.to_string(),
            };
        };
        if def.module == "builtins" { def.name.to_owned() } else { format!("{}.{}", def.module, def.name) }
    }
}
