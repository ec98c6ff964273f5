//! `property`.

use pvm_macros::{pyclass, pymethods};

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::{Heap, Vm, names};

/// property(fget=None, fset=None, fdel=None, doc=None)
/// --
///
/// Property attribute.
///
///   fget
///     function to be used for getting an attribute value
///   fset
///     function to be used for setting an attribute value
///   fdel
///     function to be used for del'ing an attribute
///   doc
///     docstring
///
/// Typical use is to define a managed attribute x:
///
/// class C(object):
///     def getx(self): return self._x
///     def setx(self, value): self._x = value
///     def delx(self): del self._x
///     x = property(getx, setx, delx, "I'm the 'x' property.")
///
/// Decorators make defining new properties or modifying existing ones easy:
///
/// class C(object):
///     @property
///     def x(self):
///         "I am the 'x' property."
///         return self._x
///     @x.setter
///     def x(self, value):
///         self._x = value
///     @x.deleter
///     def x(self):
///         del self._x
#[pyclass(name = "property")]
pub struct Property {
    #[member]
    #[name = "fget"]
    getter: HeapCell<Option<Value>>,
    #[member]
    #[name = "fset"]
    setter: HeapCell<Option<Value>>,
    #[member]
    #[name = "fdel"]
    deleter: HeapCell<Option<Value>>,
    doc: HeapCell<Option<Value>>,
    name: HeapCell<Option<Value>>,
    /// Whether the text came from the getter.
    getter_doc: HeapCell<bool>,
}

#[pymethods]
impl Property {
    #[new]
    fn new(_args: Args<'_>) -> Property {
        Property {
            getter: HeapCell::new(None),
            setter: HeapCell::new(None),
            deleter: HeapCell::new(None),
            doc: HeapCell::new(None),
            name: HeapCell::new(None),
            getter_doc: HeapCell::new(false),
        }
    }

