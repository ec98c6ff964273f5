//! `wrapper_descriptor` (`slot wrapper`) and `method-wrapper`: the slots of static classes as Python sees them.

use pvm_macros::pymethods;

use super::slot_methods::SlotMethod;
use super::slots::{GetAttrFn, InitFn, Slots};
use super::{NativeLayout, SlotId, Type, dunder, static_class, type_flag};
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::descriptors::shown::{qualname, reduce_by_getattr};
use crate::errors::PyResult;
use crate::hashing::hash_pointer;
use crate::ops::CompareOp;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::{Heap, Vm};

/// The native half of a slot wrapper: a slot of a class as a method of it.
pub struct SlotWrapper {
    row: &'static SlotMethod,
    class: Ref<Type>,
}

// SAFETY: the class is visited once.
unsafe impl Trace for SlotWrapper {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.class.trace(visitor);
    }
}

static_class! {
    /// `types.WrapperDescriptorType`.
    pub SLOT_WRAPPER_TYPE: SlotWrapper = {
        name: "wrapper_descriptor",
        layout: &SLOT_WRAPPER_LAYOUT,
        flags: type_flag::METHOD_DESCRIPTOR,
        members: SlotWrapper::PY_MEMBERS,
        slots: Slots::new().with_call(call).with_descr_get(descr_get).with_repr(repr),
    }
}
static SLOT_WRAPPER_LAYOUT: NativeLayout = NativeLayout::of::<SlotWrapper>();

impl SlotWrapper {
    /// The row of the method.
    pub fn row(&self) -> &'static SlotMethod {
        self.row
    }

    /// The class whose slot it is.
    pub fn class(&self) -> &Object<Type> {
        &self.class
    }
}

fn wrapper(value: &Value) -> &Object<SlotWrapper> {
    value.downcast::<SlotWrapper>().expect("the slot belongs to slot wrappers")
}

fn call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = wrapper(this);
    let Some(receiver) = args.get(0) else {
        let (name, class) = (this.row.name.to_string(), this.class.full_name(vm));
        return Err(vm.type_error(format_args!("descriptor '{name}' of '{class}' object needs an argument")));
    };
    this.invoke(vm, &receiver, args.skip(1))
}

impl Object<SlotWrapper> {
    /// Calls the slot with a receiver, whose class is checked.
    pub fn invoke(&self, vm: &mut Vm, receiver: &Value, args: Args<'_>) -> PyResult {
        if !receiver.ty().is_subclass_of(&self.class, vm) {
            let (name, class, got) = (self.row.name.to_string(), self.class.full_name(vm), vm.type_name(receiver));
            return Err(vm.type_error(format_args!("descriptor '{name}' requires a '{class}' object but received a '{got}'")));
        }
        if args.has_keywords() && !matches!(self.row.id, SlotId::Call | SlotId::Init) {
            let name = self.row.name.get();
            return Err(vm.type_error(format_args!("wrapper {name}() takes no keyword arguments")));
        }
        let wrap = self.row.wrap.expect("rows with a wrapper have a way to call the slot");
        wrap(vm, self.class.slots(), receiver, args)
    }
}

fn descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(instance) = instance else { return Ok(this.clone()) };
    let this = wrapper(this);
    if !instance.ty().is_subclass_of(&this.class, vm) {
        let (name, class, got) = (this.row.name.to_string(), this.class.full_name(vm), vm.type_name(instance));
        return Err(vm.type_error(format_args!("descriptor '{name}' for '{class}' objects doesn't apply to a '{got}' object")));
    }
    Ok(vm.alloc(MethodWrapper { wrapper: this.to_ref(), receiver: instance.clone() }).into())
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let this = wrapper(this);
    let text = format!("<slot wrapper '{}' of '{}' objects>", this.row.name.get(), this.class.full_name(vm));
    Ok(vm.new_str(&text).into())
}

/// The native half of a bound slot wrapper.
pub struct MethodWrapper {
    wrapper: Ref<SlotWrapper>,
    receiver: Value,
}

// SAFETY: both references are visited once.
unsafe impl Trace for MethodWrapper {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.wrapper.trace(visitor);
        self.receiver.trace(visitor);
    }
}

static_class! {
    /// `types.MethodWrapperType`.
    pub METHOD_WRAPPER_TYPE: MethodWrapper = {
        name: "method-wrapper",
        layout: &METHOD_WRAPPER_LAYOUT,
        flags: 0,
        members: MethodWrapper::PY_MEMBERS,
        slots: Slots::new().with_call(call_bound).with_repr(repr_bound).with_all(MethodWrapper::PY_SLOTS),
    }
}
static METHOD_WRAPPER_LAYOUT: NativeLayout = NativeLayout::of::<MethodWrapper>();

impl MethodWrapper {
    /// What it calls.
    pub fn wrapper(&self) -> &Object<SlotWrapper> {
        &self.wrapper
    }

