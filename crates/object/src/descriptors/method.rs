//! `method`: a function bound to an instance.

use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class, type_flag};
use crate::{Heap, Vm};

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
        layout: &METHOD_LAYOUT,
        flags: type_flag::HAS_WEAKREFS,
        members: &[],
        slots: Slots::new().with_call(call).with_getattr(getattr).with_richcompare(richcompare).with_hash(hash),
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

impl Heap {
    /// A function bound to a receiver.
    #[inline]
    pub fn new_method(&mut self, function: Value, receiver: Value) -> Value {
        self.alloc(Method { function, receiver }).into()
    }
}
