//! Lengths, items and membership.

use crate::Vm;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::types::{Type, slots};
use crate::{exceptions, names};

/// Whether `key` stands for a position.
fn is_index(key: &Value) -> bool {
    key.as_int().is_some() || key.ty().slots().index().is_some()
}

/// Whether a class has, in C, a table of the sequence protocol: every class made at run time has.
fn is_sequence(class: &Type) -> bool {
    let slots = class.slots();
    class.is_heap_type() || slots.item().is_some() || slots.contains().is_some()
}

impl Vm {
    /// `len(value)`.
    pub fn len(&mut self, value: &Value) -> PyResult<usize> {
        match value.ty().slots().len() {
            Some(len) => len(self, value),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format_args!("object of type '{kind}' has no len()")))
            }
        }
    }

    /// `value[key]` (`PyObject_GetItem`).
    pub fn getitem(&mut self, value: &Value, key: &Value) -> PyResult {
        let slots = value.ty().slots();
        if let Some(get) = slots.getitem() {
            return get(self, value, key);
        }
        if let Some(item) = slots.item() {
            let index = self.sequence_index(value, key, slots)?;
            return item(self, value, index);
        }
        if value.is_instance_of::<Type>() {
            if value.is(&Type::type_value()) {
                return self.generic_alias(value, key);
            }
            if let Some(method) = self.find_attr(value, &names::__class_getitem__)?.filter(|method| !method.is_none()) {
                return self.call(&method, std::slice::from_ref(key));
            }
            let name = value.downcast::<Type>().map(|class| class.name().to_owned()).unwrap_or_default();
            return Err(self.type_error(format_args!("type '{name}' is not subscriptable")));
        }
        let kind = self.type_name(value);
        Err(self.type_error(format_args!("'{kind}' object is not subscriptable")))
    }

    /// `origin[args]` of a generic class: a `types.GenericAlias`.
    pub fn generic_alias(&mut self, origin: &Value, args: &Value) -> PyResult {
        Ok(self.new_generic_alias(origin.clone(), args).into())
    }

    /// The position that a key of the sequence protocol means: negative ones count from the end.
    fn sequence_index(&mut self, value: &Value, key: &Value, slots: &slots::Slots) -> PyResult<isize> {
        if !is_index(key) {
            let kind = self.type_name(key);
            return Err(self.type_error(format_args!("sequence index must be integer, not '{kind}'")));
        }
        let index = self.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        match slots.len() {
            Some(len) if index < 0 => Ok(index + len(self, value)? as isize),
            _ => Ok(index),
        }
    }

    /// `value[key] = item`.
    pub fn setitem(&mut self, value: &Value, key: &Value, item: &Value) -> PyResult<()> {
        self.store_item(value, key, Some(item))
    }

    /// `del value[key]`.
    pub fn delitem(&mut self, value: &Value, key: &Value) -> PyResult<()> {
        self.store_item(value, key, None)
    }

    fn store_item(&mut self, value: &Value, key: &Value, item: Option<&Value>) -> PyResult<()> {
        let slots = value.ty().slots();
        if let Some(set) = slots.setitem() {
            return set(self, value, key, item);
        }
        if let Some(set) = slots.set_index() {
            let index = self.sequence_index(value, key, slots)?;
            return set(self, value, index, item);
        }
        let lacks = match item {
            Some(_) => "does not support item assignment",
            None if is_sequence(value.ty()) && is_index(key) => "doesn't support item deletion",
            None => "does not support item deletion",
        };
        let kind = self.type_name(value);
        Err(self.type_error(format_args!("'{kind}' object {lacks}")))
    }

    /// `item in container`.
    pub fn contains(&mut self, container: &Value, item: &Value) -> PyResult<bool> {
        if let Some(contains) = container.ty().slots().contains() {
            return contains(self, container, item);
        }
        let iterator = match self.iter(container) {
            Ok(iterator) => iterator,
            Err(_) if self.pending_is(exceptions::TYPE_ERROR.get()) => {
                drop(self.take_pending());
                let kind = self.type_name(container);
                return Err(self.type_error(format_args!("argument of type '{kind}' is not a container or iterable")));
            }
            Err(raised) => return Err(raised),
        };
        while let Some(candidate) = self.next(&iterator)? {
            if self.eq(&candidate, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
