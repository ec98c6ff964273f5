//! `typing.TypeAliasType`.

use pvm_macros::{pyclass, pymethods};

use super::lazy::Lazy;
use super::{ParamSpec, TypeVar, TypeVarTuple, caller_module, unpack_type_var_tuples, unpacked};
use crate::Vm;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::str::Str;
use crate::tuple::{self, Tuple};
use crate::union::union_of;

/// Type alias, made by the type statement:
///
///     type Alias = int
///
/// Its value is worked out when it is asked for, so it may refer to what comes later:
///
///     type Alias = Later
///
/// Aliases may have parameters, and then can be subscripted:
///
///     type ListOrSet[T] = list[T] | set[T]
#[pyclass(name = "TypeAliasType", module = "typing", final, static_name = TYPE_ALIAS_TYPE)]
pub struct TypeAlias {
    #[member]
    #[name = "__name__"]
    name: Ref<Str>,
    parameters: Option<Ref<Tuple>>,
    value: Lazy,
    /// Of an alias made by a call.
    module: Option<Value>,
}

impl TypeAlias {
    pub(super) fn of_syntax(name: Ref<Str>, parameters: Option<Ref<Tuple>>, compute: Value) -> TypeAlias {
        TypeAlias { name, parameters, value: Lazy::later(Some(compute)), module: None }
    }
}

/// Whether a type parameter has a default; an error for what is no type parameter.
fn has_default(vm: &mut Vm, parameter: &Value) -> PyResult<bool> {
    if let Some(variable) = parameter.downcast_exact::<TypeVar>() {
        Ok(variable.default().is_default(vm))
    } else if let Some(specification) = parameter.downcast_exact::<ParamSpec>() {
        Ok(specification.default().is_default(vm))
    } else if let Some(variables) = parameter.downcast_exact::<TypeVarTuple>() {
        Ok(variables.default().is_default(vm))
    } else {
        let repr = vm.repr(parameter)?;
        Err(vm.type_error(format_args!("Expected a type param, got {repr}")))
    }
}

fn checked_parameters(vm: &mut Vm, parameters: Option<&Value>) -> PyResult<Option<Ref<Tuple>>> {
    let Some(parameters) = parameters else { return Ok(None) };
    let Some(parameters) = parameters.downcast::<Tuple>() else {
        return Err(vm.type_error(format_args!("type_params must be a tuple")));
    };
    let mut defaults_begun = false;
    for parameter in parameters.as_slice() {
        if has_default(vm, parameter)? {
            defaults_begun = true;
        } else if defaults_begun {
            let repr = vm.repr(parameter)?;
            return Err(vm.type_error(format_args!("non-default type parameter '{repr}' follows default type parameter")));
        }
    }
    Ok((!parameters.is_empty()).then(|| parameters.to_ref()))
}

#[pymethods]
impl TypeAlias {
    #[new]
    #[name = "typealias"]
    #[signature = "(name, value, *, type_params=())"]
    fn new(vm: &mut Vm, name: &Object<Str>, value: Value, type_params: Option<&Value>) -> PyResult<TypeAlias> {
        let parameters = checked_parameters(vm, type_params)?;
        let module = caller_module(vm);
        Ok(TypeAlias { name: name.to_ref(), parameters, value: Lazy::given(Some(value)), module })
    }

    fn __repr__(&self) -> Ref<Str> {
        self.name.clone()
    }

    fn __iter__(this: &Object<TypeAlias>, vm: &mut Vm) -> PyResult {
        let unpacked = unpacked(vm, &this.as_value())?;
        let items = vm.try_tuple([unpacked])?;
        vm.iter(&items.as_value())
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        union_of(vm, left, right)
    }

    fn __getitem__(this: &Object<TypeAlias>, key: &Value, vm: &mut Vm) -> PyResult {
        if this.parameters.is_none() {
            return Err(vm.type_error(format_args!("Only generic type aliases are subscriptable")));
        }
        vm.generic_alias(&this.as_value(), key)
    }

    #[getter]
    fn __parameters__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        match &self.parameters {
            Some(parameters) => unpack_type_var_tuples(vm, parameters),
            None => Ok(tuple::empty().to_ref()),
        }
    }

    #[getter]
    fn __type_params__(&self) -> Ref<Tuple> {
        self.parameters.clone().unwrap_or_else(|| tuple::empty().to_ref())
    }

    #[getter]
    fn __value__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        self.value.get(vm)
    }

    #[getter]
    fn evaluate_value(&self, vm: &mut Vm) -> Option<Value> {
        self.value.evaluator(vm)
    }

    #[getter]
    fn __module__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let Some(module) = &self.module {
            return Ok(Some(module.clone()));
        }
        match self.value.evaluator(vm) {
            Some(compute) => vm.find_attr(&compute, &names::__module__),
            None => Ok(None),
        }
    }

    fn __reduce__(&self) -> Value {
        self.name.to_value()
    }
}
