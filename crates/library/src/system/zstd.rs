//! zstd's streams and dictionaries behind safe functions.

use std::alloc::{Layout, alloc, dealloc};
use std::ffi::{CStr, c_void};
use std::sync::Arc;

use pvm_object::heap;
use zstd_safe::zstd_sys as z;

/// Why something failed: a result of zstd's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ZstdError(usize);

impl ZstdError {
    /// What zstd says of it.
    pub fn text(self) -> &'static str {
        // SAFETY: the call takes a number and gives a string that lives for ever.
        unsafe { CStr::from_ptr(z::ZSTD_getErrorName(self.0)) }.to_str().unwrap_or_default()
    }

    /// Whether there was no memory.
    pub fn is_memory(self) -> bool {
        self.0 == 0_usize.wrapping_sub(64)
    }
}

type ZstdResult<T> = Result<T, ZstdError>;

fn check(code: usize) -> ZstdResult<usize> {
    // SAFETY: the call takes a number.
    if unsafe { z::ZSTD_isError(code) } != 0 { Err(ZstdError(code)) } else { Ok(code) }
}

fn c_parameter(key: i32) -> z::ZSTD_cParameter {
    // SAFETY: numbers that mean nothing are refused before they are made a parameter.
    unsafe { std::mem::transmute::<i32, z::ZSTD_cParameter>(key) }
}

fn d_parameter(key: i32) -> z::ZSTD_dParameter {
    // SAFETY: as above.
    unsafe { std::mem::transmute::<i32, z::ZSTD_dParameter>(key) }
}

/// The parameters that there are: numbers and names.
pub static ZSTD_COMPRESSION: &[(i32, &str, &str)] = &[
    (100, "compression_level", "ZSTD_c_compressionLevel"),
    (101, "window_log", "ZSTD_c_windowLog"),
    (102, "hash_log", "ZSTD_c_hashLog"),
    (103, "chain_log", "ZSTD_c_chainLog"),
    (104, "search_log", "ZSTD_c_searchLog"),
    (105, "min_match", "ZSTD_c_minMatch"),
    (106, "target_length", "ZSTD_c_targetLength"),
    (107, "strategy", "ZSTD_c_strategy"),
    (160, "enable_long_distance_matching", "ZSTD_c_enableLongDistanceMatching"),
    (161, "ldm_hash_log", "ZSTD_c_ldmHashLog"),
    (162, "ldm_min_match", "ZSTD_c_ldmMinMatch"),
    (163, "ldm_bucket_size_log", "ZSTD_c_ldmBucketSizeLog"),
    (164, "ldm_hash_rate_log", "ZSTD_c_ldmHashRateLog"),
    (200, "content_size_flag", "ZSTD_c_contentSizeFlag"),
    (201, "checksum_flag", "ZSTD_c_checksumFlag"),
    (202, "dict_id_flag", "ZSTD_c_dictIDFlag"),
    (400, "nb_workers", "ZSTD_c_nbWorkers"),
    (401, "job_size", "ZSTD_c_jobSize"),
    (402, "overlap_log", "ZSTD_c_overlapLog"),
];
/// The same for decompression.
pub static ZSTD_DECOMPRESSION: &[(i32, &str, &str)] = &[(100, "window_log_max", "ZSTD_d_windowLogMax")];

fn table(compression: bool) -> &'static [(i32, &'static str, &'static str)] {
    if compression { ZSTD_COMPRESSION } else { ZSTD_DECOMPRESSION }
}

/// The name of a parameter.
pub fn zstd_parameter_name(key: i32, compression: bool) -> Option<&'static str> {
    table(compression).iter().find(|(number, ..)| *number == key).map(|(_, name, _)| *name)
}

/// The smallest and the largest value of a parameter.
pub fn zstd_bounds(key: i32, compression: bool) -> ZstdResult<(i32, i32)> {
    if zstd_parameter_name(key, compression).is_none() {
        // What zstd answers to a number that it does not know.
        return Err(ZstdError(0_usize.wrapping_sub(40)));
    }
    // SAFETY: the parameter exists.
    let bounds = unsafe {
        match compression {
            true => z::ZSTD_cParam_getBounds(c_parameter(key)),
            false => z::ZSTD_dParam_getBounds(d_parameter(key)),
        }
    };
    check(bounds.error).map(|_| (bounds.lowerBound, bounds.upperBound))
}

