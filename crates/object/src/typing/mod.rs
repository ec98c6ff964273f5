//! The native classes of `typing`, which the syntax of type parameters and type aliases makes instances of (PEP 695).
//!
//! | file | classes |
//! |---|---|
//! | `type_var.rs` | `TypeVar` |
//! | `type_var_tuple.rs` | `TypeVarTuple` |
//! | `param_spec.rs` | `ParamSpec`, `ParamSpecArgs`, `ParamSpecKwargs` |
//! | `type_alias.rs` | `TypeAliasType` |
//! | `generic.rs` | `Generic` |
//! | `lazy.rs` | values that are worked out when asked for |
//! | `no_default.rs` | `NoDefault` |
//!
//! What the classes share, and what the machine calls, is here. Much of their behaviour is in `typing.py`.

mod generic;
mod lazy;
mod no_default;
mod param_spec;
mod type_alias;
mod type_var;
mod type_var_tuple;

pub use generic::{GENERIC_TYPE, Generic};
pub use lazy::{CONST_EVALUATOR_TYPE, ConstEvaluator};
pub use no_default::{NO_DEFAULT, NO_DEFAULT_TYPE, NoDefaultType};
pub use param_spec::{PARAM_SPEC_ARGS_TYPE, PARAM_SPEC_KWARGS_TYPE, PARAM_SPEC_TYPE, ParamSpec, ParamSpecArgs, ParamSpecKwargs};
pub use type_alias::{TYPE_ALIAS_TYPE, TypeAlias};
pub use type_var::{TYPE_VAR_TYPE, TypeVar};
pub use type_var_tuple::{TYPE_VAR_TUPLE_TYPE, TypeVarTuple};

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::{Vm, names};

/// Calls a function of `typing`.
fn call_typing(vm: &mut Vm, function: &str, args: &[Value]) -> PyResult {
    let name = vm.intern(function);
    let function = vm.import_attr("typing", &name)?;
    vm.call(&function, args)
}

/// The type that an argument stands for (`typing._type_check`).
fn type_check(vm: &mut Vm, value: &Value, message: &str) -> PyResult {
    if value.is_none() {
        return Ok(value.ty().to_value());
    }
    let message = vm.new_str(message);
    call_typing(vm, "_type_check", &[value.clone(), message.into()])
}

/// A bound given to a constructor; `None` is no bound.
fn checked_bound(vm: &mut Vm, bound: Option<&Value>) -> PyResult<Option<Value>> {
    match bound {
        Some(bound) => type_check(vm, bound, "Bound must be a type.").map(Some),
        None => Ok(None),
    }
}

/// The module of the running function.
fn caller_module(vm: &mut Vm) -> Option<Value> {
    (vm.hooks().current_global)(vm, &names::__name__)
}

/// Notes in a new type parameter where it was made.
fn set_module(vm: &mut Vm, parameter: &Value) -> PyResult<()> {
    let module = caller_module(vm).unwrap_or_else(Value::none);
    vm.setattr(parameter, &names::__module__, &module)
}

/// `typing.Unpack[value]`.
fn unpacked(vm: &mut Vm, value: &Value) -> PyResult {
    let name = vm.intern("Unpack");
    let unpack = vm.import_attr("typing", &name)?;
    vm.getitem(&unpack, value)
}

/// Type parameters with the type variable tuples among them unpacked.
fn unpack_type_var_tuples(vm: &mut Vm, parameters: &Object<Tuple>) -> PyResult<Ref<Tuple>> {
    if !parameters.as_slice().iter().any(|parameter| parameter.downcast_exact::<TypeVarTuple>().is_some()) {
        return Ok(parameters.to_ref());
    }
    let mut result = Vec::with_capacity(parameters.len());
    for parameter in parameters.as_slice() {
        result.push(match parameter.downcast_exact::<TypeVarTuple>() {
            Some(_) => unpacked(vm, parameter)?,
            None => parameter.clone(),
        });
    }
    Ok(vm.try_tuple(result)?)
}

/// How a type variable may vary.
#[derive(pvm_macros::Trace, Clone, Copy, Default)]
struct Variance {
    covariant: bool,
    contravariant: bool,
    inferred: bool,
}

