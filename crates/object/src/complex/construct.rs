//! `complex(…)`: numbers and text to complex numbers.

use pvm_macros::pymethods;

use super::{COMPLEX_TYPE, Complex};
use crate::arguments::{Owner, ParamDef, Signature};
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::complex;
use crate::number::complex_text::{ParseComplexError, parse_complex};
use crate::str::Str;
use crate::text::strings::numeral::to_ascii_numeral;
use crate::types::{PyClass, Type};
use crate::{Vm, exceptions, names};

static SIGNATURE: Signature = Signature {
    name: "__new__",
    owner: Owner::Constructor(&COMPLEX_TYPE),
    params: &[ParamDef { name: "real", required: false }, ParamDef { name: "imag", required: false }],
    positional_only: 0,
    positional: 2,
    required_positional: 0,
    required_keywords: 0,
    var_positional: false,
    var_keyword: false,
};

#[pymethods(part = construct)]
impl Complex {
    #[new]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        // A single argument by position is any number or a string; otherwise they are the two parts.
        if let (Some(only), 1, false) = (args.get(0), args.len(), args.has_keywords()) {
            return convert(vm, cls, &only);
        }
        let [real, imag] = SIGNATURE.bind(vm, args)?;
        let value = match (real.as_deref(), imag.as_deref()) {
            (None, None) => complex::Complex::new(0.0, 0.0),
            (real, imag) => from_parts(vm, real, imag)?,
        };
        Ok(vm.complex_of_class(cls, value))
    }

    /// Convert number to a complex floating-point number.
    #[classmethod]
    fn from_number(cls: &Object<Type>, vm: &mut Vm, number: &Value) -> PyResult {
        let plain = std::ptr::eq(cls, Complex::type_object());
        if plain && number.downcast_exact::<Complex>().is_some() {
            return Ok(number.clone());
        }
        let value = vm.to_complex(number)?;
        let value = vm.complex(value);
        if plain { Ok(value) } else { vm.call(&cls.to_value(), &[value]) }
    }
}

/// `complex(value)`.
fn convert(vm: &mut Vm, cls: &Object<Type>, value: &Value) -> PyResult {
    if std::ptr::eq(cls, Complex::type_object()) && value.downcast_exact::<Complex>().is_some() {
        return Ok(value.clone());
    }
    let number = if let Some(text) = value.downcast::<Str>() {
        parse(vm, text)?
    } else if let Some(number) = by_method(vm, value)? {
        number
    } else if let Some(number) = value.as_complex() {
        number
    } else if let Some(real) = vm.real_number(value)? {
        complex::Complex::new(real, 0.0)
    } else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("complex() argument must be a string or a number, not {kind}")));
    };
    Ok(vm.complex_of_class(cls, number))
}

fn parse(vm: &mut Vm, text: &Object<Str>) -> PyResult<complex::Complex> {
    match parse_complex(to_ascii_numeral(text.view()).as_bytes()) {
        Ok(number) => Ok(number),
        Err(ParseComplexError::Error(error)) => Err(vm.number_error(error)),
        Err(ParseComplexError::Underscores) => {
            let repr = vm.repr(&text.as_value())?;
            Err(vm.value_error(format_args!("could not convert string to complex: {repr}")))
        }
    }
}

/// What `__complex__` gives, where the class has one (`try_complex_special_method`).
fn by_method(vm: &mut Vm, value: &Value) -> PyResult<Option<complex::Complex>> {
    if value.is_small_int() || value.is_small_float() {
        return Ok(None);
    }
    let Some(result) = vm.call_special(value, &names::__complex__, &[])? else {
        return Ok(None);
    };
    let Some(number) = result.as_complex() else {
        let got = vm.type_name(&result);
        return Err(vm.type_error(format_args!("__complex__ returned non-complex (type {got})")));
    };
    if result.downcast_exact::<Complex>().is_none() {
        let got = vm.type_name(&result);
        vm.warn(
            exceptions::DEPRECATION_WARNING.get(),
            &format!(
                "__complex__ returned non-complex (type {got}).  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a future version of Python."
            ),
            1,
        )?;
    }
    Ok(Some(number))
}

/// Whether a value has a real number to give.
fn is_real(value: &Value) -> bool {
    let slots = value.ty().slots();
    slots.float().is_some() || slots.index().is_some()
}

/// `complex(real, imag)`: `real + imag * 1j`, where either may be complex though that is deprecated.
fn from_parts(vm: &mut Vm, real: Option<&Value>, imag: Option<&Value>) -> PyResult<complex::Complex> {
    let zero = Value::from_i32(0);
    let real = real.unwrap_or(&zero);
    let by_method = by_method(vm, real)?;
    let complex_real = by_method.or(real.as_complex());
    for (name, value, complex) in [("real", Some(real), complex_real), ("imag", imag, imag.and_then(Value::as_complex))] {
        if let Some(value) = value.filter(|value| complex.is_none() && !is_real(value)) {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("complex() argument '{name}' must be a real number, not {kind}")));
        }
    }
    let mut result = match complex_real {
        Some(number) => {
            if !is_real(real) {
                warn_complex_part(vm, "real", real)?;
            }
            number
        }
        None => complex::Complex::new(vm.convert_to_float(real)?, 0.0),
    };
    let Some(imag) = imag else { return Ok(result) };
    let imag = match imag.as_complex() {
        Some(number) => {
            warn_complex_part(vm, "imag", imag)?;
            result.re -= number.im;
            number.re
        }
        None => vm.convert_to_float(imag)?,
    };
    // A real part without an imaginary one leaves the sign of a zero alone.
    result.im = if complex_real.is_some() { imag + result.im } else { imag };
    Ok(result)
}

fn warn_complex_part(vm: &mut Vm, name: &str, value: &Value) -> PyResult<()> {
    let kind = vm.type_name(value);
    vm.warn(exceptions::DEPRECATION_WARNING.get(), &format!("complex() argument '{name}' must be a real number, not {kind}"), 1)
}

impl Vm {
    /// A complex number out of one, of a real number, or of anything with `__complex__`, `__float__` or `__index__`
    /// (`PyComplex_AsCComplex`).
    pub fn to_complex(&mut self, value: &Value) -> PyResult<complex::Complex> {
        if let Some(number) = value.as_complex() {
            return Ok(number);
        }
        if let Some(number) = by_method(self, value)? {
            return Ok(number);
        }
        Ok(complex::Complex::new(self.to_float(value)?, 0.0))
    }
}
