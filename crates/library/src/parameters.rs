//! Types of parameters that several native modules share: sizes that may be `None`, descriptors, buffers to write into.

use dashu_int::IBig;
use dashu_int::ops::RemEuclid;
use pvm_object::arguments::Argument;
use pvm_object::buffer::{BufferView, flags};
use pvm_object::bytes::Bytes;
use pvm_object::convert::FromArg;
use pvm_object::exceptions;
use pvm_object::int::IntView;
use pvm_object::native::Effects;
use pvm_object::str::Str;
use pvm_object::{PyResult, Ref, Value, ValueRef, Vm};

/// A size, or `None`, which counts as -1 (`_Py_convert_optional_to_ssize_t`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OptionalSize(pub isize);

impl OptionalSize {
    /// All there is.
    pub const ALL: OptionalSize = OptionalSize(-1);

    /// The size, unless it is negative or `None`.
    pub fn get(self) -> Option<usize> {
        usize::try_from(self.0).ok()
    }
}

impl FromArg<'_> for OptionalSize {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<OptionalSize> {
        if value.is_none() {
            return Ok(OptionalSize::ALL);
        }
        if value.as_int().is_none() && value.ty().slots().index().is_none() {
            let kind = vm.type_name(&value);
            return Err(vm.type_error(format_args!("argument should be integer or None, not '{kind}'")));
        }
        vm.index_isize_or(&value, exceptions::OVERFLOW_ERROR.get()).map(OptionalSize)
    }
}

/// A file descriptor: an int, or an object with `fileno()` (`_PyLong_FileDescriptor_Converter`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Descriptor(pub i32);

impl Descriptor {
    /// The descriptor that a value stands for.
    pub fn of(value: &Value, vm: &mut Vm) -> PyResult<Descriptor> {
        let number = if value.as_int().is_some() {
            if value.ty().name() == "bool" {
                vm.warn(&exceptions::RUNTIME_WARNING, "bool is used as a file descriptor", 1)?;
            }
            value.clone()
        } else {
            let name = vm.intern("fileno");
            let Some(method) = vm.find_attr(value, &name)? else {
                return Err(vm.type_error(format_args!("argument must be an int, or have a fileno() method.")));
            };
            let number = vm.call(&method, &[])?;
            if number.as_int().is_none() {
                return Err(vm.type_error(format_args!("fileno() returned a non-integer")));
            }
            number
        };
        let fd = c_int(&number, vm)?;
        if fd < 0 {
            return Err(vm.value_error(format_args!("file descriptor cannot be a negative integer ({fd})")));
        }
        Ok(Descriptor(fd))
    }
}

impl FromArg<'_> for Descriptor {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Descriptor> {
        Descriptor::of(&value, vm)
    }
}

/// An int that fits into C's `int`.
pub fn c_int(value: &Value, vm: &mut Vm) -> PyResult<i32> {
    i32::from_arg(value.borrowed(), Argument::operand(""), vm)
}

/// The low 64 bits of an int that has no sign (`K`).
pub fn unsigned(value: &Value, vm: &mut Vm) -> PyResult<u64> {
    u64::from_arg(value.borrowed(), Argument::operand(""), vm)
}

/// What a member that holds a truth value may be set to (`Py_T_BOOL`).
#[derive(Clone, Copy)]
pub struct BoolMember(pub bool);

impl FromArg<'_> for BoolMember {
    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<BoolMember> {
        if !value.is_true() && !value.is_false() {
            return Err(vm.type_error(format_args!("attribute value type must be bool")));
        }
        Ok(BoolMember(value.is_true()))
    }
}

/// Text without null characters (`s`), as a C string would be.
#[derive(Clone, Copy)]
pub struct CText<'a>(pub &'a str);

impl<'a> CText<'a> {
    /// The text, if there is one.
    pub fn of(text: Option<CText<'a>>) -> Option<&'a str> {
        text.map(|text| text.0)
    }
}

impl<'a> FromArg<'a> for CText<'a> {
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<CText<'a>> {
        let text = <&str>::from_arg(value, argument, vm)?;
        if text.contains('\0') {
            return Err(vm.value_error(format_args!("embedded null character")));
        }
        Ok(CText(text))
    }
}

/// Text without null characters, or `None` (`z`).
#[derive(Clone, Copy)]
pub struct OptionalText<'a>(pub Option<&'a str>);

impl OptionalText<'_> {
    /// None.
    pub const NONE: OptionalText<'static> = OptionalText(None);
}

impl<'a> FromArg<'a> for OptionalText<'a> {
    fn from_arg(value: ValueRef<'a>, argument: Argument, vm: &mut Vm) -> PyResult<OptionalText<'a>> {
        if value.is_none() {
            return Ok(OptionalText(None));
        }
        if !value.is_instance_of::<Str>() {
            return Err(argument.must_be("str or None", &value, vm));
        }
        CText::from_arg(value, argument, vm).map(|text| OptionalText(Some(text.0)))
    }
}

/// A buffer that is written to (`w*`).
pub struct WritableBuffer(pub BufferView);

impl WritableBuffer {
    /// The buffer of the argument that messages call so.
    pub fn named(vm: &mut Vm, value: &Value, what: &str) -> PyResult<WritableBuffer> {
        match vm.buffer(value, flags::WRITABLE) {
            Ok(view) => Ok(WritableBuffer(view)),
            Err(raised) => {
                if !vm.pending_is(&exceptions::BUFFER_ERROR) && !vm.pending_is(&exceptions::TYPE_ERROR) {
                    return Err(raised);
                }
                drop(vm.catch(raised));
                let kind = match value.is_none() {
                    true => "None".to_owned(),
                    false => vm.type_name(value),
                };
                Err(vm.type_error(format_args!("{what} must be read-write bytes-like object, not {kind}")))
            }
        }
    }
}

impl FromArg<'_> for WritableBuffer {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<WritableBuffer> {
        WritableBuffer::named(vm, &value, &argument.describe())
    }
}

/// The bytes of a buffer: the object itself where it is `bytes`, else a copy.
pub fn bytes_of_buffer(value: &Value, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
    if let Some(bytes) = value.downcast::<Bytes>() {
        return Ok(bytes.to_ref());
    }
    let view = vm.bytes_like(value)?;
    vm.bytes_of_view(&view)
}

/// The low 64 bits of an int (`PyLong_AsUnsignedLongMask`).
pub fn unsigned_long_mask(value: &Value, vm: &mut Vm) -> PyResult<u64> {
    let int = vm.index(value)?;
    Ok(match int.as_int() {
        Some(IntView::Small(small)) => small as u64,
        Some(IntView::Big(big)) => {
            let low = big.rem_euclid(IBig::from(1_u128 << 64));
            u64::try_from(low).unwrap_or(0)
        }
        None => 0,
    })
}

/// The low 32 bits of an int.
pub fn unsigned_mask(value: &Value, vm: &mut Vm) -> PyResult<u32> {
    unsigned_long_mask(value, vm).map(|mask| mask as u32)
}

/// A string of one character, which may be a surrogate (`C`).
#[derive(Clone, Copy)]
pub struct CodePoint(pub u32);

impl FromArg<'_> for CodePoint {
    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<CodePoint> {
        let Some(string) = value.downcast_ref::<Str>() else {
            return Err(argument.must_be("a unicode character", &value, vm));
        };
        if string.len() != 1 {
            let (what, len) = (argument.describe().replacen("() ", "(): ", 1), string.len());
            return Err(vm.type_error(format_args!("{what} must be a unicode character, not a string of length {len}")));
        }
        Ok(CodePoint(string.view().get(0)))
    }
}
