//! liblzma's streams and filters behind safe functions.

use std::os::raw::c_void;

use liblzma_sys as x;

/// Why something failed: a number of liblzma's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct XzError(pub u32);

fn check(code: x::lzma_ret) -> Result<(), XzError> {
    if code == x::LZMA_OK { Ok(()) } else { Err(XzError(code)) }
}

/// The options of an LZMA filter.
#[derive(Clone, Copy, Debug)]
pub struct XzOptions {
    pub dict_size: u32,
    pub lc: u32,
    pub lp: u32,
    pub pb: u32,
    pub mode: u32,
    pub nice_len: u32,
    pub mf: u32,
    pub depth: u32,
}

impl XzOptions {
    /// Those of a preset; `None` where there is no such.
    pub fn of_preset(preset: u32) -> Option<XzOptions> {
        // SAFETY: zeros are valid options; the call fills them.
        let (failed, raw) = unsafe {
            let mut raw: x::lzma_options_lzma = std::mem::zeroed();
            (x::lzma_lzma_preset(&mut raw, preset) != 0, raw)
        };
        (!failed).then(|| XzOptions::from_raw(&raw))
    }

    fn from_raw(raw: &x::lzma_options_lzma) -> XzOptions {
        XzOptions {
            dict_size: raw.dict_size,
            lc: raw.lc,
            lp: raw.lp,
            pb: raw.pb,
            mode: raw.mode,
            nice_len: raw.nice_len,
            mf: raw.mf,
            depth: raw.depth,
        }
    }

    fn to_raw(self) -> x::lzma_options_lzma {
        // SAFETY: zeros are valid options: without a preset dictionary.
        let mut raw: x::lzma_options_lzma = unsafe { std::mem::zeroed() };
        raw.dict_size = self.dict_size;
        (raw.lc, raw.lp, raw.pb) = (self.lc, self.lp, self.pb);
        raw.mode = self.mode as x::lzma_mode;
        raw.nice_len = self.nice_len;
        raw.mf = self.mf as x::lzma_match_finder;
        raw.depth = self.depth;
        raw
    }
}

/// A filter of a chain, and what it is called in files.
#[derive(Clone, Copy, Debug)]
pub enum XzFilter {
    /// LZMA1 or LZMA2.
    Lzma(u64, XzOptions),
    /// Differences of bytes so far apart.
    Delta(u32),
    /// Addresses in a machine's code, from an offset on.
    Branch(u64, u32),
}

/// `LZMA_FILTER_DELTA`
pub const FILTER_DELTA: u64 = 3;

/// `lzma_options_delta`
#[repr(C)]
struct DeltaOptions {
    kind: u32,
    dist: u32,
    reserved: [u64; 6],
}

/// Options that a raw filter points to.
enum RawOptions {
    Lzma(Box<x::lzma_options_lzma>),
    Delta(Box<DeltaOptions>),
    Branch(Box<x::lzma_options_bcj>),
}

/// Filters as liblzma takes them, with an end.
struct Chain {
    raw: Vec<x::lzma_filter>,
    _options: Vec<RawOptions>,
}

impl Chain {
    fn new(filters: &[XzFilter]) -> Chain {
        let (mut raw, mut kept) = (Vec::new(), Vec::new());
        for filter in filters {
            let (id, mut options) = match *filter {
                XzFilter::Lzma(id, options) => (id, RawOptions::Lzma(Box::new(options.to_raw()))),
                XzFilter::Delta(dist) => {
                    (FILTER_DELTA, RawOptions::Delta(Box::new(DeltaOptions { kind: 0, dist, reserved: [0; 6] })))
                }
                XzFilter::Branch(id, start_offset) => (id, RawOptions::Branch(Box::new(x::lzma_options_bcj { start_offset }))),
            };
            let pointer: *mut c_void = match &mut options {
                RawOptions::Lzma(options) => std::ptr::from_mut(&mut **options).cast(),
                RawOptions::Delta(options) => std::ptr::from_mut(&mut **options).cast(),
                RawOptions::Branch(options) => std::ptr::from_mut(&mut **options).cast(),
            };
            raw.push(x::lzma_filter { id, options: pointer });
            kept.push(options);
        }
        raw.push(x::lzma_filter { id: u64::MAX, options: std::ptr::null_mut() });
        Chain { raw, _options: kept }
    }
}

