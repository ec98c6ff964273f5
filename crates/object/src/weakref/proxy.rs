//! `weakref.ProxyType` and `weakref.CallableProxyType`: objects that stand for another as long as it lives.

use pvm_macros::pymethods;

use super::WeakRef;
use super::operations::FORWARDED;
use crate::Vm;
use crate::core::object::{Object, Ref, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, OBJECT_TYPE, Slots, Type, TypeDef, static_class, type_flag};

/// The native half of a weak proxy: a weak reference, which the table of weak references knows by its object's address.
#[repr(C)]
pub struct WeakProxy {
    reference: WeakRef,
}

// SAFETY: the reference is visited once.
unsafe impl Trace for WeakProxy {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.reference.trace(visitor);
    }
}

static_class! {
    /// `weakref.ProxyType`.
    pub PROXY_TYPE: WeakProxy = {
        name: "ProxyType",
        module: "weakref",
        layout: &LAYOUT,
        flags: type_flag::DISALLOW_INSTANTIATION,
        members: WeakProxy::PY_MEMBERS,
        slots: Slots::new().with_all(FORWARDED).with_all(WeakProxy::PY_SLOTS),
    }
}
static LAYOUT: NativeLayout = NativeLayout::of::<WeakProxy>();

/// `weakref.CallableProxyType`.
pub static CALLABLE_PROXY_TYPE: Static<Type> = {
    static DEF: TypeDef = TypeDef {
        name: "CallableProxyType",
        module: "weakref",
        full_name: "weakref.CallableProxyType",
        doc: None,
        base: Some(&OBJECT_TYPE),
        also: None,
        members: &[],
        flags: type_flag::DISALLOW_INSTANTIATION,
    };
    let slots = Slots::new().with_all(FORWARDED).with_all(WeakProxy::PY_SLOTS).with_call(call);
    Static::new_class_like(&DEF, &LAYOUT, &raw const PROXY_TYPE, slots)
};

/// Calls what the proxy stands for.
fn call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let target = target(vm, this)?;
    vm.call_args(&target, args)
}

impl WeakProxy {
    pub(super) fn new(reference: WeakRef) -> WeakProxy {
        WeakProxy { reference }
    }
}

impl Object<WeakProxy> {
    /// The object as the weak reference that it begins with.
    pub(super) fn as_reference(&self) -> &Object<WeakRef> {
        // SAFETY: both are a header and then a `WeakRef`; the proxy has nothing else.
        unsafe { &*std::ptr::from_ref(self).cast::<Object<WeakRef>>() }
    }
}

const _: () = assert!(size_of::<Object<WeakProxy>>() == size_of::<Object<WeakRef>>());

/// What a proxy stands for; other values stand for themselves. An error once it has ended.
pub(super) fn target(vm: &mut Vm, value: &Value) -> PyResult {
    let Some(proxy) = value.downcast::<WeakProxy>() else {
        return Ok(value.clone());
    };
    match proxy.reference.upgrade() {
        Some(target) => Ok(target),
        None => Err(vm.reference_error(format_args!("weakly-referenced object no longer exists"))),
    }
}

#[pymethods]
impl WeakProxy {
    fn __repr__(this: &Object<Self>) -> String {
        match this.reference.upgrade() {
            Some(target) => format!("<weakproxy at {:#x}; to '{}' at {:#x}>", this.address(), target.ty().name(), target.bits()),
            None => format!("<weakproxy at {:#x}; dead>", this.address()),
        }
    }

    #[text_signature = "($self, /)"]
    fn __bytes__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let target = target(vm, &this.as_value())?;
        vm.call_method(&target, &names::__bytes__, &[])
    }

    #[text_signature = "($self, /)"]
    fn __reversed__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let target = target(vm, &this.as_value())?;
        vm.call_method(&target, &names::__reversed__, &[])
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let target = target(vm, &this.as_value())?;
        vm.str(&target)
    }
}
