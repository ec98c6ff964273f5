//! `memoryview`: the items of a buffer, seen through a shape and strides.
//!
//! Several views share one [`SharedBuffer`], which gives the export back when the last of them is released or ends. A view
//! knows its items by their offset into the block that was exported; every access slices that block, so none is unsafe.
//!
//! - [`items`]: values out of bytes and back, by format;
//! - [`subscript`]: items and slices, read and replaced.
//! - [`cast`]: other formats and shapes; [`compare`]: equality and hash.
//! - [`methods`]: attributes, methods, the buffer that a view exports itself; [`iterator`].
//! - [`pickle_buffer`] is the class of `pickle`.

mod cast;
mod compare;
pub(crate) mod items;
mod iterator;
mod methods;
mod pickle_buffer;
mod subscript;

use std::borrow::Cow;
use std::cell::Cell;

use pvm_macros::pyclass;

use crate::buffer::{BufferLayout, BufferView, exporter_of, flags};
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::{Heap, Vm};

pub use iterator::MemoryIterator;
pub use pickle_buffer::{PICKLE_BUFFER_TYPE, PickleBuffer};

/// A buffer that memoryviews share.
#[pyclass(name = "managedbuffer", final)]
pub struct SharedBuffer {
    view: BufferView,
}

/// memoryview(object)
/// --
///
/// A view of the items in the buffer of an object, without a copy.
#[pyclass(name = "memoryview", sequence, weakref, final, parts(subscript, cast, compare, exports))]
pub struct MemoryView {
    /// The buffer; none once the view is released.
    buffer: HeapCell<Option<Ref<SharedBuffer>>>,
    #[trace(skip)]
    layout: BufferLayout,
    is_readonly: bool,
    /// Views of other consumers that are out.
    exports: Cell<usize>,
    hash: Cell<Option<i64>>,
    /// No further views may be made: it was lent to `__release_buffer__`.
    restricted: Cell<bool>,
}

#[cold]
fn released(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("operation forbidden on released memoryview object"))
}

impl MemoryView {
    fn new(buffer: Ref<SharedBuffer>, layout: BufferLayout, is_readonly: bool) -> MemoryView {
        MemoryView {
            buffer: HeapCell::new(Some(buffer)),
            layout,
            is_readonly,
            exports: Cell::new(0),
            hash: Cell::new(None),
            restricted: Cell::new(false),
        }
    }

    /// Another view of the same buffer.
    fn with_layout(&self, layout: BufferLayout, heap: &mut Heap) -> PyResult<Ref<MemoryView>> {
        let buffer = self.shareable(heap)?;
        Ok(heap.alloc(MemoryView::new(buffer, layout, self.is_readonly)))
    }

    /// The buffer; an error where the view is released.
    fn buffer(&self, heap: &mut Heap) -> PyResult<Ref<SharedBuffer>> {
        match self.buffer.get(heap) {
            Some(buffer) => Ok(buffer),
            None => Err(released(heap)),
        }
    }

    /// The buffer for another view.
    fn shareable(&self, heap: &mut Heap) -> PyResult<Ref<SharedBuffer>> {
        let buffer = self.buffer(heap)?;
        if self.restricted.get() {
            return Err(heap.value_error(format_args!("cannot create new view on restricted memoryview")));
        }
        Ok(buffer)
    }

    /// Runs what may run Python code while the view cannot be released.
    fn held<R>(&self, vm: &mut Vm, body: impl FnOnce(&mut Vm) -> R) -> R {
        self.exports.set(self.exports.get() + 1);
        let result = body(vm);
        self.exports.set(self.exports.get() - 1);
        result
    }

    fn check_released(&self, heap: &mut Heap) -> PyResult<()> {
        if self.buffer.borrow(heap).is_some() { Ok(()) } else { Err(released(heap)) }
    }

    /// The number of bytes of all items.
    fn byte_count(&self) -> usize {
        self.layout.byte_count()
    }

