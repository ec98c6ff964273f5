//! Functions as programs see them: the constructor, `__code__`, `__defaults__` and their like.

use pvm_bytecode::flags::CO_ANY_GENERATOR;
use pvm_macros::pymethods;

use super::Function;
use crate::cell::Cell;
use crate::code::Code;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::exceptions::DEPRECATION_WARNING;
use crate::ops::join::join;
use crate::str::Str;
use crate::tuple::{self, Tuple};
use crate::{Heap, Vm, names};

/// The doc of the class.
pub(super) const FUNCTION_DOC: &str = "function(code, globals, name=None, argdefs=None, closure=None,
         kwdefaults=None)
--

Create a function object.

  code
    a code object
  globals
    the globals dictionary
  name
    a string that overrides the name from the code object
  argdefs
    a tuple that specifies the default argument values
  closure
    a tuple that supplies the bindings for free variables
  kwdefaults
    a dictionary that specifies the default keyword argument values";

/// The value as a `T`, nothing for `None`; the error with this message for all else.
fn none_or<T: crate::PyClass>(vm: &mut Vm, value: Option<&Value>, message: &str) -> PyResult<Option<Ref<T>>> {
    match value.filter(|value| !value.is_none()) {
        None => Ok(None),
        Some(value) => required(vm, Some(value), message).map(Some),
    }
}

/// The value as a `T`; the error with this message for all else.
fn required<T: crate::PyClass>(vm: &mut Vm, value: Option<&Value>, message: &str) -> PyResult<Ref<T>> {
    match value.and_then(|value| value.downcast::<T>()) {
        Some(object) => Ok(object.to_ref()),
        None => Err(vm.type_error(format_args!("{message}"))),
    }
}

/// Checks that a closure has a cell for each free variable of the code.
fn check_closure(vm: &mut Vm, code: &Object<Code>, closure: Option<&Value>) -> PyResult<Option<Ref<Tuple>>> {
    let wanted = code.raw.nfreevars();
    let message = if wanted != 0 { "arg 5 (closure) must be tuple" } else { "arg 5 (closure) must be None or tuple" };
    let cells: Option<Ref<Tuple>> = match wanted {
        0 => none_or(vm, closure, message)?,
        _ => Some(required(vm, closure, message)?),
    };
    let given = cells.as_ref().map_or(0, |cells| cells.len());
    if given != wanted {
        let name = &code.name;
        return Err(vm.value_error(format_args!("{name} requires closure of length {wanted}, not {given}")));
    }
    for cell in cells.iter().flat_map(|cells| cells.as_slice()) {
        if !cell.is_instance_of::<Cell>() {
            let kind = vm.type_name(cell);
            return Err(vm.type_error(format_args!("arg 5 (closure) expected cell, found {kind}")));
        }
    }
    Ok(cells.filter(|cells| !cells.is_empty()))
}

#[pymethods]
impl Function {
    #[new]
    #[signature = "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)"]
    fn new(
        vm: &mut Vm,
        code: &Object<Code>,
        globals: &Object<Dict>,
        name: Option<&Value>,
        argdefs: Option<&Value>,
        closure: Option<&Value>,
        kwdefaults: Option<&Value>,
    ) -> PyResult<Function> {
        let name: Option<Ref<Str>> = none_or(vm, name, "arg 3 (name) must be None or string")?;
        let defaults = none_or(vm, argdefs, "arg 4 (defaults) must be None or tuple")?;
        let closure = check_closure(vm, code, closure)?;
        let kwdefaults = none_or(vm, kwdefaults, "arg 6 (kwdefaults) must be None or dict")?;
        (vm.hooks().audit)(vm, "function.__new__", &[code.to_value()])?;
        let builtins = (vm.hooks().builtins_of)(vm, globals)?;
        let module = globals.get_str(&names::__name__, vm).unwrap_or_else(Value::none);
        let function = Function::bare(vm, code, globals, builtins, module);
        function.name.set(name, vm);
        function.defaults.set(defaults, vm);
        function.closure.set(closure, vm);
        function.kwdefaults.set(kwdefaults, vm);
        Ok(function)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let (name, address) = (this.qualname(vm), format!(" at {:#x}>", this.address()));
        join!(vm, "<function ", &name, &address)
    }

    fn __get__(this: &Value, heap: &mut Heap, instance: Option<&Value>, _owner: Option<&Value>) -> Value {
        match instance {
            Some(instance) => heap.new_method(this.clone(), instance.clone()),
            None => this.clone(),
        }
    }

    #[member]
    fn __closure__(&self, heap: &Heap) -> Option<Ref<Tuple>> {
        self.closure.get(heap)
    }

    #[member]
    fn __globals__(&self) -> Ref<Dict> {
        self.globals.clone()
    }

    #[member]
    fn __builtins__(&self, heap: &Heap) -> Value {
        self.builtins.get(heap)
    }

    #[member]
    fn __doc__(&self, heap: &mut Heap) -> Value {
        self.doc(heap)
    }

    #[setter(__doc__)]
    fn set_doc(&self, heap: &mut Heap, value: Option<&Value>) {
        self.doc.set(Some(value.cloned().unwrap_or_else(Value::none)), heap);
    }

    #[getter]
    fn __code__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Code>> {
        vm.audit_read(&this.as_value(), "__code__")?;
        Ok(this.code.get(vm))
    }

