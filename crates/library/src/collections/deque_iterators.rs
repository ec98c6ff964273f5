//! The iterators of `deque`. They notice that the deque has changed.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyResult, Ref, Value, Vm};

use super::deque::Deque;

/// Where an iterator of a deque stands.
#[derive(pvm_macros::Trace)]
struct Position {
    deque: Ref<Deque>,
    state: u64,
    left: Cell<usize>,
}

impl Position {
    fn new(deque: &Object<Deque>, heap: &Heap) -> Position {
        Position { deque: deque.to_ref(), state: deque.state(), left: Cell::new(deque.len(heap)) }
    }

    /// The next item: `at` gives its index out of the number of items left and the length.
    fn next(&self, at: impl Fn(usize, usize) -> usize, heap: &mut Heap) -> PyResult<Option<Value>> {
        if self.state != self.deque.state() {
            self.left.set(0);
            return Err(heap.runtime_error(format_args!("deque mutated during iteration")));
        }
        let left = self.left.get();
        if left == 0 {
            return Ok(None);
        }
        self.left.set(left - 1);
        Ok(self.deque.get(at(left, self.deque.len(heap)), heap))
    }

    fn reduce(&self, class: Value, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let done = self.deque.len(vm) - self.left.get();
        let done = vm.int(done as i64);
        let arguments = vm.new_tuple(vec![self.deque.to_value(), done]);
        Ok(vm.new_tuple(vec![class, arguments.into()]))
    }

    fn skipping(deque: &Object<Deque>, index: isize, heap: &Heap) -> Position {
        let position = Position::new(deque, heap);
        let left = position.left.get();
        position.left.set(left.saturating_sub(index.max(0) as usize));
        position
    }
}

/// The iterator of a deque from left to right.
#[pyclass(name = "_deque_iterator", module = "collections", final)]
pub struct DequeIterator {
    position: Position,
}

impl DequeIterator {
    /// At the first item.
    pub fn new(deque: &Object<Deque>, heap: &Heap) -> DequeIterator {
        DequeIterator { position: Position::new(deque, heap) }
    }
}

#[pymethods]
impl DequeIterator {
    #[new]
    fn new_at(deque: &Object<Deque>, #[default(0)] index: isize, heap: &Heap) -> DequeIterator {
        DequeIterator { position: Position::skipping(deque, index, heap) }
    }

    fn __iter__(this: &Object<DequeIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        self.position.next(|left, len| len - left, heap)
    }

    /// How many items are left.
    fn __length_hint__(&self) -> usize {
        self.position.left.get()
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<DequeIterator>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        this.position.reduce(this.ty().to_value(), vm)
    }
}

/// The iterator of a deque from right to left.
#[pyclass(name = "_deque_reverse_iterator", module = "collections", final)]
pub struct DequeReverseIterator {
    position: Position,
}

impl DequeReverseIterator {
    /// At the last item.
    pub fn new(deque: &Object<Deque>, heap: &Heap) -> DequeReverseIterator {
        DequeReverseIterator { position: Position::new(deque, heap) }
    }
}

#[pymethods]
impl DequeReverseIterator {
    #[new]
    fn new_at(deque: &Object<Deque>, #[default(0)] index: isize, heap: &Heap) -> DequeReverseIterator {
        DequeReverseIterator { position: Position::skipping(deque, index, heap) }
    }

    fn __iter__(this: &Object<DequeReverseIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        self.position.next(|left, _| left - 1, heap)
    }

    /// How many items are left.
    fn __length_hint__(&self) -> usize {
        self.position.left.get()
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<DequeReverseIterator>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        this.position.reduce(this.ty().to_value(), vm)
    }
}
