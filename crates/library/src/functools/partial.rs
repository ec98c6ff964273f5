//! `partial`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::dict::Dict;
use pvm_object::tuple::Tuple;
use pvm_object::types::instance;
use pvm_object::{Args, HeapCell, Object, PyResult, Ref, Type, Value, Vm, names};

use super::placeholder::is_placeholder;

/// partial(func, /, *args, **keywords)
/// --
///
/// Create a new function with partial application of the given arguments
/// and keywords.
#[pyclass(name = "partial", module = "functools", dict, weakref)]
pub struct Partial {
    /// function object to use in future partial calls
    #[member]
    func: HeapCell<Value>,
    /// tuple of arguments to future partial calls
    #[member]
    args: HeapCell<Ref<Tuple>>,
    /// dictionary of keyword arguments to future partial calls
    #[member]
    keywords: HeapCell<Ref<Dict>>,
    /// How many of the arguments are placeholders.
    placeholders: Cell<usize>,
}

fn count_placeholders(args: &[Value]) -> usize {
    args.iter().filter(|arg| is_placeholder(arg)).count()
}

fn check_last(vm: &mut Vm, last: Option<&Value>) -> PyResult<()> {
    match last {
        Some(last) if is_placeholder(last) => Err(vm.type_error(format_args!("trailing Placeholders are not allowed"))),
        _ => Ok(()),
    }
}

/// `known` with its placeholders replaced by values of `given` as far as these go, then the rest of `given`.
fn merged(known: &[Value], given: Vec<Value>) -> Vec<Value> {
    let mut given = given.into_iter();
    let mut args: Vec<Value> = Vec::with_capacity(known.len() + given.len());
    for arg in known {
        let replaced = if is_placeholder(arg) { given.next() } else { None };
        args.push(replaced.unwrap_or_else(|| arg.clone()));
    }
    args.extend(given);
    args
}

fn is_callable(value: &Value) -> bool {
    value.ty().slots().call().is_some()
}

impl Partial {
    /// The values and names of the keywords of a call: this one's, replaced and followed by those of the call.
    fn call_keywords(&self, vm: &mut Vm, args: Args<'_>) -> PyResult<(Vec<Value>, Vec<Value>)> {
        let keywords = self.keywords.get(vm);
        if !keywords.has_only_names(vm) {
            return Err(vm.type_error(format_args!("keywords must be strings")));
        }
        let (mut names, mut values): (Vec<Value>, Vec<Value>) =
            keywords.str_items(vm).into_iter().map(|(name, value)| (Value::from(name), value)).unzip();
        let known = names.len();
        for (name, value) in args.keywords() {
            let place = names[..known]
                .iter()
                .position(|own| own.downcast::<pvm_object::str::Str>().is_some_and(|own| own.same_text(name)));
            match place {
                Some(place) => values[place] = value.to_owned(),
                None => {
                    names.push(name.to_value());
                    values.push(value.to_owned());
                }
            }
        }
        Ok((names, values))
    }
}

