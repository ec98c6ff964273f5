//! The buffer protocol: [`BufferView`], memory that an object exports, and [`ByteStore`], memory that can be exported.
//!
//! A view is a pointer and a length, never a Rust slice across a call that may run Python code. While one is out, its
//! exporter neither moves nor resizes the memory: the view counts among the store's exports until it is dropped. Slices
//! are had for as long as a token is lent.

mod layout;
mod python_exporter;
mod store;

use std::cell::Cell;
use std::ptr::NonNull;

use crate::arguments::Argument;
use crate::bytes::Bytes;
use crate::convert::FromArg;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::native::Effects;
use crate::trace::{Trace, Visitor};
use crate::types::PyClass;
use crate::{Heap, Vm};

pub use layout::{BufferLayout, Offsets};
pub(crate) use python_exporter::{export_by_method, exporter_of, release_by_method, told_of_release};
pub use store::ByteStore;

/// What a consumer asks of an exporter (`inspect.BufferFlags`).
pub mod flags {
    /// Contiguous bytes, nothing else.
    pub const SIMPLE: u32 = 0;
    /// Memory that may be written to.
    pub const WRITABLE: u32 = 1;
    /// The items' format.
    pub const FORMAT: u32 = 4;
    /// The shape.
    pub const ND: u32 = 8;
    /// The strides.
    pub const STRIDES: u32 = 0x10 | ND;
    /// Contiguous as C has it: the last dimension varies fastest.
    pub const C_CONTIGUOUS: u32 = 0x20 | STRIDES;
    /// Contiguous as Fortran has it: the first dimension varies fastest.
    pub const F_CONTIGUOUS: u32 = 0x40 | STRIDES;
    /// Contiguous either way.
    pub const ANY_CONTIGUOUS: u32 = 0x80 | STRIDES;
    /// Pointers to follow.
    pub const INDIRECT: u32 = 0x100 | STRIDES;
    /// Everything, read-only.
    pub const FULL_RO: u32 = INDIRECT | FORMAT;
    /// Contiguous memory, to write to.
    pub const CONTIG: u32 = ND | WRITABLE;
}

/// One of a store's exports: counted as long as this lives.
#[derive(Debug)]
struct Export(NonNull<Cell<usize>>);

impl Export {
    fn new(count: &Cell<usize>) -> Export {
        count.set(count.get() + 1);
        Export(NonNull::from(count))
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        // SAFETY: the count lies in an object whose memory lasts as long as the view, which owns a reference to it (in a dying
        // cycle, until all contents are dropped).
        let count = unsafe { self.0.as_ref() };
        count.set(count.get() - 1);
    }
}

/// Memory that an object exports (`Py_buffer`). Dropping it gives the export back.
#[derive(Debug)]
pub struct BufferView {
    /// Given back when this is dropped; before the exporter, in whose memory the count lies.
    _export: Option<Export>,
    /// The exporter.
    owner: Value,
    block: *mut u8,
    /// Bytes of the block.
    block_len: usize,
    readonly: bool,
    /// How the items lie in the block; unsigned bytes that fill it without one.
    layout: Option<Box<BufferLayout>>,
}

// SAFETY: the exporter is the one reference.
unsafe impl Trace for BufferView {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.owner.trace(visitor);
    }
}

impl BufferView {
    /// A view of memory that an object owns.
    ///
    /// # Safety
    /// As long as `owner` lives and the view is counted in `count`, `len` bytes at `block` stay valid for reading, for writing
    /// too unless `readonly`, and are reached otherwise only by those who hold a token. `count` lies in memory that lives as
    /// long as `owner`.
    pub unsafe fn new(owner: Value, block: *mut u8, len: usize, readonly: bool, count: Option<&Cell<usize>>) -> BufferView {
        BufferView { _export: count.map(Export::new), owner, block, block_len: len, readonly, layout: None }
    }

    /// A view of bytes.
    pub fn of_bytes(bytes: &Object<Bytes>) -> BufferView {
        let data = bytes.as_slice();
        // SAFETY: the data never changes and lives as long as the object.
        unsafe { BufferView::new(bytes.to_value(), data.as_ptr().cast_mut(), data.len(), true, None) }
    }

