//! `_blake2`: BLAKE2 with all its parameters.

use pvm_macros::{pyclass, pymethods, pymodule};
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::{Foreign, Heap, HeapCell, PyResult, Ref, Value, Vm};

use super::input::{data_argument, feed, hexadecimal};

/// The parameters of the tree, as they were given.
struct Tree {
    fanout: u8,
    depth: u8,
    leaf_size: u32,
    node_offset: u64,
    node_depth: u8,
    inner_size: usize,
    last_node: bool,
}

/// A number that must lie within bounds.
fn within(vm: &mut Vm, name: &str, value: i32, low: i32, high: i32) -> PyResult<u8> {
    match u8::try_from(value).ok().filter(|_| (low..=high).contains(&value)) {
        Some(value) => Ok(value),
        None => Err(vm.value_error(format_args!("{name} must be between {low} and {high}"))),
    }
}

/// An unsigned number (`_PyLong_UnsignedLong_Converter` and `…LongLong…`).
fn unsigned(vm: &mut Vm, value: Option<&Value>, kind: &str) -> PyResult<u64> {
    let Some(value) = value else { return Ok(0) };
    let value = vm.index(value)?;
    let number = value.as_int_ref().expect("an index is an int");
    if number.is_negative() {
        return Err(vm.value_error(format_args!("Cannot convert negative int")));
    }
    match number.to_u64() {
        Some(number) => Ok(number),
        None => Err(vm.overflow_error(format_args!("Python int too large for C {kind}"))),
    }
}

/// The bytes of a parameter that may have at most `longest`.
fn short_bytes(vm: &mut Vm, view: Option<BufferView>, name: &str, longest: usize) -> PyResult<Vec<u8>> {
    let Some(view) = view else {
        return Ok(Vec::new());
    };
    if view.len() > longest {
        return Err(vm.value_error(format_args!("maximum {name} length is {longest} bytes")));
    }
    Ok(view.as_slice(vm).to_vec())
}