#[pymethods]
impl Partial {
    #[new]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Partial>> {
        let Some(function) = args.get(0) else {
            return Err(vm.type_error(format_args!("type 'partial' takes at least one argument")));
        };
        if !is_callable(&function) {
            return Err(vm.type_error(format_args!("the first argument must be callable")));
        }
        let given = args.skip(1);
        let mut positional = given.without_keywords().to_values();
        check_last(vm, positional.last())?;
        if given.keywords().any(|(_, value)| is_placeholder(&value)) {
            return Err(vm.type_error(format_args!("Placeholder cannot be passed as a keyword argument")));
        }
        let mut function = function.to_owned();
        let keywords = vm.new_dict();
        // A partial of a plain partial is one with the arguments of both.
        let plain = function.downcast::<Partial>().filter(|partial| instance::items(vm, partial.header()).is_empty());
        if let Some(partial) = plain.map(Object::to_ref) {
            positional = merged(partial.args.get(vm).as_slice(), positional);
            let known = partial.keywords.get(vm);
            keywords.merge(&known, true, vm)?;
            function = partial.func.get(vm);
        }
        for (name, value) in given.keywords() {
            keywords.set_str(name, value.to_owned(), vm)?;
        }
        let partial = Partial {
            placeholders: Cell::new(count_placeholders(&positional)),
            func: HeapCell::new(function),
            args: HeapCell::new(vm.try_tuple(positional)?),
            keywords: HeapCell::new(keywords),
        };
        Ok(vm.alloc_as(cls, partial))
    }

    fn __call__(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let (function, known, open) = (self.func.get(vm), self.args.get(vm), self.placeholders.get());
        if args.len() < open {
            let given = args.len();
            return Err(vm.type_error(format_args!(
                "missing positional arguments in 'partial' call; expected at least {open}, got {given}"
            )));
        }
        if open == 0 && self.keywords.borrow(vm).is_empty(vm) {
            return args.with_front(known.as_slice(), |args| vm.call_args(&function, args));
        }
        let mut values = merged(known.as_slice(), args.without_keywords().to_values());
        let (names, of_names) = self.call_keywords(vm, args)?;
        values.extend(of_names);
        let names = (!names.is_empty()).then(|| vm.new_tuple(names));
        vm.call_args(&function, Args::with_keywords(&values, names.as_deref()))
    }

    fn __get__(this: &Object<Self>, vm: &mut Vm, instance: Option<&Value>, _owner: Option<&Value>) -> Value {
        match instance {
            Some(instance) => vm.new_method(this.to_value(), instance.clone()),
            None => this.to_value(),
        }
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        vm.container_repr(&this.as_value(), "...", |vm| {
            let class = this.ty().to_value();
            let (module, name) = (vm.getattr(&class, &names::__module__)?, vm.getattr(&class, &names::__qualname__)?);
            let (module, name) = (vm.str(&module)?, vm.str(&name)?);
            let (function, args, keywords) = (this.func.get(vm), this.args.get(vm), this.keywords.get(vm));
            let mut items = std::iter::once(&function).chain(args.as_slice());
            let mut text = vm.repr_items((&format!("{module}.{name}("), ""), |_| items.next().cloned())?;
            let entries: Vec<(Value, Value)> =
                keywords.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
            for (key, value) in entries {
                let (key, value) = (vm.str(&key)?, vm.repr(&value)?);
                text.push_str(", ");
                text.push_view(key.view());
                text.push_str("=");
                text.push_view(value.view());
            }
            text.push_str(")");
            Ok(text)
        })
    }

    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<(Value, Value, Value)> {
        let attributes = match instance::items(vm, this.header()).is_empty() {
            true => Value::none(),
            false => vm.getattr(&this.as_value(), &names::__dict__)?,
        };
        let function = this.func.get(vm);
        let state = [function.clone(), this.args.get(vm).into(), this.keywords.get(vm).into(), attributes];
        let (arguments, state) = (vm.try_tuple([function])?, vm.try_tuple(state)?);
        Ok((this.ty().to_value(), arguments.into(), state.into()))
    }

    fn __setstate__(this: &Object<Self>, vm: &mut Vm, object: &Value) -> PyResult<()> {
        let invalid = |vm: &mut Vm| vm.type_error(format_args!("invalid partial state"));
        let Some(state) = object.downcast::<Tuple>() else {
            return Err(invalid(vm));
        };
        let [function, args, keywords, attributes] = state.as_slice() else {
            return Err(invalid(vm));
        };
        let is_dict_or_none = |value: &Value| value.is_none() || value.is_instance_of::<Dict>();
        let Some(positional) = args.downcast::<Tuple>() else {
            return Err(invalid(vm));
        };
        if !is_callable(function) || !is_dict_or_none(keywords) || !is_dict_or_none(attributes) {
            return Err(invalid(vm));
        }
        check_last(vm, positional.as_slice().last())?;
        let args = match args.downcast_exact::<Tuple>() {
            Some(args) => args.to_ref(),
            None => vm.try_tuple(positional.as_slice().to_vec())?,
        };
        let keywords = match (keywords.downcast_exact::<Dict>(), keywords.downcast::<Dict>()) {
            (Some(keywords), _) => keywords.to_ref(),
            (None, Some(keywords)) => keywords.copy(vm)?,
            (None, None) => vm.new_dict(),
        };
        this.placeholders.set(count_placeholders(args.as_slice()));
        this.func.set(function.clone(), vm);
        this.args.set(args, vm);
        this.keywords.set(keywords, vm);
        if !attributes.is_none() {
            vm.setattr(&this.as_value(), &names::__dict__, attributes)?;
        } else if !instance::items(vm, this.header()).is_empty() {
            let empty = vm.new_dict().into();
            vm.setattr(&this.as_value(), &names::__dict__, &empty)?;
        }
        Ok(())
    }

    /// See PEP 585
    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        vm.generic_alias(&cls.as_value(), object)
    }
}
