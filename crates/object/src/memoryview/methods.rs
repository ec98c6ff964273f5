//! Attributes and methods of memoryviews, and the buffer that one exports itself.

use pvm_macros::pymethods;

use super::subscript::no_dimension;
use super::{MemoryIterator, MemoryView};
use crate::buffer::{BufferView, exporter_of, flags};
use crate::bytes::Bytes;
use crate::bytes::shared::hex_separator;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::str::Str;
use crate::text::TextView;
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Heap, Vm};

#[pymethods]
impl MemoryView {
    #[new]
    #[signature = "(object)"]
    fn new_instance(vm: &mut Vm, object: &Value) -> PyResult<Ref<MemoryView>> {
        vm.memoryview(object)
    }

    /// A view by what the object exports for the flags.
    #[classmethod]
    #[signature = "(object, flags)"]
    #[text_signature = "($type, /, object, flags)"]
    fn _from_flags(_cls: &Object<Type>, vm: &mut Vm, object: &Value, flags: i32) -> PyResult<Ref<MemoryView>> {
        vm.memoryview_from_flags(object, flags as u32)
    }

    /// The class with an argument, for annotations.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        Ok(vm.new_generic_alias(cls.to_value(), object).into())
    }

    /// The object whose memory is viewed.
    #[getter]
    fn obj(&self, heap: &mut Heap) -> PyResult {
        let buffer = self.buffer(heap)?;
        Ok(exporter_of(buffer.view.owner()).clone())
    }

    /// The number of bytes that the items take together.
    #[getter]
    fn nbytes(&self, heap: &mut Heap) -> PyResult<usize> {
        self.check_released(heap)?;
        Ok(self.byte_count())
    }

    /// Whether the memory must not be written to.
    #[getter]
    fn readonly(&self, heap: &mut Heap) -> PyResult<bool> {
        self.check_released(heap)?;
        Ok(self.is_readonly)
    }

    /// The number of bytes of an item.
    #[getter]
    fn itemsize(&self, heap: &mut Heap) -> PyResult<usize> {
        self.check_released(heap)?;
        Ok(self.layout.item_size)
    }

    /// The format of an item, as the module struct has it.
    #[getter]
    fn format(&self, heap: &mut Heap) -> PyResult<Ref<Str>> {
        self.check_released(heap)?;
        Ok(heap.try_str(&self.layout.format)?)
    }

    /// The number of dimensions.
    #[getter]
    fn ndim(&self, heap: &mut Heap) -> PyResult<usize> {
        self.check_released(heap)?;
        Ok(self.layout.shape.len())
    }

    /// The number of items along each dimension.
    #[getter]
    fn shape(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        self.check_released(heap)?;
        let items: Vec<Value> = self.layout.shape.iter().map(|&count| heap.int(count as i64)).collect();
        Ok(heap.try_tuple(items)?)
    }

    /// The number of bytes from one item to the next along each dimension.
    #[getter]
    fn strides(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        self.check_released(heap)?;
        let items: Vec<Value> = self.layout.strides.iter().map(|&stride| heap.int(stride as i64)).collect();
        Ok(heap.try_tuple(items)?)
    }

    /// Offsets into memory that consists of pointers; there is none of the kind here.
    #[getter]
    fn suboffsets(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        self.check_released(heap)?;
        Ok(crate::tuple::empty().to_ref())
    }

    /// Whether the items lie in a row, the last dimension varying fastest.
    #[getter]
    fn c_contiguous(&self, heap: &mut Heap) -> PyResult<bool> {
        self.check_released(heap)?;
        Ok(self.layout.is_c_contiguous())
    }

    /// Whether the items lie in a row, the first dimension varying fastest.
    #[getter]
    fn f_contiguous(&self, heap: &mut Heap) -> PyResult<bool> {
        self.check_released(heap)?;
        Ok(self.layout.is_f_contiguous())
    }

    /// Whether the items lie in a row, one way or the other.
    #[getter]
    fn contiguous(&self, heap: &mut Heap) -> PyResult<bool> {
        self.check_released(heap)?;
        Ok(self.layout.is_c_contiguous() || self.layout.is_f_contiguous())
    }

    fn __repr__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        let kind = if this.buffer.borrow(heap).is_some() { "memory" } else { "released memory" };
        Ok(heap.try_str(&format!("<{kind} at {:#x}>", this.address()))?)
    }

    fn __iter__(this: &Object<Self>, heap: &mut Heap) -> PyResult {
        MemoryIterator::over(this, heap)
    }

    /// The bytes of all items: in the order 'C' the last dimension varies fastest, in 'F' the
    /// first, in 'A' it is that of the memory.
    #[signature = "(order='C')"]
    #[text_signature = "($self, /, order='C')"]
    fn tobytes(&self, vm: &mut Vm, order: Option<&Value>) -> PyResult<Ref<Bytes>> {
        let order = match order {
            None => None,
            Some(order) if order.is_none() => None,
            Some(order) => match order.downcast::<Str>() {
                Some(text) => Some(text.to_string_lossy().into_owned()),
                None => {
                    let kind = vm.type_name(order);
                    return Err(vm.type_error(format_args!("tobytes() argument 'order' must be str or None, not {kind}")));
                }
            },
        };
        self.check_released(vm)?;
        let first_fastest = match order.as_deref() {
            None | Some("C") => false,
            Some("F") => true,
            Some("A") => self.layout.is_f_contiguous() && !self.layout.is_c_contiguous(),
            Some(_) => return Err(vm.value_error(format_args!("order must be 'C', 'F' or 'A'"))),
        };
        let bytes = match first_fastest {
            true => {
                let buffer = self.buffer(vm)?;
                self.layout.gather_by(self.layout.offsets_first_fastest(), buffer.view.block(vm))
            }
            false => self.gathered(vm)?,
        };
        Ok(vm.new_bytes(&bytes)?)
    }

    /// The bytes in hexadecimal digits, with sep between groups of bytes_per_sep counted
    /// from the right, or from the left where it is negative.
    ///
    /// Example:
    /// >>> value = memoryview(b'\xb9\x01\xef')
    /// >>> value.hex()
    /// 'b901ef'
    /// >>> value.hex(':')
    /// 'b9:01:ef'
    /// >>> value.hex(':', 2)
    /// 'b9:01ef'
    /// >>> value.hex(':', -2)
    /// 'b901:ef'
    #[signature = "(sep=<unrepresentable>, bytes_per_sep=1)"]
    #[text_signature = "($self, /, sep=<unrepresentable>, bytes_per_sep=1)"]
    fn hex(&self, vm: &mut Vm, sep: Option<&Value>, bytes_per_sep: i32) -> PyResult<Ref<Str>> {
        self.check_released(vm)?;
        let separator = self.held(vm, |vm| hex_separator(sep, vm))?;
        let bytes = self.gathered(vm)?;
        let text = crate::text::bytes::hex::hex(&bytes, separator, bytes_per_sep as isize);
        Ok(vm.try_str_from_view(TextView::Ascii(&text))?)
    }

    /// How many items equal the value.
    fn count(this: &Object<Self>, vm: &mut Vm, value: &Value) -> PyResult<usize> {
        let iterator = vm.iter(&this.as_value())?;
        let mut count = 0;
        while let Some(item) = vm.next(&iterator)? {
            count += usize::from(vm.eq(&item, value)?);
        }
        Ok(count)
    }

    /// The position of the first item that equals the value, within the bounds; a ValueError
    /// where there is none.
    #[signature = "(value, start=0, stop=9223372036854775807, /)"]
    #[text_signature = "($self, value, start=0, stop=sys.maxsize, /)"]
    fn index(
        &self,
        vm: &mut Vm,
        value: &Value,
        #[default(Bound(0))] start: Bound,
        #[default(Bound(isize::MAX))] stop: Bound,
    ) -> PyResult<usize> {
        self.check_released(vm)?;
        match self.layout.shape.len() {
            0 => return Err(vm.type_error(format_args!("invalid lookup on 0-dim memory"))),
            1 => {}
            _ => {
                return Err(vm.not_implemented_error(format_args!("multi-dimensional lookup is not implemented")));
            }
        }
        let len = self.layout.shape[0];
        let (start, stop) = (crate::sequence::clip(start.0, len), crate::sequence::clip(stop.0, len).min(len));
        let format = self.item_format(vm)?;
        for position in start..stop {
            let item = self.item_at(self.layout.offset(&[position]), format, vm)?;
            if vm.eq(&item, value)? {
                return Ok(position);
            }
        }
        Err(vm.value_error(format_args!("memoryview.index(x): x not found")))
    }

    /// A view of the same memory that cannot be written to.
    fn toreadonly(&self, heap: &mut Heap) -> PyResult<Ref<MemoryView>> {
        let buffer = self.shareable(heap)?;
        Ok(heap.alloc(MemoryView::new(buffer, self.layout.clone(), true)))
    }

    /// Gives the buffer back; the view can no longer be used.
    fn release(&self, heap: &mut Heap) -> PyResult<()> {
        self.release_buffer(heap)
    }

    fn __enter__(this: &Object<Self>, heap: &mut Heap) -> PyResult {
        this.check_released(heap)?;
        Ok(this.to_value())
    }

    #[signature = "(*exc_info)"]
    #[text_signature = "($self, /, *exc_info)"]
    fn __exit__(&self, heap: &mut Heap, exc_info: Args<'_>) -> PyResult<()> {
        let _ = exc_info;
        self.release_buffer(heap)
    }
}

