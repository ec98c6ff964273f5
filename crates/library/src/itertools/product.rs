//! `product`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, HeapCell, HeapVec, PyResult, Ref, Value, Vm};

use super::pool_of;

/// product(*iterables, repeat=1)
/// --
///
/// Cartesian product of input iterables.  Equivalent to nested for-loops.
///
/// For example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).
/// The leftmost iterators are in the outermost for-loop, so the output tuples
/// cycle in a manner similar to an odometer (with the rightmost element changing
/// on every iteration).
///
/// To compute the product of an iterable with itself, specify the number
/// of repetitions with the optional repeat keyword argument. For example,
/// product(A, repeat=4) means the same as product(A, A, A, A).
///
/// product('ab', range(3)) --> ('a',0) ('a',1) ('a',2) ('b',0) ('b',1) ('b',2)
/// product((0,1), (0,1), (0,1)) --> (0,0,0) (0,0,1) (0,1,0) (0,1,1) (1,0,0) ...
#[pyclass(name = "product", module = "itertools")]
pub struct Product {
    pools: HeapVec<Ref<Tuple>>,
    indices: HeapCell<HeapVec<usize>>,
    state: Cell<State>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    New,
    Started,
    Ended,
}

/// More pools than memory has indices for.
const TOO_MANY: usize = isize::MAX as usize / size_of::<usize>();

#[pymethods]
impl Product {
    #[new]
    #[signature = "(*iterables, repeat=1)"]
    fn new(vm: &mut Vm, iterables: Args<'_>, repeat: isize) -> PyResult<Product> {
        let Ok(repeat) = usize::try_from(repeat) else {
            return Err(vm.value_error(format_args!("repeat argument cannot be negative")));
        };
        let given = if repeat == 0 { 0 } else { iterables.len() };
        let Some(count) = given.checked_mul(repeat).filter(|&count| count <= TOO_MANY) else {
            return Err(vm.overflow_error(format_args!("repeat argument too large")));
        };
        let mut pools = HeapVec::with_capacity(count)?;
        for iterable in iterables.iter().take(given) {
            pools.push(pool_of(vm, &iterable)?)?;
        }
        for index in given..count {
            let pool = pools[index - given].clone();
            pools.push(pool)?;
        }
        let indices = HeapVec::try_from_iter(std::iter::repeat_n(0, count))?;
        Ok(Product { pools, indices: HeapCell::new(indices), state: Cell::new(State::New) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let goes_on = match self.state.get() {
            State::Ended => false,
            State::New => self.pools.iter().all(|pool| !pool.is_empty()),
            State::Started => self.advance(heap),
        };
        if !goes_on {
            self.state.set(State::Ended);
            return Ok(None);
        }
        self.state.set(State::Started);
        let indices = self.indices.borrow(heap);
        let items: Vec<Value> = self.pools.iter().zip(&**indices).map(|(pool, &index)| pool.as_slice()[index].clone()).collect();
        Ok(Some(heap.try_tuple(items)?.into()))
    }

    /// Returns size in memory, in bytes.
    fn __sizeof__(&self) -> usize {
        48 + 8 * self.pools.len()
    }
}

impl Product {
    /// Turns the odometer on; says whether it has not run through.
    fn advance(&self, heap: &mut Heap) -> bool {
        let indices = self.indices.borrow_mut(heap);
        for (index, pool) in indices.iter_mut().zip(&*self.pools).rev() {
            *index += 1;
            if *index < pool.len() {
                return true;
            }
            *index = 0;
        }
        false
    }
}
