//! `_json`: the fast half of `json`.
//!
//! | file | what |
//! |---|---|
//! | `scanner.rs` | the decoder's scanner |
//! | `strings.rs` | strings, out of JSON and into it |
//! | `encoder.rs` | the encoder |

mod encoder;
mod keys;
mod scanner;
mod strings;

use pvm_object::exceptions::BaseException;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Raised, Value, Vm};

/// Raises `json.JSONDecodeError`.
#[cold]
fn decode_error(vm: &mut Vm, message: &str, document: &Object<Str>, position: usize) -> Raised {
    match make_error(vm, message, document, position) {
        Ok(error) => match error.downcast_into::<BaseException>() {
            Ok(exception) => vm.raise(exception),
            Err(_) => vm.type_error(format_args!("exceptions must derive from BaseException")),
        },
        Err(raised) => raised,
    }
}

fn make_error(vm: &mut Vm, message: &str, document: &Object<Str>, position: usize) -> PyResult {
    let name = vm.intern("JSONDecodeError");
    let class = vm.import_attr("json.decoder", &name)?;
    let (message, position) = (vm.new_str(message), vm.int(position as i64));
    vm.call(&class, &[message.into(), document.to_value(), position])
}

/// The string that an argument must be.
fn text_argument<'a>(vm: &mut Vm, value: &'a Value) -> PyResult<&'a Object<Str>> {
    match value.downcast::<Str>() {
        Some(text) => Ok(text),
        None => {
            let kind = vm.type_name(value);
            Err(vm.type_error(format_args!("first argument must be a string, not {kind}")))
        }
    }
}

#[pvm_macros::pymodule(name = "_json")]
pub mod native {
    //! The fast half of json.
    use pvm_macros::pyfunction;
    use pvm_object::str::Str;
    use pvm_object::text::TextBuilder;
    use pvm_object::{PyClass, PyResult, Ref, Value, Vm};

    use super::encoder::Encoder;
    use super::scanner::Scanner;
    use super::{strings, text_argument};

    #[constant]
    fn make_scanner() -> Value {
        Scanner::type_object().to_value()
    }

    #[constant]
    fn make_encoder() -> Value {
        Encoder::type_object().to_value()
    }

    /// encode_basestring_ascii(string) -> string
    ///
    /// The string as JSON, in ASCII.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    pub fn encode_basestring_ascii(vm: &mut Vm, object: &Value) -> PyResult<Ref<Str>> {
        let text = text_argument(vm, object)?;
        let mut out = TextBuilder::with_capacity(text.len() + 2);
        strings::encode(text.view(), true, &mut out);
        Ok(vm.str_from_builder(out)?)
    }

    /// encode_basestring(string) -> string
    ///
    /// The string as JSON.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    pub fn encode_basestring(vm: &mut Vm, object: &Value) -> PyResult<Ref<Str>> {
        let text = text_argument(vm, object)?;
        let mut out = TextBuilder::with_capacity(text.len() + 2);
        strings::encode(text.view(), false, &mut out);
        Ok(vm.str_from_builder(out)?)
    }

    /// scanstring(string, end, strict=True) -> (string, end)
    ///
    /// The string that a JSON string means. It begins at end, behind the opening quote; the other result is
    /// the place behind the closing quote. If strict is False, it may contain control characters.
    #[pyfunction]
    #[signature = "(string, end, strict=True, /)"]
    #[text_signature = ""]
    fn scanstring(vm: &mut Vm, string: &Value, end: isize, strict: bool) -> PyResult<(Ref<Str>, usize)> {
        let text = text_argument(vm, string)?;
        match usize::try_from(end).ok().filter(|&end| end <= text.len()) {
            Some(start) => strings::scan_text(text, start, strict, vm),
            None => Err(vm.value_error(format_args!("end is out of bounds"))),
        }
    }
}
