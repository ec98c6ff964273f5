//! `MultibyteCodec`: what `getcodec` gives.

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::codecs::errors::Errors;
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use super::coding::{Encoding, MultibyteDecoder, MultibyteEncoder, State};
use crate::parameters::{CText, OptionalText};

/// A codec of an encoding in which characters take several bytes.
#[pyclass(name = "MultibyteCodec", module = "_multibytecodec", final, no_export)]
pub struct MultibyteCodec {
    #[trace(skip)]
    encoding: Encoding,
}

/// The codec of an encoding, which is one of `names`.
pub fn find(vm: &mut Vm, encoding: &Value, names: &[&'static str]) -> PyResult<Ref<MultibyteCodec>> {
    let Some(name) = encoding.downcast::<Str>() else {
        return Err(vm.type_error(format_args!("encoding name must be a string.")));
    };
    let known = names.iter().find(|known| name.is_str(known)).and_then(|known| Encoding::of(known));
    match known {
        Some(encoding) => Ok(vm.alloc(MultibyteCodec { encoding })),
        None => Err(vm.lookup_error(format_args!("no such codec is supported."))),
    }
}

fn state_of(number: u64) -> State {
    number.to_le_bytes()
}

impl MultibyteCodec {
    /// Encodes a text from a state on: the bytes, how many characters are left over, and the new state.
    fn run_encoder(
        &self,
        vm: &mut Vm,
        text: &Object<Str>,
        errors: Option<&str>,
        state: State,
        last: bool,
    ) -> PyResult<(Ref<Bytes>, usize, State)> {
        let mut encoder = MultibyteEncoder { encoding: self.encoding, state, last, left: 0 };
        let mut out = Vec::new();
        vm.encode_with(&mut encoder, text, &mut Errors::new(errors), &mut out)?;
        if last {
            self.encoding.finish(&mut encoder.state, &mut out);
        }
        Ok((vm.new_bytes(&out)?, encoder.left, encoder.state))
    }

    /// Decodes bytes from a state on: the text, how many bytes were read, and the new state.
    fn run_decoder(
        &self,
        vm: &mut Vm,
        data: &Value,
        errors: Option<&str>,
        state: State,
        last: bool,
    ) -> PyResult<(Ref<Str>, usize, State)> {
        let view = vm.bytes_like(data)?;
        let len = view.len();
        let mut decoder = MultibyteDecoder { encoding: self.encoding, state };
        let mut out = TextBuilder::new();
        let consumed = vm.decode_with(&mut decoder, view, 0, last, &mut Errors::new(errors), &mut out)?;
        // A handler may have put other data in the place of these, whose length counts all the same.
        let consumed = if last { len } else { consumed };
        Ok((vm.str_from_builder(out)?, consumed, decoder.state))
    }
}

#[pymethods]
impl MultibyteCodec {
    /// Return an encoded string version of 'input'.
    ///
    /// 'errors' may be given to set a different error handling scheme. Default is
    /// 'strict' meaning that encoding errors raise a UnicodeEncodeError. Other possible
    /// values are 'ignore', 'replace' and 'xmlcharrefreplace' as well as any other name
    /// registered with codecs.register_error that can handle UnicodeEncodeErrors.
    #[signature = "(input, errors=None)"]
    fn encode(
        &self,
        vm: &mut Vm,
        input: &Value,
        #[default(OptionalText::NONE)] errors: OptionalText<'_>,
    ) -> PyResult<(Ref<Bytes>, usize)> {
        let text = match input.downcast::<Str>() {
            Some(text) => text.to_ref(),
            None => vm.str(input)?,
        };
        let (bytes, ..) = self.run_encoder(vm, &text, errors.0, self.encoding.encoding_start(), true)?;
        Ok((bytes, text.len()))
    }

    /// Decodes 'input'.
    ///
    /// 'errors' may be given to set a different error handling scheme. Default is
    /// 'strict' meaning that encoding errors raise a UnicodeDecodeError. Other possible
    /// values are 'ignore' and 'replace' as well as any other name registered with
    /// codecs.register_error that is able to handle UnicodeDecodeErrors."
    #[signature = "(input, errors=None)"]
    fn decode(
        &self,
        vm: &mut Vm,
        input: &Value,
        #[default(OptionalText::NONE)] errors: OptionalText<'_>,
    ) -> PyResult<(Ref<Str>, usize)> {
        let (text, consumed, _) = self.run_decoder(vm, input, errors.0, self.encoding.decoding_start(), true)?;
        Ok((text, consumed))
    }

    #[getter]
    fn _name(&self) -> &'static str {
        self.encoding.name
    }

    /// The state in the beginning, for the incremental classes.
    fn _start(&self, decoding: bool) -> u64 {
        let state = if decoding { self.encoding.decoding_start() } else { self.encoding.encoding_start() };
        u64::from_le_bytes(state)
    }

    /// Encode from a state on: the bytes, how many characters at the end wait for more, and the new state.
    fn _encode_from(
        &self,
        vm: &mut Vm,
        state: u64,
        input: &Object<Str>,
        errors: CText<'_>,
        last: bool,
    ) -> PyResult<(Ref<Bytes>, usize, u64)> {
        let (bytes, left, state) = self.run_encoder(vm, input, Some(errors.0), state_of(state), last)?;
        Ok((bytes, left, u64::from_le_bytes(state)))
    }

    /// Decode from a state on: the text, how many bytes were read, and the new state.
    fn _decode_from(
        &self,
        vm: &mut Vm,
        state: u64,
        input: &Value,
        errors: CText<'_>,
        last: bool,
    ) -> PyResult<(Ref<Str>, usize, u64)> {
        let (text, consumed, state) = self.run_decoder(vm, input, Some(errors.0), state_of(state), last)?;
        Ok((text, consumed, u64::from_le_bytes(state)))
    }

    /// The state of a decoder that is reset.
    fn _reset(&self, state: u64) -> u64 {
        let mut state = state_of(state);
        self.encoding.reset(&mut state);
        u64::from_le_bytes(state)
    }
}
