//! The methods and operators of `set` and `frozenset`.

use pvm_macros::pymethods;

use super::{Elements, FrozenSet, Set, SetIterator, any_set};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::tuple::Tuple;
use crate::types::{PyClass, SlotId, Type};
use crate::{Args, Heap, Vm, exceptions, hashing, names};

/// A new set of the kind of `set`, `set` or `frozenset` itself, filled by `fill`.
fn like(set: &Value, vm: &mut Vm, fill: impl FnOnce(&Elements, &mut Vm) -> PyResult<()>) -> PyResult {
    let result: Value = if set.is_instance_of::<FrozenSet>() { vm.new_frozenset().into() } else { vm.new_set().into() };
    fill(any_set(&result).expect("a set was made"), vm)?;
    Ok(result)
}

/// An operator: both operands are sets, or the operator knows nothing.
fn operate(
    left: &Value,
    right: &Value,
    vm: &mut Vm,
    fill: impl FnOnce(&Elements, &Elements, &mut Vm) -> PyResult<()>,
) -> PyResult {
    match (any_set(left), any_set(right)) {
        (Some(elements), Some(_)) => like(left, vm, |result, vm| fill(result, elements, vm)),
        _ => Ok(Value::not_implemented()),
    }
}

fn copy_of(set: &Value, elements: &Elements, vm: &mut Vm) -> PyResult {
    like(set, vm, |result, vm| result.merge(elements, vm))
}

fn intersection_of(set: &Value, elements: &Elements, others: Args<'_>, vm: &mut Vm) -> PyResult {
    let Some(first) = others.get(0) else {
        return copy_of(set, elements, vm);
    };
    let mut result = like(set, vm, |result, vm| elements.intersection_into(result, &first, vm))?;
    for other in others.skip(1).iter() {
        let before = result;
        let elements = any_set(&before).expect("a set was made");
        result = like(set, vm, |result, vm| elements.intersection_into(result, &other, vm))?;
    }
    Ok(result)
}

fn set_repr(set: &Value, elements: &Elements, vm: &mut Vm) -> PyResult {
    let name = vm.type_name(set);
    if elements.is_empty(vm) {
        return Ok(vm.try_str(&format!("{name}()"))?.into());
    }
    let plain = set.downcast_exact::<Set>().is_some();
    vm.container_repr(set, &format!("{name}(...)"), |vm| {
        let items = vm.list_of(set)?;
        let mut index = 0;
        let open = if plain { "{".to_owned() } else { format!("{name}({{") };
        vm.repr_items((&open, if plain { "}" } else { "})" }), |heap| {
            index += 1;
            items.get(index - 1, heap)
        })
    })
}

