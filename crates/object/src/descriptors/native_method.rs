//! `method_descriptor` and `classmethod_descriptor`: the native methods of static classes.

use pvm_macros::pymethods;

use super::shown::{qualname, reduce_by_getattr};
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::native::MethodDef;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm};

/// The native half of a native method.
pub struct NativeMethod {
    def: &'static MethodDef,
    class: Ref<Type>,
}

// SAFETY: the class is visited once.
unsafe impl Trace for NativeMethod {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.class.trace(visitor);
    }
}

impl NativeMethod {
    /// What it does.
    #[inline(always)]
    pub fn def(&self) -> &'static MethodDef {
        self.def
    }

    /// The class it belongs to.
    #[inline(always)]
    pub fn class(&self) -> &Object<Type> {
        &self.class
    }
}

static_class! {
    /// `types.MethodDescriptorType`.
    pub NATIVE_METHOD_TYPE: NativeMethod = {
        name: "method_descriptor",
        layout: &NATIVE_METHOD_LAYOUT,
        flags: type_flag::METHOD_DESCRIPTOR,
        members: NativeMethod::PY_MEMBERS,
        slots: Slots::new().with_call(call).with_descr_get(descr_get).with_repr(repr),
    }
}
static NATIVE_METHOD_LAYOUT: NativeLayout = NativeLayout::of::<NativeMethod>();

fn native(value: &Value) -> &Object<NativeMethod> {
    value.downcast::<NativeMethod>().expect("the slot belongs to native methods")
}

fn call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = native(this);
    let Some(receiver) = args.get(0) else {
        let class = this.class.full_name(vm).to_owned();
        return Err(vm.type_error(format_args!("unbound method {class}.{}() needs an argument", this.def.name)));
    };
    this.check_receiver(vm, &receiver)?;
    this.def.invoke(vm, &receiver, args.skip(1))
}

impl Object<NativeMethod> {
    /// An error where the method does not apply to a value.
    #[inline]
    pub fn check_receiver(&self, vm: &mut Vm, receiver: &Value) -> PyResult<()> {
        if std::ptr::eq(receiver.ty(), &*self.class) || receiver.ty().is_subclass_of(&self.class, vm) {
            return Ok(());
        }
        let (class, got) = (self.class.full_name(vm), vm.type_name(receiver));
        Err(vm.type_error(format_args!("descriptor '{}' for '{class}' objects doesn't apply to a '{got}' object", self.def.name)))
    }
}

fn descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(instance) = instance else { return Ok(this.clone()) };
    let this = native(this);
    this.check_receiver(vm, instance)?;
    Ok(vm.new_native_function(this.def, instance.clone(), None))
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let this = native(this);
    let text = format!("<method '{}' of '{}' objects>", this.def.name, this.class.full_name(vm));
    Ok(vm.new_str(&text).into())
}

/// The native half of a native class method.
pub struct NativeClassMethod {
    def: &'static MethodDef,
    class: Ref<Type>,
}

// SAFETY: the class is visited once.
unsafe impl Trace for NativeClassMethod {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.class.trace(visitor);
    }
}

impl NativeClassMethod {
    /// What it does.
    pub fn def(&self) -> &'static MethodDef {
        self.def
    }

    /// The class it belongs to.
    pub fn class(&self) -> &Object<Type> {
        &self.class
    }
}

static_class! {
    /// `types.ClassMethodDescriptorType`.
    pub NATIVE_CLASS_METHOD_TYPE: NativeClassMethod = {
        name: "classmethod_descriptor",
        layout: &NATIVE_CLASS_METHOD_LAYOUT,
        flags: 0,
        members: NativeClassMethod::PY_MEMBERS,
        slots: Slots::new().with_call(class_call).with_descr_get(class_descr_get).with_repr(class_repr),
    }
}
static NATIVE_CLASS_METHOD_LAYOUT: NativeLayout = NativeLayout::of::<NativeClassMethod>();

fn native_class(value: &Value) -> &Object<NativeClassMethod> {
    value.downcast::<NativeClassMethod>().expect("the slot belongs to native class methods")
}

fn class_call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = native_class(this);
    let Some(receiver) = args.get(0) else {
        let class = this.class.full_name(vm).to_owned();
        return Err(vm.type_error(format_args!("descriptor '{}' of '{class}' object needs an argument", this.def.name)));
    };
    let receiver = this.check_class(vm, &receiver)?;
    this.def.invoke(vm, &receiver, args.skip(1))
}

impl Object<NativeClassMethod> {
    fn check_class(&self, vm: &mut Vm, receiver: &Value) -> PyResult {
        match receiver.downcast::<Type>() {
            Some(given) if given.is_subclass_of(&self.class, vm) => Ok(receiver.clone()),
            given => Err(self.wrong_class(vm, receiver, given)),
        }
    }

    #[cold]
    fn wrong_class(&self, vm: &mut Vm, receiver: &Value, given: Option<&Object<Type>>) -> Raised {
        let (name, class) = (self.def.name, self.class.full_name(vm));
        match given {
            Some(given) => {
                let given = given.name().to_owned();
                vm.type_error(format_args!("descriptor '{name}' requires a subtype of '{class}' but received '{given}'"))
            }
            None => {
                let got = vm.type_name(receiver);
                vm.type_error(format_args!("descriptor '{name}' for type '{class}' needs a type, not a '{got}' as arg 2"))
            }
        }
    }
}

fn class_descr_get(vm: &mut Vm, this: &Value, instance: Option<&Value>, owner: Option<&Value>) -> PyResult {
    let this = native_class(this);
    let owner = match (owner, instance) {
        (Some(owner), _) => owner.clone(),
        (None, Some(instance)) => instance.ty().to_value(),
        (None, None) => return Err(vm.type_error(format_args!("__get__(None, None) is invalid"))),
    };
    let owner = this.check_class(vm, &owner)?;
    Ok(vm.new_native_function(this.def, owner, None))
}

fn class_repr(vm: &mut Vm, this: &Value) -> PyResult {
    let this = native_class(this);
    let text = format!("<method '{}' of '{}' objects>", this.def.name, this.class.full_name(vm));
    Ok(vm.new_str(&text).into())
}

#[pymethods]
impl NativeMethod {
    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let name = vm.intern(this.def.name);
        reduce_by_getattr(vm, this.class.to_value(), &name)
    }

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
        self.def.doc_text()
    }

    #[getter]
    fn __text_signature__(&self) -> Option<&'static str> {
        self.def.text_signature()
    }
}

#[pymethods]
impl NativeClassMethod {
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
        self.def.doc_text()
    }

    #[getter]
    fn __text_signature__(&self) -> Option<&'static str> {
        self.def.text_signature()
    }
}

impl Heap {
    /// A native method of a class.
    pub fn new_native_method(&mut self, def: &'static MethodDef, class: &Object<Type>) -> Value {
        self.alloc(NativeMethod { def, class: class.to_ref() }).into()
    }

    /// A native class method of a class.
    pub fn new_native_class_method(&mut self, def: &'static MethodDef, class: &Object<Type>) -> Value {
        self.alloc(NativeClassMethod { def, class: class.to_ref() }).into()
    }
}
