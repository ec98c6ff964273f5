//! `accumulate` and `starmap`: a function applied to what comes.

use pvm_macros::{pyclass, pymethods};
use pvm_object::ops::BinaryOp;
use pvm_object::tuple::Tuple;
use pvm_object::{HeapCell, PyResult, Value, Vm};

/// accumulate(iterable, func=None, *, initial=None)
/// --
///
/// Return series of accumulated sums (or other binary function results).
#[pyclass(name = "accumulate", module = "itertools")]
pub struct Accumulate {
    iterator: Value,
    function: Option<Value>,
    total: HeapCell<Option<Value>>,
    initial: HeapCell<Option<Value>>,
}

#[pymethods]
impl Accumulate {
    #[new]
    #[signature = "(iterable, func=None, *, initial=None)"]
    fn new(vm: &mut Vm, iterable: &Value, func: Option<Value>, initial: Option<Value>) -> PyResult<Accumulate> {
        Ok(Accumulate {
            iterator: vm.iter(iterable)?,
            function: func,
            total: HeapCell::new(None),
            initial: HeapCell::new(initial),
        })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let Some(initial) = self.initial.replace(None, vm) {
            self.total.set(Some(initial.clone()), vm);
            return Ok(Some(initial));
        }
        let Some(item) = vm.next(&self.iterator)? else {
            return Ok(None);
        };
        let total = match (self.total.get(vm), &self.function) {
            (None, _) => item,
            (Some(total), None) => vm.binary(BinaryOp::Add, &total, &item)?,
            (Some(total), Some(function)) => vm.call(function, &[total, item])?,
        };
        self.total.set(Some(total.clone()), vm);
        Ok(Some(total))
    }
}

/// starmap(function, iterable, /)
/// --
///
/// Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.
#[pyclass(name = "starmap", module = "itertools")]
pub struct StarMap {
    function: Value,
    iterator: Value,
}

#[pymethods]
impl StarMap {
    #[new]
    #[signature = "(function, iterable, /)"]
    fn new(vm: &mut Vm, function: Value, iterable: &Value) -> PyResult<StarMap> {
        Ok(StarMap { function, iterator: vm.iter(iterable)? })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(arguments) = vm.next(&self.iterator)? else {
            return Ok(None);
        };
        let arguments = match arguments.downcast::<Tuple>() {
            Some(tuple) => tuple.to_ref(),
            None => vm.tuple_of(&arguments)?,
        };
        vm.call(&self.function, arguments.as_slice()).map(Some)
    }
}
