//! The iterators of `str`: one for ASCII, one for the rest.

use pvm_macros::{pyclass, pymethods};

use super::Str;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::iterators::{builtin, reduced};
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The characters of a string one by one.
#[pyclass(name = "str_iterator", final)]
pub struct StrIterator {
    /// The string, until its end was reached.
    text: HeapCell<Option<Ref<Str>>>,
    next: HeapCell<usize>,
}

/// The characters of an ASCII string one by one.
#[pyclass(name = "str_ascii_iterator", final)]
pub struct StrAsciiIterator {
    /// The string, until its end was reached.
    text: HeapCell<Option<Ref<Str>>>,
    next: HeapCell<usize>,
}

macro_rules! iterator {
    ($class:ident) => {
        #[pymethods]
        impl $class {
            fn __iter__(this: &Value) -> Value {
                this.clone()
            }

            fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
                let next = *self.next.borrow(heap);
                let Some(text) = self.text.borrow(heap) else {
                    return Ok(None);
                };
                if next < text.len() {
                    let point = text.view().get(next);
                    self.next.set(next + 1, heap);
                    return Ok(Some(heap.str_of_char(point)?.into()));
                }
                self.text.set(None, heap);
                Ok(None)
            }

            /// How many characters are left.
            fn __length_hint__(&self, heap: &Heap) -> usize {
                match self.text.borrow(heap) {
                    Some(text) => text.len() - (*self.next.borrow(heap)).min(text.len()),
                    None => 0,
                }
            }

            /// What pickling needs.
            fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
                let function = builtin("iter", vm)?;
                let index = *self.next.borrow(vm);
                match self.text.get(vm) {
                    Some(text) => reduced(function, text.into(), Some(index as i64), vm),
                    None => reduced(function, super::intern::EMPTY.get().to_value(), None, vm),
                }
            }

            /// Sets the position, as unpickling does.
            fn __setstate__(&self, heap: &mut Heap, state: isize) {
                if let Some(len) = self.text.borrow(heap).as_ref().map(|text| text.len()) {
                    self.next.set((state.max(0) as usize).min(len), heap);
                }
            }
        }
    };
}

iterator!(StrIterator);
iterator!(StrAsciiIterator);

#[pymethods(part = iterator)]
impl Str {
    fn __iter__(this: &Object<Self>, heap: &mut Heap) -> Value {
        let (text, next) = (HeapCell::new(Some(this.to_ref())), HeapCell::new(0));
        match this.is_ascii() {
            true => heap.alloc(StrAsciiIterator { text, next }).into(),
            false => heap.alloc(StrIterator { text, next }).into(),
        }
    }
}
