//! `enumerate`.

use dashu_int::IBig;
use pvm_macros::{pyclass, pymethods};

use super::Pair;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::int::IntView;
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Args, Vm};

/// enumerate(iterable, start=0)
/// --
///
/// Pairs of a count and an item of the iterable; the count begins with start.
#[pyclass(name = "enumerate")]
pub struct Enumerate {
    iterator: Value,
    /// The next count.
    count: HeapCell<Value>,
    pair: Pair,
}

impl Enumerate {
    /// The next pair's count; the one after it is kept.
    #[inline]
    fn advance(&self, vm: &mut Vm) -> Value {
        let count = self.count.get(vm);
        if let Some(next) = count.as_small_int().and_then(|small| Value::small_int(small + 1)) {
            self.count.set(next, vm);
            return count;
        }
        let next = match count.as_int() {
            Some(IntView::Small(small)) => match small.checked_add(1) {
                Some(next) => vm.int(next),
                None => vm.big_int(IBig::from(small) + IBig::ONE),
            },
            Some(IntView::Big(big)) => {
                let next = big + IBig::ONE;
                vm.big_int(next)
            }
            None => unreachable!("the count is an int"),
        };
        self.count.set(next, vm);
        count
    }

    /// The next count and item.
    #[inline]
    pub(super) fn next_items(&self, vm: &mut Vm) -> PyResult<Option<(Value, Value)>> {
        let Some(item) = vm.next(&self.iterator)? else {
            return Ok(None);
        };
        Ok(Some((self.advance(vm), item)))
    }
}

#[pymethods]
impl Enumerate {
    #[new]
    fn new(args: Args<'_>, vm: &mut Vm) -> PyResult<Enumerate> {
        let (iterable, start) = arguments(args, vm)?;
        let count = match start {
            Some(start) => vm.index(&start)?,
            None => Value::from_i32(0),
        };
        Ok(Enumerate { iterator: vm.iter(&iterable)?, count: HeapCell::new(count), pair: Pair::default() })
    }

    fn __iter__(this: &Object<Enumerate>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        match self.next_items(vm)? {
            Some((count, item)) => self.pair.give(count, item, vm).map(Some),
            None => Ok(None),
        }
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Enumerate>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let arguments = [this.iterator.clone(), this.count.get(vm)];
        let arguments = vm.try_tuple(arguments)?;
        Ok(vm.try_tuple([this.ty().to_value(), arguments.into()])?)
    }

    /// Generic over the type of the items.
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, object: &Value, vm: &mut Vm) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }
}

/// The iterable and the start, as `enumerate_vectorcall` takes and refuses arguments.
fn arguments<'a>(args: Args<'a>, vm: &mut Vm) -> PyResult<(ValueRef<'a>, Option<ValueRef<'a>>)> {
    let given = args.len() + args.keywords().len();
    if given > 2 {
        return Err(vm.type_error(format_args!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    let (mut iterable, mut start) = (args.get(0), args.get(1));
    for (name, value) in args.keywords() {
        match (name, iterable, start) {
            (name, None, _) if name.is_str("iterable") => iterable = Some(value),
            (name, _, None) if name.is_str("start") => start = Some(value),
            _ => {
                return Err(vm.type_error(format_args!("'{name}' is an invalid keyword argument for enumerate()")));
            }
        }
    }
    match iterable {
        Some(iterable) => Ok((iterable, start)),
        None => Err(vm.type_error(format_args!("enumerate() missing required argument 'iterable'"))),
    }
}
