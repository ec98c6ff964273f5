//! `zlib._ZlibDecompressor`: decompression with the interface of the decompressors of `bz2` and `lzma`.

use std::cell::Cell;

use crate::parameters::bytes_of_buffer;
use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, HeapCell, PyResult, Ref, Value, Vm};

use super::decompress::{dictionary, inflate, new_stream, raise_stopped};
use super::stream::Inflater;
use super::{CHUNK, Output};

/// _ZlibDecompressor(wbits=15, zdict=b'')
/// --
///
/// Decompresses piece by piece, and keeps what it does not need yet.
#[pyclass(name = "_ZlibDecompressor", module = "zlib", final)]
pub struct ZlibDecompressor {
    stream: HeapCell<Foreign<Inflater>>,
    dictionary: Option<Ref<Bytes>>,
    /// Input that was not read yet.
    waiting: HeapCell<Vec<u8>>,
    /// Data found behind the end of the stream.
    #[member]
    unused_data: HeapCell<Ref<Bytes>>,
    eof: Cell<bool>,
    needs_input: Cell<bool>,
}

#[pymethods]
impl ZlibDecompressor {
    #[new]
    #[signature = "(wbits=15, zdict=b'')"]
    fn new(vm: &mut Vm, wbits: i32, #[default(None)] zdict: Option<&Value>) -> PyResult<ZlibDecompressor> {
        let dictionary = dictionary(vm, zdict)?;
        let stream = new_stream(vm, wbits, dictionary.as_ref())?;
        let unused = vm.new_bytes(b"")?;
        Ok(ZlibDecompressor {
            stream: HeapCell::new(Foreign(stream)),
            dictionary,
            waiting: HeapCell::default(),
            unused_data: HeapCell::new(unused),
            eof: Cell::new(false),
            needs_input: Cell::new(true),
        })
    }

    /// Decompress data, into max_length bytes at most where that is not negative. needs_input tells whether more
    /// can come out without more going in.
    #[signature = "($self, /, data, max_length=-1)"]
    fn decompress(&self, data: &Value, max_length: isize, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let data = bytes_of_buffer(data, vm)?;
        if self.eof.get() {
            return Err(vm.eof_error(format_args!("End of stream already reached")));
        }
        let mut input = std::mem::take(self.waiting.borrow_mut(vm));
        input.extend_from_slice(data.as_slice());
        let mut output = Output::new(CHUNK, usize::try_from(max_length).ok());
        let dictionary = self.dictionary.clone();
        let stream = self.stream.borrow_mut(vm);
        let (read, result) = inflate(stream, &input, dictionary.as_ref().map(|bytes| bytes.as_slice()), &mut output);
        input.drain(..read);
        let ended = match result {
            Ok(ended) => ended,
            Err(stopped) => return Err(raise_stopped(vm, stopped)),
        };
        if ended {
            self.eof.set(true);
            self.needs_input.set(false);
            if !input.is_empty() {
                let unused = vm.new_bytes(&input)?;
                self.unused_data.set(unused, vm);
            }
        } else {
            // A full output may not be all that the stream has.
            self.needs_input.set(input.is_empty() && !output.at_limit());
            *self.waiting.borrow_mut(vm) = input;
        }
        output.finish(vm)
    }

    /// True if the end of the stream has been reached.
    #[member]
    fn eof(&self) -> bool {
        self.eof.get()
    }

    /// True if more can come out only when more goes in.
    #[member]
    fn needs_input(&self) -> bool {
        self.needs_input.get()
    }
}
