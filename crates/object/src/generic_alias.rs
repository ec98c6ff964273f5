//! `types.GenericAlias`: `list[int]` (PEP 585), and what generic aliases and unions share: their parameters, and putting
//! types in their place.

use pvm_macros::{pyclass, pymethods};

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions::{ATTRIBUTE_ERROR, TYPE_ERROR};
use crate::iterators::builtin;
use crate::list::List;
use crate::ops::CompareOp;
use crate::ops::attribute::generic_getattr;
use crate::ops::join::{Piece, join};
use crate::str::Str;
use crate::tuple::{TUPLE_TYPE, Tuple};
use crate::types::Type;
use crate::union::union_of;
use crate::{Heap, Vm, names};

/// GenericAlias(origin, args, /)
/// --
///
/// Represent a PEP 585 generic type
///
/// For example, for t = list[int], t.__origin__ is list and t.__args__
/// is (int,).
#[pyclass(name = "GenericAlias", module = "types", weakref)]
pub struct GenericAlias {
    #[member]
    #[name = "__origin__"]
    origin: Value,
    #[member]
    #[name = "__args__"]
    args: Ref<Tuple>,
    #[member]
    #[name = "__unpacked__"]
    starred: HeapCell<bool>,
    parameters: HeapCell<Option<Ref<Tuple>>>,
}

/// Attributes that are the alias's own; all others are its origin's.
static OWN: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
];

/// Attributes that an alias does not show though its origin may have them.
static HIDDEN: &[&str] = &["__bases__", "__copy__", "__deepcopy__"];

impl GenericAlias {
    fn of(heap: &mut Heap, origin: Value, args: &Value, starred: bool) -> GenericAlias {
        let args = match args.downcast::<Tuple>() {
            Some(args) => args.to_ref(),
            None => heap.new_tuple(vec![args.clone()]),
        };
        GenericAlias { origin, args, starred: HeapCell::new(starred), parameters: HeapCell::new(None) }
    }
}

#[pymethods]
impl GenericAlias {
    #[new]
    fn new(cls: &Object<Type>, vm: &mut Vm, origin: Value, args: &Value) -> PyResult<Ref<GenericAlias>> {
        let alias = GenericAlias::of(vm, origin, args, false);
        Ok(vm.alloc_as(cls, alias))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let star = if this.starred.get(vm) { "*" } else { "" };
        let origin = type_repr(vm, &this.origin)?;
        let args = match this.args.is_empty() {
            true => vm.new_str("()"),
            false => repr_items(vm, this.args.len(), |_, index| this.args.as_slice().get(index).cloned())?,
        };
        join!(vm, star, &origin, "[", &args, "]")
    }

    fn __hash__(this: &Object<Self>, vm: &mut Vm) -> PyResult<i64> {
        Ok(vm.hash(&this.origin)? ^ vm.hash(&this.args.as_value())?)
    }

    fn __call__(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let instance = vm.call_args(&this.origin, args)?;
        // Instances that cannot have the attribute go without.
        let set = vm.setattr(&instance, &names::__orig_class__, &this.as_value());
        if let Err(raised) = set {
            if !vm.pending_is(&ATTRIBUTE_ERROR) && !vm.pending_is(&TYPE_ERROR) {
                return Err(raised);
            }
            drop(vm.catch(raised));
        }
        Ok(instance)
    }

    fn __getattribute__(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>) -> PyResult {
        let listed = |names: &[&str]| names.iter().any(|own| name.is_str(own));
        match listed(OWN) || listed(HIDDEN) {
            true => generic_getattr(vm, &this.as_value(), name),
            false => vm.getattr(&this.origin, name),
        }
    }

    fn __richcompare__(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let (Some(other), CompareOp::Eq | CompareOp::Ne) = (other.downcast::<GenericAlias>(), op) else {
            return Ok(Value::not_implemented());
        };
        let equal = this.starred.get(vm) == other.starred.get(vm)
            && vm.eq(&this.origin, &other.origin)?
            && vm.eq(&this.args.as_value(), &other.args.as_value())?;
        Ok(Value::from_bool(equal == (op == CompareOp::Eq)))
    }

    fn __iter__(this: &Object<Self>, heap: &mut Heap) -> Ref<GenericAliasIterator> {
        heap.alloc(GenericAliasIterator { alias: HeapCell::new(Some(this.to_ref())) })
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        union_of(vm, left, right)
    }

    #[slot(getitem)]
    fn subscript(this: &Object<Self>, vm: &mut Vm, item: &Value) -> PyResult<Ref<GenericAlias>> {
        let parameters = this.parameters(vm)?;
        let args = substitute(vm, &this.as_value(), this.args.as_slice(), &parameters, item)?;
        let args = vm.try_tuple(args)?;
        let starred = this.starred.get(vm);
        let alias = GenericAlias::of(vm, this.origin.clone(), &args.as_value(), starred);
        Ok(vm.alloc(alias))
    }

