//! Pairs: [`Pair`], the tuple that an iterator over pairs gave last, given anew where nobody else has kept it, and
//! [`Vm::next_pair`], which makes none.

use super::{Enumerate, Zip};
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::dict::DictItemIterator;
use crate::errors::PyResult;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The pair that an iterator gave last.
#[derive(pvm_macros::Trace, Default)]
pub(crate) struct Pair {
    last: HeapCell<Option<Ref<Tuple>>>,
}

impl Pair {
    /// A tuple of two items.
    #[inline]
    pub(crate) fn give(&self, first: Value, second: Value, heap: &mut Heap) -> PyResult {
        let mut items = (first, second);
        if let Some(last) = self.last.borrow(heap) {
            match Tuple::renew_pair(last, items) {
                Ok(old) => {
                    let pair = last.to_value();
                    drop(old);
                    return Ok(pair);
                }
                Err(given) => items = given,
            }
        }
        let pair = heap.try_tuple([items.0, items.1])?;
        self.last.set(Some(pair.clone()), heap);
        Ok(pair.into())
    }
}

/// What an iterator gives to one who wants the items of its pairs alone.
pub enum NextPair {
    /// The next two items.
    Items(Value, Value),
    /// Nothing more.
    End,
    /// It is none of the known iterators over pairs; nothing has happened.
    Unknown,
}

impl Vm {
    /// The items of the next pair that an iterator over a dict's items, `enumerate` or a `zip` of two gives.
    #[inline]
    pub fn next_pair(&mut self, iterator: &Value) -> PyResult<NextPair> {
        let items = if let Some(items) = iterator.downcast_exact::<DictItemIterator>() {
            items.next_entry(self)?
        } else if let Some(enumerate) = iterator.downcast_exact::<Enumerate>() {
            enumerate.next_items(self)?
        } else if let Some(zip) = iterator.downcast_exact::<Zip>().filter(|zip| zip.is_of_two()) {
            zip.next_items(self)?
        } else {
            return Ok(NextPair::Unknown);
        };
        Ok(items.map_or(NextPair::End, |(first, second)| NextPair::Items(first, second)))
    }
}
