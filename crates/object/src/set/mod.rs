//! `set` and `frozenset`.
//!
//! | file | what |
//! |---|---|
//! | `table.rs` | the storage |
//! | `algebra.rs` | union, intersection, difference, comparison of sets and iterables |
//! | `methods.rs` | the methods and operators |
//! | `iterator.rs` | the iterator |
//! | this one | the objects, and access to elements |

mod algebra;
mod iterator;
mod methods;
mod table;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use pvm_macros::pyclass;

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::types::Type;
use crate::{Heap, Vm};
use table::{Outcome, Table};

pub use iterator::{SET_ITERATOR_TYPE, SetIterator};

/// The elements of a set: what `set` and `frozenset` have in common.
#[derive(pvm_macros::Trace)]
pub struct Elements {
    table: HeapCell<Table>,
}

/// set(iterable=(), /)
/// --
///
/// A collection of different elements, in no order.
#[pyclass(name = "set", match_self, weakref, parts(common))]
pub struct Set {
    elements: Elements,
}

/// frozenset(iterable=(), /)
/// --
///
/// A collection of different elements that cannot change, in no order.
#[pyclass(name = "frozenset", match_self, weakref, parts(common))]
pub struct FrozenSet {
    elements: Elements,
    /// The hash, once it was asked for.
    hash: Cell<Option<i64>>,
}

impl Set {
    /// The native half of a set without elements, for classes that extend `set`.
    pub const fn empty() -> Set {
        Set { elements: Elements::new() }
    }
}

impl std::ops::Deref for Set {
    type Target = Elements;

    #[inline(always)]
    fn deref(&self) -> &Elements {
        &self.elements
    }
}

impl std::ops::Deref for FrozenSet {
    type Target = Elements;

    #[inline(always)]
    fn deref(&self) -> &Elements {
        &self.elements
    }
}

/// The elements of a set or frozenset, of a subclass or not.
#[inline]
pub fn any_set(value: &Value) -> Option<&Elements> {
    if let Some(set) = value.downcast::<Set>() {
        return Some(&set.elements);
    }
    value.downcast::<FrozenSet>().map(|set| &set.elements)
}

/// Whether a value is a set or frozenset, not of a subclass.
pub fn is_exact(value: &Value) -> bool {
    value.downcast_exact::<Set>().is_some() || value.downcast_exact::<FrozenSet>().is_some()
}

