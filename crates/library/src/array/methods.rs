//! The methods of `array`.

use pvm_macros::pymethods;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::list::List;
use pvm_object::sequence;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyResult, Ref, Type, Value, Vm, exceptions, names};

use super::{Array, pickle};

/// Files are written in blocks of so many bytes.
const BLOCK: usize = 64 << 10;

/// The class of the arrays that a function is for, by name.
fn text_only(this: &Array, function: &str, heap: &mut Heap) -> PyResult<()> {
    if this.kind.is_text() {
        return Ok(());
    }
    Err(heap.value_error(format_args!("{function}() may only be called on unicode type arrays ('u' or 'w')")))
}

#[pymethods(part = methods)]
impl Array {
    /// Append new value v to the end of the array.
    #[signature = "($self, v, /)"]
    fn append(&self, vm: &mut Vm, v: &Value) -> PyResult<()> {
        let word = (self.kind.store)(v, vm)?;
        self.push(word, vm)
    }

    /// Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.
    ///
    /// The length should be multiplied by the itemsize attribute to
    /// calculate the buffer length in bytes.
    fn buffer_info(this: &Object<Self>, heap: &Heap) -> (usize, usize) {
        let view = BufferView::of_store(this, |array| &array.store, false);
        (view.data() as usize, this.len(heap))
    }

    /// Byteswap all items of the array.
    ///
    /// If the items in the array are not 1, 2, 4, or 8 bytes in size,
    /// RuntimeError is raised.
    fn byteswap(&self, heap: &mut Heap) {
        self.store.as_mut_slice(heap).chunks_exact_mut(self.kind.size).for_each(<[u8]>::reverse);
    }

    /// Remove all items from the array.
    fn clear(&self, heap: &mut Heap) -> PyResult<()> {
        if !self.store.is_empty(heap) {
            self.check_resizable(heap)?;
        }
        self.store.resize(0, heap)
    }

    /// Return number of occurrences of v in the array.
    #[signature = "($self, v, /)"]
    fn count(&self, vm: &mut Vm, v: &Value) -> PyResult<usize> {
        let (mut count, mut next) = (0, 0);
        while let Some(position) = self.find(v, next, usize::MAX, vm)? {
            count += 1;
            next = position + 1;
        }
        Ok(count)
    }

    /// Append items to the end of the array.
    #[signature = "($self, bb, /)"]
    fn extend(&self, vm: &mut Vm, bb: &Value) -> PyResult<()> {
        if let Some(other) = bb.downcast::<Array>() {
            if !std::ptr::eq(other.kind, self.kind) {
                return Err(vm.type_error(format_args!("can only extend with array of same kind")));
            }
            return self.append_array(other, vm);
        }
        let iterator = vm.iter(bb)?;
        self.extend_from(&iterator, vm)
    }

    /// Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.
    #[signature = "($self, buffer, /)"]
    fn frombytes(&self, vm: &mut Vm, buffer: BufferView) -> PyResult<()> {
        self.append_view(&buffer, vm)
    }

    /// Read n objects from the file object f and append them to the end of the array.
    #[signature = "($self, f, n, /)"]
    fn fromfile(&self, vm: &mut Vm, f: &Value, n: isize) -> PyResult<()> {
        let Ok(count) = usize::try_from(n) else {
            return Err(vm.value_error(format_args!("negative count")));
        };
        let Some(size) = count.checked_mul(self.kind.size).filter(|&size| size <= isize::MAX as usize) else {
            return Err(vm.memory_error());
        };
        let wanted = vm.int(size as i64);
        let data = vm.call_method(f, &names::read, &[wanted])?;
        let Some(bytes) = data.downcast::<Bytes>() else {
            return Err(vm.type_error(format_args!("read() didn't return bytes")));
        };
        self.append_view(&BufferView::of_bytes(bytes), vm)?;
        match bytes.len() == size {
            true => Ok(()),
            false => Err(vm.eof_error(format_args!("read() didn't return enough bytes"))),
        }
    }

    /// Append items to array from list.
    #[signature = "($self, list, /)"]
    fn fromlist(&self, vm: &mut Vm, list: &Value) -> PyResult<()> {
        if !list.is_instance_of::<List>() {
            return Err(vm.type_error(format_args!("arg must be list")));
        }
        self.append_items(list, vm)
    }

    /// Extends this array with data from the unicode string ustr.
    ///
    /// The array must be a unicode type array; otherwise a ValueError is
    /// raised.  Use array.frombytes(ustr.encode(...)) to append Unicode
    /// data to an array of some other type.
    #[signature = "($self, ustr, /)"]
    fn fromunicode(&self, vm: &mut Vm, ustr: &Object<Str>) -> PyResult<()> {
        text_only(self, "fromunicode", vm)?;
        self.append_text(ustr, vm)
    }

    /// Return index of first occurrence of v in the array.
    ///
    /// Raise ValueError if the value is not present.
    #[signature = "($self, v, start=0, stop=sys.maxsize, /)"]
    fn index(
        &self,
        vm: &mut Vm,
        v: &Value,
        #[default(None)] start: Option<&Value>,
        #[default(None)] stop: Option<&Value>,
    ) -> PyResult<usize> {
        let start = start.map_or(Ok(0), |start| vm.search_bound(start))?;
        let stop = stop.map_or(Ok(isize::MAX), |stop| vm.search_bound(stop))?;
        let len = self.len(vm);
        match self.find(v, sequence::clip(start, len), sequence::clip(stop, len), vm)? {
            Some(position) => Ok(position),
            None => Err(vm.value_error(format_args!("array.index(x): x not in array"))),
        }
    }

