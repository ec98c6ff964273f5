//! `property`.

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm, names};

/// The native half of a property.
pub struct Property {
    pub(crate) getter: HeapCell<Option<Value>>,
    pub(crate) setter: HeapCell<Option<Value>>,
    pub(crate) deleter: HeapCell<Option<Value>>,
    pub(crate) doc: HeapCell<Option<Value>>,
    pub(crate) name: HeapCell<Option<Value>>,
    /// Whether the text came from the getter.
    pub(crate) getter_doc: HeapCell<bool>,
}

// SAFETY: each reference is visited once.
unsafe impl Trace for Property {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.getter.trace(visitor);
        self.setter.trace(visitor);
        self.deleter.trace(visitor);
        self.doc.trace(visitor);
        self.name.trace(visitor);
    }
}

static_class! {
    /// `property`.
    pub PROPERTY_TYPE: Property = {
        name: "property",
        layout: &PROPERTY_LAYOUT,
        flags: type_flag::BASE_TYPE,
        members: &[],
        slots: Slots::new().with_descr_get(descr_get).with_descr_set(descr_set).with_new(new),
    }
}
static PROPERTY_LAYOUT: NativeLayout = NativeLayout::of::<Property>();

fn property(value: &Value) -> &Object<Property> {
    value.downcast::<Property>().expect("the slot belongs to properties")
}

fn new(vm: &mut Vm, class: &Object<Type>, _args: Args<'_>) -> PyResult {
    let native = Property {
        getter: HeapCell::new(None),
        setter: HeapCell::new(None),
        deleter: HeapCell::new(None),
        doc: HeapCell::new(None),
        name: HeapCell::new(None),
        getter_doc: HeapCell::new(false),
    };
    Ok(vm.alloc_as(class, native).into())
}

impl Object<Property> {
    /// The function that reads.
    pub fn getter(&self, heap: &Heap) -> Option<Value> {
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
        let qualname: Option<Ref<Str>> = vm.find_attr(&qualname, &names::__qualname__).ok().flatten().and_then(|name| name.downcast_into().ok());
        let name = match name.map(|name| vm.repr(&name)) {
            None => None,
            Some(Ok(name)) => Some(name.to_string()),
            Some(Err(raised)) => return raised,
        };
        match (name, qualname) {
            (Some(name), Some(class)) => vm.attribute_error(format_args!("property {name} of '{}' object has no {what}", &*class)),
            (Some(name), None) => vm.attribute_error(format_args!("property {name} has no {what}")),
            (None, Some(class)) => vm.attribute_error(format_args!("property of '{}' object has no {what}", &*class)),
            (None, None) => vm.attribute_error(format_args!("property has no {what}")),
        }
    }
}

fn descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(instance) = instance else { return Ok(this.clone()) };
    match property(this).getter(vm) {
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
