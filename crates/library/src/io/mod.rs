//! `_io`: streams of bytes and text.
//!
//! | file | what |
//! |---|---|
//! | `base.rs` | `_IOBase` and the bases of the three kinds of streams |
//! | `fileio.rs` | raw streams of file descriptors |
//! | `buffered/` | buffered streams of bytes |
//! | `bytesio.rs`, `stringio.rs` | streams in memory |
//! | `newlines.rs` | ends of lines: translating and finding them |
//! | `text/` | `TextIOWrapper` |
//! | `open.rs` | `open` and what belongs to it |
//! | `errors.rs` | errors, and small things that all streams share |

pub mod base;
pub mod buffered;
mod bytesio;
pub mod errors;
pub mod fileio;
mod newline_decoder;
mod newlines;
pub mod open;
mod stringio;
pub mod text;

use pvm_macros::pymodule;
use pvm_object::exceptions::{self, BaseException};
use pvm_object::{PyResult, Raised, Ref, Value, Vm};

/// The usual size of buffers, in bytes.
pub const DEFAULT_BUFFER_SIZE: isize = 131_072;

/// The exception of the second of two steps that both must run, where the first one failed with `first`
/// (`_PyErr_ChainExceptions1`).
pub fn chain(vm: &mut Vm, second: PyResult<()>, first: Ref<BaseException>) -> Raised {
    match second {
        Ok(()) => vm.reraise(first),
        Err(raised) => {
            let exception = vm.catch(raised);
            exception.set_context(Some(first), vm);
            vm.reraise(exception)
        }
    }
}

/// A flag of `sys.flags`; false where there is no `sys` yet.
pub fn interpreter_flag(vm: &mut Vm, name: &str) -> PyResult<bool> {
    let flags = vm.intern("flags");
    let Ok(flags) = vm.import_attr("sys", &flags) else {
        drop(vm.take_pending());
        return Ok(false);
    };
    let name = vm.intern(name);
    match vm.find_attr(&flags, &name)? {
        Some(flag) => vm.truth(&flag),
        None => Ok(false),
    }
}

/// A `memoryview` of an object.
pub fn memory_view(vm: &mut Vm, object: &Value) -> PyResult {
    Ok(vm.memoryview(object)?.into())
}

/// Warns that nobody closed a file. A filter that makes it an error has it reported; a finaliser cannot raise.
pub fn warn_unclosed(vm: &mut Vm, source: &Value) {
    warn_unclosed_as(vm, source, "unclosed file");
}

/// As [`warn_unclosed`], in other words.
pub fn warn_unclosed_as(vm: &mut Vm, source: &Value, words: &str) {
    let pending = vm.take_pending();
    let warned = match vm.repr(source) {
        Ok(repr) => vm.warn(&exceptions::RESOURCE_WARNING, &format!("{words} {repr}"), 1),
        Err(raised) => Err(raised),
    };
    if let Err(raised) = warned {
        match vm.pending_is(&exceptions::WARNING) {
            true => vm.report_unraisable(raised, None, Some(source)),
            false => drop(vm.catch(raised)),
        }
    }
    vm.restore_pending(pending);
}

#[pymodule(name = "_io")]
pub mod module {
    //! The streams of bytes and text, and `open`.
    //!
    //! `_IOBase` is what all of them have. Raw streams read and write bytes without a buffer, buffered ones put one around a
    //! raw stream, and text streams put an encoding around a buffered one.

    use pvm_object::{PyResult, Value, Vm, exceptions};

    #[export]
    use super::base::{BufferedIoBase, IoBase, RawIoBase, TextIoBase};
    #[export]
    use super::buffered::{BufferedRandom, BufferedReader, BufferedRwPair, BufferedWriter};
    #[export]
    use super::bytesio::{BytesIo, BytesIoBuffer};
    #[export]
    use super::fileio::FileIo;
    #[export]
    use super::newline_decoder::IncrementalNewlineDecoder;
    #[export]
    use super::open::{open, open_code, text_encoding};
    #[export]
    use super::stringio::StringIo;
    #[export]
    use super::text::TextIoWrapper;

    #[constant]
    #[name = "DEFAULT_BUFFER_SIZE"]
    const BUFFER_SIZE: i64 = super::DEFAULT_BUFFER_SIZE as i64;

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        // These have no place among a module's classes: one has two bases, the other is a built-in one.
        for class in [&super::errors::UNSUPPORTED_OPERATION, &exceptions::BLOCKING_IO_ERROR] {
            let name = vm.intern(class.short_name());
            vm.setattr(module, &name, &class.to_value())?;
        }
        Ok(())
    }
}
