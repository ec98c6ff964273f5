//! The slots of `type`.

use super::{Slots, Type, create, type_flag};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::attribute::type_getattr;
use crate::str::Str;
use crate::types::slots::SetAttrFn;
use crate::{Heap, Vm, names};

/// The table.
#[allow(clippy::declare_interior_mutable_const)]
pub(super) const SLOTS: Slots = Slots::new()
    .with_getattr(type_getattr)
    .with_setattr(setattr)
    .with_call(create::type_call)
    .with_new(create::type_new)
    .with_init(create::type_init)
    .with_repr(repr);

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let class = this.downcast::<Type>().expect("the slot belongs to classes");
    // Where there is no module to show, or it is `builtins`, the plain name stands (`type_repr`).
    let module = class.dict(vm).get_str(&names::__module__, vm);
    let shows_module =
        module.as_ref().and_then(|module| module.downcast::<Str>()).is_some_and(|module| !module.is_str("builtins"));
    let name = if class.def().is_some() || shows_module { class.full_qualname(vm) } else { class.name().to_owned() };
    let text = format!("<class '{name}'>");
    Ok(vm.new_str(&text).into())
}

/// `type.__setattr__` and `__delattr__` (`type_setattro`).
pub fn setattr(vm: &mut Vm, this: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
    let class = this.downcast::<Type>().expect("the slot belongs to classes");
    if !class.has_flags(type_flag::MUTABLE) {
        let (class_name, name) = (class.full_name(vm), vm.repr(&name.to_value())?);
        return Err(vm.type_error(format_args!("cannot set {name} attribute of immutable type '{class_name}'")));
    }
    let name = vm.intern_str(name);
    let metaclass = this.ty();
    let meta = metaclass.lookup(&name, vm).map(|found| found.to_owned());
    if let Some(descriptor) = meta
        && let Some(set) = descriptor.ty().slots().descr_set()
    {
        return set(vm, &descriptor, this, value);
    }
    class.to_ref().set_own(vm, &name, value)
}

impl Ref<Type> {
    /// Sets or deletes an attribute in the class's own dict, and lets caches and slots know.
    pub fn set_own(&self, vm: &mut Vm, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
        let dict = self.dict(vm).to_ref();
        let old = match value {
            Some(value) => {
                let old = dict.get_str(name, vm);
                dict.set_str(name, value.clone(), vm)?;
                old
            }
            None => match dict.remove_str(name, vm) {
                Some(old) => Some(old),
                None => {
                    let class_name = self.name().to_owned();
                    return Err(vm.attribute_error_on(
                        &self.to_value(),
                        name,
                        format_args!("type object '{class_name}' has no attribute '{name}'"),
                    ));
                }
            },
        };
        self.attribute_changed(name, vm);
        if let Some(old) = old {
            vm.release(old);
        }
        Ok(())
    }
}

impl Heap {
    /// A new class object of a metaclass.
    pub(crate) fn alloc_class(&mut self, metaclass: &Object<Type>, native: Type) -> Ref<Type> {
        self.alloc_as(metaclass, native)
    }
}

/// The function that sets attributes of classes that do not override it.
pub const TYPE_SETATTR: SetAttrFn = setattr;
