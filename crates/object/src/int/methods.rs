//! The methods and properties of `int`.

use pvm_macros::pymethods;

use super::Int;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::bigint::bytes::{self, ByteOrder};
use crate::number::bigint::{IntRef, arith, bits};
use crate::number::format_spec::{self, Defaults, LocaleNumbers};
use crate::str::Str;
use crate::text::TextBuilder;
use crate::types::{PyClass, Type};

use crate::{Heap, Ref, Vm};

/// The number of a receiver, which the method's descriptor has checked.
fn number(this: &Value) -> IntRef<'_> {
    this.as_int_ref().expect("the method belongs to ints")
}

fn byte_order(heap: &mut Heap, name: Option<&str>) -> PyResult<ByteOrder> {
    ByteOrder::from_name(name.unwrap_or("big")).map_err(|error| heap.number_error(error))
}

#[pymethods(part = methods)]
impl Int {
    /// Returns self, the complex conjugate of any int.
    fn conjugate(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    /// Number of bits necessary to represent self in binary.
    ///
    /// >>> bin(37)
    /// '0b100101'
    /// >>> (37).bit_length()
    /// 6
    fn bit_length(this: &Value) -> u64 {
        number(this).bit_length()
    }

    /// Number of ones in the binary representation of the absolute value of self.
    ///
    /// >>> bin(13)
    /// '0b1101'
    /// >>> (13).bit_count()
    /// 3
    fn bit_count(this: &Value) -> u64 {
        bits::bit_count(number(this))
    }

    /// to_bytes($self, /, length=1, byteorder='big', *, signed=False)
    /// --
    ///
    /// Return bytes that represent the integer.
    ///
    ///   length
    ///     The number of bytes.  An integer that does not fit raises
    ///     OverflowError.
    ///   byteorder
    ///     'big' puts the most significant byte first, 'little' last;
    ///     sys.byteorder is the machine's own order.
    ///   signed
    ///     Whether two's complement is used.  Without it a negative integer
    ///     raises OverflowError.
    fn to_bytes(this: &Value, vm: &mut Vm, length: isize, byteorder: Option<&str>, signed: bool) -> PyResult {
        let order = byte_order(vm, byteorder)?;
        let Ok(length) = usize::try_from(length) else {
            return Err(vm.value_error(format_args!("length argument must be non-negative")));
        };
        let mut out = Vec::new();
        out.try_reserve_exact(length).map_err(|_| vm.memory_error())?;
        out.resize(length, 0);
        match bytes::to_bytes(number(this), &mut out, order, signed) {
            Ok(()) => Ok(vm.new_bytes(&out)?.into()),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    /// from_bytes($type, /, bytes, byteorder='big', *, signed=False)
    /// --
    ///
    /// Return the integer that the bytes represent.
    ///
    ///   bytes
    ///     An object with the buffer protocol, or an iterable of byte values.
    ///   byteorder
    ///     'big' if the most significant byte comes first, 'little' if last;
    ///     sys.byteorder is the machine's own order.
    ///   signed
    ///     Whether two's complement is used.
    #[classmethod]
    fn from_bytes(cls: &Object<Type>, vm: &mut Vm, bytes: &Value, byteorder: Option<&str>, signed: bool) -> PyResult {
        let order = byte_order(vm, byteorder)?;
        let bytes = vm.to_bytes(bytes)?;
        let value = bytes::from_bytes(&bytes, order, signed);
        let value = vm.number(value);
        if std::ptr::eq(cls, Int::type_object()) {
            return Ok(value);
        }
        vm.call(&cls.to_value(), &[value])
    }

    /// Return a pair of integers, whose ratio is equal to the original int.
    ///
    /// The ratio is in lowest terms and has a positive denominator.
    ///
    /// >>> (10).as_integer_ratio()
    /// (10, 1)
    /// >>> (-10).as_integer_ratio()
    /// (-10, 1)
    /// >>> (0).as_integer_ratio()
    /// (0, 1)
    fn as_integer_ratio(this: &Value, heap: &mut Heap) -> (Value, i64) {
        (heap.plain_int(this), 1)
    }

    /// Truncating an Integral returns itself.
    fn __trunc__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    /// Flooring an Integral returns itself.
    fn __floor__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    /// Ceiling of an Integral returns itself.
    fn __ceil__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    /// Rounding an Integral returns itself.
    ///
    /// Rounding with an ndigits argument also returns an integer.
    fn __round__(this: &Value, vm: &mut Vm, ndigits: Option<&Value>) -> PyResult {
        let Some(ndigits) = ndigits else {
            return Ok(vm.plain_int(this));
        };
        let ndigits = vm.index(ndigits)?;
        match arith::round(number(this), number(&ndigits)) {
            Ok(rounded) => Ok(vm.number(rounded)),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    fn __getnewargs__(this: &Value, heap: &mut Heap) -> PyResult {
        let items = [heap.number(number(this).to_int())];
        Ok(heap.try_tuple(items)?.into())
    }

    /// Convert to a string according to format_spec.
    fn __format__(this: &Value, vm: &mut Vm, format_spec: &Object<Str>) -> PyResult<Ref<Str>> {
        if format_spec.is_empty() {
            return vm.str(this);
        }
        let kind = this.ty().name();
        let mut out = TextBuilder::new();
        let limit = vm.int_max_str_digits();
        let written = format_spec::parse(format_spec.view(), kind, Defaults::INT)
            .and_then(|spec| format_spec::format_int(&mut out, number(this), &spec, kind, &LocaleNumbers::C, limit));
        match written {
            Ok(()) => Ok(vm.str_from_builder(out)?),
            Err(error) => Err(vm.number_error(error)),
        }
    }

    /// Returns size in memory, in bytes.
    fn __sizeof__(this: &Value) -> u64 {
        // CPython's size: a head of 24 bytes, and 4 bytes for each 30 bits.
        24 + 4 * number(this).bit_length().div_ceil(30).max(1)
    }

    /// Returns True. Exists for duck type compatibility with float.is_integer.
    fn is_integer(_this: &Value) -> bool {
        true
    }

    /// the real part of a complex number
    #[getter]
    fn real(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    /// the imaginary part of a complex number
    #[getter]
    fn imag(_this: &Value) -> i32 {
        0
    }

    /// the numerator of a rational number in lowest terms
    #[getter]
    fn numerator(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_int(this)
    }

    /// the denominator of a rational number in lowest terms
    #[getter]
    fn denominator(_this: &Value) -> i32 {
        1
    }
}
