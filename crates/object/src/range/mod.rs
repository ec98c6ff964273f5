//! `range`: arithmetic progressions of ints of any size. The iterators are in `iterator.rs`.

mod iterator;
#[cfg(test)]
mod tests;

use dashu_int::IBig;
use pvm_macros::{pyclass, pymethods};

use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::int::IntView;
use crate::ops::CompareOp;
use crate::sequence::is_index;
use crate::slice::{Slice, SliceBounds};
use crate::tuple::Tuple;
use crate::{Args, Heap, Vm};

pub use iterator::{LONG_RANGE_ITERATOR_TYPE, LongRangeIterator, RANGE_ITERATOR_TYPE, RangeIterator};

/// range(stop) -> range object
/// range(start, stop[, step]) -> range object
///
/// The ints from start (or 0) up to stop, which is not among them, step (or 1) apart; a negative step goes down.
#[pyclass(name = "range", final, sequence)]
pub struct Range {
    #[member]
    start: Value,
    #[member]
    stop: Value,
    #[member]
    step: Value,
    length: Value,
}

/// The number of an int.
fn big(value: &Value) -> IBig {
    match value.as_int() {
        Some(IntView::Small(small)) => small.into(),
        Some(IntView::Big(big)) => big.clone(),
        None => unreachable!("a range consists of ints"),
    }
}

/// The number of an int that fits a machine word.
fn word(value: &Value) -> Option<i64> {
    match value.as_int()? {
        IntView::Small(small) => Some(small),
        IntView::Big(_) => None,
    }
}

/// How many steps lead from start to stop.
fn length_of(start: &Value, stop: &Value, step: &Value, heap: &mut Heap) -> Value {
    if let (Some(start), Some(stop), Some(1)) = (start.as_small_int(), stop.as_small_int(), step.as_small_int()) {
        return heap.int((stop - start).max(0));
    }
    if let (Some(start), Some(stop), Some(step)) = (word(start), word(stop), word(step)) {
        let (start, stop, step) = (i128::from(start), i128::from(stop), i128::from(step));
        let (distance, step) = if step > 0 { (stop - start, step) } else { (start - stop, -step) };
        let length = if distance > 0 { (distance - 1) / step + 1 } else { 0 };
        return match i64::try_from(length) {
            Ok(length) => heap.int(length),
            Err(_) => heap.big_int(length.into()),
        };
    }
    let (start, stop, step) = (big(start), big(stop), big(step));
    let (distance, step) = if step > IBig::ZERO { (stop - start, step) } else { (start - stop, -step) };
    let length = if distance > IBig::ZERO { (distance - IBig::ONE) / step + IBig::ONE } else { IBig::ZERO };
    heap.big_int(length)
}

/// What an index stands for, as a plain int.
fn plain_int(value: &Value, vm: &mut Vm) -> PyResult {
    if value.is_small_int() {
        return Ok(value.clone());
    }
    let int = vm.index(value)?;
    Ok(match int.as_int() {
        Some(IntView::Small(small)) => vm.int(small),
        _ => vm.big_int(big(&int)),
    })
}

impl Range {
    fn new(start: Value, stop: Value, step: Value, heap: &mut Heap) -> Range {
        let length = length_of(&start, &stop, &step, heap);
        Range { start, stop, step, length }
    }

    /// Start, step and length, where start, stop, step and length fit machine words.
    fn words(&self) -> Option<(i64, i64, i64)> {
        word(&self.stop)?;
        Some((word(&self.start)?, word(&self.step)?, word(&self.length)?))
    }

    /// Start, step and length, where all of them are of half a word.
    fn small_words(&self) -> Option<(i64, i64, i64)> {
        let half = |value: &Value| value.as_small_int().filter(|&word| i32::try_from(word).is_ok());
        Some((half(&self.start)?, half(&self.step)?, half(&self.length)?))
    }

    fn is_empty(&self) -> bool {
        self.length.as_small_int() == Some(0)
    }

    /// The item at a position, which may lie outside.
    fn item_at(&self, position: &Value, heap: &mut Heap) -> Value {
        if let (Some(start), Some(step), Some(position)) = (word(&self.start), word(&self.step), word(position)) {
            let item = i128::from(start) + i128::from(step) * i128::from(position);
            if let Ok(item) = i64::try_from(item) {
                return heap.int(item);
            }
        }
        heap.big_int(big(&self.start) + big(position) * big(&self.step))
    }

    /// The position of an int.
    fn position_of(&self, int: &Value, heap: &mut Heap) -> Option<Value> {
        if let (Some((start, step, length)), Some(int)) = (self.words(), word(int)) {
            let distance = i128::from(int) - i128::from(start);
            let position = distance / i128::from(step);
            let inside = distance % i128::from(step) == 0 && (0..i128::from(length)).contains(&position);
            return inside.then(|| heap.int(position as i64));
        }
        let (distance, step) = (big(int) - big(&self.start), big(&self.step));
        let position = &distance / &step;
        let inside = &position * &step == distance && position >= IBig::ZERO && position < big(&self.length);
        inside.then(|| heap.big_int(position))
    }

