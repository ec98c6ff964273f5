//! The methods and properties of `float`.

use pvm_macros::pymethods;

use super::Float;
use crate::arguments::Argument;
use crate::convert::FromArg;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::OutOfMemory;
use crate::number::bigint::convert;
use crate::number::float_text::Fixed;
use crate::number::format_spec::{self, Defaults, LocaleNumbers};
use crate::number::{NumberError, bigint, float_arith, float_text};
use crate::str::Str;
use crate::text::{TextBuilder, TextView, Width};
use crate::types::{PyClass, Type};
use crate::{Heap, Ref, Vm};

/// The number of a receiver, which the method's descriptor has checked.
fn number(this: &Value) -> f64 {
    this.as_float().expect("the method belongs to floats")
}

/// The digits that a format of these and `f` alone asks for: `.2f`.
fn plain_precision(spec: &Object<Str>) -> Option<usize> {
    let digit = |byte: u8| byte.is_ascii_digit().then_some(usize::from(byte.wrapping_sub(b'0')));
    let TextView::Ascii(text) = spec.view() else { return None };
    match *text {
        [b'.', ones, b'f'] => digit(ones),
        [b'.', tens, ones, b'f'] => Some(10 * digit(tens)? + digit(ones)?),
        _ => None,
    }
}

fn join_sign(heap: &mut Heap, negative: bool, digits: &str) -> Result<Ref<Str>, OutOfMemory> {
    if !negative {
        return heap.try_str(digits);
    }
    let mut writer = heap.str_writer(digits.len() + 1, Width::Ascii)?;
    writer.push_ascii(b"-");
    writer.push_ascii(digits.as_bytes());
    Ok(writer.finish())
}

fn int_result(heap: &mut Heap, result: Result<bigint::Int, NumberError>) -> PyResult {
    match result {
        Ok(int) => Ok(heap.number(int)),
        Err(error) => Err(heap.number_error(error)),
    }
}

#[pymethods(part = methods)]
impl Float {
    /// Return self, the complex conjugate of any float.
    fn conjugate(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_float(this)
    }

    /// Return the Integral closest to x between 0 and x.
    fn __trunc__(this: &Value, heap: &mut Heap) -> PyResult {
        heap.float_to_int(number(this))
    }

    /// Return the floor as an Integral.
    fn __floor__(this: &Value, heap: &mut Heap) -> PyResult {
        int_result(heap, convert::float_floor(number(this)))
    }

    /// Return the ceiling as an Integral.
    fn __ceil__(this: &Value, heap: &mut Heap) -> PyResult {
        int_result(heap, convert::float_ceil(number(this)))
    }

    /// Return the Integral closest to x, rounding half toward even.
    ///
    /// When an argument is passed, work like built-in round(x, ndigits).
    fn __round__(this: &Value, vm: &mut Vm, ndigits: Option<&Value>) -> PyResult {
        let Some(ndigits) = ndigits else {
            return int_result(vm, convert::float_round_to_int(number(this)));
        };
        let ndigits = vm.index_clipped(ndigits)?;
        match float_arith::round(number(this), ndigits as i64) {
            Ok(rounded) => Ok(vm.float(rounded)),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    /// Return a pair of integers, whose ratio is exactly equal to the original float.
    ///
    /// The ratio is in lowest terms and has a positive denominator.  Raise
    /// OverflowError on infinities and a ValueError on NaNs.
    ///
    /// >>> (10.0).as_integer_ratio()
    /// (10, 1)
    /// >>> (0.0).as_integer_ratio()
    /// (0, 1)
    /// >>> (-.25).as_integer_ratio()
    /// (-1, 4)
    fn as_integer_ratio(this: &Value, heap: &mut Heap) -> PyResult<(Value, Value)> {
        match convert::float_ratio(number(this)) {
            Ok((numerator, denominator)) => Ok((heap.number(numerator), heap.number(denominator))),
            Err(error) => Err(heap.number_error(error)),
        }
    }

    /// Create a floating-point number from a hexadecimal string.
    ///
    /// >>> float.fromhex('0x1.ffffp10')
    /// 2047.984375
    /// >>> float.fromhex('-0x1p-1074')
    /// -5e-324
    #[classmethod]
    fn fromhex(cls: &Object<Type>, vm: &mut Vm, string: &Value) -> PyResult {
        let Some(text) = string.downcast::<Str>() else {
            return Err(vm.type_error(format_args!("bad argument type for built-in operation")));
        };
        let text = <&str>::from_arg(text.as_value(), Argument::operand("string"), vm)?;
        let value = float_text::from_hex(text.as_bytes());
        let value = match value {
            Ok(value) => vm.float(value),
            Err(error) => return Err(vm.number_error(error)),
        };
        if std::ptr::eq(cls, Float::type_object()) {
            return Ok(value);
        }
        vm.call(&cls.to_value(), &[value])
    }

    /// Return a hexadecimal representation of a floating-point number.
    ///
    /// >>> (-0.1).hex()
    /// '-0x1.999999999999ap-4'
    /// >>> 3.14159.hex()
    /// '0x1.921f9f01b866ep+1'
    fn hex(this: &Value) -> String {
        float_text::to_hex(number(this))
    }

    /// Return True if the float is an integer.
    fn is_integer(this: &Value) -> bool {
        float_arith::is_integer(number(this))
    }

    fn __getnewargs__(this: &Value, heap: &mut Heap) -> PyResult {
        let items = [heap.float(number(this))];
        Ok(heap.try_tuple(items)?.into())
    }

    /// __getformat__($type, typestr, /)
    /// --
    ///
    /// Say how the machine lays out the floating-point numbers of a C type,
    /// for tests of Python itself.
    ///
    ///   typestr
    ///     Must be 'double' or 'float'.
    #[classmethod]
    fn __getformat__(cls: &Object<Type>, heap: &mut Heap, typestr: &str) -> PyResult<&'static str> {
        let _ = cls;
        if !matches!(typestr, "double" | "float") {
            return Err(heap.value_error(format_args!("__getformat__() argument 1 must be 'double' or 'float'")));
        }
        Ok(Heap::float_format_name())
    }

    /// Formats the float according to format_spec.
    fn __format__(this: &Value, vm: &mut Vm, format_spec: &Object<Str>) -> PyResult<Ref<Str>> {
        if format_spec.is_empty() {
            return vm.str(this);
        }
        let x = number(this);
        if let Some(text) = plain_precision(format_spec).and_then(|precision| Fixed::new(x.abs(), precision)) {
            return Ok(join_sign(vm, x.is_sign_negative(), text.as_str())?);
        }
        let kind = this.ty().name();
        let mut out = TextBuilder::new();
        let written = format_spec::parse(format_spec.view(), kind, Defaults::FLOAT)
            .and_then(|spec| format_spec::format_float(&mut out, number(this), &spec, kind, &LocaleNumbers::C));
        match written {
            Ok(()) => Ok(vm.str_from_builder(out)?),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    /// the real part of a complex number
    #[getter]
    fn real(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_float(this)
    }

    /// the imaginary part of a complex number
    #[getter]
    fn imag(_this: &Value) -> f64 {
        0.0
    }
}
