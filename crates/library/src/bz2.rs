//! `_bz2`: compression by bzip2.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, HeapCell, PyResult, Raised, Ref, Value, Vm, exceptions};

use crate::parameters::bytes_of_buffer;
use crate::system::{BzipError, BzipStep, BzipStream};
use crate::zlib::{CHUNK, Intake, Output, intake_members, piece};

#[pvm_macros::pymodule(name = "_bz2")]
pub mod native {
    #[export]
    use super::{Compressor, Decompressor};
}

/// The exception of a stream that stopped (`catch_bz2_error`).
#[cold]
fn raise(vm: &mut Vm, error: BzipError) -> Raised {
    let plain = |vm: &mut Vm, text: &str| vm.raise_message(&exceptions::OS_ERROR, format_args!("{text}"));
    match error.0 {
        -2 => vm.value_error(format_args!("Internal error - invalid parameters passed to libbzip2")),
        -3 => vm.memory_error(),
        -4 | -5 => plain(vm, "Invalid data stream"),
        -6 => plain(vm, "Unknown I/O error"),
        -7 => vm.eof_error(format_args!("Compressed file ended before the logical end-of-stream was detected")),
        -1 => vm.runtime_error(format_args!("Internal error - Invalid sequence of commands sent to libbzip2")),
        code => plain(vm, &format!("Unrecognized error from libbzip2: {code}")),
    }
}

/// Steps until the input is read and the output is out, or to the stream's end: what was read, and whether that came.
fn run(stream: &mut BzipStream, input: &[u8], output: &mut Output, finish: bool) -> Result<(usize, bool), BzipError> {
    let mut total = 0;
    // To go on with nothing is an error of the library's.
    if input.is_empty() && stream.compresses() && !finish {
        return Ok((0, false));
    }
    while output.make_room() {
        let piece = piece(&input[total..]);
        let last = total + piece.len() == input.len();
        let BzipStep { read, written, ended } = stream.step(piece, output.room(), finish && last)?;
        total += read;
        output.advance(written);
        let idle = total == input.len() && !finish && !output.is_full();
        if ended || idle || output.at_limit() {
            return Ok((total, ended));
        }
        // Nothing more comes of what is there.
        if read == 0 && written == 0 && !finish {
            return Ok((total, false));
        }
    }
    Ok((total, false))
}

/// BZ2Compressor(compresslevel=9, /)
/// --
///
/// Create a compressor object for compressing data incrementally.
///
///   compresslevel
///     Compression level, as a number between 1 and 9.
///
/// For one-shot compression, use the compress() function instead.
#[pyclass(name = "BZ2Compressor", module = "_bz2")]
pub struct Compressor {
    stream: HeapCell<Foreign<BzipStream>>,
    flushed: Cell<bool>,
}

#[pymethods]
impl Compressor {
    #[new]
    #[signature = "(compresslevel=9, /)"]
    fn new(vm: &mut Vm, compresslevel: i32) -> PyResult<Compressor> {
        if !(1..=9).contains(&compresslevel) {
            return Err(vm.value_error(format_args!("compresslevel must be between 1 and 9")));
        }
        let stream = BzipStream::compressor(compresslevel).map_err(|error| raise(vm, error))?;
        Ok(Compressor { stream: HeapCell::new(Foreign(stream)), flushed: Cell::new(false) })
    }

    /// compress($self, data, /)
    /// --
    ///
    /// Provide data to the compressor object.
    ///
    ///   data
    ///
    /// Returns a chunk of compressed data if possible, or b'' otherwise.
    ///
    /// When you have finished providing data to the compressor, call the
    /// flush() method to finish the compression process.
    fn compress(&self, vm: &mut Vm, data: &Value) -> PyResult<Ref<Bytes>> {
        let data = bytes_of_buffer(data, vm)?;
        if self.flushed.get() {
            return Err(vm.value_error(format_args!("Compressor has been flushed")));
        }
        let mut output = Output::new(CHUNK, None);
        let result = run(self.stream.borrow_mut(vm), data.as_slice(), &mut output, false);
        result.map_err(|error| raise(vm, error))?;
        output.finish(vm)
    }

    /// Finish the compression process.
    ///
    /// Returns the compressed data left in internal buffers.
    ///
    /// The compressor object may not be used after this method is called.
    fn flush(&self, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        if self.flushed.replace(true) {
            return Err(vm.value_error(format_args!("Repeated call to flush()")));
        }
        let mut output = Output::new(CHUNK, None);
        let result = run(self.stream.borrow_mut(vm), &[], &mut output, true);
        result.map_err(|error| raise(vm, error))?;
        output.finish(vm)
    }
}

/// BZ2Decompressor()
/// --
///
/// Create a decompressor object for decompressing data incrementally.
///
/// For one-shot decompression, use the decompress() function instead.
#[pyclass(name = "BZ2Decompressor", module = "_bz2", parts(intake))]
pub struct Decompressor {
    stream: HeapCell<Foreign<BzipStream>>,
    intake: Intake,
    /// Whether the data was found damaged.
    failed: Cell<bool>,
}

intake_members!(Decompressor);

#[pymethods]
impl Decompressor {
    #[new]
    #[signature = "()"]
    fn new(vm: &mut Vm) -> PyResult<Decompressor> {
        let stream = BzipStream::decompressor().map_err(|error| raise(vm, error))?;
        Ok(Decompressor { stream: HeapCell::new(Foreign(stream)), intake: Intake::new(vm)?, failed: Cell::new(false) })
    }

    /// decompress($self, /, data, max_length=-1)
    /// --
    ///
    /// Decompress *data*, returning uncompressed data as bytes.
    ///
    /// If *max_length* is nonnegative, returns at most *max_length* bytes of
    /// decompressed data. If this limit is reached and further output can be
    /// produced, *self.needs_input* will be set to ``False``. In this case, the next
    /// call to *decompress()* may provide *data* as b'' to obtain more of the output.
    ///
    /// If all of the input data was decompressed and returned (either because this
    /// was less than *max_length* bytes, or because *max_length* was negative),
    /// *self.needs_input* will be set to True.
    ///
    /// Attempting to decompress data after the end of stream is reached raises an
    /// EOFError.  Any data found after the end of the stream is ignored and saved in
    /// the unused_data attribute.
    fn decompress(&self, vm: &mut Vm, data: &Value, max_length: isize) -> PyResult<Ref<Bytes>> {
        let input = self.intake.take(vm, data, "End of stream already reached")?;
        if self.failed.get() {
            return Err(vm.value_error(format_args!("Decompressor is unusable after a previous error")));
        }
        let mut output = Output::new(CHUNK, usize::try_from(max_length).ok());
        let (read, ended) = match run(self.stream.borrow_mut(vm), &input, &mut output, false) {
            Ok(done) => done,
            Err(error) => {
                self.intake.fail();
                self.failed.set(true);
                return Err(raise(vm, error));
            }
        };
        self.intake.keep(vm, input, read, ended, false)?;
        output.finish(vm)
    }
}
