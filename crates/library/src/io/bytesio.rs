//! `BytesIO`: a stream of bytes in memory.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::buffer::{BufferView, ByteStore};
use pvm_object::bytes::Bytes;
use pvm_object::dict::Dict;
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::types::instance;
use pvm_object::{Args, Heap, Object, PyResult, Ref, Value, Vm, exceptions};

use super::base::{BUFFERED_IO_BASE_TYPE, IoBase};
use super::{errors, memory_view};
use crate::parameters::{OptionalSize, WritableBuffer};

/// BytesIO(initial_bytes=b'')
/// --
///
/// A stream of bytes in memory.
#[pyclass(name = "BytesIO", module = "_io", extends = IoBase, base = BUFFERED_IO_BASE_TYPE, dict, weakref)]
pub struct BytesIo {
    base: IoBase,
    store: ByteStore,
    position: Cell<usize>,
    closed: Cell<bool>,
}

/// What a `memoryview` of a `BytesIO` views: it keeps the stream from changing its size.
#[pyclass(name = "_BytesIOBuffer", module = "_io", final)]
pub struct BytesIoBuffer {
    source: Ref<BytesIo>,
}

#[pymethods]
impl BytesIoBuffer {
    fn __buffer__(this: &Object<Self>, vm: &mut Vm, flags: u32) -> PyResult<BufferView> {
        let _ = (vm, flags);
        Ok(BufferView::of_store(&*this.source, |stream| &stream.store, false))
    }
}

impl BytesIo {
    fn check_open(&self, heap: &mut Heap) -> PyResult<()> {
        if self.closed.get() { Err(errors::closed_file(heap)) } else { Ok(()) }
    }

    /// An error where a view of the bytes is out.
    fn check_exports(&self, heap: &mut Heap) -> PyResult<()> {
        match self.store.export_count() {
            0 => Ok(()),
            _ => Err(heap.buffer_error(format_args!("Existing exports of data: object cannot be re-sized"))),
        }
    }

    /// How many bytes are left, at most `size`.
    fn left(&self, size: OptionalSize, heap: &Heap) -> usize {
        let left = self.store.len(heap).saturating_sub(self.position.get());
        size.get().map_or(left, |size| size.min(left))
    }

    /// Takes the next bytes.
    fn take(&self, count: usize, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        if count == 0 {
            return Ok(heap.new_bytes(&[])?);
        }
        let start = self.position.get();
        self.position.set(start + count);
        self.copy_of(start..start + count, heap)
    }

    fn copy_of(&self, range: std::ops::Range<usize>, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        match &self.store.as_slice(heap)[range.clone()] {
            [] => Ok(heap.new_bytes(&[])?),
            &[byte] => Ok(heap.new_bytes(&[byte])?),
            _ => {
                let mut writer = heap.bytes_writer(range.len())?;
                writer.push(&self.store.as_slice(heap)[range]);
                Ok(writer.finish())
            }
        }
    }

    /// The length of the next line, its end included, at most `size`.
    fn line_len(&self, size: OptionalSize, heap: &Heap) -> usize {
        let left = self.left(size, heap);
        let start = self.position.get();
        let rest = self.store.as_slice(heap).get(start..start + left).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(left, |end| end + 1)
    }

    /// Writes bytes at the position; a gap before them becomes zeros.
    fn put(&self, bytes: &[u8], heap: &mut Heap) -> PyResult<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let start = self.position.get();
        let Some(end) = start.checked_add(bytes.len()).filter(|&end| end <= isize::MAX as usize) else {
            return Err(heap.overflow_error(format_args!("new buffer size too large")));
        };
        let len = self.store.len(heap);
        if start > len {
            self.store.resize(start, heap)?;
        }
        let len = self.store.len(heap);
        self.store.splice(start..end.min(len).max(start), bytes, heap)?;
        self.position.set(end);
        Ok(bytes.len())
    }

    fn put_view(&self, view: &BufferView, heap: &mut Heap) -> PyResult<usize> {
        match view.owner().downcast::<Bytes>() {
            Some(bytes) if bytes.len() == view.len() => self.put(bytes.as_slice(), heap),
            _ => {
                let bytes = view.as_slice(heap).to_vec();
                self.put(&bytes, heap)
            }
        }
    }

    /// Writes what an object exports, which may be a program's doing that closes or lends this.
    fn write_exported(&self, source: &Value, vm: &mut Vm) -> PyResult<usize> {
        self.check_open(vm)?;
        self.check_exports(vm)?;
        if let Some(bytes) = source.downcast_exact::<Bytes>() {
            return self.put(bytes.as_slice(), vm);
        }
        let view = vm.bytes_like(source)?;
        self.check_open(vm)?;
        self.check_exports(vm)?;
        self.put_view(&view, vm)
    }

    fn fill(&self, vm: &mut Vm, initial: &Value) -> PyResult<()> {
        self.store.resize(0, vm)?;
        self.position.set(0);
        if !initial.is_none() {
            match initial.downcast_exact::<Bytes>() {
                Some(bytes) => self.put(bytes.as_slice(), vm)?,
                None => self.write_exported(initial, vm)?,
            };
            self.position.set(0);
        }
        Ok(())
    }
}

