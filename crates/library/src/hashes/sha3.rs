//! `_sha3`: hashes of one length and of any, made by classes.

use pvm_macros::{pyclass, pymethods, pymodule};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, Heap, HeapCell, PyResult, Raised, Ref, Value, Vm};
use sha3::digest::{ExtendableOutput, FixedOutput, Update, XofReader};

use super::input::{data_argument, feed, hexadecimal, squeeze};

/// Bits of the permutation's state.
const STATE_BITS: i32 = 1600;

macro_rules! common {
    ($native:ident $name:literal $hasher:ty, $rate:literal, $suffix:literal, $size:literal) => {
        impl $native {
            fn state(&self, heap: &Heap) -> $hasher {
                self.state.borrow(heap).0.clone()
            }
        }

        #[pymethods]
        impl $native {
            #[new]
            #[text_signature = ""]
            #[signature = "(data=b'', *, usedforsecurity=True, string=None)"]
            fn new(vm: &mut Vm, data: Option<&Value>, usedforsecurity: bool, string: Option<&Value>) -> PyResult<$native> {
                let _ = usedforsecurity;
                let mut state = <$hasher>::default();
                if let Some(data) = data_argument(vm, data, string)? {
                    feed(vm, data, |bytes| state.update(bytes))?;
                }
                Ok($native { state: HeapCell::new(Foreign(state)) })
            }

            /// Return a copy of the hash object.
            fn copy(&self, heap: &mut Heap) -> Ref<$native> {
                let state = self.state(heap);
                heap.alloc($native { state: HeapCell::new(Foreign(state)) })
            }

            /// Update this hash object's state with the provided bytes-like object.
            fn update(&self, vm: &mut Vm, data: &Value) -> PyResult<()> {
                let mut state = self.state(vm);
                feed(vm, data, |bytes| state.update(bytes))?;
                self.state.set(Foreign(state), vm);
                Ok(())
            }

            #[getter]
            fn block_size(&self) -> i32 {
                $rate / 8
            }

            #[getter]
            fn name(&self) -> &'static str {
                $name
            }

            #[getter]
            fn digest_size(&self) -> i32 {
                $size
            }

            #[getter]
            fn _capacity_bits(&self) -> i32 {
                STATE_BITS - $rate
            }

            #[getter]
            fn _rate_bits(&self) -> i32 {
                $rate
            }

            #[getter]
            fn _suffix(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
                Ok(heap.new_bytes(&[$suffix])?)
            }
        }
    };
}

macro_rules! fixed {
    ($($native:ident $name:literal $hasher:ty, $rate:literal, $size:literal, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[pyclass(name = $name, module = "_sha3", final, parts(digest))]
        pub struct $native {
            state: HeapCell<Foreign<$hasher>>,
        }

        common!($native $name $hasher, $rate, 6, $size);

        #[pymethods(part = digest)]
        impl $native {
            /// Return the digest value as a bytes object.
            fn digest(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
                let digest = self.state(heap).finalize_fixed();
                Ok(heap.new_bytes(&digest)?)
            }

            /// Return the digest value as a string of hexadecimal digits.
            fn hexdigest(&self, heap: &Heap) -> String {
                hexadecimal(&self.state(heap).finalize_fixed())
            }
        }
    )*};
}

fixed! {
    Sha3With224 "sha3_224" sha3::Sha3_224, 1152, 28, "sha3_224([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 28 bytes.";
    Sha3With256 "sha3_256" sha3::Sha3_256, 1088, 32, "sha3_256([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 32 bytes.";
    Sha3With384 "sha3_384" sha3::Sha3_384, 832, 48, "sha3_384([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 48 bytes.";
    Sha3With512 "sha3_512" sha3::Sha3_512, 576, 64, "sha3_512([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 64 bytes.";
}

/// A digest may not be longer.
const LONGEST: u64 = 1 << 29;

fn too_long(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("length is too large"))
}

/// A digest of as many bytes as a program asks for.
fn digest_of(heap: &mut Heap, mut reader: impl XofReader, length: u64) -> PyResult<Vec<u8>> {
    if length >= LONGEST {
        return Err(too_long(heap));
    }
    squeeze(heap, length as usize, |piece| reader.read(piece))
}

macro_rules! shakes {
    ($($native:ident $name:literal $hasher:ty, $rate:literal, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[pyclass(name = $name, module = "_sha3", final, parts(digest))]
        pub struct $native {
            state: HeapCell<Foreign<$hasher>>,
        }

        common!($native $name $hasher, $rate, 0x1f, 0);

        #[pymethods(part = digest)]
        impl $native {
            /// digest($self, /, length)
            /// --
            ///
            /// Return the digest value as a bytes object.
            fn digest(&self, heap: &mut Heap, length: u64) -> PyResult<Ref<Bytes>> {
                let reader = self.state(heap).finalize_xof();
                let digest = digest_of(heap, reader, length)?;
                Ok(heap.new_bytes(&digest)?)
            }

            /// hexdigest($self, /, length)
            /// --
            ///
            /// Return the digest value as a string of hexadecimal digits.
            fn hexdigest(&self, heap: &mut Heap, length: u64) -> PyResult<String> {
                let reader = self.state(heap).finalize_xof();
                Ok(hexadecimal(&digest_of(heap, reader, length)?))
            }
        }
    )*};
}

shakes! {
    Shake128 "shake_128" sha3::Shake128, 1344, "shake_128([data], *, usedforsecurity=True) -> SHAKE object\n\nReturn a new SHAKE hash object.";
    Shake256 "shake_256" sha3::Shake256, 1088, "shake_256([data], *, usedforsecurity=True) -> SHAKE object\n\nReturn a new SHAKE hash object.";
}

#[pymodule(name = "_sha3")]
pub mod native {
    #[export]
    use super::{Sha3With224, Sha3With256, Sha3With384, Sha3With512, Shake128, Shake256};

    #[constant]
    #[name = "implementation"]
    const IMPLEMENTATION: &str = "RustCrypto";

    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;
}
