//! `list`. Its fields lie where CPython's `PyListObject` has them: length at 16, items at 24, room at 32.
//!
//! | file | what |
//! |---|---|
//! | `methods.rs` | the methods and operators |
//! | `subscript.rs` | items and slices, read, replaced and deleted |
//! | `sort.rs` | `sort`: keys, specialised comparisons |
//! | `timsort.rs` | the algorithm |
//! | this one | the object and what the machine does with it |

mod methods;
mod sort;
mod subscript;
#[cfg(test)]
mod tests;
mod timsort;

use pvm_macros::pyclass;

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::{HeapVec, OutOfMemory};
use crate::tuple::Tuple;
use crate::types::{PyClass, Type};
use crate::{Heap, Vm};

/// list(iterable=(), /)
/// --
///
/// A sequence that can change.
///
/// Empty without an argument; else it holds the items of the iterable.
#[pyclass(name = "list", sequence, match_self)]
pub struct List {
    items: HeapCell<HeapVec<Value>>,
}

const _: () = {
    assert!(std::mem::offset_of!(Object<List>, native) == 16);
    assert!(size_of::<Object<List>>() == 40);
};

impl List {
    /// A list of these items.
    pub const fn from_items(items: HeapVec<Value>) -> List {
        List { items: HeapCell::new(items) }
    }

    /// The number of items.
    #[inline(always)]
    pub fn len(&self, heap: &Heap) -> usize {
        self.items.borrow(heap).len()
    }

    /// Whether there are no items.
    #[inline(always)]
    pub fn is_empty(&self, heap: &Heap) -> bool {
        self.len(heap) == 0
    }

    /// The items.
    #[inline(always)]
    pub fn items<'a>(&'a self, heap: &'a Heap) -> &'a [Value] {
        self.items.borrow(heap)
    }

    /// The items, to change them in place.
    #[inline(always)]
    pub fn items_mut<'a>(&'a self, heap: &'a mut Heap) -> &'a mut HeapVec<Value> {
        self.items.borrow_mut(heap)
    }

    /// The item at a position. Loops that call out ask for one item after the other.
    #[inline(always)]
    pub fn get(&self, index: usize, heap: &Heap) -> Option<Value> {
        self.items.borrow(heap).get(index).cloned()
    }

    /// Replaces the item at a position and returns the old one; gives the new one back where there is no such position.
    #[inline]
    pub fn set(&self, index: usize, item: Value, heap: &mut Heap) -> Result<Value, Value> {
        match self.items.borrow_mut(heap).get_mut(index) {
            Some(place) => Ok(std::mem::replace(place, item)),
            None => Err(item),
        }
    }

    /// Appends an item.
    #[inline(always)]
    pub fn push(&self, item: Value, heap: &mut Heap) -> Result<(), OutOfMemory> {
        self.items.borrow_mut(heap).push(item)
    }

    /// Removes all items.
    pub fn clear(&self, heap: &mut Heap) {
        if self.items.borrow(heap).capacity() != 0 {
            drop(self.take_items(heap));
        }
    }

    /// Takes all items out.
    pub fn take_items(&self, heap: &mut Heap) -> HeapVec<Value> {
        self.items.borrow_mut(heap).take()
    }

    /// Appends what an iterable yields.
    pub fn extend(&self, iterable: &Value, vm: &mut Vm) -> PyResult<()> {
        if let Some(list) = iterable.downcast_exact::<List>() {
            let copy = HeapVec::from_slice(list.items(vm))?;
            return self.append_all(copy, vm);
        }
        if let Some(tuple) = iterable.downcast_exact::<Tuple>() {
            let items = self.items.borrow_mut(vm);
            return Ok(items.try_extend(tuple.as_slice().iter().cloned())?);
        }
        let iterator = vm.iter(iterable)?;
        let hint = vm.length_hint(iterable, 8)?;
        // A hint that cannot be true is not believed; what is needed is asked for as it comes.
        let items = self.items.borrow_mut(vm);
        if items.len().checked_add(hint).is_some_and(|len| len < 1 << 40) && items.is_empty() {
            items.reserve_exact(hint)?;
        }
        while let Some(item) = vm.next(&iterator)? {
            self.push(item, vm)?;
        }
        self.items.borrow_mut(vm).trim();
        Ok(())
    }

    fn append_all(&self, items: HeapVec<Value>, heap: &mut Heap) -> PyResult<()> {
        if items.is_empty() {
            return Ok(());
        }
        let own = self.items.borrow_mut(heap);
        if own.is_empty() {
            drop(std::mem::replace(own, items));
            return Ok(());
        }
        Ok(own.try_extend(items)?)
    }
}

impl Heap {
    /// An empty list.
    pub fn new_list(&mut self) -> Ref<List> {
        self.alloc(List::from_items(HeapVec::new()))
    }

    /// A list of these items.
    pub fn list_from(&mut self, items: HeapVec<Value>) -> Ref<List> {
        self.alloc(List::from_items(items))
    }

    /// A list of what an iterator yields.
    pub fn try_list(&mut self, items: impl IntoIterator<Item = Value>) -> Result<Ref<List>, OutOfMemory> {
        let items = HeapVec::try_from_iter(items)?;
        Ok(self.list_from(items))
    }

    /// An empty list of the class `class`, which is `list` or a subclass.
    pub fn new_list_as(&mut self, class: &Object<Type>) -> Ref<List> {
        self.alloc_as(class, List::from_items(HeapVec::new()))
    }
}

impl Vm {
    /// `list(iterable)`.
    pub fn list_of(&mut self, iterable: &Value) -> PyResult<Ref<List>> {
        let list = self.new_list();
        list.extend(iterable, self)?;
        Ok(list)
    }
}

/// Whether a value is a list, of a subclass or not.
pub fn is_list(value: &Value) -> bool {
    value.ty().has_layout_of(List::type_object())
}