    #[text_signature = "($self, object, /)"]
    fn __mro_entries__(&self, heap: &mut Heap, _object: &Value) -> Ref<Tuple> {
        heap.new_tuple(vec![self.origin.clone()])
    }

    #[text_signature = "($self, object, /)"]
    fn __instancecheck__(&self, vm: &mut Vm, _object: &Value) -> PyResult<()> {
        Err(vm.type_error(format_args!("isinstance() argument 2 cannot be a parameterized generic")))
    }

    #[text_signature = "($self, object, /)"]
    fn __subclasscheck__(&self, vm: &mut Vm, _object: &Value) -> PyResult<()> {
        Err(vm.type_error(format_args!("issubclass() argument 2 cannot be a parameterized generic")))
    }

    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        if this.starred.get(vm) {
            let name = vm.intern("next");
            let next = vm.import_attr("builtins", &name)?;
            let plain = GenericAlias::of(vm, this.origin.clone(), &this.args.as_value(), false);
            let plain = vm.alloc(plain);
            let iterator: Value = vm.alloc(GenericAliasIterator { alias: HeapCell::new(Some(plain)) }).into();
            let arguments = vm.new_tuple(vec![iterator]);
            return Ok(vm.new_tuple(vec![next, arguments.into()]).into());
        }
        let arguments = vm.new_tuple(vec![this.origin.clone(), this.args.clone().into()]);
        Ok(vm.new_tuple(vec![this.ty().to_value(), arguments.into()]).into())
    }

    fn __dir__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<List>> {
        let dir = vm.call_special(&this.origin, &names::__dir__, &[])?.unwrap_or_else(Value::none);
        let all = vm.list_of(&dir)?;
        for name in OWN {
            let name: Value = vm.intern(name).into();
            if !vm.contains(&all.as_value(), &name)? {
                all.push(name, vm)?;
            }
        }
        Ok(all)
    }

    /// Type variables in the GenericAlias.
    #[getter]
    fn __parameters__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        this.parameters(vm)
    }

    #[getter]
    fn __typing_unpacked_tuple_args__(&self, heap: &Heap) -> Option<Ref<Tuple>> {
        self.unpacked_tuple(heap)
    }
}

impl GenericAlias {
    /// The arguments of `*tuple[…]`.
    fn unpacked_tuple(&self, heap: &Heap) -> Option<Ref<Tuple>> {
        (self.starred.get(heap) && self.origin.is(&TUPLE_TYPE.as_value())).then(|| self.args.clone())
    }

    /// `__origin__`.
    pub fn origin(&self) -> &Value {
        &self.origin
    }

    /// `__args__`.
    pub fn args(&self) -> &Object<Tuple> {
        &self.args
    }
}

impl Object<GenericAlias> {
    fn parameters(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        if let Some(known) = self.parameters.get(vm) {
            return Ok(known);
        }
        let parameters = parameters_of(vm, self.args.as_slice())?;
        self.parameters.set(Some(parameters.clone()), vm);
        Ok(parameters)
    }
}

/// What iterating over an alias gives: the starred alias, once.
#[pyclass(name = "generic_alias_iterator", final)]
pub struct GenericAliasIterator {
    alias: HeapCell<Option<Ref<GenericAlias>>>,
}

#[pymethods]
impl GenericAliasIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let alias = self.alias.replace(None, heap)?;
        let starred = GenericAlias::of(heap, alias.origin.clone(), &alias.args.as_value(), true);
        Some(heap.alloc(starred).into())
    }

    fn __reduce__(&self, vm: &mut Vm) -> PyResult {
        let iter = builtin("iter", vm)?;
        let content: Value = match self.alias.get(vm) {
            Some(alias) => alias.into(),
            None => crate::tuple::empty().to_value(),
        };
        let arguments = vm.new_tuple(vec![content]);
        Ok(vm.new_tuple(vec![iter, arguments.into()]).into())
    }
}

/// A type as it stands in the representation of an alias or union (`_Py_typing_type_repr`).
pub fn type_repr(vm: &mut Vm, value: &Value) -> PyResult<Ref<Str>> {
    if value.is_ellipsis() {
        return Ok(vm.new_str("..."));
    }
    if value.is(&crate::singletons::NONE_TYPE.as_value()) {
        return Ok(vm.new_str("None"));
    }
    // What looks like an alias shows itself.
    if vm.find_attr(value, &names::__origin__)?.is_some() && vm.find_attr(value, &names::__args__)?.is_some() {
        return vm.repr(value);
    }
    let Some(qualname) = vm.find_attr(value, &names::__qualname__)? else {
        return vm.repr(value);
    };
    let Some(module) = vm.find_attr(value, &names::__module__)?.filter(|module| !module.is_none()) else {
        return vm.repr(value);
    };
    let qualname = vm.str(&qualname)?;
    if module.downcast::<Str>().is_some_and(|module| module.is_str("builtins")) {
        return Ok(qualname);
    }
    let module = vm.str(&module)?;
    join!(vm, &module, ".", &qualname)
}