/// What a stream is made as.
pub enum XzKind<'a> {
    /// Writes `.xz` by a preset, with a check.
    EasyEncoder(u32, u32),
    /// Writes `.xz` by filters, with a check.
    Encoder(&'a [XzFilter], u32),
    /// Writes `.lzma`.
    AloneEncoder(XzOptions),
    /// Writes the filters' output alone.
    RawEncoder(&'a [XzFilter]),
    /// Reads `.xz` or `.lzma`, within a limit of memory.
    AutoDecoder(u64),
    /// Reads `.xz`.
    Decoder(u64),
    /// Reads `.lzma`.
    AloneDecoder(u64),
    /// Reads the filters' output alone.
    RawDecoder(&'a [XzFilter]),
}

/// What one step did.
#[derive(Clone, Copy, Debug)]
pub struct XzStep {
    /// Bytes of input that were read.
    pub read: usize,
    /// Bytes of output that were written.
    pub written: usize,
    /// Whether the stream has ended.
    pub ended: bool,
    /// The check of the stream, where it just became known.
    pub check: Option<u32>,
}

/// A stream in one direction.
pub struct XzStream(Box<x::lzma_stream>);

// SAFETY: the stream owns all that its pointers lead to, but the input and output of a step, which it forgets after it.
unsafe impl Send for XzStream {}

impl XzStream {
    /// A stream of a kind.
    pub fn new(kind: XzKind<'_>) -> Result<XzStream, XzError> {
        const TELL: u32 = x::LZMA_TELL_ANY_CHECK | x::LZMA_TELL_NO_CHECK;
        // SAFETY: zeros are a valid stream to initialise; it stays at its address. Filters and options live through the calls,
        // which copy them.
        unsafe {
            let mut stream = XzStream(Box::new(std::mem::zeroed()));
            let raw: *mut x::lzma_stream = &mut *stream.0;
            check(match kind {
                XzKind::EasyEncoder(preset, check) => x::lzma_easy_encoder(raw, preset, check as x::lzma_check),
                XzKind::Encoder(filters, check) => {
                    x::lzma_stream_encoder(raw, Chain::new(filters).raw.as_ptr(), check as x::lzma_check)
                }
                XzKind::AloneEncoder(options) => x::lzma_alone_encoder(raw, &options.to_raw()),
                XzKind::RawEncoder(filters) => x::lzma_raw_encoder(raw, Chain::new(filters).raw.as_ptr()),
                XzKind::AutoDecoder(limit) => x::lzma_auto_decoder(raw, limit, TELL),
                XzKind::Decoder(limit) => x::lzma_stream_decoder(raw, limit, TELL),
                XzKind::AloneDecoder(limit) => x::lzma_alone_decoder(raw, limit),
                XzKind::RawDecoder(filters) => x::lzma_raw_decoder(raw, Chain::new(filters).raw.as_ptr()),
            })?;
            Ok(stream)
        }
    }

    /// Goes on with some input, or to the end of the stream.
    pub fn step(&mut self, input: &[u8], output: &mut [u8], finish: bool) -> Result<XzStep, XzError> {
        self.0.next_in = input.as_ptr();
        self.0.avail_in = input.len();
        self.0.next_out = output.as_mut_ptr();
        self.0.avail_out = output.len();
        let action = if finish { x::LZMA_FINISH } else { x::LZMA_RUN };
        // SAFETY: the stream was initialised; input and output are as long as said, and live through the call.
        let code = unsafe { x::lzma_code(&mut *self.0, action) };
        let (read, written) = (input.len() - self.0.avail_in, output.len() - self.0.avail_out);
        self.0.next_in = std::ptr::null();
        self.0.next_out = std::ptr::null_mut();
        let step = XzStep { read, written, ended: code == x::LZMA_STREAM_END, check: None };
        match code {
            x::LZMA_OK | x::LZMA_STREAM_END => Ok(step),
            x::LZMA_GET_CHECK | x::LZMA_NO_CHECK => {
                // SAFETY: the stream was initialised, and has just told of its check.
                let check = unsafe { x::lzma_get_check(&*self.0) } as u32;
                Ok(XzStep { check: Some(check), ..step })
            }
            // Without input and with room this is no error.
            x::LZMA_BUF_ERROR if self.0.avail_in == 0 && self.0.avail_out > 0 => Ok(step),
            code => Err(XzError(code)),
        }
    }
}

impl Drop for XzStream {
    fn drop(&mut self) {
        // SAFETY: zeroed or initialised, it is ended once.
        unsafe { x::lzma_end(&mut *self.0) };
    }
}

/// A filter's options as files have them.
pub fn encode_properties(filter: XzFilter) -> Result<Vec<u8>, XzError> {
    let chain = Chain::new(&[filter]);
    let mut size = 0;
    // SAFETY: the filter lives through the calls; the second one fills as many bytes as the first one says.
    unsafe {
        check(x::lzma_properties_size(&mut size, chain.raw.as_ptr()))?;
        let mut bytes = vec![0; size as usize];
        check(x::lzma_properties_encode(chain.raw.as_ptr(), bytes.as_mut_ptr()))?;
        Ok(bytes)
    }
}

/// The filter of options as files have them; `None` for options that a filter does not have.
pub fn decode_properties(id: u64, bytes: &[u8], is_lzma: bool) -> Result<Option<XzFilter>, XzError> {
    let mut filter = x::lzma_filter { id, options: std::ptr::null_mut() };
    // SAFETY: the call gives options of the filter's kind, made by C's allocator, or null.
    unsafe {
        check(x::lzma_properties_decode(&mut filter, std::ptr::null(), bytes.as_ptr(), bytes.len()))?;
        let decoded = (!filter.options.is_null()).then(|| {
            if is_lzma {
                XzFilter::Lzma(id, XzOptions::from_raw(&*filter.options.cast()))
            } else if id == FILTER_DELTA {
                XzFilter::Delta((*filter.options.cast::<DeltaOptions>()).dist)
            } else {
                XzFilter::Branch(id, (*filter.options.cast::<x::lzma_options_bcj>()).start_offset)
            }
        });
        libc::free(filter.options);
        Ok(decoded)
    }
}

/// Whether a check can be made.
pub fn is_check_supported(id: u32) -> bool {
    // SAFETY: the call takes a number.
    unsafe { x::lzma_check_is_supported(id as x::lzma_check) != 0 }
}
