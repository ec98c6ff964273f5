//! `_abc`: abstract base classes, their registries and caches (CPython's `_abc.c`).

use std::cell::Cell;

use pvm_macros::pyclass;
use pvm_object::dict::Dict;
use pvm_object::list::List;
use pvm_object::set::Set;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::types::type_flag;
use pvm_object::weakref::{WEAKREF_TYPE, WeakRef};
use pvm_object::{Heap, HeapCell, Object, PyClass, PyResult, Ref, Type, Value, Vm, names};

/// How often a class was registered in this interpreter: caches of what is no subclass are older or not.
#[pyclass(name = "_abc_state", module = "_abc", final)]
struct AbcState {
    registrations: Cell<u64>,
}

fn state(heap: &mut Heap) -> Ref<AbcState> {
    heap.module_state(|_| AbcState { registrations: Cell::new(0) })
}

/// Classes, not kept alive: a dict from addresses to weak references. An address whose reference is dead may belong to
/// another class by now.
#[derive(pvm_macros::Trace, Default)]
struct WeakClasses {
    by_address: HeapCell<Option<Ref<Dict>>>,
    /// When there are so many, the dead ones are cleared out.
    limit: Cell<usize>,
}

fn address_key(class: &Value) -> Value {
    Value::small_int((class.bits() >> 3) as i64).expect("an address without its low bits is small")
}

/// The weak reference without a callback that a class has, or a new one.
fn plain_reference(class: &Value, vm: &mut Vm) -> PyResult<Ref<WeakRef>> {
    let known = vm
        .weak_references(class)
        .into_iter()
        .find(|weak| std::ptr::eq(weak.ty(), WeakRef::type_object()) && weak.callback(vm).is_none());
    match known {
        Some(known) => Ok(known),
        None => vm.new_weak_reference(WEAKREF_TYPE.get(), class, None),
    }
}

impl WeakClasses {
    fn contains(&self, class: &Value, vm: &mut Vm) -> PyResult<bool> {
        let Some(classes) = self.by_address.get(vm) else {
            return Ok(false);
        };
        let Some(weak) = classes.get(&address_key(class), vm)? else {
            return Ok(false);
        };
        Ok(weak.downcast::<WeakRef>().and_then(|weak| weak.upgrade()).is_some_and(|known| known.is(class)))
    }

    fn add(&self, class: &Value, vm: &mut Vm) -> PyResult<()> {
        let classes = match self.by_address.get(vm) {
            Some(classes) => classes,
            None => {
                let classes = vm.new_dict();
                self.by_address.set(Some(classes.clone()), vm);
                classes
            }
        };
        if classes.len(vm) >= self.limit.get().max(32) {
            let dead: Vec<Value> = classes
                .entries(vm)
                .filter(|(_, weak)| weak.downcast::<WeakRef>().is_some_and(|weak| weak.upgrade().is_none()))
                .map(|(key, _)| key.to_owned())
                .collect();
            for key in dead {
                drop(classes.remove(&key, vm)?);
            }
            self.limit.set(2 * classes.len(vm));
        }
        let weak = plain_reference(class, vm)?;
        classes.set(&address_key(class), weak.into(), vm)
    }

    fn clear(&self, heap: &mut Heap) {
        self.by_address.set(None, heap);
    }

    /// The classes that are alive.
    fn alive(&self, heap: &Heap) -> Vec<Value> {
        let Some(classes) = self.by_address.borrow(heap) else {
            return Vec::new();
        };
        classes.entries(heap).filter_map(|(_, weak)| weak.downcast::<WeakRef>()?.upgrade()).collect()
    }

    /// A set of weak references, for those who look inside.
    fn dump(&self, vm: &mut Vm) -> PyResult<Ref<Set>> {
        let set = vm.new_set();
        for class in self.alive(vm) {
            let weak = plain_reference(&class, vm)?;
            set.add(&weak.as_value(), vm)?;
        }
        Ok(set)
    }
}

/// What an abstract base class knows of other classes.
#[pyclass(name = "_abc_data", module = "_abc", final)]
struct AbcData {
    registry: WeakClasses,
    cache: WeakClasses,
    negative_cache: WeakClasses,
    /// The number of registrations when the negative cache was begun.
    negative_version: Cell<u64>,
}

fn data_of(class: &Value, vm: &mut Vm) -> PyResult<Ref<AbcData>> {
    let data = vm.getattr(class, &names::_abc_impl)?;
    data.downcast_into::<AbcData>().map_err(|_| vm.type_error(format_args!("_abc_impl is set to a wrong type")))
}