impl Elements {
    const fn new() -> Elements {
        Elements { table: HeapCell::new(Table::new()) }
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self, heap: &Heap) -> usize {
        self.table.borrow(heap).len()
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub fn is_empty(&self, heap: &Heap) -> bool {
        self.len(heap) == 0
    }

    /// The elements.
    pub fn iter<'a>(&'a self, heap: &'a Heap) -> impl Iterator<Item = &'a Value> {
        self.table.borrow(heap).iter()
    }

    /// The first element at `position` or behind it; `position` is then the one behind. Start with 0. Elements that are
    /// added or removed meanwhile may be seen or not.
    #[inline]
    pub fn next_element(&self, position: &mut usize, heap: &Heap) -> Option<Value> {
        let (slot, value) = self.table.borrow(heap).next_from(*position)?;
        *position = slot + 1;
        Some(value.clone())
    }

    /// As [`Elements::next_element`], with the element's hash.
    #[inline]
    pub fn next_hashed(&self, position: &mut usize, heap: &Heap) -> Option<(Value, i64)> {
        let table = self.table.borrow(heap);
        let (slot, value) = table.next_from(*position)?;
        *position = slot + 1;
        Some((value.clone(), table.hash_at(slot)))
    }

    /// The slot of an element. Comparing may run code that changes the set; the search then starts over.
    #[inline]
    fn find(&self, value: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<usize>> {
        let table = self.table.borrow(vm);
        match table.find_step(&mut table.probe(hash), value, hash) {
            Outcome::Missing => Ok(None),
            Outcome::Found(slot) => Ok(Some(slot)),
            Outcome::Ask(_) => self.find_by_calls(value, hash, vm),
        }
    }

    #[cold]
    #[inline(never)]
    fn find_by_calls(&self, value: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<usize>> {
        let mut probe = self.table.borrow(vm).probe(hash);
        let mut rebuilds = self.table.borrow(vm).rebuilds();
        loop {
            let table = self.table.borrow(vm);
            let slot = match table.find_step(&mut probe, value, hash) {
                Outcome::Missing => return Ok(None),
                Outcome::Found(slot) => return Ok(Some(slot)),
                Outcome::Ask(slot) => slot,
            };
            let Some(known) = table.get(slot).cloned() else {
                continue;
            };
            let equal = vm.eq(&known, value)?;
            let table = self.table.borrow(vm);
            let unchanged = table.rebuilds() == rebuilds && table.get(slot).is_some_and(|value| value.is(&known));
            if !unchanged {
                vm.poll(1)?;
                let table = self.table.borrow(vm);
                (probe, rebuilds) = (table.probe(hash), table.rebuilds());
            } else if equal {
                return Ok(Some(slot));
            }
        }
    }

    /// Whether a value is an element. A set is looked for as a frozenset.
    pub fn contains(&self, value: &Value, vm: &mut Vm) -> PyResult<bool> {
        if let Some(hash) = crate::dict::simple_hash(value) {
            return Ok(self.find(value, hash, vm)?.is_some());
        }
        self.with_hash(value, vm, |value, hash, vm| Ok(self.find(value, hash, vm)?.is_some()))
    }

    /// Whether a value whose hash is known is an element.
    pub fn contains_hashed(&self, value: &Value, hash: i64, vm: &mut Vm) -> PyResult<bool> {
        Ok(self.find(value, hash, vm)?.is_some())
    }

    /// Hashes a value and hands it on; where it is an unhashable set, a frozenset takes its place.
    fn with_hash<R>(&self, value: &Value, vm: &mut Vm, body: impl FnOnce(&Value, i64, &mut Vm) -> PyResult<R>) -> PyResult<R> {
        match vm.hash_element(value) {
            Ok(hash) => body(value, hash, vm),
            Err(_) if value.is_instance_of::<Set>() && vm.pending_is(crate::exceptions::TYPE_ERROR.get()) => {
                drop(vm.take_pending());
                let frozen = vm.new_frozenset();
                frozen.update(value, vm)?;
                let frozen = frozen.into();
                let hash = vm.hash(&frozen)?;
                body(&frozen, hash, vm)
            }
            Err(raised) => Err(raised),
        }
    }

    /// Adds an element.
    #[inline]
    pub fn add(&self, value: &Value, vm: &mut Vm) -> PyResult<()> {
        let hash = vm.hash_element(value)?;
        self.add_hashed(value, hash, vm)
    }

    /// Adds an element whose hash is known.
    #[inline]
    pub fn add_hashed(&self, value: &Value, hash: i64, vm: &mut Vm) -> PyResult<()> {
        if self.find(value, hash, vm)?.is_none() {
            self.table.borrow_mut(vm).insert(value.clone(), hash)?;
        }
        Ok(())
    }

    /// Takes an element out; whether it was there. A set is looked for as a frozenset.
    pub fn discard(&self, value: &Value, vm: &mut Vm) -> PyResult<bool> {
        self.with_hash(value, vm, |value, hash, vm| self.discard_hashed(value, hash, vm))
    }

    fn discard_hashed(&self, value: &Value, hash: i64, vm: &mut Vm) -> PyResult<bool> {
        let Some(slot) = self.find(value, hash, vm)? else {
            return Ok(false);
        };
        drop(self.table.borrow_mut(vm).remove(slot));
        Ok(true)
    }

    /// Takes some element out.
    pub fn pop_element(&self, heap: &mut Heap) -> Option<Value> {
        self.table.borrow_mut(heap).pop()
    }

    /// Removes all elements.
    pub fn remove_all(&self, heap: &mut Heap) {
        drop(self.table.borrow_mut(heap).take());
    }

    /// The hashes of the elements.
    fn hashes<'a>(&'a self, heap: &'a Heap) -> impl Iterator<Item = i64> + 'a {
        let table = self.table.borrow(heap);
        let mut position = 0;
        std::iter::from_fn(move || {
            let (slot, _) = table.next_from(position)?;
            position = slot + 1;
            Some(table.hash_at(slot))
        })
    }

    /// Bytes of the storage.
    fn storage_size(&self, heap: &Heap) -> usize {
        self.table.borrow(heap).block_size()
    }
}

impl Heap {
    /// An empty set.
    pub fn new_set(&mut self) -> Ref<Set> {
        self.alloc(Set { elements: Elements::new() })
    }

    /// An empty frozenset, to be filled before anybody sees it.
    pub fn new_frozenset(&mut self) -> Ref<FrozenSet> {
        self.alloc(FrozenSet { elements: Elements::new(), hash: Cell::new(None) })
    }

    fn new_frozenset_as(&mut self, class: &Object<Type>) -> Ref<FrozenSet> {
        self.alloc_as(class, FrozenSet { elements: Elements::new(), hash: Cell::new(None) })
    }
}

impl Vm {
    /// `set(iterable)`.
    pub fn set_of(&mut self, iterable: &Value) -> PyResult<Ref<Set>> {
        let set = self.new_set();
        set.update(iterable, self)?;
        Ok(set)
    }

    /// `frozenset(iterable)`.
    pub fn frozenset_of(&mut self, iterable: &Value) -> PyResult<Ref<FrozenSet>> {
        if let Some(set) = iterable.downcast_exact::<FrozenSet>() {
            return Ok(set.to_ref());
        }
        let set = self.new_frozenset();
        set.update(iterable, self)?;
        Ok(set)
    }

    /// A set of these values.
    pub fn set_from<'a>(&mut self, values: impl IntoIterator<Item = &'a Value>) -> PyResult<Ref<Set>> {
        let set = self.new_set();
        for value in values {
            set.add(value, self)?;
        }
        Ok(set)
    }

    /// A frozenset of these values.
    pub fn frozenset_from<'a>(&mut self, values: impl IntoIterator<Item = &'a Value>) -> PyResult<Ref<FrozenSet>> {
        let set = self.new_frozenset();
        for value in values {
            set.add(value, self)?;
        }
        Ok(set)
    }
}
