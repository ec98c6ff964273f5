//! Bytes out of the arguments that the constructors of `bytes` and `bytearray` take, and out of iterables.

use super::Bytes;
use super::shared::byte_of;
use crate::Vm;
use crate::buffer::flags;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::list::List;
use crate::sequence::is_index;
use crate::str::Str;

/// How the two classes word their errors.
#[derive(Clone, Copy)]
pub(crate) struct Wording {
    /// The class.
    pub class: &'static str,
    /// What is out of range.
    pub items: &'static str,
}

/// The words of `bytes`.
pub(crate) const OF_BYTES: Wording = Wording { class: "bytes", items: "bytes" };
/// The words of `bytearray`.
pub(crate) const OF_BYTEARRAY: Wording = Wording { class: "bytearray", items: "byte" };

/// What a constructor's arguments ask for.
pub(crate) enum Source {
    /// So many zeros.
    Zeros(usize),
    /// These bytes.
    Object(Value),
    /// What an iterable or an exporter yields.
    From(Value),
}

fn not_a_byte(vm: &mut Vm, wording: Wording) -> Raised {
    vm.value_error(format_args!("{} must be in range(0, 256)", wording.items))
}

/// Reads a constructor's arguments up to what they ask for.
pub(crate) fn source_of(vm: &mut Vm, source: Option<&Value>, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Source> {
    let text = source.and_then(|source| source.downcast::<Str>());
    let Some(source) = source else {
        return match (encoding, errors) {
            (None, None) => Ok(Source::Zeros(0)),
            (Some(_), _) => Err(vm.type_error(format_args!("encoding without a string argument"))),
            (None, Some(_)) => Err(vm.type_error(format_args!("errors without a string argument"))),
        };
    };
    match (text, encoding, errors) {
        (Some(text), Some(_), _) => {
            return vm.encode(text, encoding, errors).map(|bytes| Source::Object(bytes.into()));
        }
        (Some(_), None, _) => {
            return Err(vm.type_error(format_args!("string argument without an encoding")));
        }
        (None, Some(_), _) => {
            return Err(vm.type_error(format_args!("encoding without a string argument")));
        }
        (None, None, Some(_)) => {
            return Err(vm.type_error(format_args!("errors without a string argument")));
        }
        (None, None, None) => {}
    }
    if is_index(source) {
        let size = vm.index_isize(source);
        // What has an index that is none may still be an iterable.
        if let Some(size) = vm.ok_unless(size, exceptions::TYPE_ERROR.get())? {
            return match usize::try_from(size) {
                Ok(size) => Ok(Source::Zeros(size)),
                Err(_) => Err(vm.value_error(format_args!("negative count"))),
            };
        }
    }
    Ok(Source::From(source.clone()))
}

/// The bytes that `__bytes__` of an object returns; `None` where it has none.
pub(crate) fn by_method(vm: &mut Vm, source: &Value) -> PyResult<Option<Value>> {
    let Some(result) = vm.call_special(source, &crate::names::__bytes__, &[])? else {
        return Ok(None);
    };
    if !result.is_instance_of::<Bytes>() {
        let kind = vm.type_name(&result);
        return Err(vm.type_error(format_args!("__bytes__ returned non-bytes (type {kind})")));
    }
    Ok(Some(result))
}

/// The bytes of an exporter or an iterable of ints (`PyBytes_FromObject`).
pub(crate) fn bytes_from(vm: &mut Vm, source: &Value, wording: Wording) -> PyResult<Vec<u8>> {
    if vm.has_buffer(source) {
        let view = vm.buffer(source, flags::FULL_RO)?;
        vm.check_room(view.len())?;
        return Ok(view.gather(vm));
    }
    check_iterable(vm, source, wording)?;
    bytes_of_items(vm, source, wording)
}

/// An error for what is no iterable of ints.
pub(crate) fn check_iterable(vm: &mut Vm, source: &Value, wording: Wording) -> PyResult<()> {
    let slots = source.ty().slots();
    if !source.is_instance_of::<Str>() && (slots.iter().is_some() || slots.item().is_some()) {
        return Ok(());
    }
    let kind = vm.type_name(source);
    Err(vm.type_error(format_args!("cannot convert '{kind}' object to {}", wording.class)))
}

/// The bytes that an iterable of ints yields.
pub(crate) fn bytes_of_items(vm: &mut Vm, iterable: &Value, wording: Wording) -> PyResult<Vec<u8>> {
    let mut out = Vec::new();
    each_byte(vm, iterable, wording, |byte, vm| {
        if out.len() == out.capacity() {
            vm.check_room(2 * out.len())?;
        }
        out.push(byte);
        Ok(())
    })?;
    Ok(out)
}

/// Gives each byte that an iterable of ints yields to `take`.
pub(crate) fn each_byte(
    vm: &mut Vm,
    iterable: &Value,
    wording: Wording,
    mut take: impl FnMut(u8, &mut Vm) -> PyResult<()>,
) -> PyResult<()> {
    let mut next = |item: &Value, vm: &mut Vm| -> PyResult<()> {
        vm.poll(1)?;
        match byte_of(item, vm)? {
            Some(byte) => take(byte, vm),
            None => Err(not_a_byte(vm, wording)),
        }
    };
    if let Some(list) = iterable.downcast_exact::<List>() {
        let mut index = 0;
        while let Some(item) = list.get(index, vm) {
            next(&item, vm)?;
            index += 1;
        }
        return Ok(());
    }
    let iterator = vm.iter(iterable)?;
    while let Some(item) = vm.next(&iterator)? {
        next(&item, vm)?;
    }
    Ok(())
}