fn is_abstract(value: &Value, vm: &mut Vm) -> PyResult<bool> {
    match vm.find_attr(value, &names::__isabstractmethod__)? {
        Some(flag) => vm.truth(&flag),
        None => Ok(false),
    }
}

/// Sets `__abstractmethods__` of a new class.
fn compute_abstract_methods(class: &Value, vm: &mut Vm) -> PyResult<()> {
    let abstracts = vm.new_set();
    let namespace = vm.getattr(class, &names::__dict__)?;
    let items = vm.call_method(&namespace, &names::items, &[])?;
    for item in vm.collect_items(&items)? {
        let Some([name, value]) = item.downcast::<Tuple>().map(|pair| pair.as_slice()) else {
            return Err(vm.type_error(format_args!("Iteration over 'items()' method returned non-tuple")));
        };
        if is_abstract(value, vm)? {
            abstracts.add(name, vm)?;
        }
    }
    let bases = vm.getattr(class, &names::__bases__)?;
    let Some(bases) = bases.downcast::<Tuple>() else {
        return Err(vm.type_error(format_args!("__bases__ is not tuple")));
    };
    for base in bases.as_slice() {
        let Some(inherited) = vm.find_attr(base, &names::__abstractmethods__)? else {
            continue;
        };
        for name in vm.collect_items(&inherited)? {
            let Some(name) = name.downcast::<Str>() else {
                let kind = vm.type_name(&name);
                return Err(vm.type_error(format_args!("attribute name must be string, not '{kind}'")));
            };
            if let Some(value) = vm.find_attr(class, name)?
                && is_abstract(&value, vm)?
            {
                abstracts.add(&name.as_value(), vm)?;
            }
        }
    }
    let abstracts = vm.frozenset_of(&abstracts.as_value())?;
    vm.setattr(class, &names::__abstractmethods__, &abstracts.into())
}

const COLLECTIONS: u32 = type_flag::SEQUENCE | type_flag::MAPPING;

/// A class registered with one that matches sequence or mapping patterns matches them too, as do its subclasses.
fn inherit_collection_kind(class: &Object<Type>, kind: u32, heap: &mut Heap) {
    if !class.is_heap_type() || class.flags() & COLLECTIONS == kind {
        return;
    }
    class.set_collection_kind(kind);
    for child in class.subclasses(heap) {
        inherit_collection_kind(&child, kind, heap);
    }
}

fn subclass_check(this: &Value, subclass: &Value, vm: &mut Vm) -> PyResult<bool> {
    let Some(subclass_type) = subclass.downcast::<Type>() else {
        return Err(vm.type_error(format_args!("issubclass() arg 1 must be a class")));
    };
    let data = data_of(this, vm)?;
    if data.cache.contains(subclass, vm)? {
        return Ok(true);
    }
    let registrations = state(vm).registrations.get();
    if data.negative_version.get() < registrations {
        data.negative_cache.clear(vm);
        data.negative_version.set(registrations);
    } else if data.negative_cache.contains(subclass, vm)? {
        return Ok(false);
    }
    let hooked = vm.call_method(this, &names::__subclasshook__, std::slice::from_ref(subclass))?;
    if hooked.is_true() {
        data.cache.add(subclass, vm)?;
        return Ok(true);
    }
    if hooked.is_false() {
        data.negative_cache.add(subclass, vm)?;
        return Ok(false);
    }
    if !hooked.is_not_implemented() {
        return Err(vm.assertion_error(format_args!("__subclasshook__ must return either False, True, or NotImplemented")));
    }
    if subclass_type.mro(vm).as_slice().iter().any(|base| base.is(this)) {
        data.cache.add(subclass, vm)?;
        return Ok(true);
    }
    if data.registry.contains(subclass, vm)? {
        return Ok(true);
    }
    for registered in data.registry.alive(vm) {
        if vm.is_subclass(subclass, &registered)? {
            data.cache.add(subclass, vm)?;
            return Ok(true);
        }
    }
    let children = vm.call_method(this, &names::__subclasses__, &[])?;
    let Some(children) = children.downcast::<List>() else {
        return Err(vm.type_error(format_args!("__subclasses__() must return a list")));
    };
    let mut index = 0;
    while let Some(child) = children.get(index, vm) {
        if vm.is_subclass(subclass, &child)? {
            data.cache.add(subclass, vm)?;
            return Ok(true);
        }
        index += 1;
    }
    data.negative_cache.add(subclass, vm)?;
    Ok(false)
}

