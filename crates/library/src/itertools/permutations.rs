//! `permutations`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, HeapVec, PyResult, Ref, Value, Vm};

use super::product::State;
use super::{counting, pool_of, select};

/// permutations(iterable, r=None)
/// --
///
/// Return successive r-length permutations of elements in the iterable.
///
/// permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)
#[pyclass(name = "permutations", module = "itertools")]
pub struct Permutations {
    pool: Ref<Tuple>,
    size: usize,
    /// The order of the whole pool; the first `size` are the selection.
    indices: HeapCell<HeapVec<usize>>,
    /// How many other items each place of the selection has still to see.
    cycles: HeapCell<HeapVec<usize>>,
    state: Cell<State>,
}

#[pymethods]
impl Permutations {
    #[new]
    #[signature = "(iterable, r=None)"]
    fn new(vm: &mut Vm, iterable: &Value, r: Option<&Value>) -> PyResult<Permutations> {
        let pool = pool_of(vm, iterable)?;
        let count = pool.len();
        let size = match r {
            None => count as isize,
            Some(r) if r.as_int().is_none() => {
                return Err(vm.type_error(format_args!("Expected int as r")));
            }
            Some(r) => vm.index_isize(r)?,
        };
        let Ok(size) = usize::try_from(size) else {
            return Err(vm.value_error(format_args!("r must be non-negative")));
        };
        let ended = size > count;
        let cycles = HeapVec::try_from_iter((0..if ended { 0 } else { size }).map(|place| count - place))?;
        Ok(Permutations {
            pool,
            size,
            indices: HeapCell::new(counting(count)?),
            cycles: HeapCell::new(cycles),
            state: Cell::new(if ended { State::Ended } else { State::New }),
        })
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
        let indices = self.indices.borrow(heap)[..self.size].to_vec();
        select(heap, self.pool.as_slice(), &indices).map(Some)
    }

    /// Returns size in memory, in bytes.
    fn __sizeof__(&self, heap: &Heap) -> usize {
        64 + 8 * (self.indices.borrow(heap).len() + self.cycles.borrow(heap).len())
    }
}

impl Permutations {
    /// The next order: the rightmost place whose cycle is not over takes its next item.
    fn advance(&self, heap: &mut Heap) -> bool {
        let Some((cycles, indices)) = heap.borrow_pair_mut(&self.cycles, &self.indices) else {
            return false;
        };
        for place in (0..cycles.len()).rev() {
            cycles[place] -= 1;
            if cycles[place] > 0 {
                let other = indices.len() - cycles[place];
                indices.swap(place, other);
                return true;
            }
            indices[place..].rotate_left(1);
            cycles[place] = indices.len() - place;
        }
        false
    }
}
