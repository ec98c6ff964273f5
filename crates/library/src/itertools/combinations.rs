//! `combinations` and `combinations_with_replacement`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, HeapVec, PyResult, Ref, Value, Vm};

use super::product::State;
use super::{counting, pool_of, select};

/// The size of the selections.
fn selection_size(vm: &mut Vm, r: isize) -> PyResult<usize> {
    usize::try_from(r).map_err(|_| vm.value_error(format_args!("r must be non-negative")))
}

/// combinations(iterable, r)
/// --
///
/// Return successive r-length combinations of elements in the iterable.
///
/// combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)
#[pyclass(name = "combinations", module = "itertools")]
pub struct Combinations {
    pool: Ref<Tuple>,
    indices: HeapCell<HeapVec<usize>>,
    state: Cell<State>,
}

#[pymethods]
impl Combinations {
    #[new]
    #[signature = "(iterable, r)"]
    fn new(vm: &mut Vm, iterable: &Value, r: isize) -> PyResult<Combinations> {
        let pool = pool_of(vm, iterable)?;
        let size = selection_size(vm, r)?;
        let ended = size > pool.len();
        let indices = counting(if ended { 0 } else { size })?;
        let state = if ended { State::Ended } else { State::New };
        Ok(Combinations { pool, indices: HeapCell::new(indices), state: Cell::new(state) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let goes_on = match self.state.get() {
            State::Ended => false,
            State::New => true,
            State::Started => self.advance(heap),
        };
        if !goes_on {
            self.state.set(State::Ended);
            return Ok(None);
        }
        self.state.set(State::Started);
        let indices = self.indices.borrow(heap).to_vec();
        select(heap, self.pool.as_slice(), &indices).map(Some)
    }

    /// Returns size in memory, in bytes.
    fn __sizeof__(&self, heap: &Heap) -> usize {
        56 + 8 * self.indices.borrow(heap).len()
    }
}

impl Combinations {
    /// Moves the rightmost index that is not at its end, and those behind it right beside it.
    fn advance(&self, heap: &mut Heap) -> bool {
        let indices = self.indices.borrow_mut(heap);
        let last = self.pool.len() - indices.len();
        let Some(moved) = (0..indices.len()).rev().find(|&place| indices[place] != place + last) else {
            return false;
        };
        let start = indices[moved] + 1;
        for (offset, index) in indices[moved..].iter_mut().enumerate() {
            *index = start + offset;
        }
        true
    }
}

/// combinations_with_replacement(iterable, r)
/// --
///
/// Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.
///
/// combinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')
#[pyclass(name = "combinations_with_replacement", module = "itertools")]
pub struct CombinationsWithReplacement {
    pool: Ref<Tuple>,
    indices: HeapCell<HeapVec<usize>>,
    state: Cell<State>,
}

#[pymethods]
impl CombinationsWithReplacement {
    #[new]
    #[signature = "(iterable, r)"]
    fn new(vm: &mut Vm, iterable: &Value, r: isize) -> PyResult<CombinationsWithReplacement> {
        let pool = pool_of(vm, iterable)?;
        let size = selection_size(vm, r)?;
        let indices = HeapVec::try_from_iter(std::iter::repeat_n(0, size))?;
        let state = if pool.is_empty() && size > 0 { State::Ended } else { State::New };
        Ok(CombinationsWithReplacement { pool, indices: HeapCell::new(indices), state: Cell::new(state) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let goes_on = match self.state.get() {
            State::Ended => false,
            State::New => true,
            State::Started => self.advance(heap),
        };
        if !goes_on {
            self.state.set(State::Ended);
            return Ok(None);
        }
        self.state.set(State::Started);
        let indices = self.indices.borrow(heap).to_vec();
        select(heap, self.pool.as_slice(), &indices).map(Some)
    }

    /// Returns size in memory, in bytes.
    fn __sizeof__(&self, heap: &Heap) -> usize {
        56 + 8 * self.indices.borrow(heap).len()
    }
}

impl CombinationsWithReplacement {
    /// Moves the rightmost index that is not at the end, and those behind it to the same place.
    fn advance(&self, heap: &mut Heap) -> bool {
        let indices = self.indices.borrow_mut(heap);
        let Some(moved) = indices.iter().rposition(|&index| index + 1 != self.pool.len()) else {
            return false;
        };
        let place = indices[moved] + 1;
        indices[moved..].fill(place);
        true
    }
}
