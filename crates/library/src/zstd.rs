//! `_zstd`: compression by zstd.

use std::cell::Cell;
use std::sync::Arc;

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::dict::Dict;
use pvm_object::tuple::Tuple;

use pvm_object::{Foreign, Heap, HeapCell, Object, PyResult, Raised, Ref, Value, Vm};

use crate::parameters::c_int;
use crate::system::{
    ZstdDecoder, ZstdDictUse, ZstdEncoder, ZstdError as Failure, ZstdMode, zstd_bounds, zstd_dictionary_id, zstd_parameter_name,
};
use crate::zlib::{CHUNK, Output, piece};

/// An error occurred in the zstd library.
#[pyclass(exception, name = "ZstdError", module = "compression.zstd")]
pub struct ZstdError;

#[cold]
fn zstd_error(vm: &mut Vm, message: &str) -> Raised {
    vm.raise_message(ZSTD_ERROR_TYPE.get(), format_args!("{message}"))
}

/// A failure of doing something (`set_zstd_error`).
#[cold]
fn failed(vm: &mut Vm, doing: &str, failure: Failure) -> Raised {
    if failure.is_memory() {
        return vm.memory_error();
    }
    zstd_error(vm, &format!("Unable to {doing}: {}", failure.text()))
}

/// The classes that name parameters.
#[pyclass(name = "_state", module = "_zstd", no_export, final)]
struct Classes {
    compression: HeapCell<Option<Value>>,
    decompression: HeapCell<Option<Value>>,
}

fn classes(heap: &mut Heap) -> Ref<Classes> {
    heap.module_state(|_| Classes { compression: HeapCell::new(None), decompression: HeapCell::new(None) })
}

/// The exception of a parameter that zstd refuses (`set_parameter_error`).
#[cold]
fn parameter_error(vm: &mut Vm, compression: bool, key: i32, value: i32) -> Raised {
    let kind = if compression { "compression" } else { "decompression" };
    let name = match zstd_parameter_name(key, compression) {
        Some(name) => name.to_owned(),
        None => format!("unknown parameter (key {key})"),
    };
    match zstd_bounds(key, compression) {
        Err(_) => vm.value_error(format_args!("invalid {kind} parameter '{name}'")),
        Ok((low, high)) => vm.value_error(format_args!(
            "{kind} parameter '{name}' received an illegal value {value}; the valid range is [{low}, {high}]"
        )),
    }
}

/// The parameter of the level.
const LEVEL: i32 = 100;
/// That of the number of threads.
const WORKERS: i32 = 400;

/// Keys and values of options (`_zstd_set_c_parameters`).
fn options_of(vm: &mut Vm, options: &Object<Dict>, compression: bool) -> PyResult<Vec<(i32, i32)>> {
    let state = classes(vm);
    let other = if compression { state.decompression.get(vm) } else { state.compression.get(vm) };
    let pairs: Vec<(Value, Value)> = options.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let mut numbers = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        let class = key.ty().to_value();
        if other.as_ref().is_some_and(|other| other.is(&class)) {
            let (this, that) =
                if compression { ("compression", "DecompressionParameter") } else { ("decompression", "CompressionParameter") };
            return Err(vm.type_error(format_args!("{this} options dictionary key must not be a {that} attribute")));
        }
        numbers.push((c_int(&key, vm)?, c_int(&value, vm)?));
    }
    Ok(numbers)
}

/// The dictionary of an argument, and how it is to be used (`_Py_parse_zstd_dict`).
fn dictionary_of(vm: &mut Vm, argument: &Value) -> PyResult<(Arc<[u8]>, ZstdDictUse)> {
    if let Some(dictionary) = argument.downcast::<ZstdDict>() {
        return Ok((Arc::clone(&dictionary.content.0), ZstdDictUse::Digested));
    }
    if let Some(pair) = argument.downcast::<Tuple>()
        && let [dictionary, number] = pair.as_slice()
        && let Some(dictionary) = dictionary.downcast::<ZstdDict>()
        && number.as_int().is_some()
    {
        let used = match c_int(number, vm)? {
            0 => Some(ZstdDictUse::Digested),
            1 => Some(ZstdDictUse::Undigested),
            2 => Some(ZstdDictUse::Prefix),
            _ => None,
        };
        if let Some(used) = used {
            return Ok((Arc::clone(&dictionary.content.0), used));
        }
    }
    Err(vm.type_error(format_args!("zstd_dict argument should be a ZstdDict object.")))
}

