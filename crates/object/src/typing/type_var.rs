//! `typing.TypeVar`.

use pvm_macros::{pyclass, pymethods};

use super::lazy::Lazy;
use super::{Variance, call_typing, cannot_subclass, checked_bound, no_default, set_module};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::tuple;
use crate::union::checked_union;
use crate::{Args, Heap, Vm, names};

/// Type variable.
///
/// It stands for a type in a generic class, function or alias. The syntax makes them:
///
///     class Sequence[T]:  # T is a TypeVar
///         ...
///
/// So does a call, with a bound, with constraints, or with neither:
///
///     T = TypeVar('T')
///     S = TypeVar('S', bound=str)
///     A = TypeVar('A', str, bytes)
///
/// The variance is inferred for those of the syntax; others are invariant unless
/// covariant=True, contravariant=True or infer_variance=True is given.
#[pyclass(name = "TypeVar", module = "typing", dict, weakref, final, static_name = TYPE_VAR_TYPE)]
pub struct TypeVar {
    #[member]
    #[name = "__name__"]
    name: Ref<Str>,
    bound: Lazy,
    constraints: Lazy,
    default: Lazy,
    variance: Variance,
}

impl TypeVar {
    pub(super) fn of_syntax(name: Ref<Str>, evaluate_bound: Option<Value>, evaluate_constraints: Option<Value>) -> TypeVar {
        TypeVar {
            name,
            bound: Lazy::later(evaluate_bound),
            constraints: Lazy::later(evaluate_constraints),
            default: Lazy::default(),
            variance: Variance { inferred: true, ..Variance::default() },
        }
    }

    pub(super) fn default(&self) -> &Lazy {
        &self.default
    }
}

/// The error for too few arguments of a generic alias.
fn too_few(vm: &mut Vm, alias: &Value, actual: usize, expected: usize) -> Raised {
    match vm.str(alias) {
        Ok(alias) => vm.type_error(format_args!("Too few arguments for {alias}; actual {actual}, expected at least {expected}")),
        Err(raised) => raised,
    }
}

#[pymethods]
impl TypeVar {
    #[new]
    #[name = "typevar"]
    #[signature = "(name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)"]
    fn new(
        vm: &mut Vm,
        name: &Object<Str>,
        constraints: Args<'_>,
        bound: Option<&Value>,
        default: Option<&Value>,
        covariant: bool,
        contravariant: bool,
        infer_variance: bool,
    ) -> PyResult<Ref<TypeVar>> {
        let variance = Variance { covariant, contravariant, inferred: infer_variance }.checked(vm)?;
        let bound = checked_bound(vm, bound.filter(|bound| !bound.is_none()))?;
        let constraints = match constraints.len() {
            0 => None,
            1 => return Err(vm.type_error(format_args!("A single constraint is not allowed"))),
            _ if bound.is_some() => {
                return Err(vm.type_error(format_args!("Constraints cannot be combined with bound=...")));
            }
            _ => Some(vm.try_tuple(constraints.without_keywords().to_values())?.into()),
        };
        let variable = TypeVar {
            name: name.to_ref(),
            bound: Lazy::given(bound),
            constraints: Lazy::given(constraints),
            default: Lazy::given(Some(no_default::given(default))),
            variance,
        };
        let variable = vm.alloc(variable);
        set_module(vm, &variable.as_value())?;
        Ok(variable)
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        self.variance.show(vm, &self.name)
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        checked_union(vm, &[left.clone(), right.clone()])
    }

    #[member]
    fn __covariant__(&self) -> bool {
        self.variance.covariant
    }

    #[member]
    fn __contravariant__(&self) -> bool {
        self.variance.contravariant
    }

    #[member]
    fn __infer_variance__(&self) -> bool {
        self.variance.inferred
    }

    #[getter]
    fn __bound__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        self.bound.get(vm)
    }

    #[getter]
    fn __constraints__(&self, vm: &mut Vm) -> PyResult {
        Ok(self.constraints.get(vm)?.unwrap_or_else(|| tuple::empty().to_value()))
    }

    #[getter]
    fn __default__(&self, vm: &mut Vm) -> PyResult {
        self.default.get_default(vm)
    }

    #[getter]
    fn evaluate_bound(&self, vm: &mut Vm) -> Option<Value> {
        self.bound.evaluator(vm)
    }

    #[getter]
    fn evaluate_constraints(&self, vm: &mut Vm) -> Option<Value> {
        self.constraints.evaluator(vm)
    }

    #[getter]
    fn evaluate_default(&self, vm: &mut Vm) -> Option<Value> {
        self.default.evaluator(vm)
    }

    fn has_default(&self, heap: &Heap) -> bool {
        self.default.is_default(heap)
    }

    fn __typing_subst__(this: &Object<TypeVar>, arg: &Value, vm: &mut Vm) -> PyResult {
        call_typing(vm, "_typevar_subst", &[this.to_value(), arg.clone()])
    }

    fn __typing_prepare_subst__(this: &Object<TypeVar>, alias: &Value, args: &Value, vm: &mut Vm) -> PyResult {
        let parameters = vm.getattr(alias, &names::__parameters__)?;
        let parameters = vm.collect_items(&parameters)?;
        let given = vm.len(args)?;
        let index = parameters.iter().position(|parameter| parameter.is(&this.as_value()));
        match index {
            Some(index) if index < given => Ok(args.clone()),
            Some(index) if index == given && this.default.is_default(vm) => {
                let default = this.default.get_default(vm)?;
                let mut all = vm.collect_items(args)?;
                all.push(default)?;
                Ok(vm.try_tuple(all)?.into())
            }
            Some(index) => Err(too_few(vm, alias, given, index + 1)),
            None => Err(vm.value_error(format_args!("sequence.index(x): x not in sequence"))),
        }
    }

    fn __reduce__(&self) -> Value {
        self.name.to_value()
    }

    fn __mro_entries__(&self, _object: &Value, vm: &mut Vm) -> PyResult {
        Err(cannot_subclass(vm, "TypeVar"))
    }
}
