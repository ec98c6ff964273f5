//! `list.sort`: the keys, comparisons for lists of one kind, and the list while it is being sorted.
//!
//! What is sorted are copies of small words (numbers, or borrowed keys with the positions they stand for); the items
//! themselves stay where they are, alive, until the order is known. So no comparison can lose one.

use std::cmp::Ordering;

use super::List;
use super::timsort::{self, Order};
use crate::Vm;
use crate::core::object::Object;
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::ops::CompareOp;
use crate::str::Str;
use crate::text::TextView;
use crate::tuple::Tuple;

/// Sorts a list in place (`list.sort`).
pub(super) fn sort(list: &List, key: Option<&Value>, reverse: bool, vm: &mut Vm) -> PyResult<()> {
    // The list is empty while its items are compared, so that whatever runs then cannot reach what is being sorted.
    let mut items = list.items.replace(HeapVec::untouched(), vm);
    let result = sort_items(&mut items, key, reverse, vm);
    // The keys are gone; their finalisers belong to the sort.
    if vm.drops_wait() {
        vm.drain_drops();
    }
    let meanwhile = list.items.replace(items, vm);
    let touched = !meanwhile.is_untouched();
    drop(meanwhile);
    result?;
    if touched {
        return Err(vm.value_error(format_args!("list modified during sort")));
    }
    Ok(())
}

/// Sorts values in place; on an error they are in some order.
pub fn sort_items(items: &mut HeapVec<Value>, key: Option<&Value>, reverse: bool, vm: &mut Vm) -> PyResult<()> {
    let Some(key) = key else {
        if items.iter().all(Value::is_small_int) {
            return sort_ints(items, reverse, vm);
        }
        return sort_by(items, None, reverse, vm);
    };
    let mut keys = HeapVec::with_capacity(items.len())?;
    for item in items.iter() {
        keys.push(vm.call(key, std::slice::from_ref(item))?)?;
    }
    sort_by(items, Some(&keys), reverse, vm)
}

/// Ints in the word that are equal are the same: they are sorted as numbers.
fn sort_ints(items: &mut [Value], reverse: bool, vm: &mut Vm) -> PyResult<()> {
    let mut words = HeapVec::try_from_iter(items.iter().map(|item| item.bits() as i64))?;
    let result = timsort::sort(&mut words, &mut ByKey { vm, key: |&word: &i64| word, less: |_: &mut Vm, a, b| Ok(a < b) });
    if reverse {
        words.reverse();
    }
    for (item, word) in items.iter_mut().zip(words.iter()) {
        if let Some(int) = Value::small_int(word >> 1) {
            *item = int;
        }
    }
    result
}

/// Sorts by keys, or by the items themselves: finds out what they have in common, and compares accordingly.
fn sort_by(items: &mut HeapVec<Value>, keys: Option<&HeapVec<Value>>, reverse: bool, vm: &mut Vm) -> PyResult<()> {
    let keys: &[Value] = match keys {
        Some(keys) => keys,
        None => items,
    };
    let (places, result) = match common_kind(keys) {
        Kind::Ints => order_by(keys, reverse, vm, |key| key.as_small_int().unwrap_or(0), |_, a, b| Ok(a < b))?,
        Kind::Floats => order_by(keys, reverse, vm, |key| key.as_float().unwrap_or(f64::NAN), |_, a, b| Ok(a < b))?,
        Kind::Strings => {
            order_by(keys, reverse, vm, Value::borrowed, |_, a, b| Ok(string_order(&a, &b).is_some_and(Ordering::is_lt)))?
        }
        Kind::Mixed => order_by(keys, reverse, vm, Value::borrowed, |vm, a, b| less_than(vm, &a, &b))?,
    };
    arrange(items, places);
    result
}

/// The positions of the keys in sorted order. An error of a comparison comes with the positions as far as they are sorted.
fn order_by<'a, K: Copy>(
    keys: &'a [Value],
    reverse: bool,
    vm: &mut Vm,
    extract: impl Fn(&'a Value) -> K,
    less: impl Fn(&mut Vm, K, K) -> PyResult<bool>,
) -> PyResult<(HeapVec<usize>, PyResult<()>)> {
    let mut order = HeapVec::try_from_iter(keys.iter().enumerate().map(|(index, key)| (extract(key), index)))?;
    // Turned round before and after, so that equal items keep their order.
    if reverse {
        order.reverse();
    }
    let result = timsort::sort(&mut order, &mut ByKey { vm, key: |&(key, _): &(K, usize)| key, less });
    if reverse {
        order.reverse();
    }
    Ok((HeapVec::try_from_iter(order.iter().map(|&(_, index)| index))?, result))
}

