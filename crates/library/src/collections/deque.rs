//! `collections.deque`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::compare::CompareOp;
use pvm_object::sequence::clip;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, HeapCell, HeapVec, Object, PyClass, PyResult, Raised, Ref, Type, Value, Vm, names};

use super::deque_iterators::{DequeIterator, DequeReverseIterator};
use super::ring::Ring;

/// deque([iterable[, maxlen]])
/// --
///
/// A sequence made for adding and removing at both ends.
#[pyclass(name = "deque", module = "collections", weakref, sequence)]
pub struct Deque {
    items: HeapCell<Ring>,
    maxlen: Cell<Option<usize>>,
    /// Counts changes of length and order, for iterators.
    state: Cell<u64>,
}

impl Deque {
    fn empty(maxlen: Option<usize>) -> Deque {
        Deque { items: HeapCell::default(), maxlen: Cell::new(maxlen), state: Cell::new(0) }
    }

    /// The number of items.
    #[inline]
    pub fn len(&self, heap: &Heap) -> usize {
        self.items.borrow(heap).len()
    }

    /// The item at a position.
    #[inline]
    pub fn get(&self, index: usize, heap: &Heap) -> Option<Value> {
        self.items.borrow(heap).get(index).cloned()
    }

    /// A number that changes when length or order do.
    pub fn state(&self) -> u64 {
        self.state.get()
    }

    fn changed(&self) {
        self.state.set(self.state.get().wrapping_add(1));
    }

    fn push_back(&self, item: Value, heap: &mut Heap) -> PyResult<()> {
        let ring = self.items.borrow_mut(heap);
        ring.push_back(item)?;
        if self.maxlen.get().is_some_and(|maxlen| ring.len() > maxlen) {
            drop(ring.pop_front());
        } else {
            self.changed();
        }
        Ok(())
    }

    fn push_front(&self, item: Value, heap: &mut Heap) -> PyResult<()> {
        let ring = self.items.borrow_mut(heap);
        ring.push_front(item)?;
        if self.maxlen.get().is_some_and(|maxlen| ring.len() > maxlen) {
            drop(ring.pop_back());
        } else {
            self.changed();
        }
        Ok(())
    }

    fn copy_items(&self, heap: &Heap) -> PyResult<HeapVec<Value>> {
        Ok(HeapVec::try_from_iter(self.items.borrow(heap).iter().cloned())?)
    }

    /// Adds what an iterable yields, on the right or on the left.
    fn add_all(this: &Object<Deque>, iterable: &Value, left: bool, vm: &mut Vm) -> PyResult<()> {
        if iterable.is(&this.as_value()) {
            for item in this.copy_items(vm)? {
                if left { this.push_front(item, vm)? } else { this.push_back(item, vm)? }
            }
            return Ok(());
        }
        let iterator = vm.iter(iterable)?;
        while let Some(item) = vm.next(&iterator)? {
            if left { this.push_front(item, vm)? } else { this.push_back(item, vm)? }
        }
        Ok(())
    }

    fn find(&self, value: &Value, start: usize, stop: usize, message: &str, vm: &mut Vm) -> PyResult<Option<usize>> {
        let state = self.state.get();
        let mut index = start;
        while index < stop
            && let Some(item) = self.get(index, vm)
        {
            let equal = vm.eq(&item, value)?;
            if self.state.get() != state {
                return Err(vm.runtime_error(format_args!("{message}")));
            }
            if equal {
                return Ok(Some(index));
            }
            index += 1;
        }
        Ok(None)
    }

    fn repeat_in_place(&self, count: isize, heap: &mut Heap) -> PyResult<()> {
        let len = self.len(heap);
        if len == 0 || count == 1 {
            return Ok(());
        }
        if count <= 0 {
            self.clear(heap);
            return Ok(());
        }
        let items = self.copy_items(heap)?;
        // With a bound only the last items remain: what would fill it once over is enough.
        let count = match self.maxlen.get() {
            Some(maxlen) => (count as usize).min(maxlen.div_ceil(len)),
            None => count as usize,
        };
        if len.checked_mul(count).is_none_or(|total| total > isize::MAX as usize / 8) {
            return Err(heap.memory_error());
        }
        for _ in 1..count {
            for item in items.iter() {
                self.push_back(item.clone(), heap)?;
            }
        }
        self.changed();
        Ok(())
    }