    fn select(&self, slice: &Slice, vm: &mut Vm) -> PyResult<Ref<Range>> {
        if let Some((first, step, length)) = self.small_words()
            && let Some(bounds) = SliceBounds::plain(&slice.start, &slice.stop).filter(|_| slice.step.is_none())
        {
            let clip = |bound: isize| if bound < 0 { (bound as i64 + length).max(0) } else { (bound as i64).min(length) };
            // No product overflows: positions and steps are of half a word.
            let (start, stop) = (first + step * clip(bounds.start), first + step * clip(bounds.stop));
            let (start, stop, step) = (vm.int(start), vm.int(stop), vm.int(step));
            let range = Range::new(start, stop, step, vm);
            return Ok(vm.alloc(range));
        }
        let (start, stop, step) = slice.indices_of(&big(&self.length), vm)?;
        let (start, stop) = (vm.big_int(start), vm.big_int(stop));
        let (start, stop) = (self.item_at(&start, vm), self.item_at(&stop, vm));
        let step = vm.big_int(step * big(&self.step));
        let range = Range::new(start, stop, step, vm);
        Ok(vm.alloc(range))
    }

    /// As [`Range::words`], where no item behind the last one could overflow either.
    fn words_to_iterate(&self) -> Option<(i64, i64, i64)> {
        let (start, step, length) = self.words()?;
        let beyond = word(&self.stop)?.checked_add(step - step.signum());
        (length == 0 || beyond.is_some()).then_some((start, step, length))
    }

    fn iterator(&self, heap: &mut Heap) -> Value {
        match self.words_to_iterate() {
            Some((start, step, length)) => heap.alloc(RangeIterator::new(start, step, length)).into(),
            None => {
                let iterator = LongRangeIterator::new(self.start.clone(), self.step.clone(), self.length.clone());
                heap.alloc(iterator).into()
            }
        }
    }
}

/// Ints and bools are looked up by arithmetic, everything else by comparing.
fn is_plain_int(value: &Value) -> bool {
    value.is_small_int() || value.is_true() || value.is_false() || value.downcast_exact::<crate::int::Int>().is_some()
}

fn same_int(left: &Value, right: &Value) -> bool {
    left.is(right) || big(left) == big(right)
}

