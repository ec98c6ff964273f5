//! `float(…)`: numbers and text to floats.

use pvm_macros::pymethods;

use super::Float;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::number::float_text::parse_float;
use crate::str::Str;
use crate::text::strings::numeral::to_ascii_numeral;
use crate::types::{PyClass, Type};
use crate::{Heap, Vm, exceptions};

#[pymethods(part = construct)]
impl Float {
    #[new]
    #[signature = "(x=<unrepresentable>, /)"]
    fn new(cls: &Object<Type>, vm: &mut Vm, x: Option<&Value>) -> PyResult {
        let Some(x) = x else {
            return Ok(vm.float_of_class(cls, 0.0));
        };
        if std::ptr::eq(cls, Float::type_object()) && x.is_exact_float() {
            return Ok(x.clone());
        }
        let value = vm.convert_to_float(x)?;
        Ok(vm.float_of_class(cls, value))
    }

    /// Convert real number to a floating-point number.
    #[classmethod]
    fn from_number(cls: &Object<Type>, vm: &mut Vm, number: &Value) -> PyResult {
        let plain = std::ptr::eq(cls, Float::type_object());
        if plain && number.is_exact_float() {
            return Ok(number.clone());
        }
        let value = vm.to_float(number)?;
        if plain {
            return Ok(vm.float(value));
        }
        let value = vm.float(value);
        vm.call(&cls.to_value(), &[value])
    }
}

impl Vm {
    /// `float(value)`, text included (`PyNumber_Float`).
    pub fn convert_to_float(&mut self, value: &Value) -> PyResult<f64> {
        if let Some(float) = self.number_float(value)? {
            return Ok(float);
        }
        let parsed = if let Some(text) = value.downcast::<Str>() {
            parse_float(to_ascii_numeral(text.view()).as_bytes())
        } else if let Some(bytes) = self.buffer_bytes(value)? {
            parse_float(&bytes)
        } else {
            let kind = self.type_name(value);
            return Err(self.type_error(format_args!("float() argument must be a string or a real number, not '{kind}'")));
        };
        match parsed {
            Ok(float) => Ok(float),
            Err(_) => Err(self.no_float(value)),
        }
    }

    #[cold]
    fn no_float(&mut self, value: &Value) -> Raised {
        match self.repr(value) {
            Ok(repr) => self.value_error(format_args!("could not convert string to float: {repr}")),
            Err(raised) => raised,
        }
    }

    /// The float of a float, an int, or anything with `__float__` or `__index__`; `None` for the rest.
    pub(crate) fn real_number(&mut self, value: &Value) -> PyResult<Option<f64>> {
        match value.as_float() {
            Some(float) => Ok(Some(float)),
            None => self.number_float(value),
        }
    }

    /// As [`Vm::real_number`], but an instance of a subclass of `float` is asked for its `__float__`, too.
    pub(crate) fn number_float(&mut self, value: &Value) -> PyResult<Option<f64>> {
        if value.is_exact_float() {
            return Ok(value.as_float());
        }
        let slots = value.ty().slots();
        if let Some(convert) = slots.float() {
            let result = convert(self, value)?;
            return self.check_float_result(value, &result).map(Some);
        }
        if slots.index().is_some() {
            let int = self.index(value)?;
            return self.int_to_float(&int).map(Some);
        }
        Ok(None)
    }

    /// What `__float__` gave, checked; subclasses of `float` are deprecated.
    fn check_float_result(&mut self, value: &Value, result: &Value) -> PyResult<f64> {
        let number = result.as_float();
        if let Some(number) = number.filter(|_| result.is_exact_float()) {
            return Ok(number);
        }
        let (kind, got) = (self.type_name(value), self.type_name(result));
        let Some(number) = number else {
            return Err(self.type_error(format_args!("{kind}.__float__ returned non-float (type {got})")));
        };
        self.warn(
            exceptions::DEPRECATION_WARNING.get(),
            &format!(
                "{kind}.__float__ returned non-float (type {got}).  The ability to return an instance of a strict subclass of float is deprecated, and may be removed in a future version of Python."
            ),
            1,
        )?;
        Ok(number)
    }
}

impl Heap {
    /// The text of `float.__getformat__`: how the machine lays floats out.
    pub(super) fn float_format_name() -> &'static str {
        if cfg!(target_endian = "little") { "IEEE, little-endian" } else { "IEEE, big-endian" }
    }
}
