//! Iterators over the items of several, or over several items of one: `chain`, `zip_longest`, `batched`, `pairwise`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, HeapCell, HeapVec, Object, PyResult, Ref, Type, Value, Vm};

use super::next_or_clear;

/// chain(*iterables)
/// --
///
/// Return a chain object whose .__next__() method returns elements from the
/// first iterable until it is exhausted, then elements from the next
/// iterable, until all of the iterables are exhausted.
#[pyclass(name = "chain", module = "itertools")]
pub struct Chain {
    /// The iterator over the iterables; none once it has ended.
    source: HeapCell<Option<Value>>,
    active: HeapCell<Option<Value>>,
}

impl Chain {
    fn over(source: Value) -> Chain {
        Chain { source: HeapCell::new(Some(source)), active: HeapCell::new(None) }
    }
}

#[pymethods]
impl Chain {
    #[new]
    #[signature = "(*iterables)"]
    fn new(vm: &mut Vm, iterables: Args<'_>) -> PyResult<Chain> {
        let iterables: Value = vm.try_tuple(iterables.to_values())?.into();
        Ok(Chain::over(vm.iter(&iterables)?))
    }

    /// Alternative chain() constructor taking a single iterable argument that evaluates lazily.
    #[classmethod]
    fn from_iterable(cls: &Object<Type>, vm: &mut Vm, iterable: &Value) -> PyResult<Ref<Chain>> {
        let source = vm.iter(iterable)?;
        Ok(vm.alloc_as(cls, Chain::over(source)))
    }

    /// See PEP 585
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        loop {
            if let Some(active) = self.active.get(vm) {
                if let Some(item) = vm.next(&active)? {
                    return Ok(Some(item));
                }
                self.active.set(None, vm);
                vm.poll(1)?;
            }
            let Some(iterable) = next_or_clear(vm, &self.source)? else {
                return Ok(None);
            };
            match vm.iter(&iterable) {
                Ok(iterator) => self.active.set(Some(iterator), vm),
                Err(raised) => {
                    self.source.set(None, vm);
                    return Err(raised);
                }
            }
        }
    }
}

/// zip_longest(*iterables, fillvalue=None)
/// --
///
/// Return a zip_longest object whose .__next__() method returns a tuple where
/// the i-th element comes from the i-th iterable argument.  The .__next__()
/// method continues until the longest iterable in the argument sequence
/// is exhausted and then it raises StopIteration.  When the shorter iterables
/// are exhausted, the fillvalue is substituted in their place.  The fillvalue
/// defaults to None or can be specified by a keyword argument.
#[pyclass(name = "zip_longest", module = "itertools")]
pub struct ZipLongest {
    iterators: HeapCell<HeapVec<Option<Value>>>,
    active: Cell<usize>,
    fill: Value,
}

#[pymethods]
impl ZipLongest {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<ZipLongest> {
        let mut fill = Value::none();
        for (name, value) in args.keywords() {
            if args.keywords().len() > 1 || !name.is_str("fillvalue") {
                return Err(vm.type_error(format_args!("zip_longest() got an unexpected keyword argument")));
            }
            fill = value.to_owned();
        }
        let mut iterators = HeapVec::with_capacity(args.len())?;
        for iterable in args.iter() {
            iterators.push(Some(vm.iter(&iterable)?))?;
        }
        Ok(ZipLongest { active: Cell::new(iterators.len()), iterators: HeapCell::new(iterators), fill })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.active.get() == 0 {
            return Ok(None);
        }
        let count = self.iterators.borrow(vm).len();
        let mut items = HeapVec::with_capacity(count)?;
        for index in 0..count {
            items.push(match self.item(vm, index) {
                Ok(Some(item)) => item,
                Ok(None) if self.active.get() == 0 => return Ok(None),
                Ok(None) => self.fill.clone(),
                Err(raised) => {
                    self.active.set(0);
                    return Err(raised);
                }
            })?;
        }
        Ok(Some(vm.try_tuple(items)?.into()))
    }
}

