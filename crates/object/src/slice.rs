//! `slice`, and what it selects of a sequence.

use dashu_int::IBig;
use pvm_macros::{pyclass, pymethods};

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::int::IntView;

use crate::list::List;
use crate::ops::CompareOp;
use crate::sequence::is_index;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::{Args, Heap, Vm, hashing};

/// slice(stop)
/// slice(start, stop[, step])
///
/// What `a[start:stop:step]` hands to the container.
#[pyclass(name = "slice", final)]
pub struct Slice {
    /// Where it begins.
    #[member]
    pub start: Value,
    /// Where it ends.
    #[member]
    pub stop: Value,
    /// How far it goes each time.
    #[member]
    pub step: Value,
}

/// What a slice selects of a sequence whose length is known: `len` items from `start` on, `step` apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SliceRange {
    /// The position of the first item.
    pub start: usize,
    /// The distance between items; negative ones go down.
    pub step: isize,
    /// The number of items.
    pub len: usize,
    /// Where a slice with the step 1 ends; at least `start`.
    pub stop: usize,
}

/// The bounds of a slice as machine words, clipped (`PySlice_Unpack`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SliceBounds {
    /// The first position, or past an end; may count from the end.
    pub start: isize,
    /// The position behind the last; may count from the end.
    pub stop: isize,
    /// The distance; neither 0 nor the smallest word.
    pub step: isize,
}

impl SliceBounds {
    /// What it selects of `len` items (`PySlice_AdjustIndices`).
    pub fn of(self, len: usize) -> SliceRange {
        let length = len as isize;
        let down = self.step < 0;
        let clip = |index: isize| {
            if index < 0 {
                let index = index.saturating_add(length);
                if index < 0 { if down { -1 } else { 0 } } else { index }
            } else if index >= length {
                if down { length - 1 } else { length }
            } else {
                index
            }
        };
        let (start, stop) = (clip(self.start), clip(self.stop));
        let len = if down {
            if stop < start { (start - stop - 1) / -self.step + 1 } else { 0 }
        } else if start < stop {
            (stop - start - 1) / self.step + 1
        } else {
            0
        };
        let start_position = start.max(0) as usize;
        SliceRange { start: start_position, step: self.step, len: len as usize, stop: (stop.max(0) as usize).max(start_position) }
    }
}

impl SliceRange {
    /// The positions, in the slice's order.
    pub fn positions(self) -> impl ExactSizeIterator<Item = usize> {
        let SliceRange { start, step, len, .. } = self;
        (0..len).map(move |index| start.wrapping_add_signed(step.wrapping_mul(index as isize)))
    }

    /// The same positions from the lowest up.
    pub fn ascending(self) -> SliceRange {
        if self.step > 0 || self.len == 0 {
            return self;
        }
        let last = self.start.wrapping_add_signed(self.step * (self.len as isize - 1));
        SliceRange { start: last, step: -self.step, len: self.len, stop: self.start + 1 }
    }

    /// The positions as a range, where the step is 1.
    pub fn as_range(self) -> Option<std::ops::Range<usize>> {
        (self.step == 1).then(|| self.start..self.start + self.len)
    }
}

impl SliceBounds {
    /// The bounds of `start:stop`, where both are small ints or `None`, so that no code runs to read them.
    #[inline]
    pub fn plain(start: &Value, stop: &Value) -> Option<SliceBounds> {
        let bound = |value: &Value, default: isize| match value.as_small_int() {
            Some(bound) => Some(bound as isize),
            None => value.is_none().then_some(default),
        };
        Some(SliceBounds { start: bound(start, 0)?, stop: bound(stop, isize::MAX)?, step: 1 })
    }
}

impl Vm {
    /// `container[start:stop]` of a plain list, tuple or string; `None` for other containers.
    pub fn plain_slice(&mut self, container: &Value, bounds: SliceBounds) -> Option<PyResult> {
        if let Some(list) = container.downcast_exact::<List>() {
            return Some(list.copy_slice(bounds, self));
        }
        if let Some(tuple) = container.downcast_exact::<Tuple>() {
            let range = bounds.of(tuple.len()).as_range()?;
            if range.len() == tuple.len() {
                return Some(Ok(container.clone()));
            }
            return Some(self.try_tuple(tuple.as_slice()[range].iter().cloned()).map(Value::from).map_err(Raised::from));
        }
        let text = container.downcast_exact::<Str>()?;
        let range = bounds.of(text.len()).as_range()?;
        Some(self.str_slice(text, range).map(Value::from).map_err(Raised::from))
    }
}

fn no_index(vm: &mut Vm) -> Raised {
    vm.type_error(format_args!("slice indices must be integers or None or have an __index__ method"))
}

fn zero_step(vm: &mut Vm) -> Raised {
    vm.value_error(format_args!("slice step cannot be zero"))
}

fn clipped_bound(vm: &mut Vm, value: &Value) -> PyResult<isize> {
    if !is_index(value) {
        return Err(no_index(vm));
    }
    vm.index_clipped(value)
}

fn big_bound(vm: &mut Vm, value: &Value) -> PyResult<IBig> {
    if !is_index(value) {
        return Err(no_index(vm));
    }
    let int = vm.index(value)?;
    Ok(match int.as_int() {
        Some(IntView::Big(big)) => big.clone(),
        Some(IntView::Small(small)) => small.into(),
        None => unreachable!("an index is an int"),
    })
}

