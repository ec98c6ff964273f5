//! `bytes`: the object and its storage, with the bytes behind the head and a zero behind them. Field places are those of
//! CPython 3.14's `PyBytesObject`.
//!
//! - [`shared`]: what `bytes` and `bytearray` have in common, one algorithm for both.
//! - [`methods`]: the methods of both, by one macro; [`slots`]: the operators and the constructor of `bytes`.
//! - [`percent`]: the operator `%`; [`construct`]: bytes out of arguments; [`iterator`]: the iterator.

pub(crate) mod construct;
mod iterator;
mod methods;
pub(crate) mod percent;
pub(crate) mod shared;
mod slots;
mod split;

use std::sync::atomic::{AtomicI64, Ordering};

use pvm_macros::pyclass;

use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::heap::OutOfMemory;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Type};

pub use iterator::BytesIterator;
pub use shared::hex_separator;

/// bytes(iterable_of_ints) -> bytes
/// bytes(string, encoding[, errors]) -> bytes
/// bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
/// bytes(int) -> bytes object of size given by the parameter initialized with null bytes
/// bytes() -> empty bytes object
///
/// A sequence of bytes that never changes, made of:
///   - an iterable of integers in range(256)
///   - a string, encoded as told
///   - an object with a buffer
///   - an integer: so many zero bytes
#[pyclass(name = "bytes", match_self, layout = BYTES_LAYOUT, no_trace, parts(shared))]
#[repr(C)]
pub struct Bytes {
    // The head; the bytes lie behind it.
    len: usize,
    /// The hash, or -1 before it is asked for.
    hash: AtomicI64,
}

const DATA: usize = 32;
const _: () = {
    assert!(size_of::<Object<Bytes>>() == DATA);
    assert!(std::mem::offset_of!(Object<Bytes>, native) + std::mem::offset_of!(Bytes, len) == 16);
    assert!(std::mem::offset_of!(Object<Bytes>, native) + std::mem::offset_of!(Bytes, hash) == 24);
};

static BYTES_LAYOUT: NativeLayout = NativeLayout::sized::<Bytes>(Bytes::size_of);

// SAFETY: bytes hold no references.
unsafe impl Trace for Bytes {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}

impl Bytes {
    unsafe fn size_of(object: *const Header) -> usize {
        // SAFETY: called for live bytes.
        DATA + unsafe { &*object.cast::<Object<Bytes>>() }.len + 1
    }

    /// The number of bytes.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl Object<Bytes> {
    #[inline(always)]
    fn data(&self) -> *const u8 {
        // SAFETY: the bytes lie behind the head within the same object.
        unsafe { (self as *const Self).cast::<u8>().add(DATA) }
    }

    /// The bytes.
    #[inline(always)]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: `len` bytes lie there, and they never change.
        unsafe { std::slice::from_raw_parts(self.data(), self.len) }
    }

    /// The hash that dicts and `hash()` use: that of text with the same bytes.
    #[inline]
    pub fn hash_code(&self) -> i64 {
        let known = self.hash.load(Ordering::Relaxed);
        if known != -1 {
            return known;
        }
        let hash = crate::hashing::hash_bytes(crate::hashing::process::secret(), self.as_slice());
        self.hash.store(hash, Ordering::Relaxed);
        hash
    }
}

/// Bytes that are part of the binary, at most one.
#[repr(C)]
pub struct StaticBytes {
    header: Header,
    native: Bytes,
    data: [u8; 2],
}

// SAFETY: the header is immortal, and the hash is atomic.
unsafe impl Sync for StaticBytes {}

impl StaticBytes {
    const fn new(len: usize, byte: u8) -> StaticBytes {
        let native = Bytes { len, hash: AtomicI64::new(-1) };
        StaticBytes { header: Header::immortal(&raw const BYTES_TYPE), native, data: [byte, 0] }
    }

    /// The object.
    pub const fn get(&'static self) -> &'static Object<Bytes> {
        // SAFETY: the static begins as an `Object<Bytes>`, the bytes and a zero behind it.
        unsafe { &*(self as *const Self).cast() }
    }
}

static EMPTY: StaticBytes = StaticBytes::new(0, 0);

static SINGLE: [StaticBytes; 256] = {
    macro_rules! all_bytes {
        ($($byte:literal),*) => { [$(StaticBytes::new(1, $byte)),*] };
    }
    all_bytes!(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
        63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92,
        93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117,
        118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141,
        142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165,
        166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189,
        190, 191, 192, 193, 194, 195, 196, 197, 198, 199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 213,
        214, 215, 216, 217, 218, 219, 220, 221, 222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232, 233, 234, 235, 236, 237,
        238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255
    )
};

/// The empty bytes.
pub fn empty() -> &'static Object<Bytes> {
    EMPTY.get()
}

