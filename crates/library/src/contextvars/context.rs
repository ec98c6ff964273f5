//! `Context`, its entering and leaving, and the iterators over it.

use std::cell::Cell;

use pvm_macros::{pyclass, pyfunction, pymethods};
use pvm_object::{Args, Heap, HeapCell, Object, PyResult, Ref, Value, Vm, exceptions};

use super::values::Values;
use super::variable::ContextVar;

// The values of context variables.
#[pyclass(name = "Context", module = "_contextvars", weakref, mapping, final)]
pub struct Context {
    values: HeapCell<Ref<Values>>,
    entered: Cell<bool>,
}

impl Context {
    fn with_values(values: Ref<Values>) -> Context {
        Context { values: HeapCell::new(values), entered: Cell::new(false) }
    }

    fn empty(heap: &mut Heap) -> Context {
        let values = heap.alloc(Values::empty());
        Context::with_values(values)
    }

    /// A variable's value.
    pub fn get_value(&self, variable: &ContextVar, heap: &Heap) -> Option<Value> {
        self.values.borrow(heap).get(variable).cloned()
    }

    /// Sets a variable.
    pub fn set_value(&self, variable: &Object<ContextVar>, value: Value, heap: &mut Heap) -> PyResult<()> {
        let values = self.values.get(heap).with(variable, value, heap)?;
        self.values.set(values, heap);
        Ok(())
    }

    /// Removes a variable.
    pub fn remove(&self, variable: &Object<ContextVar>, heap: &mut Heap) -> PyResult<()> {
        match self.values.get(heap).without(variable, heap)? {
            Some(values) => {
                self.values.set(values, heap);
                Ok(())
            }
            None => Err(heap.raise_value(exceptions::LOOKUP_ERROR.get(), variable.to_value())),
        }
    }

    fn iterator<T>(&self, heap: &Heap, make: impl FnOnce(Ref<Values>, Cell<usize>) -> T) -> T {
        make(self.values.get(heap), Cell::new(0))
    }
}

/// The thread's context; a new one where it has none yet.
pub fn current_context(vm: &mut Vm) -> Ref<Context> {
    if let Some(context) = vm.thread().context().and_then(|context| context.downcast_into::<Context>().ok()) {
        return context;
    }
    let context = Context::empty(vm);
    let context = vm.alloc(context);
    drop(vm.thread().set_context(Some(context.to_value())));
    context
}

/// Returns a copy of the current context.
#[pyfunction(module = "_contextvars")]
pub fn copy_context(vm: &mut Vm) -> Ref<Context> {
    let values = current_context(vm).values.get(vm);
    vm.alloc(Context::with_values(values))
}

/// A key, which must be a variable.
fn variable_key<'a>(vm: &mut Vm, key: &'a Value) -> PyResult<&'a Object<ContextVar>> {
    match key.downcast::<ContextVar>() {
        Some(variable) => Ok(variable),
        None => {
            let shown = vm.repr(key)?;
            Err(vm.type_error(format_args!("a ContextVar key was expected, got {shown}")))
        }
    }
}

#[pymethods]
impl Context {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<Context> {
        if !args.is_empty() {
            return Err(vm.type_error(format_args!("Context() does not accept any arguments")));
        }
        Ok(Context::empty(vm))
    }

    /// get($self, key, default=None, /)
    /// --
    ///
    /// Return the value for `key` if `key` has the value in the context object.
    ///
    /// If `key` does not exist, return `default`.  If `default` is not
    /// given, return None.
    fn get(&self, vm: &mut Vm, key: &Value, default: Option<Value>) -> PyResult<Option<Value>> {
        let variable = variable_key(vm, key)?;
        Ok(self.get_value(variable, vm).or(default))
    }

    /// Return all variables and their values in the context object.
    ///
    /// The result is returned as a list of 2-tuples (variable, value).
    fn items(&self, heap: &mut Heap) -> Ref<Items> {
        let items = self.iterator(heap, |values, next| Items { values, next });
        heap.alloc(items)
    }

    /// Return a list of all variables in the context object.
    fn keys(&self, heap: &mut Heap) -> Ref<Keys> {
        let keys = self.iterator(heap, |values, next| Keys { values, next });
        heap.alloc(keys)
    }

    /// Return a list of all variables' values in the context object.
    fn values(&self, heap: &mut Heap) -> Ref<ValuesIterator> {
        let values = self.iterator(heap, |values, next| ValuesIterator { values, next });
        heap.alloc(values)
    }

    /// Return a shallow copy of the context object.
    fn copy(&self, heap: &mut Heap) -> Ref<Context> {
        let values = self.values.get(heap);
        heap.alloc(Context::with_values(values))
    }

    #[text_signature = ""]
    fn run(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let Some(callable) = args.get(0) else {
            return Err(vm.type_error(format_args!("run() missing 1 required positional argument")));
        };
        if this.entered.get() {
            let shown = vm.repr(&this.as_value())?;
            return Err(vm.runtime_error(format_args!("cannot enter context: {shown} is already entered")));
        }
        this.entered.set(true);
        let before = vm.thread().set_context(Some(this.to_value()));
        let result = vm.call_args(&callable, args.skip(1));
        drop(vm.thread().set_context(before));
        this.entered.set(false);
        result
    }

    fn __iter__(&self, heap: &mut Heap) -> Ref<Keys> {
        self.keys(heap)
    }

    fn __len__(&self, heap: &Heap) -> usize {
        self.values.borrow(heap).len()
    }

    fn __getitem__(&self, vm: &mut Vm, key: &Value) -> PyResult {
        let variable = variable_key(vm, key)?;
        match self.get_value(variable, vm) {
            Some(value) => Ok(value),
            None => Err(vm.key_error(key)),
        }
    }

    fn __contains__(&self, vm: &mut Vm, key: &Value) -> PyResult<bool> {
        let variable = variable_key(vm, key)?;
        Ok(self.get_value(variable, vm).is_some())
    }

    fn __eq__(&self, vm: &mut Vm, other: &Object<Self>) -> PyResult<bool> {
        let (own, others) = (self.values.get(vm), other.values.get(vm));
        if own.len() != others.len() {
            return Ok(false);
        }
        for index in 0..own.len() {
            let (Some((variable, left)), Some((other_variable, right))) = (own.entry(index), others.entry(index)) else {
                break;
            };
            if variable.number() != other_variable.number() || !vm.eq(left, right)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

macro_rules! iterators {
    ($($native:ident $name:literal |$heap:pat_param, $variable:pat_param, $value:pat_param| $item:expr;)*) => {$(
        #[pyclass(name = $name, no_export, final)]
        #[doc(hidden)]
        pub struct $native {
            values: Ref<Values>,
            next: Cell<usize>,
        }

        #[pymethods]
        impl $native {
            fn __iter__(this: &Value) -> Value {
                this.clone()
            }

            fn __next__(&self, $heap: &mut Heap) -> PyResult<Option<Value>> {
                let index = self.next.get();
                let Some(($variable, $value)) = self.values.entry(index) else { return Ok(None) };
                self.next.set(index + 1);
                $item.map(Some)
            }

            fn __len__(&self) -> usize {
                self.values.len()
            }
        }
    )*};
}

iterators! {
    Keys "keys" |_, variable, _| Ok(variable.to_value());
    ValuesIterator "values" |_, _, value| Ok(value.clone());
    Items "items" |heap, variable, value| Ok(heap.try_tuple([variable.to_value(), value.clone()])?.into());
}
