//! `dict`: compact and ordered.
//!
//! | file | what |
//! |---|---|
//! | `table.rs` | the storage |
//! | `template.rs` | the keys of `__dict__`s made again and again |
//! | `key.rs` | hashes that cost no call |
//! | `lookup.rs` | access by keys of any class |
//! | `update.rs` | filling a dict from mappings and pairs |
//! | `methods.rs` | the methods and operators |
//! | `views.rs`, `iterators.rs` | keys, values and items |
//! | this one | the object, access by strings, by position, and what caches need |

mod iterators;
mod key;
mod lookup;
mod methods;
mod table;
pub(crate) mod template;
#[cfg(test)]
mod tests;
mod update;
mod views;

use pvm_macros::pyclass;

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::heap::OutOfMemory;
use crate::str::Str;
use crate::types::Type;
use crate::{Heap, Vm};
use table::Table;

pub use iterators::{
    DictItemIterator, DictKeyIterator, DictReverseItemIterator, DictReverseKeyIterator, DictReverseValueIterator,
    DictValueIterator,
};
pub use key::{Fits, simple_hash};
pub(crate) use key::{compare_simply, fits, int_hash};
pub use update::plain_dict;
pub use views::{DictItems, DictKeys, DictValues};

/// dict() -> a dict without entries
/// dict(mapping) -> a dict with the entries of a mapping
/// dict(iterable) -> a dict of pairs of a key and a value
/// dict(**kwargs) -> a dict of names and values
///
/// These may be combined: dict(mapping, name=value).
#[pyclass(name = "dict", mapping, match_self)]
pub struct Dict {
    table: HeapCell<Table>,
}

impl Dict {
    /// The native half of a dict without entries, for classes that extend `dict`.
    pub const fn empty() -> Dict {
        Dict { table: HeapCell::new(Table::new()) }
    }
}

impl Object<Dict> {
    /// The number of entries.
    #[inline(always)]
    pub fn len(&self, heap: &Heap) -> usize {
        self.table.borrow(heap).len()
    }

    /// Whether there are no entries.
    #[inline(always)]
    pub fn is_empty(&self, heap: &Heap) -> bool {
        self.len(heap) == 0
    }

    /// The value under a string.
    #[inline]
    pub fn get_str(&self, name: &Object<Str>, heap: &Heap) -> Option<Value> {
        self.get_str_ref(name, heap).map(ValueRef::to_owned)
    }

    /// The value under a string, borrowed.
    #[inline]
    pub fn get_str_ref<'a>(&'a self, name: &Object<Str>, heap: &'a Heap) -> Option<ValueRef<'a>> {
        let table = self.table.borrow(heap);
        table.value(table.find_name(name)?)
    }

    /// Whether a string is a key.
    pub fn contains_str(&self, name: &Object<Str>, heap: &Heap) -> bool {
        self.table.borrow(heap).find_name(name).is_some()
    }

    /// Puts a value under a string.
    #[inline]
    pub fn set_str(&self, name: &Object<Str>, value: Value, heap: &mut Heap) -> PyResult<()> {
        let table = self.table.borrow_mut(heap);
        match table.find_name(name) {
            Some(position) => {
                let old = table.replace(position, value);
                drop(old);
            }
            None => table.insert(name.to_value(), value, name.hash_code())?,
        }
        Ok(())
    }

    /// Puts a value under a string that is no key yet.
    pub(crate) fn add_str(&self, name: Ref<Str>, value: Value, heap: &mut Heap) -> Result<(), OutOfMemory> {
        let hash = name.hash_code();
        self.table.borrow_mut(heap).insert(name.into(), value, hash)
    }

    /// Takes the value under a string out.
    pub fn remove_str(&self, name: &Object<Str>, heap: &mut Heap) -> Option<Value> {
        let table = self.table.borrow_mut(heap);
        let (key, value) = table.remove(table.find_name(name)?);
        drop(key);
        Some(value)
    }

