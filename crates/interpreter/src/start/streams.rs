//! The standard streams: text over descriptors 0, 1 and 2, by way of the module `io` (`init_sys_streams`).

use pvm_object::{PyResult, Value, Vm, names};

use crate::interpreter::state;
use crate::sys;

/// One of the streams.
struct Stream {
    descriptor: i32,
    /// Its name in `sys`.
    name: &'static str,
    /// The name of the second reference to it that programs leave alone.
    original: &'static str,
    /// What its `name` says.
    shown: &'static str,
}

const STREAMS: [Stream; 3] = [
    Stream { descriptor: 0, name: "stdin", original: "__stdin__", shown: "<stdin>" },
    Stream { descriptor: 1, name: "stdout", original: "__stdout__", shown: "<stdout>" },
    Stream { descriptor: 2, name: "stderr", original: "__stderr__", shown: "<stderr>" },
];

/// Opens the streams, those of the process or none, and makes `open` a built-in function.
pub(super) fn open(vm: &mut Vm, from_process: bool) -> PyResult<()> {
    let io = vm.import("_io")?;
    let open = vm.intern("open");
    let open_function = vm.getattr(&io, &open)?;
    let builtins = state(vm).builtins_ref(vm);
    builtins.set_str(&open, open_function.clone(), vm)?;
    let encoding = codec_name(vm)?;
    for stream in &STREAMS {
        let value = match from_process && is_open(stream.descriptor) {
            true => open_one(vm, &io, &open_function, stream, &encoding)?,
            false => Value::none(),
        };
        sys::set(vm, stream.original, value.clone())?;
        sys::set(vm, stream.name, value)?;
    }
    Ok(())
}

/// The encoding of the streams by the name that its codec has (`config_get_codec_name`).
fn codec_name(vm: &mut Vm) -> PyResult {
    let encoding = state(vm).setup.config.stdio_encoding.clone();
    if encoding == "utf-8" {
        return Ok(vm.new_str(&encoding).into());
    }
    let codec = vm.codec_lookup(&encoding)?;
    vm.getattr(&codec.into(), &names::name)
}

fn is_open(descriptor: i32) -> bool {
    // SAFETY: asks only for the descriptor's flags.
    unsafe { libc::fcntl(descriptor, libc::F_GETFD) >= 0 }
}

/// Opens a stream (`create_stdio`).
fn open_one(vm: &mut Vm, io: &Value, open: &Value, stream: &Stream, encoding: &Value) -> PyResult {
    let config = state(vm).setup.config.clone();
    let writes = stream.descriptor != 0;
    let buffered = !(config.unbuffered && writes);
    let mode = vm.new_str(if writes { "wb" } else { "rb" });
    let none = Value::none();
    let binary = vm.call(
        open,
        &[
            Value::from_i32(stream.descriptor),
            mode.into(),
            Value::from_i32(if buffered { -1 } else { 0 }),
            none.clone(),
            none.clone(),
            none,
            Value::from_bool(false),
        ],
    )?;
    let raw_name = vm.intern("raw");
    let raw = if buffered { vm.getattr(&binary, &raw_name)? } else { binary.clone() };
    let shown = vm.new_str(stream.shown);
    vm.setattr(&raw, &names::name, &shown.into())?;
    let isatty = vm.intern("isatty");
    let terminal = vm.call_method(&raw, &isatty, &[])?;
    let terminal = vm.truth(&terminal)?;

    let errors = if stream.descriptor == 2 { "backslashreplace" } else { config.stdio_errors.as_str() };
    let (errors, newline) = (vm.new_str(errors), vm.new_str("\n"));
    let line_buffering = buffered && (terminal || stream.descriptor == 2);
    let class = vm.intern("TextIOWrapper");
    let class = vm.getattr(io, &class)?;
    let text = vm.call(
        &class,
        &[binary, encoding.clone(), errors.into(), newline.into(), Value::from_bool(line_buffering), Value::from_bool(!buffered)],
    )?;
    let (name, mode) = (vm.intern("mode"), vm.new_str(if writes { "w" } else { "r" }));
    vm.setattr(&text, &name, &mode.into())?;
    Ok(text)
}