/// The exception of content that zstd makes no dictionary of.
#[cold]
fn no_dictionary(vm: &mut Vm, class: &str) -> Raised {
    zstd_error(vm, &format!("Failed to create a {class} instance from Zstandard dictionary content."))
}

/// The options of an argument that is a dict or `None`.
fn options_argument<'a>(vm: &mut Vm, class: &str, options: Option<&'a Value>) -> PyResult<Option<&'a Object<Dict>>> {
    match options {
        None => Ok(None),
        Some(options) => match options.downcast::<Dict>() {
            Some(options) => Ok(Some(options)),
            None => {
                let kind = vm.type_name(options);
                Err(vm.type_error(format_args!("{class}() argument 'options' must be dict, not {kind}")))
            }
        },
    }
}

/// ZstdDict(dict_content, /, *, is_raw=False)
/// --
///
/// Represents a Zstandard dictionary.
///
///   dict_content
///     The content of a Zstandard dictionary as a bytes-like object.
///   is_raw
///     If true, perform no checks on *dict_content*, useful for some
///     advanced cases. Otherwise, check that the content represents
///     a Zstandard dictionary created by the zstd library or CLI.
///
/// The dictionary can be used for compression or decompression, and can be
/// shared by multiple ZstdCompressor or ZstdDecompressor objects.
#[pyclass(name = "ZstdDict", module = "compression.zstd", final)]
pub struct ZstdDict {
    content: Foreign<Arc<[u8]>>,
    /// The Zstandard dictionary, an int between 0 and 2**32.
    ///
    /// A non-zero value represents an ordinary Zstandard dictionary,
    /// conforming to the standardised format.
    ///
    /// A value of zero indicates a 'raw content' dictionary,
    /// without any restrictions on format or content.
    #[member]
    dict_id: u32,
}

impl ZstdDict {
    fn used_as(this: &Object<Self>, vm: &mut Vm, number: i32) -> PyResult {
        Ok(vm.try_tuple([this.to_value(), Value::from_i32(number)])?.into())
    }
}

#[pymethods]
impl ZstdDict {
    #[new]
    #[signature = "(dict_content, /, *, is_raw=False)"]
    fn new(vm: &mut Vm, dict_content: &Value, is_raw: bool) -> PyResult<ZstdDict> {
        let content = vm.bytes_like(dict_content)?.gather(vm);
        if content.len() < 8 {
            return Err(vm.value_error(format_args!("Zstandard dictionary content too short (must have at least eight bytes)")));
        }
        let dict_id = zstd_dictionary_id(&content);
        if !is_raw && dict_id == 0 {
            return Err(vm.value_error(format_args!("invalid Zstandard dictionary")));
        }
        Ok(ZstdDict { content: Foreign(content.into()), dict_id })
    }

    fn __len__(&self) -> usize {
        self.content.len()
    }

    fn __repr__(&self) -> String {
        format!("<ZstdDict dict_id={} dict_size={}>", self.dict_id, self.content.len())
    }

    /// The content of a Zstandard dictionary, as a bytes object.
    #[getter]
    fn dict_content(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        Ok(heap.new_bytes(&self.content)?)
    }

    /// Load as a digested dictionary to compressor.
    ///
    /// Pass this attribute as zstd_dict argument:
    /// compress(dat, zstd_dict=zd.as_digested_dict)
    ///
    /// 1. Some advanced compression parameters of compressor may be
    ///    overridden by parameters of digested dictionary.
    /// 2. ZstdDict has a digested dictionaries cache for each compression
    ///    level.  It's faster when loading again a digested dictionary with
    ///    the same compression level.
    /// 3. No need to use this for decompression.
    #[getter]
    fn as_digested_dict(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        ZstdDict::used_as(this, vm, 0)
    }

