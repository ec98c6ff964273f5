//! Codecs and error handlers by name (CPython's `codecs.c`): search functions, the cache of what they found, handlers.

use std::cell::Cell;

use pvm_macros::pyclass;

use super::native::normalize;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::exceptions::BaseException;
use crate::list::List;
use crate::tuple::Tuple;
use crate::{Vm, names};

/// An interpreter's codecs and error handlers.
#[pyclass(name = "codec_registry", final)]
pub struct CodecRegistry {
    /// Functions from a normalized name to a codec or `None`.
    search_path: Ref<List>,
    /// Codecs found, by normalized name.
    cache: Ref<Dict>,
    /// Error handlers by name.
    errors: Ref<Dict>,
}

/// The place of an interpreter's registry.
#[derive(Default)]
pub(crate) struct CodecSlot(Cell<Option<Ref<CodecRegistry>>>);

impl CodecSlot {
    fn get(&self) -> Option<Ref<CodecRegistry>> {
        let registry = self.0.take();
        self.0.set(registry.clone());
        registry
    }

    fn set(&self, registry: Option<Ref<CodecRegistry>>) {
        drop(self.0.replace(registry));
    }

    /// Forgets the registry, at the end of the interpreter.
    pub(crate) fn clear(&self) {
        self.set(None);
    }
}

/// The two halves of a codec, as places in its tuple.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Encoder = 0,
    Decoder = 1,
}

impl Half {
    fn noun(self) -> &'static str {
        if self == Half::Encoder { "encoding" } else { "decoding" }
    }
}

impl Vm {
    /// The registry; made when it is first asked for, and then filled by importing `encodings`.
    fn codec_registry(&mut self) -> PyResult<Ref<CodecRegistry>> {
        if let Some(registry) = self.heap_state().codecs.get() {
            return Ok(registry);
        }
        let registry = CodecRegistry { search_path: self.new_list(), cache: self.new_dict(), errors: self.new_dict() };
        let registry = self.alloc(registry);
        self.heap_state().codecs.set(Some(registry.clone()));
        super::handlers::register_all(self, &registry.errors)?;
        if let Err(raised) = self.import("encodings") {
            self.heap_state().codecs.set(None);
            return Err(raised);
        }
        Ok(registry)
    }

    fn check_callable(&mut self, value: &Value, what: &str) -> PyResult<()> {
        match value.ty().slots().call() {
            Some(_) => Ok(()),
            None => Err(self.type_error(format_args!("{what} must be callable"))),
        }
    }

    /// `codecs.register(search_function)`.
    pub fn codec_register(&mut self, search: &Value) -> PyResult<()> {
        self.check_callable(search, "argument")?;
        let registry = self.codec_registry()?;
        Ok(registry.search_path.push(search.clone(), self)?)
    }

    /// `codecs.unregister(search_function)`: the function no longer searches, and what was found is forgotten.
    pub fn codec_unregister(&mut self, search: &Value) -> PyResult<()> {
        let registry = self.codec_registry()?;
        let Some(index) = registry.search_path.items(self).iter().position(|known| known.is(search)) else {
            return Ok(());
        };
        registry.cache.clear(self);
        let removed = registry.search_path.items_mut(self).remove(index);
        drop(removed);
        Ok(())
    }

    /// `codecs.lookup(encoding)`: the codec, a tuple of four.
    pub fn codec_lookup(&mut self, encoding: &str) -> PyResult<Ref<Tuple>> {
        let registry = self.codec_registry()?;
        let name = self.intern(&normalize(encoding));
        if let Some(known) = registry.cache.get_str(&name, self)
            && let Ok(codec) = known.downcast_into::<Tuple>()
        {
            return Ok(codec);
        }
        if registry.search_path.is_empty(self) {
            return Err(self.lookup_error(format_args!("no codec search functions registered: can't find encoding")));
        }
        let mut index = 0;
        while let Some(search) = registry.search_path.get(index, self) {
            index += 1;
            let found = self.call(&search, &[name.to_value()])?;
            if found.is_none() {
                continue;
            }
            match found.downcast_into::<Tuple>() {
                Ok(codec) if codec.len() == 4 => {
                    registry.cache.set_str(&name, codec.to_value(), self)?;
                    return Ok(codec);
                }
                _ => {
                    return Err(self.type_error(format_args!("codec search functions must return 4-tuples")));
                }
            }
        }
        Err(self.lookup_error(format_args!("unknown encoding: {encoding}")))
    }

    /// Whether some codec has this name (`PyCodec_KnownEncoding`).
    pub fn codec_is_known(&mut self, encoding: &str) -> bool {
        let known = self.codec_lookup(encoding).is_ok();
        if !known {
            drop(self.take_pending());
        }
        known
    }

