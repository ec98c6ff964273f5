//! The iterators of `range`: over machine words, and over ints of any size.

use std::cell::Cell;

use dashu_int::IBig;
use pvm_macros::{pyclass, pymethods};

use super::{Range, big};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::iterators::builtin;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The iterator of a range of machine words.
#[pyclass(name = "range_iterator", final)]
pub struct RangeIterator {
    next: Cell<i64>,
    step: i64,
    left: Cell<i64>,
}

impl RangeIterator {
    /// `length` ints from `start` on.
    pub fn new(start: i64, step: i64, length: i64) -> RangeIterator {
        RangeIterator { next: Cell::new(start), step, left: Cell::new(length) }
    }

    /// The next int.
    #[inline(always)]
    pub fn next_int(&self) -> Option<i64> {
        let left = self.left.get();
        if left <= 0 {
            return None;
        }
        let next = self.next.get();
        // Behind the last one it may wrap; then nobody asks for it.
        self.next.set(next.wrapping_add(self.step));
        self.left.set(left - 1);
        Some(next)
    }
}

#[pymethods]
impl RangeIterator {
    fn __iter__(this: &Object<RangeIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        self.next_int().map(|int| heap.int(int))
    }

    /// How many ints are left.
    fn __length_hint__(&self) -> i64 {
        self.left.get()
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let start = IBig::from(self.next.get());
        let stop = &start + IBig::from(self.left.get()) * IBig::from(self.step);
        reduce(start, stop, IBig::from(self.step), vm)
    }

    /// Goes on by so many ints.
    fn __setstate__(&self, state: i64) {
        let skipped = state.clamp(0, self.left.get());
        self.next.set(self.next.get().wrapping_add(self.step.wrapping_mul(skipped)));
        self.left.set(self.left.get() - skipped);
    }
}

/// The iterator of a range of ints of any size.
#[pyclass(name = "longrange_iterator", final)]
pub struct LongRangeIterator {
    next: HeapCell<Value>,
    step: Value,
    left: HeapCell<Value>,
}

impl LongRangeIterator {
    /// `length` ints from `start` on.
    pub fn new(start: Value, step: Value, length: Value) -> LongRangeIterator {
        LongRangeIterator { next: HeapCell::new(start), step, left: HeapCell::new(length) }
    }
}

#[pymethods]
impl LongRangeIterator {
    fn __iter__(this: &Object<LongRangeIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let left = big(self.left.borrow(heap));
        if left <= IBig::ZERO {
            return None;
        }
        let next = self.next.get(heap);
        let (after, left) = (big(&next) + big(&self.step), left - IBig::ONE);
        let (after, left) = (heap.big_int(after), heap.big_int(left));
        self.next.set(after, heap);
        self.left.set(left, heap);
        Some(next)
    }

    /// How many ints are left.
    fn __length_hint__(&self, heap: &Heap) -> Value {
        self.left.get(heap)
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let (start, step) = (big(self.next.borrow(vm)), big(&self.step));
        let stop = &start + big(self.left.borrow(vm)) * &step;
        reduce(start, stop, step, vm)
    }

    /// Goes on by so many ints.
    fn __setstate__(&self, state: IBig, heap: &mut Heap) {
        let left = big(self.left.borrow(heap));
        let skipped = state.max(IBig::ZERO).min(left.clone());
        let next = big(self.next.borrow(heap)) + &skipped * big(&self.step);
        let (next, left) = (heap.big_int(next), heap.big_int(left - skipped));
        self.next.set(next, heap);
        self.left.set(left, heap);
    }
}

/// `iter` of the range that is left.
fn reduce(start: IBig, stop: IBig, step: IBig, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let function = builtin("iter", vm)?;
    let (start, stop, step) = (vm.big_int(start), vm.big_int(stop), vm.big_int(step));
    let range = Range::new(start, stop, step, vm);
    let range = vm.alloc(range).into();
    let arguments = vm.try_tuple([range])?;
    Ok(vm.try_tuple([function, arguments.into(), Value::none()])?)
}