macro_rules! common_methods {
    ($native:ident) => {
        #[pymethods(part = common)]
        impl $native {
            fn __repr__(this: &Object<$native>, vm: &mut Vm) -> PyResult {
                set_repr(&this.as_value(), this, vm)
            }

            fn __len__(&self, heap: &Heap) -> usize {
                self.len(heap)
            }

            /// Whether the object is an element.
            #[coexist]
            #[signature = "($self, object, /)"]
            fn __contains__(&self, object: &Value, vm: &mut Vm) -> PyResult<bool> {
                self.contains(object, vm)
            }

            fn __iter__(this: &Object<$native>, heap: &mut Heap) -> Ref<SetIterator> {
                let iterator = SetIterator::new(this.to_value(), heap);
                heap.alloc(iterator)
            }

            #[slot(richcompare)]
            fn compare(&self, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
                self.compare_with(other, op, vm)
            }

            fn __and__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
                operate(left, right, vm, |result, elements, vm| elements.intersection_into(result, right, vm))
            }

            fn __or__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
                operate(left, right, vm, |result, elements, vm| {
                    result.merge(elements, vm)?;
                    result.update(right, vm)
                })
            }

            fn __sub__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
                operate(left, right, vm, |result, elements, vm| elements.difference_into(result, right, vm))
            }

            fn __xor__(left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
                operate(left, right, vm, |result, elements, vm| {
                    result.update(right, vm)?;
                    result.toggle_all(elements, vm)
                })
            }

            /// The elements that are in neither of the others.
            #[signature = "($self, /, *others)"]
            fn difference(this: &Object<$native>, others: Args<'_>, vm: &mut Vm) -> PyResult {
                let value = this.as_value();
                let Some(first) = others.get(0) else {
                    return copy_of(&value, this, vm);
                };
                like(&value, vm, |result, vm| {
                    this.difference_into(result, &first, vm)?;
                    others.skip(1).iter().try_for_each(|other| result.difference_update(&other, vm))
                })
            }

            /// The elements that are in all of the others.
            #[signature = "($self, /, *others)"]
            fn intersection(this: &Object<$native>, others: Args<'_>, vm: &mut Vm) -> PyResult {
                intersection_of(&this.as_value(), this, others, vm)
            }

            /// The elements, and those of all the others.
            #[signature = "($self, /, *others)"]
            fn union(this: &Object<$native>, others: Args<'_>, vm: &mut Vm) -> PyResult {
                like(&this.as_value(), vm, |result, vm| {
                    result.merge(this, vm)?;
                    others.iter().try_for_each(|other| result.update(&other, vm))
                })
            }

            /// The elements of either that are not in both.
            fn symmetric_difference(this: &Object<$native>, other: &Value, vm: &mut Vm) -> PyResult {
                like(&this.as_value(), vm, |result, vm| {
                    result.update(other, vm)?;
                    result.toggle_all(this, vm)
                })
            }

            /// Whether the two have no element in common.
            fn isdisjoint(&self, other: &Value, vm: &mut Vm) -> PyResult<bool> {
                self.is_disjoint(other, vm)
            }

            /// Whether every element is in the other.
            fn issubset(&self, other: &Value, vm: &mut Vm) -> PyResult<bool> {
                self.is_subset(other, vm)
            }

            /// Whether every item of the other is an element.
            fn issuperset(&self, other: &Value, vm: &mut Vm) -> PyResult<bool> {
                self.is_superset(other, vm)
            }

            /// What pickling needs.
            fn __reduce__(this: &Object<$native>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
                let elements = vm.list_of(&this.as_value())?;
                let arguments = vm.try_tuple([elements.into()])?;
                let state = vm.call_method(&this.as_value(), &names::__getstate__, &[])?;
                Ok(vm.try_tuple([this.ty().to_value(), arguments.into(), state])?)
            }

            /// Bytes the set takes, its elements not counted.
            fn __sizeof__(&self, heap: &Heap) -> usize {
                size_of::<Object<$native>>() + self.storage_size(heap)
            }

            /// Generic over the type of the elements.
            #[classmethod]
            fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
                vm.generic_alias(&cls.as_value(), object)
            }
        }
    };
}
common_methods!(Set);
common_methods!(FrozenSet);

#[pymethods]
impl Set {
    #[new]
    fn new(_args: Args<'_>) -> Set {
        Set { elements: Elements::new() }
    }

    fn __init__(this: &Object<Set>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        // Keywords are refused whatever a subclass does with its `__new__`.
        let native = Set::type_object();
        let iterable = vm.container_argument(native, native, SlotId::New, this.ty(), args)?;
        this.remove_all(vm);
        match iterable {
            Some(iterable) => this.update(&iterable, vm),
            None => Ok(()),
        }
    }

    fn __iand__(this: &Object<Set>, other: &Value, vm: &mut Vm) -> PyResult {
        if any_set(other).is_none() {
            return Ok(Value::not_implemented());
        }
        this.intersection_update(other, vm)?;
        Ok(this.to_value())
    }

    fn __ior__(this: &Object<Set>, other: &Value, vm: &mut Vm) -> PyResult {
        if any_set(other).is_none() {
            return Ok(Value::not_implemented());
        }
        this.update(other, vm)?;
        Ok(this.to_value())
    }

    fn __isub__(this: &Object<Set>, other: &Value, vm: &mut Vm) -> PyResult {
        if any_set(other).is_none() {
            return Ok(Value::not_implemented());
        }
        this.difference_update(other, vm)?;
        Ok(this.to_value())
    }

