//! What sequences share: positions, slices of arguments, comparison item by item, repetition, the constructor's argument.

use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::exceptions;
use crate::heap::HeapVec;
use crate::ops::CompareOp;
use crate::text::TextBuilder;
use crate::types::{SlotId, Type};
use crate::{Heap, Vm};

/// The position that a key means in a sequence of `len` items; `None` where it is outside.
#[inline]
pub fn position(index: isize, len: usize) -> Option<usize> {
    let index = if index < 0 { index.checked_add_unsigned(len)? } else { index };
    usize::try_from(index).ok().filter(|&index| index < len)
}

/// Clips a start or stop that may count from the end to `0..`; beyond the end it stays.
#[inline]
pub fn clip(index: isize, len: usize) -> usize {
    if index < 0 { index.saturating_add_unsigned(len).max(0) as usize } else { index as usize }
}

/// Whether a value can be an index.
#[inline]
pub fn is_index(value: &Value) -> bool {
    value.is_small_int() || value.ty().slots().index().is_some()
}

impl Vm {
    /// A bound of a search (`list.index(x, start, stop)`), clipped to the machine's word.
    pub fn search_bound(&mut self, value: &Value) -> PyResult<isize> {
        if !is_index(value) {
            return Err(self.type_error(format_args!("slice indices must be integers or have an __index__ method")));
        }
        self.index_clipped(value)
    }

    /// All items of an iterable; what is none raises a `TypeError` with this message (`PySequence_Fast`).
    pub fn collect_or(&mut self, iterable: &Value, message: &str) -> PyResult<HeapVec<Value>> {
        if iterable.ty().slots().iter().is_none() && iterable.ty().slots().item().is_none() {
            return Err(self.type_error(format_args!("{message}")));
        }
        self.collect_items(iterable)
    }

    /// The one optional argument of a built-in container's `__new__` or `__init__`. Keywords are refused where `class` is
    /// the built-in class or has inherited its `other` slot; a subclass that overrides that one may want them. `counts` is
    /// the class that the message about too many arguments names.
    pub fn container_argument<'a>(
        &mut self,
        class: &Object<Type>,
        native: &'static Object<Type>,
        other: SlotId,
        counts: &Object<Type>,
        args: Args<'a>,
    ) -> PyResult<Option<ValueRef<'a>>> {
        if args.has_keywords() && (std::ptr::eq(class, native) || class.slots().same(native.slots(), other)) {
            return Err(self.type_error(format_args!("{}() takes no keyword arguments", native.name())));
        }
        match args.len() {
            0 | 1 => Ok(args.get(0)),
            given => Err(self.type_error(format_args!("{} expected at most 1 argument, got {given}", counts.name()))),
        }
    }

    /// Compares two sequences item by item. The items are asked for one by one, since comparing may change the sequences.
    pub fn compare_sequences(
        &mut self,
        op: CompareOp,
        left: impl Fn(usize, &Heap) -> Option<Value>,
        right: impl Fn(usize, &Heap) -> Option<Value>,
        lengths: impl Fn(&Heap) -> (usize, usize),
    ) -> PyResult {
        self.check_recursion(" in comparison")?;
        if matches!(op, CompareOp::Eq | CompareOp::Ne) {
            let (a, b) = lengths(self);
            if a != b {
                return Ok(Value::from_bool(op == CompareOp::Ne));
            }
        }
        let mut index = 0;
        while let (Some(a), Some(b)) = (left(index, self), right(index, self)) {
            if !self.eq(&a, &b)? {
                // The comparison may have cut the items off; then the lengths decide.
                let (Some(a), Some(b)) = (left(index, self), right(index, self)) else { break };
                return match op {
                    CompareOp::Eq => Ok(Value::from_bool(false)),
                    CompareOp::Ne => Ok(Value::from_bool(true)),
                    _ => self.rich_compare(&a, &b, op),
                };
            }
            index += 1;
        }
        let (a, b) = lengths(self);
        Ok(Value::from_bool(op.holds(a.cmp(&b))))
    }

    /// The representation of a container, which may contain itself: then it is `within` in itself.
    pub fn container_repr(
        &mut self,
        container: &Value,
        within: &str,
        body: impl FnOnce(&mut Vm) -> PyResult<TextBuilder>,
    ) -> PyResult {
        let address = container.bits() as usize;
        if !self.thread().enter_repr(address) {
            return Ok(self.try_str(within)?.into());
        }
        let text = body(self);
        self.thread().leave_repr(address);
        Ok(self.str_from_builder(text?)?.into())
    }

    /// The text of a container: the representations of its items, separated by commas.
    pub fn repr_items(
        &mut self,
        (open, close): (&str, &str),
        mut next: impl FnMut(&Heap) -> Option<Value>,
    ) -> PyResult<TextBuilder> {
        let mut text = TextBuilder::new();
        text.push_str(open);
        let mut first = true;
        while let Some(item) = next(self) {
            if !std::mem::take(&mut first) {
                text.push_str(", ");
            }
            let repr = self.repr(&item)?;
            text.push_view(repr.view());
        }
        text.push_str(close);
        Ok(text)
    }
}

/// The items of `items` repeated `count` times.
pub fn repeated(items: &[Value], count: isize, heap: &mut Heap) -> PyResult<HeapVec<Value>> {
    let count = usize::try_from(count).unwrap_or(0);
    let Some(len) = items.len().checked_mul(count).filter(|&len| len <= isize::MAX as usize / 8) else {
        return Err(heap.raise_message(&exceptions::MEMORY_ERROR, format_args!("")));
    };
    let mut result = HeapVec::with_capacity(len)?;
    for _ in 0..count {
        for item in items {
            result.push(item.clone())?;
        }
    }
    Ok(result)
}
