//! Attributes: the generic algorithms of `object` and `type`, and the operations built on the slots.

use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::descriptors::native_method::NativeMethod;
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::function::Function;
use crate::str::Str;
use crate::types::attribute_cache::Found;
use crate::types::slots::GetAttrFn;
use crate::types::{Type, instance};
use crate::{Heap, Vm, names};

/// `object.__getattribute__` (`PyObject_GenericGetAttr`).
pub fn generic_getattr(vm: &mut Vm, object: &Value, name: &Object<Str>) -> PyResult {
    match generic_find(vm, object, name)? {
        Some(value) => Ok(value),
        None => Err(vm.no_attribute(object, name)),
    }
}

/// As [`generic_getattr`]; `None` where there is no such attribute.
pub fn generic_find(vm: &mut Vm, object: &Value, name: &Object<Str>) -> PyResult<Option<Value>> {
    if let Some(header) = object.header() {
        match vm.find_known(header, name) {
            Some(Found::Value(value)) => return Ok(Some(value.to_owned())),
            Some(Found::Getter(def)) => return (def.get)(vm, object).map(Some),
            Some(Found::Nothing) => return Ok(None),
            Some(Found::Method(method)) => {
                if let Some(native) = method.downcast_exact::<NativeMethod>()
                    && std::ptr::eq(native.class(), object.ty())
                {
                    let def = native.def();
                    return Ok(Some(vm.new_native_function(def, object.clone(), None)));
                }
                if method.downcast_exact::<Function>().is_some() {
                    let function = method.to_owned();
                    return Ok(Some(vm.new_method(function, object.clone())));
                }
            }
            None => {}
        }
    }
    let class = object.ty();
    let found = class.lookup(name, vm).map(|value| value.to_owned());
    let getter = found.as_ref().and_then(|found| found.ty().slots().descr_get());
    if let (Some(descriptor), Some(get)) = (&found, getter)
        && descriptor.ty().slots().descr_set().is_some()
    {
        return get(vm, descriptor, Some(object), Some(&class.as_value())).map(Some);
    }
    if let Some(header) = object.header() {
        if let Some(value) = instance::get(vm, header, name) {
            return Ok(Some(value));
        }
        if instance::has_own_dict(vm, header)
            && let Some(value) = find_by_equality(vm, header, name)?
        {
            return Ok(Some(value));
        }
    }
    match (found, getter) {
        (Some(descriptor), Some(get)) => {
            let result = get(vm, &descriptor, Some(object), Some(&class.as_value()));
            result.map(Some)
        }
        (found, _) => Ok(found),
    }
}

/// An attribute under a key of another class that equals the name.
#[cold]
fn find_by_equality(vm: &mut Vm, header: &Header, name: &Object<Str>) -> PyResult<Option<Value>> {
    match instance::dict(vm, header)? {
        Some(dict) if !dict.has_only_names(vm) => dict.get(&name.as_value(), vm),
        _ => Ok(None),
    }
}

/// `object.__setattr__` and `__delattr__` (`PyObject_GenericSetAttr`).
pub fn generic_setattr(vm: &mut Vm, object: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
    if let (Some(header), Some(value)) = (object.header(), value)
        && vm.set_known(header, name, value)
    {
        return Ok(());
    }
    let class = object.ty();
    let found = class.lookup(name, vm).map(|value| value.to_owned());
    if let Some(descriptor) = &found
        && let Some(set) = descriptor.ty().slots().descr_set()
    {
        return set(vm, descriptor, object, value);
    }
    let done = match (object.header(), value) {
        (None, _) => false,
        (Some(header), Some(value)) => instance::set(vm, header, name, value.clone())?,
        (Some(header), None) => instance::delete(vm, header, name)?,
    };
    if done {
        return Ok(());
    }
    if class.attrs_offset() != 0 {
        if !class.is_heap_type() {
            return Err(vm.no_attribute(object, name));
        }
        // Inline attributes tell neither the name nor the object, so that nothing is suggested.
        let class_name = class.full_name(vm);
        return Err(vm.attribute_error(format_args!("'{class_name}' object has no attribute '{name}'")));
    }
    if found.is_some() {
        let class_name = class.full_name(vm);
        return Err(vm.attribute_error(format_args!("'{class_name}' object attribute '{name}' is read-only")));
    }
    let class_name = class.full_name(vm);
    Err(vm.attribute_error_on(
        object,
        name,
        format_args!("'{class_name}' object has no attribute '{name}' and no __dict__ for setting new attributes"),
    ))
}

