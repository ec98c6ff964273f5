//! What the hash functions do with their data.

use pvm_object::buffer::BufferView;
use pvm_object::str::Str;
use pvm_object::{PyResult, Value, Vm};

/// The buffer of the data to hash (`GET_BUFFER_VIEW_OR_ERROUT`).
fn view_of(vm: &mut Vm, data: &Value) -> PyResult<BufferView> {
    if data.is_instance_of::<Str>() {
        return Err(vm.type_error(format_args!("Strings must be encoded before hashing")));
    }
    if !vm.has_buffer(data) {
        return Err(vm.type_error(format_args!("object supporting the buffer API required")));
    }
    let view = vm.bytes_like(data)?;
    if view.layout().is_some_and(|layout| layout.shape.len() > 1) {
        return Err(vm.buffer_error(format_args!("Buffer must be single dimension")));
    }
    Ok(view)
}

/// Gives the bytes of `data` to `update`. Nothing else runs meanwhile, so that threads may share a hash object.
pub fn feed(vm: &mut Vm, data: &Value, mut update: impl FnMut(&[u8])) -> PyResult<()> {
    let view = view_of(vm, data)?;
    update(view.as_slice(vm));
    Ok(())
}

/// The data that a constructor was given, under one name or the other (`_Py_hashlib_data_argument`).
pub fn data_argument<'a>(vm: &mut Vm, data: Option<&'a Value>, string: Option<&'a Value>) -> PyResult<Option<&'a Value>> {
    match (data, string) {
        (Some(_), Some(_)) => Err(vm.type_error(format_args!(
            "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version."
        ))),
        (data, string) => Ok(data.or(string)),
    }
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
