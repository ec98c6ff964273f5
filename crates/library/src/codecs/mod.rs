//! `_codecs`: the registry of codecs, and the built-in codecs one by one.
//!
//! | file | what |
//! |---|---|
//! | `charmap.rs` | `charmap`, whose tables may be any mapping |
//! | this one | the module |

mod charmap;

use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::codecs::NativeCodec;
use pvm_object::codecs::errors::Errors;
use pvm_object::exceptions;
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::text::codecs::unicode_escape::InvalidEscape;
use pvm_object::text::codecs::utf16::{self, ByteOrder, Utf16};
use pvm_object::text::codecs::utf32::{self, Utf32};
use pvm_object::text::codecs::{Decoder, Encoder};
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use crate::parameters::CText;
pub use charmap::EncodingMapObject;

/// What an encoder returns: the bytes, and how many characters it has read.
type Encoded = PyResult<(Ref<Bytes>, usize)>;
/// What a decoder returns: the text, and how many bytes it has read.
type Decoded = PyResult<(Ref<Str>, usize)>;

fn encoded(vm: &mut Vm, encoder: &mut dyn Encoder, text: &Object<Str>, errors: Option<CText<'_>>, mark: &[u8]) -> Encoded {
    let mut out = mark.to_vec();
    vm.encode_with(encoder, text, &mut Errors::new(CText::of(errors)), &mut out)?;
    Ok((vm.new_bytes(&out)?, text.len()))
}

fn encoded_natively(vm: &mut Vm, codec: NativeCodec, text: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
    Ok((vm.encode_native(text, codec, CText::of(errors))?, text.len()))
}

/// Decodes a buffer from the byte `from` on; `last` says that nothing comes after it.
fn decoded(
    vm: &mut Vm,
    decoder: &mut dyn Decoder,
    data: BufferView,
    from: usize,
    errors: Option<CText<'_>>,
    last: bool,
) -> Decoded {
    let mut out = TextBuilder::new();
    let len = data.len();
    let consumed = vm.decode_with(decoder, data, from, last, &mut Errors::new(CText::of(errors)), &mut out)?;
    // A handler may have put other data in the place of these, whose length counts all the same.
    let consumed = if last { len } else { consumed };
    Ok((vm.str_from_builder(out)?, consumed))
}

/// The bytes of a buffer, or of a text in UTF-8.
fn bytes_or_text(vm: &mut Vm, data: &Value) -> PyResult<BufferView> {
    let Some(text) = data.downcast::<Str>() else {
        return vm.bytes_like(data);
    };
    let bytes = vm.encode_native(text, NativeCodec::Utf8, None)?;
    Ok(BufferView::of_bytes(&bytes))
}

/// Warns of the first escape that is none.
fn warn_of_escape(vm: &mut Vm, invalid: Option<InvalidEscape>, prefix: &str) -> PyResult<()> {
    let Some(invalid) = invalid else {
        return Ok(());
    };
    let escape = match invalid {
        InvalidEscape::Letter(letter) => format!("{prefix}\"\\{}\" is an invalid escape sequence", letter as char),
        InvalidEscape::Octal(number) => {
            format!("{prefix}\"\\{number:o}\" is an invalid octal escape sequence")
        }
    };
    let message = format!("{escape}. Such sequences will not work in the future. ");
    vm.warn(&exceptions::DEPRECATION_WARNING, &message, 1)
}

/// The order of bytes that a number of CPython's means: negative is little, 0 this machine's.
fn order_of(number: i32) -> ByteOrder {
    match number.signum() {
        -1 => ByteOrder::Little,
        1 => ByteOrder::Big,
        _ => ByteOrder::NATIVE,
    }
}

fn number_of(order: ByteOrder) -> i32 {
    if order == ByteOrder::Little { -1 } else { 1 }
}

/// The byte order mark that encoding without a given order begins with.
fn mark(byteorder: i32, native: &[u8]) -> &[u8] {
    if byteorder == 0 { native } else { &[] }
}

