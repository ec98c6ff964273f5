//! The operators of `bytes`.

use pvm_macros::pymethods;

use super::Bytes;
use crate::Heap;
use crate::Vm;
use crate::buffer::BufferView;
use crate::core::object::{Object, Ref};
use crate::errors::PyResult;
use crate::str::Str;
use crate::text::TextView;
use crate::text::bytes;

#[pymethods]
impl Bytes {
    fn __repr__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.try_str_from_view(TextView::Ascii(&bytes::repr::repr(this.as_slice())))?)
    }

    fn __len__(this: &Object<Self>) -> usize {
        this.len()
    }

    #[slot(item)]
    fn item(this: &Object<Self>, heap: &mut Heap, index: isize) -> PyResult<u8> {
        match usize::try_from(index).ok().and_then(|index| this.as_slice().get(index)) {
            Some(&byte) => Ok(byte),
            None => Err(heap.index_error(format_args!("index out of range"))),
        }
    }

    #[slot(buffer)]
    fn buffer(this: &Object<Self>, flags: u32, vm: &mut Vm) -> PyResult<BufferView> {
        vm.check_writable(true, flags)?;
        Ok(BufferView::of_bytes(this))
    }
}
