//! Iteration.

use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::int::IntView;
use crate::list::List;
use crate::tuple::Tuple;
use crate::{Ref, Vm};
use crate::{exceptions, names};

impl Vm {
    /// `iter(value)`.
    pub fn iter(&mut self, value: &Value) -> PyResult {
        let slots = value.ty().slots();
        if let Some(iter) = slots.iter() {
            let iterator = iter(self, value)?;
            if iterator.ty().slots().next().is_none() {
                let kind = self.type_name(&iterator);
                return Err(self.type_error(format_args!("iter() returned non-iterator of type '{kind}'")));
            }
            return Ok(iterator);
        }
        if slots.item().is_some() {
            return Ok(crate::iterators::sequence_iterator(self, value.clone()));
        }
        let kind = self.type_name(value);
        Err(self.type_error(format_args!("'{kind}' object is not iterable")))
    }

    /// The next item of an iterator, `None` at the end; the value that a `StopIteration` carries is lost.
    #[inline]
    pub fn next(&mut self, iterator: &Value) -> PyResult<Option<Value>> {
        match self.next_or_stop(iterator) {
            Err(_) if self.pending_is(exceptions::STOP_ITERATION.get()) => {
                drop(self.take_pending());
                Ok(None)
            }
            // Native loops need not think of it: an iterator may have no end.
            Ok(Some(item)) => self.poll(1).map(|()| Some(item)),
            ended => ended,
        }
    }

    /// The next item of an iterator; at the end `None`, or `StopIteration` where that carries a value.
    #[inline]
    pub fn next_or_stop(&mut self, iterator: &Value) -> PyResult<Option<Value>> {
        // Iterators may wrap one another to any depth.
        self.check_recursion("")?;
        match iterator.ty().slots().next() {
            Some(next) => next(self, iterator),
            None => {
                let kind = self.type_name(iterator);
                Err(self.type_error(format_args!("'{kind}' object is not an iterator")))
            }
        }
    }

    /// All items of an iterable.
    pub fn collect_items(&mut self, iterable: &Value) -> PyResult<HeapVec<Value>> {
        if let Some(tuple) = iterable.downcast_exact::<Tuple>() {
            return Ok(HeapVec::from_slice(tuple.as_slice())?);
        }
        if let Some(list) = iterable.downcast_exact::<List>() {
            return Ok(HeapVec::from_slice(list.items(self))?);
        }
        let iterator = self.iter(iterable)?;
        let hint = self.length_hint(iterable, 0)?;
        let mut items = HeapVec::new();
        if hint < 1 << 24 {
            items.reserve_exact(hint)?;
        }
        while let Some(item) = self.next(&iterator)? {
            items.push(item)?;
        }
        Ok(items)
    }

    /// `tuple(iterable)`; a plain tuple itself.
    pub fn tuple_of(&mut self, iterable: &Value) -> PyResult<Ref<Tuple>> {
        if let Some(tuple) = iterable.downcast_exact::<Tuple>() {
            return Ok(tuple.to_ref());
        }
        if let Some(list) = iterable.downcast_exact::<List>() {
            return Ok(self.tuple_of_list(list)?);
        }
        let items = self.collect_items(iterable)?;
        Ok(self.try_tuple(items)?)
    }

    /// `operator.length_hint(value, default)`.
    pub fn length_hint(&mut self, value: &Value, default: usize) -> PyResult<usize> {
        if value.ty().slots().len().is_some() {
            let len = self.len(value);
            if let Some(len) = self.ok_unless(len, exceptions::TYPE_ERROR.get())? {
                return Ok(len);
            }
        }
        let hint = self.call_special(value, &names::__length_hint__, &[]);
        let Some(hint) = self.ok_unless(hint, exceptions::TYPE_ERROR.get())?.flatten() else { return Ok(default) };
        if hint.is_not_implemented() {
            return Ok(default);
        }
        let hint = match hint.as_int() {
            Some(IntView::Small(hint)) => hint,
            Some(IntView::Big(_)) => {
                return Err(self.overflow_error(format_args!("Python int too large to convert to C ssize_t")));
            }
            None => {
                let kind = self.type_name(&hint);
                return Err(self.type_error(format_args!("__length_hint__ must be an integer, not {kind}")));
            }
        };
        usize::try_from(hint).map_err(|_| self.value_error(format_args!("__length_hint__() should return >= 0")))
    }
}
