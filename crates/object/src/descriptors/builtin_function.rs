//! `builtin_function_or_method`: a native function with what it is bound to.

use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::native::MethodDef;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm};

/// The native half of a native function.
pub struct NativeFunction {
    def: &'static MethodDef,
    /// The instance, class or module it is bound to; `None` for a static method.
    receiver: Value,
    module: Option<Value>,
}

// SAFETY: each reference is visited once.
unsafe impl Trace for NativeFunction {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.receiver.trace(visitor);
        self.module.trace(visitor);
    }
}

static_class! {
    /// `types.BuiltinFunctionType`.
    pub NATIVE_FUNCTION_TYPE: NativeFunction = {
        name: "builtin_function_or_method",
        layout: &NATIVE_FUNCTION_LAYOUT,
        flags: type_flag::HAS_WEAKREFS,
        members: &[],
        slots: Slots::new().with_call(call).with_repr(repr),
    }
}
static NATIVE_FUNCTION_LAYOUT: NativeLayout = NativeLayout::of::<NativeFunction>();

impl NativeFunction {
    /// What it does.
    #[inline(always)]
    pub fn def(&self) -> &'static MethodDef {
        self.def
    }

    /// What it is bound to.
    #[inline(always)]
    pub fn receiver(&self) -> &Value {
        &self.receiver
    }

    /// `__module__`: the module's name.
    pub fn module(&self) -> Option<&Value> {
        self.module.as_ref()
    }
}

fn native(value: &Value) -> &Object<NativeFunction> {
    value.downcast::<NativeFunction>().expect("the slot belongs to native functions")
}

fn call(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = native(this);
    this.def.invoke(vm, &this.receiver, args)
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let this = native(this);
    let text = if this.module.is_some() || this.receiver.is_none() {
        format!("<built-in function {}>", this.def.name)
    } else {
        format!("<built-in method {} of {} object at {:#x}>", this.def.name, this.receiver.ty().name(), this.receiver.bits())
    };
    Ok(vm.new_str(&text).into())
}

impl Heap {
    /// A native function bound to a receiver; `module` is the name that `__module__` shows.
    pub fn new_native_function(&mut self, def: &'static MethodDef, receiver: Value, module: Option<Value>) -> Value {
        self.alloc(NativeFunction { def, receiver, module }).into()
    }
}

/// The class that a native function is bound to, where it is one (`int.from_bytes`).
pub fn bound_class(function: &NativeFunction) -> Option<&Object<Type>> {
    function.receiver.downcast::<Type>()
}
