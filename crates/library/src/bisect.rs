//! `_bisect`: searching sorted sequences.

use pvm_macros::pymodule;

#[pymodule(name = "_bisect")]
pub mod native {
    //! Bisection algorithms.
    //!
    //! This module keeps lists in sorted order without sorting them after
    //! each insertion, which pays for long lists of items whose comparison
    //! is expensive.
    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::types::slots::ItemFn;
    use pvm_object::{PyResult, Value, Vm};

    /// Return the index where to insert item x in list a, assuming a is sorted.
    ///
    /// The return value i is such that all e in a[:i] have e <= x, and all e in
    /// a[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will
    /// insert just after the rightmost x already there.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    #[pyfunction]
    #[signature = "(a, x, lo=0, hi=None, *, key=None)"]
    fn bisect_right(vm: &mut Vm, a: &Value, x: &Value, lo: isize, hi: Option<&Value>, key: Option<&Value>) -> PyResult<usize> {
        search(vm, a, x, lo, hi, key, Side::Right)
    }

    /// Insert item x in list a, and keep it sorted assuming a is sorted.
    ///
    /// If x is already in a, insert it to the right of the rightmost x.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    #[pyfunction]
    #[signature = "(a, x, lo=0, hi=None, *, key=None)"]
    fn insort_right(vm: &mut Vm, a: &Value, x: &Value, lo: isize, hi: Option<&Value>, key: Option<&Value>) -> PyResult<()> {
        insert(vm, a, x, lo, hi, key, Side::Right)
    }

    /// Return the index where to insert item x in list a, assuming a is sorted.
    ///
    /// The return value i is such that all e in a[:i] have e < x, and all e in
    /// a[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will
    /// insert just before the leftmost x already there.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    #[pyfunction]
    #[signature = "(a, x, lo=0, hi=None, *, key=None)"]
    fn bisect_left(vm: &mut Vm, a: &Value, x: &Value, lo: isize, hi: Option<&Value>, key: Option<&Value>) -> PyResult<usize> {
        search(vm, a, x, lo, hi, key, Side::Left)
    }

    /// Insert item x in list a, and keep it sorted assuming a is sorted.
    ///
    /// If x is already in a, insert it to the left of the leftmost x.
    ///
    /// Optional args lo (default 0) and hi (default len(a)) bound the
    /// slice of a to be searched.
    ///
    /// A custom key function can be supplied to customize the sort order.
    #[pyfunction]
    #[signature = "(a, x, lo=0, hi=None, *, key=None)"]
    fn insort_left(vm: &mut Vm, a: &Value, x: &Value, lo: isize, hi: Option<&Value>, key: Option<&Value>) -> PyResult<()> {
        insert(vm, a, x, lo, hi, key, Side::Left)
    }

    /// On which side of equal items the place is.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Side {
        Left,
        Right,
    }

    /// The slot that gives items by position (`get_sq_item`).
    fn item_slot(vm: &mut Vm, a: &Value) -> PyResult<ItemFn> {
        let slots = a.ty().slots();
        if let Some(item) = slots.item() {
            return Ok(item);
        }
        let kind = vm.type_name(a);
        Err(match slots.getitem() {
            Some(_) => vm.type_error(format_args!("{kind} is not a sequence")),
            None => vm.type_error(format_args!("'{kind}' object does not support indexing")),
        })
    }

    fn search(
        vm: &mut Vm,
        a: &Value,
        x: &Value,
        lo: isize,
        hi: Option<&Value>,
        key: Option<&Value>,
        side: Side,
    ) -> PyResult<usize> {
        let hi = hi.map(|hi| vm.index_isize(hi)).transpose()?.filter(|&hi| hi != -1);
        let Ok(mut low) = usize::try_from(lo) else {
            return Err(vm.value_error(format_args!("lo must be non-negative")));
        };
        let mut high = match hi {
            Some(hi) => usize::try_from(hi).unwrap_or(0),
            None => vm.len(a)?,
        };
        let item = item_slot(vm, a)?;
        while low < high {
            // Their sum is below twice the largest position, which a `usize` holds.
            let middle = (low + high) / 2;
            let mut candidate = item(vm, a, middle as isize)?;
            if let Some(key) = key {
                candidate = vm.call(key, &[candidate])?;
            }
            let goes_left = match side {
                Side::Right => is_less(vm, x, &candidate)?,
                Side::Left => !is_less(vm, &candidate, x)?,
            };
            if goes_left {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }

    fn is_less(vm: &mut Vm, left: &Value, right: &Value) -> PyResult<bool> {
        vm.compare(left, right, pvm_object::ops::CompareOp::Lt)
    }

    fn insert(vm: &mut Vm, a: &Value, x: &Value, lo: isize, hi: Option<&Value>, key: Option<&Value>, side: Side) -> PyResult<()> {
        let place = match key {
            Some(key) => {
                let sought = vm.call(key, std::slice::from_ref(x))?;
                search(vm, a, &sought, lo, hi, Some(key), side)?
            }
            None => search(vm, a, x, lo, hi, None, side)?,
        };
        if let Some(list) = a.downcast_exact::<List>() {
            let place = place.min(list.len(vm));
            return Ok(list.items_mut(vm).insert(place, x.clone())?);
        }
        let (name, place) = (vm.intern("insert"), vm.int(place as i64));
        vm.call_method(a, &name, &[place, x.clone()])?;
        Ok(())
    }
}
