//! Union, intersection, difference and comparison. Which side is walked, and when a table grows, is as in CPython's
//! `setobject.c`, so that the order of the results is the same.

use super::{Elements, any_set};
use crate::Vm;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::ops::CompareOp;

impl Elements {
    /// Adds the elements of an iterable (`set_update_local`).
    pub fn update(&self, iterable: &Value, vm: &mut Vm) -> PyResult<()> {
        if let Some(other) = any_set(iterable) {
            return self.merge(other, vm);
        }
        if let Some(dict) = iterable.downcast_exact::<Dict>() {
            let len = dict.len(vm);
            self.table.borrow_mut(vm).reserve(len)?;
            let mut position = 0;
            while let Some((key, hash)) = dict.next_hashed_key(&mut position, vm) {
                self.add_hashed(&key, hash, vm)?;
            }
            return Ok(());
        }
        let iterator = vm.iter(iterable)?;
        while let Some(item) = vm.next(&iterator)? {
            self.add(&item, vm)?;
        }
        Ok(())
    }

    /// Adds the elements of another set (`set_merge`).
    pub(super) fn merge(&self, other: &Elements, vm: &mut Vm) -> PyResult<()> {
        if std::ptr::eq(self, other) || other.is_empty(vm) {
            return Ok(());
        }
        let len = other.len(vm);
        self.table.borrow_mut(vm).reserve(len)?;
        if let Some((own, other)) = vm.borrow_pair_mut(&self.table, &other.table)
            && own.copy_into_empty(other)?
        {
            return Ok(());
        }
        let mut position = 0;
        while let Some((value, hash)) = other.next_hashed(&mut position, vm) {
            self.add_hashed(&value, hash, vm)?;
        }
        Ok(())
    }

    /// Puts the common elements into `result` (`set_intersection`).
    pub(super) fn intersection_into(&self, result: &Elements, other: &Value, vm: &mut Vm) -> PyResult<()> {
        let Some(other_set) = any_set(other) else {
            let iterator = vm.iter(other)?;
            while let Some(item) = vm.next(&iterator)? {
                let hash = vm.hash(&item)?;
                if self.contains_hashed(&item, hash, vm)? {
                    result.add_hashed(&item, hash, vm)?;
                }
            }
            return Ok(());
        };
        if std::ptr::eq(self, other_set) {
            return result.merge(self, vm);
        }
        let (walked, asked) = if other_set.len(vm) > self.len(vm) { (self, other_set) } else { (other_set, self) };
        let mut position = 0;
        while let Some((value, hash)) = walked.next_hashed(&mut position, vm) {
            if asked.contains_hashed(&value, hash, vm)? {
                result.add_hashed(&value, hash, vm)?;
            }
        }
        Ok(())
    }

    /// Puts the elements that are not in `other` into `result` (`set_difference`).
    pub(super) fn difference_into(&self, result: &Elements, other: &Value, vm: &mut Vm) -> PyResult<()> {
        let (set, dict) = (any_set(other), other.downcast_exact::<Dict>());
        let len = match (set, dict) {
            (Some(set), _) => set.len(vm),
            (_, Some(dict)) => dict.len(vm),
            _ => usize::MAX,
        };
        // Where little is to be taken away, everything is copied and then removed from.
        if self.len(vm) >> 2 > len || len == usize::MAX {
            result.merge(self, vm)?;
            return result.difference_update(other, vm);
        }
        let mut position = 0;
        while let Some((value, hash)) = self.next_hashed(&mut position, vm) {
            let found = match (set, dict) {
                (Some(set), _) => set.contains_hashed(&value, hash, vm)?,
                (_, Some(dict)) => dict.find(&value, hash, vm)?.is_some(),
                _ => false,
            };
            if !found {
                result.add_hashed(&value, hash, vm)?;
            }
        }
        Ok(())
    }

    /// Removes the elements of an iterable (`set_difference_update_internal`).
    pub fn difference_update(&self, other: &Value, vm: &mut Vm) -> PyResult<()> {
        if let Some(set) = any_set(other) {
            if std::ptr::eq(self, set) {
                self.remove_all(vm);
                return Ok(());
            }
            let common = Elements::new();
            // Of a much larger set only the common elements are walked.
            let walked = if set.len(vm) >> 3 > self.len(vm) {
                self.intersection_into(&common, other, vm)?;
                &common
            } else {
                set
            };
            let mut position = 0;
            while let Some((value, hash)) = walked.next_hashed(&mut position, vm) {
                self.discard_hashed(&value, hash, vm)?;
            }
        } else {
            let iterator = vm.iter(other)?;
            while let Some(item) = vm.next(&iterator)? {
                let hash = vm.hash_element(&item)?;
                self.discard_hashed(&item, hash, vm)?;
            }
        }
        Ok(self.table.borrow_mut(vm).tidy()?)
    }

