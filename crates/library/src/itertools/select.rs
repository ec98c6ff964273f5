//! Iterators that leave items out: `compress`, `dropwhile`, `takewhile`, `filterfalse`, `islice`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::int::BOOL_TYPE;
use pvm_object::{HeapCell, PyResult, Value, Vm, exceptions};

use super::next_or_clear;

/// compress(data, selectors)
/// --
///
/// Return data elements corresponding to true selector elements.
///
/// Forms a shorter iterator from selected data elements using the selectors
/// to choose the data elements.
#[pyclass(name = "compress", module = "itertools")]
pub struct Compress {
    data: Value,
    selectors: Value,
}

#[pymethods]
impl Compress {
    #[new]
    #[signature = "(data, selectors)"]
    fn new(vm: &mut Vm, data: &Value, selectors: &Value) -> PyResult<Compress> {
        Ok(Compress { data: vm.iter(data)?, selectors: vm.iter(selectors)? })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        loop {
            let Some(item) = vm.next(&self.data)? else {
                return Ok(None);
            };
            let Some(selector) = vm.next(&self.selectors)? else {
                return Ok(None);
            };
            if vm.truth(&selector)? {
                return Ok(Some(item));
            }
            vm.poll(1)?;
        }
    }
}

/// Whether a predicate holds.
fn holds(vm: &mut Vm, predicate: &Value, item: &Value) -> PyResult<bool> {
    let verdict = vm.call(predicate, std::slice::from_ref(item))?;
    vm.truth(&verdict)
}

/// dropwhile(predicate, iterable, /)
/// --
///
/// Drop items from the iterable while predicate(item) is true.
///
/// Afterwards, return every element until the iterable is exhausted.
#[pyclass(name = "dropwhile", module = "itertools")]
pub struct DropWhile {
    predicate: Value,
    iterator: Value,
    started: Cell<bool>,
}

