//! `bytearray`: bytes that can change, in a [`ByteStore`].

mod iterator;
mod methods;
mod slots;

use pvm_macros::pyclass;

use crate::Heap;
use crate::buffer::ByteStore;
use crate::bytes::Bytes;
use crate::core::object::Ref;
use crate::heap::OutOfMemory;

pub use iterator::ByteArrayIterator;

/// bytearray(iterable_of_ints) -> bytearray
/// bytearray(string, encoding[, errors]) -> bytearray
/// bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
/// bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
/// bytearray() -> empty bytes array
///
/// A sequence of bytes that can change, made of:
///   - an iterable of integers in range(256)
///   - a string, encoded as told
///   - an object with a buffer
///   - an integer: so many zero bytes
#[pyclass(name = "bytearray", match_self, parts(shared, changes))]
pub struct ByteArray {
    pub(crate) store: ByteStore,
}

impl ByteArray {
    /// One with a copy of `bytes`.
    pub fn from_slice(bytes: &[u8]) -> Result<ByteArray, OutOfMemory> {
        Ok(ByteArray { store: ByteStore::from_slice(bytes)? })
    }

    /// The bytes.
    #[inline]
    pub fn as_slice<'a>(&'a self, heap: &'a Heap) -> &'a [u8] {
        self.store.as_slice(heap)
    }

    /// A copy as `bytes`.
    pub fn to_bytes(&self, heap: &mut Heap) -> Result<Ref<Bytes>, OutOfMemory> {
        let mut writer = heap.bytes_writer(self.store.len(heap))?;
        writer.push(self.store.as_slice(heap));
        Ok(writer.finish())
    }
}

impl Heap {
    /// A bytearray with a copy of `bytes`.
    pub fn new_bytearray(&mut self, bytes: &[u8]) -> Result<Ref<ByteArray>, OutOfMemory> {
        let array = ByteArray::from_slice(bytes)?;
        Ok(self.alloc(array))
    }
}
