//! The items of an iterable as a slice, copied only where it is neither a tuple nor a list.

use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::list::List;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The items of an iterable (`PySequence_Fast`).
pub enum Items {
    /// Those of a tuple.
    Tuple(Ref<Tuple>),
    /// Those of a list, as it is at the moment.
    List(Ref<List>),
    /// Those that an iterator yielded.
    Collected(HeapVec<Value>),
}

impl Items {
    /// The items.
    #[inline]
    pub fn as_slice<'a>(&'a self, heap: &'a Heap) -> &'a [Value] {
        match self {
            Items::Tuple(tuple) => tuple.as_slice(),
            Items::List(list) => list.items(heap),
            Items::Collected(items) => items,
        }
    }
}

impl Vm {
    /// The items of an iterable; what is none raises a `TypeError` with this message.
    pub fn items_or(&mut self, iterable: &Value, message: &str) -> PyResult<Items> {
        if let Some(list) = iterable.downcast_exact::<List>() {
            return Ok(Items::List(list.to_ref()));
        }
        if let Some(tuple) = iterable.downcast_exact::<Tuple>() {
            return Ok(Items::Tuple(tuple.to_ref()));
        }
        Ok(Items::Collected(self.collect_or(iterable, message)?))
    }
}
