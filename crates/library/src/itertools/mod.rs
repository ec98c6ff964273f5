//! `itertools`: building blocks of iteration.
//!
//! | file | classes |
//! |---|---|
//! | `chain` | `chain`, `zip_longest`, `batched`, `pairwise` |
//! | `endless` | `count`, `cycle`, `repeat` |
//! | `select` | `compress`, `dropwhile`, `takewhile`, `filterfalse`, `islice` |
//! | `apply` | `accumulate`, `starmap` |
//! | `product`, `combinations`, `permutations` | the combinatoric iterators |
//! | `groupby` | `groupby` and its groups |
//! | `tee` | `tee` and its shared data |

mod apply;
mod chain;
mod combinations;
mod endless;
mod groupby;
mod permutations;
mod product;
mod select;
mod tee;

use pvm_macros::pymodule;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, HeapVec, PyResult, Ref, Value, Vm};

#[pymodule(name = "itertools")]
pub mod native {
    //! Functional tools for creating and using iterators.
    //!
    //! Infinite iterators:
    //! count(start=0, step=1) --> start, start+step, start+2*step, ...
    //! cycle(p) --> p0, p1, ... plast, p0, p1, ...
    //! repeat(elem [,n]) --> elem, elem, elem, ... endlessly or up to n times
    //!
    //! Iterators terminating on the shortest input sequence:
    //! accumulate(p[, func]) --> p0, p0+p1, p0+p1+p2
    //! batched(p, n) --> [p0, p1, ..., p_n-1], [p_n, p_n+1, ..., p_2n-1], ...
    //! chain(p, q, ...) --> p0, p1, ... plast, q0, q1, ...
    //! chain.from_iterable([p, q, ...]) --> p0, p1, ... plast, q0, q1, ...
    //! compress(data, selectors) --> (d[0] if s[0]), (d[1] if s[1]), ...
    //! dropwhile(predicate, seq) --> seq[n], seq[n+1], starting when predicate fails
    //! groupby(iterable[, keyfunc]) --> sub-iterators grouped by value of keyfunc(v)
    //! filterfalse(predicate, seq) --> elements of seq where predicate(elem) is False
    //! islice(seq, [start,] stop [, step]) --> elements from seq[start:stop:step]
    //! pairwise(s) --> (s[0],s[1]), (s[1],s[2]), (s[2], s[3]), ...
    //! starmap(fun, seq) --> fun(*seq[0]), fun(*seq[1]), ...
    //! tee(it, n) --> (it1, it2 , ... itn) splits one iterator into n
    //! takewhile(predicate, seq) --> seq[0], seq[1], until predicate fails
    //! zip_longest(p, q, ...) --> (p[0], q[0]), (p[1], q[1]), ...
    //!
    //! Combinatoric generators:
    //! product(p, q, ... [repeat=1]) --> cartesian product
    //! permutations(p[, r])
    //! combinations(p, r)
    //! combinations_with_replacement(p, r)

    #[export]
    use super::apply::{Accumulate, StarMap};
    #[export]
    use super::chain::{Batched, Chain, Pairwise, ZipLongest};
    #[export]
    use super::combinations::{Combinations, CombinationsWithReplacement};
    #[export]
    use super::endless::{Count, Cycle, Repeat};
    #[export]
    use super::groupby::{GroupBy, Grouper};
    #[export]
    use super::permutations::Permutations;
    #[export]
    use super::product::Product;
    #[export]
    use super::select::{Compress, DropWhile, FilterFalse, Slice, TakeWhile};
    #[export]
    use super::tee::{Tee, TeeData, tee};
}

/// The next item of the iterator in a cell; the cell is emptied at its end, and where it fails.
fn next_or_clear(vm: &mut Vm, iterator: &HeapCell<Option<Value>>) -> PyResult<Option<Value>> {
    let Some(source) = iterator.get(vm) else {
        return Ok(None);
    };
    let item = vm.next(&source);
    if !matches!(item, Ok(Some(_))) {
        iterator.set(None, vm);
    }
    item
}

/// The items of `pool` at `indices`, as a tuple.
fn select(heap: &mut Heap, pool: &[Value], indices: &[usize]) -> PyResult<Value> {
    Ok(heap.try_tuple(indices.iter().map(|&index| pool[index].clone()))?.into())
}

/// All items of an iterable, as the combinatoric iterators keep them.
fn pool_of(vm: &mut Vm, iterable: &Value) -> PyResult<Ref<Tuple>> {
    vm.tuple_of(iterable)
}

/// Positions `0..count`.
fn counting(count: usize) -> PyResult<HeapVec<usize>> {
    Ok(HeapVec::try_from_iter(0..count)?)
}
