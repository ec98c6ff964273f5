//! The decoders and encoders of text streams: native ones for UTF-8, ASCII and Latin-1, for all others the incremental
//! ones of the codec.

use pvm_macros::Trace;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::codecs::NativeCodec;
use pvm_object::codecs::errors::Errors;
use pvm_object::str::Str;
use pvm_object::text::codecs::ascii::Ascii;
use pvm_object::text::codecs::latin1::Latin1;
use pvm_object::text::codecs::utf8::Utf8;
use pvm_object::text::codecs::{Decoder as Decoding, Encoder as Encoding};
use pvm_object::text::{TextBuf, TextBuilder, TextView};
use pvm_object::{Foreign, Object, PyResult, Ref, Value, Vm, names};

use crate::io::newline_decoder::{check_decoded, decoder_state};
use crate::io::newlines::Translation;

/// An encoding that text streams know themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TextCodec {
    Utf8,
    Ascii,
    Latin1,
}

impl TextCodec {
    /// The encoding with this name.
    pub fn of_name(name: &str) -> Option<TextCodec> {
        match NativeCodec::of_name(name)? {
            NativeCodec::Utf8 => Some(TextCodec::Utf8),
            NativeCodec::Ascii => Some(TextCodec::Ascii),
            NativeCodec::Latin1 => Some(TextCodec::Latin1),
            _ => None,
        }
    }
}

/// Where text comes from.
#[derive(Trace)]
enum Source {
    /// The bytes of a sequence that is not complete are kept.
    Native(Foreign<(TextCodec, Vec<u8>)>),
    Python(Value),
}

/// An incremental decoder, with universal newlines or without.
#[derive(Trace)]
pub struct Decoder {
    source: Source,
    #[trace(skip)]
    translation: Option<Translation>,
}

/// A decoder's state: bytes not yet decoded, and flags.
pub struct DecoderState {
    /// The bytes.
    pub pending: Ref<Bytes>,
    /// The flags.
    pub flags: u64,
}

impl Decoder {
    /// A native decoder.
    pub fn native(codec: TextCodec, translation: Option<Translation>) -> Decoder {
        Decoder { source: Source::Native(Foreign((codec, Vec::new()))), translation }
    }

    /// The incremental decoder of a codec.
    pub fn python(decoder: Value, translation: Option<Translation>) -> Decoder {
        Decoder { source: Source::Python(decoder), translation }
    }

    /// The ends of lines seen, where they are recorded.
    pub fn newlines(&self, vm: &mut Vm) -> PyResult {
        match (&self.translation, &self.source) {
            (Some(translation), _) => translation.seen(vm),
            (None, Source::Native(_)) => Ok(Value::none()),
            (None, Source::Python(decoder)) => {
                let newlines = vm.find_attr(decoder, &names::newlines)?;
                Ok(newlines.unwrap_or_else(Value::none))
            }
        }
    }

    /// Decodes bytes, all of them if `last`.
    pub fn decode(&mut self, vm: &mut Vm, input: &Value, last: bool, errors: &str) -> PyResult<TextBuf> {
        let text = match &mut self.source {
            Source::Native(native) => {
                let view = vm.bytes_like(input)?;
                let (codec, pending) = &mut native.0;
                decode_native(vm, *codec, pending, view, last, errors)?
            }
            Source::Python(decoder) => {
                let arguments = [input.clone(), Value::from_bool(last)];
                let decoded = vm.call_method(decoder, &names::decode, &arguments)?;
                check_decoded(vm, decoded)?.view().to_buf()
            }
        };
        Ok(match &mut self.translation {
            Some(translation) => translation.process(text, last),
            None => text,
        })
    }

    /// `getstate()`.
    pub fn state(&self, vm: &mut Vm) -> PyResult<DecoderState> {
        let (pending, flags) = match &self.source {
            Source::Native(native) => (vm.new_bytes(&native.0.1)?, 0),
            Source::Python(decoder) => {
                let state = vm.call_method(decoder, &names::getstate, &[])?;
                decoder_state(vm, &state)?
            }
        };
        let flags = self.translation.map_or(flags, |translation| translation.join_flags(flags));
        Ok(DecoderState { pending, flags })
    }

