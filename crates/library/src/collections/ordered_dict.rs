//! `collections.OrderedDict`: a dict, and beside it the order of its keys (CPython's `odictobject.c`). Those who change the
//! dict behind its back, by `dict`'s own methods, leave keys without values, which then are `KeyError`s.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::arguments::Keywords;
use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::ops::CompareOp;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Heap, HeapCell, Object, PyClass, PyResult, Raised, Ref, Type, Value, Vm, names};

use super::order::Order;
use super::ordered_views::{OrderedItems, OrderedIterator, OrderedKeys, OrderedValues, Part};

/// A dict that remembers the order in which keys came, and can change it.
#[pyclass(name = "OrderedDict", module = "collections", extends = Dict, dict, weakref)]
pub struct OrderedDict {
    base: Dict,
    order: HeapCell<Order>,
    /// From keys to their places in the order.
    nodes: HeapCell<Ref<Dict>>,
    /// Counts changes of the order, for iterators.
    state: Cell<u64>,
}

impl OrderedDict {
    /// The dict.
    pub fn dict(this: &Object<OrderedDict>) -> &Object<Dict> {
        this.as_value().downcast_ref::<Dict>().expect("the class extends dict")
    }

    /// The order of the keys.
    pub fn order<'a>(&'a self, heap: &'a Heap) -> &'a Order {
        self.order.borrow(heap)
    }

    /// A number that changes when the order does.
    pub fn state(&self) -> u64 {
        self.state.get()
    }

    fn changed(&self) {
        self.state.set(self.state.get().wrapping_add(1));
    }

    fn is_exact(this: &Object<OrderedDict>) -> bool {
        std::ptr::eq(this.ty(), OrderedDict::type_object())
    }

    fn find(&self, key: &Value, hash: i64, vm: &mut Vm) -> PyResult<Option<u32>> {
        let nodes = self.nodes.get(vm);
        Ok(nodes.get_hashed(key, hash, vm)?.and_then(|node| node.as_small_int()).map(|node| node as u32))
    }

    fn set(this: &Object<OrderedDict>, key: &Value, value: Value, vm: &mut Vm) -> PyResult<()> {
        let hash = vm.hash_key(key)?;
        OrderedDict::set_hashed(this, key, hash, value, vm)
    }

    fn set_hashed(this: &Object<OrderedDict>, key: &Value, hash: i64, value: Value, vm: &mut Vm) -> PyResult<()> {
        OrderedDict::dict(this).set_hashed(key, hash, value, vm)?;
        if this.find(key, hash, vm)?.is_none() {
            let node = this.order.borrow_mut(vm).push(key.clone(), hash)?;
            this.changed();
            let (nodes, node) = (this.nodes.get(vm), vm.int(node as i64));
            nodes.set_hashed(key, hash, node, vm)?;
        }
        Ok(())
    }

    /// Takes a key out of the order, if it is there.
    fn forget(&self, key: &Value, hash: i64, vm: &mut Vm) -> PyResult<bool> {
        let nodes = self.nodes.get(vm);
        let Some(node) = nodes.remove_hashed(key, hash, vm)?.and_then(|node| node.as_small_int()) else {
            return Ok(false);
        };
        let key = self.order.borrow_mut(vm).remove(node as u32);
        drop(key);
        self.changed();
        Ok(true)
    }

    /// Takes a key out and returns its value, or the default (`_odict_popkey_hash`).
    fn pop_hashed(this: &Object<OrderedDict>, key: &Value, hash: i64, default: Option<&Value>, vm: &mut Vm) -> PyResult {
        let known = this.forget(key, hash, vm)?;
        let found = if known { OrderedDict::dict(this).remove_hashed(key, hash, vm)? } else { None };
        match (found, default) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => Ok(default.clone()),
            (None, None) => Err(vm.key_error(key)),
        }
    }

    /// The value under a key of the order.
    fn value_of(this: &Object<OrderedDict>, key: &Value, vm: &mut Vm) -> PyResult {
        match OrderedDict::dict(this).get(key, vm)? {
            Some(value) => Ok(value),
            None => Err(vm.key_error(key)),
        }
    }

    fn same_keys(&self, other: &OrderedDict, vm: &mut Vm) -> PyResult<bool> {
        let (mut left, mut right) = (self.order(vm).end(false), other.order(vm).end(false));
        loop {
            let (Some(a), Some(b)) = (left, right) else {
                return Ok(left.is_none() && right.is_none());
            };
            let keys = (self.order(vm).key(a), other.order(vm).key(b));
            let (Some((key_a, _)), Some((key_b, _))) = keys else {
                return Ok(false);
            };
            let (key_a, key_b) = (key_a.clone(), key_b.clone());
            let states = (self.state(), other.state());
            if !vm.eq(&key_a, &key_b)? {
                return Ok(false);
            }
            if states != (self.state(), other.state()) {
                return Err(vm.runtime_error(format_args!("OrderedDict mutated during iteration")));
            }
            left = self.order(vm).neighbour(a, true);
            right = other.order(vm).neighbour(b, true);
        }
    }

    /// As `MutableMapping.update` does, the arguments by position checked already.
    fn update_from(this: &Object<OrderedDict>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        if let Some(source) = args.get(0) {
            update_from_one(&this.as_value(), &source, vm)?;
        }
        for (name, value) in args.keywords() {
            store(&this.as_value(), &name.as_value(), &value, vm)?;
        }
        Ok(())
    }
}