    #[signature = "(fget=None, fset=None, fdel=None, doc=None)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        fget: Option<Value>,
        fset: Option<Value>,
        fdel: Option<Value>,
        doc: Option<Value>,
    ) -> PyResult<()> {
        this.getter.set(fget.clone(), vm);
        this.setter.set(fset, vm);
        this.deleter.set(fdel, vm);
        this.name.set(None, vm);
        this.getter_doc.set(false, vm);
        let mut doc = doc;
        if doc.is_none()
            && let Some(getter) = &fget
            && let Some(text) = vm.find_attr(getter, &names::__doc__)?.filter(|text| !text.is_none())
        {
            this.getter_doc.set(true, vm);
            doc = Some(text);
        }
        this.set_doc(vm, doc)
    }

    /// Descriptor to obtain a copy of the property with a different getter.
    fn getter(this: &Object<Self>, vm: &mut Vm, function: &Value) -> PyResult {
        this.copy(vm, Some(function), None, None)
    }

    /// Descriptor to obtain a copy of the property with a different setter.
    fn setter(this: &Object<Self>, vm: &mut Vm, function: &Value) -> PyResult {
        this.copy(vm, None, Some(function), None)
    }

    /// Descriptor to obtain a copy of the property with a different deleter.
    fn deleter(this: &Object<Self>, vm: &mut Vm, function: &Value) -> PyResult {
        this.copy(vm, None, None, Some(function))
    }

    /// Method to set name of a property.
    fn __set_name__(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
        if args.len() != 2 {
            let got = args.len();
            return Err(vm.type_error(format_args!("__set_name__() takes 2 positional arguments but {got} were given")));
        }
        this.name.set(args.get(1).map(|name| name.to_owned()), vm);
        Ok(())
    }

    #[getter]
    fn __doc__(this: &Object<Self>, heap: &Heap) -> Option<Value> {
        this.doc.get(heap)
    }

    #[setter(__doc__)]
    fn assign_doc(this: &Object<Self>, heap: &mut Heap, value: Option<&Value>) {
        this.doc.set(value.filter(|value| !value.is_none()).cloned(), heap);
    }

    #[getter]
    fn __name__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        match this.display_name(vm)? {
            Some(name) => Ok(name),
            None => Err(vm.no_attribute(&this.to_value(), &names::__name__)),
        }
    }

    #[setter(__name__)]
    fn assign_name(this: &Object<Self>, heap: &mut Heap, value: Option<&Value>) {
        this.name.set(value.cloned(), heap);
    }

    #[getter]
    fn __isabstractmethod__(this: &Object<Self>, vm: &mut Vm) -> PyResult<bool> {
        for function in [this.getter.get(vm), this.setter.get(vm), this.deleter.get(vm)].into_iter().flatten() {
            if let Some(flag) = vm.find_attr(&function, &names::__isabstractmethod__)?
                && vm.truth(&flag)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn __get__(this: &Object<Self>, vm: &mut Vm, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
        descr_get(vm, &this.to_value(), instance, None)
    }

    #[slot(descr_set)]
    fn set(this: &Object<Self>, vm: &mut Vm, instance: &Value, value: Option<&Value>) -> PyResult<()> {
        descr_set(vm, &this.to_value(), instance, value)
    }
}

fn property(value: &Value) -> &Object<Property> {
    value.downcast::<Property>().expect("the slot belongs to properties")
}

impl Object<Property> {
    /// Keeps a text: in the property, or in the instance's own attributes for subclasses, as CPython does.
    fn set_doc(&self, vm: &mut Vm, doc: Option<Value>) -> PyResult<()> {
        if std::ptr::eq(self.ty(), PROPERTY_TYPE.get()) {
            self.doc.set(doc, vm);
            return Ok(());
        }
        let doc = doc.unwrap_or_else(Value::none);
        let stored = vm.setattr(&self.to_value(), &names::__doc__, &doc);
        match stored {
            // A class whose instances have no room for it goes without a text that did not come from the getter.
            Err(_) if !self.getter_doc.get(vm) && vm.pending_is(crate::exceptions::ATTRIBUTE_ERROR.get()) => {
                drop(vm.take_pending());
                Ok(())
            }
            other => other,
        }
    }

    /// A property like this one with some functions exchanged (`property_copy`).
    fn copy(&self, vm: &mut Vm, get: Option<&Value>, set: Option<&Value>, delete: Option<&Value>) -> PyResult {
        let class = self.ty().to_value();
        let pick = |given: Option<&Value>, own: Option<Value>| match given {
            Some(given) if !given.is_none() => given.clone(),
            _ => own.unwrap_or_else(Value::none),
        };
        let (own_get, own_set, own_delete) = (self.getter.get(vm), self.setter.get(vm), self.deleter.get(vm));
        let get = pick(get, own_get);
        let doc =
            if self.getter_doc.get(vm) && !get.is_none() { Value::none() } else { self.doc.get(vm).unwrap_or_else(Value::none) };
        let args = [get, pick(set, own_set), pick(delete, own_delete), doc];
        let made = vm.call(&class, &args)?;
        if let Some(property) = made.downcast::<Property>() {
            let name = self.name.get(vm);
            property.name.set(name, vm);
        }
        Ok(made)
    }
}

impl Object<Property> {
    /// The function that reads.
    pub fn function(&self, heap: &Heap) -> Option<Value> {
        self.getter.get(heap)
    }

    /// The name it was given in its class, or its getter's (`property_name`).
    pub fn display_name(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let Some(name) = self.name.get(vm) {
            return Ok(Some(name));
        }
        match self.getter.get(vm) {
            Some(getter) => vm.find_attr(&getter, &names::__name__),
            None => Ok(None),
        }
    }

    fn missing(&self, vm: &mut Vm, object: &Value, what: &str) -> Raised {
        let name = match self.display_name(vm) {
            Ok(name) => name,
            Err(raised) => return raised,
        };
        let qualname = object.ty().to_value();
        let qualname: Option<Ref<Str>> =
            vm.find_attr(&qualname, &names::__qualname__).ok().flatten().and_then(|name| name.downcast_into().ok());
        let name = match name.map(|name| vm.repr(&name)) {
            None => None,
            Some(Ok(name)) => Some(name.to_string()),
            Some(Err(raised)) => return raised,
        };
        match (name, qualname) {
            (Some(name), Some(class)) => {
                vm.attribute_error(format_args!("property {name} of '{}' object has no {what}", &*class))
            }
            (Some(name), None) => vm.attribute_error(format_args!("property {name} has no {what}")),
            (None, Some(class)) => vm.attribute_error(format_args!("property of '{}' object has no {what}", &*class)),
            (None, None) => vm.attribute_error(format_args!("property has no {what}")),
        }
    }
}

fn descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(instance) = instance else { return Ok(this.clone()) };
    match property(this).function(vm) {
        Some(getter) => vm.call(&getter, std::slice::from_ref(instance)),
        None => Err(property(this).missing(vm, instance, "getter")),
    }
}

fn descr_set(vm: &mut Vm, this: &Value, instance: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = property(this);
    match value {
        Some(value) => match this.setter.get(vm) {
            Some(setter) => vm.call(&setter, &[instance.clone(), value.clone()])?,
            None => return Err(this.missing(vm, instance, "setter")),
        },
        None => match this.deleter.get(vm) {
            Some(deleter) => vm.call(&deleter, std::slice::from_ref(instance))?,
            None => return Err(this.missing(vm, instance, "deleter")),
        },
    };
    Ok(())
}
