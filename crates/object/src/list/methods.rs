//! The methods and operators of `list`.

use pvm_macros::pymethods;

use super::{List, sort, subscript};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::iterators::{ListIterator, ListReverseIterator};
use crate::ops::CompareOp;
use crate::ops::compare::Found;
use crate::sequence::{clip, position, repeated};
use crate::types::{PyClass, SlotId, Type};
use crate::{Args, Heap, Vm};

#[pymethods]
impl List {
    #[new]
    fn new(_args: Args<'_>) -> List {
        List::from_items(HeapVec::new())
    }

    #[text_signature = "($self, iterable=(), /)"]
    fn __init__(this: &Object<List>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        let iterable = vm.container_argument(this.ty(), List::type_object(), SlotId::New, List::type_object(), args)?;
        this.clear(vm);
        match iterable {
            Some(iterable) => this.extend(&iterable, vm),
            None => Ok(()),
        }
    }

    fn __repr__(this: &Object<List>, vm: &mut Vm) -> PyResult {
        if this.is_empty(vm) {
            return Ok(vm.new_str("[]").into());
        }
        vm.container_repr(&this.as_value(), "[...]", |vm| {
            let mut index = 0;
            vm.repr_items(("[", "]"), |heap| {
                index += 1;
                this.get(index - 1, heap)
            })
        })
    }

    fn __len__(&self, heap: &Heap) -> usize {
        self.len(heap)
    }

    /// The item or items at an index or slice.
    #[coexist]
    #[signature = "($self, index, /)"]
    fn __getitem__(&self, index: &Value, vm: &mut Vm) -> PyResult {
        subscript::get(self, index, vm)
    }

    #[slot(setitem)]
    fn set_item(&self, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        subscript::store(self, key, value, vm)
    }

    #[slot(item)]
    fn item(&self, index: isize, heap: &mut Heap) -> PyResult {
        match usize::try_from(index).ok().and_then(|index| self.get(index, heap)) {
            Some(item) => Ok(item),
            None => Err(heap.index_error(format_args!("list index out of range"))),
        }
    }

    #[slot(set_index)]
    fn set_index(&self, index: isize, value: Option<&Value>, heap: &mut Heap) -> PyResult<()> {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        subscript::store_at(self, index, value, heap)
    }

    fn __contains__(&self, item: &Value, vm: &mut Vm) -> PyResult<bool> {
        Ok(find(self, item, 0, usize::MAX, vm)?.is_some())
    }

    fn __iter__(this: &Object<List>, heap: &mut Heap) -> Ref<ListIterator> {
        let iterator = ListIterator::new(this.to_ref());
        heap.alloc(iterator)
    }

    /// An iterator over the items from the last to the first.
    fn __reversed__(this: &Object<List>, heap: &mut Heap) -> Ref<ListReverseIterator> {
        let iterator = ListReverseIterator::new(this.to_ref(), heap);
        heap.alloc(iterator)
    }

    /// Bytes the list takes, its items not counted.
    fn __sizeof__(&self, heap: &Heap) -> usize {
        size_of::<Object<List>>() + 8 * self.items.borrow(heap).capacity()
    }

    /// Generic over the type of the items.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    #[slot(richcompare)]
    fn compare(&self, other: &Object<List>, op: CompareOp, vm: &mut Vm) -> PyResult {
        vm.compare_sequences(
            op,
            |index, heap| self.get(index, heap),
            |index, heap| other.get(index, heap),
            |heap| (self.len(heap), other.len(heap)),
        )
    }

    #[slot(concat)]
    fn concat(&self, other: &Value, vm: &mut Vm) -> PyResult {
        let Some(other) = other.downcast::<List>() else {
            let kind = vm.type_name(other);
            return Err(vm.type_error(format_args!("can only concatenate list (not \"{kind}\") to list")));
        };
        let (left, right) = (self.items(vm), other.items(vm));
        let mut items = HeapVec::with_capacity(left.len() + right.len())?;
        items.try_extend(left.iter().chain(right).cloned())?;
        Ok(vm.list_from(items).into())
    }

    #[slot(repeat)]
    fn repeat(&self, count: isize, heap: &mut Heap) -> PyResult {
        let items = HeapVec::from_slice(self.items(heap))?;
        let items = repeated(&items, count, heap)?;
        Ok(heap.list_from(items).into())
    }

    #[slot(inplace_concat)]
    fn inplace_concat(this: &Object<List>, other: &Value, vm: &mut Vm) -> PyResult {
        this.extend(other, vm)?;
        Ok(this.to_value())
    }

    #[slot(inplace_repeat)]
    fn inplace_repeat(this: &Object<List>, count: isize, heap: &mut Heap) -> PyResult {
        if count != 1 {
            let items = HeapVec::from_slice(this.items(heap))?;
            let items = repeated(&items, count, heap)?;
            drop(this.items.replace(items, heap));
        }
        Ok(this.to_value())
    }

