//! Tuples, lists, dicts and sets to instructions.

use pvm_object::dict::Dict;
use pvm_object::list::List;
use pvm_object::set::{FrozenSet, Set};
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Value, Vm};

use super::opcodes::*;
use super::save::{Saver, noted, type_text};

/// Without a memo, containers may be so deep before they are looked at for cycles.
const FAST_NESTING: usize = 50;

impl Saver {
    fn save_item(&mut self, vm: &mut Vm, owner: &Value, index: usize, item: &Value) -> PyResult<()> {
        let result = self.save(vm, item);
        noted(vm, result, |vm| Ok(format!("when serializing {} item {index}", type_text(owner, vm))))
    }

    fn save_pair(&mut self, vm: &mut Vm, owner: &Value, key: &Value, value: &Value) -> PyResult<()> {
        self.save(vm, key)?;
        let result = self.save(vm, value);
        noted(vm, result, |vm| {
            let shown = vm.repr(key)?;
            Ok(format!("when serializing {} item {}", type_text(owner, vm), shown.to_string_lossy()))
        })
    }

    /// Saves what is in a container; without a memo, one that contains itself is found (`fast_save_enter`).
    fn nested(&mut self, vm: &mut Vm, object: &Value, body: impl FnOnce(&mut Saver, &mut Vm) -> PyResult<()>) -> PyResult<()> {
        if !self.fast {
            return body(self, vm);
        }
        let identity = object.bits();
        if self.nested.len() >= FAST_NESTING && self.nested.contains(&identity) {
            let kind = type_text(object, vm);
            return Err(vm.value_error(format_args!(
                "fast mode: can't pickle cyclic objects including object type {kind} at {identity:#x}"
            )));
        }
        self.nested.push(identity);
        let result = body(self, vm);
        self.nested.pop();
        result
    }

    pub(super) fn save_tuple(&mut self, vm: &mut Vm, tuple: &Object<Tuple>) -> PyResult<()> {
        let (object, items) = (tuple.to_value(), tuple.as_slice());
        if items.is_empty() {
            match self.is_binary() {
                true => self.out.op(EMPTY_TUPLE),
                false => self.out.put(&[MARK, TUPLE]),
            }
            return Ok(());
        }
        let short = items.len() <= 3 && self.protocol >= 2;
        if !short {
            self.out.op(MARK);
        }
        for (index, item) in items.iter().enumerate() {
            self.save_item(vm, &object, index, item)?;
        }
        // An item may have led back to the tuple, which then is written: it is thrown away here, and got from the memo.
        if let Some(number) = self.memo.get(&object) {
            match short || !self.is_binary() {
                true => self.out.put(&vec![POP; items.len() + usize::from(!short)]),
                false => self.out.op(POP_MARK),
            }
            self.get(number);
            return Ok(());
        }
        self.out.op(if short { TUPLE1 + (items.len() - 1) as u8 } else { TUPLE });
        self.memoize(&object)
    }

    pub(super) fn save_list(&mut self, vm: &mut Vm, list: &Object<List>) -> PyResult<()> {
        let object = list.to_value();
        self.nested(vm, &object, |saver, vm| {
            match saver.is_binary() {
                true => saver.out.op(EMPTY_LIST),
                false => saver.out.put(&[MARK, LIST]),
            }
            saver.memoize(&object)?;
            saver.append_list(vm, list)
        })
    }

    /// Appends the items of a list (`batch_list_exact`).
    fn append_list(&mut self, vm: &mut Vm, list: &Object<List>) -> PyResult<()> {
        let object = list.to_value();
        if list.is_empty(vm) {
            return Ok(());
        }
        if !self.is_binary() || list.len(vm) == 1 {
            let mut index = 0;
            while let Some(item) = list.get(index, vm) {
                self.save_item(vm, &object, index, &item)?;
                self.out.op(APPEND);
                index += 1;
            }
            return Ok(());
        }
        let mut index = 0;
        while index < list.len(vm) {
            self.out.op(MARK);
            let end = index + BATCH;
            while index < end
                && let Some(item) = list.get(index, vm)
            {
                self.save_item(vm, &object, index, &item)?;
                index += 1;
            }
            self.out.op(APPENDS);
        }
        Ok(())
    }

