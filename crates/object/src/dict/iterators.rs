//! The iterators of dicts: over keys, values and items, forwards and backwards.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::Dict;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::iterators::{Pair, builtin, reduced};
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// Which part of the entries an iterator or view is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Pairs of both.
    Items,
}

impl Part {
    /// That part of an entry.
    #[inline(always)]
    pub(super) fn of(self, key: Value, value: Value, heap: &mut Heap) -> PyResult {
        Ok(match self {
            Part::Keys => key,
            Part::Values => value,
            Part::Items => heap.try_tuple([key, value])?.into(),
        })
    }
}

/// Where an iteration over a dict stands, and what it must find unchanged.
#[derive(pvm_macros::Trace)]
struct Cursor {
    dict: HeapCell<Option<Ref<Dict>>>,
    /// The number of entries at the beginning; `usize::MAX` once that was found changed.
    expected: Cell<usize>,
    position: Cell<usize>,
    left: Cell<usize>,
}

impl Cursor {
    fn new(dict: Ref<Dict>, position: usize, heap: &Heap) -> Cursor {
        let len = dict.len(heap);
        Cursor { dict: HeapCell::new(Some(dict)), expected: Cell::new(len), position: Cell::new(position), left: Cell::new(len) }
    }

    /// The next entry, forwards or backwards.
    #[inline]
    fn next(&self, forwards: bool, heap: &mut Heap) -> PyResult<Option<(Value, Value)>> {
        let Some(dict) = self.dict.borrow(heap) else {
            return Ok(None);
        };
        let table = dict.table.borrow(heap);
        if table.len() != self.expected.get() {
            self.expected.set(usize::MAX);
            return Err(changed_size(heap));
        }
        let position = self.position.get();
        let found = match forwards {
            true => table.next_from(position),
            // Behind the end of a dict that was cleared meanwhile there is nothing.
            false if position > table.positions() => None,
            false => table.last_before(position),
        };
        let Some((found, key, value)) = found else {
            self.dict.set(None, heap);
            return Ok(None);
        };
        let left = self.left.get();
        if left == 0 {
            self.dict.set(None, heap);
            return Err(heap.runtime_error(format_args!("dictionary keys changed during iteration")));
        }
        let entry = (key.clone(), value.clone());
        self.left.set(left - 1);
        self.position.set(if forwards { found + 1 } else { found });
        Ok(Some(entry))
    }

    fn length_hint(&self, heap: &Heap) -> usize {
        match self.dict.borrow(heap) {
            Some(dict) if dict.len(heap) == self.expected.get() => self.left.get(),
            _ => 0,
        }
    }

    /// What is left, as a list, for pickling; the iteration itself does not move.
    fn rest(&self, part: Part, forwards: bool, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        let state = (self.expected.get(), self.position.get(), self.left.get());
        let dict = self.dict.get(vm);
        let list = vm.new_list();
        while let Some((key, value)) = self.next(forwards, vm)? {
            let item = part.of(key, value, vm)?;
            list.push(item, vm)?;
        }
        self.expected.set(state.0);
        self.position.set(state.1);
        self.left.set(state.2);
        self.dict.set(dict, vm);
        reduced(function, list.into(), None, vm)
    }
}

#[cold]
fn changed_size(heap: &mut Heap) -> Raised {
    heap.runtime_error(format_args!("dictionary changed size during iteration"))
}

macro_rules! iterators {
    ($($(#[$doc:meta])* $native:ident $name:literal $part:ident $forwards:literal;)*) => {$(
        $(#[$doc])*
        #[pyclass(name = $name, final)]
        pub struct $native {
            cursor: Cursor,
            pair: Pair,
        }

        impl $native {
            /// At the first entry of its direction.
            pub fn new(dict: Ref<Dict>, heap: &Heap) -> $native {
                let position = if $forwards { 0 } else { dict.table.borrow(heap).positions() };
                $native { cursor: Cursor::new(dict, position, heap), pair: Pair::default() }
            }

            /// The next one.
            #[inline]
            pub fn next_item(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
                match self.cursor.next($forwards, heap)? {
                    Some((key, value)) if Part::$part == Part::Items => self.pair.give(key, value, heap).map(Some),
                    Some((key, value)) => Part::$part.of(key, value, heap).map(Some),
                    None => Ok(None),
                }
            }
        }

        #[pymethods]
        impl $native {
            fn __iter__(this: &Object<$native>) -> Value {
                this.to_value()
            }

            fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
                self.next_item(heap)
            }

            /// How many are left, as far as is known.
            fn __length_hint__(&self, heap: &Heap) -> usize {
                self.cursor.length_hint(heap)
            }

            /// What pickling needs.
            fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
                self.cursor.rest(Part::$part, $forwards, vm)
            }
        }
    )*};
}

iterators! {
    /// The iterator over a dict's keys.
    DictKeyIterator "dict_keyiterator" Keys true;
    /// The iterator over a dict's values.
    DictValueIterator "dict_valueiterator" Values true;
    /// The iterator over a dict's items.
    DictItemIterator "dict_itemiterator" Items true;
    /// The iterator over a dict's keys from the last to the first.
    DictReverseKeyIterator "dict_reversekeyiterator" Keys false;
    /// The iterator over a dict's values from the last to the first.
    DictReverseValueIterator "dict_reversevalueiterator" Values false;
    /// The iterator over a dict's items from the last to the first.
    DictReverseItemIterator "dict_reverseitemiterator" Items false;
}

impl DictItemIterator {
    /// The next key and value.
    #[inline]
    pub(crate) fn next_entry(&self, heap: &mut Heap) -> PyResult<Option<(Value, Value)>> {
        self.cursor.next(true, heap)
    }
}
