//! `method`: a function bound to an instance.

use pvm_macros::pymethods;

use super::shown::reduce_by_getattr;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::ops::join::join;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class, type_flag};
use crate::{Heap, Vm, names};

/// The native half of a bound method.
pub struct Method {
    function: Value,
    receiver: Value,
}

// SAFETY: both references are visited once.
unsafe impl Trace for Method {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.function.trace(visitor);
        self.receiver.trace(visitor);
    }
}

static_class! {
    /// `types.MethodType`.
    pub METHOD_TYPE: Method = {
        name: "method",
        doc: "method(function, instance, /)\n--\n\nCreate a bound instance method object.",
        layout: &METHOD_LAYOUT,
        flags: type_flag::HAS_WEAKREFS,
        members: Method::PY_MEMBERS,
        slots: Slots::new().with_all(Method::PY_SLOTS).with_call(call).with_getattr(getattr).with_richcompare(richcompare).with_hash(hash),
    }
}
static METHOD_LAYOUT: NativeLayout = NativeLayout::of::<Method>();

impl Method {
    /// What it calls.
    #[inline(always)]
    pub fn function(&self) -> &Value {
        &self.function
    }

    /// What it is bound to.
    #[inline(always)]
    pub fn receiver(&self) -> &Value {
        &self.receiver
    }
}

fn method(value: &Value) -> &Object<Method> {
    value.downcast::<Method>().expect("the slot belongs to methods")
}

fn call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = method(this);
    args.with_first(&this.receiver, |args| vm.call_args(&this.function, args))
}

/// Attributes of the method, else of its function (`method_getattro`).
fn getattr(vm: &mut Vm, this: &Value, name: &Object<Str>) -> PyResult {
    let class = this.ty();
    match class.lookup(name, vm).map(|found| found.to_owned()) {
        Some(found) => match found.ty().slots().descr_get() {
            Some(get) => get(vm, &found, Some(this), Some(&class.as_value())),
            None => Ok(found),
        },
        None => vm.getattr(&method(this).function.clone(), name),
    }
}

fn richcompare(vm: &mut Vm, left: &Value, right: &Value, op: CompareOp) -> PyResult {
    let (Some(a), Some(b)) = (left.downcast::<Method>(), right.downcast::<Method>()) else { return Ok(Value::not_implemented()) };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::not_implemented());
    }
    let same = a.receiver.is(&b.receiver) && vm.eq(&a.function, &b.function)?;
    Ok(Value::from_bool(same == (op == CompareOp::Eq)))
}

fn hash(vm: &mut Vm, this: &Value) -> PyResult<i64> {
    let this = method(this);
    let function = vm.hash(&this.function)?;
    let hash = crate::hashing::hash_pointer(this.receiver.bits() as usize) ^ function;
    Ok(if hash == -1 { -2 } else { hash })
}

#[pymethods]
impl Method {
    #[new]
    fn new(vm: &mut Vm, function: &Value, instance: &Value) -> PyResult<Method> {
        if function.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("first argument must be callable")));
        }
        if instance.is_none() {
            return Err(vm.type_error(format_args!("instance must not be None")));
        }
        Ok(Method { function: function.clone(), receiver: instance.clone() })
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let name = match vm.find_attr(&self.function, &names::__qualname__)? {
            Some(name) => Some(name),
            None => vm.find_attr(&self.function, &names::__name__)?,
        };
        let receiver = vm.repr(&self.receiver)?;
        match name.as_ref().and_then(|name| name.downcast::<Str>()) {
            Some(name) => join!(vm, "<bound method ", name, " of ", &receiver, ">"),
            None => join!(vm, "<bound method ? of ", &receiver, ">"),
        }
    }

    fn __get__(this: &Value, _instance: Option<&Value>, _owner: Option<&Value>) -> Value {
        this.clone()
    }

    #[text_signature = "($self, /)"]
    fn __reduce__(&self, vm: &mut Vm) -> PyResult {
        let name = vm.getattr(&self.function, &names::__name__)?;
        let name = vm.attribute_name(&name)?;
        reduce_by_getattr(vm, self.receiver.clone(), &name)
    }

    /// the function (or other callable) implementing a method
    #[member]
    fn __func__(&self) -> &Value {
        &self.function
    }

    /// the instance to which a method is bound
    #[member]
    fn __self__(&self) -> &Value {
        &self.receiver
    }

    #[getter]
    fn __doc__(&self, vm: &mut Vm) -> PyResult {
        vm.getattr(&self.function, &names::__doc__)
    }
}

impl Heap {
    /// A function bound to a receiver.
    #[inline]
    pub fn new_method(&mut self, function: Value, receiver: Value) -> Value {
        self.alloc(Method { function, receiver }).into()
    }
}
