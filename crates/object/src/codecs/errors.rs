//! Errors in encoding and decoding: the loops of the codecs around their handlers, native ones and those written in Python.

use crate::Vm;
use crate::buffer::BufferView;
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::exceptions::{self, BaseException, UnicodeError};
use crate::str::Str;
use crate::text::codecs::handlers::{Failure, Refusal, encode};
use crate::text::codecs::{CodecError, Decoder, Encoder, ErrorHandler, Replacement};
use crate::text::{TextBuf, TextBuilder};
use crate::tuple::Tuple;

/// How errors are handled.
#[derive(Clone)]
enum Handler {
    Native(ErrorHandler),
    /// A callable that takes the exception.
    Python(Value),
}

/// The handler of a conversion's errors, looked up when the first one happens.
pub struct Errors<'a> {
    name: &'a str,
    handler: Option<Handler>,
}

impl<'a> Errors<'a> {
    /// The handler of this name; `strict` without one.
    pub fn new(name: Option<&'a str>) -> Errors<'a> {
        Errors { name: name.unwrap_or("strict"), handler: None }
    }

    fn handler(&mut self, vm: &mut Vm) -> PyResult<Handler> {
        if let Some(handler) = &self.handler {
            return Ok(handler.clone());
        }
        let handler = match ErrorHandler::from_name(self.name) {
            Some(native) => Handler::Native(native),
            None => Handler::Python(vm.codec_error_handler(self.name)?),
        };
        self.handler = Some(handler.clone());
        Ok(handler)
    }
}

/// The name of a character, for `namereplace`.
pub(crate) fn name_of_character(point: u32) -> Option<String> {
    unicode_names2::name(char::from_u32(point)?).map(|name| name.to_string())
}

#[cold]
fn wrong_kind(vm: &mut Vm, what: &str) -> Raised {
    vm.type_error(format_args!("don't know how to handle {what} in error callback"))
}

/// The position that a handler gave, which may count from the end.
fn checked_position(position: Option<isize>, len: usize, vm: &mut Vm) -> PyResult<usize> {
    let Some(position) = position else {
        return Err(vm.index_error(format_args!("position -1 from error handler out of bounds")));
    };
    let counted = if position < 0 { position.saturating_add_unsigned(len) } else { position };
    match usize::try_from(counted) {
        Ok(counted) if counted <= len => Ok(counted),
        _ => Err(vm.index_error(format_args!("position {position} from error handler out of bounds"))),
    }
}

impl Vm {
    /// Encodes a text, errors handled.
    pub fn encode_with(
        &mut self,
        encoder: &mut dyn Encoder,
        text: &Object<Str>,
        errors: &mut Errors<'_>,
        out: &mut Vec<u8>,
    ) -> PyResult<()> {
        let encoding = encoder.encoding();
        let mut from = 0;
        while let Err(error) = encoder.encode(text.view(), from, out) {
            let callback = match errors.handler(self)? {
                Handler::Python(callback) => callback,
                Handler::Native(handler) => {
                    return self.encode_native_errors(encoder, text, error, handler, out);
                }
            };
            let exception = self.new_unicode_encode_error(encoding, text, error.start..error.end, error.reason);
            let (replacement, next) = self.encode_callback(&callback, &exception, text.len(), encoder.bounds_positions())?;
            if !encoder.push_replacement(&replacement, out) {
                return Err(self.raise(exception));
            }
            from = next;
        }
        Ok(())
    }

    /// Goes on after an error with a handler that needs no Python code.
    fn encode_native_errors(
        &mut self,
        encoder: &mut dyn Encoder,
        text: &Object<Str>,
        first: CodecError,
        handler: ErrorHandler,
        out: &mut Vec<u8>,
    ) -> PyResult<()> {
        let encoding = encoder.encoding();
        if handler == ErrorHandler::Strict {
            return Err(self.unicode_encode_error(encoding, text, first.start..first.end, first.reason));
        }
        // The handlers' own loop starts where the error is.
        let mut rest = Vec::new();
        let result = encode(encoder, text.view().slice_from(first.start), handler, &name_of_character, &mut rest);
        out.append(&mut rest);
        match result {
            Ok(()) => Ok(()),
            Err(Failure::Error(error)) => {
                let (start, end) = (error.start + first.start, error.end + first.start);
                Err(self.unicode_encode_error(encoding, text, start..end, error.reason))
            }
            Err(Failure::WrongKind) => Err(wrong_kind(self, "UnicodeEncodeError")),
        }
    }

