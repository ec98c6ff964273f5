//! `typing.NoDefault`: the default of a type parameter that has none.

use pvm_macros::{pyclass, pymethods};

use crate::core::header::Header;
use crate::core::object::{Object, Static};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::{Args, Vm};

/// The type of the NoDefault singleton.
#[pyclass(name = "NoDefaultType", final, static_name = NO_DEFAULT_TYPE)]
pub struct NoDefaultType;

/// `typing.NoDefault`.
pub static NO_DEFAULT: Static<NoDefaultType> =
    // SAFETY: the header is immortal, and the object never changes.
    unsafe { Static::new(Object { header: Header::immortal(&raw const NO_DEFAULT_TYPE), native: NoDefaultType }) };

#[pymethods]
impl NoDefaultType {
    #[new]
    fn instance(args: Args<'_>, vm: &mut Vm) -> PyResult {
        if !args.is_empty() {
            return Err(vm.type_error(format_args!("NoDefaultType takes no arguments")));
        }
        Ok(NO_DEFAULT.to_value())
    }

    fn __repr__(&self) -> &'static str {
        "typing.NoDefault"
    }

    fn __reduce__(&self) -> &'static str {
        "NoDefault"
    }
}

/// The default given to a constructor.
pub(super) fn given(default: Option<&Value>) -> Value {
    default.map_or_else(|| NO_DEFAULT.to_value(), Value::clone)
}
