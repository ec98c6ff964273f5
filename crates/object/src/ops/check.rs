//! `isinstance` and `issubclass`.

use crate::Object;
use crate::Vm;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::ops::attribute::generic_getattr;
use crate::tuple::Tuple;
use crate::types::slots::GetAttrFn;
use crate::types::{OBJECT_TYPE, PyClass, Type};
use crate::union::Union;

/// The classes of a tuple of classes, or of a union.
fn several(classes: &Value) -> Option<&Object<Tuple>> {
    classes.downcast::<Union>().map(|union| union.args()).or_else(|| classes.downcast::<Tuple>())
}

impl Vm {
    /// `isinstance(value, class)`.
    #[inline]
    pub fn is_instance(&mut self, value: &Value, class: &Value) -> PyResult<bool> {
        if class.is(&value.ty().as_value()) {
            return Ok(true);
        }
        self.is_instance_of_other(value, class)
    }

    /// As [`Vm::is_instance`], where the value's class is another one.
    fn is_instance_of_other(&mut self, value: &Value, class: &Value) -> PyResult<bool> {
        if let Some(plain) = class.downcast_exact::<Type>() {
            if value.ty().is_subclass_of(plain, self) {
                return Ok(true);
            }
            return if self.tells_its_class(value) { Ok(false) } else { self.real_is_instance(value, class) };
        }
        if let Some(classes) = several(class) {
            self.check_recursion(" in __instancecheck__")?;
            for class in classes.as_slice() {
                if self.is_instance(value, class)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.call_special(class, &names::__instancecheck__, std::slice::from_ref(value))? {
            Some(result) => self.truth(&result),
            None => self.real_is_instance(value, class),
        }
    }

    /// `isinstance` without the class's own say (`recursive_isinstance`).
    pub fn real_is_instance(&mut self, value: &Value, class: &Value) -> PyResult<bool> {
        if let Some(class) = class.downcast::<Type>() {
            if value.ty().is_subclass_of(class, self) {
                return Ok(true);
            }
            if self.tells_its_class(value) {
                return Ok(false);
            }
            let claimed = self.find_attr(value, &names::__class__)?;
            let Some(claimed) = claimed else { return Ok(false) };
            return Ok(match claimed.downcast::<Type>() {
                Some(claimed) if !std::ptr::eq(claimed, value.ty()) => claimed.is_subclass_of(class, self),
                _ => false,
            });
        }
        self.check_class(class, "isinstance() arg 2 must be a type, a tuple of types, or a union")?;
        match self.find_attr(value, &names::__class__)? {
            Some(claimed) => self.abstract_is_subclass(&claimed, class),
            None => Ok(false),
        }
    }

    /// Whether a value's `__class__` is that of `object`, which tells the truth.
    fn tells_its_class(&self, value: &Value) -> bool {
        let class = value.ty();
        let generic = class.slots().getattr().is_none_or(|get| std::ptr::fn_addr_eq(get, generic_getattr as GetAttrFn));
        // Static classes with the usual access leave `__class__` alone.
        generic && (!class.is_heap_type() || self.inherits_class_attribute(class))
    }

    fn inherits_class_attribute(&self, class: &Object<Type>) -> bool {
        class.lookup(&names::__class__, self).is_some_and(|found| {
            OBJECT_TYPE.get().lookup(&names::__class__, self).is_some_and(|usual| usual.bits() == found.bits())
        })
    }

    /// `issubclass(derived, class)`.
    pub fn is_subclass(&mut self, derived: &Value, class: &Value) -> PyResult<bool> {
        if std::ptr::eq(class.ty(), Type::type_object()) && class.downcast::<Type>().is_some() {
            return if derived.is(class) { Ok(true) } else { self.real_is_subclass(derived, class) };
        }
        if let Some(classes) = several(class) {
            self.check_recursion(" in __subclasscheck__")?;
            for class in classes.as_slice() {
                if self.is_subclass(derived, class)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.call_special(class, &names::__subclasscheck__, std::slice::from_ref(derived))? {
            Some(result) => self.truth(&result),
            None => self.real_is_subclass(derived, class),
        }
    }

    /// `issubclass` without the class's own say (`recursive_issubclass`).
    pub fn real_is_subclass(&mut self, derived: &Value, class: &Value) -> PyResult<bool> {
        if let (Some(derived), Some(class)) = (derived.downcast::<Type>(), class.downcast::<Type>()) {
            return Ok(derived.is_subclass_of(class, self));
        }
        self.check_class(derived, "issubclass() arg 1 must be a class")?;
        self.check_class(class, "issubclass() arg 2 must be a class, a tuple of classes, or a union")?;
        self.abstract_is_subclass(derived, class)
    }

    fn abstract_bases(&mut self, class: &Value) -> PyResult<Option<Value>> {
        let bases = self.find_attr(class, &names::__bases__)?;
        Ok(bases.filter(|bases| bases.is_instance_of::<Tuple>()))
    }

    fn check_class(&mut self, class: &Value, message: &str) -> PyResult<()> {
        if class.is_instance_of::<Type>() || self.abstract_bases(class)?.is_some() {
            return Ok(());
        }
        Err(self.type_error(format_args!("{message}")))
    }

    fn abstract_is_subclass(&mut self, derived: &Value, class: &Value) -> PyResult<bool> {
        if derived.is(class) {
            return Ok(true);
        }
        self.check_recursion(" in __issubclass__")?;
        let Some(bases) = self.abstract_bases(derived)? else { return Ok(false) };
        let bases = bases.downcast_into::<Tuple>().expect("bases are a tuple");
        for base in bases.as_slice() {
            if self.abstract_is_subclass(base, class)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
