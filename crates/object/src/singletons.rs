//! `None`, `Ellipsis` and `NotImplemented`.

use pvm_macros::{pyclass, pymethods};

use crate::core::header::Header;
use crate::core::object::{Object, Static};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::types::{PyClass, Type};
use crate::{Args, Vm};

/// The type of the None singleton.
#[pyclass(name = "NoneType", final, static_name = NONE_TYPE)]
pub struct NoneType;

/// The type of the Ellipsis singleton.
#[pyclass(name = "ellipsis", final, static_name = ELLIPSIS_TYPE)]
pub struct EllipsisType;

/// The type of the NotImplemented singleton.
#[pyclass(name = "NotImplementedType", final, static_name = NOT_IMPLEMENTED_TYPE)]
pub struct NotImplementedType;

macro_rules! singleton {
    ($native:ident $class:ident $object:ident $python:literal $make:ident $is:ident) => {
        #[doc = concat!("`", $python, "`.")]
        pub static $object: Static<$native> =
            // SAFETY: the header is immortal, and the object never changes.
            unsafe { Static::new(Object { header: Header::immortal(&raw const $class), native: $native }) };

        impl Value {
            #[doc = concat!("`", $python, "`.")]
            #[inline(always)]
            pub fn $make() -> Value {
                $object.to_value()
            }

            #[doc = concat!("Whether this is `", $python, "`.")]
            #[inline(always)]
            pub fn $is(&self) -> bool {
                self.bits() == &raw const $object as u64
            }
        }
    };
}

singleton!(NoneType NONE_TYPE NONE "None" none is_none);
singleton!(EllipsisType ELLIPSIS_TYPE ELLIPSIS "Ellipsis" ellipsis is_ellipsis);
singleton!(NotImplementedType NOT_IMPLEMENTED_TYPE NOT_IMPLEMENTED "NotImplemented" not_implemented is_not_implemented);

/// The singleton, for a call of its class, which takes no arguments.
fn call(class: &'static Object<Type>, args: Args<'_>, singleton: Value, vm: &mut Vm) -> PyResult {
    if !args.is_empty() {
        return Err(vm.type_error(format_args!("{} takes no arguments", class.name())));
    }
    Ok(singleton)
}

#[pymethods]
impl NoneType {
    #[new]
    fn instance(args: Args<'_>, vm: &mut Vm) -> PyResult {
        call(NoneType::type_object(), args, Value::none(), vm)
    }

    fn __repr__(&self) -> &'static str {
        "None"
    }

    fn __hash__(&self) -> i64 {
        // The same in every process, as CPython's.
        0xfca8_6420
    }

    fn __bool__(&self) -> bool {
        false
    }
}

#[pymethods]
impl EllipsisType {
    #[new]
    fn instance(args: Args<'_>, vm: &mut Vm) -> PyResult {
        call(EllipsisType::type_object(), args, Value::ellipsis(), vm)
    }

    fn __repr__(&self) -> &'static str {
        "Ellipsis"
    }

    fn __reduce__(&self) -> &'static str {
        "Ellipsis"
    }
}

#[pymethods]
impl NotImplementedType {
    #[new]
    fn instance(args: Args<'_>, vm: &mut Vm) -> PyResult {
        call(NotImplementedType::type_object(), args, Value::not_implemented(), vm)
    }

    fn __repr__(&self) -> &'static str {
        "NotImplemented"
    }

    fn __bool__(&self, vm: &mut Vm) -> PyResult<bool> {
        Err(vm.type_error(format_args!("NotImplemented should not be used in a boolean context")))
    }

    fn __reduce__(&self) -> &'static str {
        "NotImplemented"
    }
}
