//! `_lzma`: compression by LZMA, in the formats of xz and of the older `.lzma`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::arguments::Argument;
use pvm_object::bytes::Bytes;
use pvm_object::convert::FromArg;
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Foreign, HeapCell, PyResult, Raised, Ref, Value, Vm};

use crate::constants::Numbers;
use crate::parameters::bytes_of_buffer;
use crate::system::{FILTER_DELTA, XzError, XzFilter, XzKind, XzOptions, XzStep, XzStream};
use crate::zlib::{CHUNK, Intake, Output, intake_members, piece};

const FORMAT_AUTO: i32 = 0;
const FORMAT_XZ: i32 = 1;
const FORMAT_ALONE: i32 = 2;
const FORMAT_RAW: i32 = 3;
const CHECK_NONE: i32 = 0;
const CHECK_CRC64: i32 = 4;
const CHECK_UNKNOWN: i32 = 16;
const PRESET_DEFAULT: u32 = 6;
const FILTER_LZMA1: u64 = 0x4000_0000_0000_0001;
const FILTER_LZMA2: u64 = 0x21;
/// The most filters of a chain.
const FILTERS_MAX: usize = 4;

/// Names and values.
#[rustfmt::skip]
static NUMBERS: &Numbers = &[
    ("CHECK_CRC32", 1), ("CHECK_CRC64", 4), ("CHECK_ID_MAX", 15), ("CHECK_NONE", 0), ("CHECK_SHA256", 10),
    ("CHECK_UNKNOWN", 16), ("FILTER_ARM", 7), ("FILTER_ARMTHUMB", 8), ("FILTER_DELTA", 3), ("FILTER_IA64", 6),
    ("FILTER_LZMA1", FILTER_LZMA1 as i64), ("FILTER_LZMA2", 33), ("FILTER_POWERPC", 5), ("FILTER_SPARC", 9),
    ("FILTER_X86", 4), ("FORMAT_ALONE", 2), ("FORMAT_AUTO", 0), ("FORMAT_RAW", 3), ("FORMAT_XZ", 1), ("MF_BT2", 18),
    ("MF_BT3", 19), ("MF_BT4", 20), ("MF_HC3", 3), ("MF_HC4", 4), ("MODE_FAST", 1), ("MODE_NORMAL", 2),
    ("PRESET_DEFAULT", 6), ("PRESET_EXTREME", 0x8000_0000),
];

/// Call to liblzma failed.
#[pyclass(exception, name = "LZMAError", module = "_lzma", no_export, base = pvm_object::exceptions::EXCEPTION)]
pub struct LzmaError;

/// The exception of an error of liblzma's (`catch_lzma_error`).
#[cold]
fn raise(vm: &mut Vm, error: XzError) -> Raised {
    let text = match error.0 {
        3 => "Unsupported integrity check",
        5 => return vm.memory_error(),
        6 => "Memory usage limit exceeded",
        7 => "Input format not supported by decoder",
        8 => "Invalid or unsupported options",
        9 => "Corrupt input data",
        10 => "Insufficient buffer space",
        11 => "Internal error",
        code => {
            let class = LZMA_ERROR_TYPE.get();
            return vm.raise_message(class, format_args!("Unrecognized error from liblzma: {code}"));
        }
    };
    vm.raise_message(LZMA_ERROR_TYPE.get(), format_args!("{text}"))
}

/// A number of 32 bits (`uint32_converter`).
fn word(vm: &mut Vm, value: &Value) -> PyResult<u32> {
    let number = u64::from_arg(value.borrowed(), Argument::operand(""), vm)?;
    u32::try_from(number).map_err(|_| vm.overflow_error(format_args!("Value too large for uint32_t type")))
}

fn invalid_preset(vm: &mut Vm, preset: u32) -> Raised {
    vm.raise_message(LZMA_ERROR_TYPE.get(), format_args!("Invalid compression preset: {preset}"))
}