    fn codec_half(&mut self, encoding: &str, half: Half) -> PyResult {
        let codec = self.codec_lookup(encoding)?;
        Ok(codec.as_slice()[half as usize].clone())
    }

    /// The half of a codec between text and bytes; others are refused (`_PyCodec_LookupTextEncoding`).
    fn text_codec_half(&mut self, encoding: &str, half: Half) -> PyResult {
        let codec = self.codec_lookup(encoding)?;
        if codec.as_value().downcast_exact::<Tuple>().is_none()
            && let Some(is_text) = self.find_attr(&codec.as_value(), &names::_is_text_encoding)?
            && !self.truth(&is_text)?
        {
            let instead = if half == Half::Encoder { "codecs.encode()" } else { "codecs.decode()" };
            return Err(
                self.lookup_error(format_args!("'{encoding}' is not a text encoding; use {instead} to handle arbitrary codecs"))
            );
        }
        Ok(codec.as_slice()[half as usize].clone())
    }

    fn call_codec(&mut self, function: &Value, object: &Value, errors: Option<&str>, encoding: &str, half: Half) -> PyResult {
        let mut args = vec![object.clone()];
        if let Some(errors) = errors {
            args.push(self.try_str(errors)?.into());
        }
        let result = match self.call(function, &args) {
            Ok(result) => result,
            Err(raised) => return Err(self.note_codec(raised, encoding, half)),
        };
        match result.downcast::<Tuple>() {
            Some(pair) if pair.len() == 2 => Ok(pair.as_slice()[0].clone()),
            _ => {
                let name = if half == Half::Encoder { "encoder" } else { "decoder" };
                Err(self.type_error(format_args!("{name} must return a tuple (object, integer)")))
            }
        }
    }

    /// Notes with the exception which codec failed.
    fn note_codec(&mut self, raised: Raised, encoding: &str, half: Half) -> Raised {
        let exception: Ref<BaseException> = self.catch(raised);
        let note = self.new_str(&format!("{} with '{encoding}' codec failed", half.noun()));
        let add_note = self.intern("add_note");
        if self.call_method(&exception.as_value(), &add_note, &[note.into()]).is_err() {
            drop(self.take_pending());
        }
        self.reraise(exception)
    }

    /// `codecs.encode(object, encoding, errors)`.
    pub fn codec_encode(&mut self, object: &Value, encoding: &str, errors: Option<&str>) -> PyResult {
        let function = self.codec_half(encoding, Half::Encoder)?;
        self.call_codec(&function, object, errors, encoding, Half::Encoder)
    }

    /// `codecs.decode(object, encoding, errors)`.
    pub fn codec_decode(&mut self, object: &Value, encoding: &str, errors: Option<&str>) -> PyResult {
        let function = self.codec_half(encoding, Half::Decoder)?;
        self.call_codec(&function, object, errors, encoding, Half::Decoder)
    }

    /// Encodes by a text encoding's codec.
    pub fn codec_encode_text(&mut self, text: &Value, encoding: &str, errors: Option<&str>) -> PyResult {
        let function = self.text_codec_half(encoding, Half::Encoder)?;
        self.call_codec(&function, text, errors, encoding, Half::Encoder)
    }

    /// Decodes by a text encoding's codec.
    pub fn codec_decode_text(&mut self, input: &Value, encoding: &str, errors: Option<&str>) -> PyResult {
        let function = self.text_codec_half(encoding, Half::Decoder)?;
        self.call_codec(&function, input, errors, encoding, Half::Decoder)
    }

    /// `codecs.register_error(name, handler)`.
    pub fn codec_register_error(&mut self, name: &str, handler: &Value) -> PyResult<()> {
        self.check_callable(handler, "handler")?;
        let registry = self.codec_registry()?;
        let name = self.intern(name);
        registry.errors.set_str(&name, handler.clone(), self)
    }

    /// `codecs._unregister_error(name)`: whether there was such a handler. Built-in ones stay.
    pub fn codec_unregister_error(&mut self, name: &str) -> PyResult<bool> {
        if crate::text::codecs::ErrorHandler::from_name(name).is_some() {
            return Err(self.value_error(format_args!("cannot un-register built-in error handler '{name}'")));
        }
        let registry = self.codec_registry()?;
        let name = self.intern(name);
        let removed = registry.errors.remove_str(&name, self);
        Ok(removed.is_some())
    }

    /// `codecs.lookup_error(name)`.
    pub fn codec_error_handler(&mut self, name: &str) -> PyResult {
        let registry = self.codec_registry()?;
        let key = self.try_str(name)?;
        match registry.errors.get_str(&key, self) {
            Some(handler) => Ok(handler),
            None => Err(self.lookup_error(format_args!("unknown error handler name '{name}'"))),
        }
    }
}