    /// Load as an undigested dictionary to compressor.
    ///
    /// Pass this attribute as zstd_dict argument:
    /// compress(dat, zstd_dict=zd.as_undigested_dict)
    ///
    /// 1. The advanced compression parameters of compressor will not be
    ///    overridden.
    /// 2. Loading an undigested dictionary is costly. If load an undigested
    ///    dictionary multiple times, consider reusing a compressor object.
    /// 3. No need to use this for decompression.
    #[getter]
    fn as_undigested_dict(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        ZstdDict::used_as(this, vm, 1)
    }

    /// Load as a prefix to compressor/decompressor.
    ///
    /// Pass this attribute as zstd_dict argument:
    /// compress(dat, zstd_dict=zd.as_prefix)
    ///
    /// 1. Prefix is compatible with long distance matching, while
    ///    dictionary is not.
    /// 2. It only works for the first frame, then the
    ///    compressor/decompressor will return to no prefix state.
    /// 3. When decompressing, must use the same prefix as when compressing.
    #[getter]
    fn as_prefix(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        ZstdDict::used_as(this, vm, 2)
    }
}

fn mode_of(number: i32) -> Option<ZstdMode> {
    match number {
        0 => Some(ZstdMode::Continue),
        1 => Some(ZstdMode::FlushBlock),
        2 => Some(ZstdMode::FlushFrame),
        _ => None,
    }
}

/// ZstdCompressor(level=None, options=None, zstd_dict=None)
/// --
///
/// Create a compressor object for compressing data incrementally.
///
///   level
///     The compression level to use. Defaults to COMPRESSION_LEVEL_DEFAULT.
///   options
///     A dict object that contains advanced compression parameters.
///   zstd_dict
///     A ZstdDict object, a pre-trained Zstandard dictionary.
///
/// Thread-safe at method level.  For one-shot compression, use the
/// compress() function instead.
#[pyclass(name = "ZstdCompressor", module = "compression.zstd", final)]
pub struct ZstdCompressor {
    encoder: HeapCell<Foreign<ZstdEncoder>>,
    /// The last mode used to this compressor object, its value can be .CONTINUE,
    /// .FLUSH_BLOCK, .FLUSH_FRAME. Initialized to .FLUSH_FRAME.
    ///
    /// It can be used to get the current state of a compressor, such as, data
    /// flushed, or a frame ended.
    #[member]
    last_mode: HeapCell<i32>,
}

/// Compresses until the input is read and what the mode asks for is out, or the output is halted.
fn compress_pieces(
    encoder: &mut ZstdEncoder,
    input: &[u8],
    whole: bool,
    mode: ZstdMode,
    output: &mut Output,
) -> Result<(), Failure> {
    if whole {
        encoder.pledge(Some(input.len() as u64))?;
    }
    let mut read = 0;
    while output.make_room() {
        let piece = piece(&input[read..]);
        let mode = if read + piece.len() < input.len() { ZstdMode::Continue } else { mode };
        let step = encoder.step(piece, output.room(), mode)?;
        read += step.read;
        output.advance(step.written);
        let done = match mode {
            ZstdMode::Continue => read == input.len(),
            _ => step.left == 0,
        };
        if done {
            break;
        }
    }
    Ok(())
}

impl ZstdCompressor {
    fn run(&self, vm: &mut Vm, input: &[u8], mode: ZstdMode) -> PyResult<Ref<Bytes>> {
        let mut output = Output::new(CHUNK, None);
        // A frame that is made at once tells its size.
        let whole = matches!(mode, ZstdMode::FlushFrame) && *self.last_mode.borrow(vm) == ZstdMode::FlushFrame as i32;
        let result = compress_pieces(self.encoder.borrow_mut(vm), input, whole, mode, &mut output);
        if result.is_ok() && !output.is_halted() {
            self.last_mode.set(mode as i32, vm);
            return output.finish(vm);
        }
        // The next frame begins anew.
        self.last_mode.set(ZstdMode::FlushFrame as i32, vm);
        self.encoder.borrow_mut(vm).reset();
        result.map_err(|failure| failed(vm, "compress Zstandard data", failure))?;
        output.finish(vm)
    }
}

