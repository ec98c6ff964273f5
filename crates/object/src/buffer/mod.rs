//! The buffer protocol: [`BufferView`], memory that an object exports, and [`ByteStore`], memory that can be exported.
//!
//! A view is a pointer and a length, never a Rust slice across a call that may run Python code. While one is out, its
//! exporter neither moves nor resizes the memory: the view counts among the store's exports until it is dropped. Slices
//! are had for as long as a token is lent.

mod store;

use std::borrow::Cow;
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

/// How the items of a buffer lie.
#[derive(Clone, Debug)]
pub struct BufferLayout {
    /// Bytes an item.
    pub item_size: usize,
    /// The item's format in the syntax of `struct`.
    pub format: Cow<'static, str>,
    /// Items along each dimension.
    pub shape: Vec<usize>,
    /// Bytes from one item to the next along each dimension.
    pub strides: Vec<isize>,
}

impl BufferLayout {
    /// Items of one format, one after the other.
    pub fn items(
        format: impl Into<Cow<'static, str>>,
        item_size: usize,
        count: usize,
    ) -> BufferLayout {
        BufferLayout {
            item_size,
            format: format.into(),
            shape: vec![count],
            strides: vec![item_size as isize],
        }
    }

    /// Whether items of this shape lie one after the other, the last dimension varying fastest.
    pub fn is_c_contiguous(&self) -> bool {
        Self::contiguous(self.item_size, self.shape.iter().zip(&self.strides).rev())
    }

    /// Whether items of this shape lie one after the other, the first dimension varying fastest.
    pub fn is_f_contiguous(&self) -> bool {
        Self::contiguous(self.item_size, self.shape.iter().zip(&self.strides))
    }

    fn contiguous<'a>(
        item_size: usize,
        dimensions: impl Iterator<Item = (&'a usize, &'a isize)> + Clone,
    ) -> bool {
        if dimensions.clone().any(|(&count, _)| count == 0) {
            return true;
        }
        let mut distance = item_size as isize;
        for (&count, &stride) in dimensions {
            if count > 1 && stride != distance {
                return false;
            }
            distance *= count as isize;
        }
        true
    }
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
    data: *mut u8,
    /// Bytes in all.
    len: usize,
    readonly: bool,
    /// How the items lie; unsigned bytes in a row without one.
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
    /// As long as `owner` lives and the view is counted in `count`, `len` bytes at `data` stay valid for reading, for writing
    /// too unless `readonly`, and are reached otherwise only by those who hold a token. `count` lies in memory that lives as
    /// long as `owner`.
    pub unsafe fn new(
        owner: Value,
        data: *mut u8,
        len: usize,
        readonly: bool,
        count: Option<&Cell<usize>>,
    ) -> BufferView {
        BufferView {
            _export: count.map(Export::new),
            owner,
            data,
            len,
            readonly,
            layout: None,
        }
    }

    /// A view of bytes.
    pub fn of_bytes(bytes: &Object<Bytes>) -> BufferView {
        let data = bytes.as_slice();
        // SAFETY: the data never changes and lives as long as the object.
        unsafe {
            BufferView::new(
                bytes.to_value(),
                data.as_ptr().cast_mut(),
                data.len(),
                true,
                None,
            )
        }
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
        unsafe {
            BufferView::new(
                object.to_value(),
                data,
                len,
                readonly,
                Some(store.exports()),
            )
        }
    }

    /// The same memory with its items laid out so; their whole size must be that of the memory.
    pub fn with_layout(mut self, layout: BufferLayout) -> BufferView {
        let size = layout.shape.iter().product::<usize>() * layout.item_size;
        assert!(
            size == self.len && layout.is_c_contiguous(),
            "the layout of a buffer fills it"
        );
        self.layout = Some(Box::new(layout));
        self
    }

    /// The exporter.
    pub fn owner(&self) -> &Value {
        &self.owner
    }

    /// Where the memory begins.
    pub fn data(&self) -> *mut u8 {
        self.data
    }

    /// Bytes in all.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
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

    /// The bytes, which lie in a row.
    #[inline]
    pub fn as_slice<'a>(&'a self, _: &'a Heap) -> &'a [u8] {
        // SAFETY: the memory is valid while the view is out, and while a token is lent shared nobody writes to it.
        unsafe { std::slice::from_raw_parts(self.data, self.len) }
    }

    /// The bytes, to be written to; `None` where they must not be.
    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub fn as_mut_slice<'a>(&'a self, _: &'a mut Heap) -> Option<&'a mut [u8]> {
        // SAFETY: the memory is valid while the view is out, and while a token is lent exclusively nobody else reaches it.
        (!self.readonly).then(|| unsafe { std::slice::from_raw_parts_mut(self.data, self.len) })
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
            Some(export) => export(self, object, flags),
            None => {
                let kind = self.type_name(object);
                Err(self.type_error(format_args!(
                    "a bytes-like object is required, not '{kind}'"
                )))
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

    /// A copy of a buffer's bytes.
    pub fn bytes_of_view(&mut self, view: &BufferView) -> PyResult<Ref<Bytes>> {
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
