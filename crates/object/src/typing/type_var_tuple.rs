//! `typing.TypeVarTuple`.

use pvm_macros::{pyclass, pymethods};

use super::lazy::Lazy;
use super::{call_typing, cannot_subclass, no_default, set_module, unpacked};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::str::Str;
use crate::{Heap, Vm};

/// Type variable tuple: a type variable for any number of types.
///
/// The syntax makes them, and a call:
///
///     class Array[*Ts]:
///         ...
///     Ts = TypeVarTuple('Ts')
///
/// They are used unpacked, as *Ts or Unpack[Ts]. They have neither bounds nor variance.
#[pyclass(name = "TypeVarTuple", module = "typing", dict, weakref, final, static_name = TYPE_VAR_TUPLE_TYPE)]
pub struct TypeVarTuple {
    #[member]
    #[name = "__name__"]
    name: Ref<Str>,
    default: Lazy,
}

impl TypeVarTuple {
    pub(super) fn of_syntax(name: Ref<Str>) -> TypeVarTuple {
        TypeVarTuple { name, default: Lazy::default() }
    }

    pub(super) fn default(&self) -> &Lazy {
        &self.default
    }
}

#[pymethods]
impl TypeVarTuple {
    #[new]
    #[name = "typevartuple"]
    #[signature = "(name, *, default=typing.NoDefault)"]
    fn new(vm: &mut Vm, name: &Object<Str>, default: Option<&Value>) -> PyResult<Ref<TypeVarTuple>> {
        let default = Lazy::given(Some(no_default::given(default)));
        let variables = vm.alloc(TypeVarTuple { name: name.to_ref(), default });
        set_module(vm, &variables.as_value())?;
        Ok(variables)
    }

    fn __repr__(&self) -> Ref<Str> {
        self.name.clone()
    }

    fn __iter__(this: &Object<TypeVarTuple>, vm: &mut Vm) -> PyResult {
        let unpacked = unpacked(vm, &this.as_value())?;
        let items = vm.try_tuple([unpacked])?;
        vm.iter(&items.as_value())
    }

    /// The default value for this TypeVarTuple.
    #[getter]
    fn __default__(&self, vm: &mut Vm) -> PyResult {
        self.default.get_default(vm)
    }

    #[getter]
    fn evaluate_default(&self, vm: &mut Vm) -> Option<Value> {
        self.default.evaluator(vm)
    }

    fn has_default(&self, heap: &Heap) -> bool {
        self.default.is_default(heap)
    }

    fn __typing_subst__(&self, _arg: &Value, vm: &mut Vm) -> PyResult {
        Err(vm.type_error(format_args!("Substitution of bare TypeVarTuple is not supported")))
    }

    fn __typing_prepare_subst__(this: &Object<TypeVarTuple>, alias: &Value, args: &Value, vm: &mut Vm) -> PyResult {
        call_typing(vm, "_typevartuple_prepare_subst", &[this.to_value(), alias.clone(), args.clone()])
    }

    fn __reduce__(&self) -> Value {
        self.name.to_value()
    }

    fn __mro_entries__(&self, _object: &Value, vm: &mut Vm) -> PyResult {
        Err(cannot_subclass(vm, "TypeVarTuple"))
    }
}
