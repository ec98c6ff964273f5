//! Source text out of values, compiled to code objects on the heap.

use std::sync::Arc;

use pvm_compiler::ast::Mod;
use pvm_compiler::source::{Decoder, declared_encoding};
use pvm_compiler::symtable::SymbolTable;
use pvm_compiler::{CompileOptions, Mode, Source, compile_source, parse_source, symtable_source};
use pvm_object::bytes::Bytes;
use pvm_object::code::Code;
use pvm_object::str::Str;
use pvm_object::{PyResult, Ref, Value, Vm, exceptions, names};

use crate::codes;
use crate::compile_errors::{self, Warnings};

/// The flags of code objects for what they import from `__future__`.
pub const FUTURES: u32 = 0x1FE_0000;

/// Source as a program gave it.
pub enum Text {
    /// Text.
    Str(String),
    /// Bytes, whose encoding the source itself tells.
    Bytes(Vec<u8>),
    /// The bytes of a script that the command itself has read.
    Script(Vec<u8>),
}

/// The source in a value; `kinds` says in messages what is accepted.
pub fn text_of(vm: &mut Vm, source: &Value, function: &str, kinds: &str) -> PyResult<Text> {
    if let Some(text) = source.downcast::<Str>() {
        let Some(text) = text.as_str() else {
            return Err(vm.surrogates_not_allowed(text));
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
    Err(vm.type_error(format_args!("{function}() arg 1 must be a {kinds} object")))
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
        context: None,
    };
    compile_errors::raise(vm, pvm_compiler::error::CompileError::Syntax(Box::new(error)))
}

/// A path given as text, bytes or path object, as text.
pub fn path_text(vm: &mut Vm, path: &Value) -> PyResult<String> {
    if let Some(text) = path.downcast::<Str>() {
        return Ok(text.to_string_lossy().into_owned());
    }
    if let Some(method) = vm.find_special(path, &names::__fspath__)?.filter(|method| !method.is_none()) {
        let text = vm.call(&method, &[])?;
        return path_text(vm, &text);
    }
    if let Some(bytes) = path.downcast::<Bytes>() {
        return Ok(String::from_utf8_lossy(bytes.as_slice()).into_owned());
    }
    let kind = vm.type_name(path);
    Err(vm.type_error(format_args!("expected str, bytes or os.PathLike object, not {kind}")))
}

/// How source is compiled in this interpreter.
pub fn options(vm: &Vm, optimize: u8, flags: u32) -> CompileOptions {
    CompileOptions { optimize, flags, feature_version: None, max_str_digits: Some(vm.int_max_str_digits()) }
}

/// Tells those who audit the program of source that is about to be parsed; that of a script is not shown.
fn audit(vm: &mut Vm, text: &Text, filename: &str) -> PyResult<()> {
    if !crate::audit::is_heard(vm) {
        return Ok(());
    }
    let shown: Value = match text {
        Text::Str(text) => vm.new_bytes(text.as_bytes())?.into(),
        Text::Bytes(bytes) => vm.new_bytes(bytes)?.into(),
        Text::Script(_) => Value::none(),
    };
    let filename = vm.new_str(filename).into();
    crate::audit::event(vm, "compile", &[shown, filename])
}

/// Compiles source to a code object; warnings are issued, errors raised.
pub fn compile(vm: &mut Vm, text: &Text, filename: &str, mode: Mode, options: CompileOptions) -> PyResult<Ref<Code>> {
    audit(vm, text, filename)?;
    let decoded = decode(vm, text)?;
    let decoder = |_: &str, _: &[u8]| decoded.clone();
    let mut warnings = Warnings::new(vm, filename);
    let result = compile_source(compiler_source(text, &decoder), filename, mode, options, &mut warnings);
    let raw = warnings.finish(result)?;
    codes::from_raw(vm, Arc::new(raw))
}

/// Parses source to a tree; warnings are issued, errors raised.
pub fn parse(vm: &mut Vm, text: &Text, filename: &str, mode: Mode, options: CompileOptions) -> PyResult<Mod> {
    audit(vm, text, filename)?;
    let decoded = decode(vm, text)?;
    let decoder = |_: &str, _: &[u8]| decoded.clone();
    let mut warnings = Warnings::new(vm, filename);
    let result = parse_source(compiler_source(text, &decoder), filename, mode, options, &mut warnings);
    warnings.finish(result)
}

/// Finds the scopes of source; warnings are issued, errors raised.
pub fn symtable(vm: &mut Vm, text: &Text, filename: &str, mode: Mode) -> PyResult<SymbolTable> {
    audit(vm, text, filename)?;
    let decoded = decode(vm, text)?;
    let decoder = |_: &str, _: &[u8]| decoded.clone();
    let mut warnings = Warnings::new(vm, filename);
    let result = symtable_source(compiler_source(text, &decoder), filename, mode, CompileOptions::default(), &mut warnings);
    warnings.finish(result)
}

/// Source as the compiler takes it.
pub fn compiler_source<'a>(text: &'a Text, decoder: Decoder<'a>) -> Source<'a> {
    match text {
        Text::Str(text) => Source::Text(text),
        Text::Bytes(bytes) => Source::Bytes(bytes, decoder),
        Text::Script(bytes) => Source::Script(bytes, decoder),
    }
}

/// The text of bytes that declare an encoding which the compiler does not know itself; the message where they cannot be
/// decoded, `None` where the encoding is unknown or the compiler's business.
///
/// # Errors
/// What the codec raises, other than its complaints about the bytes.
pub fn decode(vm: &mut Vm, text: &Text) -> PyResult<Option<Result<String, String>>> {
    let (Text::Bytes(bytes) | Text::Script(bytes)) = text else { return Ok(None) };
    let Some((encoding, _)) = declared_encoding(bytes) else { return Ok(None) };
    let name = encoding.to_ascii_lowercase().replace('_', "-");
    if name == "utf-8" || name.starts_with("utf-8-") || !vm.codec_is_known(encoding) {
        return Ok(None);
    }
    // The declaration is read before the codec takes over, so that a script's positions count from behind it.
    let head = match text {
        Text::Script(_) => declaration_end(bytes, encoding),
        _ => 0,
    };
    let head_text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let input = vm.new_bytes(&bytes[head..])?;
    let decoded = vm.codec_decode_text(&input.into(), encoding, None);
    let is_complaint = |vm: &Vm| vm.pending_is(exceptions::VALUE_ERROR.get()) || vm.pending_is(exceptions::LOOKUP_ERROR.get());
    match decoded {
        Err(raised) if !is_complaint(vm) => Err(raised),
        Ok(decoded) => match decoded.downcast::<Str>().and_then(|text| text.as_str()) {
            Some(text) => Ok(Some(Ok(head_text + text))),
            None => Err(vm.type_error(format_args!("'{encoding}' decoder returned something other than text"))),
        },
        Err(raised) => {
            let error: Value = vm.catch(raised).into();
            let message = vm.str(&error)?.to_string();
            // `io` words it for those who open files.
            let message = message.split("; use ").next().unwrap_or_default().to_owned();
            Ok(Some(Err(message)))
        }
    }
}

/// Where the line ends that declares an encoding, if what is before it is ASCII.
fn declaration_end(bytes: &[u8], encoding: &str) -> usize {
    let name = bytes.windows(encoding.len().max(1)).position(|window| window == encoding.as_bytes()).unwrap_or(0);
    let end = bytes[name..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |newline| name + newline);
    if bytes[..end].is_ascii() { end } else { 0 }
}