    fn duplicate(this: &Object<Deque>, vm: &mut Vm) -> PyResult {
        let class = this.ty();
        if std::ptr::eq(class, Deque::type_object()) {
            let copy = vm.alloc(Deque::empty(this.maxlen.get()));
            for item in this.copy_items(vm)? {
                copy.push_back(item, vm)?;
            }
            return Ok(copy.into());
        }
        let class = class.to_value();
        let result = match this.maxlen.get() {
            None => vm.call(&class, &[this.to_value()])?,
            Some(maxlen) => {
                let maxlen = vm.int(maxlen as i64);
                vm.call(&class, &[this.to_value(), maxlen])?
            }
        };
        if !result.is_instance_of::<Deque>() {
            let (class, kind) = (this.ty().name().to_owned(), vm.type_name(&result));
            return Err(vm.type_error(format_args!("{class}() must return a deque, not {kind}")));
        }
        Ok(result)
    }

    fn out_of_range(heap: &mut Heap) -> Raised {
        heap.index_error(format_args!("deque index out of range"))
    }
}

#[pymethods]
impl Deque {
    #[new]
    fn new(_args: Args<'_>) -> Deque {
        Deque::empty(None)
    }

    #[signature = "($self, iterable=(), maxlen=None)"]
    fn __init__(this: &Object<Deque>, iterable: Option<&Value>, maxlen: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        let maxlen = match maxlen.filter(|maxlen| !maxlen.is_none()) {
            None => None,
            Some(maxlen) => {
                if maxlen.as_int().is_none() {
                    return Err(vm.type_error(format_args!("an integer is required")));
                }
                let maxlen = match vm.index_isize(maxlen) {
                    Ok(maxlen) => maxlen,
                    Err(raised) => {
                        drop(vm.catch(raised));
                        return Err(vm.overflow_error(format_args!("Python int too large to convert to C ssize_t")));
                    }
                };
                match usize::try_from(maxlen) {
                    Ok(maxlen) => Some(maxlen),
                    Err(_) => {
                        return Err(vm.value_error(format_args!("maxlen must be non-negative")));
                    }
                }
            }
        };
        this.maxlen.set(maxlen);
        if this.len(vm) > 0 {
            this.clear(vm);
        }
        match iterable {
            Some(iterable) => Deque::add_all(this, iterable, false, vm),
            None => Ok(()),
        }
    }

    fn __repr__(this: &Object<Deque>, vm: &mut Vm) -> PyResult {
        vm.container_repr(&this.as_value(), "[...]", |vm| {
            let open = format!("{}([", this.ty().short_name());
            let close = match this.maxlen.get() {
                Some(maxlen) => format!("], maxlen={maxlen})"),
                None => "])".to_owned(),
            };
            let items = this.copy_items(vm)?;
            let mut items = items.iter();
            vm.repr_items((&open, &close), |_| items.next().cloned())
        })
    }

    fn __len__(&self, heap: &Heap) -> usize {
        self.len(heap)
    }

    #[slot(item)]
    fn item(&self, index: isize, heap: &mut Heap) -> PyResult {
        match usize::try_from(index).ok().and_then(|index| self.get(index, heap)) {
            Some(item) => Ok(item),
            None => Err(Deque::out_of_range(heap)),
        }
    }

    #[slot(set_index)]
    fn set_index(&self, index: isize, value: Option<&Value>, heap: &mut Heap) -> PyResult<()> {
        let ring = self.items.borrow_mut(heap);
        let Some(index) = usize::try_from(index).ok().filter(|&index| index < ring.len()) else {
            return Err(Deque::out_of_range(heap));
        };
        match value {
            Some(value) => drop(ring.replace(index, value.clone())),
            None => {
                drop(ring.remove(index));
                self.changed();
            }
        }
        Ok(())
    }

    fn __contains__(&self, item: &Value, vm: &mut Vm) -> PyResult<bool> {
        Ok(self.find(item, 0, usize::MAX, "deque mutated during iteration", vm)?.is_some())
    }