fn set_level(vm: &mut Vm, encoder: &mut ZstdEncoder, level: i32) -> PyResult<()> {
    match encoder.set(LEVEL, level) {
        Ok(()) if (-131_072..=22).contains(&level) => Ok(()),
        _ => {
            let (low, high) = zstd_bounds(LEVEL, true).unwrap_or_default();
            Err(vm.value_error(format_args!("illegal compression level {level}; the valid range is [{low}, {high}]")))
        }
    }
}

#[pymethods]
impl ZstdCompressor {
    #[new]
    #[signature = "(level=None, options=None, zstd_dict=None)"]
    fn new(vm: &mut Vm, level: Option<&Value>, options: Option<&Value>, zstd_dict: Option<&Value>) -> PyResult<ZstdCompressor> {
        let Some(mut encoder) = ZstdEncoder::new() else { return Err(vm.memory_error()) };
        if level.is_some() && options.is_some() {
            return Err(vm.type_error(format_args!("Only one of level or options should be used.")));
        }
        let mut chosen = 3;
        if let Some(level) = level {
            if level.as_int().is_none() {
                return Err(vm.type_error(format_args!("invalid type for level, expected int")));
            }
            let Some(number) = level.as_small_int().and_then(|level| i32::try_from(level).ok()) else {
                let (low, high) = zstd_bounds(LEVEL, true).unwrap_or_default();
                return Err(vm.value_error(format_args!("illegal compression level; the valid range is [{low}, {high}]")));
            };
            set_level(vm, &mut encoder, number)?;
            chosen = number;
        }
        if let Some(options) = options_argument(vm, "ZstdCompressor", options)? {
            for (key, value) in options_of(vm, options, true)? {
                if key == LEVEL {
                    set_level(vm, &mut encoder, value)?;
                    chosen = value;
                    continue;
                }
                // A library without threads takes no number of them but 0.
                if encoder.set(key, value).is_err() && !(key == WORKERS && value == 0) {
                    return Err(parameter_error(vm, true, key, value));
                }
            }
        }
        if let Some(dictionary) = zstd_dict {
            let (content, used) = dictionary_of(vm, dictionary)?;
            match encoder.load(content, used, chosen) {
                Ok(true) => {}
                Ok(false) => return Err(no_dictionary(vm, "ZSTD_CDict")),
                Err(failure) => return Err(failed(vm, "load Zstandard dictionary or prefix for compression", failure)),
            }
        }
        Ok(ZstdCompressor { encoder: HeapCell::new(Foreign(encoder)), last_mode: HeapCell::new(ZstdMode::FlushFrame as i32) })
    }

    /// compress($self, /, data, mode=ZstdCompressor.CONTINUE)
    /// --
    ///
    /// Provide data to the compressor object.
    ///
    ///   mode
    ///     Can be these 3 values ZstdCompressor.CONTINUE,
    ///     ZstdCompressor.FLUSH_BLOCK, ZstdCompressor.FLUSH_FRAME
    ///
    /// Return a chunk of compressed data if possible, or b'' otherwise.
    /// When you have finished providing data to the compressor, call the
    /// flush() method to finish the compression process.
    #[signature = "(data, mode=0)"]
    #[text_signature = "($self, /, data, mode=ZstdCompressor.CONTINUE)"]
    fn compress(&self, vm: &mut Vm, data: &Value, mode: i32) -> PyResult<Ref<Bytes>> {
        let data = vm.bytes_like(data)?.gather(vm);
        let Some(mode) = mode_of(mode) else {
            return Err(vm.value_error(format_args!(
                "mode argument wrong value, it should be one of ZstdCompressor.CONTINUE, ZstdCompressor.FLUSH_BLOCK, ZstdCompressor.FLUSH_FRAME."
            )));
        };
        self.run(vm, &data, mode)
    }