macro_rules! blake2 {
    ($native:ident $name:literal $shown:literal, $krate:ident, $longest:literal, $salt:literal, $block:literal, $largest_offset:expr, $doc:literal) => {
        #[doc = $doc]
        #[pyclass(name = $name, module = "_blake2", final)]
        pub struct $native {
            state: HeapCell<Foreign<Box<$krate::State>>>,
            size: usize,
        }

        impl $native {
            fn finish(&self, heap: &Heap) -> Vec<u8> {
                self.state.borrow(heap).finalize().as_bytes().to_vec()
            }
        }

        #[pymethods]
        impl $native {
            #[new]
            #[signature = "(data=b'', *, digest_size=<unrepresentable>, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=<unrepresentable>, node_offset=<unrepresentable>, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=None)"]
            #[allow(clippy::too_many_arguments)]
            fn new(
                vm: &mut Vm,
                data: Option<&Value>,
                digest_size: Option<i32>,
                key: Option<BufferView>,
                salt: Option<BufferView>,
                person: Option<BufferView>,
                fanout: i32,
                depth: i32,
                leaf_size: Option<&Value>,
                node_offset: Option<&Value>,
                node_depth: i32,
                inner_size: i32,
                last_node: bool,
                usedforsecurity: bool,
                string: Option<&Value>,
            ) -> PyResult<$native> {
                let _ = usedforsecurity;
                let leaf_size = unsigned(vm, leaf_size, "unsigned long")?;
                let node_offset = unsigned(vm, node_offset, "unsigned long long")?;
                let data = data_argument(vm, data, string)?;
                let size = digest_size.unwrap_or($longest);
                let Some(size) = usize::try_from(size).ok().filter(|size| (1..=$longest).contains(size)) else {
                    return Err(vm.value_error(format_args!(
                        concat!("digest_size for ", $shown, " must be between 1 and ", $longest, " bytes, here it is {}"),
                        size
                    )));
                };
                let salt = short_bytes(vm, salt, "salt", $salt)?;
                let person = short_bytes(vm, person, "person", $salt)?;
                let tree = Tree {
                    fanout: within(vm, "fanout", fanout, 0, 255)?,
                    depth: within(vm, "depth", depth, 1, 255)?,
                    leaf_size: match u32::try_from(leaf_size) {
                        Ok(leaf_size) => leaf_size,
                        Err(_) => return Err(vm.overflow_error(format_args!("leaf_size is too large"))),
                    },
                    node_offset: match (..=$largest_offset).contains(&node_offset) {
                        true => node_offset,
                        false => return Err(vm.overflow_error(format_args!("node_offset is too large"))),
                    },
                    node_depth: within(vm, "node_depth", node_depth, 0, 255)?,
                    inner_size: match usize::try_from(inner_size).ok().filter(|&size| size <= $longest) {
                        Some(inner_size) => inner_size,
                        None => {
                            return Err(vm.value_error(format_args!(concat!("inner_size must be between 0 and is ", $longest))));
                        }
                    },
                    last_node,
                };
                let key = short_bytes(vm, key, "key", $longest)?;
                let mut params = $krate::Params::new();
                params
                    .hash_length(size)
                    .key(&key)
                    .salt(&salt)
                    .personal(&person)
                    .fanout(tree.fanout)
                    .max_depth(tree.depth)
                    .max_leaf_length(tree.leaf_size)
                    .node_offset(tree.node_offset)
                    .node_depth(tree.node_depth)
                    .inner_hash_length(tree.inner_size)
                    .last_node(tree.last_node);
                let mut state = params.to_state();
                if let Some(data) = data {
                    feed(vm, data, |bytes| {
 state.update(bytes);
 })?;
                }
                Ok($native { state: HeapCell::new(Foreign(Box::new(state))), size })
            }

            /// Return a copy of the hash object.
            fn copy(&self, heap: &mut Heap) -> Ref<$native> {
                let state = self.state.borrow(heap).0.clone();
                heap.alloc($native { state: HeapCell::new(Foreign(state)), size: self.size })
            }

            /// Return the digest value as a bytes object.
            fn digest(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
                let digest = self.finish(heap);
                Ok(heap.new_bytes(&digest)?)
            }

            /// Return the digest value as a string of hexadecimal digits.
            fn hexdigest(&self, heap: &Heap) -> String {
                hexadecimal(&self.finish(heap))
            }

            /// Update this hash object's state with the provided bytes-like object.
            fn update(&self, vm: &mut Vm, data: &Value) -> PyResult<()> {
                let mut state = $krate::State::clone(&self.state.borrow(vm).0);
                feed(vm, data, |bytes| {
 state.update(bytes);
 })?;
                self.state.set(Foreign(Box::new(state)), vm);
                Ok(())
            }

            #[getter]
            fn name(&self) -> &'static str {
                $name
            }

            #[getter]
            fn block_size(&self) -> i32 {
                $block
            }

            #[getter]
            fn digest_size(&self) -> usize {
                self.size
            }

            #[constant]
            const SALT_SIZE: i32 = $salt;
            #[constant]
            const PERSON_SIZE: i32 = $salt;
            #[constant]
            const MAX_KEY_SIZE: i32 = $longest;
            #[constant]
            const MAX_DIGEST_SIZE: i32 = $longest;
        }
    };
}

blake2!(Blake2b "blake2b" "Blake2b", blake2b_simd, 64, 16, 128, u64::MAX, "Return a new BLAKE2b hash object.");
blake2!(Blake2s "blake2s" "Blake2s", blake2s_simd, 32, 8, 64, (1 << 48) - 1, "Return a new BLAKE2s hash object.");

#[pymodule(name = "_blake2")]
pub mod native {
    //! _blake2b provides BLAKE2b for hashlib

    #[export]
    use super::{Blake2b, Blake2s};

    #[constant]
    const _GIL_MINSIZE: i32 = crate::hashes::LARGE_INPUT;
    #[constant]
    const BLAKE2B_SALT_SIZE: i32 = 16;
    #[constant]
    const BLAKE2B_PERSON_SIZE: i32 = 16;
    #[constant]
    const BLAKE2B_MAX_KEY_SIZE: i32 = 64;
    #[constant]
    const BLAKE2B_MAX_DIGEST_SIZE: i32 = 64;
    #[constant]
    const BLAKE2S_SALT_SIZE: i32 = 8;
    #[constant]
    const BLAKE2S_PERSON_SIZE: i32 = 8;
    #[constant]
    const BLAKE2S_MAX_KEY_SIZE: i32 = 32;
    #[constant]
    const BLAKE2S_MAX_DIGEST_SIZE: i32 = 32;
}