/// The entries of a filter's specifier but its id and preset: names and numbers. Others are refused with a message.
fn entries(vm: &mut Vm, spec: &Value, known: &[&str], kind: &str) -> PyResult<Vec<(usize, u32)>> {
    let dict = vm.dict_of(spec)?;
    let pairs: Vec<(Value, Value)> = dict.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let mut found = Vec::new();
    for (key, value) in &pairs {
        let name = key.downcast::<Str>().map(|name| name.to_string()).unwrap_or_default();
        if name == "id" || (name == "preset" && kind == "LZMA") {
            continue;
        }
        let number = match known.iter().position(|&known| known == name) {
            Some(index) => word(vm, value).map(|number| (index, number)),
            None => Err(vm.type_error(format_args!("this function got an unexpected keyword argument '{name}'"))),
        };
        match number {
            Ok(entry) => found.push(entry),
            Err(raised) => {
                drop(vm.catch(raised));
                return Err(vm.value_error(format_args!("Invalid filter specifier for {kind} filter")));
            }
        }
    }
    Ok(found)
}

/// An entry of a mapping that may be missing.
fn entry(vm: &mut Vm, spec: &Value, name: &str) -> PyResult<Option<Value>> {
    let key = vm.new_str(name).into();
    let found = vm.getitem(spec, &key);
    vm.ok_unless(found, pvm_object::exceptions::KEY_ERROR.get())
}

/// A filter's specifier (`lzma_filter_converter`).
fn filter(vm: &mut Vm, spec: &Value) -> PyResult<XzFilter> {
    if spec.ty().slots().getitem().is_none() {
        return Err(vm.type_error(format_args!("Filter specifier must be a dict or dict-like object")));
    }
    let Some(id) = entry(vm, spec, "id")? else {
        return Err(vm.value_error(format_args!("Filter specifier must have an \"id\" entry")));
    };
    let id = u64::from_arg(id.borrowed(), Argument::operand(""), vm)?;
    match id {
        FILTER_LZMA1 | FILTER_LZMA2 => {
            let preset = match entry(vm, spec, "preset")? {
                Some(preset) => word(vm, &preset)?,
                None => PRESET_DEFAULT,
            };
            let mut options = XzOptions::of_preset(preset).ok_or_else(|| invalid_preset(vm, preset))?;
            let names = ["dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth"];
            for (index, number) in entries(vm, spec, &names, "LZMA")? {
                let fields = [
                    &mut options.dict_size,
                    &mut options.lc,
                    &mut options.lp,
                    &mut options.pb,
                    &mut options.mode,
                    &mut options.nice_len,
                    &mut options.mf,
                    &mut options.depth,
                ];
                if let Some(field) = fields.into_iter().nth(index) {
                    *field = number;
                }
            }
            Ok(XzFilter::Lzma(id, options))
        }
        FILTER_DELTA => {
            let found = entries(vm, spec, &["dist"], "delta")?;
            Ok(XzFilter::Delta(found.first().map_or(1, |&(_, dist)| dist)))
        }
        4..=9 => {
            let found = entries(vm, spec, &["start_offset"], "BCJ")?;
            Ok(XzFilter::Branch(id, found.first().map_or(0, |&(_, offset)| offset)))
        }
        _ => Err(vm.value_error(format_args!("Invalid filter ID: {id}"))),
    }
}

/// A chain of filters (`parse_filter_chain_spec`).
fn chain(vm: &mut Vm, specs: &Value) -> PyResult<Vec<XzFilter>> {
    if specs.is_instance_of::<Dict>() {
        return Err(vm.type_error(format_args!("dict is not a sequence")));
    }
    let count = vm.len(specs)?;
    if count > FILTERS_MAX {
        return Err(vm.value_error(format_args!("Too many filters - liblzma supports a maximum of {FILTERS_MAX}")));
    }
    let mut filters = Vec::with_capacity(count);
    for index in 0..count {
        let spec = vm.getitem(specs, &Value::from_i32(index as i32))?;
        filters.push(filter(vm, &spec)?);
    }
    Ok(filters)
}