    fn __iter__(this: &Object<Deque>, heap: &mut Heap) -> Ref<DequeIterator> {
        let iterator = DequeIterator::new(this, heap);
        heap.alloc(iterator)
    }

    /// An iterator over the items from right to left.
    fn __reversed__(this: &Object<Deque>, heap: &mut Heap) -> Ref<DequeReverseIterator> {
        let iterator = DequeReverseIterator::new(this, heap);
        heap.alloc(iterator)
    }

    #[slot(richcompare)]
    fn compare(&self, other: &Object<Deque>, op: CompareOp, vm: &mut Vm) -> PyResult {
        let (left, right) = (self.len(vm), other.len(vm));
        if left != right && matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(Value::from_bool(op == CompareOp::Ne));
        }
        vm.check_recursion(" in comparison")?;
        let states = (self.state.get(), other.state.get());
        let mut index = 0;
        while let (Some(a), Some(b)) = (self.get(index, vm), other.get(index, vm)) {
            if !vm.eq(&a, &b)? {
                return match op {
                    CompareOp::Eq => Ok(Value::from_bool(false)),
                    CompareOp::Ne => Ok(Value::from_bool(true)),
                    _ => vm.rich_compare(&a, &b, op),
                };
            }
            if (self.state.get(), other.state.get()) != states {
                return Err(vm.runtime_error(format_args!("deque mutated during iteration")));
            }
            index += 1;
        }
        Ok(Value::from_bool(op.holds(self.len(vm).cmp(&other.len(vm)))))
    }

    #[slot(concat)]
    fn concat(this: &Object<Deque>, other: &Value, vm: &mut Vm) -> PyResult {
        let Some(other_deque) = other.downcast::<Deque>() else {
            let kind = vm.type_name(other);
            return Err(vm.type_error(format_args!("can only concatenate deque (not \"{kind}\") to deque")));
        };
        let result = Deque::duplicate(this, vm)?;
        let copy = result.downcast::<Deque>().expect("a duplicate is a deque");
        Deque::add_all(copy, &other_deque.as_value(), false, vm)?;
        Ok(result)
    }

    #[slot(repeat)]
    fn repeat(this: &Object<Deque>, count: isize, vm: &mut Vm) -> PyResult {
        let result = Deque::duplicate(this, vm)?;
        result.downcast::<Deque>().expect("a duplicate is a deque").repeat_in_place(count, vm)?;
        Ok(result)
    }

    #[slot(inplace_concat)]
    fn inplace_concat(this: &Object<Deque>, other: &Value, vm: &mut Vm) -> PyResult {
        Deque::add_all(this, other, false, vm)?;
        Ok(this.to_value())
    }

    #[slot(inplace_repeat)]
    fn inplace_repeat(this: &Object<Deque>, count: isize, heap: &mut Heap) -> PyResult {
        this.repeat_in_place(count, heap)?;
        Ok(this.to_value())
    }

    /// Add an item on the right.
    fn append(&self, item: Value, heap: &mut Heap) -> PyResult<()> {
        self.push_back(item, heap)
    }

    /// Add an item on the left.
    fn appendleft(&self, item: Value, heap: &mut Heap) -> PyResult<()> {
        self.push_front(item, heap)
    }

    /// Remove all items.
    fn clear(&self, heap: &mut Heap) {
        self.changed();
        self.items.set(Ring::default(), heap);
    }

    /// A new deque of the same items.
    #[name = "__copy__"]
    fn dunder_copy(this: &Object<Deque>, vm: &mut Vm) -> PyResult {
        Deque::duplicate(this, vm)
    }

    /// A new deque of the same items.
    fn copy(this: &Object<Deque>, vm: &mut Vm) -> PyResult {
        Deque::duplicate(this, vm)
    }

    /// How many items equal the value.
    fn count(&self, value: &Value, vm: &mut Vm) -> PyResult<usize> {
        let state = self.state.get();
        let (mut count, mut index) = (0, 0);
        while let Some(item) = self.get(index, vm) {
            count += usize::from(vm.eq(&item, value)?);
            if self.state.get() != state {
                return Err(vm.runtime_error(format_args!("deque mutated during iteration")));
            }
            index += 1;
        }
        Ok(count)
    }

    /// Add the items of the iterable on the right.
    fn extend(this: &Object<Deque>, iterable: &Value, vm: &mut Vm) -> PyResult<()> {
        Deque::add_all(this, iterable, false, vm)
    }

    /// Add the items of the iterable on the left, one after the other.
    fn extendleft(this: &Object<Deque>, iterable: &Value, vm: &mut Vm) -> PyResult<()> {
        Deque::add_all(this, iterable, true, vm)
    }

    /// The position of the first item that equals the value.
    ///
    /// Raises ValueError where there is none.
    #[text_signature = "($self, value, [start, [stop]])"]
    fn index(&self, value: &Value, start: Option<&Value>, stop: Option<&Value>, vm: &mut Vm) -> PyResult<usize> {
        let start = start.map_or(Ok(0), |start| vm.search_bound(start))?;
        let stop = stop.map_or(Ok(isize::MAX), |stop| vm.search_bound(stop))?;
        let len = self.len(vm);
        match self.find(value, clip(start, len), clip(stop, len), "deque mutated during iteration", vm)? {
            Some(index) => Ok(index),
            None => Err(vm.value_error(format_args!("deque.index(x): x not in deque"))),
        }
    }

    /// Put the value before the item at the index.
    fn insert(&self, index: isize, value: Value, heap: &mut Heap) -> PyResult<()> {
        let len = self.len(heap);
        if self.maxlen.get() == Some(len) {
            return Err(heap.index_error(format_args!("deque already at its maximum size")));
        }
        let index = clip(index, len).min(len);
        self.items.borrow_mut(heap).insert(index, value)?;
        self.changed();
        Ok(())
    }

    /// Take the rightmost item.
    fn pop(&self, heap: &mut Heap) -> PyResult {
        match self.items.borrow_mut(heap).pop_back() {
            Some(item) => {
                self.changed();
                Ok(item)
            }
            None => Err(heap.index_error(format_args!("pop from an empty deque"))),
        }
    }

    /// Take the leftmost item.
    fn popleft(&self, heap: &mut Heap) -> PyResult {
        match self.items.borrow_mut(heap).pop_front() {
            Some(item) => {
                self.changed();
                Ok(item)
            }
            None => Err(heap.index_error(format_args!("pop from an empty deque"))),
        }
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Deque>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let state = vm.call_method(&this.as_value(), &names::__getstate__, &[])?;
        let items = vm.iter(&this.as_value())?;
        let arguments = match this.maxlen.get() {
            None => vm.new_tuple(vec![]),
            Some(maxlen) => {
                let (empty, maxlen) = (vm.new_tuple(vec![]), vm.int(maxlen as i64));
                vm.new_tuple(vec![empty.into(), maxlen])
            }
        };
        Ok(vm.new_tuple(vec![this.ty().to_value(), arguments.into(), state, items]))
    }

    /// Remove the first item that equals the value.
    fn remove(&self, value: &Value, vm: &mut Vm) -> PyResult<()> {
        let state = self.state.get();
        let mut index = 0;
        while let Some(item) = self.get(index, vm) {
            let equal = vm.eq(&item, value)?;
            if self.state.get() != state {
                return Err(vm.index_error(format_args!("deque mutated during remove().")));
            }
            if equal {
                drop(self.items.borrow_mut(vm).remove(index));
                self.changed();
                return Ok(());
            }
            index += 1;
        }
        Err(vm.value_error(format_args!("deque.remove(x): x not in deque")))
    }

    /// Turn the order of the items round.
    fn reverse(&self, heap: &mut Heap) {
        self.items.borrow_mut(heap).reverse();
    }

    /// Move the items n steps to the right, or to the left where n is negative.
    fn rotate(&self, #[default(1)] n: isize, heap: &mut Heap) {
        self.items.borrow_mut(heap).rotate(n);
        self.changed();
    }

    /// Bytes the deque takes, its items not counted.
    fn __sizeof__(&self, heap: &Heap) -> usize {
        size_of::<Object<Deque>>() + self.items.borrow(heap).size_in_memory()
    }

    /// Generic over the type of the items.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// The largest number of items, or None where there is no bound.
    #[getter]
    fn maxlen(&self) -> Option<usize> {
        self.maxlen.get()
    }
}
