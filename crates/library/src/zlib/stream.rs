//! [`Deflater`] and [`Inflater`]: the streams of zlib behind safe functions.

use std::ffi::CStr;
use std::os::raw::c_int;
use std::ptr;

use libz_rs_sys as z;

/// What one call has done.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// zlib's return code.
    pub code: c_int,
    /// Bytes of the input it has read.
    pub read: usize,
    /// Bytes of the output it has written.
    pub written: usize,
}

/// The code of a stream that has ended, or never began.
const NO_STREAM: Step = Step { code: z::Z_STREAM_ERROR, read: 0, written: 0 };

type Boxed = Box<z::z_stream>;
type Function = unsafe extern "C" fn(*mut z::z_stream, c_int) -> c_int;

/// A stream that was initialised and not ended; it stays where it is, for its state points to it.
struct Live {
    stream: Boxed,
    end: unsafe extern "C" fn(*mut z::z_stream) -> c_int,
}

// SAFETY: the stream owns its state, and is used by one thread at a time.
unsafe impl Send for Live {}

impl Live {
    fn run(&mut self, function: Function, input: &[u8], output: &mut [u8], flush: c_int) -> Step {
        let (avail_in, avail_out) = (clip(input.len()), clip(output.len()));
        self.stream.next_in = input.as_ptr().cast_mut();
        self.stream.avail_in = avail_in;
        self.stream.next_out = output.as_mut_ptr();
        self.stream.avail_out = avail_out;
        // SAFETY: the stream is initialised, and its pointers cover the slices for the call; zlib does not write the input.
        let code = unsafe { function(&mut *self.stream, flush) };
        let (read, written) = (avail_in - self.stream.avail_in, avail_out - self.stream.avail_out);
        self.stream.next_in = ptr::null_mut();
        self.stream.avail_in = 0;
        // Streams without a place for output are refused by the functions that copy them.
        self.stream.next_out = ptr::dangling_mut();
        self.stream.avail_out = 0;
        Step { code, read: read as usize, written: written as usize }
    }

    fn message(&self) -> Option<&'static str> {
        if self.stream.msg.is_null() {
            return None;
        }
        // SAFETY: zlib's messages are static C strings.
        unsafe { CStr::from_ptr(self.stream.msg) }.to_str().ok()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // SAFETY: the stream is initialised, and not used again.
        unsafe { (self.end)(&mut *self.stream) };
    }
}

fn clip(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn blank() -> Boxed {
    Box::new(z::z_stream { next_out: ptr::dangling_mut(), ..Default::default() })
}

const STREAM_SIZE: c_int = size_of::<z::z_stream>() as c_int;

/// What the streams have in common.
macro_rules! stream {
    ($(#[$doc:meta])* $name:ident $run:ident $end:ident $copy:ident $set_dictionary:ident) => {
        $(#[$doc])*
        pub struct $name(Option<Live>);

        impl $name {
            fn begun(stream: Boxed, code: c_int) -> Result<$name, Failure> {
                if code == z::Z_OK {
                    return Ok($name(Some(Live { stream, end: z::$end })));
                }
                Err(Failure { code, message: None })
            }

            /// Works on the input, as far as input and output last.
            pub fn run(&mut self, input: &[u8], output: &mut [u8], flush: c_int) -> Step {
                match &mut self.0 {
                    Some(live) => live.run(z::$run, input, output, flush),
                    None => NO_STREAM,
                }
            }

            /// Ends the stream; what is asked of it later fails.
            pub fn end(&mut self) {
                self.0 = None;
            }

            /// A stream in the same state.
            pub fn try_clone(&self) -> Result<$name, Failure> {
                let Some(live) = &self.0 else { return Err(Failure { code: z::Z_STREAM_ERROR, message: None }) };
                let mut copy = blank();
                let source = &raw const *live.stream;
                // SAFETY: the source is initialised and not changed; the copy is a fresh stream.
                let code = unsafe { z::$copy(&mut *copy, source.cast_mut()) };
                $name::begun(copy, code)
            }

            /// Sets the dictionary that the stream begins with.
            pub fn set_dictionary(&mut self, dictionary: &[u8]) -> c_int {
                match &mut self.0 {
                    // SAFETY: the stream is initialised, the pointer covers the slice.
                    Some(live) => unsafe {
                        z::$set_dictionary(&mut *live.stream, dictionary.as_ptr(), clip(dictionary.len()))
                    },
                    None => z::Z_STREAM_ERROR,
                }
            }

            /// What is known of a failure with this code.
            pub fn failure(&self, code: c_int) -> Failure {
                Failure { code, message: self.0.as_ref().and_then(Live::message) }
            }
        }
    };
}

/// Why a stream failed.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// zlib's code.
    pub code: c_int,
    /// zlib's message.
    pub message: Option<&'static str>,
}

impl Failure {
    /// The text of the exception; `doing` says what was being done.
    pub fn text(self, doing: &str) -> String {
        let message = self.message.or(match self.code {
            z::Z_BUF_ERROR => Some("incomplete or truncated stream"),
            z::Z_STREAM_ERROR => Some("inconsistent stream state"),
            z::Z_DATA_ERROR => Some("invalid input data"),
            _ => None,
        });
        match message {
            Some(message) => format!("Error {} {doing}: {message}", self.code),
            None => format!("Error {} {doing}", self.code),
        }
    }
}

stream! {
    /// A stream that compresses.
    Deflater deflate deflateEnd deflateCopy deflateSetDictionary
}

stream! {
    /// A stream that decompresses.
    Inflater inflate inflateEnd inflateCopy inflateSetDictionary
}

impl Deflater {
    /// A new stream (`deflateInit2`).
    pub fn new(
        level: c_int,
        method: c_int,
        window_bits: c_int,
        memory_level: c_int,
        strategy: c_int,
    ) -> Result<Deflater, Failure> {
        let mut stream = blank();
        // SAFETY: a fresh stream; version and size are those of the crate's own.
        let code = unsafe {
            z::deflateInit2_(&mut *stream, level, method, window_bits, memory_level, strategy, z::zlibVersion(), STREAM_SIZE)
        };
        Deflater::begun(stream, code)
    }
}

impl Inflater {
    /// A new stream (`inflateInit2`).
    pub fn new(window_bits: c_int) -> Result<Inflater, Failure> {
        let mut stream = blank();
        // SAFETY: a fresh stream; version and size are those of the crate's own.
        let code = unsafe { z::inflateInit2_(&mut *stream, window_bits, z::zlibVersion(), STREAM_SIZE) };
        Inflater::begun(stream, code)
    }
}

/// The CRC-32 of bytes, going on from `start`.
pub fn crc32(start: u32, bytes: &[u8]) -> u32 {
    // SAFETY: the pointer covers the slice.
    unsafe { z::crc32_z(start.into(), bytes.as_ptr(), bytes.len()) as u32 }
}

/// The Adler-32 of bytes, going on from `start`.
pub fn adler32(start: u32, bytes: &[u8]) -> u32 {
    // SAFETY: the pointer covers the slice.
    unsafe { z::adler32_z(start.into(), bytes.as_ptr(), bytes.len()) as u32 }
}