    /// Appends what an iterator gives (`batch_list`).
    pub(super) fn append_items(&mut self, vm: &mut Vm, owner: &Value, iterator: &Value) -> PyResult<()> {
        let mut index = 0;
        if !self.is_binary() {
            while let Some(item) = vm.next(iterator)? {
                self.save_item(vm, owner, index, &item)?;
                self.out.op(APPEND);
                index += 1;
            }
            return Ok(());
        }
        while let Some(first) = vm.next(iterator)? {
            let Some(second) = vm.next(iterator)? else {
                self.save_item(vm, owner, index, &first)?;
                self.out.op(APPEND);
                break;
            };
            self.out.op(MARK);
            self.save_item(vm, owner, index, &first)?;
            let (mut next, end) = (Some(second), index + BATCH);
            index += 1;
            while let Some(item) = next.take() {
                self.save_item(vm, owner, index, &item)?;
                index += 1;
                if index < end {
                    next = vm.next(iterator)?;
                }
            }
            self.out.op(APPENDS);
            if index < end {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn save_dict(&mut self, vm: &mut Vm, dict: &Object<Dict>) -> PyResult<()> {
        let object = dict.to_value();
        self.nested(vm, &object, |saver, vm| {
            match saver.is_binary() {
                true => saver.out.op(EMPTY_DICT),
                false => saver.out.put(&[MARK, DICT]),
            }
            saver.memoize(&object)?;
            if dict.is_empty(vm) {
                return Ok(());
            }
            if saver.is_binary() {
                return saver.set_dict_items(vm, dict);
            }
            let items = vm.intern("items");
            let items = vm.call_method(&object, &items, &[])?;
            let iterator = vm.iter(&items)?;
            saver.set_items(vm, &object, &iterator)
        })
    }

    /// Sets the items of a dict (`batch_dict_exact`).
    fn set_dict_items(&mut self, vm: &mut Vm, dict: &Object<Dict>) -> PyResult<()> {
        let (object, len) = (dict.to_value(), dict.len(vm));
        let mut position = 0;
        let next = |position: &mut usize, vm: &mut Vm| {
            dict.next_entry(position, vm).map(|(key, value)| (key.to_owned(), value.to_owned()))
        };
        if len == 1 {
            if let Some((key, value)) = next(&mut position, vm) {
                self.save_pair(vm, &object, &key, &value)?;
                self.out.op(SETITEM);
            }
            return Ok(());
        }
        loop {
            let mut count = 0;
            self.out.op(MARK);
            while count < BATCH
                && let Some((key, value)) = next(&mut position, vm)
            {
                self.save_pair(vm, &object, &key, &value)?;
                if dict.len(vm) != len {
                    return Err(vm.runtime_error(format_args!("dictionary changed size during iteration")));
                }
                count += 1;
            }
            self.out.op(SETITEMS);
            if count < BATCH {
                return Ok(());
            }
        }
    }

    /// A key and a value out of what an iterator gave.
    fn pair(vm: &mut Vm, item: &Value) -> PyResult<(Value, Value)> {
        match item.downcast::<Tuple>().map(|tuple| tuple.as_slice()) {
            Some([key, value]) => Ok((key.clone(), value.clone())),
            _ => Err(vm.type_error(format_args!("dict items iterator must return 2-tuples"))),
        }
    }

    /// Sets the items that an iterator gives as pairs (`batch_dict`).
    pub(super) fn set_items(&mut self, vm: &mut Vm, owner: &Value, iterator: &Value) -> PyResult<()> {
        if !self.is_binary() {
            while let Some(item) = vm.next(iterator)? {
                let (key, value) = Saver::pair(vm, &item)?;
                self.save_pair(vm, owner, &key, &value)?;
                self.out.op(SETITEM);
            }
            return Ok(());
        }
        while let Some(first) = vm.next(iterator)? {
            let (key, value) = Saver::pair(vm, &first)?;
            let Some(second) = vm.next(iterator)? else {
                self.save_pair(vm, owner, &key, &value)?;
                self.out.op(SETITEM);
                break;
            };
            self.out.op(MARK);
            self.save_pair(vm, owner, &key, &value)?;
            let (mut next, mut count) = (Some(second), 1);
            while let Some(item) = next.take() {
                let (key, value) = Saver::pair(vm, &item)?;
                self.save_pair(vm, owner, &key, &value)?;
                count += 1;
                if count < BATCH {
                    next = vm.next(iterator)?;
                }
            }
            self.out.op(SETITEMS);
            if count < BATCH {
                break;
            }
        }
        Ok(())
    }

    fn save_element(&mut self, vm: &mut Vm, owner: &Value, element: &Value) -> PyResult<()> {
        let result = self.save(vm, element);
        noted(vm, result, |vm| Ok(format!("when serializing {} element", type_text(owner, vm))))
    }

    /// What sets are reduced to for protocols that do not know them.
    fn save_as_list(&mut self, vm: &mut Vm, object: &Value) -> PyResult<()> {
        let list = vm.list_of(object)?;
        let arguments = vm.try_tuple([list.into()])?;
        self.save_reduce(vm, &[object.ty().to_value(), arguments.into()], Some(object))
    }

    pub(super) fn save_set(&mut self, vm: &mut Vm, set: &Object<Set>) -> PyResult<()> {
        let object = set.to_value();
        if self.protocol < 4 {
            return self.save_as_list(vm, &object);
        }
        self.out.op(EMPTY_SET);
        self.memoize(&object)?;
        let elements = pvm_object::set::any_set(&object).expect("a set");
        let len = elements.len(vm);
        if len == 0 {
            return Ok(());
        }
        let mut position = 0;
        loop {
            let mut count = 0;
            self.out.op(MARK);
            while count < BATCH
                && let Some(element) = elements.next_element(&mut position, vm)
            {
                self.save_element(vm, &object, &element)?;
                if elements.len(vm) != len {
                    return Err(vm.runtime_error(format_args!("set changed size during iteration")));
                }
                count += 1;
            }
            self.out.op(ADDITEMS);
            if count < BATCH {
                return Ok(());
            }
        }
    }

    pub(super) fn save_frozenset(&mut self, vm: &mut Vm, set: &Object<FrozenSet>) -> PyResult<()> {
        let object = set.to_value();
        if self.protocol < 4 {
            return self.save_as_list(vm, &object);
        }
        self.out.op(MARK);
        let elements = pvm_object::set::any_set(&object).expect("a frozenset");
        let mut position = 0;
        while let Some(element) = elements.next_element(&mut position, vm) {
            self.save_element(vm, &object, &element)?;
        }
        if let Some(number) = self.memo.get(&object) {
            self.out.op(POP_MARK);
            self.get(number);
            return Ok(());
        }
        self.out.op(FROZENSET);
        self.memoize(&object)
    }
}
