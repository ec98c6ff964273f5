//! `filter`.

use pvm_macros::{pyclass, pymethods};

use super::positional_only;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::int::BOOL_TYPE;
use crate::tuple::Tuple;
use crate::types::{PyClass, Type};
use crate::{Args, Heap, Vm};

/// filter(function, iterable, /)
/// --
///
/// The items of the iterable for which the function returns something true; with None, the items that are true themselves.
#[pyclass(name = "filter")]
pub struct Filter {
    function: Value,
    iterator: Value,
}

#[pymethods]
impl Filter {
    #[new]
    fn py_new(cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult {
        let args = positional_only(cls, Filter::type_object(), args, 2, vm)?.to_values();
        let iterator = vm.iter(&args[1])?;
        Ok(vm.alloc_as(cls, Filter { function: args[0].clone(), iterator }).into())
    }

    fn __iter__(this: &Object<Filter>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let by_truth = self.function.is_none() || self.function.is(&BOOL_TYPE.as_value());
        while let Some(item) = vm.next(&self.iterator)? {
            let keep = if by_truth {
                vm.truth(&item)?
            } else {
                let answer = vm.call(&self.function, std::slice::from_ref(&item))?;
                vm.truth(&answer)?
            };
            if keep {
                return Ok(Some(item));
            }
            vm.poll(1)?;
        }
        Ok(None)
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Filter>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let arguments = heap.try_tuple([this.function.clone(), this.iterator.clone()])?;
        Ok(heap.try_tuple([this.ty().to_value(), arguments.into()])?)
    }
}