/// How a dictionary is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ZstdDictUse {
    Digested,
    Undigested,
    Prefix,
}

/// What one step did: bytes read and written, and what zstd says is left.
#[derive(Clone, Copy, Debug)]
pub struct ZstdStep {
    pub read: usize,
    pub written: usize,
    pub left: usize,
}

/// When a compressor gives out what it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ZstdMode {
    Continue,
    FlushBlock,
    FlushFrame,
}

/// Functions that zstd takes memory with (`ZSTD_customMem`).
#[repr(C)]
#[derive(Clone, Copy)]
struct Memory {
    take: unsafe extern "C" fn(*mut c_void, usize) -> *mut c_void,
    give_back: unsafe extern "C" fn(*mut c_void, *mut c_void),
    opaque: *mut c_void,
}

unsafe extern "C" {
    fn ZSTD_createCCtx_advanced(memory: Memory) -> *mut z::ZSTD_CCtx;
    fn ZSTD_createDCtx_advanced(memory: Memory) -> *mut z::ZSTD_DCtx;
}

/// Memory that is charged to the interpreter: the tables of high levels take hundreds of megabytes.
const CHARGED: Memory = Memory { take, give_back, opaque: std::ptr::null_mut() };

/// Room before a block for its size.
const HEAD: usize = 16;

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(HEAD)?, HEAD).ok()
}

unsafe extern "C" fn take(_: *mut c_void, size: usize) -> *mut c_void {
    let Some(layout) = layout(size) else { return std::ptr::null_mut() };
    if heap::charge(layout.size() as isize).is_err() {
        return std::ptr::null_mut();
    }
    // SAFETY: the size is not zero; the block begins with room for a size.
    unsafe {
        let block = alloc(layout);
        if block.is_null() {
            let _ = heap::charge(-(layout.size() as isize));
            return std::ptr::null_mut();
        }
        block.cast::<usize>().write(size);
        block.add(HEAD).cast()
    }
}

unsafe extern "C" fn give_back(_: *mut c_void, address: *mut c_void) {
    if address.is_null() {
        return;
    }
    // SAFETY: zstd gives back what `take` gave it, before which the size lies.
    unsafe {
        let block = address.cast::<u8>().sub(HEAD);
        if let Some(layout) = layout(block.cast::<usize>().read()) {
            let _ = heap::charge(-(layout.size() as isize));
            dealloc(block, layout);
        }
    }
}

/// A compressor.
pub struct ZstdEncoder {
    raw: *mut z::ZSTD_CCtx,
    digested: *mut z::ZSTD_CDict,
    _dictionary: Option<Arc<[u8]>>,
}

// SAFETY: it owns all that its pointers lead to, and is used by one thread at a time.
unsafe impl Send for ZstdEncoder {}

impl ZstdEncoder {
    /// One with the parameters that zstd has by itself; `None` without memory.
    pub fn new() -> Option<ZstdEncoder> {
        // SAFETY: the functions do what zstd asks of them.
        let raw = unsafe { ZSTD_createCCtx_advanced(CHARGED) };
        (!raw.is_null()).then(|| ZstdEncoder { raw, digested: std::ptr::null_mut(), _dictionary: None })
    }

    /// Sets a parameter.
    pub fn set(&mut self, key: i32, value: i32) -> ZstdResult<()> {
        zstd_bounds(key, true)?;
        // SAFETY: the context lives, and the parameter exists.
        check(unsafe { z::ZSTD_CCtx_setParameter(self.raw, c_parameter(key), value) }).map(drop)
    }

    /// Takes a dictionary; `Ok(false)` where zstd makes none of its content.
    pub fn load(&mut self, dictionary: Arc<[u8]>, used: ZstdDictUse, level: i32) -> ZstdResult<bool> {
        let (data, len) = (dictionary.as_ptr().cast(), dictionary.len());
        // SAFETY: the context lives; the dictionary's memory lives as long as it, and what was digested too.
        let code = unsafe {
            match used {
                ZstdDictUse::Digested => {
                    self.digested = z::ZSTD_createCDict(data, len, level);
                    if self.digested.is_null() {
                        return Ok(false);
                    }
                    z::ZSTD_CCtx_refCDict(self.raw, self.digested)
                }
                ZstdDictUse::Undigested => z::ZSTD_CCtx_loadDictionary(self.raw, data, len),
                ZstdDictUse::Prefix => z::ZSTD_CCtx_refPrefix(self.raw, data, len),
            }
        };
        self._dictionary = Some(dictionary);
        check(code).map(|_| true)
    }