#[pymethods]
impl BytesIo {
    #[new]
    fn new_stream(args: Args<'_>) -> BytesIo {
        let _ = args;
        BytesIo { base: IoBase::new(), store: ByteStore::new(), position: Cell::new(0), closed: Cell::new(false) }
    }

    #[signature = "(initial_bytes=b'')"]
    fn __init__(&self, vm: &mut Vm, initial_bytes: Option<&Value>) -> PyResult<()> {
        self.check_exports(vm)?;
        let initial = initial_bytes.cloned().unwrap_or_else(Value::none);
        self.fill(vm, &initial)
    }

    fn readable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.check_open(vm).map(|()| true)
    }

    fn seekable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.check_open(vm).map(|()| true)
    }

    fn writable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.check_open(vm).map(|()| true)
    }

    /// Give the memory back.
    fn close(&self, vm: &mut Vm) -> PyResult<()> {
        self.check_exports(vm)?;
        self.closed.set(true);
        drop(self.store.take(vm)?);
        Ok(())
    }

    /// Does nothing.
    fn flush(&self, vm: &mut Vm) -> PyResult<()> {
        self.check_open(vm)
    }

    /// Always False.
    fn isatty(&self, vm: &mut Vm) -> PyResult<bool> {
        self.check_open(vm).map(|()| false)
    }

    /// Return the position.
    fn tell(&self, vm: &mut Vm) -> PyResult<usize> {
        self.check_open(vm).map(|()| self.position.get())
    }

    /// Write the bytes of a buffer and return their number.
    fn write(&self, vm: &mut Vm, b: &Value) -> PyResult<usize> {
        self.write_exported(b, vm)
    }

    /// Write the buffers that an iterable yields.
    fn writelines(&self, vm: &mut Vm, lines: &Value) -> PyResult<()> {
        self.check_open(vm)?;
        let lines = vm.iter(lines)?;
        while let Some(line) = vm.next(&lines)? {
            self.write_exported(&line, vm)?;
        }
        Ok(())
    }

    /// Read at most `size` bytes, all that are left without one.
    #[signature = "(size=-1, /)"]
    fn read(&self, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Bytes>> {
        self.check_open(vm)?;
        let count = self.left(size, vm);
        self.take(count, vm)
    }

    /// As `read`.
    #[signature = "(size=-1, /)"]
    fn read1(&self, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Bytes>> {
        self.check_open(vm)?;
        let count = self.left(size, vm);
        self.take(count, vm)
    }

    /// Read into a buffer and return the number of bytes.
    fn readinto(&self, vm: &mut Vm, buffer: WritableBuffer) -> PyResult<usize> {
        self.check_open(vm)?;
        let count = self.left(OptionalSize(buffer.0.len() as isize), vm);
        let start = self.position.get();
        let data = self.store.as_slice(vm).get(start..start + count).unwrap_or_default().to_vec();
        if let Some(target) = buffer.0.as_mut_slice(vm) {
            target[..data.len()].copy_from_slice(&data);
        }
        self.position.set(start + data.len());
        Ok(data.len())
    }

    /// Read a line, at most `size` bytes of it.
    #[signature = "(size=-1, /)"]
    fn readline(&self, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Bytes>> {
        self.check_open(vm)?;
        let len = self.line_len(size, vm);
        self.take(len, vm)
    }

    /// Return a list of the lines, no more of them once they have `size` bytes.
    #[signature = "(size=None, /)"]
    fn readlines(&self, vm: &mut Vm, size: Option<&Value>) -> PyResult<Ref<List>> {
        self.check_open(vm)?;
        let most = match size {
            None => 0,
            Some(size) if size.as_int().is_none() => {
                let kind = vm.type_name(size);
                return Err(vm.type_error(format_args!("integer argument expected, got '{kind}'")));
            }
            Some(size) => vm.index_isize_or(size, &exceptions::OVERFLOW_ERROR)?,
        };
        let list = vm.new_list();
        let mut total = 0;
        loop {
            let len = self.line_len(OptionalSize::ALL, vm);
            if len == 0 {
                return Ok(list);
            }
            let line = self.take(len, vm)?;
            list.push(line.into(), vm)?;
            total += len as isize;
            if most > 0 && total >= most {
                return Ok(list);
            }
        }
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        self.check_open(vm)?;
        match self.line_len(OptionalSize::ALL, vm) {
            0 => Ok(None),
            len => Ok(Some(self.take(len, vm)?.into())),
        }
    }

    /// Return all bytes of the stream.
    fn getvalue(&self, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        self.check_open(vm)?;
        let len = self.store.len(vm);
        self.copy_of(0..len, vm)
    }

    /// Return a view of the bytes, through which they can be changed.
    fn getbuffer(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.check_open(vm)?;
        let buffer = vm.alloc(BytesIoBuffer { source: this.to_ref() }).into();
        memory_view(vm, &buffer)
    }

    /// Move to a position and return it; `whence` says from where: 0 the start, 1 the present one, 2 the end.
    #[signature = "(pos, whence=0, /)"]
    fn seek(&self, vm: &mut Vm, pos: isize, whence: i32) -> PyResult<usize> {
        self.check_open(vm)?;
        let from = match whence {
            0 if pos < 0 => return Err(vm.value_error(format_args!("negative seek value {pos}"))),
            0 => 0,
            1 => self.position.get() as isize,
            2 => self.store.len(vm) as isize,
            _ => {
                let message = format_args!("invalid whence ({whence}, should be 0, 1 or 2)");
                return Err(vm.value_error(message));
            }
        };
        let Some(position) = from.checked_add(pos) else {
            return Err(vm.overflow_error(format_args!("new position too large")));
        };
        self.position.set(position.max(0) as usize);
        Ok(self.position.get())
    }

    /// Cut the stream off at `size` bytes, or at the present position; return the size.
    #[signature = "(size=None, /)"]
    fn truncate(&self, vm: &mut Vm, size: Option<&Value>) -> PyResult<usize> {
        self.check_open(vm)?;
        self.check_exports(vm)?;
        let size = match size {
            None => self.position.get() as isize,
            Some(size) => vm.index_isize_or(size, &exceptions::OVERFLOW_ERROR)?,
        };
        // What tells the size may have closed or lent this.
        self.check_open(vm)?;
        self.check_exports(vm)?;
        let Ok(size) = usize::try_from(size) else {
            return Err(vm.value_error(format_args!("negative size value {size}")));
        };
        if size < self.store.len(vm) {
            self.store.resize(size, vm)?;
        }
        Ok(size)
    }

    fn __getstate__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.check_open(vm)?;
        let len = this.store.len(vm);
        let value = this.copy_of(0..len, vm)?;
        let position = vm.int(this.position.get() as i64);
        let attributes = attributes_of(vm, &this.to_value())?;
        Ok(vm.new_tuple(vec![value.into(), position, attributes]).into())
    }

    #[signature = "(object, /)"]
    fn __setstate__(this: &Object<Self>, vm: &mut Vm, object: &Value) -> PyResult<()> {
        this.check_open(vm)?;
        let Some(state) = object.downcast::<Tuple>().filter(|state| state.len() >= 3) else {
            let (class, kind) = (this.ty().full_name(vm), vm.type_name(object));
            return Err(vm.type_error(format_args!("{class}.__setstate__ argument should be 3-tuple, got {kind}")));
        };
        this.check_exports(vm)?;
        let items = state.as_slice();
        this.fill(vm, &items[0])?;
        if items[1].as_int().is_none() {
            let kind = vm.type_name(&items[1]);
            return Err(vm.type_error(format_args!("second item of state must be an integer, not {kind}")));
        }
        let position = vm.index_isize_or(&items[1], &exceptions::OVERFLOW_ERROR)?;
        let Ok(position) = usize::try_from(position) else {
            return Err(vm.value_error(format_args!("position value cannot be negative")));
        };
        this.position.set(position);
        set_attributes(vm, &this.to_value(), &items[2], "third")
    }

    fn __sizeof__(this: &Object<Self>, heap: &Heap) -> usize {
        this.ty().instance_size() + this.store.capacity(heap)
    }

    #[getter]
    fn closed(&self) -> bool {
        self.closed.get()
    }
}

/// A copy of an object's attributes for its state, `None` where it has none.
pub fn attributes_of(vm: &mut Vm, object: &Value) -> PyResult {
    let Some(header) = object.header() else {
        return Ok(Value::none());
    };
    let items = instance::items(vm, header);
    if items.is_empty() {
        return Ok(Value::none());
    }
    let dict = vm.new_dict();
    for (name, value) in items {
        dict.set_str(&name, value, vm)?;
    }
    Ok(dict.into())
}

/// Sets an object's attributes from its state.
pub fn set_attributes(vm: &mut Vm, object: &Value, attributes: &Value, which: &str) -> PyResult<()> {
    if attributes.is_none() {
        return Ok(());
    }
    let Some(dict) = attributes.downcast::<Dict>() else {
        let kind = vm.type_name(attributes);
        return Err(vm.type_error(format_args!("{which} item of state should be a dict, got a {kind}")));
    };
    for (name, value) in dict.str_items(vm) {
        if let Some(header) = object.header() {
            instance::set(vm, header, &name, value)?;
        }
    }
    Ok(())
}