#[pvm_macros::pymodule(name = "_abc")]
pub mod native {
    //! What abc.ABCMeta does in native code.
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Type, Value, Vm, names};

    use super::{AbcData, COLLECTIONS, compute_abstract_methods, data_of, inherit_collection_kind, state, subclass_check};
    use std::cell::Cell;

    /// A number that changes whenever a class is registered with any abstract base class.
    #[pyfunction]
    fn get_cache_token(vm: &mut Vm) -> u64 {
        state(vm).registrations.get()
    }

    /// Prepare a new abstract base class; abc alone uses it.
    #[pyfunction]
    fn _abc_init(vm: &mut Vm, self_: &Value) -> PyResult<()> {
        compute_abstract_methods(self_, vm)?;
        let version = state(vm).registrations.get();
        let data = vm.alloc(AbcData {
            registry: Default::default(),
            cache: Default::default(),
            negative_cache: Default::default(),
            negative_version: Cell::new(version),
        });
        vm.setattr(self_, &names::_abc_impl, &data.into())?;
        let Some(class) = self_.downcast::<Type>() else {
            return Ok(());
        };
        let Some(flags) = class.dict(vm).get_str(&names::__abc_tpflags__, vm) else {
            return Ok(());
        };
        let Some(flags) = flags.as_small_int() else {
            return Ok(());
        };
        let kind = flags as u32 & COLLECTIONS;
        if kind == COLLECTIONS {
            return Err(vm.type_error(format_args!("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING")));
        }
        if kind != 0 && class.is_heap_type() {
            class.set_collection_kind(kind);
        }
        vm.delattr(self_, &names::__abc_tpflags__)
    }

    /// Empty the registry of a class.
    #[pyfunction]
    fn _reset_registry(vm: &mut Vm, self_: &Value) -> PyResult<()> {
        data_of(self_, vm)?.registry.clear(vm);
        Ok(())
    }

    /// Empty both caches of a class.
    #[pyfunction]
    fn _reset_caches(vm: &mut Vm, self_: &Value) -> PyResult<()> {
        let data = data_of(self_, vm)?;
        data.cache.clear(vm);
        data.negative_cache.clear(vm);
        Ok(())
    }

    /// Copies of the registry, the cache and the negative cache, and the version of the last.
    #[pyfunction]
    fn _get_dump(vm: &mut Vm, self_: &Value) -> PyResult {
        let data = data_of(self_, vm)?;
        let (registry, cache) = (data.registry.dump(vm)?, data.cache.dump(vm)?);
        let negative = data.negative_cache.dump(vm)?;
        let version = vm.int(data.negative_version.get() as i64);
        Ok(vm.new_tuple(vec![registry.into(), cache.into(), negative.into(), version]).into())
    }

    /// Register a class as a subclass of another; abc alone uses it.
    #[pyfunction]
    fn _abc_register(vm: &mut Vm, self_: &Value, subclass: &Value) -> PyResult {
        let Some(class) = subclass.downcast::<Type>() else {
            return Err(vm.type_error(format_args!("Can only register classes")));
        };
        if vm.is_subclass(subclass, self_)? {
            return Ok(subclass.clone());
        }
        if vm.is_subclass(self_, subclass)? {
            return Err(vm.runtime_error(format_args!("Refusing to create an inheritance cycle")));
        }
        data_of(self_, vm)?.registry.add(subclass, vm)?;
        let registrations = &state(vm).registrations;
        registrations.set(registrations.get() + 1);
        if let Some(base) = self_.downcast::<Type>() {
            let kind = base.flags() & COLLECTIONS;
            if kind != 0 {
                inherit_collection_kind(class, kind, vm);
            }
        }
        Ok(subclass.clone())
    }

    /// Whether a value is an instance; abc alone uses it.
    #[pyfunction]
    fn _abc_instancecheck(vm: &mut Vm, self_: &Value, instance: &Value) -> PyResult {
        let data = data_of(self_, vm)?;
        let class = vm.class_of(instance)?;
        if data.cache.contains(&class, vm)? {
            return Ok(Value::from_bool(true));
        }
        let subtype = instance.ty().to_value();
        if subtype.is(&class) {
            if data.negative_version.get() == state(vm).registrations.get() && data.negative_cache.contains(&class, vm)? {
                return Ok(Value::from_bool(false));
            }
            return vm.call_method(self_, &names::__subclasscheck__, &[class]);
        }
        let result = vm.call_method(self_, &names::__subclasscheck__, &[class])?;
        if vm.truth(&result)? {
            return Ok(result);
        }
        vm.call_method(self_, &names::__subclasscheck__, &[subtype])
    }

    /// Whether a class is a subclass; abc alone uses it.
    #[pyfunction]
    fn _abc_subclasscheck(vm: &mut Vm, self_: &Value, subclass: &Value) -> PyResult<bool> {
        subclass_check(self_, subclass, vm)
    }
}
