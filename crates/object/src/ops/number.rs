//! Numbers out of values.

use dashu_int::IBig;

use crate::Vm;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions;
use crate::int::{Int, IntView};
use crate::number::bigint::convert;
use crate::types::Type;

impl Vm {
    /// The int that a value stands for as an index (`__index__`).
    pub fn index(&mut self, value: &Value) -> PyResult {
        if value.is_small_int() || value.is_instance_of::<Int>() {
            return Ok(value.clone());
        }
        let Some(index) = value.ty().slots().index() else {
            let kind = self.type_name(value);
            return Err(self.type_error(format_args!("'{kind}' object cannot be interpreted as an integer")));
        };
        let result = index(self, value)?;
        self.check_int_result(result, "__index__")
    }

    /// An index as a machine word; an `OverflowError` where it does not fit.
    pub fn index_isize(&mut self, value: &Value) -> PyResult<isize> {
        self.index_isize_or(value, exceptions::OVERFLOW_ERROR.get())
    }

    /// An index as a machine word; an error of `class` where it does not fit.
    pub fn index_isize_or(&mut self, value: &Value, class: &'static Object<Type>) -> PyResult<isize> {
        if let Some(small) = value.as_small_int() {
            return Ok(small as isize);
        }
        let int = self.index(value)?;
        match int.as_int() {
            Some(IntView::Small(small)) => Ok(small as isize),
            _ => {
                let kind = self.type_name(value);
                Err(self.raise_message(class, format_args!("cannot fit '{kind}' into an index-sized integer")))
            }
        }
    }

    /// An index, clipped to the range of a machine word, as slices take it.
    pub fn index_clipped(&mut self, value: &Value) -> PyResult<isize> {
        let int = self.index(value)?;
        Ok(match int.as_int() {
            Some(IntView::Small(small)) => small as isize,
            Some(IntView::Big(big)) if *big < IBig::ZERO => isize::MIN,
            _ => isize::MAX,
        })
    }

    /// A float out of a float, an int, or anything with `__float__` or `__index__` (`PyFloat_AsDouble`).
    pub fn to_float(&mut self, value: &Value) -> PyResult<f64> {
        if let Some(float) = value.as_float() {
            return Ok(float);
        }
        match self.real_number(value)? {
            Some(float) => Ok(float),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format_args!("must be real number, not {kind}")))
            }
        }
    }

    /// The float nearest to an int; an `OverflowError` where it is too large.
    pub fn int_to_float(&mut self, int: &Value) -> PyResult<f64> {
        match int.as_int_ref().map(convert::to_f64) {
            Some(Ok(float)) => Ok(float),
            Some(Err(error)) => Err(self.number_error(error)),
            None => self.to_float(int),
        }
    }
}
