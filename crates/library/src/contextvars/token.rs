//! `Token`: what takes a change of a context variable back.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Args, Heap, Object, PyResult, Ref, Type, Value, Vm};

use super::context::Context;
use super::variable::ContextVar;

// The mark of a change: the variable, its context, and the value before.
#[pyclass(name = "Token", module = "_contextvars", final)]
pub struct Token {
    context: Ref<Context>,
    variable: Ref<ContextVar>,
    old: Option<Value>,
    used: Cell<bool>,
}

// The class of `Token.MISSING`.
#[pyclass(name = "MISSING", module = "Token", no_export, final)]
struct Missing;

#[pymethods]
impl Missing {
    fn __repr__(&self) -> &'static str {
        "<Token.MISSING>"
    }
}

impl Token {
    /// The mark of a change of `variable` in `context`, where it had the value `old` before.
    pub fn new(context: Ref<Context>, variable: Ref<ContextVar>, old: Option<Value>) -> Token {
        Token { context, variable, old, used: Cell::new(false) }
    }

    /// The context.
    pub fn context(&self) -> &Ref<Context> {
        &self.context
    }

    /// The variable.
    pub fn variable(&self) -> &ContextVar {
        &self.variable
    }

    /// The value before.
    pub fn old(&self) -> Option<&Value> {
        self.old.as_ref()
    }

    /// Whether the change was taken back.
    pub fn is_used(&self) -> bool {
        self.used.get()
    }

    /// Notes that the change was taken back.
    pub fn use_up(&self) {
        self.used.set(true);
    }
}

fn missing(heap: &mut Heap) -> Value {
    heap.module_state(|_| Missing).into()
}

#[pymethods]
impl Token {
    #[new]
    fn new_token(_cls: &Object<Type>, heap: &mut Heap, _args: Args<'_>) -> PyResult<Value> {
        Err(heap.runtime_error(format_args!("Tokens can only be created by ContextVars")))
    }

    #[getter]
    fn var(&self) -> &Object<ContextVar> {
        &self.variable
    }

    #[getter]
    fn old_value(&self, heap: &mut Heap) -> Value {
        self.old.clone().unwrap_or_else(|| missing(heap))
    }

    #[constant]
    #[name = "MISSING"]
    fn missing_mark(heap: &mut Heap) -> Value {
        missing(heap)
    }

    /// Enter into Token context manager.
    fn __enter__(this: &Value) -> Value {
        this.clone()
    }

    /// __exit__($self, type, val, tb, /)
    /// --
    ///
    /// Exit from Token context manager, restore the linked ContextVar.
    fn __exit__(this: &Object<Self>, vm: &mut Vm, type_: &Value, val: &Value, tb: &Value) -> PyResult<()> {
        let _ = (type_, val, tb);
        let name = vm.intern("reset");
        vm.call_method(&this.variable.as_value(), &name, &[this.to_value()])?;
        Ok(())
    }

    /// See PEP 585
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    fn __hash__(&self, heap: &mut Heap) -> PyResult<i64> {
        Err(heap.type_error(format_args!("unhashable type: '_contextvars.Token'")))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let variable = vm.repr(&this.variable.as_value())?;
        let used = if this.is_used() { " used" } else { "" };
        Ok(format!("<Token{used} var={variable} at {:#x}>", this.address()))
    }
}
