//! Text of the operating system: UTF-8 where bytes that are not become lone surrogates (PEP 383).

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::text::codecs::ErrorHandler;
use pvm_object::text::codecs::handlers::decode;
use pvm_object::text::codecs::utf8::Utf8;
use pvm_object::{Object, PyResult, Ref, Vm};

/// The string of a text of the system (`PyUnicode_DecodeFSDefault`).
pub fn string(vm: &mut Vm, text: &OsStr) -> PyResult<Ref<Str>> {
    if let Some(text) = text.to_str() {
        return Ok(vm.try_str(text)?);
    }
    let bytes = text.as_bytes();
    let mut decoded = TextBuilder::with_capacity(bytes.len());
    // Whatever is wrong with the bytes, this handler has something to put in its place.
    let _ = decode(&mut Utf8, bytes, true, ErrorHandler::SurrogateEscape, &mut decoded);
    Ok(vm.str_from_builder(decoded)?)
}

/// A text for standard error: characters that it cannot show as escapes (the handler `backslashreplace`).
pub fn escaped(text: &Object<Str>) -> String {
    let char = |point: u32| char::from_u32(point).map_or_else(|| format!("\\u{point:04x}"), String::from);
    match text.as_str() {
        Some(text) => text.to_owned(),
        None => text.view().code_points().map(char).collect(),
    }
}
