//! `zlib`: compression by deflate, and checksums.
//!
//! | file | what |
//! |---|---|
//! | `stream.rs` | zlib's streams behind safe functions |
//! | `compress.rs` | `compress`, `compressobj` |
//! | `decompress.rs` | `decompress`, `decompressobj` |
//! | `decompressor.rs` | `_ZlibDecompressor` |
//! | `intake.rs` | what decompressors keep of their input |

mod compress;
mod decompress;
mod decompressor;
mod intake;
mod stream;

use libz_rs_sys as z;
use pvm_macros::pyclass;
use pvm_object::bytes::Bytes;
use pvm_object::heap::{self, HeapVec};
use pvm_object::{PyResult, Raised, Ref, Vm};

pub use intake::Intake;
pub(crate) use intake::intake_members;
use stream::Failure;
pub use stream::{adler32, crc32};

/// Something is wrong with data or options.
#[pyclass(exception, name = "error", module = "zlib")]
pub struct ZlibError;

/// Raises `zlib.error`; without memory, `MemoryError`.
#[cold]
fn zlib_error(vm: &mut Vm, failure: Failure, doing: &str) -> Raised {
    vm.raise_message(ZLIB_ERROR_TYPE.get(), format_args!("{}", failure.text(doing)))
}

#[cold]
fn out_of_memory(vm: &mut Vm, message: &str) -> Raised {
    vm.raise_message(&pvm_object::exceptions::MEMORY_ERROR, format_args!("{message}"))
}

/// Output that grows as it is written, up to a limit. It is given in pieces, so that a program can be stopped between them, and its memory
/// is the interpreter's.
pub struct Output {
    bytes: HeapVec<u8>,
    /// How much room there is to be at first.
    first: usize,
    filled: usize,
    /// Where the room ends that was given last.
    given: usize,
    limit: usize,
    halted: bool,
}

/// How much room output begins with.
pub const CHUNK: usize = 16 << 10;

/// The most room, and input, of one step.
const PIECE: usize = 64 << 10;

/// What of the input is for the next step.
pub fn piece(input: &[u8]) -> &[u8] {
    &input[..input.len().min(PIECE)]
}

impl Output {
    /// Room for so many bytes at first, and for at most so many.
    pub fn new(first: usize, limit: Option<usize>) -> Output {
        let limit = limit.unwrap_or(usize::MAX);
        let first = first.clamp(1, CHUNK << 8).min(limit);
        Output { bytes: HeapVec::default(), first, filled: 0, given: 0, limit, halted: false }
    }

    /// Makes room for a step. False where there is no memory for it, or the program is told to stop: then nothing more is to be done, and
    /// [`Output::finish`] raises.
    pub fn make_room(&mut self) -> bool {
        if self.filled == self.bytes.len() && self.filled < self.limit {
            let size = (self.bytes.len() * 2).clamp(self.first.max(1), self.limit);
            let grown = size - self.bytes.len();
            self.halted = self.bytes.reserve_exact(grown).is_err();
            if !self.halted {
                self.halted = self.bytes.try_extend(std::iter::repeat_n(0, grown)).is_err();
            }
        }
        self.halted |= heap::is_told_to_stop();
        self.given = self.bytes.len().min(self.filled + PIECE);
        !self.halted
    }

    /// Whether no room could be made.
    pub fn is_halted(&self) -> bool {
        self.halted
    }

    /// The room that was made; none at the limit.
    pub fn room(&mut self) -> &mut [u8] {
        &mut self.bytes[self.filled..self.given]
    }

    /// So many bytes of the room were written.
    pub fn advance(&mut self, written: usize) {
        self.filled += written;
    }

    /// Whether the room is full that was made last.
    pub fn is_full(&self) -> bool {
        self.filled == self.given
    }

    /// Whether there can be no more room.
    pub fn at_limit(&self) -> bool {
        self.filled == self.limit
    }

    /// What was written.
    ///
    /// # Errors
    /// Why it is not all of it, where no room could be made.
    pub fn finish(self, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        if self.halted {
            vm.poll(0)?;
            return Err(vm.memory_error());
        }
        Ok(vm.new_bytes(&self.bytes[..self.filled])?)
    }
}

#[pvm_macros::pymodule(name = "zlib")]
pub mod native {
    //! Compression and decompression by deflate, in the formats of zlib and gzip.
    //!
    //! adler32 and crc32 are checksums; compress and decompress work on all data at once, the objects
    //! of compressobj and decompressobj piece by piece.
    use super::compress::Compress;
    use super::decompress::Decompress;
    use super::z;
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::{PyResult, Ref, Value, Vm};

    #[export]
    use super::ZlibError;
    #[export]
    use super::decompressor::ZlibDecompressor;

