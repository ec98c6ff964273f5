//! The views of an `OrderedDict` and their iterator.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::{DictItems, DictKeys, DictValues};
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, HeapCell, Object, PyResult, Ref, Value, Vm};

use super::order::NIL;
use super::ordered_dict::OrderedDict;

/// What an iterator gives of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Key,
    /// The value.
    Value,
    /// Both.
    Item,
}

/// The iterator of an `OrderedDict` and of its views. It notices changes of the order.
#[pyclass(name = "odict_iterator", final)]
pub struct OrderedIterator {
    dict: HeapCell<Option<Ref<OrderedDict>>>,
    #[trace(skip)]
    part: Part,
    forwards: bool,
    node: Cell<u32>,
    state: u64,
    /// How long the dict was; -1 once it was seen to be of another length.
    size: Cell<isize>,
}

impl OrderedIterator {
    /// At the first entry of its direction.
    pub fn new(dict: &Object<OrderedDict>, part: Part, forwards: bool, heap: &Heap) -> OrderedIterator {
        OrderedIterator {
            dict: HeapCell::new(Some(dict.to_ref())),
            part,
            forwards,
            node: Cell::new(dict.order(heap).end(!forwards).unwrap_or(NIL)),
            state: dict.state(),
            size: Cell::new(OrderedDict::dict(dict).len(heap) as isize),
        }
    }

    fn next(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(dict) = self.dict.get(vm) else {
            return Ok(None);
        };
        let node = self.node.get();
        if node == NIL {
            self.dict.set(None, vm);
            return Ok(None);
        }
        if dict.state() != self.state {
            self.dict.set(None, vm);
            return Err(vm.runtime_error(format_args!("OrderedDict mutated during iteration")));
        }
        if OrderedDict::dict(&dict).len(vm) as isize != self.size.get() {
            self.size.set(-1);
            return Err(vm.runtime_error(format_args!("OrderedDict changed size during iteration")));
        }
        let order = dict.order(vm);
        let Some((key, _)) = order.key(node) else {
            return Ok(None);
        };
        let key = key.clone();
        self.node.set(order.neighbour(node, self.forwards).unwrap_or(NIL));
        if self.part == Part::Key {
            return Ok(Some(key));
        }
        let Some(value) = OrderedDict::dict(&dict).get(&key, vm)? else {
            self.dict.set(None, vm);
            return Err(vm.key_error(&key));
        };
        Ok(Some(match self.part {
            Part::Item => vm.try_tuple([key, value])?.into(),
            _ => value,
        }))
    }
}

#[pymethods]
impl OrderedIterator {
    fn __iter__(this: &Object<OrderedIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        self.next(vm)
    }

    /// What pickling needs: the rest as a list; the iterator itself does not move.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let (dict, node, size) = (self.dict.get(vm), self.node.get(), self.size.get());
        let rest = vm.new_list();
        while let Some(item) = self.next(vm)? {
            rest.push(item, vm)?;
        }
        self.dict.set(dict, vm);
        self.node.set(node);
        self.size.set(size);
        let name = vm.intern("iter");
        let iter = vm.import_attr("builtins", &name)?;
        let arguments = vm.new_tuple(vec![rest.into()]);
        Ok(vm.new_tuple(vec![iter, arguments.into()]))
    }
}

macro_rules! views {
    ($($(#[$doc:meta])* $native:ident $name:literal extends $base:ident gives $part:ident;)*) => {$(
        $(#[$doc])*
        #[pyclass(name = $name, extends = $base, final)]
        pub struct $native {
            base: $base,
            ordered: Ref<OrderedDict>,
        }

        impl $native {
            /// The view of a dict.
            pub fn of(dict: &Object<OrderedDict>) -> $native {
                $native { base: $base::of(OrderedDict::dict(dict)), ordered: dict.to_ref() }
            }
        }

        #[pymethods]
        impl $native {
            fn __iter__(&self, heap: &mut Heap) -> Ref<OrderedIterator> {
                let iterator = OrderedIterator::new(&self.ordered, Part::$part, true, heap);
                heap.alloc(iterator)
            }

            fn __reversed__(&self, heap: &mut Heap) -> Ref<OrderedIterator> {
                let iterator = OrderedIterator::new(&self.ordered, Part::$part, false, heap);
                heap.alloc(iterator)
            }
        }
    )*};
}

views! {
    /// The keys of an `OrderedDict`.
    OrderedKeys "odict_keys" extends DictKeys gives Key;
    /// The values of an `OrderedDict`.
    OrderedValues "odict_values" extends DictValues gives Value;
    /// The entries of an `OrderedDict`, as pairs.
    OrderedItems "odict_items" extends DictItems gives Item;
}
