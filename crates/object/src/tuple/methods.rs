//! The methods and operators of `tuple`.

use pvm_macros::pymethods;

use super::Tuple;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::simple_hash;
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::iterators::TupleIterator;
use crate::ops::CompareOp;
use crate::sequence::{clip, is_index, position, repeated};
use crate::slice::Slice;
use crate::types::{PyClass, SlotId, Type};
use crate::{Args, Heap, Vm, exceptions, hashing};

#[pymethods]
impl Tuple {
    #[new]
    fn new(cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let iterable = vm.container_argument(cls, Tuple::type_object(), SlotId::Init, Tuple::type_object(), args)?;
        let plain = std::ptr::eq(cls, Tuple::type_object());
        let items = match iterable {
            None => HeapVec::new(),
            Some(iterable) => {
                if plain {
                    return vm.tuple_of(&iterable);
                }
                vm.collect_items(&iterable)?
            }
        };
        Ok(vm.try_tuple_as(cls, items)?)
    }

    fn __repr__(this: &Object<Tuple>, vm: &mut Vm) -> PyResult {
        if this.is_empty() {
            return Ok(vm.new_str("()").into());
        }
        let close = if this.len() == 1 { ",)" } else { ")" };
        vm.container_repr(&this.as_value(), "(...)", |vm| {
            let mut items = this.as_slice().iter();
            vm.repr_items(("(", close), |_| items.next().cloned())
        })
    }

    fn __hash__(this: &Object<Tuple>, vm: &mut Vm) -> PyResult<i64> {
        if let Some(hash) = this.known_hash() {
            return Ok(hash);
        }
        vm.check_recursion(" while hashing a tuple")?;
        let hash = hashing::hash_tuple(this.as_slice().iter().map(|item| match simple_hash(item) {
            Some(hash) => Ok(hash),
            None => vm.hash(item),
        }))?;
        this.keep_hash(hash);
        Ok(hash)
    }

    #[slot(richcompare)]
    fn compare(this: &Object<Tuple>, other: &Object<Tuple>, op: CompareOp, vm: &mut Vm) -> PyResult {
        vm.check_recursion(" in comparison")?;
        let (left, right) = (this.as_slice(), other.as_slice());
        for (a, b) in left.iter().zip(right) {
            if !vm.eq(a, b)? {
                return match op {
                    CompareOp::Eq => Ok(Value::from_bool(false)),
                    CompareOp::Ne => Ok(Value::from_bool(true)),
                    _ => vm.rich_compare(a, b, op),
                };
            }
        }
        Ok(Value::from_bool(op.holds(left.len().cmp(&right.len()))))
    }

    fn __len__(&self) -> usize {
        self.len()
    }

    fn __contains__(this: &Object<Tuple>, item: &Value, vm: &mut Vm) -> PyResult<bool> {
        Ok(find(this.as_slice(), item, vm)?.is_some())
    }

    fn __iter__(this: &Object<Tuple>, heap: &mut Heap) -> Ref<TupleIterator> {
        let iterator = TupleIterator::new(this.to_ref());
        heap.alloc(iterator)
    }

    #[inline]
    fn __getitem__(this: &Object<Tuple>, key: &Value, vm: &mut Vm) -> PyResult {
        let index = match key.as_small_int() {
            Some(index) => index as isize,
            None => match key.downcast_exact::<Slice>() {
                Some(slice) => return select(this, slice, vm),
                None if is_index(key) => vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?,
                None => {
                    let kind = vm.type_name(key);
                    return Err(vm.type_error(format_args!("tuple indices must be integers or slices, not {kind}")));
                }
            },
        };
        match position(index, this.len()) {
            Some(index) => Ok(this.as_slice()[index].clone()),
            None => Err(vm.index_error(format_args!("tuple index out of range"))),
        }
    }

    #[slot(item)]
    fn item(this: &Object<Tuple>, index: isize, heap: &mut Heap) -> PyResult {
        match usize::try_from(index).ok().and_then(|index| this.as_slice().get(index)) {
            Some(item) => Ok(item.clone()),
            None => Err(heap.index_error(format_args!("tuple index out of range"))),
        }
    }

    #[slot(concat)]
    fn concat(this: &Object<Tuple>, other: &Value, vm: &mut Vm) -> PyResult {
        let Some(other) = other.downcast::<Tuple>() else {
            let kind = vm.type_name(other);
            return Err(vm.type_error(format_args!("can only concatenate tuple (not \"{kind}\") to tuple")));
        };
        if this.is_empty() && is_plain(other) {
            return Ok(other.to_value());
        }
        if other.is_empty() && is_plain(this) {
            return Ok(this.to_value());
        }
        let mut items = HeapVec::with_capacity(this.len() + other.len())?;
        items.try_extend(this.as_slice().iter().chain(other.as_slice()).cloned())?;
        Ok(vm.try_tuple(items)?.into())
    }

    #[slot(repeat)]
    fn repeat(this: &Object<Tuple>, count: isize, heap: &mut Heap) -> PyResult {
        if (this.is_empty() || count == 1) && is_plain(this) {
            return Ok(this.to_value());
        }
        let items = repeated(this.as_slice(), count, heap)?;
        Ok(heap.try_tuple(items)?.into())
    }

    /// How many items equal the value.
    fn count(this: &Object<Tuple>, value: &Value, vm: &mut Vm) -> PyResult<usize> {
        let mut count = 0;
        for item in this.as_slice() {
            count += usize::from(vm.eq(item, value)?);
        }
        Ok(count)
    }

    /// index($self, value, start=0, stop=sys.maxsize, /)
    /// --
    ///
    /// The position of the first item that equals the value.
    ///
    /// Raises ValueError where there is none.
    fn index(this: &Object<Tuple>, value: &Value, start: Option<&Value>, stop: Option<&Value>, vm: &mut Vm) -> PyResult<usize> {
        let len = this.len();
        let start = start.map_or(Ok(0), |start| vm.search_bound(start))?;
        let stop = stop.map_or(Ok(isize::MAX), |stop| vm.search_bound(stop))?;
        let (start, stop) = (clip(start, len), clip(stop, len).min(len));
        let items = this.as_slice().get(start..stop).unwrap_or_default();
        match find(items, value, vm)? {
            Some(index) => Ok(start + index),
            None => Err(vm.value_error(format_args!("tuple.index(x): x not in tuple"))),
        }
    }

    fn __getnewargs__(this: &Object<Tuple>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let copy = heap.try_tuple(this.as_slice().iter().cloned())?;
        Ok(heap.try_tuple([copy.into()])?)
    }

    /// Generic over the types of the items: tuple[int, str] is a pair, tuple[int, ...] has any length.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }
}

fn is_plain(tuple: &Object<Tuple>) -> bool {
    std::ptr::eq(tuple.ty(), Tuple::type_object())
}

fn find(items: &[Value], value: &Value, vm: &mut Vm) -> PyResult<Option<usize>> {
    for (index, item) in items.iter().enumerate() {
        if vm.eq(item, value)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn select(tuple: &Object<Tuple>, slice: &Slice, vm: &mut Vm) -> PyResult {
    let items = tuple.as_slice();
    let selected = slice.range(items.len(), vm)?;
    let copy = match selected.as_range() {
        Some(range) if range.len() == items.len() && is_plain(tuple) => tuple.to_ref(),
        Some(range) => vm.try_tuple(items[range].iter().cloned())?,
        None => vm.try_tuple(selected.positions().map(|index| items[index].clone()))?,
    };
    Ok(copy.into())
}
