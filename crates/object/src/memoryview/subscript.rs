//! Items and slices of memoryviews, read and replaced.

use pvm_macros::pymethods;

use super::MemoryView;
use super::items::NativeFormat;
use crate::buffer::{BufferLayout, flags};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::list::List;
use crate::sequence::is_index;
use crate::slice::Slice;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// What a subscript asks for.
enum Key<'a> {
    Index(&'a Value),
    Slice(&'a Object<Slice>),
    Indices(&'a [Value]),
    Slices,
    Ellipsis,
    Wrong,
}

impl<'a> Key<'a> {
    fn of(key: &'a Value) -> Key<'a> {
        if is_index(key) {
            return Key::Index(key);
        }
        if let Some(slice) = key.downcast::<Slice>() {
            return Key::Slice(slice);
        }
        if key.is_ellipsis() {
            return Key::Ellipsis;
        }
        match key.downcast::<Tuple>().map(Object::<Tuple>::as_slice) {
            Some(items) if items.iter().all(is_index) => Key::Indices(items),
            Some(items) if items.iter().all(|item| item.is_instance_of::<Slice>()) => Key::Slices,
            _ => Key::Wrong,
        }
    }
}

#[cold]
fn invalid_key(vm: &mut Vm) -> Raised {
    vm.type_error(format_args!("memoryview: invalid slice key"))
}

#[cold]
pub(super) fn no_dimension(heap: &mut Heap) -> Raised {
    heap.type_error(format_args!("invalid indexing of 0-dim memory"))
}

#[cold]
pub(super) fn no_sub_views(heap: &mut Heap) -> Raised {
    heap.not_implemented_error(format_args!("multi-dimensional sub-views are not implemented"))
}

impl MemoryView {
    /// The format of the items; an error where they cannot be read one by one (`adjust_fmt`).
    pub(super) fn item_format(&self, heap: &mut Heap) -> PyResult<NativeFormat> {
        let format = &*self.layout.format;
        if let Some(native) = NativeFormat::of(format) {
            return Ok(native);
        }
        let bare = format.strip_prefix('@').unwrap_or(format);
        match bare.len() == 1 {
            true => Err(heap.not_implemented_error(format_args!("memoryview: format {bare} not supported"))),
            false => Err(heap.not_implemented_error(format_args!("memoryview: unsupported format {format}"))),
        }
    }

    /// The value of the item at an offset.
    pub(super) fn item_at(&self, offset: usize, format: NativeFormat, heap: &mut Heap) -> PyResult {
        let bytes = self.item_bytes(offset, heap)?;
        format.unpack(&bytes, heap)
    }

    /// The position that an index means in a dimension.
    fn position(&self, index: isize, dimension: usize, heap: &mut Heap) -> PyResult<usize> {
        crate::sequence::position(index, self.layout.shape[dimension])
            .ok_or_else(|| heap.index_error(format_args!("index out of bounds on dimension {}", dimension + 1)))
    }

    /// The offset of the item that one index for each dimension means.
    fn offset_of(&self, indices: &[Value], vm: &mut Vm) -> PyResult<usize> {
        let dimensions = self.layout.shape.len();
        if indices.len() < dimensions {
            return Err(vm.not_implemented_error(format_args!("sub-views are not implemented")));
        }
        if indices.len() > dimensions {
            let given = indices.len();
            let message = format_args!("cannot index {dimensions}-dimension view with {given}-element tuple");
            return Err(vm.type_error(message));
        }
        let mut positions = Vec::with_capacity(dimensions);
        for (dimension, index) in indices.iter().enumerate() {
            let index = vm.index_isize_or(index, exceptions::INDEX_ERROR.get())?;
            positions.push(self.position(index, dimension, vm)?);
        }
        Ok(self.layout.offset(&positions))
    }

    /// The offset of an item of a view with one dimension.
    fn offset_at(&self, index: isize, several: fn(&mut Heap) -> Raised, heap: &mut Heap) -> PyResult<usize> {
        match self.layout.shape.len() {
            0 => Err(no_dimension(heap)),
            1 => {
                let position = self.position(index, 0, heap)?;
                Ok(self.layout.offset(&[position]))
            }
            _ => Err(several(heap)),
        }
    }

    /// The layout of what a slice of the first dimension selects.
    fn sliced(&self, slice: &Object<Slice>, vm: &mut Vm) -> PyResult<BufferLayout> {
        let range = slice.bounds(vm)?.of(self.layout.shape[0]);
        let mut layout = self.layout.clone();
        if range.len > 0 {
            layout.start = layout.start.wrapping_add_signed(range.start as isize * layout.strides[0]);
        }
        layout.shape[0] = range.len;
        layout.strides[0] = layout.strides[0].wrapping_mul(range.step);
        Ok(layout)
    }

    /// Puts a value into the item at an offset.
    fn set_item(&self, offset: impl FnOnce(&mut Vm) -> PyResult<usize>, value: &Value, vm: &mut Vm) -> PyResult<()> {
        let format = self.item_format(vm)?;
        let offset = offset(vm)?;
        let bytes = format.pack(value, vm)?;
        // Converting the value may have released the view.
        let buffer = self.buffer(vm)?;
        if let Some(block) = buffer.view.block_mut(vm) {
            block[offset..offset + format.size].copy_from_slice(&bytes[..format.size]);
        }
        Ok(())
    }

    /// Puts the items of a buffer into those that a slice selects (`copy_single`).
    fn set_slice(&self, slice: &Object<Slice>, value: &Value, vm: &mut Vm) -> PyResult<()> {
        let source = vm.buffer(value, flags::FULL_RO)?;
        let target = self.sliced(slice, vm)?;
        let bare = |format: &str| format.strip_prefix('@').unwrap_or(format).to_owned();
        let same_shape = match source.layout() {
            Some(layout) => layout.shape == target.shape,
            None => target.shape == [source.len()],
        };
        let same_items = bare(source.format()) == bare(&target.format) && source.item_size() == target.item_size;
        if !same_shape || !same_items {
            return Err(vm.value_error(format_args!("memoryview assignment: lvalue and rvalue have different structures")));
        }
        let bytes = source.gather(vm);
        let buffer = self.buffer(vm)?;
        if let Some(block) = buffer.view.block_mut(vm) {
            target.scatter(&bytes, block);
        }
        Ok(())
    }

    /// The items as nested lists.
    fn nested(&self, dimension: usize, positions: &mut Vec<usize>, format: NativeFormat, heap: &mut Heap) -> PyResult {
        if dimension == self.layout.shape.len() {
            return self.item_at(self.layout.offset(positions), format, heap);
        }
        let list: Ref<List> = heap.new_list();
        for position in 0..self.layout.shape[dimension] {
            positions.push(position);
            let item = self.nested(dimension + 1, positions, format, heap)?;
            positions.pop();
            list.push(item, heap)?;
        }
        Ok(list.into())
    }
}

#[pymethods(part = subscript)]
impl MemoryView {
    fn __len__(&self, heap: &mut Heap) -> PyResult<usize> {
        self.check_released(heap)?;
        match self.layout.shape.first() {
            Some(&len) => Ok(len),
            None => Err(heap.type_error(format_args!("0-dim memory has no length"))),
        }
    }

    #[slot(item)]
    fn item(&self, heap: &mut Heap, index: isize) -> PyResult {
        self.check_released(heap)?;
        let format = self.item_format(heap)?;
        let offset = self.offset_at(index, no_sub_views, heap)?;
        self.item_at(offset, format, heap)
    }

    fn __getitem__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult {
        this.check_released(vm)?;
        let key = Key::of(key);
        if this.layout.shape.is_empty() {
            return match key {
                Key::Indices([]) => {
                    let format = this.item_format(vm)?;
                    this.item_at(this.layout.start, format, vm)
                }
                Key::Ellipsis => Ok(this.to_value()),
                _ => Err(no_dimension(vm)),
            };
        }
        match key {
            Key::Index(index) => {
                let index = vm.index_isize_or(index, exceptions::INDEX_ERROR.get())?;
                let format = this.item_format(vm)?;
                let offset = this.offset_at(index, no_sub_views, vm)?;
                this.item_at(offset, format, vm)
            }
            Key::Slice(slice) => {
                // The new view keeps the buffer, should asking for the slice's bounds release this one.
                let buffer = this.shareable(vm)?;
                let layout = this.sliced(slice, vm)?;
                Ok(vm.alloc(MemoryView::new(buffer, layout, this.is_readonly)).into())
            }
            Key::Indices(indices) => {
                let format = this.item_format(vm)?;
                let offset = this.offset_of(indices, vm)?;
                this.item_at(offset, format, vm)
            }
            Key::Slices => Err(vm.not_implemented_error(format_args!("multi-dimensional slicing is not implemented"))),
            Key::Ellipsis | Key::Wrong => Err(invalid_key(vm)),
        }
    }

    #[slot(setitem)]
    fn setitem(&self, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        self.check_released(vm)?;
        if self.is_readonly {
            return Err(vm.type_error(format_args!("cannot modify read-only memory")));
        }
        let Some(value) = value else {
            return Err(vm.type_error(format_args!("cannot delete memory")));
        };
        let key = Key::of(key);
        if self.layout.shape.is_empty() {
            return match key {
                Key::Indices([]) | Key::Ellipsis => self.set_item(|_| Ok(self.layout.start), value, vm),
                _ => Err(no_dimension(vm)),
            };
        }
        let several: fn(&mut Heap) -> Raised = |heap| heap.not_implemented_error(format_args!("sub-views are not implemented"));
        match key {
            Key::Index(index) => {
                let offset = |vm: &mut Vm| {
                    let index = vm.index_isize_or(index, exceptions::INDEX_ERROR.get())?;
                    self.offset_at(index, several, vm)
                };
                self.set_item(offset, value, vm)
            }
            Key::Indices(indices) => self.set_item(|vm| self.offset_of(indices, vm), value, vm),
            Key::Slice(slice) if self.layout.shape.len() == 1 => self.set_slice(slice, value, vm),
            Key::Slice(_) | Key::Slices => {
                Err(vm.not_implemented_error(format_args!("memoryview slice assignments are currently restricted to ndim = 1")))
            }
            Key::Ellipsis | Key::Wrong => Err(invalid_key(vm)),
        }
    }

    /// The items as a list, of lists where there are more dimensions.
    fn tolist(&self, heap: &mut Heap) -> PyResult {
        self.check_released(heap)?;
        let format = self.item_format(heap)?;
        self.nested(0, &mut Vec::new(), format, heap)
    }
}