fn store(target: &Value, key: &Value, value: &Value, vm: &mut Vm) -> PyResult<()> {
    match target.downcast_exact::<OrderedDict>() {
        Some(ordered) => OrderedDict::set(ordered, key, value.clone(), vm),
        None => vm.setitem(target, key, value),
    }
}

/// Puts the entries of a mapping, or the pairs of an iterable, into a mapping (`mutablemapping_update_arg`).
fn update_from_one(target: &Value, source: &Value, vm: &mut Vm) -> PyResult<()> {
    if let Some(dict) = source.downcast_exact::<Dict>() {
        let entries: Vec<_> = dict.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        for (key, value) in entries {
            store(target, &key, &value, vm)?;
        }
        return Ok(());
    }
    if let Some(keys) = vm.find_attr(source, &names::keys)? {
        let keys = vm.call(&keys, &[])?;
        let iterator = vm.iter(&keys)?;
        while let Some(key) = vm.next(&iterator)? {
            let value = vm.getitem(source, &key)?;
            store(target, &key, &value, vm)?;
        }
        return Ok(());
    }
    if let Some(items) = vm.find_attr(source, &names::items)? {
        let items = vm.call(&items, &[])?;
        return update_from_pairs(target, &items, vm);
    }
    update_from_pairs(target, source, vm)
}

fn update_from_pairs(target: &Value, pairs: &Value, vm: &mut Vm) -> PyResult<()> {
    let iterator = vm.iter(pairs)?;
    while let Some(pair) = vm.next(&iterator)? {
        let parts = vm.iter(&pair)?;
        let Some(key) = vm.next(&parts)? else {
            return Err(vm.value_error(format_args!("need more than 0 values to unpack")));
        };
        let Some(value) = vm.next(&parts)? else {
            return Err(vm.value_error(format_args!("need more than 1 value to unpack")));
        };
        if vm.next(&parts)?.is_some() {
            return Err(vm.value_error(format_args!("too many values to unpack (expected 2)")));
        }
        store(target, &key, &value, vm)?;
    }
    Ok(())
}

fn empty(heap: &mut Heap) -> Raised {
    heap.raise_message(&exceptions::KEY_ERROR, format_args!("dictionary is empty"))
}

#[pymethods]
impl OrderedDict {
    #[new]
    fn new(_args: Args<'_>, heap: &mut Heap) -> OrderedDict {
        let nodes = HeapCell::new(heap.new_dict());
        OrderedDict { base: Dict::empty(), order: HeapCell::default(), nodes, state: Cell::new(0) }
    }

    fn __init__(this: &Object<OrderedDict>, args: Args<'_>, vm: &mut Vm) -> PyResult<()> {
        if args.len() > 1 {
            return Err(vm.type_error(format_args!("expected at most 1 argument, got {}", args.len())));
        }
        OrderedDict::update_from(this, args, vm)
    }

    fn __repr__(this: &Object<OrderedDict>, vm: &mut Vm) -> PyResult {
        let name = this.ty().short_name().to_owned();
        if OrderedDict::dict(this).is_empty(vm) {
            return Ok(vm.try_str(&format!("{name}()"))?.into());
        }
        vm.container_repr(&this.as_value(), "...", |vm| {
            let copy = vm.dict_of(&this.as_value())?;
            let repr = vm.repr(&copy.as_value())?;
            let mut text = pvm_object::text::TextBuilder::new();
            text.push_str(&format!("{name}("));
            text.push_view(repr.view());
            text.push_str(")");
            Ok(text)
        })
    }

