//! Paths: the bytes that the system takes, out of strings, bytes, and objects that stand for a path.

use pvm_object::bytes::Bytes;
use pvm_object::codecs::errors::Errors;
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::text::codecs::ErrorHandler;
use pvm_object::text::codecs::handlers::decode;
use pvm_object::text::codecs::utf8::Utf8;
use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

/// `os.fspath`: a string or bytes, or what `__fspath__` makes of another object.
pub fn fspath(vm: &mut Vm, path: &Value) -> PyResult {
    if path.is_instance_of::<Str>() || path.is_instance_of::<Bytes>() {
        return Ok(path.clone());
    }
    let kind = vm.type_name(path);
    let Some(method) = vm.find_special(path, &names::__fspath__)?.filter(|method| !method.is_none()) else {
        return Err(vm.type_error(format_args!("expected str, bytes or os.PathLike object, not {kind}")));
    };
    let result = vm.call(&method, &[])?;
    if result.is_instance_of::<Str>() || result.is_instance_of::<Bytes>() {
        return Ok(result);
    }
    let got = vm.type_name(&result);
    Err(vm.type_error(format_args!("expected {kind}.__fspath__() to return str or bytes, not {got}")))
}

/// A string in the encoding of file names, which is UTF-8 with undecodable bytes kept as surrogates
/// (`PyUnicode_EncodeFSDefault`).
pub fn encode(vm: &mut Vm, text: &Object<Str>) -> PyResult<Vec<u8>> {
    if let Some(text) = text.as_str() {
        return Ok(text.as_bytes().to_vec());
    }
    let mut bytes = Vec::new();
    vm.encode_with(&mut Utf8, text, &mut Errors::new(Some("surrogateescape")), &mut bytes)?;
    Ok(bytes)
}

/// The string of a file name (`PyUnicode_DecodeFSDefault`).
pub fn decode_name(vm: &mut Vm, name: &[u8]) -> PyResult<Ref<Str>> {
    if let Ok(text) = std::str::from_utf8(name) {
        return Ok(vm.try_str(text)?);
    }
    let mut text = TextBuilder::with_capacity(name.len());
    // Whatever is wrong with the bytes, this handler has something to put in its place.
    let _ = decode(&mut Utf8, name, true, ErrorHandler::SurrogateEscape, &mut text);
    Ok(vm.str_from_builder(text)?)
}

/// The bytes of a path-like object (`PyUnicode_FSConverter`).
pub fn fs_path(vm: &mut Vm, path: &Value) -> PyResult<Vec<u8>> {
    let path = fspath(vm, path)?;
    let bytes = match (path.downcast::<Str>(), path.downcast::<Bytes>()) {
        (Some(text), _) => encode(vm, text)?,
        (_, Some(bytes)) => bytes.as_slice().to_vec(),
        _ => Vec::new(),
    };
    if bytes.contains(&0) {
        return Err(vm.value_error(format_args!("embedded null byte")));
    }
    Ok(bytes)
}