/// `type.__getattribute__` (`type_getattro`).
pub fn type_getattr(vm: &mut Vm, object: &Value, name: &Object<Str>) -> PyResult {
    match type_find(vm, object, name)? {
        Some(value) => Ok(value),
        None => {
            let class = object.downcast::<Type>().expect("the slot belongs to classes");
            let class_name = class.full_name(vm);
            Err(vm.attribute_error_on(object, name, format_args!("type object '{class_name}' has no attribute '{name}'")))
        }
    }
}

/// As [`type_getattr`]; `None` where there is no such attribute.
pub fn type_find(vm: &mut Vm, object: &Value, name: &Object<Str>) -> PyResult<Option<Value>> {
    let class = object.downcast::<Type>().expect("the slot belongs to classes");
    let metaclass = object.ty();
    let meta = metaclass.lookup(name, vm).map(|value| value.to_owned());
    let getter = meta.as_ref().and_then(|found| found.ty().slots().descr_get());
    if let (Some(descriptor), Some(get)) = (&meta, getter)
        && descriptor.ty().slots().descr_set().is_some()
    {
        return get(vm, descriptor, Some(object), Some(&metaclass.as_value())).map(Some);
    }
    if let Some(found) = class.lookup(name, vm).map(|value| value.to_owned()) {
        return match found.ty().slots().descr_get() {
            Some(get) => get(vm, &found, None, Some(object)).map(Some),
            None => Ok(Some(found)),
        };
    }
    match (meta, getter) {
        (Some(descriptor), Some(get)) => get(vm, &descriptor, Some(object), Some(&metaclass.as_value())).map(Some),
        (meta, _) => Ok(meta),
    }
}

fn is_slot(slot: Option<GetAttrFn>, function: GetAttrFn) -> bool {
    slot.is_some_and(|slot| std::ptr::fn_addr_eq(slot, function))
}

impl Heap {
    /// Raises the `AttributeError` for an attribute that an object does not have.
    #[cold]
    pub fn no_attribute(&mut self, object: &Value, name: &Object<Str>) -> Raised {
        let class = object.ty().full_name(self);
        self.attribute_error_on(object, name, format_args!("'{class}' object has no attribute '{name}'"))
    }
}

impl Vm {
    /// `getattr(object, name)`.
    #[inline]
    pub fn getattr(&mut self, object: &Value, name: &Object<Str>) -> PyResult {
        let result = match object.ty().slots().getattr() {
            Some(get) => get(self, object, name),
            None => generic_getattr(self, object, name),
        };
        result.map_err(|raised| self.with_attribute_place(raised, object, name))
    }

    /// Lets an `AttributeError` that does not know it yet tell where what was looked for.
    #[cold]
    fn with_attribute_place(&mut self, raised: Raised, object: &Value, name: &Object<Str>) -> Raised {
        if !self.pending_is(exceptions::ATTRIBUTE_ERROR.get()) {
            return raised;
        }
        let error = self.catch(raised);
        if let Some(error) = error.as_value().downcast::<exceptions::AttributeError>() {
            error.set_place(object, name, self);
        }
        self.reraise(error)
    }

    /// `getattr(object, name, None)`, with `None` for a missing attribute.
    pub fn find_attr(&mut self, object: &Value, name: &Object<Str>) -> PyResult<Option<Value>> {
        let slot = object.ty().slots().getattr();
        if is_slot(slot, generic_getattr) || slot.is_none() {
            let found = generic_find(self, object, name);
            return self.ok_unless(found, exceptions::ATTRIBUTE_ERROR.get()).map(Option::flatten);
        }
        if is_slot(slot, type_getattr) {
            let found = type_find(self, object, name);
            return self.ok_unless(found, exceptions::ATTRIBUTE_ERROR.get()).map(Option::flatten);
        }
        let found = self.getattr(object, name);
        self.ok_unless(found, exceptions::ATTRIBUTE_ERROR.get())
    }

    /// `setattr(object, name, value)`.
    pub fn setattr(&mut self, object: &Value, name: &Object<Str>, value: &Value) -> PyResult<()> {
        self.store_attr(object, name, Some(value))
    }

    /// `delattr(object, name)`.
    pub fn delattr(&mut self, object: &Value, name: &Object<Str>) -> PyResult<()> {
        self.store_attr(object, name, None)
    }