    /// flush($self, /, mode=ZstdCompressor.FLUSH_FRAME)
    /// --
    ///
    /// Finish the compression process.
    ///
    ///   mode
    ///     Can be these 2 values ZstdCompressor.FLUSH_FRAME,
    ///     ZstdCompressor.FLUSH_BLOCK
    ///
    /// Flush any remaining data left in internal buffers.  Since Zstandard
    /// data consists of one or more independent frames, the compressor
    /// object can still be used after this method is called.
    #[signature = "(mode=2)"]
    #[text_signature = "($self, /, mode=ZstdCompressor.FLUSH_FRAME)"]
    fn flush(&self, vm: &mut Vm, mode: i32) -> PyResult<Ref<Bytes>> {
        match mode_of(mode) {
            Some(mode @ (ZstdMode::FlushBlock | ZstdMode::FlushFrame)) => self.run(vm, &[], mode),
            _ => Err(vm.value_error(format_args!(
                "mode argument wrong value, it should be ZstdCompressor.FLUSH_FRAME or ZstdCompressor.FLUSH_BLOCK."
            ))),
        }
    }

    /// set_pledged_input_size($self, size, /)
    /// --
    ///
    /// Set the uncompressed content size to be written into the frame header.
    ///
    ///   size
    ///     The size of the uncompressed data to be provided to the compressor.
    ///
    /// This method can be used to ensure the header of the frame about to
    /// be written includes the size of the data, unless the
    /// CompressionParameter.content_size_flag is set to False.
    /// If last_mode != FLUSH_FRAME, then a RuntimeError is raised.
    ///
    /// It is important to ensure that the pledged data size matches the
    /// actual data size.  If they do not match the compressed output data
    /// may be corrupted and the final chunk written may be lost.
    fn set_pledged_input_size(&self, vm: &mut Vm, size: &Value) -> PyResult<()> {
        const MOST: u64 = u64::MAX - 1;
        let size = match size.is_none() {
            true => None,
            false => {
                if size.as_int().is_none() {
                    return Err(vm.type_error(format_args!("an integer is required")));
                }
                let number = size.as_int_ref().and_then(|number| number.to_u64()).filter(|&size| size < MOST);
                if number.is_none() {
                    return Err(vm.value_error(format_args!("size argument should be a positive int less than {MOST}")));
                }
                number
            }
        };
        if self.last_mode.get(vm) != ZstdMode::FlushFrame as i32 {
            return Err(
                vm.value_error(format_args!("set_pledged_input_size() method must be called when last_mode == FLUSH_FRAME"))
            );
        }
        let result = self.encoder.borrow_mut(vm).pledge(size);
        result.map_err(|failure| failed(vm, "set pledged uncompressed content size", failure))
    }

    #[constant]
    const CONTINUE: i32 = 0;
    #[constant]
    const FLUSH_BLOCK: i32 = 1;
    #[constant]
    const FLUSH_FRAME: i32 = 2;
}

/// ZstdDecompressor(zstd_dict=None, options=None)
/// --
///
/// Create a decompressor object for decompressing data incrementally.
///
///   zstd_dict
///     A ZstdDict object, a pre-trained Zstandard dictionary.
///   options
///     A dict object that contains advanced decompression parameters.
///
/// Thread-safe at method level.  For one-shot decompression, use the
/// decompress() function instead.
#[pyclass(name = "ZstdDecompressor", module = "compression.zstd", final)]
pub struct ZstdDecompressor {
    decoder: HeapCell<Foreign<ZstdDecoder>>,
    /// Input that was not read yet; after the end, what followed it.
    waiting: HeapCell<Vec<u8>>,
    ended: Cell<bool>,
    wanting: Cell<bool>,
}

#[pymethods]
impl ZstdDecompressor {
    #[new]
    #[signature = "(zstd_dict=None, options=None)"]
    fn new(vm: &mut Vm, zstd_dict: Option<&Value>, options: Option<&Value>) -> PyResult<ZstdDecompressor> {
        let Some(mut decoder) = ZstdDecoder::new() else { return Err(vm.memory_error()) };
        if let Some(dictionary) = zstd_dict {
            let (content, used) = dictionary_of(vm, dictionary)?;
            match decoder.load(content, used) {
                Ok(true) => {}
                Ok(false) => return Err(no_dictionary(vm, "ZSTD_DDict")),
                Err(failure) => return Err(failed(vm, "load Zstandard dictionary or prefix for decompression", failure)),
            }
        }
        if let Some(options) = options_argument(vm, "ZstdDecompressor", options)? {
            for (key, value) in options_of(vm, options, false)? {
                if decoder.set(key, value).is_err() {
                    return Err(parameter_error(vm, false, key, value));
                }
            }
        }
        Ok(ZstdDecompressor {
            decoder: HeapCell::new(Foreign(decoder)),
            waiting: HeapCell::default(),
            ended: Cell::new(false),
            wanting: Cell::new(true),
        })
    }

