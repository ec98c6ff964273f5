//! `memoryview.cast`: the same bytes with another format or shape.

use std::borrow::Cow;

use pvm_macros::pymethods;

use super::MemoryView;
use super::items::NativeFormat;
use crate::Vm;
use crate::buffer::BufferLayout;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::int::IntView;
use crate::list::List;
use crate::tuple::Tuple;

/// The most dimensions.
const MAX_DIMENSIONS: usize = 64;

/// The shape of `cast` as numbers (`copy_shape`).
fn shape_of(items: &[Value], item_size: usize, vm: &mut Vm) -> PyResult<Vec<usize>> {
    let (mut shape, mut size) = (Vec::new(), item_size);
    for item in items {
        let count = match item.as_int() {
            None => {
                return Err(vm.type_error(format_args!("memoryview.cast(): elements of shape must be integers")));
            }
            Some(IntView::Small(count)) if count > 0 => count as usize,
            Some(IntView::Big(big)) if *big > dashu_int::IBig::ZERO => {
                return Err(vm.overflow_error(format_args!("Python int too large to convert to C ssize_t")));
            }
            Some(_) => {
                let message = format_args!("memoryview.cast(): elements of shape must be integers > 0");
                return Err(vm.value_error(message));
            }
        };
        size = match size.checked_mul(count).filter(|&size| isize::try_from(size).is_ok()) {
            Some(size) => size,
            None => {
                return Err(vm.value_error(format_args!("memoryview.cast(): product(shape) > SSIZE_MAX")));
            }
        };
        shape.push(count);
    }
    Ok(shape)
}

#[pymethods(part = cast)]
impl MemoryView {
    /// A view of the same bytes as items of another format, in one dimension or, where a
    /// shape is given, in several.
    #[signature = "(format, shape=<unrepresentable>)"]
    #[text_signature = "($self, /, format, shape=<unrepresentable>)"]
    fn cast(&self, vm: &mut Vm, format: &str, shape: Option<&Value>) -> PyResult<Ref<MemoryView>> {
        self.check_released(vm)?;
        if !self.layout.is_c_contiguous() {
            return Err(vm.type_error(format_args!("memoryview: casts are restricted to C-contiguous views")));
        }
        let dimensions = self.layout.shape.len();
        if (shape.is_some() || dimensions != 1) && self.layout.shape.contains(&0) {
            return Err(vm.type_error(format_args!("memoryview: cannot cast view with zeros in shape or strides")));
        }
        let items = match shape {
            None => None,
            Some(shape) if shape.is_instance_of::<List>() || shape.is_instance_of::<Tuple>() => Some(vm.collect_items(shape)?),
            Some(_) => return Err(vm.type_error(format_args!("shape must be a list or a tuple"))),
        };
        if let Some(items) = &items {
            if items.len() > MAX_DIMENSIONS {
                let message = format_args!("memoryview: number of dimensions must not exceed {MAX_DIMENSIONS}");
                return Err(vm.value_error(message));
            }
            if dimensions != 1 && items.len() != 1 {
                return Err(vm.type_error(format_args!("memoryview: cast must be 1D -> ND or ND -> 1D")));
            }
        }
        let native = |format: &str, which: &str, vm: &mut Vm| {
            NativeFormat::of(format).ok_or_else(|| {
                vm.value_error(format_args!(
                    "memoryview: {which} format must be a native single character format prefixed with an optional '@'"
                ))
            })
        };
        let source = native(&self.layout.format, "source", vm)?;
        let target = native(format, "destination", vm)?;
        if !source.is_byte() && !target.is_byte() {
            return Err(vm.type_error(format_args!("memoryview: cannot cast between two non-byte formats")));
        }
        let size = self.byte_count();
        if !size.is_multiple_of(target.size) {
            return Err(vm.type_error(format_args!("memoryview: length is not a multiple of itemsize")));
        }
        let shape = match items {
            None => vec![size / target.size],
            Some(items) => shape_of(&items, target.size, vm)?,
        };
        if shape.iter().product::<usize>() * target.size != size {
            return Err(vm.type_error(format_args!("memoryview: product(shape) * itemsize != buffer size")));
        }
        let format: Cow<'static, str> = Cow::Owned(format.to_owned());
        let layout = BufferLayout { start: self.layout.start, ..BufferLayout::of_shape(format, target.size, shape) };
        self.with_layout(layout, vm)
    }
}
