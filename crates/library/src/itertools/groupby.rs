//! `groupby` and the iterators over its groups.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::{HeapCell, Object, PyResult, Ref, Value, Vm};

/// groupby(iterable, key=None)
/// --
///
/// make an iterator that returns consecutive keys and groups from the iterable
///
///   iterable
///     Elements to divide into groups according to the key function.
///   key
///     A function for computing the group category for each element.
///     If the key function is not specified or is None, the element itself
///     is used for grouping.
#[pyclass(name = "groupby", module = "itertools")]
pub struct GroupBy {
    iterator: Value,
    key: Option<Value>,
    /// The key of the group given last.
    target_key: HeapCell<Option<Value>>,
    current_key: HeapCell<Option<Value>>,
    current_value: HeapCell<Option<Value>>,
    /// The number of the group that may still give items; 0 is none.
    current_group: Cell<u64>,
    groups: Cell<u64>,
}

impl GroupBy {
    /// Takes the next item; says whether there was one.
    fn step(&self, vm: &mut Vm) -> PyResult<bool> {
        let Some(value) = vm.next(&self.iterator)? else {
            return Ok(false);
        };
        let key = match &self.key {
            Some(function) => vm.call(function, std::slice::from_ref(&value))?,
            None => value.clone(),
        };
        self.current_value.set(Some(value), vm);
        self.current_key.set(Some(key), vm);
        Ok(true)
    }

    fn new_group(this: &Object<GroupBy>, key: Value) -> Grouper {
        let number = this.groups.get() + 1;
        this.groups.set(number);
        this.current_group.set(number);
        Grouper { parent: this.to_ref(), key, number }
    }
}

#[pymethods]
impl GroupBy {
    #[new]
    #[signature = "(iterable, key=None)"]
    fn new(vm: &mut Vm, iterable: &Value, key: Option<Value>) -> PyResult<GroupBy> {
        Ok(GroupBy {
            iterator: vm.iter(iterable)?,
            key,
            target_key: HeapCell::new(None),
            current_key: HeapCell::new(None),
            current_value: HeapCell::new(None),
            current_group: Cell::new(0),
            groups: Cell::new(0),
        })
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Value>> {
        this.current_group.set(0);
        let key = loop {
            if let Some(current) = this.current_key.get(vm) {
                match this.target_key.get(vm) {
                    Some(target) if vm.eq(&target, &current)? => {}
                    _ => break this.current_key.get(vm).unwrap_or(current),
                }
            }
            if !this.step(vm)? {
                return Ok(None);
            }
            vm.poll(1)?;
        };
        this.target_key.set(Some(key.clone()), vm);
        let group = GroupBy::new_group(this, key.clone());
        let group = vm.alloc(group).into();
        Ok(Some(vm.try_tuple([key, group])?.into()))
    }
}

/// The items of one group.
#[pyclass(name = "_grouper", module = "itertools", final)]
pub struct Grouper {
    parent: Ref<GroupBy>,
    key: Value,
    number: u64,
}

#[pymethods]
impl Grouper {
    #[new]
    #[text_signature = ""]
    #[signature = "(parent, tgtkey, /)"]
    fn new(vm: &mut Vm, parent: &Value, tgtkey: Value) -> PyResult<Grouper> {
        let Some(group_by) = parent.downcast::<GroupBy>() else {
            let kind = if parent.is_none() { "None".to_owned() } else { vm.type_name(parent) };
            return Err(vm.type_error(format_args!("_grouper() argument 1 must be itertools.groupby, not {kind}")));
        };
        Ok(GroupBy::new_group(group_by, tgtkey))
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let parent = &self.parent;
        if parent.current_group.get() != self.number {
            return Ok(None);
        }
        if parent.current_value.borrow(vm).is_none() && !parent.step(vm)? {
            return Ok(None);
        }
        let Some(key) = parent.current_key.get(vm) else {
            return Ok(None);
        };
        if !vm.eq(&self.key, &key)? {
            return Ok(None);
        }
        let value = parent.current_value.replace(None, vm);
        parent.current_key.set(None, vm);
        Ok(value)
    }
}
