//! `array`: items of one C type in a row.
//!
//! | file | what |
//! |---|---|
//! | `kind.rs` | type codes, and items to and from values |
//! | `slots.rs` | the constructor and the operators |
//! | `methods.rs` | the methods |
//! | `iterator.rs` | the iterator |
//! | `pickle.rs` | arrays in pickles |

mod iterator;
mod kind;
mod methods;
mod pickle;
mod slots;

use pvm_macros::{pyclass, pymodule};
use pvm_object::buffer::{BufferView, ByteStore};
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::{Heap, HeapVec, Object, PyResult, Ref, Value, Vm};

use kind::{Kind, Word, check_point};

/// array(typecode [, initializer]) -> array
///
/// Return a new array whose items are restricted by typecode, and
/// initialized from the optional initializer value, which must be a list,
/// string or iterable over elements of the appropriate type.
///
/// Arrays represent basic values and behave very much like lists, except
/// the type of objects stored in them is constrained. The type is specified
/// at object creation time by using a type code, which is a single character.
/// The following type codes are defined:
///
///     Type code   C Type             Minimum size in bytes
///     'b'         signed integer     1
///     'B'         unsigned integer   1
///     'u'         Unicode character  2 (see note)
///     'w'         Py_UCS4            4
///     'h'         signed integer     2
///     'H'         unsigned integer   2
///     'i'         signed integer     2
///     'I'         unsigned integer   2
///     'l'         signed integer     4
///     'L'         unsigned integer   4
///     'q'         signed integer     8 (see note)
///     'Q'         unsigned integer   8 (see note)
///     'f'         floating-point     4
///     'd'         floating-point     8
///
/// NOTE: The 'u' typecode corresponds to Python's unicode character. On
/// narrow builds this is 2-bytes on wide builds this is 4-bytes.
///
/// NOTE: The 'q' and 'Q' type codes are only available if the platform
/// C compiler used to build Python supports 'long long', or, on Windows,
/// '__int64'.
///
/// Methods:
///
/// append() -- append a new item to the end of the array
/// buffer_info() -- return information giving the current memory info
/// byteswap() -- byteswap all the items of the array
/// count() -- return number of occurrences of an object
/// extend() -- extend array by appending multiple elements from an iterable
/// fromfile() -- read items from a file object
/// fromlist() -- append items from the list
/// frombytes() -- append items from the string
/// index() -- return index of first occurrence of an object
/// insert() -- insert a new item into the array at a provided position
/// pop() -- remove and return item (default last)
/// remove() -- remove first occurrence of an object
/// reverse() -- reverse the order of the items in the array
/// tofile() -- write all items to a file object
/// tolist() -- return the array converted to an ordinary list
/// tobytes() -- return the array converted to a string
///
/// Attributes:
///
/// typecode -- the typecode character used to create the array
/// itemsize -- the length in bytes of one array item
#[pyclass(name = "array", module = "array", weakref, sequence, parts(methods))]
pub struct Array {
    #[trace(skip)]
    kind: &'static Kind,
    store: ByteStore,
}

impl Array {
    fn of_bytes(kind: &'static Kind, bytes: &[u8], heap: &mut Heap) -> PyResult<Ref<Array>> {
        let store = ByteStore::from_slice(bytes)?;
        Ok(heap.alloc(Array { kind, store }))
    }

    /// What the items are.
    fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// The number of items.
    fn len(&self, heap: &Heap) -> usize {
        self.store.len(heap) / self.kind.size
    }

    /// The item at a position.
    fn word(&self, index: usize, heap: &Heap) -> Option<Word> {
        self.kind.word_at(self.store.as_slice(heap), index)
    }

    /// The value of the item at a position, which there is.
    fn load(&self, index: usize, heap: &mut Heap) -> PyResult {
        let word = self.word(index, heap).expect("the position was checked");
        (self.kind.load)(word, heap)
    }

    /// An error where a buffer is out, so that the size must stay.
    fn check_resizable(&self, heap: &mut Heap) -> PyResult<()> {
        match self.store.export_count() {
            0 => Ok(()),
            _ => Err(heap.buffer_error(format_args!("cannot resize an array that is exporting buffers"))),
        }
    }

    fn push(&self, word: Word, heap: &mut Heap) -> PyResult<()> {
        self.check_resizable(heap)?;
        self.store.extend(&word[..self.kind.size], heap)
    }

    /// Appends what an iterator gives.
    fn extend_from(&self, iterator: &Value, vm: &mut Vm) -> PyResult<()> {
        while let Some(item) = vm.next(iterator)? {
            let word = (self.kind.store)(&item, vm)?;
            self.push(word, vm)?;
            vm.poll(1)?;
        }
        Ok(())
    }

