//! `open`, `open_code`, `text_encoding`.

use pvm_macros::pyfunction;
use pvm_object::str::Str;
use pvm_object::{Object, PyClass, PyResult, Value, Vm, exceptions, names};

use super::buffered::{BufferedRandom, BufferedReader, BufferedWriter};
use super::errors::call0;
use super::fileio::FileIo;
use super::text::TextIoWrapper;
use super::{DEFAULT_BUFFER_SIZE, interpreter_flag};
use crate::parameters::{CText, OptionalText};
use crate::paths;

/// The letters of a mode.
#[derive(Default)]
struct OpenMode {
    creating: bool,
    reading: bool,
    writing: bool,
    appending: bool,
    updating: bool,
    text: bool,
    binary: bool,
}

impl OpenMode {
    /// The letters, none of them twice; `None` for others.
    fn parse(mode: &str) -> Option<OpenMode> {
        let mut parsed = OpenMode::default();
        for c in mode.chars() {
            let letter = match c {
                'x' => &mut parsed.creating,
                'r' => &mut parsed.reading,
                'w' => &mut parsed.writing,
                'a' => &mut parsed.appending,
                '+' => &mut parsed.updating,
                't' => &mut parsed.text,
                'b' => &mut parsed.binary,
                _ => return None,
            };
            if std::mem::replace(letter, true) {
                return None;
            }
        }
        Some(parsed)
    }

    /// The mode of the raw stream.
    fn raw(&self) -> String {
        let letters =
            [(self.creating, 'x'), (self.reading, 'r'), (self.writing, 'w'), (self.appending, 'a'), (self.updating, '+')];
        letters.iter().filter(|(given, _)| *given).map(|(_, letter)| *letter).collect()
    }

    /// What is wrong with the mode and the other arguments.
    fn fault(&self, encoding: bool, errors: bool, newline: bool) -> Option<&'static str> {
        let kinds = [self.creating, self.reading, self.writing, self.appending];
        let faults = [
            (self.text && self.binary, "can't have text and binary mode at once"),
            (kinds.iter().filter(|given| **given).count() > 1, "must have exactly one of create/read/write/append mode"),
            (self.binary && encoding, "binary mode doesn't take an encoding argument"),
            (self.binary && errors, "binary mode doesn't take an errors argument"),
            (self.binary && newline, "binary mode doesn't take a newline argument"),
        ];
        faults.iter().find(|(applies, _)| *applies).map(|(_, message)| *message)
    }
}

/// Open a file and return a stream of it.
///
/// `file` is a path or a file descriptor. `mode` is one of 'r' (read, the default), 'w' (write, from the start), 'x' (create;
/// the file must not exist) and 'a' (append); a '+' adds the other of reading and writing; 'b' makes a stream of bytes, 't'
/// one of text.
///
/// `buffering` is 0 for none (bytes only), 1 for lines (text only), or the size of the buffer; without it blocks are
/// buffered, and lines on a terminal. `encoding`, `errors` and `newline` are for text, as `TextIOWrapper` takes them.
///
/// With `closefd=False` a given descriptor stays open when the stream is closed. `opener` is called with the path and the
/// flags, and returns a descriptor.
#[pyfunction(module = "_io")]
#[signature = "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)"]
#[text_signature = "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)"]
#[allow(clippy::too_many_arguments)]
pub fn open(
    vm: &mut Vm,
    file: &Value,
    #[default(CText("r"))] mode: CText<'_>,
    buffering: i32,
    #[default(OptionalText::NONE)] encoding: OptionalText<'_>,
    #[default(OptionalText::NONE)] errors: OptionalText<'_>,
    #[default(OptionalText::NONE)] newline: OptionalText<'_>,
    closefd: bool,
    opener: Option<&Value>,
) -> PyResult {
    let path = match file.as_int() {
        Some(_) => file.clone(),
        None => paths::fspath(vm, file)?,
    };
    let Some(parsed) = OpenMode::parse(mode.0) else {
        return Err(vm.value_error(format_args!("invalid mode: '{}'", mode.0)));
    };
    let fault = parsed.fault(encoding.0.is_some(), errors.0.is_some(), newline.0.is_some());
    if let Some(fault) = fault {
        return Err(vm.value_error(format_args!("{fault}")));
    }
    if parsed.binary && buffering == 1 {
        vm.warn(
            &exceptions::RUNTIME_WARNING,
            "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
            1,
        )?;
    }
    let raw_mode = vm.new_str(&parsed.raw());
    let raw = vm.call(
        &FileIo::TYPE.to_value(),
        &[path, raw_mode.into(), Value::from_bool(closefd), opener.cloned().unwrap_or_else(Value::none)],
    )?;
    let arguments = TextArguments { encoding: encoding.0, errors: errors.0, newline: newline.0 };
    let mut result = raw.clone();
    match wrap(vm, &raw, &mut result, &parsed, mode.0, buffering, &arguments) {
        Ok(()) => Ok(result),
        Err(raised) => {
            let exception = vm.catch(raised);
            let closed = call0(vm, &result, &names::close);
            Err(super::chain(vm, closed.map(drop), exception))
        }
    }
}

