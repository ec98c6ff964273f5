//! The operators of `bytes` and its constructor.

use pvm_macros::pymethods;

use super::construct::{OF_BYTES, Source, by_method, bytes_from, source_of};
use super::{BYTES_TYPE, Bytes, shared};
use crate::buffer::BufferView;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions;
use crate::ops::CompareOp;
use crate::sequence::is_index;
use crate::slice::Slice;
use crate::str::Str;
use crate::text::{TextView, bytes};
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Heap, Vm};

impl Bytes {
    /// What a slice selects.
    fn sliced(this: &Object<Bytes>, slice: &Object<Slice>, vm: &mut Vm) -> PyResult {
        let range = slice.bounds(vm)?.of(this.len());
        if let Some(range) = range.as_range() {
            return <Bytes as shared::ByteString>::part(this, range, vm);
        }
        let picked: Vec<u8> = range.positions().map(|index| this.as_slice()[index]).collect();
        Ok(vm.new_bytes(&picked)?.into())
    }
}

#[pymethods]
impl Bytes {
    #[new]
    #[text_signature = "($type, *args, **kwargs)"]
    #[signature = "(source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)"]
    fn new(
        cls: &Object<Type>,
        vm: &mut Vm,
        source: Option<&Value>,
        encoding: Option<&str>,
        errors: Option<&str>,
    ) -> PyResult<Ref<Bytes>> {
        let plain = std::ptr::eq(cls, BYTES_TYPE.get());
        let by_method = match source {
            Some(source) if encoding.is_none() && errors.is_none() => by_method(vm, source)?.map(Source::Object),
            _ => None,
        };
        let source = match by_method {
            Some(source) => source,
            None => source_of(vm, source, encoding, errors)?,
        };
        let from = match source {
            Source::Zeros(0) => return Ok(vm.new_bytes_as(cls, &[])?),
            Source::Zeros(count) => {
                let mut writer = vm.bytes_writer_as(cls, count)?;
                writer.push_repeated(0, count);
                return Ok(writer.finish());
            }
            Source::Object(object) => object,
            Source::From(object) => {
                if object.downcast_exact::<Bytes>().is_none() {
                    let bytes = bytes_from(vm, &object, OF_BYTES)?;
                    return Ok(vm.new_bytes_as(cls, &bytes)?);
                }
                object
            }
        };
        match from.downcast_into::<Bytes>() {
            Ok(bytes) if plain => Ok(bytes),
            Ok(bytes) => Ok(vm.new_bytes_as(cls, bytes.as_slice())?),
            Err(_) => unreachable!("the source gives bytes"),
        }
    }