/// Puts the item from `places[i]` to `i`, for all positions, along the permutation's cycles.
fn arrange(items: &mut [Value], mut places: HeapVec<usize>) {
    for start in 0..items.len() {
        let mut to = start;
        loop {
            let from = std::mem::replace(&mut places[to], to);
            if from == start || from == to {
                break;
            }
            items.swap(to, from);
            to = from;
        }
    }
}

struct ByKey<'v, E, L> {
    vm: &'v mut Vm,
    key: E,
    less: L,
}

impl<T: Copy, K, E: Fn(&T) -> K, L: Fn(&mut Vm, K, K) -> PyResult<bool>> Order<T> for ByKey<'_, E, L> {
    #[inline(always)]
    fn less(&mut self, a: T, b: T) -> PyResult<bool> {
        (self.less)(self.vm, (self.key)(&a), (self.key)(&b))
    }

    fn pause(&mut self, steps: usize) -> PyResult<()> {
        self.vm.poll(steps)
    }
}

enum Kind {
    Ints,
    Floats,
    Strings,
    Mixed,
}

fn common_kind(keys: &[Value]) -> Kind {
    let is_float = |key: &Value| key.is_small_float() || key.downcast_exact::<crate::float::Float>().is_some();
    match keys.first() {
        Some(first) if first.is_small_int() && keys.iter().all(Value::is_small_int) => Kind::Ints,
        Some(first) if is_float(first) && keys.iter().all(is_float) => Kind::Floats,
        Some(first) if is_string(first) && keys.iter().all(is_string) => Kind::Strings,
        _ => Kind::Mixed,
    }
}

fn is_string(key: &Value) -> bool {
    key.downcast_exact::<Str>().is_some()
}

#[inline]
fn string_order(a: &Value, b: &Value) -> Option<Ordering> {
    let (a, b): (&Object<Str>, &Object<Str>) = (a.downcast_exact()?, b.downcast_exact()?);
    if let (TextView::Ascii(a), TextView::Ascii(b)) = (a.view(), b.view()) {
        return Some(a.cmp(b));
    }
    Some(a.view().cmp(&b.view()))
}

/// Two truth values, which are ordered as 0 and 1.
#[inline(always)]
fn truths(a: &Value, b: &Value) -> Option<(bool, bool)> {
    let truth = |value: &Value| if value.is_true() { Some(true) } else { value.is_false().then_some(false) };
    Some((truth(a)?, truth(b)?))
}

/// `a < b`, without calls for what is common in keys.
fn less_than(vm: &mut Vm, a: &ValueRef<'_>, b: &ValueRef<'_>) -> PyResult<bool> {
    if let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int()) {
        return Ok(a < b);
    }
    if let (Some(a), Some(b)) = (a.as_small_float(), b.as_small_float()) {
        return Ok(a < b);
    }
    if let Some(order) = string_order(a, b) {
        return Ok(order.is_lt());
    }
    if let (Some(left), Some(right)) = (a.downcast_exact::<Tuple>(), b.downcast_exact::<Tuple>()) {
        return tuple_less_than(vm, left, right);
    }
    if let Some((a, b)) = truths(a, b) {
        return Ok(!a & b);
    }
    vm.compare(a, b, CompareOp::Lt)
}

fn tuple_less_than(vm: &mut Vm, left: &Object<Tuple>, right: &Object<Tuple>) -> PyResult<bool> {
    vm.check_recursion(" in comparison")?;
    for (a, b) in left.as_slice().iter().zip(right.as_slice()) {
        if a.is(b) {
            continue;
        }
        if let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int()) {
            return Ok(a < b);
        }
        if let Some((a, b)) = truths(a, b) {
            return Ok(!a & b);
        }
        let equal = match string_order(a, b) {
            Some(order) => order.is_eq(),
            None => vm.eq(a, b)?,
        };
        if !equal {
            return less_than(vm, &a.borrowed(), &b.borrowed());
        }
    }
    Ok(left.len() < right.len())
}