impl ZipLongest {
    /// The next item of an iterator; nothing once it has ended, which counts it out.
    fn item(&self, vm: &mut Vm, index: usize) -> PyResult<Option<Value>> {
        let Some(iterator) = self.iterators.borrow(vm)[index].clone() else {
            return Ok(None);
        };
        let item = vm.next(&iterator)?;
        if item.is_none() && self.active.get() > 0 {
            self.active.set(self.active.get() - 1);
            let ended = self.iterators.borrow_mut(vm)[index].take();
            drop(ended);
        }
        Ok(item)
    }
}

/// batched(iterable, n, *, strict=False)
/// --
///
/// Batch data into tuples of length n. The last batch may be shorter than n.
///
/// Loops over the input iterable and accumulates data into tuples
/// up to size n.  The input is consumed lazily, just enough to
/// fill a batch.  The result is yielded as soon as a batch is full
/// or when the input iterable is exhausted.
///
///     >>> for batch in batched('ABCDEFG', 3):
///     ...     print(batch)
///     ...
///     ('A', 'B', 'C')
///     ('D', 'E', 'F')
///     ('G',)
///
/// If "strict" is True, raises a ValueError if the final batch is shorter
/// than n.
#[pyclass(name = "batched", module = "itertools")]
pub struct Batched {
    iterator: HeapCell<Option<Value>>,
    size: usize,
    strict: bool,
}

/// More items than any tuple holds.
const TOO_MANY: usize = isize::MAX as usize / 8;

#[pymethods]
impl Batched {
    #[new]
    #[signature = "(iterable, n, *, strict=False)"]
    fn new(vm: &mut Vm, iterable: &Value, n: isize, strict: bool) -> PyResult<Batched> {
        if n < 1 {
            return Err(vm.value_error(format_args!("n must be at least one")));
        }
        let iterator = vm.iter(iterable)?;
        Ok(Batched { iterator: HeapCell::new(Some(iterator)), size: n as usize, strict })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(iterator) = self.iterator.get(vm) else {
            return Ok(None);
        };
        if self.size > TOO_MANY {
            return Err(vm.memory_error());
        }
        let mut items = HeapVec::new();
        while items.len() < self.size {
            match vm.next(&iterator) {
                Ok(Some(item)) => items.push(item)?,
                Ok(None) => break,
                Err(raised) => {
                    self.iterator.set(None, vm);
                    return Err(raised);
                }
            }
        }
        if items.is_empty() {
            self.iterator.set(None, vm);
            return Ok(None);
        }
        if self.strict && items.len() < self.size {
            self.iterator.set(None, vm);
            return Err(vm.value_error(format_args!("batched(): incomplete batch")));
        }
        Ok(Some(vm.try_tuple(items)?.into()))
    }
}

/// pairwise(iterable, /)
/// --
///
/// Return an iterator of overlapping pairs taken from the input iterator.
///
///     s -> (s0,s1), (s1,s2), (s2, s3), ...
#[pyclass(name = "pairwise", module = "itertools")]
pub struct Pairwise {
    iterator: HeapCell<Option<Value>>,
    old: HeapCell<Option<Value>>,
}

#[pymethods]
impl Pairwise {
    #[new]
    #[signature = "(iterable, /)"]
    fn new(vm: &mut Vm, iterable: &Value) -> PyResult<Pairwise> {
        let iterator = vm.iter(iterable)?;
        Ok(Pairwise { iterator: HeapCell::new(Some(iterator)), old: HeapCell::new(None) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let old = match self.old.get(vm) {
            Some(old) => old,
            None => {
                let Some(first) = next_or_clear(vm, &self.iterator)? else {
                    return Ok(None);
                };
                self.old.set(Some(first.clone()), vm);
                first
            }
        };
        // The iterator may have come back here and ended this one.
        let new = next_or_clear(vm, &self.iterator);
        let Ok(Some(new)) = new else {
            self.old.set(None, vm);
            return new;
        };
        self.old.set(Some(new.clone()), vm);
        pair(vm, old, new).map(Some)
    }
}

fn pair(heap: &mut Heap, first: Value, second: Value) -> PyResult {
    let pair: Ref<Tuple> = heap.try_tuple([first, second])?;
    Ok(pair.into())
}
