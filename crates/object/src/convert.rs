//! Conversions between Python values and Rust types: what native functions take ([`FromArg`], [`FromOperand`]) and what
//! they give ([`IntoPyResult`], [`IntoResult`], [`IntoInstance`]).

use dashu_int::IBig;

use crate::arguments::Argument;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::{PyResult, Raised};
use crate::heap::OutOfMemory;
use crate::int::IntView;
use crate::native::Effects;
use crate::number::bigint::Int;
use crate::str::Str;
use crate::text::TextBuf;
use crate::types::{PyClass, Type};
use crate::{Heap, Vm};

/// A Rust type that a native function's parameter may have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the parameter of a native function",
    note = "parameters are `Value`, `&Value`, `&Object<T>`, `Ref<T>`, ints, `IBig`, `f64`, `bool`, `&str`, `String`, `char`, or an `Option` of these"
)]
pub trait FromArg<'a>: Sized {
    /// What the conversion may do.
    const EFFECTS: Effects = Effects::Pure;

    /// Converts an argument; the errors are those of Argument Clinic's converters.
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<Self>;
}

impl<'a> FromArg<'a> for ValueRef<'a> {
    #[inline(always)]
    fn from_arg(value: ValueRef<'a>, _: Argument, _: &mut Vm) -> PyResult<ValueRef<'a>> {
        Ok(value)
    }
}

impl FromArg<'_> for Value {
    #[inline(always)]
    fn from_arg(value: ValueRef<'_>, _: Argument, _: &mut Vm) -> PyResult<Value> {
        Ok(value.to_owned())
    }
}

impl<'a, T: PyClass> FromArg<'a> for &'a Object<T> {
    #[inline(always)]
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<&'a Object<T>> {
        match value.downcast_ref::<T>() {
            Some(object) => Ok(object),
            None => {
                let expected = T::type_object().full_name(vm);
                Err(argument.must_be(&expected, &value, vm))
            }
        }
    }
}

impl<'a, T: PyClass> FromArg<'a> for Ref<T> {
    #[inline(always)]
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<Ref<T>> {
        <&Object<T>>::from_arg(value, argument, vm).map(Object::to_ref)
    }
}

/// `None` for Python's `None`.
impl<'a, T: FromArg<'a>> FromArg<'a> for Option<T> {
    const EFFECTS: Effects = T::EFFECTS;

    #[inline(always)]
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<Option<T>> {
        if value.is_none() { Ok(None) } else { T::from_arg(value, argument, vm).map(Some) }
    }
}

/// The value's truth.
impl FromArg<'_> for bool {
    const EFFECTS: Effects = Effects::Anything;

    #[inline(always)]
    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<bool> {
        vm.truth(&value)
    }
}

/// A number out of a float, an int, or anything with `__float__` or `__index__`.
impl FromArg<'_> for f64 {
    const EFFECTS: Effects = Effects::Anything;

    #[inline(always)]
    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<f64> {
        match value.as_small_float() {
            Some(float) => Ok(float),
            None => vm.to_float(&value),
        }
    }
}

/// An int of any size.
impl FromArg<'_> for IBig {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<IBig> {
        let int = vm.index(&value)?;
        Ok(match int.as_int() {
            Some(IntView::Small(small)) => small.into(),
            Some(IntView::Big(big)) => big.clone(),
            None => unreachable!("an index is an int"),
        })
    }
}

/// An int's number, where it fits into 128 bits.
fn int_word(value: &Value, vm: &mut Vm) -> PyResult<Option<i128>> {
    if let Some(small) = value.as_small_int() {
        return Ok(Some(small.into()));
    }
    let int = vm.index(value)?;
    Ok(match int.as_int() {
        Some(IntView::Small(small)) => Some(small.into()),
        Some(IntView::Big(big)) => i128::try_from(big).ok(),
        None => unreachable!("an index is an int"),
    })
}

/// The class of the error for a negative number where the C type has no sign.
fn negative(vm: &mut Vm) -> Raised {
    vm.value_error(format_args!("Cannot convert negative int"))
}

macro_rules! int_arguments {
    ($($ty:ty, $unsigned:literal, $message:literal;)*) => {$(
        impl FromArg<'_> for $ty {
            const EFFECTS: Effects = Effects::Anything;

            #[inline(always)]
            fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<$ty> {
                if let Some(small) = value.as_small_int()
                    && let Ok(number) = <$ty>::try_from(small)
                {
                    return Ok(number);
                }
                #[cold]
                fn convert(value: &Value, vm: &mut Vm) -> PyResult<$ty> {
                    let number = int_word(value, vm)?;
                    if $unsigned && number.is_some_and(|number| number < 0) {
                        return Err(negative(vm));
                    }
                    match number.and_then(|number| <$ty>::try_from(number).ok()) {
                        Some(number) => Ok(number),
                        None => Err(vm.overflow_error(format_args!($message))),
                    }
                }
                convert(&value, vm)
            }
        }
    )*};
}

