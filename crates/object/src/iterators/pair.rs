//! [`Pair`]: the tuple that an iterator over pairs gave last, given anew where nobody else has kept it.

use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::tuple::Tuple;

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