    fn __repr__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.try_str_from_view(TextView::Ascii(&bytes::repr::repr(this.as_slice())))?)
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        vm.warn_about_bytes("str() on a bytes instance")?;
        Bytes::__repr__(this, vm)
    }

    fn __hash__(this: &Object<Self>) -> i64 {
        this.hash_code()
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        if let Some(other) = other.downcast::<Bytes>() {
            return Ok(Value::from_bool(op.holds(this.as_slice().cmp(other.as_slice()))));
        }
        if matches!(op, CompareOp::Eq | CompareOp::Ne) {
            if other.is_instance_of::<Str>() {
                vm.warn_about_bytes("Comparison between bytes and string")?;
            } else if other.as_int().is_some() {
                vm.warn_about_bytes("Comparison between bytes and int")?;
            }
        }
        Ok(Value::not_implemented())
    }

    fn __len__(this: &Object<Self>) -> usize {
        this.len()
    }

    fn __getitem__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult {
        if let Some(slice) = key.downcast::<Slice>() {
            return Bytes::sliced(this, slice, vm);
        }
        if !is_index(key) {
            let kind = vm.type_name(key);
            return Err(vm.type_error(format_args!("byte indices must be integers or slices, not {kind}")));
        }
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        let index = if index < 0 { index + this.len() as isize } else { index };
        Bytes::item(this, vm, index).map(|byte| Value::from_i32(byte.into()))
    }

    #[slot(item)]
    fn item(this: &Object<Self>, heap: &mut Heap, index: isize) -> PyResult<u8> {
        match usize::try_from(index).ok().and_then(|index| this.as_slice().get(index)) {
            Some(&byte) => Ok(byte),
            None => Err(heap.index_error(format_args!("index out of range"))),
        }
    }

    fn __contains__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        shared::contains(this, key, vm)
    }

    #[slot(concat)]
    fn concat(this: &Object<Self>, other: &Value, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        if let Some(other) = other.downcast_exact::<Bytes>()
            && !this.is_empty()
            && !other.is_empty()
        {
            let mut writer = vm.bytes_writer(this.len().saturating_add(other.len()))?;
            writer.push(this.as_slice());
            writer.push(other.as_slice());
            return Ok(writer.finish());
        }
        let Ok(view) = vm.bytes_like(other) else {
            drop(vm.take_pending());
            let (kind, own) = (vm.type_name(other), vm.type_name(&this.as_value()));
            return Err(vm.type_error(format_args!("can't concat {kind} to {own}")));
        };
        if this.is_empty()
            && let Some(other) = other.downcast_exact::<Bytes>()
        {
            return Ok(other.to_ref());
        }
        if view.is_empty() {
            return Ok(vm.plain_bytes(this)?);
        }
        let mut writer = vm.bytes_writer(this.len().saturating_add(view.len()))?;
        writer.push(this.as_slice());
        writer.push(view.as_slice(vm));
        Ok(writer.finish())
    }

    #[slot(repeat)]
    fn repeat(this: &Object<Self>, heap: &mut Heap, count: isize) -> PyResult<Ref<Bytes>> {
        let count = usize::try_from(count).unwrap_or(0);
        let Some(len) = this.len().checked_mul(count).filter(|&len| len <= isize::MAX as usize) else {
            return Err(heap.overflow_error(format_args!("repeated bytes are too long")));
        };
        match (len, count) {
            (_, 1) => return Ok(heap.plain_bytes(this)?),
            (0 | 1, _) => return Ok(heap.new_bytes(&this.as_slice()[..len])?),
            _ => {}
        }
        let mut writer = heap.bytes_writer(len)?;
        match this.as_slice() {
            [byte] => writer.push_repeated(*byte, count),
            bytes => {
                writer.push(bytes);
                writer.repeat_to_end();
            }
        }
        Ok(writer.finish())
    }

    fn __mod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match left.downcast::<Bytes>() {
            Some(format) => {
                let bytes = super::percent::format(vm, format.as_slice(), right)?;
                Ok(vm.new_bytes(&bytes)?.into())
            }
            None => Ok(Value::not_implemented()),
        }
    }

    fn __iter__(this: &Object<Self>, heap: &mut Heap) -> Value {
        super::BytesIterator::over(this, heap)
    }

    #[slot(buffer)]
    fn buffer(this: &Object<Self>, flags: u32, vm: &mut Vm) -> PyResult<BufferView> {
        vm.check_writable(true, flags)?;
        Ok(BufferView::of_bytes(this))
    }

    /// The object itself as plain bytes.
    #[name = "__bytes__"]
    fn to_plain(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        Ok(heap.plain_bytes(this)?)
    }

    /// What copying and pickling call the class with.
    fn __getnewargs__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let copy = heap.new_bytes(this.as_slice())?;
        Ok(heap.try_tuple([copy.into()])?)
    }

    /// The size of the object in memory, in bytes.
    fn __sizeof__(this: &Object<Self>) -> usize {
        super::DATA + this.len() + 1
    }
}

impl Vm {
    /// The `BytesWarning` of `-b`, where it was asked for.
    pub(crate) fn warn_about_bytes(&mut self, message: &str) -> PyResult<()> {
        match self.heap_state().bytes_warnings.get() {
            0 => Ok(()),
            _ => self.warn(exceptions::BYTES_WARNING.get(), message, 1),
        }
    }
}