    #[setter(__code__)]
    fn set_code(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let code: Ref<Code> = required(vm, value, "__code__ must be set to a code object")?;
        vm.audit_assignment(&this.to_value(), "__code__", value)?;
        let (free, cells) = (code.raw.nfreevars(), this.closure.borrow(vm).as_ref().map_or(0, |closure| closure.len()));
        if free != cells {
            let name = this.name(vm);
            return Err(vm.value_error(format_args!("{name}() requires a code object with {cells} free vars, not {free}")));
        }
        if (this.code.borrow(vm).raw.flags ^ code.raw.flags) & CO_ANY_GENERATOR != 0 {
            let message =
                "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)";
            vm.warn(DEPRECATION_WARNING.get(), message, 1)?;
        }
        this.take_names(vm);
        this.code.set(code, vm);
        Ok(())
    }

    #[getter]
    fn __defaults__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Ref<Tuple>>> {
        vm.audit_read(&this.as_value(), "__defaults__")?;
        Ok(this.defaults.get(vm))
    }

    #[setter(__defaults__)]
    fn set_defaults(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let defaults = none_or(vm, value, "__defaults__ must be set to a tuple object")?;
        vm.audit_assignment(&this.to_value(), "__defaults__", value.filter(|value| !value.is_none()))?;
        this.defaults.set(defaults, vm);
        Ok(())
    }

    #[getter]
    fn __kwdefaults__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Ref<Dict>>> {
        vm.audit_read(&this.as_value(), "__kwdefaults__")?;
        Ok(this.kwdefaults.get(vm))
    }

    #[setter(__kwdefaults__)]
    fn set_kwdefaults(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let kwdefaults = none_or(vm, value, "__kwdefaults__ must be set to a dict object")?;
        vm.audit_assignment(&this.to_value(), "__kwdefaults__", value.filter(|value| !value.is_none()))?;
        this.kwdefaults.set(kwdefaults, vm);
        Ok(())
    }

    /// Dict of annotations in a function object.
    #[getter]
    fn __annotations__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.annotations(vm)
    }

    #[setter(__annotations__)]
    fn set_annotations(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let annotations: Option<Ref<Dict>> = none_or(vm, value, "__annotations__ must be set to a dict object")?;
        self.annotations.set(annotations.map(Value::from), vm);
        self.annotate.set(None, vm);
        Ok(())
    }

    /// Get the code object for a function.
    #[getter]
    fn __annotate__(&self, heap: &Heap) -> Option<Value> {
        self.annotate.get(heap)
    }

    #[setter(__annotate__)]
    fn set_annotate(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        match value {
            None => return Err(vm.type_error(format_args!("__annotate__ cannot be deleted"))),
            Some(value) if value.is_none() => self.annotate.set(None, vm),
            Some(value) if value.ty().slots().call().is_some() => {
                self.annotate.set(Some(value.clone()), vm);
                self.annotations.set(None, vm);
            }
            Some(_) => {
                return Err(vm.type_error(format_args!("__annotate__ must be callable or None")));
            }
        }
        Ok(())
    }

    #[getter]
    fn __module__(&self, heap: &Heap) -> Value {
        self.module.get(heap)
    }

    #[setter(__module__)]
    fn set_module(&self, heap: &mut Heap, value: Option<&Value>) {
        self.module.set(value.cloned().unwrap_or_else(Value::none), heap);
    }

    #[getter]
    fn __name__(&self, heap: &mut Heap) -> Ref<Str> {
        self.name(heap)
    }

    #[setter(__name__)]
    fn set_name(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let name = required(vm, value, "__name__ must be set to a string object")?;
        self.name.set(Some(name), vm);
        Ok(())
    }

    #[getter]
    fn __qualname__(&self, heap: &mut Heap) -> Ref<Str> {
        self.qualname(heap)
    }

    #[setter(__qualname__)]
    fn set_qualname(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let name = required(vm, value, "__qualname__ must be set to a string object")?;
        self.qualname.set(Some(name), vm);
        Ok(())
    }

    /// Get the declared type parameters for a function.
    #[getter]
    fn __type_params__(&self, heap: &Heap) -> Ref<Tuple> {
        self.type_params.get(heap).unwrap_or_else(|| tuple::empty().to_ref())
    }

    #[setter(__type_params__)]
    fn set_type_params(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let params = required(vm, value, "__type_params__ must be set to a tuple")?;
        self.type_params.set(Some(params), vm);
        Ok(())
    }
}

impl Object<Function> {
    /// `__annotations__`: those that were stored (the compiler stores pairs as a flat tuple), or by `__annotate__`.
    pub fn annotations(&self, vm: &mut Vm) -> PyResult {
        let dict = match self.annotations.get(vm) {
            Some(known) => match known.downcast::<Tuple>() {
                None => return Ok(known),
                Some(pairs) => {
                    let dict = vm.new_dict();
                    for pair in pairs.as_slice().chunks_exact(2) {
                        dict.set(&pair[0], pair[1].clone(), vm)?;
                    }
                    dict.into()
                }
            },
            None => match self.annotate.get(vm) {
                Some(annotate) => vm.annotations_by(&annotate)?,
                None => vm.new_dict().into(),
            },
        };
        self.annotations.set(Some(dict.clone()), vm);
        Ok(dict)
    }
}