#[pymethods]
impl DropWhile {
    #[new]
    #[signature = "(predicate, iterable, /)"]
    fn new(vm: &mut Vm, predicate: Value, iterable: &Value) -> PyResult<DropWhile> {
        Ok(DropWhile { predicate, iterator: vm.iter(iterable)?, started: Cell::new(false) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        loop {
            let Some(item) = vm.next(&self.iterator)? else {
                return Ok(None);
            };
            if self.started.get() {
                return Ok(Some(item));
            }
            if !holds(vm, &self.predicate, &item)? {
                self.started.set(true);
                return Ok(Some(item));
            }
            vm.poll(1)?;
        }
    }
}

/// takewhile(predicate, iterable, /)
/// --
///
/// Return successive entries from an iterable as long as the predicate evaluates to true for each entry.
#[pyclass(name = "takewhile", module = "itertools")]
pub struct TakeWhile {
    predicate: Value,
    iterator: Value,
    stopped: Cell<bool>,
}

#[pymethods]
impl TakeWhile {
    #[new]
    #[signature = "(predicate, iterable, /)"]
    fn new(vm: &mut Vm, predicate: Value, iterable: &Value) -> PyResult<TakeWhile> {
        Ok(TakeWhile { predicate, iterator: vm.iter(iterable)?, stopped: Cell::new(false) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.stopped.get() {
            return Ok(None);
        }
        let Some(item) = vm.next(&self.iterator)? else {
            return Ok(None);
        };
        if holds(vm, &self.predicate, &item)? {
            return Ok(Some(item));
        }
        self.stopped.set(true);
        Ok(None)
    }
}

/// filterfalse(function, iterable, /)
/// --
///
/// Return those items of iterable for which function(item) is false.
///
/// If function is None, return the items that are false.
#[pyclass(name = "filterfalse", module = "itertools")]
pub struct FilterFalse {
    /// None where the items' own truth decides.
    function: Option<Value>,
    iterator: Value,
}

#[pymethods]
impl FilterFalse {
    #[new]
    #[signature = "(function, iterable, /)"]
    fn new(vm: &mut Vm, function: &Value, iterable: &Value) -> PyResult<FilterFalse> {
        let own_truth = function.is_none() || function.is(&BOOL_TYPE.as_value());
        Ok(FilterFalse { function: (!own_truth).then(|| function.clone()), iterator: vm.iter(iterable)? })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        loop {
            let Some(item) = vm.next(&self.iterator)? else {
                return Ok(None);
            };
            let truth = match &self.function {
                Some(function) => holds(vm, function, &item)?,
                None => vm.truth(&item)?,
            };
            if !truth {
                return Ok(Some(item));
            }
            vm.poll(1)?;
        }
    }
}

/// islice(iterable, stop) --> islice object
/// islice(iterable, start, stop[, step]) --> islice object
///
/// Return an iterator whose next() method returns selected values from an
/// iterable.  If start is specified, will skip all preceding elements;
/// otherwise, start defaults to zero.  Step defaults to one.  If
/// specified as another value, step determines how many values are
/// skipped between successive calls.  Works like a slice() on a list
/// but returns an iterator.
#[pyclass(name = "islice", module = "itertools")]
pub struct Slice {
    iterator: HeapCell<Option<Value>>,
    /// The position of the next item to give.
    next: Cell<usize>,
    stop: Option<usize>,
    step: usize,
    /// How many items were taken.
    count: Cell<usize>,
}

/// A position; -1 for what is no index.
fn position(vm: &mut Vm, value: &Value) -> PyResult<isize> {
    match vm.index_isize_or(value, exceptions::OVERFLOW_ERROR.get()) {
        Ok(position) => Ok(position),
        Err(_) => {
            drop(vm.take_pending());
            Ok(-1)
        }
    }
}

#[pymethods]
impl Slice {
    #[new]
    #[text_signature = ""]
    #[signature = "(iterable, start, stop=<unrepresentable>, step=<unrepresentable>, /)"]
    fn new(vm: &mut Vm, iterable: &Value, start: &Value, stop: Option<&Value>, step: Option<&Value>) -> PyResult<Slice> {
        let (start, stop) = match stop {
            Some(stop) => (Some(start).filter(|start| !start.is_none()), stop),
            None => (None, start),
        };
        let start = start.map_or(Ok(0), |start| position(vm, start))?;
        let stop = match stop.is_none() {
            true => None,
            false => match position(vm, stop)? {
                -1 => {
                    return Err(vm.value_error(format_args!(
                        "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                    )));
                }
                stop => Some(stop),
            },
        };
        if start < 0 || stop.is_some_and(|stop| stop < 0) {
            return Err(vm.value_error(format_args!("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")));
        }
        let step = match step.filter(|step| !step.is_none()) {
            Some(step) => position(vm, step)?,
            None => 1,
        };
        if step < 1 {
            return Err(vm.value_error(format_args!("Step for islice() must be a positive integer or None.")));
        }
        let iterator = vm.iter(iterable)?;
        Ok(Slice {
            iterator: HeapCell::new(Some(iterator)),
            next: Cell::new(start as usize),
            stop: stop.map(|stop| stop as usize),
            step: step as usize,
            count: Cell::new(0),
        })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        while self.count.get() < self.next.get() {
            if next_or_clear(vm, &self.iterator)?.is_none() {
                return Ok(None);
            }
            self.count.set(self.count.get() + 1);
            vm.poll(1)?;
        }
        if self.stop.is_some_and(|stop| self.count.get() >= stop) {
            self.iterator.set(None, vm);
            return Ok(None);
        }
        let Some(item) = next_or_clear(vm, &self.iterator)? else {
            return Ok(None);
        };
        self.count.set(self.count.get() + 1);
        // Past the stop, or past the largest position, the next one is the stop.
        let next = self.next.get().saturating_add(self.step).min(isize::MAX as usize);
        self.next.set(self.stop.map_or(next, |stop| next.min(stop)));
        Ok(Some(item))
    }
}