    fn store_attr(&mut self, object: &Value, name: &Object<Str>, value: Option<&Value>) -> PyResult<()> {
        match object.ty().slots().setattr() {
            Some(set) => set(self, object, name, value),
            None => generic_setattr(self, object, name, value),
        }
    }

    /// The method `name` of an object for an immediate call: the function and whether the object goes before its arguments
    /// (`_PyObject_GetMethod`).
    pub fn get_method(&mut self, object: &Value, name: &Object<Str>) -> PyResult<(Value, bool)> {
        if let Some(header) = object.header() {
            match self.find_known(header, name) {
                Some(Found::Method(method)) => return Ok((method.to_owned(), true)),
                Some(Found::Value(value)) => return Ok((value.to_owned(), false)),
                Some(Found::Getter(def)) => return Ok(((def.get)(self, object)?, false)),
                Some(Found::Nothing) | None => {}
            }
        }
        let class = object.ty();
        if !is_slot(class.slots().getattr(), generic_getattr) {
            return Ok((self.getattr(object, name)?, false));
        }
        let found = class.lookup(name, self).map(|value| value.to_owned());
        let Some(found) = found else {
            return Ok((generic_getattr(self, object, name)?, false));
        };
        let kind = found.ty();
        if !kind.has_flags(crate::types::type_flag::METHOD_DESCRIPTOR) {
            return Ok((generic_getattr(self, object, name)?, false));
        }
        if let Some(header) = object.header()
            && let Some(value) = instance::get(self, header, name)
        {
            return Ok((value, false));
        }
        Ok((found, true))
    }

    /// `object.name(…)`.
    pub fn call_method(&mut self, object: &Value, name: &Object<Str>, args: &[Value]) -> PyResult {
        let (method, unbound) = self.get_method(object, name)?;
        if unbound {
            return crate::Args::positional(args).with_first(object, |args| self.call_args(&method, args));
        }
        self.call(&method, args)
    }

    /// A special method, looked up on the class and bound; `None` where the class has none.
    pub fn find_special(&mut self, object: &Value, name: &Object<Str>) -> PyResult<Option<Value>> {
        let class = object.ty();
        let Some(found) = class.lookup(name, self).map(|value| value.to_owned()) else { return Ok(None) };
        match found.ty().slots().descr_get() {
            Some(get) => get(self, &found, Some(object), Some(&class.as_value())).map(Some),
            None => Ok(Some(found)),
        }
    }

    /// Calls a special method, looked up on the class; `None` where the class has none.
    pub fn call_special(&mut self, object: &Value, name: &Object<Str>, args: &[Value]) -> PyResult<Option<Value>> {
        let class = object.ty();
        let Some(found) = class.lookup(name, self).map(|value| value.to_owned()) else { return Ok(None) };
        if let Some(function) = found.downcast_exact::<Function>() {
            let result =
                crate::Args::positional(args).with_first(object, |args| (self.hooks().call_function)(self, function, args));
            return result.map(Some);
        }
        if found.ty().has_flags(crate::types::type_flag::METHOD_DESCRIPTOR) {
            let result = crate::Args::positional(args).with_first(object, |args| self.call_args(&found, args));
            return result.map(Some);
        }
        let bound = match found.ty().slots().descr_get() {
            Some(get) => get(self, &found, Some(object), Some(&class.as_value()))?,
            None => found,
        };
        self.call(&bound, args).map(Some)
    }

    /// The string that an attribute's name given by a program is.
    pub fn attribute_name(&mut self, name: &Value) -> PyResult<Ref<Str>> {
        match name.downcast::<Str>() {
            Some(name) => Ok(self.intern_str(name)),
            None => {
                let kind = self.type_name(name);
                Err(self.type_error(format_args!("attribute name must be string, not '{kind}'")))
            }
        }
    }

    /// The attribute `name` of a module, or of what stands for one.
    pub fn import_attr(&mut self, module: &str, name: &Object<Str>) -> PyResult {
        let module = self.import(module)?;
        self.getattr(&module, name)
    }

    /// The name of a value's class, for messages that outlive it.
    pub fn type_name(&self, value: &Value) -> String {
        value.ty().full_name(self)
    }

    /// `__class__` as the program sees it.
    pub fn class_of(&mut self, value: &Value) -> PyResult {
        Ok(self.find_attr(value, &names::__class__)?.unwrap_or_else(|| value.ty().to_value()))
    }
}