    /// The store in an object, exported.
    pub fn of_store<T: PyClass>(
        object: &Object<T>,
        store: impl for<'a> FnOnce(&'a T) -> &'a ByteStore,
        readonly: bool,
    ) -> BufferView {
        let store = store(object);
        let (data, len) = store.raw_parts();
        // SAFETY: the store lives as long as the object; while it is exported it keeps its block, which only holders of a
        // token reach.
        unsafe { BufferView::new(object.to_value(), data, len, readonly, Some(store.exports())) }
    }

    /// The same memory with its items laid out so; panics where they do not fit.
    pub fn with_layout(mut self, layout: BufferLayout) -> BufferView {
        assert!(layout.fits(self.block_len), "the layout of a buffer fits its memory");
        self.layout = Some(Box::new(layout));
        self
    }

    /// The same memory, not to be written to through this view.
    pub fn into_readonly(mut self) -> BufferView {
        self.readonly = true;
        self
    }

    /// The same memory without a count of its own, to be given an owner that holds this view.
    pub(crate) fn alias(&self) -> BufferAlias {
        BufferAlias { block: self.block, block_len: self.block_len, readonly: self.readonly, layout: self.layout.clone() }
    }

    /// The exporter.
    pub fn owner(&self) -> &Value {
        &self.owner
    }

    /// Where the first item begins.
    pub fn data(&self) -> *mut u8 {
        self.block.wrapping_add(self.layout.as_ref().map_or(0, |layout| layout.start))
    }

    /// Bytes of all items.
    pub fn len(&self) -> usize {
        self.layout.as_ref().map_or(self.block_len, |layout| layout.byte_count())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it must not be written to.
    pub fn is_readonly(&self) -> bool {
        self.readonly
    }

    /// How the items lie; unsigned bytes in a row without one.
    pub fn layout(&self) -> Option<&BufferLayout> {
        self.layout.as_deref()
    }

    /// Bytes an item.
    pub fn item_size(&self) -> usize {
        self.layout.as_ref().map_or(1, |layout| layout.item_size)
    }

    /// The item's format in the syntax of `struct`.
    pub fn format(&self) -> &str {
        self.layout.as_ref().map_or("B", |layout| &layout.format)
    }

    /// Whether the items lie in a row, as consumers that did not ask for strides get them.
    pub fn is_contiguous(&self) -> bool {
        self.layout.as_ref().is_none_or(|layout| layout.is_c_contiguous())
    }

    /// The whole block, into which offsets of the layout point.
    pub fn block<'a>(&'a self, _: &'a Heap) -> &'a [u8] {
        // SAFETY: the memory is valid while the view is out, and while a token is lent shared nobody writes to it.
        unsafe { std::slice::from_raw_parts(self.block, self.block_len) }
    }

    /// The whole block, to be written to; `None` where it must not be.
    #[allow(clippy::mut_from_ref)]
    pub fn block_mut<'a>(&'a self, _: &'a mut Heap) -> Option<&'a mut [u8]> {
        // SAFETY: the memory is valid while the view is out, and while a token is lent exclusively nobody else reaches it.
        (!self.readonly).then(|| unsafe { std::slice::from_raw_parts_mut(self.block, self.block_len) })
    }

    fn range(&self) -> std::ops::Range<usize> {
        assert!(self.is_contiguous(), "the bytes of a buffer with gaps are gathered");
        let start = self.layout.as_ref().map_or(0, |layout| layout.start);
        if self.is_empty() { 0..0 } else { start..start + self.len() }
    }

    /// The bytes, which lie in a row.
    #[inline]
    pub fn as_slice<'a>(&'a self, heap: &'a Heap) -> &'a [u8] {
        match self.layout {
            None => self.block(heap),
            Some(_) => &self.block(heap)[self.range()],
        }
    }

    /// The bytes, which lie in a row, to be written to; `None` where they must not be.
    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub fn as_mut_slice<'a>(&'a self, heap: &'a mut Heap) -> Option<&'a mut [u8]> {
        let range = self.range();
        self.block_mut(heap).map(|block| &mut block[range])
    }

    /// A copy of the items' bytes, in a row.
    pub fn gather(&self, heap: &Heap) -> Vec<u8> {
        match &self.layout {
            None => self.block(heap).to_vec(),
            Some(layout) => layout.gather(self.block(heap)),
        }
    }
}

