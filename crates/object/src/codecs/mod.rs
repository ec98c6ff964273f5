//! Text to bytes and back: `str.encode`, `bytes.decode` and what is behind them.
//!
//! - [`native`]: the encodings that need no Python code, chosen by name as CPython's shortcuts are.
//! - [`errors`]: error handlers, built-in ones and those written in Python.
//! - [`registry`]: codecs and error handlers by name, found by search functions.
//!
//! The algorithms are in [`crate::text::codecs`].

pub mod errors;
mod handlers;
mod native;
pub mod registry;

use pvm_macros::pymethods;

pub use native::{NativeCodec, normalize};

use crate::Vm;
use crate::buffer::BufferView;
use crate::bytearray::ByteArray;
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions;
use crate::str::Str;

impl Vm {
    /// `text.encode(encoding, errors)`: UTF-8 and strict where they are not given.
    pub fn encode(&mut self, text: &Object<Str>, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Ref<Bytes>> {
        self.check_names(encoding, errors)?;
        let encoding = encoding.unwrap_or("utf-8");
        if let Some(codec) = NativeCodec::of_name(encoding) {
            return self.encode_native(text, codec, errors);
        }
        let result = self.codec_encode_text(&text.as_value(), encoding, errors)?;
        let result = match result.downcast_into::<Bytes>() {
            Ok(bytes) => return Ok(bytes),
            Err(result) => result,
        };
        if let Some(array) = result.downcast::<ByteArray>() {
            let message = format!(
                "encoder {encoding} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types"
            );
            let copy = array.to_bytes(self)?;
            self.warn(exceptions::RUNTIME_WARNING.get(), &message, 1)?;
            return Ok(copy);
        }
        let kind = self.type_name(&result);
        Err(self.type_error(format_args!(
            "'{encoding}' encoder returned '{kind}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types"
        )))
    }

    /// The text that the bytes of a buffer mean: in UTF-8 and strictly where nothing else is given. `object` is what
    /// exports the buffer, for codecs written in Python.
    pub fn decode(&mut self, input: BufferView, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Ref<Str>> {
        self.check_names(encoding, errors)?;
        if input.is_empty() {
            return Ok(self.new_str(""));
        }
        let encoding = encoding.unwrap_or("utf-8");
        if let Some(codec) = NativeCodec::of_name(encoding) {
            return self.decode_native(input, codec, errors);
        }
        let view = self.memoryview_of(input);
        let result = self.codec_decode_text(&view.as_value(), encoding, errors)?;
        result.downcast_into::<Str>().map_err(|result| {
            let kind = self.type_name(&result);
            self.type_error(format_args!(
                "'{encoding}' decoder returned '{kind}' instead of 'str'; use codecs.decode() to decode to arbitrary types"
            ))
        })
    }

    /// `str(object, encoding, errors)`.
    pub fn decode_object(&mut self, object: &Value, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Ref<Str>> {
        if object.is_instance_of::<Str>() {
            return Err(self.type_error(format_args!("decoding str is not supported")));
        }
        if !self.has_buffer(object) {
            let kind = self.type_name(object);
            return Err(self.type_error(format_args!("decoding to str: need a bytes-like object, {kind} found")));
        }
        let input = self.bytes_like(object)?;
        self.decode(input, encoding, errors)
    }

    /// The names of a codec and of a handler; in `-X dev` both must exist, needed or not
    /// (`unicode_check_encoding_errors`).
    fn check_names(&mut self, encoding: Option<&str>, errors: Option<&str>) -> PyResult<()> {
        self.check_name(encoding)?;
        self.check_name(errors)?;
        if !self.heap_state().dev_mode.get() {
            return Ok(());
        }
        if let Some(encoding) = encoding.filter(|encoding| NativeCodec::of_name(encoding).is_none()) {
            self.codec_lookup(encoding)?;
        }
        if let Some(errors) = errors.filter(|errors| *errors != "strict") {
            self.codec_error_handler(errors)?;
        }
        Ok(())
    }

    /// Names of codecs and handlers are C strings in CPython.
    fn check_name(&mut self, name: Option<&str>) -> PyResult<()> {
        match name.is_some_and(|name| !is_usual(name) && name.contains('\0')) {
            true => Err(self.value_error(format_args!("embedded null character"))),
            false => Ok(()),
        }
    }
}

/// Whether this is one of the names that nearly all programs use.
fn is_usual(name: &str) -> bool {
    matches!(name, "utf-8" | "ascii" | "latin-1" | "strict" | "ignore" | "replace" | "surrogateescape" | "surrogatepass")
}

#[pymethods(part = codecs)]
impl Str {
    /// The text as bytes.
    ///
    /// The handler of errors is 'strict', which raises a UnicodeEncodeError; 'ignore',
    /// 'replace', 'xmlcharrefreplace', or any other that codecs.register_error() knows.
    #[signature = "(encoding='utf-8', errors='strict')"]
    #[text_signature = "($self, /, encoding='utf-8', errors='strict')"]
    fn encode(this: &Object<Self>, vm: &mut Vm, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Ref<Bytes>> {
        vm.encode(this, encoding, errors)
    }
}