    /// The string keys and their values, in order.
    pub fn str_items(&self, heap: &Heap) -> Vec<(Ref<Str>, Value)> {
        let entries = self.table.borrow(heap).iter();
        entries.filter_map(|(key, value)| Some((key.downcast::<Str>()?.to_ref(), value.clone()))).collect()
    }

    /// Whether every key is a plain string, so that no key's comparison runs code.
    #[inline(always)]
    pub fn has_only_names(&self, heap: &Heap) -> bool {
        self.table.borrow(heap).layout() == Fits::Names
    }

    /// The number that says which names lie where, for caches: it changes when a key is added or removed, not when a
    /// value is replaced, and no other dict has the same. 0 where the dict cannot be cached.
    #[inline]
    pub fn version(&self, heap: &Heap) -> u32 {
        match self.table.borrow(heap).version().get() {
            0 => self.renew_version(heap),
            version => version,
        }
    }

    /// The version as it is, 0 before [`version`](Self::version) gave one: what a guard compares.
    #[inline(always)]
    pub fn known_version(&self, heap: &Heap) -> u32 {
        self.table.borrow(heap).version().get()
    }

    #[cold]
    fn renew_version(&self, heap: &Heap) -> u32 {
        let table = self.table.borrow(heap);
        let next = &heap.state().next_dict_version;
        if table.layout() == Fits::Names && next.get() != 0 {
            // Once the numbers are used up the counter stays 0, and nothing more is cached.
            table.version().set(next.get());
            next.set(next.get().wrapping_add(1));
        }
        table.version().get()
    }

    /// The position of the entry of a name; it holds as long as the version does.
    pub fn entry_index(&self, name: &Object<Str>, heap: &Heap) -> Option<usize> {
        self.table.borrow(heap).find_name(name)
    }

    /// The value at a position.
    #[inline(always)]
    pub fn value_at<'a>(&'a self, index: usize, heap: &'a Heap) -> Option<ValueRef<'a>> {
        self.table.borrow(heap).value(index)
    }

    /// The value at a position, where the dict has this version.
    ///
    /// # Safety
    /// The version is one that [`version`](Self::version) gave, not 0.
    #[inline(always)]
    pub unsafe fn value_in_version<'a>(&'a self, version: u32, index: usize, heap: &'a Heap) -> Option<ValueRef<'a>> {
        let table = self.table.borrow(heap);
        if table.version().get() != version {
            return None;
        }
        // SAFETY: only tables of names get versions.
        unsafe { table.name_value(index) }
    }

    /// The value at a position where this very name is the key.
    #[inline(always)]
    pub fn value_of_name_at<'a>(&'a self, index: usize, name: &Object<Str>, heap: &'a Heap) -> Option<ValueRef<'a>> {
        let (key, value) = self.table.borrow(heap).get(index)?;
        (key.bits() == name.as_value().bits()).then(|| value.borrowed())
    }

    /// Replaces the value at a position that holds an entry and returns the old one.
    #[inline(always)]
    pub fn set_value_at(&self, index: usize, value: Value, heap: &mut Heap) -> Value {
        self.table.borrow_mut(heap).replace(index, value)
    }

