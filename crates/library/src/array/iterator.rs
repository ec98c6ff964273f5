//! The iterator of `array`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, Object, PyResult, Ref, Value, Vm};

use super::Array;

/// The items one by one.
#[pyclass(name = "arrayiterator", module = "array", no_export, final)]
pub struct ArrayIterator {
    /// The array, until its end was reached.
    array: HeapCell<Option<Ref<Array>>>,
    next: Cell<usize>,
}

impl ArrayIterator {
    /// One that begins at the first item.
    pub fn over(array: &Object<Array>) -> ArrayIterator {
        ArrayIterator { array: HeapCell::new(Some(array.to_ref())), next: Cell::new(0) }
    }
}

#[pymethods]
impl ArrayIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let next = self.next.get();
        let Some(array) = self.array.borrow(heap) else {
            return Ok(None);
        };
        let (kind, word) = (array.kind(), array.word(next, heap));
        match word {
            Some(word) => {
                self.next.set(next + 1);
                (kind.load)(word, heap).map(Some)
            }
            None => {
                self.array.set(None, heap);
                Ok(None)
            }
        }
    }

    /// Return state information for pickling.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let name = vm.intern("iter");
        let function = vm.import_attr("builtins", &name)?;
        match self.array.get(vm) {
            Some(array) => {
                let (arguments, state) = (vm.try_tuple([array.into()])?, vm.int(self.next.get() as i64));
                Ok(vm.try_tuple([function, arguments.into(), state])?)
            }
            None => {
                let nothing = vm.new_list();
                let arguments = vm.try_tuple([nothing.into()])?;
                Ok(vm.try_tuple([function, arguments.into()])?)
            }
        }
    }

    /// Set state information for unpickling.
    fn __setstate__(&self, heap: &Heap, state: isize) {
        if let Some(array) = self.array.borrow(heap) {
            self.next.set(usize::try_from(state).unwrap_or(0).min(array.len(heap)));
        }
    }
}