    /// decompress($self, /, data, max_length=-1)
    /// --
    ///
    /// Decompress *data*, returning uncompressed bytes if possible, or b'' otherwise.
    ///
    ///   data
    ///     A bytes-like object, Zstandard data to be decompressed.
    ///   max_length
    ///     Maximum size of returned data. When it is negative, the size of
    ///     output buffer is unlimited. When it is nonnegative, returns at
    ///     most max_length bytes of decompressed data.
    ///
    /// If *max_length* is nonnegative, returns at most *max_length* bytes
    /// of decompressed data.  If this limit is reached and further output
    /// can be produced, *self.needs_input* will be set to ``False``.  In
    /// this case, the next call to *decompress()* may provide *data* as b''
    /// to obtain more of the output.
    ///
    /// If all of the input data was decompressed and returned (either
    /// because this was less than *max_length* bytes, or because
    /// *max_length* was negative), *self.needs_input* will be set to True.
    ///
    /// Attempting to decompress data after the end of a frame is reached
    /// raises an EOFError.  Any data found after the end of the frame is
    /// ignored and saved in the self.unused_data attribute.
    fn decompress(&self, vm: &mut Vm, data: &Value, max_length: isize) -> PyResult<Ref<Bytes>> {
        let data = vm.bytes_like(data)?.gather(vm);
        if self.ended.get() {
            return Err(vm.eof_error(format_args!("Already at the end of a Zstandard frame.")));
        }
        let mut input = std::mem::take(self.waiting.borrow_mut(vm));
        input.extend_from_slice(&data);
        let mut output = Output::new(CHUNK, usize::try_from(max_length).ok());
        let mut read = 0;
        while output.make_room() {
            let step = self.decoder.borrow_mut(vm).step(piece(&input[read..]), output.room());
            let step = match step {
                Ok(step) => step,
                Err(failure) => {
                    self.decoder.borrow_mut(vm).reset();
                    self.wanting.set(true);
                    return Err(failed(vm, "decompress Zstandard data", failure));
                }
            };
            read += step.read;
            output.advance(step.written);
            if step.left == 0 {
                self.ended.set(true);
                break;
            }
            if output.at_limit() || read == input.len() && !output.is_full() {
                break;
            }
        }
        self.wanting.set(!self.ended.get() && read == input.len() && !output.at_limit());
        input.drain(..read);
        self.waiting.set(input, vm);
        output.finish(vm)
    }

    /// A bytes object of un-consumed input data.
    ///
    /// When ZstdDecompressor object stops after a frame is
    /// decompressed, unused input data after the frame.  Otherwise this
    /// will be b''.
    #[getter]
    fn unused_data(&self, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let unused = if self.ended.get() { self.waiting.borrow(vm).clone() } else { Vec::new() };
        Ok(vm.new_bytes(&unused)?)
    }

    /// True means the end of the first frame has been reached. If decompress data
    /// after that, an EOFError exception will be raised.
    #[member]
    fn eof(&self) -> bool {
        self.ended.get()
    }

    /// If the max_length output limit in .decompress() method has been reached,
    /// and the decompressor has (or may has) unconsumed input data, it will be set
    /// to False. In this case, passing b'' to the .decompress() method may output
    /// further data.
    #[member]
    fn needs_input(&self) -> bool {
        self.wanting.get()
    }
}

#[pvm_macros::pymodule(name = "_zstd")]
pub mod native {
    use pvm_macros::pyfunction;
    use pvm_object::bytes::Bytes;
    use pvm_object::tuple::Tuple;
    use pvm_object::types::Type;
    use pvm_object::{Object, PyResult, Ref, Value, Vm};

