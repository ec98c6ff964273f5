//! What a context holds: the values of its variables, in an immutable map that copies share.

use pvm_macros::pyclass;
use pvm_object::{Heap, HeapVec, Object, PyResult, Ref, Value};

use super::variable::ContextVar;

/// The map: pairs, sorted by the variables' numbers. A change makes a new one, so copying a context costs nothing and an
/// iterator sees what it began with.
#[pyclass(name = "_values", module = "_contextvars", no_export, final)]
pub struct Values {
    entries: HeapVec<(Ref<ContextVar>, Value)>,
}

impl Values {
    /// The map without entries.
    pub fn empty() -> Values {
        Values { entries: HeapVec::new() }
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The pair at a place.
    pub fn entry(&self, index: usize) -> Option<&(Ref<ContextVar>, Value)> {
        self.entries.get(index)
    }

    /// Where a variable is, or where it would be.
    fn place(&self, variable: &ContextVar) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&variable.number(), |(known, _)| known.number())
    }

    /// A variable's value.
    pub fn get(&self, variable: &ContextVar) -> Option<&Value> {
        self.place(variable).ok().map(|place| &self.entries[place].1)
    }

    /// The map with a variable set.
    pub fn with(&self, variable: &Object<ContextVar>, value: Value, heap: &mut Heap) -> PyResult<Ref<Values>> {
        let mut entries = HeapVec::with_capacity(self.entries.len() + 1)?;
        entries.try_extend(self.entries.iter().cloned())?;
        match self.place(variable) {
            Ok(place) => drop(std::mem::replace(&mut entries[place].1, value)),
            Err(place) => entries.insert(place, (variable.to_ref(), value))?,
        }
        Ok(heap.alloc(Values { entries }))
    }

    /// The map without a variable; `None` where it is not in it.
    pub fn without(&self, variable: &ContextVar, heap: &mut Heap) -> PyResult<Option<Ref<Values>>> {
        let Ok(place) = self.place(variable) else {
            return Ok(None);
        };
        let mut entries = HeapVec::with_capacity(self.entries.len())?;
        entries.try_extend(self.entries.iter().cloned())?;
        drop(entries.remove(place));
        Ok(Some(heap.alloc(Values { entries })))
    }
}
