//! `attrgetter` and `itemgetter`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, HeapVec, Object, PyClass, PyResult, Ref, Value, Vm};

use super::only_operand;

/// The results of a getter: the only one, or a tuple.
fn collect(vm: &mut Vm, count: usize, mut get: impl FnMut(&mut Vm, usize) -> PyResult) -> PyResult {
    if count == 1 {
        return get(vm, 0);
    }
    let mut results = HeapVec::with_capacity(count)?;
    for index in 0..count {
        results.push(get(vm, index)?)?;
    }
    Ok(vm.try_tuple(results)?.into())
}

/// `operator.kind(item, …)`.
fn show(vm: &mut Vm, this: &Value, kind: &str, items: &Object<Tuple>) -> PyResult {
    let within = format!("operator.{kind}(...)");
    vm.container_repr(this, &within, |vm| {
        let mut items = items.as_slice().iter();
        vm.repr_items((&format!("operator.{kind}("), ")"), |_| items.next().cloned())
    })
}

/// attrgetter(attr, /, *attrs)
/// --
///
/// Return a callable object that fetches the given attribute(s) from its operand.
/// After f = attrgetter('name'), the call f(r) returns r.name.
/// After g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).
/// After h = attrgetter('name.first', 'name.last'), the call h(r) returns
/// (r.name.first, r.name.last).
#[pyclass(name = "attrgetter", module = "operator", final)]
pub struct AttrGetter {
    /// The names as they were given.
    names: Ref<Tuple>,
    /// Each name's parts between the dots.
    paths: HeapVec<HeapVec<Ref<Str>>>,
}

#[pymethods]
impl AttrGetter {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<AttrGetter> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("attrgetter() takes no keyword arguments")));
        }
        if args.is_empty() {
            return Err(vm.type_error(format_args!("attrgetter expected 1 argument, got 0")));
        }
        let mut paths = HeapVec::with_capacity(args.len())?;
        for name in args.iter() {
            let Some(name) = name.downcast_ref::<Str>() else {
                return Err(vm.type_error(format_args!("attribute name must be a string")));
            };
            paths.push(split(vm, name)?)?;
        }
        let names = vm.try_tuple(args.to_values())?;
        Ok(AttrGetter { names, paths })
    }

    /// The signature of the call, for instances (`inspect.signature`).
    #[getter]
    fn __text_signature__(&self) -> &'static str {
        "(obj, /)"
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let operand = only_operand(vm, "attrgetter", args)?;
        collect(vm, self.paths.len(), |vm, index| {
            let mut value = operand.to_owned();
            for name in self.paths[index].iter() {
                value = vm.getattr(&value, name)?;
            }
            Ok(value)
        })
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        show(vm, &this.as_value(), "attrgetter", &this.names)
    }

    /// Return state information for pickling
    fn __reduce__(&self) -> (Value, Ref<Tuple>) {
        (AttrGetter::type_object().to_value(), self.names.clone())
    }
}

/// The interned parts of a name between its dots.
fn split(vm: &mut Vm, name: &Object<Str>) -> PyResult<HeapVec<Ref<Str>>> {
    let mut parts = HeapVec::new();
    let view = name.view();
    let mut start = 0;
    let dots: Vec<usize> =
        view.code_points().enumerate().filter(|&(_, point)| point == u32::from('.')).map(|(index, _)| index).collect();
    for end in dots.into_iter().chain([view.len()]) {
        let part = vm.try_str_from_view(view.slice(start..end))?;
        parts.push(vm.intern_str(&part))?;
        start = end + 1;
    }
    Ok(parts)
}

/// itemgetter(item, /, *items)
/// --
///
/// Return a callable object that fetches the given item(s) from its operand.
/// After f = itemgetter(2), the call f(r) returns r[2].
/// After g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])
#[pyclass(name = "itemgetter", module = "operator", final)]
pub struct ItemGetter {
    items: Ref<Tuple>,
}

#[pymethods]
impl ItemGetter {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<ItemGetter> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("itemgetter() takes no keyword arguments")));
        }
        if args.is_empty() {
            return Err(vm.type_error(format_args!("itemgetter expected 1 argument, got 0")));
        }
        Ok(ItemGetter { items: vm.try_tuple(args.to_values())? })
    }

    /// The signature of the call, for instances (`inspect.signature`).
    #[getter]
    fn __text_signature__(&self) -> &'static str {
        "(obj, /)"
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let operand = only_operand(vm, "itemgetter", args)?;
        let items = self.items.as_slice();
        if let ([only], Some(tuple)) = (items, operand.downcast_exact::<Tuple>())
            && let Some(index) = only.as_small_int()
            && let Some(item) = usize::try_from(index).ok().and_then(|index| tuple.as_slice().get(index))
        {
            return Ok(item.clone());
        }
        collect(vm, items.len(), |vm, index| vm.getitem(&operand, &items[index]))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        show(vm, &this.as_value(), "itemgetter", &this.items)
    }

    /// Return state information for pickling
    fn __reduce__(&self) -> (Value, Ref<Tuple>) {
        (ItemGetter::type_object().to_value(), self.items.clone())
    }
}
