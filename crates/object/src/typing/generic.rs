//! `typing.Generic`.

use pvm_macros::{pyclass, pymethods};

use crate::Vm;
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::errors::PyResult;
use crate::types::{Instance, Type};

/// Abstract base class for generic types.
///
/// Classes with type parameters inherit from it by themselves:
///
///     class Mapping[KT, VT]:
///         ...
///
/// Others name it among their bases, with type variables:
///
///     class Mapping(Generic[KT, VT]):
///         ...
#[pyclass(name = "Generic", module = "typing", like = Instance, mutable, static_name = GENERIC_TYPE)]
pub struct Generic;

/// Calls a function of `typing` with the class before the arguments.
fn forward(function: &str, cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult {
    let name = vm.intern(function);
    let function = vm.import_attr("typing", &name)?;
    args.with_first(&cls.as_value(), |args| vm.call_args(&function, args))
}

#[pymethods]
impl Generic {
    /// Parameterizes a generic class: with type variables where it is declared, with types where it is used.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult {
        forward("_generic_class_getitem", cls, args, vm)
    }

    /// Prepares subclasses.
    #[classmethod]
    fn __init_subclass__(cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult {
        forward("_generic_init_subclass", cls, args, vm)
    }
}
