//! `_md5`, `_sha1`, `_sha2`: hashes of one length, made by functions.

use pvm_macros::{pyclass, pyfunction, pymethods, pymodule};
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, Heap, HeapCell, PyResult, Ref, Value, Vm};
use sha2::Digest;

use super::input::{data_argument, feed, hexadecimal};

macro_rules! hashes {
    ($($native:ident $function:ident $name:literal $module:literal $digest:ty, $block:literal, $doc:literal;)*) => {$(
        #[pyclass(name = $name, module = $module, no_export, final)]
        pub struct $native {
            state: HeapCell<Foreign<Box<$digest>>>,
        }

        impl $native {
            fn finish(&self, heap: &Heap) -> impl AsRef<[u8]> + use<> {
                <$digest>::clone(&self.state.borrow(heap).0).finalize()
            }
        }

        #[pymethods]
        impl $native {
            /// Return a copy of the hash object.
            fn copy(&self, heap: &mut Heap) -> Ref<$native> {
                let state = self.state.borrow(heap).0.clone();
                heap.alloc($native { state: HeapCell::new(Foreign(state)) })
            }

            /// Return the digest value as a bytes object.
            fn digest(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
                let digest = self.finish(heap);
                Ok(heap.new_bytes(digest.as_ref())?)
            }

            /// Return the digest value as a string of hexadecimal digits.
            fn hexdigest(&self, heap: &mut Heap) -> String {
                hexadecimal(self.finish(heap).as_ref())
            }

            /// Update this hash object's state with the provided string.
            fn update(&self, vm: &mut Vm, obj: &Value) -> PyResult<()> {
                let mut state = <$digest>::clone(&self.state.borrow(vm).0);
                feed(vm, obj, |bytes| Digest::update(&mut state, bytes))?;
                self.state.set(Foreign(Box::new(state)), vm);
                Ok(())
            }

            #[getter]
            fn block_size(&self) -> i32 {
                $block
            }

            #[getter]
            fn name(&self) -> &'static str {
                $name
            }

            #[getter]
            fn digest_size(&self) -> usize {
                <$digest as Digest>::output_size()
            }
        }

        #[doc = $doc]
        #[pyfunction(module = $module)]
        #[signature = "(data=b'', *, usedforsecurity=True, string=None)"]
        pub fn $function(vm: &mut Vm, data: Option<&Value>, usedforsecurity: bool, string: Option<&Value>) -> PyResult<Ref<$native>> {
            let _ = usedforsecurity;
            let mut state = <$digest>::new();
            if let Some(data) = data_argument(vm, data, string)? {
                feed(vm, data, |bytes| Digest::update(&mut state, bytes))?;
            }
            Ok(vm.alloc($native { state: HeapCell::new(Foreign(Box::new(state))) }))
        }
    )*};
}

hashes! {
    Md5 md5 "md5" "_md5" ::md5::Md5, 64, "Return a new MD5 hash object; optionally initialized with a string.";
    Sha1 sha1 "sha1" "_sha1" ::sha1::Sha1, 64, "Return a new SHA1 hash object; optionally initialized with a string.";
    Sha224 sha224 "sha224" "_sha2" ::sha2::Sha224, 64, "Return a new SHA-224 hash object; optionally initialized with a string.";
    Sha256 sha256 "sha256" "_sha2" ::sha2::Sha256, 64, "Return a new SHA-256 hash object; optionally initialized with a string.";
    Sha384 sha384 "sha384" "_sha2" ::sha2::Sha384, 128, "Return a new SHA-384 hash object; optionally initialized with a string.";
    Sha512 sha512 "sha512" "_sha2" ::sha2::Sha512, 128, "Return a new SHA-512 hash object; optionally initialized with a string.";
}

#[pymodule(name = "_md5")]
pub mod md5_native {
    use pvm_object::{PyClass, Value};

    #[export]
    use super::md5;

    #[constant]
    #[name = "MD5Type"]
    fn class() -> Value {
        super::Md5::type_object().to_value()
    }

    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;
}

#[pymodule(name = "_sha1")]
pub mod sha1_native {
    use pvm_object::{PyClass, Value};

    #[export]
    use super::sha1;

    #[constant]
    #[name = "SHA1Type"]
    fn class() -> Value {
        super::Sha1::type_object().to_value()
    }

    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;
}

#[pymodule(name = "_sha2")]
pub mod sha2_native {
    use pvm_object::{PyClass, Value};

    #[export]
    use super::{sha224, sha256, sha384, sha512};

    #[constant]
    #[name = "SHA224Type"]
    fn class_224() -> Value {
        super::Sha224::type_object().to_value()
    }

    #[constant]
    #[name = "SHA256Type"]
    fn class_256() -> Value {
        super::Sha256::type_object().to_value()
    }

    #[constant]
    #[name = "SHA384Type"]
    fn class_384() -> Value {
        super::Sha384::type_object().to_value()
    }

    #[constant]
    #[name = "SHA512Type"]
    fn class_512() -> Value {
        super::Sha512::type_object().to_value()
    }

    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;
}