impl Variance {
    fn checked(self, vm: &mut Vm) -> PyResult<Variance> {
        if self.covariant && self.contravariant {
            return Err(vm.value_error(format_args!("Bivariant types are not supported.")));
        }
        if self.inferred && (self.covariant || self.contravariant) {
            return Err(vm.value_error(format_args!("Variance cannot be specified with infer_variance.")));
        }
        Ok(self)
    }

    /// The variable's name with a sign of its variance.
    fn show(self, vm: &mut Vm, name: &Object<Str>) -> PyResult<Ref<Str>> {
        let sign = match self {
            Variance { inferred: true, .. } => return Ok(name.to_ref()),
            Variance { covariant: true, .. } => "+",
            Variance { contravariant: true, .. } => "-",
            _ => "~",
        };
        crate::ops::join::join!(vm, sign, name)
    }
}

fn cannot_subclass(vm: &mut Vm, class: &str) -> Raised {
    vm.type_error(format_args!("Cannot subclass an instance of {class}"))
}

fn name_of(vm: &mut Vm, name: &Value) -> PyResult<Ref<Str>> {
    match name.downcast::<Str>() {
        Some(name) => Ok(name.to_ref()),
        None => Err(vm.system_error(format_args!("the name of a type parameter is a string"))),
    }
}

/// What the instructions for type parameters and aliases do.
impl Vm {
    /// A type variable of the syntax; its bound or constraints are worked out when asked for.
    pub fn make_type_var(
        &mut self,
        name: &Value,
        evaluate_bound: Option<&Value>,
        evaluate_constraints: Option<&Value>,
    ) -> PyResult {
        let name = name_of(self, name)?;
        let variable = TypeVar::of_syntax(name, evaluate_bound.cloned(), evaluate_constraints.cloned());
        Ok(self.alloc(variable).into())
    }

    /// A parameter specification of the syntax.
    pub fn make_param_spec(&mut self, name: &Value) -> PyResult {
        let name = name_of(self, name)?;
        Ok(self.alloc(ParamSpec::of_syntax(name)).into())
    }

    /// A type variable tuple of the syntax.
    pub fn make_type_var_tuple(&mut self, name: &Value) -> PyResult {
        let name = name_of(self, name)?;
        Ok(self.alloc(TypeVarTuple::of_syntax(name)).into())
    }

    /// A type alias of the syntax: `parts` are its name, its parameters (or `None`) and the function for its value.
    pub fn make_type_alias(&mut self, parts: &Value) -> PyResult {
        let Some([name, parameters, compute]) = parts.downcast::<Tuple>().map(|parts| parts.as_slice()) else {
            return Err(self.system_error(format_args!("a type alias has three parts")));
        };
        let name = name_of(self, name)?;
        let parameters = parameters.downcast::<Tuple>().map(Object::to_ref);
        Ok(self.alloc(TypeAlias::of_syntax(name, parameters, compute.clone())).into())
    }

    /// Gives a type parameter of the syntax its default, worked out when asked for.
    pub fn set_type_parameter_default(&mut self, parameter: &Value, evaluate: &Value) -> PyResult<()> {
        let default = if let Some(variable) = parameter.downcast::<TypeVar>() {
            variable.default()
        } else if let Some(specification) = parameter.downcast::<ParamSpec>() {
            specification.default()
        } else if let Some(variables) = parameter.downcast::<TypeVarTuple>() {
            variables.default()
        } else {
            let repr = self.repr(parameter)?;
            return Err(self.type_error(format_args!("Expected a type param, got {repr}")));
        };
        default.set_evaluator(evaluate.clone(), self);
        Ok(())
    }

    /// `Generic[parameters]`, the base that a class with type parameters gets.
    pub fn subscript_generic(&mut self, parameters: &Value) -> PyResult {
        let Some(parameters) = parameters.downcast::<Tuple>() else {
            return Err(self.system_error(format_args!("type parameters are a tuple")));
        };
        let parameters = unpack_type_var_tuples(self, parameters)?;
        call_typing(self, "_GenericAlias", &[GENERIC_TYPE.to_value(), parameters.into()])
    }
}