    #[constant]
    const MAX_WBITS: i32 = 15;
    #[constant]
    const DEFLATED: i32 = z::Z_DEFLATED;
    #[constant]
    const DEF_MEM_LEVEL: i32 = 8;
    #[constant]
    const DEF_BUF_SIZE: i32 = super::CHUNK as i32;
    #[constant]
    const Z_NO_COMPRESSION: i32 = z::Z_NO_COMPRESSION;
    #[constant]
    const Z_BEST_SPEED: i32 = z::Z_BEST_SPEED;
    #[constant]
    const Z_BEST_COMPRESSION: i32 = z::Z_BEST_COMPRESSION;
    #[constant]
    const Z_DEFAULT_COMPRESSION: i32 = z::Z_DEFAULT_COMPRESSION;
    #[constant]
    const Z_FILTERED: i32 = z::Z_FILTERED;
    #[constant]
    const Z_HUFFMAN_ONLY: i32 = z::Z_HUFFMAN_ONLY;
    #[constant]
    const Z_RLE: i32 = z::Z_RLE;
    #[constant]
    const Z_FIXED: i32 = z::Z_FIXED;
    #[constant]
    const Z_DEFAULT_STRATEGY: i32 = z::Z_DEFAULT_STRATEGY;
    #[constant]
    const Z_NO_FLUSH: i32 = z::Z_NO_FLUSH;
    #[constant]
    const Z_PARTIAL_FLUSH: i32 = z::Z_PARTIAL_FLUSH;
    #[constant]
    const Z_SYNC_FLUSH: i32 = z::Z_SYNC_FLUSH;
    #[constant]
    const Z_FULL_FLUSH: i32 = z::Z_FULL_FLUSH;
    #[constant]
    const Z_FINISH: i32 = z::Z_FINISH;
    #[constant]
    const Z_BLOCK: i32 = z::Z_BLOCK;
    #[constant]
    const Z_TREES: i32 = z::Z_TREES;
    #[constant]
    const ZLIB_VERSION: &str = "1.3.1";
    #[constant]
    const ZLIB_RUNTIME_VERSION: &str = "1.3.1";

    /// The low bits of a start value.
    fn start_word(vm: &mut Vm, value: Option<&Value>, default: u32) -> PyResult<u32> {
        match value {
            None => Ok(default),
            Some(value) => crate::parameters::unsigned_mask(value, vm),
        }
    }

    /// Compute an Adler-32 checksum, going on from a value.
    #[pyfunction]
    #[signature = "(data, value=1, /)"]
    fn adler32(vm: &mut Vm, data: &Value, #[default(None)] value: Option<&Value>) -> PyResult<u32> {
        let data = vm.bytes_like(data)?;
        let start = start_word(vm, value, 1)?;
        Ok(super::adler32(start, data.as_slice(vm)))
    }

    /// Compute a CRC-32 checksum, going on from a value.
    #[pyfunction]
    #[signature = "(data, value=0, /)"]
    fn crc32(vm: &mut Vm, data: &Value, #[default(None)] value: Option<&Value>) -> PyResult<u32> {
        let data = vm.bytes_like(data)?;
        let start = start_word(vm, value, 0)?;
        Ok(super::crc32(start, data.as_slice(vm)))
    }

    /// Compress data. The level is between 0 and 9, or -1 for a good compromise; wbits tells the size of the window
    /// and the format.
    #[pyfunction]
    #[signature = "(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)"]
    fn compress(vm: &mut Vm, data: &Value, #[default(-1)] level: i32, #[default(15)] wbits: i32) -> PyResult<Ref<Bytes>> {
        super::compress::compress(vm, data, level, wbits)
    }

    /// Decompress data. wbits tells the size of the window and the format, bufsize the room to begin with.
    #[pyfunction]
    #[signature = "(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)"]
    fn decompress(
        vm: &mut Vm,
        data: &Value,
        #[default(15)] wbits: i32,
        #[default(super::CHUNK as isize)] bufsize: isize,
    ) -> PyResult<Ref<Bytes>> {
        super::decompress::decompress(vm, data, wbits, bufsize)
    }

    /// An object that compresses piece by piece.
    #[pyfunction]
    #[signature = "(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)"]
    #[allow(non_snake_case)]
    fn compressobj(
        vm: &mut Vm,
        #[default(-1)] level: i32,
        #[default(z::Z_DEFLATED)] method: i32,
        #[default(15)] wbits: i32,
        #[default(8)] memLevel: i32,
        #[default(0)] strategy: i32,
        zdict: Option<&Value>,
    ) -> PyResult<Ref<Compress>> {
        Compress::new(vm, (level, method, wbits, memLevel, strategy), zdict)
    }

    /// An object that decompresses piece by piece.
    #[pyfunction]
    #[signature = "(wbits=MAX_WBITS, zdict=b'')"]
    fn decompressobj(
        vm: &mut Vm,
        #[default(15)] wbits: i32,
        #[default(None)] zdict: Option<&Value>,
    ) -> PyResult<Ref<Decompress>> {
        Decompress::new(vm, wbits, zdict)
    }
}
