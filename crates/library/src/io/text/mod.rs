//! `TextIOWrapper`: text over a buffered stream of bytes (`Modules/_io/textio.c`).
//!
//! | file | what |
//! |---|---|
//! | `codec.rs` | decoders and encoders |
//! | `init.rs` | setting up and reconfiguring |
//! | `read.rs`, `write.rs` | the algorithms |
//! | `position.rs` | `seek` and `tell`, whose cookies carry the decoder's state |
//! | `methods.rs` | the class's methods |

mod codec;
mod init;
mod methods;
mod position;
mod read;
mod write;

use std::cell::Cell;

use pvm_macros::pyclass;
use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::text::TextBuf;
use pvm_object::{Foreign, Heap, HeapCell, Object, PyResult, Raised, Ref, Value, Vm};

use super::base::{IoBase, TEXT_IO_BASE_TYPE, check_closed};
use super::buffered::{Buffered, BufferedRandom, BufferedReader, BufferedWriter};
use super::errors::{self, is_closed, plain};
use super::newlines::Newline;
use codec::{Decoder, Encoder};

pub use init::locale_encoding;
pub(super) use write::with_newlines;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Uninitialized,
    Ready,
    Detached,
}

/// Where decoding could start again: the decoder's flags there, and the bytes it has got since.
#[derive(pvm_macros::Trace)]
struct Snapshot {
    flags: u64,
    input: Ref<Bytes>,
}

/// TextIOWrapper(buffer, encoding=None, errors=None, newline=None,
///               line_buffering=False, write_through=False)
/// --
///
/// Characters and lines over a buffered stream of bytes.
///
/// The encoding is that of the locale without one, and errors are 'strict'. `newline` says what ends lines:
///
/// None
///   Every \n, \r and \r\n, all read as \n. What is written keeps its \n, which is the system's.
/// ''
///   The same, but they are read and written as they are.
/// '\n', '\r', '\r\n'
///   This alone in reading; in writing every \n becomes it.
///
/// With `line_buffering` what is written is flushed after each end of a line, with `write_through` nothing is kept back.
#[pyclass(
    name = "TextIOWrapper", module = "_io", extends = IoBase, base = TEXT_IO_BASE_TYPE, dict, weakref
)]
pub struct TextIoWrapper {
    base: IoBase,
    #[trace(skip)]
    status: Cell<Status>,
    buffer: HeapCell<Option<Value>>,
    encoding: HeapCell<Option<Ref<Str>>>,
    errors: HeapCell<Option<Ref<Str>>>,
    decoder: HeapCell<Option<Decoder>>,
    encoder: HeapCell<Option<Encoder>>,
    #[trace(skip)]
    newline: Cell<Newline>,
    line_buffering: Cell<bool>,
    write_through: Cell<bool>,
    seekable: Cell<bool>,
    /// Whether positions are kept track of; iterating turns it off.
    telling: Cell<bool>,
    has_read1: Cell<bool>,
    finalizing: Cell<bool>,
    chunk_size: Cell<usize>,
    /// Text that was decoded; the first `used` characters are given out.
    decoded: HeapCell<Foreign<TextBuf>>,
    used: Cell<usize>,
    /// Bytes that wait to be written.
    pending: HeapCell<Foreign<Vec<u8>>>,
    snapshot: HeapCell<Option<Snapshot>>,
    /// Bytes a character in the last chunk.
    ratio: Cell<f64>,
}

impl TextIoWrapper {
    fn unopened() -> TextIoWrapper {
        TextIoWrapper {
            base: IoBase::new(),
            status: Cell::new(Status::Uninitialized),
            buffer: HeapCell::new(None),
            encoding: HeapCell::new(None),
            errors: HeapCell::new(None),
            decoder: HeapCell::new(None),
            encoder: HeapCell::new(None),
            newline: Cell::new(Newline::Universal),
            line_buffering: Cell::new(false),
            write_through: Cell::new(false),
            seekable: Cell::new(false),
            telling: Cell::new(false),
            has_read1: Cell::new(false),
            finalizing: Cell::new(false),
            chunk_size: Cell::new(8192),
            decoded: HeapCell::new(Foreign(TextBuf::new())),
            used: Cell::new(0),
            pending: HeapCell::new(Foreign(Vec::new())),
            snapshot: HeapCell::new(None),
            ratio: Cell::new(0.0),
        }
    }

    #[cold]
    fn not_ready(&self, heap: &mut Heap) -> Raised {
        match self.status.get() {
            Status::Detached => heap.value_error(format_args!("underlying buffer has been detached")),
            _ => errors::uninitialized(heap),
        }
    }

    /// The buffer of a stream that is ready.
    fn attached(&self, vm: &mut Vm) -> PyResult {
        match (self.status.get(), self.buffer.get(vm)) {
            (Status::Ready, Some(buffer)) => Ok(buffer),
            _ => Err(self.not_ready(vm)),
        }
    }

    /// An error where the stream is closed.
    fn check_open(this: &Object<Self>, vm: &mut Vm, buffer: &Value) -> PyResult<()> {
        let value = this.to_value();
        if value.downcast_exact::<TextIoWrapper>().is_none() {
            return check_closed(vm, &value);
        }
        let closed = match native_buffer(buffer, &pvm_object::names::closed, vm) {
            Some(stream) => stream.closed(vm)?,
            None => is_closed(vm, buffer)?,
        };
        if closed { Err(errors::closed_file(vm)) } else { Ok(()) }
    }

    /// The buffer, where the stream is ready and open.
    fn open_buffer(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let buffer = this.attached(vm)?;
        TextIoWrapper::check_open(this, vm, &buffer)?;
        Ok(buffer)
    }

    fn set_decoded(&self, text: TextBuf, heap: &mut Heap) {
        self.decoded.set(Foreign(text), heap);
        self.used.set(0);
    }

    fn error_handler(&self, heap: &Heap) -> Option<Ref<Str>> {
        self.errors.get(heap)
    }

    /// Runs `body` with the decoder, which is out of its place meanwhile: decoding may run Python code.
    fn with_decoder<R>(&self, vm: &mut Vm, body: impl FnOnce(&mut Vm, &mut Decoder) -> PyResult<R>) -> PyResult<Option<R>> {
        let Some(mut decoder) = self.decoder.replace(None, vm) else {
            return Ok(None);
        };
        let result = body(vm, &mut decoder);
        self.decoder.set(Some(decoder), vm);
        result.map(Some)
    }

    /// Decodes bytes with the stream's decoder.
    fn decode(&self, vm: &mut Vm, input: &Value, last: bool) -> PyResult<TextBuf> {
        let errors = self.error_handler(vm);
        let errors = errors.as_ref().and_then(|errors| errors.as_str()).unwrap_or("strict");
        let text = self.with_decoder(vm, |vm, decoder| decoder.decode(vm, input, last, errors))?;
        text.ok_or_else(|| errors::unsupported(vm, "not readable"))
    }
}

/// The stream behind a native buffered object whose method `name` is the class's own.
fn native_buffer<'a>(buffer: &'a Value, name: &Object<Str>, heap: &Heap) -> Option<&'a Buffered> {
    if let Some(reader) = plain::<BufferedReader>(buffer, name, heap) {
        return Some(reader.stream());
    }
    if let Some(writer) = plain::<BufferedWriter>(buffer, name, heap) {
        return Some(writer.stream());
    }
    plain::<BufferedRandom>(buffer, name, heap).map(|random| random.stream())
}
