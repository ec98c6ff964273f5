//! Values of type parameters and aliases: given, or worked out by a function when first asked for.

use pvm_macros::{Trace, pyclass, pymethods};

use super::no_default::NO_DEFAULT;
use crate::Heap;
use crate::Vm;
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::generic_alias::type_repr;
use crate::tuple::Tuple;

/// A value that is there, or will be worked out.
#[derive(Trace, Default)]
pub struct Lazy {
    value: HeapCell<Option<Value>>,
    evaluate: HeapCell<Option<Value>>,
}

impl Lazy {
    /// A value that is there, if it is.
    pub fn given(value: Option<Value>) -> Lazy {
        Lazy { value: HeapCell::new(value), evaluate: HeapCell::new(None) }
    }

    /// A value that a function works out, if there is one.
    pub fn later(evaluate: Option<Value>) -> Lazy {
        Lazy { value: HeapCell::new(None), evaluate: HeapCell::new(evaluate) }
    }

    /// Sets the function that works the value out.
    pub fn set_evaluator(&self, evaluate: Value, heap: &mut Heap) {
        self.evaluate.set(Some(evaluate), heap);
    }

    /// The value; `None` where there is none.
    pub fn get(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let Some(value) = self.value.get(vm) {
            return Ok(Some(value));
        }
        let Some(evaluate) = self.evaluate.get(vm) else { return Ok(None) };
        let value = vm.call(&evaluate, &[])?;
        self.value.set(Some(value.clone()), vm);
        Ok(Some(value))
    }

    /// The function for the value: that of the syntax, or one that gives the value there is.
    pub fn evaluator(&self, vm: &mut Vm) -> Option<Value> {
        if let Some(evaluate) = self.evaluate.get(vm) {
            return Some(evaluate);
        }
        let value = self.value.get(vm)?;
        Some(vm.alloc(ConstEvaluator { value }).into())
    }

    /// Whether it is a default: a function for one, or a value other than `NoDefault`.
    pub fn is_default(&self, heap: &Heap) -> bool {
        let value = self.value.borrow(heap).as_ref();
        self.evaluate.borrow(heap).is_some() || value.is_some_and(|value| !value.is(&NO_DEFAULT.as_value()))
    }

    /// As a default: the value, or `NoDefault`.
    pub fn get_default(&self, vm: &mut Vm) -> PyResult {
        Ok(self.get(vm)?.unwrap_or_else(|| NO_DEFAULT.to_value()))
    }
}

/// The format of `annotationlib` for source text.
const FORMAT_STRING: i32 = 4;

/// A function that gives one value, in the formats of `annotationlib`.
#[pyclass(name = "_ConstEvaluator", module = "_typing", final)]
pub struct ConstEvaluator {
    value: Value,
}

#[pymethods]
impl ConstEvaluator {
    fn __repr__(&self, vm: &mut Vm) -> PyResult<Ref<crate::str::Str>> {
        let repr = vm.repr(&self.value)?;
        crate::ops::join::join!(vm, "<constevaluator ", &repr, ">")
    }

    #[signature = "($self, format)"]
    fn __call__(&self, format: i32, vm: &mut Vm) -> PyResult {
        if format != FORMAT_STRING {
            return Ok(self.value.clone());
        }
        let Some(types) = self.value.downcast::<Tuple>() else { return Ok(type_repr(vm, &self.value)?.into()) };
        let mut text = crate::text::TextBuilder::new();
        text.push_str("(");
        for (index, ty) in types.as_slice().iter().enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            text.push_view(type_repr(vm, ty)?.view());
        }
        text.push_str(if types.len() == 1 { ",)" } else { ")" });
        Ok(vm.str_from_builder(text)?.into())
    }
}
