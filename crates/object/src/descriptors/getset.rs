//! `getset_descriptor`: native properties.

use pvm_macros::pymethods;

use super::shown::qualname;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::native::GetSetDef;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class};
use crate::{Heap, Vm};

/// The native half of a native property.
pub struct GetSet {
    def: &'static GetSetDef,
    class: Ref<Type>,
}

// SAFETY: the class is visited once.
unsafe impl Trace for GetSet {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.class.trace(visitor);
    }
}

static_class! {
    /// `types.GetSetDescriptorType`.
    pub GETSET_TYPE: GetSet = {
        name: "getset_descriptor",
        layout: &GETSET_LAYOUT,
        flags: 0,
        members: GetSet::PY_MEMBERS,
        slots: Slots::new().with_descr_get(descr_get).with_descr_set(descr_set).with_repr(repr),
    }
}
static GETSET_LAYOUT: NativeLayout = NativeLayout::of::<GetSet>();

impl GetSet {
    /// What it does.
    pub fn def(&self) -> &'static GetSetDef {
        self.def
    }

    /// The class it belongs to.
    pub fn class(&self) -> &Object<Type> {
        &self.class
    }
}

fn native(value: &Value) -> &Object<GetSet> {
    value.downcast::<GetSet>().expect("the slot belongs to native properties")
}

impl Object<GetSet> {
    fn check(&self, vm: &mut Vm, instance: &Value) -> PyResult<()> {
        if instance.ty().is_subclass_of(&self.class, vm) {
            return Ok(());
        }
        let (class, got) = (self.class.full_name(vm), vm.type_name(instance));
        Err(vm.type_error(format_args!("descriptor '{}' for '{class}' objects doesn't apply to a '{got}' object", self.def.name)))
    }
}

fn descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(instance) = instance else { return Ok(this.clone()) };
    let this = native(this);
    this.check(vm, instance)?;
    (this.def.get)(vm, instance)
}

fn descr_set(vm: &mut Vm, this: &Value, instance: &Value, value: Option<&Value>) -> PyResult<()> {
    let this = native(this);
    this.check(vm, instance)?;
    match this.def.set {
        Some(set) => set(vm, instance, value),
        None => {
            let class = this.class.full_name(vm).to_owned();
            Err(vm.attribute_error(format_args!("attribute '{}' of '{class}' objects is not writable", this.def.name)))
        }
    }
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let this = native(this);
    let kind = if this.def.is_member { "member" } else { "attribute" };
    let text = format!("<{kind} '{}' of '{}' objects>", this.def.name, this.class.full_name(vm));
    Ok(vm.new_str(&text).into())
}

#[pymethods]
impl GetSet {
    #[member]
    fn __objclass__(&self) -> Ref<Type> {
        self.class.clone()
    }

    #[member]
    fn __name__(&self) -> &'static str {
        self.def.name
    }

    #[getter]
    fn __qualname__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        qualname(vm, &self.class, self.def.name)
    }

    #[getter]
    fn __doc__(&self) -> Option<&'static str> {
        self.def.doc
    }
}

impl Heap {
    /// A native property of a class; a member where it is to be shown as one.
    pub fn new_getset(&mut self, def: &'static GetSetDef, class: &Object<Type>) -> Value {
        if def.is_member {
            return self.new_native_member(def, class);
        }
        self.alloc(GetSet { def, class: class.to_ref() }).into()
    }
}