/// A bound of `index`, clipped to the machine's word.
struct Bound(isize);

impl crate::convert::FromArg<'_> for Bound {
    fn from_arg(value: crate::ValueRef<'_>, _: crate::arguments::Argument, vm: &mut Vm) -> PyResult<Bound> {
        vm.search_bound(&value).map(Bound)
    }
}

#[pymethods(part = exports)]
impl MemoryView {
    #[slot(buffer)]
    fn buffer_slot(this: &Object<Self>, wanted: u32, vm: &mut Vm) -> PyResult<BufferView> {
        let buffer = this.shareable(vm)?;
        let asks = |flag: u32| wanted & flag == flag;
        let layout = &this.layout;
        let contiguous = layout.is_c_contiguous();
        let refusal = if asks(flags::WRITABLE) && this.is_readonly {
            Some("underlying buffer is not writable")
        } else if asks(flags::C_CONTIGUOUS) && !contiguous {
            Some("underlying buffer is not C-contiguous")
        } else if asks(flags::F_CONTIGUOUS) && !layout.is_f_contiguous() {
            Some("underlying buffer is not Fortran contiguous")
        } else if asks(flags::ANY_CONTIGUOUS) && !contiguous && !layout.is_f_contiguous() {
            Some("underlying buffer is not contiguous")
        } else if !asks(flags::STRIDES) && !contiguous {
            Some("underlying buffer is not C-contiguous")
        } else if !asks(flags::ND) && asks(flags::FORMAT) {
            Some("cannot cast to unsigned bytes if the format flag is present")
        } else {
            None
        };
        if let Some(refusal) = refusal {
            return Err(vm.buffer_error(format_args!("memoryview: {refusal}")));
        }
        let alias = buffer.view.alias();
        if !asks(flags::ND) {
            let start = if this.byte_count() == 0 { 0 } else { layout.start };
            let alias = alias.narrowed(start..start + this.byte_count());
            return Ok(alias.exported_by(this.to_value(), &this.exports, this.is_readonly));
        }
        let view = alias.exported_by(this.to_value(), &this.exports, this.is_readonly);
        let mut layout = layout.clone();
        if !asks(flags::FORMAT) {
            layout.format = "B".into();
        }
        Ok(view.with_layout(layout))
    }

    #[slot(release_buffer)]
    fn release_buffer_slot(&self, _view: &BufferView) {}
}

/// The iterator's and `count`'s error where there are no items to go through.
pub(super) fn check_iterable(view: &MemoryView, heap: &mut Heap) -> PyResult<()> {
    match view.layout.shape.len() {
        0 => Err(no_dimension(heap)),
        1 => Ok(()),
        _ => Err(super::subscript::no_sub_views(heap)),
    }
}
