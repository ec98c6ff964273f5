//! `dict_keys`, `dict_values`, `dict_items`: views of a dict that change with it.

use pvm_macros::{pyclass, pymethods};

use super::Dict;
use super::iterators::{
    DictItemIterator, DictKeyIterator, DictReverseItemIterator, DictReverseKeyIterator, DictReverseValueIterator,
    DictValueIterator,
};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::mapping_proxy::MappingProxy;
use crate::ops::CompareOp;
use crate::set::{self, Set};
use crate::tuple::Tuple;
use crate::{Heap, Vm};

macro_rules! views {
    ($($(#[$doc:meta])* $native:ident $name:literal $iterator:ident $reverse:ident parts($($part:ident),*);)*) => {$(
        $(#[$doc])*
        #[pyclass(name = $name, final, parts($($part),*))]
        pub struct $native {
            pub(crate) dict: Ref<Dict>,
        }

        impl $native {
            /// The view of a dict.
            pub fn of(dict: &Object<Dict>) -> $native {
                $native { dict: dict.to_ref() }
            }
        }

        #[pymethods]
        impl $native {
            fn __repr__(this: &Object<$native>, vm: &mut Vm) -> PyResult {
                view_repr(&this.as_value(), vm)
            }

            fn __len__(&self, heap: &Heap) -> usize {
                self.dict.len(heap)
            }

            fn __iter__(&self, heap: &mut Heap) -> Ref<$iterator> {
                let iterator = $iterator::new(self.dict.clone(), heap);
                heap.alloc(iterator)
            }

            /// An iterator from the last to the first.
            fn __reversed__(&self, heap: &mut Heap) -> Ref<$reverse> {
                let iterator = $reverse::new(self.dict.clone(), heap);
                heap.alloc(iterator)
            }

            /// The dict, to be read only.
            #[getter]
            fn mapping(&self, heap: &mut Heap) -> Ref<MappingProxy> {
                let proxy = MappingProxy::new(self.dict.clone().into());
                heap.alloc(proxy)
            }
        }
    )*};
}

views! {
    /// The keys of a dict.
    DictKeys "dict_keys" DictKeyIterator DictReverseKeyIterator parts(sets);
    /// The values of a dict.
    DictValues "dict_values" DictValueIterator DictReverseValueIterator parts();
    /// The entries of a dict, as pairs.
    DictItems "dict_items" DictItemIterator DictReverseItemIterator parts(sets);
}

fn view_repr(view: &Value, vm: &mut Vm) -> PyResult {
    vm.container_repr(view, "...", |vm| {
        let items = vm.list_of(view)?;
        let name = vm.type_name(view);
        let mut index = 0;
        vm.repr_items((&format!("{name}(["), "])"), |heap| {
            index += 1;
            items.get(index - 1, heap)
        })
    })
}

macro_rules! set_operations {
    ($($native:ident)*) => {$(
        #[pymethods(part = sets)]
        impl $native {
            fn __contains__(&self, item: &Value, vm: &mut Vm) -> PyResult<bool> {
                self.has(item, vm)
            }

            #[slot(richcompare)]
            fn compare(this: &Object<$native>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
                compare(&this.as_value(), other, op, vm)
            }

            fn __and__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
                intersect(left, right, vm)
            }

            fn __or__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult<Ref<Set>> {
                let result = to_set(left, vm)?;
                result.update(right, vm)?;
                Ok(result)
            }

            fn __sub__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult<Ref<Set>> {
                let result = to_set(left, vm)?;
                result.difference_update(right, vm)?;
                Ok(result)
            }

            fn __xor__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult<Ref<Set>> {
                if let (Some(left), Some(right)) = (left.downcast_exact::<DictItems>(), right.downcast_exact::<DictItems>()) {
                    return items_xor(&left.dict, &right.dict, vm);
                }
                let result = to_set(left, vm)?;
                result.symmetric_difference_update(right, vm)?;
                Ok(result)
            }

            /// Whether the view and the iterable have nothing in common.
            fn isdisjoint(this: &Object<$native>, other: &Value, vm: &mut Vm) -> PyResult<bool> {
                is_disjoint(&this.as_value(), other, vm)
            }
        }
    )*};
}
set_operations!(DictKeys DictItems);

impl DictKeys {
    fn has(&self, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        self.dict.contains(key, vm)
    }
}

impl DictItems {
    fn has(&self, item: &Value, vm: &mut Vm) -> PyResult<bool> {
        let Some([key, value]) = item.downcast::<Tuple>().map(Object::<Tuple>::as_slice) else {
            return Ok(false);
        };
        match self.dict.get(key, vm)? {
            Some(found) => vm.eq(&found, value),
            None => Ok(false),
        }
    }
}

/// The number of entries of a view that behaves like a set; `None` for everything else.
fn set_view_len(value: &Value, heap: &Heap) -> Option<usize> {
    let keys = value.downcast_exact::<DictKeys>().map(|view| &view.dict);
    let dict = keys.or_else(|| value.downcast_exact::<DictItems>().map(|view| &view.dict))?;
    Some(dict.len(heap))
}

fn to_set(value: &Value, vm: &mut Vm) -> PyResult<Ref<Set>> {
    if let Some(view) = value.downcast_exact::<DictKeys>()
        && view.dict.as_value().downcast_exact::<Dict>().is_some()
    {
        return vm.set_of(&view.dict.as_value());
    }
    vm.set_of(value)
}

/// `left & right`, one of which is a view (`_PyDictView_Intersect`).
fn intersect(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
    let (mut view, mut other) = if set_view_len(left, vm).is_some() { (left, right) } else { (right, left) };
    let len = set_view_len(view, vm).unwrap_or(0);
    if other.downcast_exact::<Set>().is_some() && len <= vm.len(other)? {
        let name = vm.intern("intersection");
        return vm.call_method(other, &name, std::slice::from_ref(view));
    }
    if set_view_len(other, vm).is_some_and(|other_len| other_len > len) {
        std::mem::swap(&mut view, &mut other);
    }
    let result = vm.new_set();
    let iterator = vm.iter(other)?;
    while let Some(item) = vm.next(&iterator)? {
        if vm.contains(view, &item)? {
            result.add(&item, vm)?;
        }
    }
    Ok(result.into())
}

/// The items of only one of two dicts, without hashing values that are in both (`dictitems_xor`).
fn items_xor(left: &Object<Dict>, right: &Object<Dict>, vm: &mut Vm) -> PyResult<Ref<Set>> {
    let rest = left.copy(vm)?;
    let result = vm.new_set();
    let mut position = 0;
    while let Some((key, value)) = right.next_entry(&mut position, vm) {
        let (key, value) = (key.to_owned(), value.to_owned());
        match rest.get(&key, vm)? {
            Some(known) if vm.eq(&known, &value)? => drop(rest.remove(&key, vm)?),
            _ => {
                let pair = vm.try_tuple([key, value])?;
                result.add(&pair.into(), vm)?;
            }
        }
    }
    let rest = vm.alloc(DictItems { dict: rest });
    result.update(&rest.into(), vm)?;
    Ok(result)
}

fn all_contained(items: &Value, container: &Value, vm: &mut Vm) -> PyResult<bool> {
    let iterator = vm.iter(items)?;
    while let Some(item) = vm.next(&iterator)? {
        if !vm.contains(container, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compare(view: &Value, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
    if set::any_set(other).is_none() && set_view_len(other, vm).is_none() {
        return Ok(Value::not_implemented());
    }
    let (len, other_len) = (vm.len(view)?, vm.len(other)?);
    let result = match op {
        CompareOp::Eq => len == other_len && all_contained(view, other, vm)?,
        CompareOp::Ne => len != other_len || !all_contained(view, other, vm)?,
        CompareOp::Lt => len < other_len && all_contained(view, other, vm)?,
        CompareOp::Le => len <= other_len && all_contained(view, other, vm)?,
        CompareOp::Gt => len > other_len && all_contained(other, view, vm)?,
        CompareOp::Ge => len >= other_len && all_contained(other, view, vm)?,
    };
    Ok(Value::from_bool(result))
}

fn is_disjoint(view: &Value, other: &Value, vm: &mut Vm) -> PyResult<bool> {
    let len = vm.len(view)?;
    if view.is(other) {
        return Ok(len == 0);
    }
    let (mut container, mut items) = (view, other);
    if (set::any_set(other).is_some() || set_view_len(other, vm).is_some()) && vm.len(other)? > len {
        std::mem::swap(&mut container, &mut items);
    }
    let iterator = vm.iter(items)?;
    while let Some(item) = vm.next(&iterator)? {
        if vm.contains(container, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}
