//! The encodings that `str.encode` and `bytes.decode` serve without a look at the registry (`PyUnicode_Decode`).

use super::errors::Errors;
use crate::Vm;
use crate::buffer::BufferView;
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::errors::PyResult;
use crate::str::Str;
use crate::text::codecs::ascii::Ascii;
use crate::text::codecs::latin1::Latin1;
use crate::text::codecs::utf8::Utf8;
use crate::text::codecs::utf16::{self, ByteOrder, Utf16};
use crate::text::codecs::utf32::{self, Utf32};
use crate::text::{TextBuilder, TextView};

/// An encoding that needs no registry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NativeCodec {
    /// `utf-8`
    Utf8,
    /// `utf-16`, with a byte order mark
    Utf16,
    /// `utf-32`, with a byte order mark
    Utf32,
    /// `ascii`
    Ascii,
    /// `latin-1`
    Latin1,
}

/// The name of an encoding in small letters, each run of other characters than letters, digits and points an underscore
/// (`_Py_normalize_encoding`).
pub fn normalize(encoding: &str) -> String {
    let mut out = String::with_capacity(encoding.len());
    let mut punctuation = false;
    for c in encoding.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            if punctuation && !out.is_empty() {
                out.push('_');
            }
            punctuation = false;
            out.push(c.to_ascii_lowercase());
        } else {
            punctuation = true;
        }
    }
    out
}

impl NativeCodec {
    /// The encoding with this name.
    pub fn of_name(name: &str) -> Option<NativeCodec> {
        if matches!(name, "utf-8" | "utf8") {
            return Some(NativeCodec::Utf8);
        }
        match normalize(name).as_str() {
            "utf8" | "utf_8" => Some(NativeCodec::Utf8),
            "utf16" | "utf_16" => Some(NativeCodec::Utf16),
            "utf32" | "utf_32" => Some(NativeCodec::Utf32),
            "ascii" | "us_ascii" => Some(NativeCodec::Ascii),
            "latin1" | "latin_1" | "iso_8859_1" | "iso8859_1" => Some(NativeCodec::Latin1),
            _ => None,
        }
    }

    /// Whether ASCII bytes mean themselves.
    fn contains_ascii(self) -> bool {
        !matches!(self, NativeCodec::Utf16 | NativeCodec::Utf32)
    }
}

impl Vm {
    /// The bytes of a text in an encoding.
    pub fn encode_native(&mut self, text: &Object<Str>, codec: NativeCodec, errors: Option<&str>) -> PyResult<Ref<Bytes>> {
        if text.is_ascii() && codec.contains_ascii() {
            return Ok(self.new_bytes(text.view().storage_bytes())?);
        }
        if let (TextView::Latin1(bytes), NativeCodec::Latin1) = (text.view(), codec) {
            return Ok(self.new_bytes(bytes)?);
        }
        let mut errors = Errors::new(errors);
        let order = ByteOrder::NATIVE;
        let mut out = Vec::new();
        self.check_room(text.len())?;
        match codec {
            NativeCodec::Utf8 => self.encode_with(&mut Utf8, text, &mut errors, &mut out)?,
            NativeCodec::Ascii => self.encode_with(&mut Ascii, text, &mut errors, &mut out)?,
            NativeCodec::Latin1 => self.encode_with(&mut Latin1, text, &mut errors, &mut out)?,
            NativeCodec::Utf16 => {
                out.extend_from_slice(&0xFEFFu16.to_ne_bytes());
                self.encode_with(&mut Utf16 { order, marked: true }, text, &mut errors, &mut out)?;
            }
            NativeCodec::Utf32 => {
                out.extend_from_slice(&0xFEFFu32.to_ne_bytes());
                self.encode_with(&mut Utf32 { order, marked: true }, text, &mut errors, &mut out)?;
            }
        }
        Ok(self.new_bytes(&out)?)
    }

    /// The text of bytes in an encoding.
    pub fn decode_native(&mut self, input: BufferView, codec: NativeCodec, errors: Option<&str>) -> PyResult<Ref<Str>> {
        let len = input.len();
        if codec.contains_ascii() && input.as_slice(self).is_ascii() {
            if len <= 1 {
                let first = input.as_slice(self).first().copied();
                return Ok(match first {
                    None => crate::str::intern::EMPTY.get().to_ref(),
                    Some(byte) => self.str_of_char(byte.into())?,
                });
            }
            let mut writer = self.str_writer(len, crate::text::Width::Ascii)?;
            writer.push_view(TextView::Ascii(input.as_slice(self)));
            return Ok(writer.finish());
        }
        let mut errors = Errors::new(errors);
        let mut out = TextBuilder::new();
        self.check_room(len)?;
        match codec {
            NativeCodec::Utf8 => self.decode_with(&mut Utf8, input, 0, true, &mut errors, &mut out)?,
            NativeCodec::Ascii => self.decode_with(&mut Ascii, input, 0, true, &mut errors, &mut out)?,
            NativeCodec::Latin1 => self.decode_with(&mut Latin1, input, 0, true, &mut errors, &mut out)?,
            NativeCodec::Utf16 => {
                let mark = utf16::detect(input.as_slice(self));
                let mut codec = Utf16 { order: mark.unwrap_or(ByteOrder::NATIVE), marked: true };
                self.decode_with(&mut codec, input, if mark.is_some() { 2 } else { 0 }, true, &mut errors, &mut out)?
            }
            NativeCodec::Utf32 => {
                let mark = utf32::detect(input.as_slice(self));
                let mut codec = Utf32 { order: mark.unwrap_or(ByteOrder::NATIVE), marked: true };
                self.decode_with(&mut codec, input, if mark.is_some() { 4 } else { 0 }, true, &mut errors, &mut out)?
            }
        };
        Ok(self.str_from_builder(out)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalized() {
        assert_eq!(normalize("  UTF 8-x.y "), "utf_8_x.y");
        assert_eq!(NativeCodec::of_name("U8"), None);
        assert_eq!(NativeCodec::of_name("UTF8"), Some(NativeCodec::Utf8));
        assert_eq!(NativeCodec::of_name("ISO-8859-1"), Some(NativeCodec::Latin1));
        assert_eq!(NativeCodec::of_name("utf-16"), Some(NativeCodec::Utf16));
        assert_eq!(NativeCodec::of_name("utf-16-le"), None);
    }
}