    #[slot(richcompare)]
    fn compare(this: &Object<OrderedDict>, other: &Object<Dict>, op: CompareOp, vm: &mut Vm) -> PyResult {
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(Value::not_implemented());
        }
        let compare = Dict::type_object().slots().richcompare().expect("dict has comparisons");
        let result = compare(vm, &this.as_value(), &other.as_value(), op)?;
        let Some(other) = other.as_value().downcast_ref::<OrderedDict>() else {
            return Ok(result);
        };
        if result.is_true() != (op == CompareOp::Eq) {
            return Ok(result);
        }
        let same = this.same_keys(other, vm)?;
        Ok(Value::from_bool(same == (op == CompareOp::Eq)))
    }

    fn __iter__(this: &Object<OrderedDict>, heap: &mut Heap) -> Ref<OrderedIterator> {
        let iterator = OrderedIterator::new(this, Part::Key, true, heap);
        heap.alloc(iterator)
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let (this, other) = if left.is_instance_of::<OrderedDict>() { (left, right) } else { (right, left) };
        if !this.is_instance_of::<OrderedDict>() || !other.is_instance_of::<Dict>() {
            return Ok(Value::not_implemented());
        }
        let new = vm.call(&this.ty().to_value(), std::slice::from_ref(left))?;
        update_from_one(&new, right, vm)?;
        Ok(new)
    }

    fn __ior__(this: &Object<OrderedDict>, other: &Value, vm: &mut Vm) -> PyResult {
        update_from_one(&this.as_value(), other, vm)?;
        Ok(this.to_value())
    }

    #[slot(setitem)]
    fn set_item(this: &Object<OrderedDict>, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        match value {
            Some(value) => OrderedDict::set(this, key, value.clone(), vm),
            None => {
                let hash = vm.hash_key(key)?;
                this.forget(key, hash, vm)?;
                match OrderedDict::dict(this).remove_hashed(key, hash, vm)? {
                    Some(_) => Ok(()),
                    None => Err(vm.key_error(key)),
                }
            }
        }
    }

    /// A new dict whose keys are the items of the iterable, all with one value.
    #[classmethod]
    #[signature = "($type, /, iterable, value=None)"]
    fn fromkeys(cls: &Object<Type>, iterable: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult {
        let none = Value::none();
        let value = value.unwrap_or(&none);
        let result = vm.call(&cls.as_value(), &[])?;
        let iterator = vm.iter(iterable)?;
        while let Some(key) = vm.next(&iterator)? {
            store(&result, &key, value, vm)?;
        }
        Ok(result)
    }

    /// Bytes the dict takes, its keys and values not counted.
    fn __sizeof__(this: &Object<OrderedDict>, heap: &Heap) -> usize {
        let nodes = this.nodes.borrow(heap).size_in_memory(heap) + this.order(heap).size_in_memory();
        OrderedDict::dict(this).size_in_memory(heap) + nodes + size_of::<OrderedDict>() - size_of::<Dict>()
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<OrderedDict>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let state = vm.call_method(&this.as_value(), &names::__getstate__, &[])?;
        let items = vm.call_method(&this.as_value(), &names::items, &[])?;
        let (items, arguments) = (vm.iter(&items)?, vm.new_tuple(vec![]));
        Ok(vm.new_tuple(vec![this.ty().to_value(), arguments.into(), state, Value::none(), items]))
    }

    /// The value under the key; where the key is missing, the default, which is put there.
    #[signature = "($self, /, key, default=None)"]
    fn setdefault(this: &Object<OrderedDict>, key: &Value, default: Option<&Value>, vm: &mut Vm) -> PyResult {
        let default = default.map_or_else(Value::none, Value::clone);
        if OrderedDict::is_exact(this) {
            let hash = vm.hash_key(key)?;
            if let Some(value) = OrderedDict::dict(this).get_hashed(key, hash, vm)? {
                return Ok(value);
            }
            OrderedDict::set_hashed(this, key, hash, default.clone(), vm)?;
        } else {
            if vm.contains(&this.as_value(), key)? {
                return vm.getitem(&this.as_value(), key);
            }
            vm.setitem(&this.as_value(), key, &default)?;
        }
        Ok(default)
    }

    /// pop($self, /, key, default=<unrepresentable>)
    /// --
    ///
    /// Removes the key and returns its value.
    ///
    /// Where the key is missing the default is returned if there is one; else it is a KeyError.
    fn pop(this: &Object<OrderedDict>, key: &Value, default: Option<&Value>, vm: &mut Vm) -> PyResult {
        let hash = vm.hash_key(key)?;
        OrderedDict::pop_hashed(this, key, hash, default, vm)
    }

    /// Removes the last entry, or the first, and returns it as a pair.
    #[signature = "($self, /, last=True)"]
    fn popitem(this: &Object<OrderedDict>, last: bool, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let order = this.order(vm);
        let Some((key, hash)) = order.end(last).and_then(|node| order.key(node)) else {
            return Err(empty(vm));
        };
        let key = key.clone();
        let value = OrderedDict::pop_hashed(this, &key, hash, None, vm)?;
        Ok(vm.try_tuple([key, value])?)
    }

    fn keys(this: &Object<OrderedDict>, heap: &mut Heap) -> Ref<OrderedKeys> {
        heap.alloc(OrderedKeys::of(this))
    }

    fn values(this: &Object<OrderedDict>, heap: &mut Heap) -> Ref<OrderedValues> {
        heap.alloc(OrderedValues::of(this))
    }

    fn items(this: &Object<OrderedDict>, heap: &mut Heap) -> Ref<OrderedItems> {
        heap.alloc(OrderedItems::of(this))
    }

    #[text_signature = ""]
    #[signature = "($self, /, *args, **kwargs)"]
    fn update(this: &Object<OrderedDict>, args: Args<'_>, kwargs: Keywords<'_>, vm: &mut Vm) -> PyResult<()> {
        if args.len() > 1 {
            return Err(vm.type_error(format_args!("update() takes at most 1 positional argument ({} given)", args.len())));
        }
        OrderedDict::update_from(this, args.without_keywords(), vm)?;
        for (name, value) in kwargs.iter() {
            store(&this.as_value(), &name.as_value(), &value, vm)?;
        }
        Ok(())
    }

    /// Removes all entries.
    fn clear(this: &Object<OrderedDict>, heap: &mut Heap) {
        OrderedDict::dict(this).clear(heap);
        this.nodes.get(heap).clear(heap);
        this.order.set(Order::default(), heap);
        this.changed();
    }

    /// A new dict with the same entries in the same order.
    fn copy(this: &Object<OrderedDict>, vm: &mut Vm) -> PyResult {
        let class = this.ty().to_value();
        let copy = vm.call(&class, &[])?;
        let exact = OrderedDict::is_exact(this);
        let state = this.state();
        let mut node = this.order(vm).end(false);
        while let Some(place) = node {
            let Some((key, _)) = this.order(vm).key(place) else {
                break;
            };
            let key = key.clone();
            let value = if exact { OrderedDict::value_of(this, &key, vm)? } else { vm.getitem(&this.as_value(), &key)? };
            if this.state() == state {
                store(&copy, &key, &value, vm)?;
            }
            if this.state() != state {
                return Err(vm.runtime_error(format_args!("OrderedDict mutated during iteration")));
            }
            node = this.order(vm).neighbour(place, true);
        }
        Ok(copy)
    }

    /// An iterator over the keys from the last to the first.
    fn __reversed__(this: &Object<OrderedDict>, heap: &mut Heap) -> Ref<OrderedIterator> {
        let iterator = OrderedIterator::new(this, Part::Key, false, heap);
        heap.alloc(iterator)
    }

    /// Moves a key to the end, or to the beginning.
    ///
    /// Raises KeyError where the key is missing.
    #[signature = "($self, /, key, last=True)"]
    fn move_to_end(this: &Object<OrderedDict>, key: &Value, last: bool, vm: &mut Vm) -> PyResult<()> {
        let order = this.order(vm);
        let Some(end) = order.end(last) else {
            return Err(vm.key_error(key));
        };
        if order.key(end).is_some_and(|(known, _)| known.is(key)) {
            return Ok(());
        }
        let hash = vm.hash_key(key)?;
        let Some(node) = this.find(key, hash, vm)? else {
            return Err(vm.key_error(key));
        };
        if this.order(vm).end(last) != Some(node) {
            this.order.borrow_mut(vm).move_to_end(node, last);
            this.changed();
        }
        Ok(())
    }
}