/// Decodes UTF-16; without a given order by the mark. The order found is the third of the results.
fn decode_utf16(
    vm: &mut Vm,
    data: &Value,
    errors: Option<CText<'_>>,
    byteorder: i32,
    last: bool,
) -> PyResult<(Ref<Str>, usize, i32)> {
    let data = vm.bytes_like(data)?;
    let found = if byteorder == 0 { utf16::detect(data.as_slice(vm)) } else { None };
    let order = found.unwrap_or_else(|| order_of(byteorder));
    let from = if found.is_some() { 2 } else { 0 };
    let (text, consumed) = decoded(vm, &mut Utf16 { order, marked: false }, data, from, errors, last)?;
    Ok((text, consumed, found.map_or(byteorder.signum(), number_of)))
}

/// As [`decode_utf16`], for UTF-32.
fn decode_utf32(
    vm: &mut Vm,
    data: &Value,
    errors: Option<CText<'_>>,
    byteorder: i32,
    last: bool,
) -> PyResult<(Ref<Str>, usize, i32)> {
    let data = vm.bytes_like(data)?;
    let found = if byteorder == 0 { utf32::detect(data.as_slice(vm)) } else { None };
    let order = found.unwrap_or_else(|| order_of(byteorder));
    let from = if found.is_some() { 4 } else { 0 };
    let (text, consumed) = decoded(vm, &mut Utf32 { order, marked: false }, data, from, errors, last)?;
    Ok((text, consumed, found.map_or(byteorder.signum(), number_of)))
}

fn name_to_char(name: &[u8]) -> Option<u32> {
    let name = std::str::from_utf8(name).ok()?;
    pvm_compiler::names::character(name)
}

#[pvm_macros::pymodule(name = "_codecs")]
pub mod native {
    use super::*;
    use pvm_macros::pyfunction;
    use pvm_object::text::codecs::ascii::Ascii;
    use pvm_object::text::codecs::bytes_escape::{self, OnBrokenHex};
    use pvm_object::text::codecs::latin1::Latin1;
    use pvm_object::text::codecs::raw_unicode_escape::{self, RawUnicodeEscape};
    use pvm_object::text::codecs::unicode_escape::{self, UnicodeEscape};
    use pvm_object::text::codecs::utf7::Utf7;
    use pvm_object::text::codecs::utf8::Utf8;

    /// Add a function that finds codecs: from the name of an encoding to a codec, or None.
    #[pyfunction]
    fn register(vm: &mut Vm, search_function: &Value) -> PyResult<()> {
        vm.codec_register(search_function)
    }

    /// Take a function that finds codecs away, and forget all codecs found so far.
    #[pyfunction]
    fn unregister(vm: &mut Vm, search_function: &Value) -> PyResult<()> {
        vm.codec_unregister(search_function)
    }

    /// The codec of an encoding.
    #[pyfunction]
    fn lookup(vm: &mut Vm, encoding: CText<'_>) -> PyResult<Ref<Tuple>> {
        vm.codec_lookup(encoding.0)
    }

    /// Encode an object with the codec of an encoding.
    #[pyfunction]
    #[signature = "(obj, encoding='utf-8', errors='strict')"]
    fn encode(
        vm: &mut Vm,
        obj: &Value,
        #[default(CText("utf-8"))] encoding: CText<'_>,
        #[default(None)] errors: Option<CText<'_>>,
    ) -> PyResult {
        vm.codec_encode(obj, encoding.0, CText::of(errors))
    }

    /// Decode an object with the codec of an encoding.
    #[pyfunction]
    #[signature = "(obj, encoding='utf-8', errors='strict')"]
    fn decode(
        vm: &mut Vm,
        obj: &Value,
        #[default(CText("utf-8"))] encoding: CText<'_>,
        #[default(None)] errors: Option<CText<'_>>,
    ) -> PyResult {
        vm.codec_decode(obj, encoding.0, CText::of(errors))
    }

    #[pyfunction]
    fn escape_encode(vm: &mut Vm, data: &Object<Bytes>, _errors: Option<CText<'_>>) -> Encoded {
        let out = bytes_escape::encode(data.as_slice());
        Ok((vm.new_bytes(&out)?, data.len()))
    }