int_arguments! {
    i16, false, "Python int too large to convert to C short";
    i32, false, "Python int too large to convert to C int";
    i64, false, "Python int too large to convert to C long";
    isize, false, "Python int too large to convert to C ssize_t";
    u16, true, "Python int too large to convert to C unsigned short";
    u32, true, "Python int too large to convert to C unsigned int";
    u64, true, "Python int too large to convert to C unsigned long";
    usize, true, "Python int too large to convert to C size_t";
}

impl FromArg<'_> for u8 {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<u8> {
        match int_word(&value, vm)? {
            Some(number @ 0..=255) => Ok(number as u8),
            Some(number) if number < 0 => Err(vm.overflow_error(format_args!("unsigned byte integer is less than minimum"))),
            _ => Err(vm.overflow_error(format_args!("unsigned byte integer is greater than maximum"))),
        }
    }
}

/// A string that is valid UTF-8: one with lone surrogates is refused with a `UnicodeEncodeError`.
impl<'a> FromArg<'a> for &'a str {
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<&'a str> {
        let string = <&Object<Str>>::from_arg(value, argument, vm)?;
        match string.as_str() {
            Some(text) => Ok(text),
            None => Err(vm.surrogates_not_allowed(string)),
        }
    }
}

impl FromArg<'_> for String {
    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<String> {
        <&str>::from_arg(value, argument, vm).map(str::to_owned)
    }
}

/// A string of one character (surrogates are none).
impl FromArg<'_> for char {
    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<char> {
        let Some(string) = value.downcast_ref::<Str>() else {
            return Err(argument.must_be("a unicode character", &value, vm));
        };
        if string.len() != 1 {
            let (what, len) = (argument.describe().replacen("() ", "(): ", 1), string.len());
            let message = format_args!("{what} must be a unicode character, not a string of length {len}");
            return Err(vm.type_error(message));
        }
        match string.as_str().and_then(|text| text.chars().next()) {
            Some(character) => Ok(character),
            None => Err(vm.surrogates_not_allowed(string)),
        }
    }
}

#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the operand of an operator",
    note = "operands are `&Value`, `Value`, `&Object<T>` or `Ref<T>`; convert others in the method, and return `NotImplemented` where they do not fit"
)]
/// An operand of an operator: a value that is not of the type makes the operator say `NotImplemented`.
pub trait FromOperand<'a>: Sized {
    /// The operand, where it is of the type.
    fn from_operand(value: &'a Value) -> Option<Self>;
}

impl<'a> FromOperand<'a> for ValueRef<'a> {
    fn from_operand(value: &'a Value) -> Option<ValueRef<'a>> {
        Some(value.borrowed())
    }
}

impl FromOperand<'_> for Value {
    fn from_operand(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
}

impl<'a, T: PyClass> FromOperand<'a> for &'a Object<T> {
    fn from_operand(value: &'a Value) -> Option<&'a Object<T>> {
        value.downcast::<T>()
    }
}

impl<T: PyClass> FromOperand<'_> for Ref<T> {
    fn from_operand(value: &Value) -> Option<Ref<T>> {
        value.downcast::<T>().map(Object::to_ref)
    }
}

/// What a native function may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of a native function",
    note = "results are `()`, `Value`, `Ref<T>`, ints, `IBig`, `f64`, `bool`, text, tuples of two or three, `Option`s, `PyResult`s"
)]
pub trait IntoPyResult {
    /// The value, or the error.
    fn into_py_result(self, heap: &mut Heap) -> PyResult;
}

impl<T: IntoPyResult> IntoPyResult for PyResult<T> {
    #[inline(always)]
    fn into_py_result(self, heap: &mut Heap) -> PyResult {
        self?.into_py_result(heap)
    }
}

impl<T: IntoPyResult> IntoPyResult for Result<T, OutOfMemory> {
    #[inline(always)]
    fn into_py_result(self, heap: &mut Heap) -> PyResult {
        self?.into_py_result(heap)
    }
}

/// Python's `None` for `None`.
impl<T: IntoPyResult> IntoPyResult for Option<T> {
    #[inline(always)]
    fn into_py_result(self, heap: &mut Heap) -> PyResult {
        match self {
            Some(value) => value.into_py_result(heap),
            None => Ok(Value::none()),
        }
    }
}

macro_rules! into_py_result {
    ($({$($generics:tt)*} $ty:ty: |$value:pat_param, $heap:pat_param| $result:expr;)*) => {$(
        impl $($generics)* IntoPyResult for $ty {
            #[inline(always)]
            fn into_py_result(self, $heap: &mut Heap) -> PyResult {
                let $value = self;
                $result
            }
        }
    )*};
}

