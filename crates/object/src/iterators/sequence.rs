//! Iterators over anything with the sequence protocol: `iterator` and `reversed`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::{builtin, item_of, positional_only, reduced};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::tuple::{Tuple, empty};
use crate::types::{PyClass, Type};
use crate::{Args, Heap, Vm, names};

/// The iterator over an object that has `__getitem__` but no `__iter__`.
#[pyclass(name = "iterator", final)]
pub struct SequenceIterator {
    sequence: HeapCell<Option<Value>>,
    index: Cell<isize>,
}

impl SequenceIterator {
    /// At the first item.
    pub fn new(sequence: Value) -> SequenceIterator {
        SequenceIterator { sequence: HeapCell::new(Some(sequence)), index: Cell::new(0) }
    }
}

#[pymethods]
impl SequenceIterator {
    fn __iter__(this: &Object<SequenceIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(sequence) = self.sequence.get(vm) else {
            return Ok(None);
        };
        let index = self.index.get();
        if index == isize::MAX {
            return Err(vm.overflow_error(format_args!("iter index too large")));
        }
        let item = item_of(&sequence, index, vm)?;
        match &item {
            Some(_) => self.index.set(index + 1),
            None => self.sequence.set(None, vm),
        }
        Ok(item)
    }

    /// How many items are left, where the sequence has a length.
    fn __length_hint__(&self, vm: &mut Vm) -> PyResult {
        let Some(sequence) = self.sequence.get(vm) else {
            return Ok(Value::from_i32(0));
        };
        if sequence.ty().slots().len().is_none() {
            return Ok(Value::not_implemented());
        }
        let len = vm.len(&sequence)?;
        Ok(vm.int((len as i64 - self.index.get() as i64).max(0)))
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        match self.sequence.get(vm) {
            Some(sequence) => reduced(function, sequence, Some(self.index.get() as i64), vm),
            None => reduced(function, empty().to_value(), None, vm),
        }
    }

    /// Sets the position.
    fn __setstate__(&self, state: isize, heap: &Heap) {
        if self.sequence.borrow(heap).is_some() {
            self.index.set(state.max(0));
        }
    }
}

/// reversed(sequence, /)
/// --
///
/// The items of a sequence from the last to the first.
#[pyclass(name = "reversed")]
pub struct Reversed {
    sequence: HeapCell<Option<Value>>,
    /// The position of the next item; -1 at the end.
    index: Cell<isize>,
}

#[pymethods]
impl Reversed {
    #[new]
    fn py_new(cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult {
        let args = positional_only(cls, Reversed::type_object(), args, 1, vm)?;
        let sequence = args.to_values().remove(0);
        if let Some(method) = vm.find_special(&sequence, &names::__reversed__)? {
            if !method.is_none() {
                return vm.call(&method, &[]);
            }
        } else if sequence.ty().slots().item().is_some() && !sequence.is_instance_of::<Dict>() {
            let len = vm.len(&sequence)?;
            let index = Cell::new(len as isize - 1);
            return Ok(vm.alloc_as(cls, Reversed { sequence: HeapCell::new(Some(sequence)), index }).into());
        }
        let kind = vm.type_name(&sequence);
        Err(vm.type_error(format_args!("'{kind}' object is not reversible")))
    }

    fn __iter__(this: &Object<Reversed>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let index = self.index.get();
        if index >= 0
            && let Some(sequence) = self.sequence.get(vm)
            && let Some(item) = item_of(&sequence, index, vm)?
        {
            self.index.set(index - 1);
            return Ok(Some(item));
        }
        self.index.set(-1);
        self.sequence.set(None, vm);
        Ok(None)
    }

    /// How many items are left, as far as is known.
    fn __length_hint__(&self, vm: &mut Vm) -> PyResult<usize> {
        let Some(sequence) = self.sequence.get(vm) else {
            return Ok(0);
        };
        let len = vm.len(&sequence)?;
        let left = (self.index.get() + 1) as usize;
        Ok(if len < left { 0 } else { left })
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Reversed>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let (class, sequence) = (this.ty().to_value(), this.sequence.get(vm));
        let rest = sequence.is_some();
        let arguments = vm.try_tuple([sequence.unwrap_or_else(|| empty().to_value())])?;
        if !rest {
            return Ok(vm.try_tuple([class, arguments.into()])?);
        }
        let state = vm.int(this.index.get() as i64);
        Ok(vm.try_tuple([class, arguments.into(), state])?)
    }

    /// Sets the position.
    fn __setstate__(&self, state: isize, vm: &mut Vm) -> PyResult<()> {
        let Some(sequence) = self.sequence.get(vm) else {
            return Ok(());
        };
        let len = vm.len(&sequence)?;
        self.index.set(state.clamp(-1, len as isize - 1));
        Ok(())
    }
}
