//! `tee`: iterators that share what they read from one, in a chain of blocks that each keeps as long as it needs.

use std::cell::Cell;

use pvm_macros::{pyclass, pyfunction, pymethods};
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::{HeapCell, HeapVec, Object, PyResult, Ref, Value, Vm};

/// Items in a block.
const BLOCK: usize = 57;

/// teedataobject(iterable, values, next, /)
/// --
///
/// Data container common to multiple tee objects.
#[pyclass(name = "_tee_dataobject", module = "itertools", final)]
pub struct TeeData {
    iterator: Value,
    values: HeapCell<HeapVec<Value>>,
    next: HeapCell<Option<Ref<TeeData>>>,
    /// Whether the iterator is being asked for an item.
    running: Cell<bool>,
}

impl TeeData {
    fn over(iterator: Value) -> TeeData {
        TeeData { iterator, values: HeapCell::default(), next: HeapCell::new(None), running: Cell::new(false) }
    }

    /// The item at `index` of the block, which is read where nobody has read it yet.
    fn item(&self, index: usize, vm: &mut Vm) -> PyResult<Option<Value>> {
        if let Some(value) = self.values.borrow(vm).get(index).cloned() {
            return Ok(Some(value));
        }
        if self.running.replace(true) {
            return Err(vm.runtime_error(format_args!("cannot re-enter the tee iterator")));
        }
        let value = vm.next(&self.iterator);
        self.running.set(false);
        let value = value?;
        if let Some(value) = &value {
            self.values.borrow_mut(vm).push(value.clone())?;
        }
        Ok(value)
    }

    /// The block behind this one.
    fn next_block(&self, vm: &mut Vm) -> Ref<TeeData> {
        if let Some(next) = self.next.get(vm) {
            return next;
        }
        let next = vm.alloc(TeeData::over(self.iterator.clone()));
        self.next.set(Some(next.clone()), vm);
        next
    }
}

#[pymethods]
impl TeeData {
    #[new]
    #[signature = "(iterable, values, next, /)"]
    fn new(vm: &mut Vm, iterable: Value, values: &Value, next: &Value) -> PyResult<TeeData> {
        let Some(list) = values.downcast::<List>() else {
            let kind = if values.is_none() { "None".to_owned() } else { vm.type_name(values) };
            return Err(vm.type_error(format_args!("teedataobject() argument 2 must be list, not {kind}")));
        };
        let values = HeapVec::from_slice(list.items(vm))?;
        if values.len() > BLOCK {
            return Err(vm.value_error(format_args!("Invalid arguments")));
        }
        let next = if next.is_none() {
            None
        } else {
            if values.len() != BLOCK {
                return Err(vm.value_error(format_args!("Invalid arguments")));
            }
            match next.downcast::<TeeData>() {
                Some(next) => Some(next.to_ref()),
                None => return Err(vm.type_error(format_args!("Invalid arguments"))),
            }
        };
        let data = TeeData::over(iterable);
        data.values.set(values, vm);
        data.next.set(next, vm);
        Ok(data)
    }
}

/// _tee(iterable, /)
/// --
///
/// Iterator wrapped to make it copyable.
#[pyclass(name = "_tee", module = "itertools", weakref, final)]
pub struct Tee {
    data: HeapCell<Ref<TeeData>>,
    index: Cell<usize>,
}

impl Tee {
    fn copy(&self, vm: &mut Vm) -> Tee {
        Tee { data: HeapCell::new(self.data.get(vm)), index: Cell::new(self.index.get()) }
    }

    /// A copy of a tee, or the first one over another iterable (`tee_fromiterable`).
    fn of(vm: &mut Vm, iterable: &Value) -> PyResult<Tee> {
        let iterator = vm.iter(iterable)?;
        if let Some(tee) = iterator.downcast_exact::<Tee>() {
            return Ok(tee.copy(vm));
        }
        let data = vm.alloc(TeeData::over(iterator));
        Ok(Tee { data: HeapCell::new(data), index: Cell::new(0) })
    }
}

#[pymethods]
impl Tee {
    #[new]
    #[signature = "(iterable, /)"]
    fn new(vm: &mut Vm, iterable: &Value) -> PyResult<Tee> {
        Tee::of(vm, iterable)
    }

    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.index.get() >= BLOCK {
            let data = self.data.get(vm);
            let next = data.next_block(vm);
            self.data.set(next, vm);
            self.index.set(0);
        }
        let data = self.data.get(vm);
        let value = data.item(self.index.get(), vm)?;
        if value.is_some() {
            self.index.set(self.index.get() + 1);
        }
        Ok(value)
    }

    /// Returns an independent iterator.
    fn __copy__(this: &Object<Self>, vm: &mut Vm) -> Ref<Tee> {
        let copy = this.copy(vm);
        vm.alloc(copy)
    }
}

/// tee($module, iterable, n=2, /)
/// --
///
/// Returns a tuple of n independent iterators.
#[pyfunction(module = "itertools")]
pub fn tee(vm: &mut Vm, iterable: &Value, n: isize) -> PyResult<Ref<Tuple>> {
    let Ok(count) = usize::try_from(n) else {
        return Err(vm.value_error(format_args!("n must be >= 0")));
    };
    if count == 0 {
        return Ok(vm.new_tuple(vec![]));
    }
    let first = Tee::of(vm, iterable)?;
    let first = vm.alloc(first);
    let mut tees = HeapVec::with_capacity(count)?;
    tees.push(Value::from(first.clone()))?;
    for _ in 1..count {
        let copy = first.copy(vm);
        tees.push(vm.alloc(copy).into())?;
    }
    Ok(vm.try_tuple(tees)?)
}