    /// Puts an object behind the last item.
    fn append(&self, object: Value, heap: &mut Heap) -> PyResult<()> {
        Ok(self.push(object, heap)?)
    }

    /// Removes all items.
    #[name = "clear"]
    fn py_clear(&self, heap: &mut Heap) {
        self.clear(heap);
    }

    /// A new list of the same items.
    fn copy(&self, heap: &mut Heap) -> PyResult<Ref<List>> {
        let items = HeapVec::from_slice(self.items(heap))?;
        Ok(heap.list_from(items))
    }

    /// How many items equal the value.
    fn count(&self, value: &Value, vm: &mut Vm) -> PyResult<usize> {
        let (mut count, mut index) = (0, 0);
        while let Some(item) = self.get(index, vm) {
            if vm.eq(&item, value)? {
                count += 1;
            }
            index += 1;
        }
        Ok(count)
    }

    /// Appends the items of the iterable.
    #[name = "extend"]
    fn py_extend(&self, iterable: &Value, vm: &mut Vm) -> PyResult<()> {
        self.extend(iterable, vm)
    }

    /// index($self, value, start=0, stop=sys.maxsize, /)
    /// --
    ///
    /// The position of the first item that equals the value.
    ///
    /// Raises ValueError where there is none.
    fn index(&self, value: &Value, start: Option<&Value>, stop: Option<&Value>, vm: &mut Vm) -> PyResult<usize> {
        let start = start.map_or(Ok(0), |start| vm.search_bound(start))?;
        let stop = stop.map_or(Ok(isize::MAX), |stop| vm.search_bound(stop))?;
        let len = self.len(vm);
        match find(self, value, clip(start, len), clip(stop, len), vm)? {
            Some(index) => Ok(index),
            None => Err(vm.value_error(format_args!("list.index(x): x not in list"))),
        }
    }

    /// Puts an object before the item at the index.
    fn insert(&self, index: isize, object: Value, heap: &mut Heap) -> PyResult<()> {
        let items = self.items.borrow_mut(heap);
        let index = clip(index, items.len()).min(items.len());
        Ok(items.insert(index, object)?)
    }

    /// Takes the item at the index out and returns it, without an index the last one.
    ///
    /// Raises IndexError where there is none.
    fn pop(&self, #[default(-1)] index: isize, heap: &mut Heap) -> PyResult {
        let items = self.items.borrow_mut(heap);
        let len = items.len();
        if index == -1
            && let Some(item) = items.pop()
        {
            items.trim();
            return Ok(item);
        }
        match position(index, len) {
            Some(index) => {
                let item = items.remove(index);
                items.trim();
                Ok(item)
            }
            None if len == 0 => Err(heap.index_error(format_args!("pop from empty list"))),
            None => Err(heap.index_error(format_args!("pop index out of range"))),
        }
    }

    /// Removes the first item that equals the value.
    ///
    /// Raises ValueError where there is none.
    fn remove(&self, value: &Value, vm: &mut Vm) -> PyResult<()> {
        match find(self, value, 0, usize::MAX, vm)? {
            Some(index) => {
                // A comparison may have shortened the list.
                if index < self.len(vm) {
                    subscript::store_at(self, index, None, vm)?;
                }
                Ok(())
            }
            None => Err(vm.value_error(format_args!("list.remove(x): x not in list"))),
        }
    }

    /// Turns the order of the items round.
    fn reverse(&self, heap: &mut Heap) {
        self.items.borrow_mut(heap).reverse();
    }

    /// Sorts the items in place, smallest first; equal items keep their order.
    ///
    /// With a key function, it is called once for each item, and the results are compared. With reverse, the largest comes
    /// first.
    #[signature = "($self, /, *, key=None, reverse=False)"]
    fn sort(&self, key: Option<&Value>, reverse: bool, vm: &mut Vm) -> PyResult<()> {
        sort::sort(self, key, reverse, vm)
    }
}

/// The position of the first item from `start` on and before `stop` that equals `value`.
fn find(list: &List, value: &Value, start: usize, stop: usize, vm: &mut Vm) -> PyResult<Option<usize>> {
    let mut index = start;
    while let Some(items) = list.items(vm).get(index..stop.min(list.len(vm))) {
        let at = match Vm::find_plainly(items, value) {
            Found::At(at) => return Ok(Some(index + at)),
            Found::Nowhere => return Ok(None),
            Found::Unknown(at) => index + at,
        };
        let item = list.get(at, vm).expect("nothing has run since the item was seen");
        if vm.eq(&item, value)? {
            return Ok(Some(at));
        }
        index = at + 1;
    }
    Ok(None)
}