impl Slice {
    /// The bounds, clipped to machine words.
    pub fn bounds(&self, vm: &mut Vm) -> PyResult<SliceBounds> {
        let step = if self.step.is_none() { 1 } else { clipped_bound(vm, &self.step)? };
        if step == 0 {
            return Err(zero_step(vm));
        }
        // So that it can be negated.
        let step = step.max(-isize::MAX);
        let start = match self.start.is_none() {
            true if step < 0 => isize::MAX,
            true => 0,
            false => clipped_bound(vm, &self.start)?,
        };
        let stop = match self.stop.is_none() {
            true if step < 0 => isize::MIN,
            true => isize::MAX,
            false => clipped_bound(vm, &self.stop)?,
        };
        Ok(SliceBounds { start, stop, step })
    }

    /// What it selects of `len` items. The length is to be taken after this was asked where asking may change it: use
    /// [`Slice::bounds`] then.
    pub fn range(&self, len: usize, vm: &mut Vm) -> PyResult<SliceRange> {
        Ok(self.bounds(vm)?.of(len))
    }

    /// Start, stop and step for a sequence of `length` items of any size (`_PySlice_GetLongIndices`).
    pub fn indices_of(&self, length: &IBig, vm: &mut Vm) -> PyResult<(IBig, IBig, IBig)> {
        let step = if self.step.is_none() { IBig::ONE } else { big_bound(vm, &self.step)? };
        if step == IBig::ZERO {
            return Err(zero_step(vm));
        }
        let down = step < IBig::ZERO;
        let (lower, upper) = if down { (IBig::NEG_ONE, length - IBig::ONE) } else { (IBig::ZERO, length.clone()) };
        let clip = |bound: IBig| {
            let bound = if bound < IBig::ZERO { bound + length } else { bound };
            bound.max(lower.clone()).min(upper.clone())
        };
        let start = match self.start.is_none() {
            true if down => upper.clone(),
            true => lower.clone(),
            false => clip(big_bound(vm, &self.start)?),
        };
        let stop = match self.stop.is_none() {
            true if down => lower.clone(),
            true => upper.clone(),
            false => clip(big_bound(vm, &self.stop)?),
        };
        Ok((start, stop, step))
    }

    fn parts(&self) -> [Value; 3] {
        [self.start.clone(), self.stop.clone(), self.step.clone()]
    }
}

impl Heap {
    /// A slice; `None` stands for what is left out.
    pub fn new_slice(&mut self, start: Value, stop: Value, step: Value) -> Ref<Slice> {
        self.alloc(Slice { start, stop, step })
    }
}

#[pymethods]
impl Slice {
    #[new]
    fn new(args: Args<'_>, vm: &mut Vm) -> PyResult<Slice> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("slice() takes no keyword arguments")));
        }
        let values = args.to_values();
        let none = Value::none;
        match &values[..] {
            [stop] => Ok(Slice { start: none(), stop: stop.clone(), step: none() }),
            [start, stop] => Ok(Slice { start: start.clone(), stop: stop.clone(), step: none() }),
            [start, stop, step] => Ok(Slice { start: start.clone(), stop: stop.clone(), step: step.clone() }),
            [] => Err(vm.type_error(format_args!("slice expected at least 1 argument, got 0"))),
            more => Err(vm.type_error(format_args!("slice expected at most 3 arguments, got {}", more.len()))),
        }
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult<Value> {
        let mut parts = self.parts().into_iter();
        let text = vm.repr_items(("slice(", ")"), |_| parts.next())?;
        Ok(vm.str_from_builder(text)?.into())
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        let (start, stop, step) = (vm.hash(&self.start)?, vm.hash(&self.stop)?, vm.hash(&self.step)?);
        Ok(hashing::hash_slice(start, stop, step))
    }

    #[slot(richcompare)]
    fn compare(&self, other: &Object<Slice>, op: CompareOp, vm: &mut Vm) -> PyResult {
        if std::ptr::eq(self, &**other) {
            return Ok(Value::from_bool(matches!(op, CompareOp::Eq | CompareOp::Le | CompareOp::Ge)));
        }
        let (left, right) = (self.parts(), other.parts());
        vm.compare_sequences(op, |index, _| left.get(index).cloned(), |index, _| right.get(index).cloned(), |_| (3, 3))
    }

    /// indices($self, object, /)
    /// --
    ///
    /// The start, stop and step that the slice means for a sequence of so many items, clipped to it.
    fn indices(&self, object: &Value, vm: &mut Vm) -> PyResult<(IBig, IBig, IBig)> {
        let length = vm.index(object)?;
        let length = match length.as_int() {
            Some(IntView::Big(big)) => big.clone(),
            Some(IntView::Small(small)) => small.into(),
            None => unreachable!("an index is an int"),
        };
        if length < IBig::ZERO {
            return Err(vm.value_error(format_args!("length should not be negative")));
        }
        self.indices_of(&length, vm)
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Slice>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let parts = heap.try_tuple(this.parts())?;
        Ok(heap.try_tuple([this.ty().to_value(), parts.into()])?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_clipped() {
        let all = |start, stop, step, len| SliceBounds { start, stop, step }.of(len).positions().collect::<Vec<_>>();
        assert_eq!(all(0, isize::MAX, 1, 3), [0, 1, 2]);
        assert_eq!(all(isize::MAX, isize::MIN, -1, 3), [2, 1, 0]);
        assert_eq!(all(-2, isize::MAX, 1, 5), [3, 4]);
        assert_eq!(all(-100, 100, 2, 5), [0, 2, 4]);
        assert_eq!(all(4, 0, -2, 5), [4, 2]);
        assert_eq!(all(3, 1, 1, 5), [0usize; 0]);
        assert_eq!(all(isize::MAX, isize::MIN, -1, 0), [0usize; 0]);
        assert_eq!(SliceBounds { start: 3, stop: 1, step: 1 }.of(5).stop, 3);
        assert_eq!(SliceBounds { start: 4, stop: -100, step: -2 }.of(5).ascending().positions().collect::<Vec<_>>(), [0, 2, 4]);
    }
}
