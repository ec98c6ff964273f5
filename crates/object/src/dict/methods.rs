//! The methods and operators of `dict`.

use pvm_macros::pymethods;

use super::Dict;
use super::iterators::{DictKeyIterator, DictReverseKeyIterator};
use super::views::{DictItems, DictKeys, DictValues};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::set;
use crate::tuple::Tuple;
use crate::types::{PyClass, Type};
use crate::{Args, Heap, Vm, exceptions, names};

#[pymethods]
impl Dict {
    #[new]
    fn new(_args: Args<'_>) -> Dict {
        Dict::empty()
    }

    fn __init__(this: &Object<Dict>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        this.update_from_args("dict", args, vm)
    }

    fn __repr__(this: &Object<Dict>, vm: &mut Vm) -> PyResult {
        if this.is_empty(vm) {
            return Ok(vm.new_str("{}").into());
        }
        vm.container_repr(&this.as_value(), "{...}", |vm| {
            let mut text = crate::text::TextBuilder::new();
            let mut position = 0;
            while let Some((key, value)) = this.next_entry(&mut position, vm) {
                let (key, value) = (key.to_owned(), value.to_owned());
                text.push_str(if text.is_empty() { "{" } else { ", " });
                text.push_view(vm.repr(&key)?.view());
                text.push_str(": ");
                text.push_view(vm.repr(&value)?.view());
            }
            text.push_str("}");
            Ok(text)
        })
    }

    fn __len__(this: &Object<Dict>, heap: &Heap) -> usize {
        this.len(heap)
    }

    /// Whether the key is there.
    #[coexist]
    #[signature = "($self, key, /)"]
    fn __contains__(this: &Object<Dict>, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        this.contains(key, vm)
    }

    /// The value under the key.
    #[coexist]
    #[signature = "($self, key, /)"]
    #[inline]
    fn __getitem__(this: &Object<Dict>, key: &Value, vm: &mut Vm) -> PyResult {
        match this.get(key, vm)? {
            Some(value) => Ok(value),
            None => missing(this, key, vm),
        }
    }

    #[slot(setitem)]
    fn set_item(this: &Object<Dict>, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        match value {
            Some(value) => this.set(key, value.clone(), vm),
            None => match this.remove(key, vm)? {
                Some(_) => Ok(()),
                None => Err(vm.key_error(key)),
            },
        }
    }

    fn __iter__(this: &Object<Dict>, heap: &mut Heap) -> Ref<DictKeyIterator> {
        let iterator = DictKeyIterator::new(this.to_ref(), heap);
        heap.alloc(iterator)
    }

    /// An iterator over the keys from the last to the first.
    fn __reversed__(this: &Object<Dict>, heap: &mut Heap) -> Ref<DictReverseKeyIterator> {
        let iterator = DictReverseKeyIterator::new(this.to_ref(), heap);
        heap.alloc(iterator)
    }

    #[slot(richcompare)]
    fn compare(this: &Object<Dict>, other: &Object<Dict>, op: CompareOp, vm: &mut Vm) -> PyResult {
        match op {
            CompareOp::Eq => equal(this, other, vm).map(Value::from_bool),
            CompareOp::Ne => equal(this, other, vm).map(|equal| Value::from_bool(!equal)),
            _ => Ok(Value::not_implemented()),
        }
    }

    fn __or__(left: &Object<Dict>, right: &Object<Dict>, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let result = vm.new_dict();
        result.merge_mapping(&left.as_value(), true, vm)?;
        result.update(&right.as_value(), vm)?;
        Ok(result)
    }

    fn __ior__(this: &Object<Dict>, other: &Value, vm: &mut Vm) -> PyResult {
        this.update(other, vm)?;
        Ok(this.to_value())
    }

    /// Bytes the dict takes, its keys and values not counted.
    fn __sizeof__(this: &Object<Dict>, heap: &Heap) -> usize {
        this.size_in_memory(heap)
    }

    /// Generic over the types of keys and values.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }

    /// Removes all entries.
    #[name = "clear"]
    fn py_clear(this: &Object<Dict>, heap: &mut Heap) {
        this.clear(heap);
    }

    /// A new dict of the same entries.
    #[name = "copy"]
    fn py_copy(this: &Object<Dict>, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let copy = vm.new_dict();
        copy.merge_mapping(&this.as_value(), true, vm)?;
        Ok(copy)
    }