    /// Appends the items of a list or tuple: all or none.
    fn append_items(&self, items: &Value, vm: &mut Vm) -> PyResult<()> {
        let items = vm.items_or(items, "")?;
        let (len, size) = (items.as_slice(vm).len(), self.kind.size);
        let mut bytes = Vec::with_capacity(len * size);
        for index in 0..len {
            let Some(item) = items.as_slice(vm).get(index).cloned() else {
                return Err(vm.runtime_error(format_args!("list changed size during iteration")));
            };
            bytes.extend_from_slice(&(self.kind.store)(&item, vm)?[..size]);
        }
        if !bytes.is_empty() {
            self.check_resizable(vm)?;
        }
        self.store.extend(&bytes, vm)
    }

    fn append_array(&self, other: &Object<Array>, heap: &mut Heap) -> PyResult<()> {
        let bytes = other.store.as_slice(heap).to_vec();
        if !bytes.is_empty() {
            self.check_resizable(heap)?;
        }
        self.store.extend(&bytes, heap)
    }

    /// Appends the items whose bytes are in a buffer.
    fn append_view(&self, view: &BufferView, heap: &mut Heap) -> PyResult<()> {
        if !view.len().is_multiple_of(self.kind.size) {
            return Err(heap.value_error(format_args!("bytes length not a multiple of item size")));
        }
        if !view.is_empty() {
            self.check_resizable(heap)?;
        }
        self.store.splice_view_at_end(view, heap)
    }

    /// Appends the characters of a text.
    fn append_text(&self, text: &Object<Str>, heap: &mut Heap) -> PyResult<()> {
        let bytes: Vec<u8> = text.view().code_points().flat_map(u32::to_ne_bytes).collect();
        if !bytes.is_empty() {
            self.check_resizable(heap)?;
        }
        self.store.extend(&bytes, heap)
    }

    /// The characters as a text.
    fn text(&self, heap: &mut Heap) -> PyResult<Ref<Str>> {
        let point = |item: &[u8]| u32::from_ne_bytes([item[0], item[1], item[2], item[3]]);
        let points: Vec<u32> = self.store.as_slice(heap).chunks_exact(4).map(point).collect();
        for &point in &points {
            check_point(point, heap)?;
        }
        Ok(heap.str_from_code_points(points)?)
    }

    /// The items as a list.
    fn list(&self, heap: &mut Heap) -> PyResult<Ref<List>> {
        let mut items = HeapVec::with_capacity(self.len(heap))?;
        let mut index = 0;
        while let Some(word) = self.word(index, heap) {
            items.push((self.kind.load)(word, heap)?)?;
            index += 1;
        }
        Ok(heap.list_from(items))
    }

    /// Where a value is first found within bounds.
    fn find(&self, value: &Value, start: usize, stop: usize, vm: &mut Vm) -> PyResult<Option<usize>> {
        let mut index = start;
        while index < stop
            && let Some(word) = self.word(index, vm)
        {
            let item = (self.kind.load)(word, vm)?;
            if vm.eq(&item, value)? {
                return Ok(Some(index));
            }
            index += 1;
            vm.poll(1)?;
        }
        Ok(None)
    }
}

#[pymodule(name = "array")]
pub mod native {
    //! This module defines an object type which can efficiently represent
    //! an array of basic values: characters, integers, floating-point
    //! numbers.  Arrays are sequence types and behave very much like lists,
    //! except that the type of objects stored in them is constrained.
    use pvm_macros::pyfunction;
    use pvm_object::{PyClass, PyResult, Ref, Value, Vm};

    use super::{pickle, slots};

    #[export]
    use super::Array;

    #[constant]
    #[name = "ArrayType"]
    fn array_type() -> Value {
        Array::type_object().to_value()
    }

    #[constant]
    #[name = "typecodes"]
    fn type_codes() -> String {
        super::kind::KINDS.iter().map(|kind| kind.code).collect()
    }

    /// Internal. Used for pickling support.
    #[pyfunction]
    #[signature = "(arraytype, typecode, mformat_code, items, /)"]
    fn _array_reconstructor(
        vm: &mut Vm,
        arraytype: &Value,
        typecode: &Value,
        mformat_code: i32,
        items: &Value,
    ) -> PyResult<Ref<Array>> {
        let code = slots::type_code(typecode, "_array_reconstructor(): argument 2", vm)?;
        pickle::reconstruct(vm, arraytype, code, mformat_code, items)
    }

    #[init]
    fn init(vm: &mut Vm, _module: &Value) -> PyResult<()> {
        let (class, register) = (vm.intern("MutableSequence"), vm.intern("register"));
        let sequence = vm.import_attr("collections.abc", &class)?;
        vm.call_method(&sequence, &register, &[Array::type_object().to_value()])?;
        Ok(())
    }
}
