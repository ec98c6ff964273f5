//! `dict`: compact and ordered.

use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class, type_flag};

/// The native half of a dict.
pub struct Dict {
    entries: HeapCell<HeapVec<(Value, Value)>>,
}

static_class! {
    /// `dict`.
    pub DICT_TYPE: Dict = {
        name: "dict",
        layout: &DICT_LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::MATCH_SELF | type_flag::MAPPING,
        members: &[],
        slots: Slots::new(),
    }
}
static DICT_LAYOUT: NativeLayout = NativeLayout::of::<Dict>();

// SAFETY: each key and value is visited once.
unsafe impl Trace for Dict {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.entries.trace(visitor);
    }
}

fn is_key(key: &Value, name: &Object<Str>) -> bool {
    key.downcast::<Str>().is_some_and(|key| key.same_text(name))
}

impl Object<Dict> {
    /// The value under a string.
    pub fn get_str(&self, name: &Object<Str>, heap: &Heap) -> Option<Value> {
        self.get_str_ref(name, heap).map(ValueRef::to_owned)
    }

    /// The value under a string, borrowed.
    pub fn get_str_ref<'a>(&'a self, name: &Object<Str>, heap: &'a Heap) -> Option<ValueRef<'a>> {
        self.entries.borrow(heap).iter().find(|(key, _)| is_key(key, name)).map(|(_, value)| value.borrowed())
    }

    /// Puts a value under a string.
    pub fn set_str(&self, name: &Object<Str>, value: Value, heap: &mut Heap) -> PyResult<()> {
        let entries = self.entries.borrow_mut(heap);
        let old = match entries.iter_mut().find(|(key, _)| is_key(key, name)) {
            Some((_, place)) => Some(std::mem::replace(place, value)),
            None => {
                entries.push((name.to_value(), value))?;
                None
            }
        };
        drop(old);
        Ok(())
    }

    /// Takes the value under a string out.
    pub fn remove_str(&self, name: &Object<Str>, heap: &mut Heap) -> Option<Value> {
        let entries = self.entries.borrow_mut(heap);
        let index = entries.iter().position(|(key, _)| is_key(key, name))?;
        Some(entries.remove(index).1)
    }

    /// The string keys and their values, in order.
    pub fn str_items(&self, heap: &Heap) -> Vec<(Ref<Str>, Value)> {
        let entries = self.entries.borrow(heap).iter();
        entries.filter_map(|(key, value)| Some((key.downcast::<Str>()?.to_ref(), value.clone()))).collect()
    }
}

impl Heap {
    /// An empty dict.
    pub fn new_dict(&mut self) -> Ref<Dict> {
        self.alloc(Dict { entries: HeapCell::default() })
    }
}