    /// A new dict whose keys are the items of the iterable, all with one value.
    #[classmethod]
    fn fromkeys(cls: &Object<Type>, iterable: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult {
        let none = Value::none();
        let value = value.unwrap_or(&none);
        let result = vm.call(&cls.as_value(), &[])?;
        if let Some(dict) = result.downcast_exact::<Dict>() {
            fill_keys(dict, iterable, value, vm)?;
            return Ok(result);
        }
        let iterator = vm.iter(iterable)?;
        while let Some(key) = vm.next(&iterator)? {
            vm.setitem(&result, &key, value)?;
        }
        Ok(result)
    }

    /// The value under the key, or the default where the key is missing.
    #[name = "get"]
    fn py_get(this: &Object<Dict>, key: &Value, default: Option<&Value>, vm: &mut Vm) -> PyResult {
        match this.get(key, vm)? {
            Some(value) => Ok(value),
            None => Ok(default.map_or_else(Value::none, Value::clone)),
        }
    }

    /// The entries, as pairs: a view that behaves like a set.
    fn items(this: &Object<Dict>, heap: &mut Heap) -> Ref<DictItems> {
        heap.alloc(DictItems::of(this))
    }

    /// The keys: a view that behaves like a set.
    fn keys(this: &Object<Dict>, heap: &mut Heap) -> Ref<DictKeys> {
        heap.alloc(DictKeys::of(this))
    }

    /// The values: a view.
    fn values(this: &Object<Dict>, heap: &mut Heap) -> Ref<DictValues> {
        heap.alloc(DictValues::of(this))
    }

    /// pop($self, key, default=<unrepresentable>, /)
    /// --
    ///
    /// Removes the key and returns its value.
    ///
    /// Where the key is missing the default is returned if there is one; else it is a KeyError.
    fn pop(this: &Object<Dict>, key: &Value, default: Option<&Value>, vm: &mut Vm) -> PyResult {
        let found = if this.is_empty(vm) { None } else { this.remove(key, vm)? };
        match (found, default) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => Ok(default.clone()),
            (None, None) => Err(vm.key_error(key)),
        }
    }

    /// Removes the last entry and returns it as a pair.
    ///
    /// Raises KeyError where there is none.
    fn popitem(this: &Object<Dict>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        match this.pop_item(heap) {
            Some((key, value)) => Ok(heap.try_tuple([key, value])?),
            None => Err(heap.raise_message(exceptions::KEY_ERROR.get(), format_args!("popitem(): dictionary is empty"))),
        }
    }

    /// The value under the key; where the key is missing, the default, which is put there.
    fn setdefault(this: &Object<Dict>, key: &Value, default: Option<&Value>, vm: &mut Vm) -> PyResult {
        let none = Value::none();
        this.set_default(key, default.unwrap_or(&none), vm)
    }

    /// D.update([E, ]**F) -> None.
    ///
    /// Puts in the entries of E (where it has a method keys: those of its keys; else it is an iterable of pairs), then the
    /// keyword arguments.
    #[name = "update"]
    fn py_update(this: &Object<Dict>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        this.update_from_args("update", args, vm)
    }
}

/// What a dict gives for a key it does not have: a subclass may have a method for that.
#[cold]
fn missing(dict: &Object<Dict>, key: &Value, vm: &mut Vm) -> PyResult {
    if !std::ptr::eq(dict.ty(), Dict::type_object())
        && let Some(value) = vm.call_special(&dict.as_value(), &names::__missing__, std::slice::from_ref(key))?
    {
        return Ok(value);
    }
    Err(vm.key_error(key))
}

fn equal(left: &Object<Dict>, right: &Object<Dict>, vm: &mut Vm) -> PyResult<bool> {
    if left.len(vm) != right.len(vm) {
        return Ok(false);
    }
    vm.check_recursion(" in comparison")?;
    let mut position = 0;
    loop {
        let Some((found, key, value)) = left.table.borrow(vm).next_from(position) else {
            return Ok(true);
        };
        let (key, value) = (key.clone(), value.clone());
        let hash = left.table.borrow(vm).hash_at(found);
        position = found + 1;
        match right.get_hashed(&key, hash, vm)? {
            Some(other) if vm.eq(&value, &other)? => {}
            _ => return Ok(false),
        }
    }
}

fn fill_keys(dict: &Object<Dict>, iterable: &Value, value: &Value, vm: &mut Vm) -> PyResult<()> {
    if let Some(keys) = iterable.downcast_exact::<Dict>() {
        dict.reserve(keys.len(vm), vm)?;
        let mut position = 0;
        while let Some((key, hash)) = keys.next_hashed_key(&mut position, vm) {
            dict.set_hashed(&key, hash, value.clone(), vm)?;
        }
        return Ok(());
    }
    if set::is_exact(iterable)
        && let Some(keys) = set::any_set(iterable)
    {
        dict.reserve(keys.len(vm), vm)?;
        let mut position = 0;
        while let Some((key, hash)) = keys.next_hashed(&mut position, vm) {
            dict.set_hashed(&key, hash, value.clone(), vm)?;
        }
        return Ok(());
    }
    let iterator = vm.iter(iterable)?;
    while let Some(key) = vm.next(&iterator)? {
        dict.set(&key, value.clone(), vm)?;
    }
    Ok(())
}
