//! `zlib.decompress` and the objects of `zlib.decompressobj`.

use std::cell::Cell;

use crate::parameters::bytes_of_buffer;
use libz_rs_sys as z;
use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, HeapCell, PyResult, Raised, Ref, Value, Vm};

use super::stream::{Failure, Inflater};
use super::{CHUNK, Output, out_of_memory, piece, zlib_error};

/// Decompresses data at once.
pub fn decompress(vm: &mut Vm, data: &Value, window_bits: i32, room: isize) -> PyResult<Ref<Bytes>> {
    let data = vm.bytes_like(data)?;
    let Ok(room) = usize::try_from(room) else {
        return Err(vm.value_error(format_args!("bufsize must be non-negative")));
    };
    let mut stream = match Inflater::new(window_bits) {
        Ok(stream) => stream,
        Err(Failure { code: z::Z_MEM_ERROR, .. }) => {
            return Err(out_of_memory(vm, "Out of memory while decompressing data"));
        }
        Err(failure) => return Err(zlib_error(vm, failure, "while preparing to decompress data")),
    };
    let mut output = Output::new(room, None);
    let mut input = data.as_slice(vm);
    let code = loop {
        if !output.make_room() {
            break z::Z_STREAM_END;
        }
        let step = stream.run(piece(input), output.room(), z::Z_SYNC_FLUSH);
        input = &input[step.read..];
        output.advance(step.written);
        match step.code {
            z::Z_OK => {}
            // Without room it may go on with more; without input it cannot.
            z::Z_BUF_ERROR if output.is_full() || !input.is_empty() && step.read > 0 => {}
            code => break code,
        }
    };
    if code != z::Z_STREAM_END {
        return Err(zlib_error(vm, stream.failure(code), "while decompressing data"));
    }
    output.finish(vm)
}

/// The bytes of a dictionary given as an option; an empty one is none.
pub fn dictionary(vm: &mut Vm, value: Option<&Value>) -> PyResult<Option<Ref<Bytes>>> {
    let Some(value) = value else { return Ok(None) };
    if !vm.has_buffer(value) {
        return Err(vm.type_error(format_args!("zdict argument must support the buffer protocol")));
    }
    bytes_of_buffer(value, vm).map(Some)
}

/// A stream with these options; a raw one gets its dictionary at once.
pub fn new_stream(vm: &mut Vm, window_bits: i32, dictionary: Option<&Ref<Bytes>>) -> PyResult<Inflater> {
    let mut stream = match Inflater::new(window_bits) {
        Ok(stream) => stream,
        Err(Failure { code: z::Z_MEM_ERROR, .. }) => return Err(no_room(vm)),
        Err(Failure { code: z::Z_STREAM_ERROR, .. }) => {
            return Err(vm.value_error(format_args!("Invalid initialization option")));
        }
        Err(failure) => return Err(zlib_error(vm, failure, "while creating decompression object")),
    };
    if let Some(dictionary) = dictionary
        && window_bits < 0
    {
        let code = stream.set_dictionary(dictionary.as_slice());
        if code != z::Z_OK {
            return Err(zlib_error(vm, stream.failure(code), "while setting zdict"));
        }
    }
    Ok(stream)
}

fn no_room(vm: &mut Vm) -> Raised {
    out_of_memory(vm, "Can't allocate memory for decompression object")
}

/// Why inflating ended early.
pub enum Stopped {
    /// The dictionary does not fit.
    Dictionary(Failure),
    /// Something is wrong with the data.
    Data(Failure),
}

/// Decompresses until the input ends, the output is full, or the stream ends: how much was read, and whether it ended.
pub fn inflate(
    stream: &mut Inflater,
    input: &[u8],
    dictionary: Option<&[u8]>,
    output: &mut Output,
) -> (usize, Result<bool, Stopped>) {
    let mut read = 0;
    while output.make_room() {
        let step = stream.run(piece(&input[read..]), output.room(), z::Z_SYNC_FLUSH);
        read += step.read;
        output.advance(step.written);
        match (step.code, dictionary) {
            (z::Z_STREAM_END, _) => return (read, Ok(true)),
            (z::Z_NEED_DICT, Some(dictionary)) => {
                let code = stream.set_dictionary(dictionary);
                if code != z::Z_OK {
                    return (read, Err(Stopped::Dictionary(stream.failure(code))));
                }
            }
            (z::Z_OK | z::Z_BUF_ERROR, _) => {
                let progress = step.read > 0 || step.written > 0;
                let may_go_on = output.is_full() && !output.at_limit() || read < input.len() && !output.at_limit();
                if !may_go_on || step.code == z::Z_BUF_ERROR && !progress && !output.is_full() {
                    return (read, Ok(false));
                }
            }
            (code, _) => return (read, Err(Stopped::Data(stream.failure(code)))),
        }
    }
    (read, Ok(false))
}

/// Raises what has stopped a stream.
pub fn raise_stopped(vm: &mut Vm, stopped: Stopped) -> Raised {
    match stopped {
        Stopped::Dictionary(failure) => zlib_error(vm, failure, "while setting zdict"),
        Stopped::Data(failure) => zlib_error(vm, failure, "while decompressing data"),
    }
}

/// Decompresses piece by piece.
#[pyclass(name = "Decompress", module = "zlib", final)]
pub struct Decompress {
    stream: HeapCell<Foreign<Inflater>>,
    dictionary: Option<Ref<Bytes>>,
    #[member]
    unused_data: HeapCell<Ref<Bytes>>,
    #[member]
    unconsumed_tail: HeapCell<Ref<Bytes>>,
    eof: Cell<bool>,
}