fn open(vm: &mut Vm, kind: XzKind<'_>) -> PyResult<HeapCell<Foreign<XzStream>>> {
    XzStream::new(kind).map(|stream| HeapCell::new(Foreign(stream))).map_err(|error| raise(vm, error))
}

/// Steps until the input is read and the output is out, or to the stream's end: what was read, whether that came, and the
/// check where it became known.
fn run(stream: &mut XzStream, input: &[u8], output: &mut Output, finish: bool) -> Result<(usize, bool, Option<u32>), XzError> {
    let (mut total, mut known) = (0, None);
    while output.make_room() {
        let XzStep { read, written, ended, check } = stream.step(piece(&input[total..]), output.room(), finish)?;
        total += read;
        output.advance(written);
        known = check.or(known);
        let idle = total == input.len() && !finish && !output.is_full();
        if ended || idle || output.at_limit() {
            return Ok((total, ended, known));
        }
    }
    Ok((total, false, known))
}

/// LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)
///
/// Create a compressor object for compressing data incrementally.
///
/// format specifies the container format to use for the output. This can
/// be FORMAT_XZ (default), FORMAT_ALONE, or FORMAT_RAW.
///
/// check specifies the integrity check to use. For FORMAT_XZ, the default
/// is CHECK_CRC64. FORMAT_ALONE and FORMAT_RAW do not support integrity
/// checks; for these formats, check must be omitted, or be CHECK_NONE.
///
/// The settings used by the compressor can be specified either as a
/// preset compression level (with the 'preset' argument), or in detail
/// as a custom filter chain (with the 'filters' argument). For FORMAT_XZ
/// and FORMAT_ALONE, the default is to use the PRESET_DEFAULT preset
/// level. For FORMAT_RAW, the caller must always specify a filter chain;
/// the raw compressor does not support preset compression levels.
///
/// preset (if provided) should be an integer in the range 0-9, optionally
/// OR-ed with the constant PRESET_EXTREME.
///
/// filters (if provided) should be a sequence of dicts. Each dict should
/// have an entry for "id" indicating the ID of the filter, plus
/// additional entries for options to the filter.
///
/// For one-shot compression, use the compress() function instead.
#[pyclass(name = "LZMACompressor", module = "_lzma")]
pub struct Compressor {
    stream: HeapCell<Foreign<XzStream>>,
    flushed: Cell<bool>,
}

#[pymethods]
impl Compressor {
    #[new]
    #[signature = "(format=1, check=-1, preset=None, filters=None)"]
    #[text_signature = ""]
    fn new(vm: &mut Vm, format: i32, check: i32, preset: Option<&Value>, filters: Option<&Value>) -> PyResult<Compressor> {
        if preset.is_some() && filters.is_some() {
            return Err(vm.value_error(format_args!("Cannot specify both preset and filter chain")));
        }
        let preset = match preset {
            Some(preset) => word(vm, preset)?,
            None => PRESET_DEFAULT,
        };
        if format != FORMAT_XZ && check != -1 && check != CHECK_NONE {
            return Err(vm.value_error(format_args!("Integrity checks are only supported by FORMAT_XZ")));
        }
        let check = if check == -1 { CHECK_CRC64 } else { check };
        let given = match filters {
            Some(specs) if (FORMAT_XZ..=FORMAT_RAW).contains(&format) => Some(chain(vm, specs)?),
            _ => None,
        };
        let kind = match (format, &given) {
            (FORMAT_XZ, None) => XzKind::EasyEncoder(preset, check as u32),
            (FORMAT_XZ, Some(filters)) => XzKind::Encoder(filters, check as u32),
            (FORMAT_ALONE, None) => match XzOptions::of_preset(preset) {
                Some(options) => XzKind::AloneEncoder(options),
                None => return Err(invalid_preset(vm, preset)),
            },
            (FORMAT_ALONE, Some(filters)) => match filters[..] {
                [XzFilter::Lzma(FILTER_LZMA1, options)] => XzKind::AloneEncoder(options),
                _ => {
                    return Err(
                        vm.value_error(format_args!("Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter"))
                    );
                }
            },
            (FORMAT_RAW, Some(filters)) => XzKind::RawEncoder(filters),
            (FORMAT_RAW, None) => return Err(vm.value_error(format_args!("Must specify filters for FORMAT_RAW"))),
            _ => return Err(vm.value_error(format_args!("Invalid container format: {format}"))),
        };
        Ok(Compressor { stream: open(vm, kind)?, flushed: Cell::new(false) })
    }

