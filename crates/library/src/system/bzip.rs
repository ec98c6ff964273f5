//! bzip2's streams behind safe functions.

use libbz2_rs_sys as b;

/// Why a stream stopped: a number of bzip2's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BzipError(pub i32);

/// What one step did.
#[derive(Clone, Copy, Debug)]
pub struct BzipStep {
    /// Bytes of input that were read.
    pub read: usize,
    /// Bytes of output that were written.
    pub written: usize,
    /// Whether the stream has ended.
    pub ended: bool,
}

/// A stream in one direction.
pub struct BzipStream {
    raw: Box<b::bz_stream>,
    compresses: bool,
    /// Why it failed: a stream that did must not be used any more.
    failed: Option<BzipError>,
}

// SAFETY: the stream owns all that its pointers lead to, but the input and output of a step, which it forgets after it.
unsafe impl Send for BzipStream {}

impl BzipStream {
    /// A stream that compresses, with blocks of so many hundred thousand bytes, 1 to 9.
    pub fn compressor(level: i32) -> Result<BzipStream, BzipError> {
        // SAFETY: zeros are a valid stream to initialise: it then has the library's own allocator.
        let mut raw: Box<b::bz_stream> = Box::new(unsafe { std::mem::zeroed() });
        // SAFETY: the stream is zeroed, and stays at its address.
        match unsafe { b::BZ2_bzCompressInit(&mut *raw, level, 0, 0) } {
            b::BZ_OK => Ok(BzipStream { raw, compresses: true, failed: None }),
            code => Err(BzipError(code)),
        }
    }

    /// A stream that decompresses.
    pub fn decompressor() -> Result<BzipStream, BzipError> {
        // SAFETY: as above.
        let mut raw: Box<b::bz_stream> = Box::new(unsafe { std::mem::zeroed() });
        // SAFETY: as above.
        match unsafe { b::BZ2_bzDecompressInit(&mut *raw, 0, 0) } {
            b::BZ_OK => Ok(BzipStream { raw, compresses: false, failed: None }),
            code => Err(BzipError(code)),
        }
    }

    /// Whether it compresses.
    pub fn compresses(&self) -> bool {
        self.compresses
    }

    /// Goes on with some input, or to the end of the stream.
    pub fn step(&mut self, input: &[u8], output: &mut [u8], finish: bool) -> Result<BzipStep, BzipError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let given = (input.len().min(u32::MAX as usize), output.len().min(u32::MAX as usize));
        self.raw.next_in = input.as_ptr().cast_mut().cast();
        self.raw.avail_in = given.0 as u32;
        self.raw.next_out = output.as_mut_ptr().cast();
        self.raw.avail_out = given.1 as u32;
        // SAFETY: the stream was initialised in this direction; input and output are as long as said, and live through the call.
        let code = unsafe {
            match self.compresses {
                true => b::BZ2_bzCompress(&mut *self.raw, if finish { b::BZ_FINISH } else { b::BZ_RUN }),
                false => b::BZ2_bzDecompress(&mut *self.raw),
            }
        };
        let (read, written) = (given.0 - self.raw.avail_in as usize, given.1 - self.raw.avail_out as usize);
        self.raw.next_in = std::ptr::null_mut();
        self.raw.next_out = std::ptr::null_mut();
        match code {
            b::BZ_OK | b::BZ_RUN_OK | b::BZ_FINISH_OK | b::BZ_STREAM_END => {
                Ok(BzipStep { read, written, ended: code == b::BZ_STREAM_END })
            }
            code => {
                self.failed = Some(BzipError(code));
                Err(BzipError(code))
            }
        }
    }
}

impl Drop for BzipStream {
    fn drop(&mut self) {
        // SAFETY: the stream was initialised in this direction, and is ended once.
        unsafe {
            match self.compresses {
                true => b::BZ2_bzCompressEnd(&mut *self.raw),
                false => b::BZ2_bzDecompressEnd(&mut *self.raw),
            };
        }
    }
}