    /// Insert a new item v into the array before position i.
    #[signature = "($self, i, v, /)"]
    fn insert(&self, vm: &mut Vm, i: isize, v: &Value) -> PyResult<()> {
        let word = (self.kind.store)(v, vm)?;
        self.check_resizable(vm)?;
        let (len, size) = (self.len(vm), self.kind.size);
        let place = sequence::clip(i, len).min(len) * size;
        self.store.splice(place..place, &word[..size], vm)
    }

    /// Return the i-th element and delete it from the array.
    ///
    /// i defaults to -1.
    #[signature = "($self, i=-1, /)"]
    fn pop(&self, heap: &mut Heap, i: isize) -> PyResult {
        let (len, size) = (self.len(heap), self.kind.size);
        if len == 0 {
            return Err(heap.index_error(format_args!("pop from empty array")));
        }
        let Some(position) = sequence::position(i, len) else {
            return Err(heap.index_error(format_args!("pop index out of range")));
        };
        let item = self.load(position, heap)?;
        self.check_resizable(heap)?;
        self.store.splice(position * size..(position + 1) * size, &[], heap)?;
        Ok(item)
    }

    /// Remove the first occurrence of v in the array.
    #[signature = "($self, v, /)"]
    fn remove(&self, vm: &mut Vm, v: &Value) -> PyResult<()> {
        let Some(position) = self.find(v, 0, usize::MAX, vm)? else {
            return Err(vm.value_error(format_args!("array.remove(x): x not in array")));
        };
        self.check_resizable(vm)?;
        let (size, len) = (self.kind.size, self.len(vm));
        self.store.splice(position.min(len) * size..(position + 1).min(len) * size, &[], vm)
    }

    /// Reverse the order of the items in the array.
    fn reverse(&self, heap: &mut Heap) {
        // The bytes reversed are the items reversed, each of them with its bytes reversed.
        let bytes = self.store.as_mut_slice(heap);
        bytes.reverse();
        bytes.chunks_exact_mut(self.kind.size).for_each(<[u8]>::reverse);
    }

    /// Convert the array to an array of machine values and return the bytes representation.
    fn tobytes(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        let mut writer = heap.bytes_writer(self.store.len(heap))?;
        writer.push(self.store.as_slice(heap));
        Ok(writer.finish())
    }

    /// Write all items (as machine values) to the file object f.
    #[signature = "($self, f, /)"]
    fn tofile(&self, vm: &mut Vm, f: &Value) -> PyResult<()> {
        let mut start = 0;
        while start < self.store.len(vm) {
            let end = (start + BLOCK).min(self.store.len(vm));
            let block = self.store.as_slice(vm)[start..end].to_vec();
            let block = vm.new_bytes(&block)?;
            vm.call_method(f, &names::write, &[block.into()])?;
            start = end;
        }
        Ok(())
    }

    /// Convert array to an ordinary list with the same items.
    fn tolist(&self, heap: &mut Heap) -> PyResult<Ref<List>> {
        self.list(heap)
    }

    /// Extends this array with data from the unicode string ustr.
    ///
    /// Convert the array to a unicode string.  The array must be a unicode
    /// type array; otherwise a ValueError is raised.  Use
    /// array.tobytes().decode() to obtain a unicode string from an array of
    /// some other type.
    fn tounicode(&self, heap: &mut Heap) -> PyResult<Ref<Str>> {
        text_only(self, "tounicode", heap)?;
        self.text(heap)
    }

    /// Return a copy of the array.
    fn __copy__(&self, heap: &mut Heap) -> PyResult<Ref<Array>> {
        let copy = self.store.as_slice(heap).to_vec();
        Array::of_bytes(self.kind, &copy, heap)
    }

    /// Return a copy of the array.
    #[signature = "($self, unused, /)"]
    fn __deepcopy__(&self, heap: &mut Heap, _unused: &Value) -> PyResult<Ref<Array>> {
        self.__copy__(heap)
    }

    /// Return state information for pickling.
    #[signature = "($self, value, /)"]
    fn __reduce_ex__(this: &Object<Self>, vm: &mut Vm, value: &Value) -> PyResult<Ref<Tuple>> {
        if value.as_int().is_none() {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("__reduce_ex__ argument should be an integer, not {kind}")));
        }
        let protocol = vm.index_isize_or(value, exceptions::OVERFLOW_ERROR.get())?;
        pickle::reduced(this, protocol, vm)
    }

    /// Size of the array in memory, in bytes.
    fn __sizeof__(this: &Object<Self>, heap: &Heap) -> usize {
        // The header of CPython's arrays, and the room for items.
        64 + this.store.capacity(heap)
    }

    /// Arrays are generic over the type of their elements
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// the typecode character used to create the array
    #[getter]
    fn typecode(&self) -> char {
        self.kind.code
    }

    /// the size, in bytes, of one array item
    #[getter]
    fn itemsize(&self) -> usize {
        self.kind.size
    }
}