    /// Says how much data will come; `None` where that is not known.
    pub fn pledge(&mut self, size: Option<u64>) -> ZstdResult<()> {
        // SAFETY: the context lives.
        check(unsafe { z::ZSTD_CCtx_setPledgedSrcSize(self.raw, size.unwrap_or(u64::MAX)) }).map(drop)
    }

    /// Compresses some input.
    pub fn step(&mut self, input: &[u8], output: &mut [u8], mode: ZstdMode) -> ZstdResult<ZstdStep> {
        let mode = match mode {
            ZstdMode::Continue => z::ZSTD_EndDirective::ZSTD_e_continue,
            ZstdMode::FlushBlock => z::ZSTD_EndDirective::ZSTD_e_flush,
            ZstdMode::FlushFrame => z::ZSTD_EndDirective::ZSTD_e_end,
        };
        let mut source = z::ZSTD_inBuffer { src: input.as_ptr().cast(), size: input.len(), pos: 0 };
        let mut target = z::ZSTD_outBuffer { dst: output.as_mut_ptr().cast(), size: output.len(), pos: 0 };
        // SAFETY: the context lives; input and output are as long as said, and live through the call.
        let left = check(unsafe { z::ZSTD_compressStream2(self.raw, &mut target, &mut source, mode) })?;
        Ok(ZstdStep { read: source.pos, written: target.pos, left })
    }

    /// Forgets the frame that was begun.
    pub fn reset(&mut self) {
        // SAFETY: the context lives.
        unsafe { z::ZSTD_CCtx_reset(self.raw, z::ZSTD_ResetDirective::ZSTD_reset_session_only) };
    }
}

impl Drop for ZstdEncoder {
    fn drop(&mut self) {
        // SAFETY: both are freed once, the context first, which refers to the dictionary; null is freed as nothing.
        unsafe {
            z::ZSTD_freeCCtx(self.raw);
            z::ZSTD_freeCDict(self.digested);
        }
    }
}

/// A decompressor.
pub struct ZstdDecoder {
    raw: *mut z::ZSTD_DCtx,
    digested: *mut z::ZSTD_DDict,
    _dictionary: Option<Arc<[u8]>>,
}

// SAFETY: as for the compressor.
unsafe impl Send for ZstdDecoder {}

impl ZstdDecoder {
    /// One with the parameters that zstd has by itself; `None` without memory.
    pub fn new() -> Option<ZstdDecoder> {
        // SAFETY: as above.
        let raw = unsafe { ZSTD_createDCtx_advanced(CHARGED) };
        (!raw.is_null()).then(|| ZstdDecoder { raw, digested: std::ptr::null_mut(), _dictionary: None })
    }

    /// Sets a parameter.
    pub fn set(&mut self, key: i32, value: i32) -> ZstdResult<()> {
        zstd_bounds(key, false)?;
        // SAFETY: the context lives, and the parameter exists.
        check(unsafe { z::ZSTD_DCtx_setParameter(self.raw, d_parameter(key), value) }).map(drop)
    }

    /// Takes a dictionary; `Ok(false)` where zstd makes none of its content.
    pub fn load(&mut self, dictionary: Arc<[u8]>, used: ZstdDictUse) -> ZstdResult<bool> {
        let (data, len) = (dictionary.as_ptr().cast(), dictionary.len());
        // SAFETY: as for the compressor.
        let code = unsafe {
            match used {
                ZstdDictUse::Digested => {
                    self.digested = z::ZSTD_createDDict(data, len);
                    if self.digested.is_null() {
                        return Ok(false);
                    }
                    z::ZSTD_DCtx_refDDict(self.raw, self.digested)
                }
                ZstdDictUse::Undigested => z::ZSTD_DCtx_loadDictionary(self.raw, data, len),
                ZstdDictUse::Prefix => z::ZSTD_DCtx_refPrefix(self.raw, data, len),
            }
        };
        self._dictionary = Some(dictionary);
        check(code).map(|_| true)
    }