    /// What it is bound to.
    pub fn receiver(&self) -> &Value {
        &self.receiver
    }
}

fn call_bound(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = this.downcast::<MethodWrapper>().expect("the slot belongs to method wrappers");
    let (wrapper, receiver) = (this.wrapper.clone(), this.receiver.clone());
    wrapper.invoke(vm, &receiver, args)
}

fn repr_bound(vm: &mut Vm, this: &Value) -> PyResult {
    let this = this.downcast::<MethodWrapper>().expect("the slot belongs to method wrappers");
    let (name, class, at) = (this.wrapper.row.name.get(), vm.type_name(&this.receiver), this.receiver.bits());
    let text = format!("<method-wrapper '{name}' of {class} object at {at:#x}>");
    Ok(vm.new_str(&text).into())
}

#[pymethods]
impl SlotWrapper {
    #[text_signature = "($self, /)"]
    fn __reduce__(&self, vm: &mut Vm) -> PyResult {
        reduce_by_getattr(vm, self.class.to_value(), self.row.name)
    }

    #[member]
    fn __objclass__(&self) -> Ref<Type> {
        self.class.clone()
    }

    #[member]
    fn __name__(&self) -> Ref<Str> {
        self.row.name.to_ref()
    }

    #[getter]
    fn __qualname__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        qualname(vm, &self.class, self.row.name.as_str().unwrap_or_default())
    }

    #[getter]
    fn __doc__(&self) -> &'static str {
        self.row.parts().1
    }

    #[getter]
    fn __text_signature__(&self) -> Option<&'static str> {
        self.row.parts().0
    }
}

#[pymethods]
impl MethodWrapper {
    fn __hash__(this: &Object<Self>) -> i64 {
        hash_pointer(this.receiver.bits() as usize) ^ hash_pointer(std::ptr::from_ref(this.wrapper.row) as usize)
    }

    fn __richcompare__(this: &Object<Self>, other: &Value, op: CompareOp) -> Value {
        let (Some(other), CompareOp::Eq | CompareOp::Ne) = (other.downcast::<MethodWrapper>(), op) else {
            return Value::not_implemented();
        };
        let same = this.receiver.is(&other.receiver) && std::ptr::eq(&*this.wrapper, &*other.wrapper);
        Value::from_bool(same == (op == CompareOp::Eq))
    }

    #[text_signature = "($self, /)"]
    fn __reduce__(&self, vm: &mut Vm) -> PyResult {
        reduce_by_getattr(vm, self.receiver.clone(), self.wrapper.row.name)
    }

    #[member]
    fn __self__(&self) -> &Value {
        &self.receiver
    }

    #[getter]
    fn __objclass__(&self) -> Ref<Type> {
        self.wrapper.class.clone()
    }

    #[getter]
    fn __name__(&self) -> Ref<Str> {
        self.wrapper.row.name.to_ref()
    }

    #[getter]
    fn __qualname__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        qualname(vm, &self.wrapper.class, self.wrapper.row.name.as_str().unwrap_or_default())
    }

    #[getter]
    fn __doc__(&self) -> &'static str {
        self.wrapper.row.parts().1
    }

    #[getter]
    fn __text_signature__(&self) -> Option<&'static str> {
        self.wrapper.row.parts().0
    }
}

impl Heap {
    /// A slot of a class as a method.
    pub(crate) fn new_slot_wrapper(&mut self, row: &'static SlotMethod, class: &Object<Type>) -> Value {
        self.alloc(SlotWrapper { row, class: class.to_ref() }).into()
    }
}

/// The native function behind a `__getattribute__` that is a slot wrapper.
pub(crate) fn native_getattr(found: &Value) -> Option<GetAttrFn> {
    let found = found.downcast::<SlotWrapper>()?;
    (found.row.id == SlotId::GetAttr).then(|| found.class.slots().getattr())?
}

/// The native function behind an `__init__` that is a slot wrapper.
pub fn native_init(found: &Value) -> Option<InitFn> {
    let found = found.downcast::<SlotWrapper>()?;
    (found.row.id == SlotId::Init).then(|| found.class.slots().init())?
}

/// Refuses `object.__setattr__(type, …)` and the like, which would pass a class's own ways by (`hackcheck`).
pub(crate) fn check_setattr(vm: &mut Vm, slots: &Slots, this: &Value, method: &str) -> PyResult<()> {
    let mut class = Some(this.ty().to_ref());
    while let Some(next) = class {
        let ours = next.slots().setattr();
        let python = ours.is_some_and(|slot| std::ptr::fn_addr_eq(slot, dunder::setattr as super::slots::SetAttrFn));
        if !next.is_heap_type() && !python {
            if next.slots().same(slots, SlotId::SetAttr) {
                return Ok(());
            }
            let name = next.name().to_owned();
            return Err(vm.type_error(format_args!("can't apply this {method} to {name} object")));
        }
        class = next.base(vm);
    }
    Ok(())
}