    use super::{classes, failed, zstd_error};
    use crate::constants::{Numbers, add};
    use crate::system::{self, ZSTD_COMPRESSION, ZSTD_DECOMPRESSION};

    #[export]
    use super::{ZstdCompressor, ZstdDecompressor, ZstdDict, ZstdError};

    #[constant]
    #[name = "zstd_version_number"]
    fn version_number() -> i64 {
        zstd_safe::version_number().into()
    }

    #[constant]
    #[name = "zstd_version"]
    fn version() -> &'static str {
        zstd_safe::version_string()
    }

    static NUMBERS: &Numbers = &[
        ("ZSTD_CLEVEL_DEFAULT", 3),
        ("ZSTD_DStreamOutSize", 128 << 10),
        ("ZSTD_fast", 1),
        ("ZSTD_dfast", 2),
        ("ZSTD_greedy", 3),
        ("ZSTD_lazy", 4),
        ("ZSTD_lazy2", 5),
        ("ZSTD_btlazy2", 6),
        ("ZSTD_btopt", 7),
        ("ZSTD_btultra", 8),
        ("ZSTD_btultra2", 9),
    ];

    /// The samples' sizes, which must be those of the samples (`calculate_samples_stats`).
    fn sizes_of(vm: &mut Vm, sizes: &Object<Tuple>, total: usize) -> PyResult<Vec<usize>> {
        let mut numbers = Vec::with_capacity(sizes.len());
        for size in sizes.as_slice() {
            if size.as_int().is_none() {
                return Err(vm.type_error(format_args!("an integer is required")));
            }
            numbers.push(size.as_small_int().and_then(|size| usize::try_from(size).ok()));
        }
        let numbers: Option<Vec<usize>> = numbers.into_iter().collect();
        let sum = |numbers: &Vec<usize>| numbers.iter().try_fold(0_usize, |sum, &size| sum.checked_add(size));
        match numbers {
            Some(numbers) if sum(&numbers) == Some(total) && u32::try_from(numbers.len()).is_ok() => Ok(numbers),
            _ => Err(vm.value_error(format_args!("The samples size tuple doesn't match the concatenation's size."))),
        }
    }

    fn capacity(vm: &mut Vm, size: isize) -> PyResult<usize> {
        match usize::try_from(size) {
            Ok(size) if size > 0 => {
                vm.check_room(size)?;
                Ok(size)
            }
            _ => Err(vm.value_error(format_args!("dict_size argument should be positive number."))),
        }
    }

    /// Train a Zstandard dictionary on sample data.
    ///
    ///   samples_bytes
    ///     Concatenation of samples.
    ///   samples_sizes
    ///     Tuple of samples' sizes.
    ///   dict_size
    ///     The size of the dictionary.
    #[pyfunction]
    #[signature = "(samples_bytes, samples_sizes, dict_size, /)"]
    fn train_dict(
        vm: &mut Vm,
        samples_bytes: &Object<Bytes>,
        samples_sizes: &Object<Tuple>,
        dict_size: isize,
    ) -> PyResult<Ref<Bytes>> {
        let capacity = capacity(vm, dict_size)?;
        let samples = samples_bytes.as_slice().to_vec();
        let sizes = sizes_of(vm, samples_sizes, samples.len())?;
        match vm.detach(move || system::zstd_train(&samples, &sizes, capacity)) {
            Ok(content) => Ok(vm.new_bytes(&content)?),
            Err(text) => Err(zstd_error(vm, &format!("Unable to train the Zstandard dictionary: {text}"))),
        }
    }

    /// Finalize a Zstandard dictionary.
    ///
    ///   custom_dict_bytes
    ///     Custom dictionary content.
    ///   samples_bytes
    ///     Concatenation of samples.
    ///   samples_sizes
    ///     Tuple of samples' sizes.
    ///   dict_size
    ///     The size of the dictionary.
    ///   compression_level
    ///     Optimize for a specific Zstandard compression level, 0 means default.
    #[pyfunction]
    #[signature = "(custom_dict_bytes, samples_bytes, samples_sizes, dict_size, compression_level, /)"]
    fn finalize_dict(
        vm: &mut Vm,
        custom_dict_bytes: &Object<Bytes>,
        samples_bytes: &Object<Bytes>,
        samples_sizes: &Object<Tuple>,
        dict_size: isize,
        compression_level: i32,
    ) -> PyResult<Ref<Bytes>> {
        let capacity = capacity(vm, dict_size)?;
        let (custom, samples) = (custom_dict_bytes.as_slice().to_vec(), samples_bytes.as_slice().to_vec());
        let sizes = sizes_of(vm, samples_sizes, samples.len())?;
        match vm.detach(move || system::zstd_finalize(&custom, &samples, &sizes, capacity, compression_level)) {
            Ok(content) => Ok(vm.new_bytes(&content)?),
            Err(text) => Err(zstd_error(vm, &format!("Unable to finalize the Zstandard dictionary: {text}"))),
        }
    }

    /// Get CompressionParameter/DecompressionParameter bounds.
    ///
    ///   parameter
    ///     The parameter to get bounds.
    ///   is_compress
    ///     True for CompressionParameter, False for DecompressionParameter.
    #[pyfunction]
    #[signature = "(parameter, is_compress)"]
    fn get_param_bounds(vm: &mut Vm, parameter: i32, is_compress: bool) -> PyResult<(i32, i32)> {
        let kind = if is_compress { "compression" } else { "decompression" };
        let bounds = system::zstd_bounds(parameter, is_compress);
        bounds.map_err(|failure| failed(vm, &format!("get zstd {kind} parameter bounds"), failure))
    }

    /// Get the size of a Zstandard frame, including the header and optional checksum.
    ///
    ///   frame_buffer
    ///     A bytes-like object, it should start from the beginning of a frame,
    ///     and contains at least one complete frame.
    #[pyfunction]
    #[signature = "(frame_buffer)"]
    fn get_frame_size(vm: &mut Vm, frame_buffer: &Value) -> PyResult<usize> {
        let view = vm.bytes_like(frame_buffer)?;
        let size = system::zstd_frame_size(view.as_slice(vm));
        size.map_err(|failure| {
            let text = failure.text();
            zstd_error(
                vm,
                &format!(
                    "Error when finding the compressed size of a Zstandard frame. Ensure the frame_buffer argument starts from the beginning of a frame, and its length is not less than this complete frame. Zstd error message: {text}."
                ),
            )
        })
    }

    /// Get Zstandard frame infomation from a frame header.
    ///
    ///   frame_buffer
    ///     A bytes-like object, containing the header of a Zstandard frame.
    #[pyfunction]
    #[signature = "(frame_buffer)"]
    fn get_frame_info(vm: &mut Vm, frame_buffer: &Value) -> PyResult<(Option<u64>, u32)> {
        let view = vm.bytes_like(frame_buffer)?;
        let info = system::zstd_frame_info(view.as_slice(vm));
        info.ok_or_else(|| {
            zstd_error(
                vm,
                "Error when getting information from the header of a Zstandard frame. Ensure the frame_buffer argument starts from the beginning of a frame, and its length is not less than the frame header (6~18 bytes).",
            )
        })
    }

    /// Set CompressionParameter and DecompressionParameter types for validity check.
    ///
    ///   c_parameter_type
    ///     CompressionParameter IntEnum type object
    ///   d_parameter_type
    ///     DecompressionParameter IntEnum type object
    #[pyfunction]
    #[signature = "(c_parameter_type, d_parameter_type)"]
    fn set_parameter_types(vm: &mut Vm, c_parameter_type: &Object<Type>, d_parameter_type: &Object<Type>) {
        let state = classes(vm);
        state.compression.set(Some(c_parameter_type.to_value()), vm);
        state.decompression.set(Some(d_parameter_type.to_value()), vm);
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        add(vm, module, NUMBERS)?;
        for &(number, _, name) in ZSTD_COMPRESSION.iter().chain(ZSTD_DECOMPRESSION) {
            crate::constants::set(vm, module, name, &Value::from_i32(number))?;
        }
        Ok(())
    }
}
