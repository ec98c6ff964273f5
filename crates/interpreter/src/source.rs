//! Source text out of values, compiled to code objects on the heap.

use std::sync::Arc;

use pvm_compiler::compile::{Source, compile_source};
use pvm_compiler::error::CompileWarning;
use pvm_compiler::{CompileOptions, Mode};
use pvm_object::code::Code;
use pvm_object::str::Str;
use pvm_object::{PyResult, Ref, Value, Vm, names};

use crate::{codes, compile_errors};

/// Source as a program gave it.
pub enum Text {
    /// Text.
    Str(String),
    /// Bytes, whose encoding the source itself tells.
    Bytes(Vec<u8>),
}

/// The source in a value; `kinds` says in messages what is accepted.
pub fn text_of(vm: &mut Vm, source: &Value, function: &str, kinds: &str) -> PyResult<Text> {
    if let Some(text) = source.downcast::<Str>() {
        let Some(text) = text.as_str() else {
            return Err(vm.value_error(format_args!("'utf-8' codec can't encode source: surrogates not allowed")));
        };
        if text.contains('\0') {
            return Err(null_bytes(vm));
        }
        return Ok(Text::Str(text.to_owned()));
    }
    if source.ty().slots().buffer().is_some() {
        let bytes = vm.to_bytes(source)?;
        if bytes.contains(&0) {
            return Err(null_bytes(vm));
        }
        return Ok(Text::Bytes(bytes));
    }
    let kind = vm.type_name(source);
    Err(vm.type_error(format_args!("{function}() arg 1 must be a {kinds} object, not {kind}")))
}

fn null_bytes(vm: &mut Vm) -> pvm_object::Raised {
    let error = pvm_compiler::error::SyntaxError {
        kind: pvm_compiler::error::SyntaxErrorKind::SyntaxError,
        message: "source code string cannot contain null bytes".to_owned(),
        filename: String::new(),
        lineno: -1,
        offset: -1,
        end_lineno: -1,
        end_offset: -1,
        text: None,
    };
    compile_errors::raise(vm, pvm_compiler::error::CompileError::Syntax(Box::new(error)), None)
}

/// A path given as text, bytes or path object, as text.
pub fn path_text(vm: &mut Vm, path: &Value) -> PyResult<String> {
    if let Some(text) = path.downcast::<Str>() {
        return Ok(text.to_string_lossy().into_owned());
    }
    if let Some(method) = vm.find_special(path, &names::__fspath__)? {
        let text = vm.call(&method, &[])?;
        return path_text(vm, &text);
    }
    if path.ty().slots().buffer().is_some() {
        return Ok(String::from_utf8_lossy(&vm.to_bytes(path)?).into_owned());
    }
    let kind = vm.type_name(path);
    Err(vm.type_error(format_args!("expected str, bytes or os.PathLike object, not {kind}")))
}

/// Compiles source to a code object; warnings are issued, errors raised.
pub fn compile(vm: &mut Vm, text: &Text, filename: &str, mode: Mode, options: CompileOptions) -> PyResult<Ref<Code>> {
    let mut warnings: Vec<CompileWarning> = Vec::new();
    let decoder = |encoding: &str, bytes: &[u8]| crate::source::decode(encoding, bytes);
    let source = match text {
        Text::Str(text) => Source::Text(text),
        Text::Bytes(bytes) => Source::Bytes(bytes, &decoder),
    };
    let compiled = compile_source(source, filename, mode, options, &mut warnings);
    for warning in &warnings {
        compile_errors::warn(vm, warning, filename)?;
    }
    match compiled {
        Ok(raw) => codes::from_raw(vm, Arc::new(raw)),
        Err(error) => {
            let plain = match text {
                Text::Str(text) => Some(text.clone()),
                Text::Bytes(bytes) => String::from_utf8(bytes.clone()).ok(),
            };
            Err(compile_errors::raise(vm, error, plain.as_deref()))
        }
    }
}

/// Decodes source in an encoding that the compiler does not know itself; `None` for unknown ones.
pub fn decode(encoding: &str, bytes: &[u8]) -> Option<Result<String, String>> {
    let _ = (encoding, bytes);
    None
}