    /// Calls a handler for an error in encoding a text of `len` characters.
    fn encode_callback(
        &mut self,
        callback: &Value,
        exception: &Ref<BaseException>,
        len: usize,
        bounds: bool,
    ) -> PyResult<(Replacement, usize)> {
        let result = self.call(callback, &[exception.to_value()])?;
        let expected = "encoding error handler must return (str/bytes, int) tuple";
        let (replacement, position) = self.handler_result(&result, expected, bounds)?;
        let replacement = if let Some(text) = replacement.downcast::<Str>() {
            Replacement::Text(text.view().to_buf())
        } else if let Some(bytes) = replacement.downcast::<Bytes>() {
            Replacement::Bytes(bytes.as_slice().to_vec())
        } else {
            return Err(self.type_error(format_args!("{expected}")));
        };
        Ok((replacement, checked_position(position, len, self)?))
    }

    /// The replacement and the position to go on from; without one where it is no machine word and the codec `bounds` it.
    fn handler_result(&mut self, result: &Value, expected: &str, bounds: bool) -> PyResult<(Value, Option<isize>)> {
        if let Some(tuple) = result.downcast::<Tuple>()
            && let [replacement, position] = tuple.as_slice()
        {
            if position.as_int().is_none() && position.ty().slots().index().is_none() {
                return Err(self.type_error(format_args!("{expected}")));
            }
            let position = self.index_isize(position);
            return match self.ok_unless(position, exceptions::OVERFLOW_ERROR.get())? {
                None if !bounds => Err(self.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
                position => Ok((replacement.clone(), position)),
            };
        }
        Err(self.type_error(format_args!("{expected}")))
    }

    /// Decodes from the byte `from` on, errors handled; gives the number of bytes consumed, all of them if `last`.
    pub fn decode_with(
        &mut self,
        decoder: &mut dyn Decoder,
        mut input: BufferView,
        mut from: usize,
        last: bool,
        errors: &mut Errors<'_>,
        out: &mut TextBuilder,
    ) -> PyResult<usize> {
        let encoding = decoder.encoding();
        loop {
            let error = match decoder.decode(input.as_slice(self), from, last, out) {
                Ok(consumed) => return Ok(consumed),
                Err(error) => error,
            };
            match errors.handler(self)? {
                Handler::Native(handler) => {
                    from = match handler.decode_error(encoding, input.as_slice(self), error, out) {
                        Ok(next) => next,
                        Err(Refusal::WrongKind) => {
                            return Err(wrong_kind(self, "UnicodeDecodeError"));
                        }
                        Err(Refusal::Raise) => {
                            let exception = self.decode_exception(encoding, &input, error)?;
                            return Err(self.raise(exception));
                        }
                    };
                }
                Handler::Python(callback) => {
                    let exception = self.decode_exception(encoding, &input, error)?;
                    let (text, position) = self.decode_callback(&callback, &exception, decoder.bounds_positions())?;
                    // The handler may have put other bytes into the exception.
                    let object = exception.as_value().downcast::<UnicodeError>().and_then(|error| error.object(self));
                    let Some(bytes) = object.as_ref().and_then(|object| object.downcast::<Bytes>()) else {
                        return Err(match object {
                            Some(_) => self.type_error(format_args!("UnicodeError 'object' attribute must be a bytes")),
                            None => self.type_error(format_args!("UnicodeError 'object' attribute is not set")),
                        });
                    };
                    input = BufferView::of_bytes(bytes);
                    from = checked_position(position, input.len(), self)?;
                    out.push_view(text.view());
                }
            }
        }
    }

    /// The exception for an error in decoding.
    fn decode_exception(&mut self, encoding: &str, input: &BufferView, error: CodecError) -> PyResult<Ref<BaseException>> {
        let object = match input.owner().downcast_exact::<Bytes>() {
            Some(bytes) if bytes.len() == input.len() => bytes.to_ref(),
            _ => self.bytes_of_view(input)?,
        };
        Ok(self.new_unicode_decode_error(encoding, object.into(), error.start..error.end, error.reason))
    }

    fn decode_callback(
        &mut self,
        callback: &Value,
        exception: &Ref<BaseException>,
        bounds: bool,
    ) -> PyResult<(TextBuf, Option<isize>)> {
        let result = self.call(callback, &[exception.to_value()])?;
        let expected = "decoding error handler must return (str, int) tuple";
        let (text, position) = self.handler_result(&result, expected, bounds)?;
        match text.downcast::<Str>() {
            Some(text) => Ok((text.view().to_buf(), position)),
            None => Err(self.type_error(format_args!("{expected}"))),
        }
    }
}