impl Decompress {
    /// An object with these options.
    pub fn new(vm: &mut Vm, window_bits: i32, zdict: Option<&Value>) -> PyResult<Ref<Decompress>> {
        let dictionary = dictionary(vm, zdict)?;
        let stream = new_stream(vm, window_bits, dictionary.as_ref())?;
        let empty = vm.new_bytes(b"")?;
        Ok(vm.alloc(Decompress {
            stream: HeapCell::new(Foreign(stream)),
            dictionary,
            unused_data: HeapCell::new(empty.clone()),
            unconsumed_tail: HeapCell::new(empty),
            eof: Cell::new(false),
        }))
    }

    /// Keeps what the stream has not read: behind its end, or for the next call (`save_unconsumed_input`).
    fn keep(&self, rest: &[u8], ended: bool, vm: &mut Vm) -> PyResult<()> {
        let mut tail = rest;
        if ended && !rest.is_empty() {
            let mut unused = self.unused_data.get(vm).as_slice().to_vec();
            unused.extend_from_slice(rest);
            let unused = vm.new_bytes(&unused)?;
            self.unused_data.set(unused, vm);
            tail = &[];
        }
        if !tail.is_empty() || !self.unconsumed_tail.borrow(vm).is_empty() {
            let tail = vm.new_bytes(tail)?;
            self.unconsumed_tail.set(tail, vm);
        }
        Ok(())
    }

    /// Decompresses `input` into at most `limit` bytes.
    fn run(
        &self,
        input: &[u8],
        limit: Option<usize>,
        first: usize,
        vm: &mut Vm,
    ) -> PyResult<(Ref<Bytes>, Result<bool, Stopped>)> {
        let mut output = Output::new(first, limit);
        let dictionary = self.dictionary.clone();
        let stream = self.stream.borrow_mut(vm);
        let (read, result) = inflate(stream, input, dictionary.as_ref().map(|bytes| bytes.as_slice()), &mut output);
        let ended = matches!(result, Ok(true));
        self.keep(&input[read..], ended, vm)?;
        if ended {
            self.eof.set(true);
        }
        Ok((output.finish(vm)?, result))
    }

    fn duplicate(&self, vm: &mut Vm) -> PyResult<Ref<Decompress>> {
        let copy = self.stream.borrow(vm).try_clone();
        let stream = match copy {
            Ok(stream) => stream,
            Err(Failure { code: z::Z_STREAM_ERROR, .. }) => {
                return Err(vm.value_error(format_args!("Inconsistent stream state")));
            }
            Err(Failure { code: z::Z_MEM_ERROR, .. }) => return Err(no_room(vm)),
            Err(failure) => return Err(zlib_error(vm, failure, "while copying decompression object")),
        };
        let copy = Decompress {
            stream: HeapCell::new(Foreign(stream)),
            dictionary: self.dictionary.clone(),
            unused_data: HeapCell::new(self.unused_data.get(vm)),
            unconsumed_tail: HeapCell::new(self.unconsumed_tail.get(vm)),
            eof: Cell::new(self.eof.get()),
        };
        Ok(vm.alloc(copy))
    }
}

#[pymethods]
impl Decompress {
    /// Decompress a piece of data, into max_length bytes at most where that is not 0. Input that was not
    /// needed for that is in unconsumed_tail, input behind the end of the stream in unused_data.
    #[signature = "($self, data, /, max_length=0)"]
    fn decompress(&self, data: &Value, max_length: isize, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let data = bytes_of_buffer(data, vm)?;
        let Ok(limit) = usize::try_from(max_length) else {
            return Err(vm.value_error(format_args!("max_length must be non-negative")));
        };
        let (bytes, result) = self.run(data.as_slice(), Some(limit).filter(|&limit| limit > 0), CHUNK, vm)?;
        match result {
            Ok(_) => Ok(bytes),
            Err(stopped) => Err(raise_stopped(vm, stopped)),
        }
    }

    /// Decompress what is left; length is the room to begin with.
    #[signature = "($self, length=zlib.DEF_BUF_SIZE, /)"]
    fn flush(&self, #[default(CHUNK as isize)] length: isize, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let Some(first) = usize::try_from(length).ok().filter(|&length| length > 0) else {
            return Err(vm.value_error(format_args!("length must be greater than zero")));
        };
        if self.eof.get() {
            self.stream.borrow_mut(vm).end();
            return Ok(vm.new_bytes(b"")?);
        }
        let tail = self.unconsumed_tail.get(vm);
        let (bytes, result) = self.run(tail.as_slice(), None, first, vm)?;
        match result {
            Ok(true) => self.stream.borrow_mut(vm).end(),
            Ok(false) => {}
            Err(stopped) => return Err(raise_stopped(vm, stopped)),
        }
        Ok(bytes)
    }

    /// A copy in the same state.
    fn copy(&self, vm: &mut Vm) -> PyResult<Ref<Decompress>> {
        self.duplicate(vm)
    }

    fn __copy__(&self, vm: &mut Vm) -> PyResult<Ref<Decompress>> {
        self.duplicate(vm)
    }

    fn __deepcopy__(&self, _memo: &Value, vm: &mut Vm) -> PyResult<Ref<Decompress>> {
        self.duplicate(vm)
    }

    #[member]
    fn eof(&self) -> bool {
        self.eof.get()
    }
}
