//! `zlib.compress` and the objects of `zlib.compressobj`.

use crate::parameters::bytes_of_buffer;
use libz_rs_sys as z;
use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, HeapCell, PyResult, Raised, Ref, Value, Vm};

use super::stream::{Deflater, Failure};
use super::{CHUNK, Output, out_of_memory, piece, zlib_error};

/// Compresses all of the input into `output`; the last code.
fn deflate_all(stream: &mut Deflater, mut input: &[u8], flush: i32, output: &mut Output) -> i32 {
    let mut code = z::Z_OK;
    while output.make_room() {
        let piece = piece(input);
        let flush = if piece.len() < input.len() { z::Z_NO_FLUSH } else { flush };
        let step = stream.run(piece, output.room(), flush);
        input = &input[step.read..];
        output.advance(step.written);
        code = step.code;
        let more = !input.is_empty() && (step.read > 0 || step.written > 0);
        if code == z::Z_STREAM_ERROR || code == z::Z_STREAM_END || !(output.is_full() || more) {
            break;
        }
    }
    code
}

/// Compresses data at once.
pub fn compress(vm: &mut Vm, data: &Value, level: i32, window_bits: i32) -> PyResult<Ref<Bytes>> {
    let data = vm.bytes_like(data)?;
    let mut stream = match Deflater::new(level, z::Z_DEFLATED, window_bits, 8, z::Z_DEFAULT_STRATEGY) {
        Ok(stream) => stream,
        Err(Failure { code: z::Z_MEM_ERROR, .. }) => {
            return Err(out_of_memory(vm, "Out of memory while compressing data"));
        }
        Err(Failure { code: z::Z_STREAM_ERROR, .. }) => {
            return Err(vm.raise_message(super::ZLIB_ERROR_TYPE.get(), format_args!("Bad compression level")));
        }
        Err(failure) => return Err(zlib_error(vm, failure, "while compressing data")),
    };
    let input = data.as_slice(vm);
    let mut output = Output::new(input.len() / 2 + 64, None);
    let code = deflate_all(&mut stream, input, z::Z_FINISH, &mut output);
    if code != z::Z_STREAM_END && !output.is_halted() {
        return Err(zlib_error(vm, stream.failure(code), "while compressing data"));
    }
    output.finish(vm)
}

/// Compresses piece by piece.
#[pyclass(name = "Compress", module = "zlib", final)]
pub struct Compress {
    stream: HeapCell<Foreign<Deflater>>,
}

impl Compress {
    /// An object with these options: level, method, window, memory level and strategy.
    pub fn new(vm: &mut Vm, options: (i32, i32, i32, i32, i32), dictionary: Option<&Value>) -> PyResult<Ref<Compress>> {
        let dictionary = match dictionary {
            Some(dictionary) => Some(vm.bytes_like(dictionary)?),
            None => None,
        };
        let (level, method, window_bits, memory_level, strategy) = options;
        let mut stream = match Deflater::new(level, method, window_bits, memory_level, strategy) {
            Ok(stream) => stream,
            Err(Failure { code: z::Z_MEM_ERROR, .. }) => return Err(no_room(vm)),
            Err(Failure { code: z::Z_STREAM_ERROR, .. }) => {
                return Err(vm.value_error(format_args!("Invalid initialization option")));
            }
            Err(failure) => return Err(zlib_error(vm, failure, "while creating compression object")),
        };
        if let Some(dictionary) = dictionary {
            match stream.set_dictionary(dictionary.as_slice(vm)) {
                z::Z_OK => {}
                z::Z_STREAM_ERROR => return Err(vm.value_error(format_args!("Invalid dictionary"))),
                _ => return Err(vm.value_error(format_args!("deflateSetDictionary()"))),
            }
        }
        Ok(vm.alloc(Compress { stream: HeapCell::new(Foreign(stream)) }))
    }

    fn duplicate(&self, vm: &mut Vm) -> PyResult<Ref<Compress>> {
        let copy = self.stream.borrow(vm).try_clone();
        match copy {
            Ok(stream) => Ok(vm.alloc(Compress { stream: HeapCell::new(Foreign(stream)) })),
            Err(Failure { code: z::Z_STREAM_ERROR, .. }) => Err(vm.value_error(format_args!("Inconsistent stream state"))),
            Err(Failure { code: z::Z_MEM_ERROR, .. }) => Err(no_room(vm)),
            Err(failure) => Err(zlib_error(vm, failure, "while copying compression object")),
        }
    }
}

fn no_room(vm: &mut Vm) -> Raised {
    out_of_memory(vm, "Can't allocate memory for compression object")
}

#[pymethods]
impl Compress {
    /// Compress a piece of data; what comes out may be less than what went in means.
    fn compress(&self, data: &Value, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let data = bytes_of_buffer(data, vm)?;
        let mut output = Output::new(CHUNK, None);
        let stream = self.stream.borrow_mut(vm);
        let code = deflate_all(stream, data.as_slice(), z::Z_NO_FLUSH, &mut output);
        if code == z::Z_STREAM_ERROR {
            let failure = stream.failure(code);
            return Err(zlib_error(vm, failure, "while compressing data"));
        }
        output.finish(vm)
    }

    /// Compress what is left; with the mode Z_FINISH that was all.
    #[signature = "($self, mode=zlib.Z_FINISH, /)"]
    fn flush(&self, #[default(z::Z_FINISH)] mode: i32, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        if mode == z::Z_NO_FLUSH {
            return Ok(vm.new_bytes(b"")?);
        }
        let mut output = Output::new(CHUNK, None);
        let stream = self.stream.borrow_mut(vm);
        let code = deflate_all(stream, &[], mode, &mut output);
        match code {
            z::Z_STREAM_END if mode == z::Z_FINISH => stream.end(),
            z::Z_OK | z::Z_BUF_ERROR => {}
            _ => {
                let failure = stream.failure(code);
                return Err(zlib_error(vm, failure, "while flushing"));
            }
        }
        output.finish(vm)
    }

    /// A copy in the same state.
    fn copy(&self, vm: &mut Vm) -> PyResult<Ref<Compress>> {
        self.duplicate(vm)
    }

    fn __copy__(&self, vm: &mut Vm) -> PyResult<Ref<Compress>> {
        self.duplicate(vm)
    }

    fn __deepcopy__(&self, _memo: &Value, vm: &mut Vm) -> PyResult<Ref<Compress>> {
        self.duplicate(vm)
    }
}
