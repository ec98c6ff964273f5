//! Access by keys of any class. Comparing keys may run code that changes the dict; a search then starts over, as
//! CPython's `_Py_dict_lookup` does.

use super::Dict;
use super::table::Outcome;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::{Heap, Vm};

impl Object<Dict> {
    /// The position of a key with the hash `hash`.
    #[inline]
    pub fn find(&self, key: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<usize>> {
        let table = self.table.borrow(vm);
        match table.find_step(&mut table.probe(hash), key, hash) {
            Outcome::Missing => Ok(None),
            Outcome::Found(position) => Ok(Some(position)),
            Outcome::Ask(_) => self.find_by_calls(key, hash, vm),
        }
    }

    #[cold]
    #[inline(never)]
    fn find_by_calls(&self, key: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<usize>> {
        let mut probe = self.table.borrow(vm).probe(hash);
        let mut rebuilds = self.table.borrow(vm).rebuilds();
        loop {
            let table = self.table.borrow(vm);
            let position = match table.find_step(&mut probe, key, hash) {
                Outcome::Missing => return Ok(None),
                Outcome::Found(position) => return Ok(Some(position)),
                Outcome::Ask(position) => position,
            };
            let known = table.get(position).map(|(key, _)| key.clone()).expect("a key that was found");
            let equal = vm.eq(&known, key)?;
            let table = self.table.borrow(vm);
            let unchanged = table.rebuilds() == rebuilds && table.get(position).is_some_and(|(key, _)| key.is(&known));
            if !unchanged {
                vm.poll(1)?;
                let table = self.table.borrow(vm);
                (probe, rebuilds) = (table.probe(hash), table.rebuilds());
            } else if equal {
                return Ok(Some(position));
            }
        }
    }

    /// The value under a key.
    #[inline]
    pub fn get(&self, key: &Value, vm: &mut Vm) -> PyResult<Option<Value>> {
        let hash = vm.hash_key(key)?;
        self.get_hashed(key, hash, vm)
    }

    /// The value under a key whose hash is known.
    #[inline]
    pub fn get_hashed(&self, key: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(position) = self.find(key, hash, vm)? else {
            return Ok(None);
        };
        Ok(self.table.borrow(vm).value(position).map(|value| value.to_owned()))
    }

    /// Whether a key is there.
    pub fn contains(&self, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        let hash = vm.hash_key(key)?;
        Ok(self.find(key, hash, vm)?.is_some())
    }

    /// Puts a value under a key.
    #[inline]
    pub fn set(&self, key: &Value, value: Value, vm: &mut Vm) -> PyResult<()> {
        let hash = vm.hash_key(key)?;
        self.set_hashed(key, hash, value, vm)
    }

    /// Puts a value under a key whose hash is known.
    #[inline]
    pub fn set_hashed(&self, key: &Value, hash: i64, value: Value, vm: &mut Vm) -> PyResult<()> {
        let table = self.table.borrow(vm);
        let mut probe = table.probe(hash);
        let found = match table.find_step(&mut probe, key, hash) {
            Outcome::Missing => return Ok(self.table.borrow_mut(vm).insert_at(&probe, key.clone(), value, hash)?),
            Outcome::Found(position) => Some(position),
            Outcome::Ask(_) => self.find_by_calls(key, hash, vm)?,
        };
        match found {
            Some(position) => self.put(position, value, vm),
            None => self.add(key.clone(), hash, value, vm)?,
        }
        Ok(())
    }

    /// Replaces the value at a position that was just found.
    #[inline]
    pub(super) fn put(&self, position: usize, value: Value, heap: &mut Heap) {
        let old = self.table.borrow_mut(heap).replace(position, value);
        drop(old);
    }

    /// Adds an entry whose key was just found missing.
    #[inline]
    pub(super) fn add(&self, key: Value, hash: i64, value: Value, heap: &mut Heap) -> PyResult<()> {
        Ok(self.table.borrow_mut(heap).insert(key, value, hash)?)
    }

    /// Takes a key out and returns its value.
    pub fn remove(&self, key: &Value, vm: &mut Vm) -> PyResult<Option<Value>> {
        let hash = vm.hash_key(key)?;
        self.remove_hashed(key, hash, vm)
    }

    /// Takes a key whose hash is known out and returns its value.
    pub fn remove_hashed(&self, key: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(position) = self.find(key, hash, vm)? else {
            return Ok(None);
        };
        let (key, value) = self.table.borrow_mut(vm).remove(position);
        drop(key);
        Ok(Some(value))
    }

    /// The value under a key; `default` is put there where the key is missing.
    pub fn set_default(&self, key: &Value, default: &Value, vm: &mut Vm) -> PyResult {
        let hash = vm.hash_key(key)?;
        if let Some(value) = self.get_hashed(key, hash, vm)? {
            return Ok(value);
        }
        self.add(key.clone(), hash, default.clone(), vm)?;
        Ok(default.clone())
    }
}