struct TextArguments<'a> {
    encoding: Option<&'a str>,
    errors: Option<&'a str>,
    newline: Option<&'a str>,
}

/// Puts buffer and text stream around the raw one; `result` is what is to be closed should that fail.
fn wrap(
    vm: &mut Vm,
    raw: &Value,
    result: &mut Value,
    parsed: &OpenMode,
    mode: &str,
    mut buffering: i32,
    arguments: &TextArguments<'_>,
) -> PyResult<()> {
    let Some(file) = raw.downcast::<FileIo>() else {
        return Ok(());
    };
    let mut line_buffering = false;
    if buffering < 0 && file.is_terminal_at_open(vm)? || buffering == 1 {
        buffering = -1;
        line_buffering = true;
    }
    let size = match buffering {
        0 if parsed.binary => return Ok(()),
        0 => return Err(vm.value_error(format_args!("can't have unbuffered text I/O"))),
        size if size > 0 => size as i64,
        _ => file.block_size().min(8 << 20).max(DEFAULT_BUFFER_SIZE as i64),
    };
    let class = if parsed.updating {
        BufferedRandom::TYPE
    } else if parsed.creating || parsed.writing || parsed.appending {
        BufferedWriter::TYPE
    } else {
        BufferedReader::TYPE
    };
    let size = vm.int(size);
    *result = vm.call(&class.to_value(), &[raw.clone(), size])?;
    if parsed.binary {
        return Ok(());
    }
    let optional = |text: Option<&str>, vm: &mut Vm| match text {
        Some(text) => vm.new_str(text).into(),
        None => Value::none(),
    };
    let arguments = [
        result.clone(),
        optional(arguments.encoding, vm),
        optional(arguments.errors, vm),
        optional(arguments.newline, vm),
        Value::from_bool(line_buffering),
    ];
    *result = vm.call(&TextIoWrapper::TYPE.to_value(), &arguments)?;
    let mode = vm.new_str(mode).into();
    vm.setattr(result, &names::mode, &mode)
}

/// Open a file that holds code, to be run.
#[pyfunction(module = "_io")]
#[signature = "(path)"]
pub fn open_code(vm: &mut Vm, path: &Object<Str>) -> PyResult {
    open(vm, &path.to_value(), CText("rb"), -1, OptionalText::NONE, OptionalText::NONE, OptionalText::NONE, true, None)
}

/// The encoding argument to pass on: itself, or the default, about which a warning can be had.
///
/// The default is "locale", or "utf-8" in UTF-8 mode. `stacklevel` says whose fault the warning is.
#[pyfunction(module = "_io")]
#[signature = "(encoding, stacklevel=2, /)"]
pub fn text_encoding(vm: &mut Vm, encoding: &Value, stacklevel: i32) -> PyResult {
    if !encoding.is_none() {
        return Ok(encoding.clone());
    }
    if interpreter_flag(vm, "warn_default_encoding")? {
        let level = usize::try_from(stacklevel).unwrap_or(1);
        vm.warn(&exceptions::ENCODING_WARNING, "'encoding' argument not specified", level)?;
    }
    let default = if interpreter_flag(vm, "utf8_mode")? { "utf-8" } else { "locale" };
    Ok(vm.new_str(default).into())
}
