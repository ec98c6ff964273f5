//! `typing.ParamSpec`, `ParamSpecArgs` and `ParamSpecKwargs`.

use pvm_macros::{pyclass, pymethods};

use super::lazy::Lazy;
use super::{Variance, call_typing, cannot_subclass, no_default, set_module};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::str::Str;
use crate::union::checked_union;
use crate::{Heap, Vm};

/// Parameter specification variable: it stands for the parameters of a callable.
///
/// The syntax makes them, and a call:
///
///     def logged[**P](function: Callable[P, int]) -> Callable[P, int]: ...
///     P = ParamSpec('P')
///
/// P.args and P.kwargs annotate *args and **kwargs. Its name is that of the variable::
///
///     >>> P = ParamSpec("P")
///     >>> P.__name__
///     'P'
#[pyclass(name = "ParamSpec", module = "typing", dict, weakref, final, static_name = PARAM_SPEC_TYPE)]
pub struct ParamSpec {
    #[member]
    #[name = "__name__"]
    name: Ref<Str>,
    #[member]
    #[name = "__bound__"]
    bound: Option<Value>,
    default: Lazy,
    variance: Variance,
}

impl ParamSpec {
    pub(super) fn of_syntax(name: Ref<Str>) -> ParamSpec {
        let variance = Variance { inferred: true, ..Variance::default() };
        ParamSpec { name, bound: None, default: Lazy::default(), variance }
    }

    pub(super) fn default(&self) -> &Lazy {
        &self.default
    }
}

#[pymethods]
impl ParamSpec {
    #[new]
    #[name = "paramspec"]
    #[signature = "(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)"]
    fn new(
        vm: &mut Vm,
        name: &Object<Str>,
        bound: Option<&Value>,
        default: Option<&Value>,
        covariant: bool,
        contravariant: bool,
        infer_variance: bool,
    ) -> PyResult<Ref<ParamSpec>> {
        let variance = Variance { covariant, contravariant, inferred: infer_variance }.checked(vm)?;
        let bound = bound.filter(|bound| !bound.is_none()).cloned();
        let default = Lazy::given(Some(no_default::given(default)));
        let specification = vm.alloc(ParamSpec { name: name.to_ref(), bound, default, variance });
        set_module(vm, &specification.as_value())?;
        Ok(specification)
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

    /// Represents positional arguments.
    #[getter]
    fn args(this: &Object<ParamSpec>, vm: &mut Vm) -> Ref<ParamSpecArgs> {
        vm.alloc(ParamSpecArgs { origin: this.to_value() })
    }

    /// Represents keyword arguments.
    #[getter]
    fn kwargs(this: &Object<ParamSpec>, vm: &mut Vm) -> Ref<ParamSpecKwargs> {
        vm.alloc(ParamSpecKwargs { origin: this.to_value() })
    }

    /// The default value for this ParamSpec.
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

    fn __typing_subst__(this: &Object<ParamSpec>, arg: &Value, vm: &mut Vm) -> PyResult {
        call_typing(vm, "_paramspec_subst", &[this.to_value(), arg.clone()])
    }

    fn __typing_prepare_subst__(this: &Object<ParamSpec>, alias: &Value, args: &Value, vm: &mut Vm) -> PyResult {
        call_typing(vm, "_paramspec_prepare_subst", &[this.to_value(), alias.clone(), args.clone()])
    }

    fn __reduce__(&self) -> Value {
        self.name.to_value()
    }

    fn __mro_entries__(&self, _object: &Value, vm: &mut Vm) -> PyResult {
        Err(cannot_subclass(vm, "ParamSpec"))
    }
}

/// The representation of a part of a parameter specification.
fn show_part(vm: &mut Vm, origin: &Value, part: &str) -> PyResult<Ref<Str>> {
    let name = match origin.downcast_exact::<ParamSpec>() {
        Some(specification) => specification.name.clone(),
        None => vm.repr(origin)?,
    };
    crate::ops::join::join!(vm, &name, part)
}

macro_rules! parts {
    ($($(#[$doc:meta])* $native:ident $class:ident $name:literal $constructor:literal $part:literal;)*) => {$(
        $(#[$doc])*
        #[pyclass(name = $name, module = "typing", weakref, final, static_name = $class)]
        pub struct $native {
            #[member]
            #[name = "__origin__"]
            origin: Value,
        }

        #[pymethods]
        impl $native {
            #[new]
            #[name = $constructor]
            #[signature = "(origin)"]
            fn new(origin: Value) -> $native {
                $native { origin }
            }

            fn __repr__(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
                show_part(vm, &self.origin, $part)
            }

            fn __eq__(&self, other: &Object<$native>, vm: &mut Vm) -> PyResult<bool> {
                vm.eq(&self.origin, &other.origin)
            }

            fn __mro_entries__(&self, _object: &Value, vm: &mut Vm) -> PyResult {
                Err(cannot_subclass(vm, $name))
            }
        }
    )*};
}

parts! {
    /// The args for a ParamSpec object: P.args of a ParamSpec P, which is its __origin__.
    ///
    /// They annotate *args and mean nothing to the machine::
    ///
    ///     >>> P = ParamSpec("P")
    ///     >>> P.args.__origin__ is P
    ///     True
    ParamSpecArgs PARAM_SPEC_ARGS_TYPE "ParamSpecArgs" "paramspecargs" ".args";
    /// The kwargs for a ParamSpec object: P.kwargs of a ParamSpec P, which is its __origin__.
    ///
    /// They annotate **kwargs and mean nothing to the machine::
    ///
    ///     >>> P = ParamSpec("P")
    ///     >>> P.kwargs.__origin__ is P
    ///     True
    ParamSpecKwargs PARAM_SPEC_KWARGS_TYPE "ParamSpecKwargs" "paramspeckwargs" ".kwargs";
}