    /// Decompresses some input. Nothing is left at the end of a frame.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> ZstdResult<ZstdStep> {
        let mut source = z::ZSTD_inBuffer { src: input.as_ptr().cast(), size: input.len(), pos: 0 };
        let mut target = z::ZSTD_outBuffer { dst: output.as_mut_ptr().cast(), size: output.len(), pos: 0 };
        // SAFETY: as for the compressor.
        let left = check(unsafe { z::ZSTD_decompressStream(self.raw, &mut target, &mut source) })?;
        Ok(ZstdStep { read: source.pos, written: target.pos, left })
    }

    /// Forgets the frame that was begun.
    pub fn reset(&mut self) {
        // SAFETY: the context lives.
        unsafe { z::ZSTD_DCtx_reset(self.raw, z::ZSTD_ResetDirective::ZSTD_reset_session_only) };
    }
}

impl Drop for ZstdDecoder {
    fn drop(&mut self) {
        // SAFETY: as for the compressor.
        unsafe {
            z::ZSTD_freeDCtx(self.raw);
            z::ZSTD_freeDDict(self.digested);
        }
    }
}

/// The number that a dictionary bears; 0 for content without form.
pub fn zstd_dictionary_id(content: &[u8]) -> u32 {
    // SAFETY: the content is as long as said.
    unsafe { z::ZSTD_getDictID_fromDict(content.as_ptr().cast(), content.len()) }
}

/// The bytes of the frame at the start of `data`.
pub fn zstd_frame_size(data: &[u8]) -> ZstdResult<usize> {
    // SAFETY: the data is as long as said.
    check(unsafe { z::ZSTD_findFrameCompressedSize(data.as_ptr().cast(), data.len()) })
}

/// What the frame at the start of `data` says of itself: how long its content is, and which dictionary it needs. `None` where no
/// frame begins.
pub fn zstd_frame_info(data: &[u8]) -> Option<(Option<u64>, u32)> {
    // SAFETY: the data is as long as said.
    let (size, dictionary) = unsafe {
        let (pointer, len) = (data.as_ptr().cast(), data.len());
        (z::ZSTD_getFrameContentSize(pointer, len), z::ZSTD_getDictID_fromFrame(pointer, len))
    };
    match size {
        // ZSTD_CONTENTSIZE_UNKNOWN and ZSTD_CONTENTSIZE_ERROR.
        u64::MAX => Some((None, dictionary)),
        size if size == u64::MAX - 1 => None,
        size => Some((Some(size), dictionary)),
    }
}

fn dictionary_of(mut content: Vec<u8>, code: usize) -> Result<Vec<u8>, &'static str> {
    // SAFETY: the calls take a number; the name lives for ever.
    unsafe {
        if z::ZDICT_isError(code) != 0 {
            return Err(CStr::from_ptr(z::ZDICT_getErrorName(code)).to_str().unwrap_or_default());
        }
    }
    content.truncate(code);
    Ok(content)
}

/// A dictionary out of samples, which lie one behind the other; an error is zstd's text.
pub fn zstd_train(samples: &[u8], sizes: &[usize], capacity: usize) -> Result<Vec<u8>, &'static str> {
    let mut content = vec![0; capacity];
    // SAFETY: the sizes are those of the samples, of which there are so many; the output is as long as said.
    let code = unsafe {
        z::ZDICT_trainFromBuffer(
            content.as_mut_ptr().cast(),
            capacity,
            samples.as_ptr().cast(),
            sizes.as_ptr(),
            sizes.len() as u32,
        )
    };
    dictionary_of(content, code)
}

/// A dictionary around some content, with statistics of samples.
pub fn zstd_finalize(
    custom: &[u8],
    samples: &[u8],
    sizes: &[usize],
    capacity: usize,
    level: i32,
) -> Result<Vec<u8>, &'static str> {
    let mut content = vec![0; capacity];
    let parameters = z::ZDICT_params_t { compressionLevel: level, notificationLevel: 0, dictID: 0 };
    // SAFETY: as above.
    let code = unsafe {
        z::ZDICT_finalizeDictionary(
            content.as_mut_ptr().cast(),
            capacity,
            custom.as_ptr().cast(),
            custom.len(),
            samples.as_ptr().cast(),
            sizes.as_ptr(),
            sizes.len() as u32,
            parameters,
        )
    };
    dictionary_of(content, code)
}