    /// compress($self, data, /)
    /// --
    ///
    /// Provide data to the compressor object.
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
        run(self.stream.borrow_mut(vm), data.as_slice(), &mut output, false).map_err(|error| raise(vm, error))?;
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
        run(self.stream.borrow_mut(vm), &[], &mut output, true).map_err(|error| raise(vm, error))?;
        output.finish(vm)
    }
}

/// LZMADecompressor(format=FORMAT_AUTO, memlimit=None, filters=None)
/// --
///
/// Create a decompressor object for decompressing data incrementally.
///
///   format
///     Specifies the container format of the input stream.  If this is
///     FORMAT_AUTO (the default), the decompressor will automatically detect
///     whether the input is FORMAT_XZ or FORMAT_ALONE.  Streams created with
///     FORMAT_RAW cannot be autodetected.
///   memlimit
///     Limit the amount of memory used by the decompressor.  This will cause
///     decompression to fail if the input cannot be decompressed within this
///     limit.
///   filters
///     A custom filter chain.  This argument is required for FORMAT_RAW, and
///     not accepted with any other format.  When provided, this should be a
///     sequence of dicts, each indicating the ID and options for a single
///     filter.
///
/// For one-shot decompression, use the decompress() function instead.
#[pyclass(name = "LZMADecompressor", module = "_lzma", parts(intake))]
pub struct Decompressor {
    stream: HeapCell<Foreign<XzStream>>,
    intake: Intake,
    check: Cell<i32>,
}

intake_members!(Decompressor);

#[pymethods]
impl Decompressor {
    #[new]
    #[signature = "(format=0, memlimit=None, filters=None)"]
    fn new(vm: &mut Vm, format: i32, memlimit: Option<&Value>, filters: Option<&Value>) -> PyResult<Decompressor> {
        let limit = match memlimit {
            None => u64::MAX,
            Some(_) if format == FORMAT_RAW => {
                return Err(vm.value_error(format_args!("Cannot specify memory limit with FORMAT_RAW")));
            }
            Some(limit) => u64::from_arg(limit.borrowed(), Argument::operand(""), vm)?,
        };
        let given = match filters {
            None if format == FORMAT_RAW => {
                return Err(vm.value_error(format_args!("Must specify filters for FORMAT_RAW")));
            }
            Some(_) if format != FORMAT_RAW => {
                return Err(vm.value_error(format_args!("Cannot specify filters except with FORMAT_RAW")));
            }
            Some(specs) => chain(vm, specs)?,
            None => Vec::new(),
        };
        let (kind, check) = match format {
            FORMAT_AUTO => (XzKind::AutoDecoder(limit), CHECK_UNKNOWN),
            FORMAT_XZ => (XzKind::Decoder(limit), CHECK_UNKNOWN),
            FORMAT_ALONE => (XzKind::AloneDecoder(limit), CHECK_NONE),
            FORMAT_RAW => (XzKind::RawDecoder(&given), CHECK_NONE),
            _ => return Err(vm.value_error(format_args!("Invalid container format: {format}"))),
        };
        let stream = open(vm, kind)?;
        Ok(Decompressor { stream, intake: Intake::new(vm)?, check: Cell::new(check) })
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
        let input = self.intake.take(vm, data, "Already at end of stream")?;
        let mut output = Output::new(CHUNK, usize::try_from(max_length).ok());
        let (read, ended, check) = match run(self.stream.borrow_mut(vm), &input, &mut output, false) {
            Ok(done) => done,
            Err(error) => {
                self.intake.fail();
                return Err(raise(vm, error));
            }
        };
        if let Some(check) = check {
            self.check.set(check as i32);
        }
        // A full output may not be all that the stream has.
        self.intake.keep(vm, input, read, ended, output.is_full())?;
        output.finish(vm)
    }

