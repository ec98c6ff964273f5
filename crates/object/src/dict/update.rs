//! Filling dicts: from other dicts, mappings, sequences of pairs, keyword arguments (`dict_update_common`).

use super::Dict;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::heap::HeapVec;
use crate::types::{PyClass, SlotId};
use crate::{Vm, exceptions, names};

impl Vm {
    /// What a mapping's `keys` gives (`PyMapping_Keys`): all of it, before the first value is asked for.
    pub fn mapping_keys(&mut self, mapping: &Value) -> PyResult<HeapVec<Value>> {
        let keys = self.call_method(mapping, &names::keys, &[])?;
        let keys = match self.iter(&keys) {
            Err(raised) if self.pending_is(exceptions::TYPE_ERROR.get()) => {
                drop(self.catch(raised));
                let (kind, given) = (self.type_name(mapping), self.type_name(&keys));
                return Err(self.type_error(format_args!("{kind}.keys() returned a non-iterable (type {given})")));
            }
            keys => keys?,
        };
        self.collect_items(&keys)
    }
}

impl Object<Dict> {
    /// What `dict(…)` and `dict.update(…)` do with their arguments.
    pub(super) fn update_from_args(&self, function: &str, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        if args.len() > 1 {
            let given = args.len();
            return Err(vm.type_error(format_args!("{function} expected at most 1 argument, got {given}")));
        }
        if let Some(source) = args.get(0) {
            self.update(&source, vm)?;
        }
        for (name, value) in args.keywords() {
            self.set(&name.as_value(), value.to_owned(), vm)?;
        }
        Ok(())
    }

    /// Puts in what a mapping, or an iterable of pairs, holds.
    pub fn update(&self, source: &Value, vm: &mut Vm) -> PyResult<()> {
        if let Some(dict) = source.downcast_exact::<Dict>() {
            return self.merge(dict, true, vm);
        }
        match vm.find_attr(source, &names::keys)? {
            Some(_) => self.merge_mapping(source, true, vm),
            None => self.update_from_pairs(source, vm),
        }
    }

    /// Puts in what a mapping holds (`PyDict_Merge`); known keys get the new values if `replace` says so.
    pub fn merge_mapping(&self, mapping: &Value, replace: bool, vm: &mut Vm) -> PyResult<()> {
        if let Some(dict) = plain_dict(mapping) {
            return self.merge(dict, replace, vm);
        }
        for key in vm.mapping_keys(mapping)? {
            if !replace && self.contains(&key, vm)? {
                continue;
            }
            let value = vm.getitem(mapping, &key)?;
            self.set(&key, value, vm)?;
        }
        Ok(())
    }

    /// Puts in the pairs of an iterable (`PyDict_MergeFromSeq2`).
    pub fn update_from_pairs(&self, pairs: &Value, vm: &mut Vm) -> PyResult<()> {
        let iterator = vm.iter(pairs)?;
        let mut index = 0;
        while let Some(pair) = vm.next(&iterator)? {
            let items = match vm.collect_or(&pair, "object is not iterable") {
                Ok(items) => items,
                Err(raised) => return Err(no_sequence(raised, index, vm)),
            };
            let [key, value] = &items[..] else {
                let len = items.len();
                return Err(
                    vm.value_error(format_args!("dictionary update sequence element #{index} has length {len}; 2 is required"))
                );
            };
            self.set(key, value.clone(), vm)?;
            index += 1;
        }
        Ok(())
    }
}

#[cold]
fn no_sequence(raised: Raised, index: usize, vm: &mut Vm) -> Raised {
    if !vm.pending_is(exceptions::TYPE_ERROR.get()) {
        return raised;
    }
    let exception = vm.catch(raised);
    let note = format!("Cannot convert dictionary update sequence element #{index} to a sequence");
    match vm.add_note(&exception, &note) {
        Ok(()) => vm.reraise(exception),
        Err(raised) => raised,
    }
}

/// A dict whose class iterates as `dict` does: its entries may be read without asking it.
pub fn plain_dict(value: &Value) -> Option<&Object<Dict>> {
    let dict = value.downcast::<Dict>()?;
    dict.ty().slots().same(Dict::type_object().slots(), SlotId::Iter).then_some(dict)
}

impl Vm {
    /// A new dict of what a mapping, or an iterable of pairs, holds.
    pub fn dict_of(&mut self, source: &Value) -> PyResult<Ref<Dict>> {
        let dict = self.new_dict();
        dict.update(source, self)?;
        Ok(dict)
    }
}