#[pymethods]
impl Range {
    #[new]
    fn py_new(args: Args<'_>, vm: &mut Vm) -> PyResult<Range> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("range() takes no keyword arguments")));
        }
        if let (1, Some(stop)) = (args.len(), args.get(0)) {
            let stop = plain_int(&stop, vm)?;
            return Ok(Range::new(Value::from_i32(0), stop, Value::from_i32(1), vm));
        }
        let given = args.to_values();
        match &given[..] {
            [start, stop, rest @ ..] if rest.len() < 2 => {
                let (start, stop) = (plain_int(start, vm)?, plain_int(stop, vm)?);
                let step = match rest.first() {
                    Some(step) => plain_int(step, vm)?,
                    None => Value::from_i32(1),
                };
                if step.as_small_int() == Some(0) {
                    return Err(vm.value_error(format_args!("range() arg 3 must not be zero")));
                }
                Ok(Range::new(start, stop, step, vm))
            }
            [] => Err(vm.type_error(format_args!("range expected at least 1 argument, got 0"))),
            more => Err(vm.type_error(format_args!("range expected at most 3 arguments, got {}", more.len()))),
        }
    }

    fn __repr__(&self, vm: &mut Vm) -> PyResult {
        let (start, stop, step) = (vm.repr(&self.start)?, vm.repr(&self.stop)?, vm.repr(&self.step)?);
        let text = match self.step.as_small_int() {
            Some(1) => format!("range({start}, {stop})", start = &*start, stop = &*stop),
            _ => format!("range({start}, {stop}, {step})", start = &*start, stop = &*stop, step = &*step),
        };
        Ok(vm.try_str(&text)?.into())
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        let none = Value::none;
        let parts = match self.length.as_small_int() {
            Some(0) => [self.length.clone(), none(), none()],
            Some(1) => [self.length.clone(), self.start.clone(), none()],
            _ => [self.length.clone(), self.start.clone(), self.step.clone()],
        };
        let parts = vm.try_tuple(parts)?;
        vm.hash(&parts.into())
    }

    #[slot(richcompare)]
    fn compare(&self, other: &Object<Range>, op: CompareOp) -> Value {
        let one = |range: &Range| range.length.as_small_int() == Some(1);
        let equal = || {
            same_int(&self.length, &other.length)
                && (self.is_empty() || (same_int(&self.start, &other.start) && (one(self) || same_int(&self.step, &other.step))))
        };
        match op {
            CompareOp::Eq => Value::from_bool(equal()),
            CompareOp::Ne => Value::from_bool(!equal()),
            _ => Value::not_implemented(),
        }
    }

    fn __bool__(&self) -> bool {
        !self.is_empty()
    }

    fn __len__(&self, heap: &mut Heap) -> PyResult<usize> {
        match word(&self.length) {
            Some(length) => Ok(length as usize),
            None => Err(heap.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
        }
    }

    fn __contains__(&self, item: &Value, vm: &mut Vm) -> PyResult<bool> {
        if is_plain_int(item) {
            return Ok(self.position_of(item, vm).is_some());
        }
        let iterator = self.iterator(vm);
        while let Some(candidate) = vm.next(&iterator)? {
            if vm.eq(&candidate, item)? {
                return Ok(true);
            }
            vm.poll(1)?;
        }
        Ok(false)
    }

    fn __getitem__(&self, key: &Value, vm: &mut Vm) -> PyResult {
        if let (Some(index), Some((start, step, length))) = (key.as_small_int(), self.small_words()) {
            let index = if index < 0 { index + length } else { index };
            if (0..length).contains(&index) {
                return Ok(vm.int(start + step * index));
            }
        }
        if let Some(slice) = key.downcast_exact::<Slice>() {
            return self.select(slice, vm).map(Value::from);
        }
        if !is_index(key) {
            let kind = vm.type_name(key);
            return Err(vm.type_error(format_args!("range indices must be integers or slices, not {kind}")));
        }
        let index = plain_int(key, vm)?;
        let (index, length) = (big(&index), big(&self.length));
        let index = if index < IBig::ZERO { index + &length } else { index };
        if index < IBig::ZERO || index >= length {
            return Err(vm.index_error(format_args!("range object index out of range")));
        }
        let index = vm.big_int(index);
        Ok(self.item_at(&index, vm))
    }

    #[slot(item)]
    fn item(&self, index: isize, vm: &mut Vm) -> PyResult {
        if let Some((start, step, length)) = self.small_words()
            && (0..length).contains(&(index as i64))
        {
            return Ok(vm.int(start + step * index as i64));
        }
        let index = vm.int(index as i64);
        if big(&index) < IBig::ZERO || big(&index) >= big(&self.length) {
            return Err(vm.index_error(format_args!("range object index out of range")));
        }
        Ok(self.item_at(&index, vm))
    }

    fn __iter__(&self, heap: &mut Heap) -> Value {
        self.iterator(heap)
    }

    /// An iterator from the last int to the first.
    fn __reversed__(&self, heap: &mut Heap) -> Value {
        let last = heap.big_int(big(&self.length) - IBig::ONE);
        let start = self.item_at(&last, heap);
        let step = heap.big_int(-big(&self.step));
        match (self.words(), word(&start), word(&step)) {
            (Some((_, _, 0)), ..) => heap.alloc(RangeIterator::new(0, 1, 0)).into(),
            (Some((first, forwards, length)), Some(start), Some(step)) if first.checked_sub(forwards).is_some() => {
                heap.alloc(RangeIterator::new(start, step, length)).into()
            }
            _ => {
                let iterator = LongRangeIterator::new(start, step, self.length.clone());
                heap.alloc(iterator).into()
            }
        }
    }

    fn __reduce__(this: &Object<Range>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let arguments = heap.try_tuple([this.start.clone(), this.stop.clone(), this.step.clone()])?;
        Ok(heap.try_tuple([this.ty().to_value(), arguments.into()])?)
    }

    /// How often the value is among the ints.
    fn count(&self, object: &Value, vm: &mut Vm) -> PyResult<usize> {
        if is_plain_int(object) {
            return Ok(usize::from(self.position_of(object, vm).is_some()));
        }
        let iterator = self.iterator(vm);
        let mut count = 0;
        while let Some(candidate) = vm.next(&iterator)? {
            count += usize::from(vm.eq(&candidate, object)?);
            vm.poll(1)?;
        }
        Ok(count)
    }

    /// The position of the value.
    ///
    /// Raises ValueError where it is not among the ints.
    fn index(&self, object: &Value, vm: &mut Vm) -> PyResult {
        if is_plain_int(object) {
            return match self.position_of(object, vm) {
                Some(position) => Ok(position),
                None => Err(vm.value_error(format_args!("range.index(x): x not in range"))),
            };
        }
        let iterator = self.iterator(vm);
        let mut index = 0;
        while let Some(candidate) = vm.next(&iterator)? {
            if vm.eq(&candidate, object)? {
                return Ok(vm.int(index));
            }
            index += 1;
            vm.poll(1)?;
        }
        Err(vm.value_error(format_args!("sequence.index(x): x not in sequence")))
    }
}

impl Heap {
    /// `range(start, stop, step)` of machine words; the step is not 0.
    pub fn new_range(&mut self, start: i64, stop: i64, step: i64) -> Ref<Range> {
        let (start, stop, step) = (self.int(start), self.int(stop), self.int(step));
        let range = Range::new(start, stop, step, self);
        self.alloc(range)
    }
}