    /// The first entry at `position` or behind it; `position` is then the one behind. Start with 0. Entries that are
    /// added or removed meanwhile may be seen or not.
    #[inline]
    pub fn next_entry<'a>(&'a self, position: &mut usize, heap: &'a Heap) -> Option<(ValueRef<'a>, ValueRef<'a>)> {
        let (found, key, value) = self.table.borrow(heap).next_from(*position)?;
        *position = found + 1;
        Some((key.borrowed(), value.borrowed()))
    }

    /// As [`next_entry`](Self::next_entry): the key and its hash.
    #[inline]
    pub fn next_hashed_key(&self, position: &mut usize, heap: &Heap) -> Option<(Value, i64)> {
        let table = self.table.borrow(heap);
        let (found, key, _) = table.next_from(*position)?;
        *position = found + 1;
        Some((key.clone(), table.hash_at(found)))
    }

    /// The entries in order.
    pub fn entries<'a>(&'a self, heap: &'a Heap) -> impl Iterator<Item = (ValueRef<'a>, ValueRef<'a>)> + 'a {
        self.table.borrow(heap).iter().map(|(key, value)| (key.borrowed(), value.borrowed()))
    }

    /// Takes the last entry out.
    pub fn pop_item(&self, heap: &mut Heap) -> Option<(Value, Value)> {
        self.table.borrow_mut(heap).pop_last()
    }

    /// Removes all entries.
    pub fn clear(&self, heap: &mut Heap) {
        drop(self.table.replace(Table::new(), heap));
    }

    /// Room for `additional` more entries.
    pub fn reserve(&self, additional: usize, heap: &mut Heap) -> PyResult<()> {
        Ok(self.table.borrow_mut(heap).reserve(additional)?)
    }

    /// A plain dict with the same entries.
    pub fn copy(&self, heap: &mut Heap) -> PyResult<Ref<Dict>> {
        let table = self.table.borrow(heap).try_clone()?;
        Ok(heap.alloc(Dict { table: HeapCell::new(table) }))
    }

    /// Bytes the object and its storage take.
    pub fn size_in_memory(&self, heap: &Heap) -> usize {
        size_of::<Object<Dict>>() + self.table.borrow(heap).block_size()
    }

    /// Puts all entries of `other` in; where a key is there already its value is replaced if `replace` says so.
    pub fn merge(&self, other: &Object<Dict>, replace: bool, vm: &mut Vm) -> PyResult<()> {
        if std::ptr::eq(self, other) || other.is_empty(vm) {
            return Ok(());
        }
        if self.is_empty(vm) {
            let table = other.table.borrow(vm).try_clone()?;
            drop(self.table.replace(table, vm));
            return Ok(());
        }
        let expected = other.len(vm);
        self.reserve(expected.saturating_sub(self.len(vm)), vm)?;
        let mut position = 0;
        loop {
            let Some((found, key, value)) = other.table.borrow(vm).next_from(position) else {
                return Ok(());
            };
            let (key, value) = (key.clone(), value.clone());
            let hash = other.table.borrow(vm).hash_at(found);
            position = found + 1;
            match self.find(&key, hash, vm)? {
                None => self.add(key, hash, value, vm)?,
                Some(known) if replace => self.put(known, value, vm),
                Some(_) => {}
            }
            if other.len(vm) != expected {
                return Err(vm.runtime_error(format_args!("dict mutated during update")));
            }
        }
    }
}

impl Heap {
    /// An empty dict.
    pub fn new_dict(&mut self) -> Ref<Dict> {
        self.alloc(Dict::empty())
    }

    /// An empty dict with room for `count` entries.
    pub fn dict_with_capacity(&mut self, count: usize) -> Result<Ref<Dict>, OutOfMemory> {
        let table = Table::with_capacity(count)?;
        Ok(self.alloc(Dict { table: HeapCell::new(table) }))
    }

    /// An empty dict of the class `class`, which is `dict` or a subclass.
    pub fn new_dict_as(&mut self, class: &Object<Type>) -> Ref<Dict> {
        self.alloc_as(class, Dict { table: HeapCell::new(Table::new()) })
    }

    /// A dict of names and values.
    pub fn dict_from_names<'a>(
        &mut self,
        pairs: impl IntoIterator<Item = (&'a Object<Str>, Value), IntoIter: ExactSizeIterator>,
    ) -> PyResult<Ref<Dict>> {
        let pairs = pairs.into_iter();
        let dict = self.dict_with_capacity(pairs.len())?;
        for (name, value) in pairs {
            dict.set_str(name, value, self)?;
        }
        Ok(dict)
    }
}

impl Vm {
    /// A dict of keys and values, given in turn; the later of equal keys wins.
    pub fn dict_from_pairs<'a>(&mut self, pairs: impl ExactSizeIterator<Item = (&'a Value, &'a Value)>) -> PyResult<Ref<Dict>> {
        let dict = self.dict_with_capacity(pairs.len())?;
        for (key, value) in pairs {
            dict.set(key, value.clone(), self)?;
        }
        Ok(dict)
    }
}
