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
        let native = Bytes {
            len,
            hash: AtomicI64::new(-1),
        };
        StaticBytes {
            header: Header::immortal(&raw const BYTES_TYPE),
            native,
            data: [byte, 0],
        }
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
        (@row $row:literal) => { [
            StaticBytes::new(1, $row), StaticBytes::new(1, $row + 1), StaticBytes::new(1, $row + 2), StaticBytes::new(1, $row + 3),
            StaticBytes::new(1, $row + 4), StaticBytes::new(1, $row + 5), StaticBytes::new(1, $row + 6), StaticBytes::new(1, $row + 7),
        ] };
        ($($row:literal),*) => { [$(all_bytes!(@row $row)),*] };
    }
    const ROWS: [[StaticBytes; 8]; 32] = all_bytes!(
        0x00, 0x08, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x40, 0x48, 0x50, 0x58, 0x60, 0x68, 0x70,
        0x78, 0x80, 0x88, 0x90, 0x98, 0xA0, 0xA8, 0xB0, 0xB8, 0xC0, 0xC8, 0xD0, 0xD8, 0xE0, 0xE8,
        0xF0, 0xF8
    );
    // SAFETY: rows without padding are the same memory as one array.
    unsafe { std::mem::transmute(ROWS) }
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
        assert!(
            count <= self.bytes.len - self.filled,
            "more bytes than the object was made for"
        );
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
        assert!(
            self.filled == self.bytes.len,
            "fewer bytes than the object was made for"
        );
        // SAFETY: every object has room for a zero behind its bytes.
        unsafe { self.bytes.data().cast_mut().add(self.filled).write(0) };
        self.bytes
    }
}

impl Heap {
    /// A writer of `len` bytes, more than one.
    fn bytes_writer_as(
        &mut self,
        class: &Object<Type>,
        len: usize,
    ) -> Result<BytesWriter, OutOfMemory> {
        let size = len
            .checked_add(DATA + 1)
            .filter(|&size| size < isize::MAX as usize)
            .ok_or(OutOfMemory)?;
        let extra = class.instance_size() - class.layout().size;
        let size = if extra > 0 {
            size.next_multiple_of(8) + extra
        } else {
            size
        };
        let native = Bytes {
            len,
            hash: AtomicI64::new(-1),
        };
        Ok(BytesWriter {
            bytes: self.alloc_sized(class, native, size)?,
            filled: 0,
        })
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
    pub fn new_bytes_as(
        &mut self,
        class: &Object<Type>,
        data: &[u8],
    ) -> Result<Ref<Bytes>, OutOfMemory> {
        if std::ptr::eq(class, BYTES_TYPE.get()) {
            return self.new_bytes(data);
        }
        let mut writer = self.bytes_writer_as(class, data.len())?;
        writer.push(data);
        Ok(writer.finish())
    }

    /// The bytes themselves, or plain ones where they are of a subclass.
    pub fn plain_bytes(&mut self, bytes: &Object<Bytes>) -> Result<Ref<Bytes>, OutOfMemory> {
        if std::ptr::eq(bytes.ty(), BYTES_TYPE.get()) {
            Ok(bytes.to_ref())
        } else {
            self.new_bytes(bytes.as_slice())
        }
    }
}

impl std::fmt::Debug for Object<Bytes> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.as_slice().escape_ascii())
    }
}
