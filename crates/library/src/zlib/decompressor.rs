//! `zlib._ZlibDecompressor`: decompression with the interface of the decompressors of `bz2` and `lzma`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, HeapCell, PyResult, Ref, Value, Vm};

use super::decompress::{dictionary, inflate, new_stream, raise_stopped};
use super::stream::Inflater;
use super::{CHUNK, Intake, Output, intake_members};

/// _ZlibDecompressor(wbits=15, zdict=b'')
/// --
///
/// Decompresses piece by piece, and keeps what it does not need yet.
#[pyclass(name = "_ZlibDecompressor", module = "zlib", final, parts(intake))]
pub struct ZlibDecompressor {
    stream: HeapCell<Foreign<Inflater>>,
    dictionary: Option<Ref<Bytes>>,
    intake: Intake,
}

intake_members!(ZlibDecompressor);

#[pymethods]
impl ZlibDecompressor {
    #[new]
    #[signature = "(wbits=15, zdict=b'')"]
    fn new(vm: &mut Vm, wbits: i32, #[default(None)] zdict: Option<&Value>) -> PyResult<ZlibDecompressor> {
        let dictionary = dictionary(vm, zdict)?;
        let stream = new_stream(vm, wbits, dictionary.as_ref())?;
        Ok(ZlibDecompressor { stream: HeapCell::new(Foreign(stream)), dictionary, intake: Intake::new(vm)? })
    }

    /// Decompress data, into max_length bytes at most where that is not negative. needs_input tells whether more
    /// can come out without more going in.
    #[signature = "($self, /, data, max_length=-1)"]
    fn decompress(&self, data: &Value, max_length: isize, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let input = self.intake.take(vm, data, "End of stream already reached")?;
        let mut output = Output::new(CHUNK, usize::try_from(max_length).ok());
        let dictionary = self.dictionary.clone();
        let stream = self.stream.borrow_mut(vm);
        let (read, result) = inflate(stream, &input, dictionary.as_ref().map(|bytes| bytes.as_slice()), &mut output);
        let ended = result.map_err(|stopped| raise_stopped(vm, stopped))?;
        // A full output may not be all that the stream has.
        self.intake.keep(vm, input, read, ended, output.at_limit())?;
        output.finish(vm)
    }
}