    /// The bytes of all items, the last dimension varying fastest.
    fn gathered(&self, heap: &mut Heap) -> PyResult<Vec<u8>> {
        let buffer = self.buffer(heap)?;
        heap.check_room(self.byte_count())?;
        Ok(self.layout.gather(buffer.view.block(heap)))
    }

    /// The bytes of the item at an offset.
    fn item_bytes(&self, offset: usize, heap: &mut Heap) -> PyResult<[u8; 16]> {
        let buffer = self.buffer(heap)?;
        let mut item = [0; 16];
        let size = self.layout.item_size.min(16);
        item[..size].copy_from_slice(&buffer.view.block(heap)[offset..offset + size]);
        Ok(item)
    }

    /// Gives the buffer back; an error where consumers still have views of this one.
    pub fn release_buffer(&self, heap: &mut Heap) -> PyResult<()> {
        if self.buffer.borrow(heap).is_none() {
            return Ok(());
        }
        match self.exports.get() {
            0 => {
                self.buffer.set(None, heap);
                Ok(())
            }
            count => {
                let plural = if count == 1 { "" } else { "s" };
                Err(heap.buffer_error(format_args!("memoryview has {count} exported buffer{plural}")))
            }
        }
    }
}

impl Heap {
    /// A memoryview of a buffer.
    pub fn memoryview_of(&mut self, view: BufferView) -> Ref<MemoryView> {
        let layout = match view.layout() {
            Some(layout) => layout.clone(),
            None => BufferLayout::items(Cow::Borrowed("B"), 1, view.len()),
        };
        let is_readonly = view.is_readonly();
        let buffer = self.alloc(SharedBuffer { view });
        self.alloc(MemoryView::new(buffer, layout, is_readonly))
    }
}

impl Vm {
    /// `memoryview(object)`.
    pub fn memoryview(&mut self, object: &Value) -> PyResult<Ref<MemoryView>> {
        if let Some(view) = object.downcast::<MemoryView>() {
            return view.with_layout(view.layout.clone(), self);
        }
        if !self.has_buffer(object) {
            let kind = self.type_name(object);
            return Err(self.type_error(format_args!("memoryview: a bytes-like object is required, not '{kind}'")));
        }
        let view = self.buffer(object, flags::FULL_RO)?;
        Ok(self.memoryview_of(view))
    }

    /// A memoryview by what an object exports for certain flags.
    pub fn memoryview_from_flags(&mut self, object: &Value, flags: u32) -> PyResult<Ref<MemoryView>> {
        let view = self.buffer(object, flags)?;
        Ok(self.memoryview_of(view))
    }
}

/// The view and the memory of a memoryview object.
pub(crate) fn lend_restricted(view: BufferView, heap: &mut Heap) -> Ref<MemoryView> {
    let memoryview = heap.memoryview_of(view);
    memoryview.restricted.set(true);
    memoryview
}

/// Whether a memoryview shows the memory of an object, and is not released.
pub(crate) fn is_view_of(view: &Value, object: &Value, heap: &Heap) -> bool {
    let Some(view) = view.downcast::<MemoryView>() else { return false };
    view.buffer.borrow(heap).as_ref().is_some_and(|buffer| exporter_of(buffer.view.owner()).is(object))
}

/// `object.__release_buffer__(view)` of a class of the machine.
pub(crate) fn take_back(vm: &mut Vm, object: &Value, view: &Value) -> PyResult<()> {
    let Some(view) = view.downcast::<MemoryView>() else {
        return Err(vm.type_error(format_args!("expected a memoryview object")));
    };
    match view.buffer.get(vm) {
        None => Err(vm.value_error(format_args!("memoryview's buffer has already been released"))),
        Some(buffer) if exporter_of(buffer.view.owner()).is(object) => view.release_buffer(vm),
        Some(_) => Err(vm.value_error(format_args!("memoryview's buffer is not this object"))),
    }
}