    fn __ixor__(this: &Object<Set>, other: &Value, vm: &mut Vm) -> PyResult {
        if any_set(other).is_none() {
            return Ok(Value::not_implemented());
        }
        this.symmetric_difference_update(other, vm)?;
        Ok(this.to_value())
    }

    /// Adds an element; one that is there already stays.
    #[name = "add"]
    fn py_add(&self, object: &Value, vm: &mut Vm) -> PyResult<()> {
        self.add(object, vm)
    }

    /// Removes all elements.
    fn clear(&self, heap: &mut Heap) {
        self.remove_all(heap);
    }

    /// A new set of the same elements.
    fn copy(this: &Object<Set>, vm: &mut Vm) -> PyResult {
        copy_of(&this.as_value(), this, vm)
    }

    /// Removes an element, where it is there.
    #[name = "discard"]
    fn py_discard(&self, object: &Value, vm: &mut Vm) -> PyResult<()> {
        self.discard(object, vm).map(drop)
    }

    /// Removes an element.
    ///
    /// Raises KeyError where it is missing.
    fn remove(&self, object: &Value, vm: &mut Vm) -> PyResult<()> {
        if self.discard(object, vm)? { Ok(()) } else { Err(vm.key_error(object)) }
    }

    /// Removes some element and returns it.
    ///
    /// Raises KeyError where there is none.
    fn pop(&self, heap: &mut Heap) -> PyResult {
        match self.pop_element(heap) {
            Some(value) => Ok(value),
            None => Err(heap.raise_message(exceptions::KEY_ERROR.get(), format_args!("pop from an empty set"))),
        }
    }

    /// Adds the elements of all the others.
    #[name = "update"]
    #[signature = "($self, /, *others)"]
    fn py_update(&self, others: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        others.iter().try_for_each(|other| self.update(&other, vm))
    }

    /// Removes the elements of all the others.
    #[name = "difference_update"]
    #[signature = "($self, /, *others)"]
    fn py_difference_update(&self, others: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        others.iter().try_for_each(|other| self.difference_update(&other, vm))
    }

    /// Keeps only the elements that are in all of the others.
    #[name = "intersection_update"]
    #[signature = "($self, /, *others)"]
    fn py_intersection_update(this: &Object<Set>, others: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        let common = intersection_of(&this.as_value(), this, others, vm)?;
        let common = any_set(&common).expect("a set was made");
        this.become_elements(common, vm);
        Ok(())
    }

    /// Keeps the elements that are in one of the two, not in both.
    #[name = "symmetric_difference_update"]
    fn py_symmetric_difference_update(&self, other: &Value, vm: &mut Vm) -> PyResult<()> {
        self.symmetric_difference_update(other, vm)
    }
}

#[pymethods]
impl FrozenSet {
    #[new]
    fn new(cls: &Object<Type>, args: Args<'_>, vm: &mut Vm) -> PyResult<Ref<FrozenSet>> {
        let iterable = vm.container_argument(cls, FrozenSet::type_object(), SlotId::Init, cls, args)?;
        if std::ptr::eq(cls, FrozenSet::type_object())
            && let Some(set) = iterable.and_then(|iterable| iterable.downcast_ref::<FrozenSet>())
            && std::ptr::eq(set.ty(), cls)
        {
            return Ok(set.to_ref());
        }
        let set = vm.new_frozenset_as(cls);
        if let Some(iterable) = iterable {
            set.update(&iterable, vm)?;
        }
        Ok(set)
    }

    fn __hash__(&self, heap: &Heap) -> i64 {
        if let Some(hash) = self.hash.get() {
            return hash;
        }
        let hash = hashing::hash_frozenset(self.hashes(heap));
        self.hash.set(Some(hash));
        hash
    }

    /// The same set; of a subclass, a frozenset of the same elements.
    fn copy(this: &Object<FrozenSet>, vm: &mut Vm) -> PyResult {
        if std::ptr::eq(this.ty(), FrozenSet::type_object()) {
            return Ok(this.to_value());
        }
        copy_of(&this.as_value(), this, vm)
    }
}