    /// Keeps what is in only one of the two (`set_symmetric_difference_update`).
    pub fn symmetric_difference_update(&self, other: &Value, vm: &mut Vm) -> PyResult<()> {
        if let Some(set) = any_set(other) {
            if std::ptr::eq(self, set) {
                self.remove_all(vm);
                return Ok(());
            }
            return self.toggle_all(set, vm);
        }
        if let Some(dict) = other.downcast_exact::<Dict>() {
            let mut position = 0;
            while let Some((key, hash)) = dict.next_hashed_key(&mut position, vm) {
                self.toggle(&key, hash, vm)?;
            }
            return Ok(());
        }
        let set = Elements::new();
        set.update(other, vm)?;
        self.toggle_all(&set, vm)
    }

    /// Takes the elements of another set out that are in, and puts those in that are not.
    pub(super) fn toggle_all(&self, other: &Elements, vm: &mut Vm) -> PyResult<()> {
        let mut position = 0;
        while let Some((value, hash)) = other.next_hashed(&mut position, vm) {
            self.toggle(&value, hash, vm)?;
        }
        Ok(())
    }

    fn toggle(&self, value: &Value, hash: i64, vm: &mut Vm) -> PyResult<()> {
        if self.discard_hashed(value, hash, vm)? { Ok(()) } else { self.add_hashed(value, hash, vm) }
    }

    /// Keeps the common elements.
    pub(super) fn intersection_update(&self, other: &Value, vm: &mut Vm) -> PyResult<()> {
        let common = Elements::new();
        self.intersection_into(&common, other, vm)?;
        self.become_elements(&common, vm);
        Ok(())
    }

    /// Takes over the elements of another set, which is empty then.
    pub(super) fn become_elements(&self, other: &Elements, vm: &mut Vm) {
        let table = other.table.borrow_mut(vm).take();
        drop(self.table.borrow_mut(vm).become_table(table));
    }

    /// Whether the two have nothing in common (`set_isdisjoint`).
    pub(super) fn is_disjoint(&self, other: &Value, vm: &mut Vm) -> PyResult<bool> {
        let Some(set) = any_set(other) else {
            let iterator = vm.iter(other)?;
            while let Some(item) = vm.next(&iterator)? {
                let hash = vm.hash_element(&item)?;
                if self.contains_hashed(&item, hash, vm)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        };
        if std::ptr::eq(self, set) {
            return Ok(self.is_empty(vm));
        }
        let (walked, asked) = if set.len(vm) > self.len(vm) { (self, set) } else { (set, self) };
        let mut position = 0;
        while let Some((value, hash)) = walked.next_hashed(&mut position, vm) {
            if asked.contains_hashed(&value, hash, vm)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether every element is in `other` (`set_issubset`).
    pub(super) fn is_subset(&self, other: &Value, vm: &mut Vm) -> PyResult<bool> {
        match any_set(other) {
            Some(set) => self.is_subset_of(set, vm),
            None => {
                let common = Elements::new();
                self.intersection_into(&common, other, vm)?;
                Ok(common.len(vm) == self.len(vm))
            }
        }
    }

    fn is_subset_of(&self, other: &Elements, vm: &mut Vm) -> PyResult<bool> {
        if self.len(vm) > other.len(vm) {
            return Ok(false);
        }
        let mut position = 0;
        while let Some((value, hash)) = self.next_hashed(&mut position, vm) {
            if !other.contains_hashed(&value, hash, vm)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether every item of `other` is an element (`set_issuperset`).
    pub(super) fn is_superset(&self, other: &Value, vm: &mut Vm) -> PyResult<bool> {
        if let Some(set) = any_set(other) {
            return set.is_subset_of(self, vm);
        }
        let iterator = vm.iter(other)?;
        while let Some(item) = vm.next(&iterator)? {
            if !self.contains(&item, vm)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The comparison operators (`set_richcompare`).
    pub(super) fn compare_with(&self, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        let Some(set) = any_set(other) else {
            return Ok(Value::not_implemented());
        };
        vm.check_recursion(" in comparison")?;
        let (len, other_len) = (self.len(vm), set.len(vm));
        let result = match op {
            CompareOp::Eq => len == other_len && self.is_subset_of(set, vm)?,
            CompareOp::Ne => len != other_len || !self.is_subset_of(set, vm)?,
            CompareOp::Le => self.is_subset_of(set, vm)?,
            CompareOp::Ge => set.is_subset_of(self, vm)?,
            CompareOp::Lt => len < other_len && self.is_subset_of(set, vm)?,
            CompareOp::Gt => len > other_len && set.is_subset_of(self, vm)?,
        };
        Ok(Value::from_bool(result))
    }
}