/// Fresh bytes that are being filled from the left. Their length is fixed.
pub struct BytesWriter {
    bytes: Ref<Bytes>,
    filled: usize,
}

impl BytesWriter {
    fn room(&mut self, count: usize) -> *mut u8 {
        assert!(count <= self.bytes.len - self.filled, "more bytes than the object was made for");
        let at = self.filled;
        self.filled += count;
        // SAFETY: `filled` bytes lie within the object.
        unsafe { self.bytes.data().cast_mut().add(at) }
    }

    /// Appends bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        let to = self.room(bytes.len());
        // SAFETY: there is room; fresh memory overlaps nothing.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
    }

    /// Appends the same byte `count` times.
    pub fn push_repeated(&mut self, byte: u8, count: usize) {
        let to = self.room(count);
        // SAFETY: there is room.
        unsafe { to.write_bytes(byte, count) };
    }

    /// Repeats what was written so far until the object is full, of whose length it is a divisor.
    pub fn repeat_to_end(&mut self) {
        while self.filled < self.bytes.len {
            let count = self.filled.min(self.bytes.len - self.filled);
            let data = self.bytes.data().cast_mut();
            let filled = self.filled;
            self.filled += count;
            // SAFETY: the first `filled` bytes are written, and at least `count` follow.
            unsafe { std::ptr::copy_nonoverlapping(data, data.add(filled), count) };
        }
    }

    /// The object, which must be full.
    pub fn finish(self) -> Ref<Bytes> {
        assert!(self.filled == self.bytes.len, "fewer bytes than the object was made for");
        // SAFETY: every object has room for a zero behind its bytes.
        unsafe { self.bytes.data().cast_mut().add(self.filled).write(0) };
        self.bytes
    }
}

impl Heap {
    /// A writer of `len` bytes, more than one.
    fn bytes_writer_as(&mut self, class: &Object<Type>, len: usize) -> Result<BytesWriter, OutOfMemory> {
        let size = len.checked_add(DATA + 1).filter(|&size| size < isize::MAX as usize).ok_or(OutOfMemory)?;
        let extra = class.instance_size() - class.layout().size;
        let size = if extra > 0 { size.next_multiple_of(8) + extra } else { size };
        let native = Bytes { len, hash: AtomicI64::new(-1) };
        Ok(BytesWriter { bytes: self.alloc_sized(class, native, size)?, filled: 0 })
    }

    /// A writer of `len` bytes.
    pub fn bytes_writer(&mut self, len: usize) -> Result<BytesWriter, OutOfMemory> {
        self.bytes_writer_as(&BYTES_TYPE, len)
    }

    /// Bytes with a copy of `data`.
    pub fn new_bytes(&mut self, data: &[u8]) -> Result<Ref<Bytes>, OutOfMemory> {
        match data {
            [] => Ok(EMPTY.get().to_ref()),
            [byte] => Ok(SINGLE[*byte as usize].get().to_ref()),
            _ => {
                let mut writer = self.bytes_writer(data.len())?;
                writer.push(data);
                Ok(writer.finish())
            }
        }
    }

    /// Bytes of the class `class` (`bytes` or a subclass) with a copy of `data`.
    pub fn new_bytes_as(&mut self, class: &Object<Type>, data: &[u8]) -> Result<Ref<Bytes>, OutOfMemory> {
        if std::ptr::eq(class, BYTES_TYPE.get()) {
            return self.new_bytes(data);
        }
        let mut writer = self.bytes_writer_as(class, data.len())?;
        writer.push(data);
        Ok(writer.finish())
    }

    /// The bytes themselves, or plain ones where they are of a subclass.
    pub fn plain_bytes(&mut self, bytes: &Object<Bytes>) -> Result<Ref<Bytes>, OutOfMemory> {
        if std::ptr::eq(bytes.ty(), BYTES_TYPE.get()) { Ok(bytes.to_ref()) } else { self.new_bytes(bytes.as_slice()) }
    }
}

impl std::fmt::Debug for Object<Bytes> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.as_slice().escape_ascii())
    }
}