/// The representations of several types, with commas; lists among them in brackets, as in `Callable[[int], str]`.
fn repr_items(vm: &mut Vm, count: usize, item_at: impl Fn(&Vm, usize) -> Option<Value>) -> PyResult<Ref<Str>> {
    let mut texts = Vec::with_capacity(count);
    for index in 0..count {
        let Some(item) = item_at(vm, index) else {
            return Err(vm.index_error(format_args!("list index out of range")));
        };
        let text = match item.downcast_exact::<List>() {
            Some(list) => {
                vm.check_recursion(" while getting the repr of an object")?;
                let list = list.to_ref();
                let inner = repr_list(vm, &list)?;
                join!(vm, "[", &inner, "]")?
            }
            None => type_repr(vm, &item)?,
        };
        texts.push(text);
    }
    let mut pieces = Vec::with_capacity(2 * texts.len());
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::Text(", "));
        }
        pieces.push(Piece::Str(text));
    }
    vm.join_pieces(&pieces)
}

/// The items of a list, which representations may shorten.
fn repr_list(vm: &mut Vm, list: &Ref<List>) -> PyResult<Ref<Str>> {
    let items: &dyn Fn(&Vm, usize) -> Option<Value> = &|vm, index| list.get(index, vm);
    repr_items(vm, list.len(vm), items)
}

fn add_once(parameters: &mut Vec<Value>, parameter: &Value) {
    if !parameters.iter().any(|known| known.is(parameter)) {
        parameters.push(parameter.clone());
    }
}

/// The items of a tuple or list.
fn sequence_items(heap: &Heap, value: &Value) -> Option<Vec<Value>> {
    match (value.downcast::<Tuple>(), value.downcast::<List>()) {
        (Some(tuple), _) => Some(tuple.as_slice().to_vec()),
        (_, Some(list)) => Some(list.items(heap).to_vec()),
        _ => None,
    }
}

/// The type variables in arguments, each once (`_Py_make_parameters`).
pub fn parameters_of(vm: &mut Vm, args: &[Value]) -> PyResult<Ref<Tuple>> {
    vm.check_recursion("")?;
    let mut parameters = Vec::new();
    for arg in args {
        // A plain class shows `__parameters__` as a descriptor, which is not meant.
        if arg.is_instance_of::<Type>() {
            continue;
        }
        if let Some(items) = sequence_items(vm, arg) {
            let inner = parameters_of(vm, &items)?;
            inner.as_slice().iter().for_each(|parameter| add_once(&mut parameters, parameter));
        } else if vm.find_attr(arg, &names::__typing_subst__)?.is_some() {
            add_once(&mut parameters, arg);
        } else if let Some(inner) = vm.find_attr(arg, &names::__parameters__)?
            && let Some(inner) = inner.downcast::<Tuple>()
        {
            inner.as_slice().iter().for_each(|parameter| add_once(&mut parameters, parameter));
        }
    }
    Ok(vm.try_tuple(parameters)?)
}

/// The arguments of a subscription, with unpacked tuples of fixed length taken apart (`_unpack_args`).
fn unpack_arguments(vm: &mut Vm, item: &Value) -> PyResult<Vec<Value>> {
    let items = match item.downcast::<Tuple>() {
        Some(items) => items.as_slice().to_vec(),
        None => vec![item.clone()],
    };
    let mut unpacked = Vec::with_capacity(items.len());
    for item in items {
        if let Some(inner) = unpacked_tuple_args(vm, &item)?
            && !inner.as_slice().last().is_some_and(Value::is_ellipsis)
        {
            unpacked.extend(inner.as_slice().iter().cloned());
        } else {
            unpacked.push(item);
        }
    }
    Ok(unpacked)
}

fn unpacked_tuple_args(vm: &mut Vm, item: &Value) -> PyResult<Option<Ref<Tuple>>> {
    if item.is_instance_of::<Type>() {
        return Ok(None);
    }
    if let Some(alias) = item.downcast_exact::<GenericAlias>()
        && let Some(args) = alias.unpacked_tuple(vm)
    {
        return Ok(Some(args));
    }
    let args = vm.find_attr(item, &names::__typing_unpacked_tuple_args__)?;
    Ok(args.and_then(|args| args.downcast_into::<Tuple>().ok()))
}

