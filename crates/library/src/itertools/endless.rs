//! Iterators without an end of their own: `count`, `cycle`, `repeat`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::BinaryOp;
use pvm_object::{HeapCell, HeapVec, PyResult, Value, Vm};

/// count(start=0, step=1)
/// --
///
/// Return a count object whose .__next__() method returns consecutive values.
///
/// Equivalent to:
///     def count(firstval=0, step=1):
///         x = firstval
///         while 1:
///             yield x
///             x += step
#[pyclass(name = "count", module = "itertools")]
pub struct Count {
    next: HeapCell<Value>,
    step: Value,
}

fn is_number(value: &Value) -> bool {
    let slots = value.ty().slots();
    slots.index().is_some() || slots.int().is_some() || slots.float().is_some() || value.as_complex().is_some()
}

/// A value that counts by one: an int of any class.
fn is_one(value: &Value) -> bool {
    value.as_int_ref().and_then(|number| number.to_i64()) == Some(1)
}

#[pymethods]
impl Count {
    #[new]
    #[signature = "(start=<unrepresentable>, step=<unrepresentable>)"]
    fn new(vm: &mut Vm, start: Option<Value>, step: Option<Value>) -> PyResult<Count> {
        if start.iter().chain(&step).any(|value| !is_number(value)) {
            return Err(vm.type_error(format_args!("a number is required")));
        }
        let start = start.unwrap_or_else(|| Value::from_i32(0));
        let step = step.unwrap_or_else(|| Value::from_i32(1));
        // Counting by one from an int gives plain ints.
        let next = match is_one(&step) && start.as_int().is_some() {
            true => vm.plain_int(&start),
            false => start,
        };
        Ok(Count { next: HeapCell::new(next), step })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let current = self.next.get(vm);
        let next = match (current.as_small_int(), self.step.as_small_int()) {
            (Some(current), Some(step)) => vm.int(current + step),
            _ => vm.binary(BinaryOp::Add, &current, &self.step)?,
        };
        self.next.set(next, vm);
        Ok(Some(current))
    }

    fn __repr__(this: &pvm_object::Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let class = this.ty().short_name().to_owned();
        let next = this.next.get(vm);
        let next = vm.repr(&next)?;
        if is_one(&this.step) {
            return Ok(format!("{class}({next})"));
        }
        let step = vm.repr(&this.step)?;
        Ok(format!("{class}({next}, {step})"))
    }
}

/// cycle(iterable, /)
/// --
///
/// Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.
#[pyclass(name = "cycle", module = "itertools")]
pub struct Cycle {
    /// The iterator, until it has ended.
    iterator: HeapCell<Option<Value>>,
    saved: HeapCell<HeapVec<Value>>,
    index: Cell<usize>,
}

#[pymethods]
impl Cycle {
    #[new]
    #[signature = "(iterable, /)"]
    fn new(vm: &mut Vm, iterable: &Value) -> PyResult<Cycle> {
        let iterator = vm.iter(iterable)?;
        Ok(Cycle { iterator: HeapCell::new(Some(iterator)), saved: HeapCell::default(), index: Cell::new(0) })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let Some(iterator) = self.iterator.get(vm) {
            if let Some(item) = vm.next(&iterator)? {
                self.saved.borrow_mut(vm).push(item.clone())?;
                return Ok(Some(item));
            }
            self.iterator.set(None, vm);
        }
        let saved = self.saved.borrow(vm);
        let index = self.index.get();
        let item = saved.get(index).cloned();
        self.index.set(if index + 1 >= saved.len() { 0 } else { index + 1 });
        Ok(item)
    }
}

/// repeat(object [,times]) -> create an iterator which returns the object
/// for the specified number of times.  If not specified, returns the object
/// endlessly.
#[pyclass(name = "repeat", module = "itertools")]
pub struct Repeat {
    object: Value,
    /// How often it still comes; none is without end.
    left: Cell<Option<usize>>,
}

#[pymethods]
impl Repeat {
    #[new]
    #[text_signature = ""]
    #[signature = "(object, times=<unrepresentable>)"]
    fn new(object: Value, times: Option<isize>) -> Repeat {
        Repeat { object, left: Cell::new(times.map(|times| times.max(0) as usize)) }
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self) -> Option<Value> {
        match self.left.get() {
            Some(0) => return None,
            Some(left) => self.left.set(Some(left - 1)),
            None => {}
        }
        Some(self.object.clone())
    }

    fn __repr__(this: &pvm_object::Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let class = this.ty().short_name().to_owned();
        let object = vm.repr(&this.object)?;
        Ok(match this.left.get() {
            Some(left) => format!("{class}({object}, {left})"),
            None => format!("{class}({object})"),
        })
    }

    /// Private method returning an estimate of len(list(it)).
    fn __length_hint__(&self, vm: &mut Vm) -> PyResult<usize> {
        match self.left.get() {
            Some(left) => Ok(left),
            None => Err(vm.type_error(format_args!("len() of unsized object"))),
        }
    }
}