into_py_result! {
    {} (): |(), _| Ok(Value::none());
    {} Value: |value, _| Ok(value);
    {} ValueRef<'_>: |value, _| Ok(value.to_owned());
    {} &Value: |value, _| Ok(value.clone());
    {<T: PyClass>} Ref<T>: |object, _| Ok(object.into());
    {<T: PyClass>} &Object<T>: |object, _| Ok(object.to_value());
    {} bool: |value, _| Ok(Value::from_bool(value));
    {} i8: |value, _| Ok(Value::from_i32(value.into()));
    {} i16: |value, _| Ok(Value::from_i32(value.into()));
    {} i32: |value, _| Ok(Value::from_i32(value));
    {} i64: |value, heap| Ok(heap.int(value));
    {} isize: |value, heap| Ok(heap.int(value as i64));
    {} u8: |value, _| Ok(Value::from_i32(value.into()));
    {} u16: |value, _| Ok(Value::from_i32(value.into()));
    {} u32: |value, heap| Ok(heap.int(value.into()));
    {} u64: |value, heap| Ok(unsigned(value, heap));
    {} usize: |value, heap| Ok(unsigned(value as u64, heap));
    {} IBig: |value, heap| Ok(heap.big_int(value));
    {} Int: |value, heap| Ok(heap.number(value));
    {} f64: |value, heap| Ok(heap.float(value));
    {} &str: |text, heap| Ok(heap.try_str(text)?.into());
    {} String: |text, heap| Ok(heap.try_str(&text)?.into());
    {} char: |character, heap| Ok(heap.try_str(character.encode_utf8(&mut [0; 4]))?.into());
    {} TextBuf: |text, heap| Ok(heap.str_from_buf(text)?.into());
    {<A: IntoPyResult, B: IntoPyResult>} (A, B): |(a, b), heap| {
        let items = [a.into_py_result(heap)?, b.into_py_result(heap)?];
        Ok(heap.try_tuple(items)?.into())
    };
    {<A: IntoPyResult, B: IntoPyResult, C: IntoPyResult>} (A, B, C): |(a, b, c), heap| {
        let items = [a.into_py_result(heap)?, b.into_py_result(heap)?, c.into_py_result(heap)?];
        Ok(heap.try_tuple(items)?.into())
    };
}

fn unsigned(value: u64, heap: &mut Heap) -> Value {
    match i64::try_from(value) {
        Ok(small) => heap.int(small),
        Err(_) => heap.big_int(value.into()),
    }
}

/// `T`, or a result of it: what a slot with a plain Rust result may be given.
pub trait IntoResult<T> {
    /// The result.
    fn into_result(self) -> PyResult<T>;
}

impl<T> IntoResult<T> for T {
    #[inline(always)]
    fn into_result(self) -> PyResult<T> {
        Ok(self)
    }
}

impl<T> IntoResult<T> for PyResult<T> {
    #[inline(always)]
    fn into_result(self) -> PyResult<T> {
        self
    }
}

/// What `#[new]` may return: the native half alone, or an object that exists.
pub trait IntoInstance {
    /// The instance of `class`.
    fn into_instance(self, class: &Object<Type>, heap: &mut Heap) -> PyResult;
}

impl<T: PyClass> IntoInstance for T {
    #[inline(always)]
    fn into_instance(self, class: &Object<Type>, heap: &mut Heap) -> PyResult {
        if !std::ptr::eq(class.native(), T::type_object()) {
            let (base, class) = (T::type_object().name(), class.name().to_owned());
            return Err(heap.type_error(format_args!("{base}.__new__({class}) is not safe, use {class}.__new__()")));
        }
        Ok(heap.alloc_as(class, self).into())
    }
}

impl<T: PyClass> IntoInstance for Ref<T> {
    #[inline(always)]
    fn into_instance(self, _: &Object<Type>, _: &mut Heap) -> PyResult {
        Ok(self.into())
    }
}

impl IntoInstance for Value {
    #[inline(always)]
    fn into_instance(self, _: &Object<Type>, _: &mut Heap) -> PyResult {
        Ok(self)
    }
}

impl<T: IntoInstance> IntoInstance for PyResult<T> {
    #[inline(always)]
    fn into_instance(self, class: &Object<Type>, heap: &mut Heap) -> PyResult {
        self?.into_instance(class, heap)
    }
}

/// A field that Python can read (`#[member]`, `#[getter]` on fields).
pub trait FieldValue {
    /// Its value.
    fn field_value(&self, heap: &mut Heap) -> PyResult;
}

impl<T: Clone + IntoPyResult> FieldValue for T {
    fn field_value(&self, heap: &mut Heap) -> PyResult {
        self.clone().into_py_result(heap)
    }
}

impl<T: Clone + IntoPyResult> FieldValue for HeapCell<T> {
    fn field_value(&self, heap: &mut Heap) -> PyResult {
        let value = self.get(heap);
        value.into_py_result(heap)
    }
}