/// The arguments with the parameters replaced by what stands in the brackets (`_Py_subs_parameters`).
pub fn substitute(vm: &mut Vm, this: &Value, args: &[Value], parameters: &Object<Tuple>, item: &Value) -> PyResult<Vec<Value>> {
    if parameters.is_empty() {
        let shown = vm.repr(this)?;
        return Err(vm.type_error(format_args!("{shown} is not a generic class")));
    }
    let unpacked = unpack_arguments(vm, item)?;
    let mut item: Value = vm.try_tuple(unpacked)?.into();
    for parameter in parameters.as_slice() {
        let prepare = vm.find_attr(parameter, &names::__typing_prepare_subst__)?;
        if let Some(prepare) = prepare.filter(|prepare| !prepare.is_none()) {
            let given = match item.is_instance_of::<Tuple>() {
                true => item.clone(),
                false => vm.new_tuple(vec![item.clone()]).into(),
            };
            item = vm.call(&prepare, &[this.clone(), given])?;
        }
    }
    let items = match item.downcast::<Tuple>() {
        Some(items) => items.as_slice().to_vec(),
        None => vec![item.clone()],
    };
    let (given, wanted) = (items.len(), parameters.len());
    if given != wanted {
        let shown = vm.repr(this)?;
        let amount = if given > wanted { "many" } else { "few" };
        return Err(vm.type_error(format_args!("Too {amount} arguments for {shown}; actual {given}, expected {wanted}")));
    }
    replace_all(vm, args, parameters.as_slice(), &items)
}

fn replace_all(vm: &mut Vm, args: &[Value], parameters: &[Value], items: &[Value]) -> PyResult<Vec<Value>> {
    vm.check_recursion("")?;
    let mut replaced = Vec::with_capacity(args.len());
    for arg in args {
        if arg.is_instance_of::<Type>() {
            replaced.push(arg.clone());
            continue;
        }
        if let Some(inner) = sequence_items(vm, arg) {
            let inner = replace_all(vm, &inner, parameters, items)?;
            replaced.push(match arg.is_instance_of::<Tuple>() {
                true => vm.try_tuple(inner)?.into(),
                false => vm.try_list(inner)?.into(),
            });
            continue;
        }
        let unpack = match vm.find_attr(arg, &names::__typing_is_unpacked_typevartuple__)? {
            Some(unpack) => vm.truth(&unpack)?,
            None => false,
        };
        let value = match vm.find_attr(arg, &names::__typing_subst__)? {
            Some(subst) => {
                let index = parameters.iter().position(|parameter| parameter.is(arg));
                let Some(index) = index else {
                    // It may have come to its `__typing_subst__` after the parameters were found.
                    let shown = vm.repr(arg)?;
                    return Err(
                        vm.type_error(format_args!("argument {shown} with __typing_subst__ was not found in __parameters__"))
                    );
                };
                vm.call(&subst, std::slice::from_ref(&items[index]))?
            }
            None => replace_variables(vm, arg, parameters, items)?,
        };
        if !unpack {
            replaced.push(value);
            continue;
        }
        let Some(several) = value.downcast::<Tuple>() else {
            let (subst, kind) = (arg.ty().full_name(vm), value.ty().full_name(vm));
            return Err(vm.type_error(format_args!("expected __typing_subst__ of {subst} objects to return a tuple, not {kind}")));
        };
        replaced.extend(several.as_slice().iter().cloned());
    }
    Ok(replaced)
}

/// A generic alias with its variables replaced: `list[T]` becomes `list[str]` (`subs_tvars`).
fn replace_variables(vm: &mut Vm, value: &Value, parameters: &[Value], items: &[Value]) -> PyResult {
    let own = vm.find_attr(value, &names::__parameters__)?.and_then(|own| own.downcast_into::<Tuple>().ok());
    let Some(own) = own.filter(|own| !own.is_empty()) else {
        return Ok(value.clone());
    };
    let mut args = Vec::with_capacity(own.len());
    for parameter in own.as_slice() {
        match parameters.iter().position(|known| known.is(parameter)) {
            None => args.push(parameter.clone()),
            Some(index) => match items[index].downcast::<Tuple>() {
                // A type variable tuple stands for several.
                Some(several) if parameters[index].ty().slots().iter().is_some() => {
                    args.extend(several.as_slice().iter().cloned())
                }
                _ => args.push(items[index].clone()),
            },
        }
    }
    let args = vm.try_tuple(args)?;
    vm.getitem(value, &args.into())
}

impl Heap {
    /// `origin[args]`: an alias; `args` is a tuple or the only argument (`Py_GenericAlias`).
    pub fn new_generic_alias(&mut self, origin: Value, args: &Value) -> Ref<GenericAlias> {
        let alias = GenericAlias::of(self, origin, args, false);
        self.alloc(alias)
    }
}
