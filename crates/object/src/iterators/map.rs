//! `map`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::zip::{check_strict, iterators_of};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::tuple::Tuple;
use crate::{Args, Vm};

/// map(function, iterable, /, *iterables, strict=False)
/// --
///
/// What the function returns for the first items of all iterables, then for the second ones, and so on, until the shortest
/// is at its end.
///
/// With strict, it is an error if another is not at its end then.
#[pyclass(name = "map")]
pub struct Map {
    function: Value,
    iterators: Ref<Tuple>,
    strict: Cell<bool>,
}

#[pymethods]
impl Map {
    #[new]
    #[signature = "(*args, strict=False)"]
    fn new(args: Args<'_>, strict: bool, vm: &mut Vm) -> PyResult<Map> {
        let Some(function) = args.get(0).filter(|_| args.len() > 1) else {
            return Err(vm.type_error(format_args!("map() must have at least two arguments.")));
        };
        let iterators = iterators_of(args.skip(1), vm)?;
        Ok(Map { function: function.to_owned(), iterators, strict: Cell::new(strict) })
    }

    fn __iter__(this: &Object<Map>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let [iterator] = self.iterators.as_slice() {
            let Some(item) = vm.next(iterator)? else {
                return Ok(None);
            };
            return vm.call(&self.function, &[item]).map(Some);
        }
        let mut items = HeapVec::with_capacity(self.iterators.len())?;
        for (index, iterator) in self.iterators.as_slice().iter().enumerate() {
            match vm.next(iterator)? {
                Some(item) => items.push(item)?,
                None if self.strict.get() => {
                    return check_strict("map", self.iterators.as_slice(), index, vm).map(|()| None);
                }
                None => return Ok(None),
            }
        }
        vm.call(&self.function, &items).map(Some)
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Map>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let mut arguments = HeapVec::with_capacity(this.iterators.len() + 1)?;
        arguments.push(this.function.clone())?;
        arguments.try_extend(this.iterators.as_slice().iter().cloned())?;
        let (class, arguments) = (this.ty().to_value(), vm.try_tuple(arguments)?.into());
        Ok(match this.strict.get() {
            true => vm.try_tuple([class, arguments, Value::from_bool(true)])?,
            false => vm.try_tuple([class, arguments])?,
        })
    }

    /// Sets whether the iterables must be of one length.
    fn __setstate__(&self, state: bool) {
        self.strict.set(state);
    }
}