    /// `setstate()`.
    pub fn set_state(&mut self, vm: &mut Vm, state: &DecoderState) -> PyResult<()> {
        let flags = match &mut self.translation {
            Some(translation) => translation.take_flags(state.flags),
            None => state.flags,
        };
        match &mut self.source {
            Source::Native(native) => {
                native.0.1 = state.pending.as_slice().to_vec();
                Ok(())
            }
            Source::Python(decoder) => {
                let flags = vm.big_int(flags.into());
                let state = vm.new_tuple(vec![state.pending.to_value(), flags]).into();
                vm.call_method(decoder, &names::setstate, &[state]).map(drop)
            }
        }
    }

    /// `reset()`.
    pub fn reset(&mut self, vm: &mut Vm) -> PyResult<()> {
        if let Some(translation) = &mut self.translation {
            translation.reset();
        }
        match &mut self.source {
            Source::Native(native) => {
                native.0.1.clear();
                Ok(())
            }
            Source::Python(decoder) => vm.call_method(decoder, &names::reset, &[]).map(drop),
        }
    }
}

fn decode_native(
    vm: &mut Vm,
    codec: TextCodec,
    pending: &mut Vec<u8>,
    view: BufferView,
    last: bool,
    errors: &str,
) -> PyResult<TextBuf> {
    let view = match pending.is_empty() {
        true => view,
        false => {
            let mut joined = pending.clone();
            joined.extend_from_slice(view.as_slice(vm));
            BufferView::of_bytes(&*vm.new_bytes(&joined)?)
        }
    };
    let data = view.as_slice(vm);
    if data.is_ascii() {
        pending.clear();
        return Ok(TextBuf::Ascii(data.to_vec()));
    }
    let len = view.len();
    let owner = view.owner().clone();
    let mut out = TextBuilder::with_capacity(len);
    let decoder: &mut dyn Decoding = match codec {
        TextCodec::Utf8 => &mut Utf8,
        TextCodec::Ascii => &mut Ascii,
        TextCodec::Latin1 => &mut Latin1,
    };
    let consumed = vm.decode_with(decoder, view, 0, last, &mut Errors::new(Some(errors)), &mut out)?;
    pending.clear();
    if consumed < len {
        let rest = vm.bytes_like(&owner)?;
        pending.extend_from_slice(&rest.as_slice(vm)[consumed..]);
    }
    Ok(out.finish())
}

/// An incremental encoder.
#[derive(Trace)]
pub enum Encoder {
    /// One that keeps no state.
    Native(#[trace(skip)] TextCodec),
    /// That of a codec.
    Python(Value),
}

impl Encoder {
    /// The same encoder: they carry no state of their own.
    pub fn share(&self) -> Encoder {
        match self {
            Encoder::Native(codec) => Encoder::Native(*codec),
            Encoder::Python(encoder) => Encoder::Python(encoder.clone()),
        }
    }

    /// Appends the bytes of a text.
    pub fn encode(&self, vm: &mut Vm, text: &Object<Str>, errors: &str, out: &mut Vec<u8>) -> PyResult<()> {
        let codec = match self {
            Encoder::Native(codec) => *codec,
            Encoder::Python(encoder) => {
                let bytes = vm.call_method(encoder, &names::encode, &[text.to_value()])?;
                let Some(bytes) = bytes.downcast::<Bytes>() else {
                    let kind = vm.type_name(&bytes);
                    return Err(vm.type_error(format_args!("encoder should return a bytes object, not '{kind}'")));
                };
                out.extend_from_slice(bytes.as_slice());
                return Ok(());
            }
        };
        match (text.view(), codec) {
            (TextView::Ascii(units), _) | (TextView::Latin1(units), TextCodec::Latin1) => {
                out.extend_from_slice(units);
                return Ok(());
            }
            _ => {}
        }
        let encoder: &mut dyn Encoding = match codec {
            TextCodec::Utf8 => &mut Utf8,
            TextCodec::Ascii => &mut Ascii,
            TextCodec::Latin1 => &mut Latin1,
        };
        vm.encode_with(encoder, text, &mut Errors::new(Some(errors)), out)
    }

    /// Back to the start of the stream, or to a place behind it, where no byte order mark goes.
    pub fn reset(&self, vm: &mut Vm, at_start: bool) -> PyResult<()> {
        match (self, at_start) {
            (Encoder::Native(_), _) => Ok(()),
            (Encoder::Python(encoder), true) => vm.call_method(encoder, &names::reset, &[]).map(drop),
            (Encoder::Python(encoder), false) => vm.call_method(encoder, &names::setstate, &[Value::from_i32(0)]).map(drop),
        }
    }
}