    /// ID of the integrity check used by the input stream.
    #[member]
    fn check(&self) -> i32 {
        self.check.get()
    }
}

#[pvm_macros::pymodule(name = "_lzma")]
pub mod native {
    use pvm_macros::pyfunction;
    use pvm_object::buffer::BufferView;
    use pvm_object::bytes::Bytes;
    use pvm_object::dict::Dict;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::{FILTER_LZMA1, FILTER_LZMA2, LZMA_ERROR_TYPE, raise};
    use crate::system::{self, XzFilter};

    #[export]
    use super::{Compressor, Decompressor};

    /// is_check_supported(check_id, /)
    /// --
    ///
    /// Test whether the given integrity check is supported.
    ///
    /// Always returns True for CHECK_NONE and CHECK_CRC32.
    #[pyfunction]
    fn is_check_supported(check_id: i32) -> bool {
        system::is_check_supported(check_id as u32)
    }

    /// _encode_filter_properties(filter, /)
    /// --
    ///
    /// Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).
    ///
    /// The result does not include the filter ID itself, only the options.
    #[pyfunction]
    #[signature = "(filter, /)"]
    fn _encode_filter_properties(vm: &mut Vm, filter: &Value) -> PyResult<Ref<Bytes>> {
        let filter = super::filter(vm, filter)?;
        let bytes = system::encode_properties(filter).map_err(|error| raise(vm, error))?;
        Ok(vm.new_bytes(&bytes)?)
    }

    /// _decode_filter_properties(filter_id, encoded_props, /)
    /// --
    ///
    /// Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).
    ///
    /// The result does not include the filter ID itself, only the options.
    #[pyfunction]
    fn _decode_filter_properties(vm: &mut Vm, filter_id: u64, encoded_props: BufferView) -> PyResult<Ref<Dict>> {
        let bytes = encoded_props.gather(vm);
        let is_lzma = matches!(filter_id, FILTER_LZMA1 | FILTER_LZMA2);
        let decoded = system::decode_properties(filter_id, &bytes, is_lzma).map_err(|error| raise(vm, error))?;
        let mut fields: Vec<(&str, u64)> = vec![("id", filter_id)];
        match decoded {
            Some(XzFilter::Lzma(FILTER_LZMA1, options)) => {
                fields.extend([("lc", options.lc), ("lp", options.lp), ("pb", options.pb)].map(|(k, v)| (k, v.into())));
                fields.push(("dict_size", options.dict_size.into()));
            }
            Some(XzFilter::Lzma(_, options)) => fields.push(("dict_size", options.dict_size.into())),
            Some(XzFilter::Delta(dist)) => fields.push(("dist", dist.into())),
            Some(XzFilter::Branch(_, offset)) => fields.push(("start_offset", offset.into())),
            // A filter without options in the file has none to show.
            None => {}
        }
        let dict = vm.new_dict();
        for (name, number) in fields {
            let (name, number) = (vm.intern(name), vm.int(number as i64));
            dict.set_str(&name, number, vm)?;
        }
        Ok(dict)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::NUMBERS)?;
        crate::constants::set(vm, module, "LZMAError", &LZMA_ERROR_TYPE.to_value())
    }
}
