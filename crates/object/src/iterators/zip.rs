//! `zip`, and the rule of `strict` that it shares with `map`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::Pair;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::heap::HeapVec;
use crate::tuple::Tuple;
use crate::{Args, Vm};

/// zip(*iterables, strict=False)
/// --
///
/// Tuples of the first items of all iterables, then of the second ones, and so on, until the shortest is at its end.
///
/// With strict, it is an error if another is not at its end then.
///
///    >>> list(zip('abcdefg', range(3), range(4)))
///    [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]
#[pyclass(name = "zip")]
pub struct Zip {
    iterators: Ref<Tuple>,
    strict: Cell<bool>,
    pair: Pair,
}

#[pymethods]
impl Zip {
    #[new]
    #[signature = "(*iterables, strict=False)"]
    fn new(iterables: Args<'_>, strict: bool, vm: &mut Vm) -> PyResult<Zip> {
        let iterators = iterators_of(iterables, vm)?;
        Ok(Zip { iterators, strict: Cell::new(strict), pair: Pair::default() })
    }

    fn __iter__(this: &Object<Zip>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.is_of_two() {
            return match self.next_items(vm)? {
                Some((first, second)) => self.pair.give(first, second, vm).map(Some),
                None => Ok(None),
            };
        }
        if self.iterators.is_empty() {
            return Ok(None);
        }
        let mut items = HeapVec::with_capacity(self.iterators.len())?;
        for (index, iterator) in self.iterators.as_slice().iter().enumerate() {
            match vm.next(iterator)? {
                Some(item) => items.push(item)?,
                None => return self.end(index, vm),
            }
        }
        Ok(Some(vm.try_tuple(items)?.into()))
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Zip>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let (class, iterators) = (this.ty().to_value(), this.iterators.clone().into());
        Ok(match this.strict.get() {
            true => vm.try_tuple([class, iterators, Value::from_bool(true)])?,
            false => vm.try_tuple([class, iterators])?,
        })
    }

    /// Sets whether the iterables must be of one length.
    fn __setstate__(&self, state: bool) {
        self.strict.set(state);
    }
}

impl Zip {
    /// Whether its tuples are pairs.
    pub(super) fn is_of_two(&self) -> bool {
        self.iterators.len() == 2
    }

    /// The next two items of a zip of two.
    #[inline]
    pub(super) fn next_items(&self, vm: &mut Vm) -> PyResult<Option<(Value, Value)>> {
        let [first, second] = self.iterators.as_slice() else { return Ok(None) };
        let Some(first) = vm.next(first)? else {
            return self.end(0, vm).map(|_| None);
        };
        let Some(second) = vm.next(second)? else {
            return self.end(1, vm).map(|_| None);
        };
        Ok(Some((first, second)))
    }

    #[cold]
    fn end(&self, index: usize, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.strict.get() { check_strict("zip", self.iterators.as_slice(), index, vm).map(|()| None) } else { Ok(None) }
    }
}

/// The iterators of all arguments.
pub(super) fn iterators_of(iterables: Args<'_>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let mut iterators = HeapVec::with_capacity(iterables.len())?;
    for iterable in iterables.iter() {
        let iterator = vm.iter(&iterable)?;
        iterators.push(iterator)?;
    }
    Ok(vm.try_tuple(iterators)?)
}

/// The iterator at `index` is the first one at its end: an error unless all of them are.
pub(super) fn check_strict(function: &str, iterators: &[Value], index: usize, vm: &mut Vm) -> PyResult<()> {
    if index > 0 {
        return Err(uneven(function, index, "shorter", vm));
    }
    for (index, iterator) in iterators.iter().enumerate().skip(1) {
        if vm.next(iterator)?.is_some() {
            return Err(uneven(function, index, "longer", vm));
        }
    }
    Ok(())
}

fn uneven(function: &str, index: usize, how: &str, vm: &mut Vm) -> Raised {
    let others = if index == 1 { " " } else { "s 1-" };
    vm.value_error(format_args!("{function}() argument {} is {how} than argument{others}{index}", index + 1))
}