/// A buffer's memory, for an owner that holds the view it came from.
pub(crate) struct BufferAlias {
    block: *mut u8,
    block_len: usize,
    readonly: bool,
    layout: Option<Box<BufferLayout>>,
}

impl BufferAlias {
    /// A view by an exporter that holds the view this came from as long as its `count` is not zero.
    pub(crate) fn exported_by(self, owner: Value, count: &Cell<usize>, readonly: bool) -> BufferView {
        BufferView { _export: Some(Export::new(count)), readonly, ..self.owned_by(owner) }
    }

    /// A part of the memory, as unsigned bytes in a row.
    pub(crate) fn narrowed(self, range: std::ops::Range<usize>) -> BufferAlias {
        assert!(range.start <= range.end && range.end <= self.block_len);
        BufferAlias { block: self.block.wrapping_add(range.start), block_len: range.len(), layout: None, ..self }
    }

    /// A view by an owner that holds the view this came from.
    pub(crate) fn owned_by(self, owner: Value) -> BufferView {
        let BufferAlias { block, block_len, readonly, layout } = self;
        BufferView { _export: None, owner, block, block_len, readonly, layout }
    }
}

/// A bytes-like argument (`y*`).
impl FromArg<'_> for BufferView {
    const EFFECTS: Effects = Effects::Anything;

    #[inline]
    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<BufferView> {
        vm.bytes_like(&value)
    }
}

impl Vm {
    /// The buffer that an object exports (`PyObject_GetBuffer`).
    pub fn buffer(&mut self, object: &Value, flags: u32) -> PyResult<BufferView> {
        if let Some(bytes) = object.downcast_exact::<Bytes>()
            && flags & flags::WRITABLE == 0
        {
            return Ok(BufferView::of_bytes(bytes));
        }
        match object.ty().slots().buffer() {
            Some(export) => {
                let view = export(self, object, flags)?;
                if object.ty().is_heap_type() && !python_exporter::exports_by_method(object) {
                    return Ok(told_of_release(self, view, object));
                }
                Ok(view)
            }
            None => {
                let kind = self.type_name(object);
                Err(self.type_error(format_args!("a bytes-like object is required, not '{kind}'")))
            }
        }
    }

    /// The contiguous bytes of an object.
    #[inline]
    pub fn bytes_like(&mut self, object: &Value) -> PyResult<BufferView> {
        self.buffer(object, flags::SIMPLE)
    }

    /// The contiguous bytes of an object, to be written to.
    pub fn writable_bytes_like(&mut self, object: &Value) -> PyResult<BufferView> {
        self.buffer(object, flags::WRITABLE)
    }

    /// A copy of the bytes of a buffer in a row.
    pub fn bytes_of_view(&mut self, view: &BufferView) -> PyResult<Ref<Bytes>> {
        if view.len() <= 1 || !view.is_contiguous() {
            self.check_room(view.len())?;
            let copy = view.gather(self);
            return Ok(self.new_bytes(&copy)?);
        }
        let mut writer = self.bytes_writer(view.len())?;
        writer.push(view.as_slice(self));
        Ok(writer.finish())
    }

    /// Whether an object exports a buffer.
    pub fn has_buffer(&self, object: &Value) -> bool {
        object.ty().slots().buffer().is_some()
    }

    /// The error of exporters whose memory is read-only (`PyBuffer_FillInfo`).
    pub fn check_writable(&mut self, readonly: bool, flags: u32) -> PyResult<()> {
        match readonly && flags & flags::WRITABLE != 0 {
            true => Err(self.buffer_error(format_args!("Object is not writable."))),
            false => Ok(()),
        }
    }
}
