//! The built-in error handlers as functions that Python code can have: what `codecs.lookup_error` finds.

use pvm_macros::pyfunction;

use super::errors::name_of_character;
use crate::Vm;
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::exceptions::{BaseException, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, UNICODE_TRANSLATE_ERROR, UnicodeError};
use crate::module_def::ModuleItem;
use crate::native::MemberDef;
use crate::str::Str;
use crate::text::TextBuilder;
use crate::text::codecs::handlers::Refusal;
use crate::text::codecs::{CodecError, ErrorHandler, Replacement};
use crate::tuple::Tuple;

/// What an exception is about.
enum Subject {
    Text(Ref<Str>),
    /// Text being translated rather than encoded.
    Translated(Ref<Str>),
    Bytes(Ref<Bytes>),
}

fn unset(vm: &mut Vm, object: Option<Value>, kind: &str) -> Raised {
    match object {
        None => vm.type_error(format_args!("UnicodeError 'object' attribute is not set")),
        Some(_) => vm.type_error(format_args!("UnicodeError 'object' attribute must be a {kind}")),
    }
}

fn text_of(vm: &mut Vm, object: Option<Value>) -> PyResult<Ref<Str>> {
    match object {
        Some(object) => object.downcast_into::<Str>().map_err(|object| unset(vm, Some(object), "string")),
        None => Err(unset(vm, None, "string")),
    }
}

/// The exception, what it is about, and which part of that.
fn subject<'a>(vm: &mut Vm, exception: &'a Value) -> PyResult<Option<(&'a Object<UnicodeError>, Subject, CodecError)>> {
    let Some(error) = exception.downcast::<UnicodeError>() else {
        return Ok(None);
    };
    let class = exception.ty();
    let is = |vm: &Vm, base: &Object<crate::types::Type>| class.is_subclass_of(base, vm);
    let object = error.object(vm);
    let (subject, len) = if is(vm, UNICODE_ENCODE_ERROR.get()) {
        let text = text_of(vm, object)?;
        let len = text.len();
        (Subject::Text(text), len)
    } else if is(vm, UNICODE_TRANSLATE_ERROR.get()) {
        let text = text_of(vm, object)?;
        let len = text.len();
        (Subject::Translated(text), len)
    } else if is(vm, UNICODE_DECODE_ERROR.get()) {
        let bytes = match object.map(Value::downcast_into::<Bytes>) {
            Some(Ok(bytes)) => bytes,
            Some(Err(object)) => return Err(unset(vm, Some(object), "bytes")),
            None => return Err(unset(vm, None, "bytes")),
        };
        let len = bytes.len();
        (Subject::Bytes(bytes), len)
    } else {
        return Ok(None);
    };
    let range = error.range(len, vm);
    let error_range = CodecError { start: range.start.min(range.end), end: range.end, reason: "" };
    Ok(Some((error, subject, error_range)))
}

#[cold]
fn not_handled(vm: &mut Vm, exception: &Value) -> Raised {
    let kind = vm.type_name(exception);
    vm.type_error(format_args!("don't know how to handle {kind} in error callback"))
}

#[cold]
fn raise_again(vm: &mut Vm, exception: &Value) -> Raised {
    match exception.downcast::<BaseException>() {
        Some(exception) => vm.raise(exception.to_ref()),
        None => vm.type_error(format_args!("codec must pass exception instance")),
    }
}

fn refused(vm: &mut Vm, exception: &Value, refusal: Refusal) -> Raised {
    match refusal {
        Refusal::Raise => raise_again(vm, exception),
        Refusal::WrongKind => not_handled(vm, exception),
    }
}

/// Handles an exception with a built-in handler: the replacement and the position to go on from.
fn handle(vm: &mut Vm, exception: &Value, handler: ErrorHandler) -> PyResult<Ref<Tuple>> {
    let Some((error, subject, range)) = subject(vm, exception)? else {
        return Err(not_handled(vm, exception));
    };
    let encoding = match error.encoding(vm) {
        Some(encoding) => vm.str(&encoding)?.to_string(),
        None => String::new(),
    };
    let (replacement, next): (Value, usize) = match (subject, handler) {
        (Subject::Translated(_), ErrorHandler::Ignore) => (vm.new_str("").into(), range.end),
        (Subject::Translated(_), ErrorHandler::Replace) => {
            let mut out = TextBuilder::new();
            out.push_repeated(0xFFFD, range.end - range.start);
            (vm.str_from_builder(out)?.into(), range.end)
        }
        (Subject::Translated(text), ErrorHandler::BackslashReplace) | (Subject::Text(text), _) => {
            match handler.encode_error(&encoding, text.view(), range, &name_of_character) {
                Ok((Replacement::Text(text), next)) => (vm.str_from_buf(text)?.into(), next),
                Ok((Replacement::Bytes(bytes), next)) => (vm.new_bytes(&bytes)?.into(), next),
                Err(refusal) => return Err(refused(vm, exception, refusal)),
            }
        }
        (Subject::Translated(_), _) => return Err(not_handled(vm, exception)),
        (Subject::Bytes(bytes), _) => {
            let mut out = TextBuilder::new();
            match handler.decode_error(&encoding, bytes.as_slice(), range, &mut out) {
                Ok(next) => (vm.str_from_builder(out)?.into(), next),
                Err(refusal) => return Err(refused(vm, exception, refusal)),
            }
        }
    };
    let next = vm.int(next as i64);
    Ok(vm.try_tuple([replacement, next])?)
}

/// Raises the exception.
#[pyfunction(module = "codecs", name = "strict_errors")]
fn strict_errors(vm: &mut Vm, exception: &Value) -> PyResult<()> {
    Err(raise_again(vm, exception))
}

macro_rules! handlers {
    ($($function:ident $handler:ident $doc:literal;)*) => {
        $(
            #[doc = $doc]
            #[pyfunction(module = "codecs")]
            fn $function(vm: &mut Vm, exception: &Value) -> PyResult<Ref<Tuple>> {
                handle(vm, exception, ErrorHandler::$handler)
            }
        )*

        /// The handlers' names and functions.
        static TABLE: &[(ErrorHandler, ModuleItem)] = &[
            (ErrorHandler::Strict, strict_errors::PY_ITEM),
            $((ErrorHandler::$handler, $function::PY_ITEM)),*
        ];
    };
}

handlers! {
    ignore_errors Ignore "Leaves out what cannot be converted.";
    replace_errors Replace "Puts a replacement character in the place of what cannot be converted.";
    xmlcharrefreplace_errors XmlCharRefReplace "Puts XML character references in the place of what cannot be encoded.";
    backslashreplace_errors BackslashReplace "Puts backslash escapes in the place of what cannot be converted.";
    namereplace_errors NameReplace "Puts \\N{...} escapes in the place of what cannot be encoded.";
    surrogatepass SurrogatePass "Lets surrogates through.";
    surrogateescape SurrogateEscape "Hides bytes in surrogates, and takes them out again.";
}

/// Puts the built-in handlers into the table of all.
pub(super) fn register_all(vm: &mut Vm, errors: &Object<Dict>) -> PyResult<()> {
    for (handler, item) in TABLE {
        let ModuleItem::Member(MemberDef::Method(def)) = item else { unreachable!("handlers are functions") };
        let name = ErrorHandler::NAMES.iter().find(|(_, known)| known == handler).map_or("strict", |(name, _)| name);
        let name = vm.intern(name);
        let function = vm.new_native_function(def, Value::none(), None);
        errors.set_str(&name, function, vm)?;
    }
    Ok(())
}
