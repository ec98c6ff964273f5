//! `builtin_function_or_method`: a native function with what it is bound to.

use pvm_macros::pymethods;

use super::shown::{qualname, reduce_by_getattr};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::hashing::hash_pointer;
use crate::module::Module;
use crate::native::{MethodDef, MethodKind};
use crate::ops::CompareOp;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::create::NEW;
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm};

/// The native half of a native function.
pub struct NativeFunction {
    def: &'static MethodDef,
    /// The instance, class or module it is bound to; `None` for a static method.
    receiver: Value,
    module: HeapCell<Option<Value>>,
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
        members: NativeFunction::PY_MEMBERS,
        slots: Slots::new().with_call(call).with_repr(repr).with_all(NativeFunction::PY_SLOTS),
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
    pub fn module(&self, heap: &Heap) -> Option<Value> {
        self.module.get(heap)
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
    let text = if this.is_free() {
        format!("<built-in function {}>", this.def.name)
    } else {
        format!("<built-in method {} of {} object at {:#x}>", this.def.name, vm.type_name(&this.receiver), this.receiver.bits())
    };
    Ok(vm.new_str(&text).into())
}

impl NativeFunction {
    /// Whether it is a function of a module, or of nothing.
    fn is_free(&self) -> bool {
        self.receiver.is_none() || self.receiver.is_instance_of::<Module>()
    }
}

#[pymethods]
impl NativeFunction {
    fn __hash__(this: &Object<Self>) -> i64 {
        hash_pointer(this.receiver.bits() as usize) ^ hash_pointer(std::ptr::from_ref(this.def) as usize)
    }

    fn __richcompare__(this: &Object<Self>, other: &Value, op: CompareOp) -> Value {
        let (Some(other), CompareOp::Eq | CompareOp::Ne) = (other.downcast::<NativeFunction>(), op) else {
            return Value::not_implemented();
        };
        let same = this.receiver.is(&other.receiver) && std::ptr::eq(this.def, other.def);
        Value::from_bool(same == (op == CompareOp::Eq))
    }

    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let name = vm.intern(this.def.name);
        if this.is_free() { Ok(name.into()) } else { reduce_by_getattr(vm, this.receiver.clone(), &name) }
    }

    #[member]
    fn __module__(&self, heap: &Heap) -> Option<Value> {
        self.module.get(heap)
    }

    #[setter(__module__)]
    fn set_module(&self, heap: &mut Heap, value: Option<&Value>) {
        self.module.set(value.cloned(), heap);
    }

    #[getter]
    fn __doc__(&self) -> Option<&'static str> {
        self.def.doc_text()
    }

    #[getter]
    fn __name__(&self) -> &'static str {
        self.def.name
    }

    #[getter]
    fn __qualname__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        if self.is_free() {
            return Ok(vm.new_str(self.def.name));
        }
        let class = self.receiver.downcast::<Type>().unwrap_or_else(|| self.receiver.ty());
        qualname(vm, class, self.def.name)
    }

    #[getter]
    fn __self__(&self) -> Value {
        match self.def.kind {
            MethodKind::Static if !std::ptr::eq(self.def, &NEW) => Value::none(),
            _ => self.receiver.clone(),
        }
    }

    #[getter]
    fn __text_signature__(&self) -> Option<&'static str> {
        self.def.text_signature()
    }
}

impl Heap {
    /// A native function bound to a receiver; `module` is the name that `__module__` shows.
    pub fn new_native_function(&mut self, def: &'static MethodDef, receiver: Value, module: Option<Value>) -> Value {
        self.alloc(NativeFunction { def, receiver, module: HeapCell::new(module) }).into()
    }
}

/// The class that a native function is bound to, where it is one (`int.from_bytes`).
pub fn bound_class(function: &NativeFunction) -> Option<&Object<Type>> {
    function.receiver.downcast::<Type>()
}