    #[pyfunction]
    fn escape_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>) -> Encoded {
        let data = bytes_or_text(vm, data)?;
        let handling = CText::of(errors).unwrap_or("strict");
        let (mode, known) = match handling {
            "strict" => (OnBrokenHex::Strict, true),
            "replace" => (OnBrokenHex::Replace, true),
            "ignore" => (OnBrokenHex::Ignore, true),
            _ => (OnBrokenHex::Strict, false),
        };
        match bytes_escape::decode(data.as_slice(vm), mode) {
            Ok((out, invalid)) => {
                warn_of_escape(vm, invalid, "b")?;
                Ok((vm.new_bytes(&out)?, data.len()))
            }
            Err(bytes_escape::BytesEscapeError::InvalidHex(_)) if !known => {
                Err(vm.value_error(format_args!("decoding error; unknown error handling code: {handling}")))
            }
            Err(error) => Err(vm.value_error(format_args!("{}", error.message()))),
        }
    }

    #[pyfunction]
    fn utf_8_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded_natively(vm, NativeCodec::Utf8, str, errors)
    }

    #[pyfunction]
    fn utf_8_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let data = vm.bytes_like(data)?;
        decoded(vm, &mut Utf8, data, 0, errors, r#final)
    }

    #[pyfunction]
    fn utf_7_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded(vm, &mut Utf7, str, errors, &[])
    }

    #[pyfunction]
    fn utf_7_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let data = vm.bytes_like(data)?;
        decoded(vm, &mut Utf7, data, 0, errors, r#final)
    }

    #[pyfunction]
    fn utf_16_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>, #[default(0)] byteorder: i32) -> Encoded {
        let mut codec = Utf16 { order: order_of(byteorder), marked: byteorder == 0 };
        encoded(vm, &mut codec, str, errors, mark(byteorder, &0xFEFF_u16.to_ne_bytes()))
    }

    #[pyfunction]
    fn utf_16_le_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded(vm, &mut Utf16 { order: ByteOrder::Little, marked: false }, str, errors, &[])
    }

    #[pyfunction]
    fn utf_16_be_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded(vm, &mut Utf16 { order: ByteOrder::Big, marked: false }, str, errors, &[])
    }

    #[pyfunction]
    fn utf_16_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let (text, consumed, _) = decode_utf16(vm, data, errors, 0, r#final)?;
        Ok((text, consumed))
    }

    #[pyfunction]
    fn utf_16_le_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let (text, consumed, _) = decode_utf16(vm, data, errors, -1, r#final)?;
        Ok((text, consumed))
    }

    #[pyfunction]
    fn utf_16_be_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let (text, consumed, _) = decode_utf16(vm, data, errors, 1, r#final)?;
        Ok((text, consumed))
    }

    #[pyfunction]
    fn utf_16_ex_decode(
        vm: &mut Vm,
        data: &Value,
        errors: Option<CText<'_>>,
        #[default(0)] byteorder: i32,
        #[default(false)] r#final: bool,
    ) -> PyResult<(Ref<Str>, usize, i32)> {
        decode_utf16(vm, data, errors, byteorder, r#final)
    }

    #[pyfunction]
    fn utf_32_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>, #[default(0)] byteorder: i32) -> Encoded {
        let mut codec = Utf32 { order: order_of(byteorder), marked: byteorder == 0 };
        encoded(vm, &mut codec, str, errors, mark(byteorder, &0xFEFF_u32.to_ne_bytes()))
    }

    #[pyfunction]
    fn utf_32_le_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded(vm, &mut Utf32 { order: ByteOrder::Little, marked: false }, str, errors, &[])
    }

    #[pyfunction]
    fn utf_32_be_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded(vm, &mut Utf32 { order: ByteOrder::Big, marked: false }, str, errors, &[])
    }

    #[pyfunction]
    fn utf_32_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let (text, consumed, _) = decode_utf32(vm, data, errors, 0, r#final)?;
        Ok((text, consumed))
    }

    #[pyfunction]
    fn utf_32_le_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let (text, consumed, _) = decode_utf32(vm, data, errors, -1, r#final)?;
        Ok((text, consumed))
    }

    #[pyfunction]
    fn utf_32_be_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(false)] r#final: bool) -> Decoded {
        let (text, consumed, _) = decode_utf32(vm, data, errors, 1, r#final)?;
        Ok((text, consumed))
    }

    #[pyfunction]
    fn utf_32_ex_decode(
        vm: &mut Vm,
        data: &Value,
        errors: Option<CText<'_>>,
        #[default(0)] byteorder: i32,
        #[default(false)] r#final: bool,
    ) -> PyResult<(Ref<Str>, usize, i32)> {
        decode_utf32(vm, data, errors, byteorder, r#final)
    }

    #[pyfunction]
    fn unicode_escape_encode(vm: &mut Vm, str: &Object<Str>, _errors: Option<CText<'_>>) -> Encoded {
        let mut out = Vec::new();
        unicode_escape::encode(str.view(), &mut out);
        Ok((vm.new_bytes(&out)?, str.len()))
    }

    #[pyfunction]
    fn unicode_escape_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, #[default(true)] r#final: bool) -> Decoded {
        let data = bytes_or_text(vm, data)?;
        let mut codec = UnicodeEscape::new(&name_to_char);
        let result = decoded(vm, &mut codec, data, 0, errors, r#final)?;
        warn_of_escape(vm, codec.first_invalid, "")?;
        Ok(result)
    }

    #[pyfunction]
    fn raw_unicode_escape_encode(vm: &mut Vm, str: &Object<Str>, _errors: Option<CText<'_>>) -> Encoded {
        let mut out = Vec::new();
        raw_unicode_escape::encode(str.view(), &mut out);
        Ok((vm.new_bytes(&out)?, str.len()))
    }

    #[pyfunction]
    fn raw_unicode_escape_decode(
        vm: &mut Vm,
        data: &Value,
        errors: Option<CText<'_>>,
        #[default(true)] r#final: bool,
    ) -> Decoded {
        let data = bytes_or_text(vm, data)?;
        decoded(vm, &mut RawUnicodeEscape, data, 0, errors, r#final)
    }

    #[pyfunction]
    fn latin_1_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded_natively(vm, NativeCodec::Latin1, str, errors)
    }

    #[pyfunction]
    fn latin_1_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>) -> Decoded {
        let data = vm.bytes_like(data)?;
        decoded(vm, &mut Latin1, data, 0, errors, true)
    }

    #[pyfunction]
    fn ascii_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>) -> Encoded {
        encoded_natively(vm, NativeCodec::Ascii, str, errors)
    }

    #[pyfunction]
    fn ascii_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>) -> Decoded {
        let data = vm.bytes_like(data)?;
        decoded(vm, &mut Ascii, data, 0, errors, true)
    }

    #[pyfunction]
    fn charmap_encode(vm: &mut Vm, str: &Object<Str>, errors: Option<CText<'_>>, mapping: Option<&Value>) -> Encoded {
        match mapping {
            None => encoded_natively(vm, NativeCodec::Latin1, str, errors),
            Some(mapping) => charmap::encode(vm, str, errors, mapping),
        }
    }

    #[pyfunction]
    fn charmap_decode(vm: &mut Vm, data: &Value, errors: Option<CText<'_>>, mapping: Option<&Value>) -> Decoded {
        let data = vm.bytes_like(data)?;
        match mapping {
            None => decoded(vm, &mut Latin1, data, 0, errors, true),
            Some(mapping) => charmap::decode(vm, data, errors, mapping),
        }
    }

    #[pyfunction]
    fn charmap_build(vm: &mut Vm, map: &Object<Str>) -> PyResult {
        charmap::build(vm, map)
    }

    #[pyfunction]
    fn readbuffer_encode(vm: &mut Vm, data: &Value, _errors: Option<CText<'_>>) -> Encoded {
        let data = bytes_or_text(vm, data)?;
        let bytes = vm.bytes_of_view(&data)?;
        let len = bytes.len();
        Ok((bytes, len))
    }

    /// Give a handler of errors a name: a function that takes the exception, and returns a replacement and the position to
    /// go on from.
    #[pyfunction]
    fn register_error(vm: &mut Vm, errors: CText<'_>, handler: &Value) -> PyResult<()> {
        vm.codec_register_error(errors.0, handler)
    }

    /// Forget the handler of this name, and tell whether there was one; the built-in ones stay.
    #[pyfunction]
    fn _unregister_error(vm: &mut Vm, errors: CText<'_>) -> PyResult<bool> {
        vm.codec_unregister_error(errors.0)
    }

    /// The handler of errors with this name.
    #[pyfunction]
    fn lookup_error(vm: &mut Vm, name: CText<'_>) -> PyResult {
        vm.codec_error_handler(name.0)
    }
}
