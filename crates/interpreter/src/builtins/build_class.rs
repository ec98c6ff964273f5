//! `__build_class__`: what a `class` statement calls.

use pvm_macros::pymodule;

#[pymodule(name = "builtins")]
mod functions {
    use pvm_macros::pyfunction;
    use pvm_object::cell::Cell;
    use pvm_object::dict::Dict;
    use pvm_object::function::Function;
    use pvm_object::str::Str;
    use pvm_object::tuple::Tuple;
    use pvm_object::types::{Type, create::calculate_metaclass};
    use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, names};

    /// __build_class__(func, name, /, *bases, [metaclass], **kwds) -> class
    ///
    /// Internal helper function used by the class statement.
    #[pyfunction]
    fn __build_class__(vm: &mut Vm, args: Args<'_>) -> PyResult {
        let (Some(function), Some(name)) = (args.get(0), args.get(1)) else {
            return Err(vm.type_error(format_args!("__build_class__: not enough arguments")));
        };
        let Some(function) = function.downcast_ref::<Function>() else {
            return Err(vm.type_error(format_args!("__build_class__: func must be a function")));
        };
        let Some(name) = name.downcast_ref::<Str>() else {
            return Err(vm.type_error(format_args!("__build_class__: name is not a string")));
        };
        let given: Vec<Value> = args.iter().skip(2).map(|base| base.to_owned()).collect();
        let given = vm.try_tuple(given)?;
        let bases = resolve_bases(vm, &given)?;
        let mut keywords: Vec<(Ref<Str>, Value)> =
            args.keywords().map(|(name, value)| (name.to_ref(), value.to_owned())).collect();
        let explicit = keywords.iter().position(|(name, _)| name.is_str("metaclass")).map(|index| keywords.remove(index).1);
        let mut metaclass = match explicit {
            Some(metaclass) => metaclass,
            None => bases.as_slice().first().map_or_else(Type::type_value, |base| base.ty().to_value()),
        };
        if let Some(class) = metaclass.downcast::<Type>() {
            metaclass = calculate_metaclass(vm, class, &bases)?.into();
        }
        let names_tuple = vm.try_tuple(keywords.iter().map(|(name, _)| name.to_value()).collect::<Vec<_>>())?;
        let prepare = vm.find_attr(&metaclass, &names::__prepare__)?;
        let namespace: Value = match prepare {
            Some(prepare) => {
                let mut values = vec![name.to_value(), bases.clone().into()];
                values.extend(keywords.iter().map(|(_, value)| value.clone()));
                vm.call_args(&prepare, Args::with_keywords(&values, Some(&names_tuple)))?
            }
            None => vm.new_dict().into(),
        };
        if namespace.ty().slots().getitem().is_none()
            || namespace.ty().slots().setitem().is_none() && !namespace.is_instance_of::<Dict>()
        {
            let shown = match metaclass.downcast::<Type>() {
                Some(class) => class.name().to_owned(),
                None => "<metaclass>".to_owned(),
            };
            let kind = vm.type_name(&namespace);
            return Err(vm.type_error(format_args!("{shown}.__prepare__() must return a mapping, not {kind}")));
        }
        let cell = run_body(vm, function, &namespace)?;
        if !std::ptr::eq(&*bases, &*given) {
            vm.setitem(&namespace, &names::__orig_bases__.as_value(), &given.clone().into())?;
        }
        let mut values = vec![name.to_value(), bases.clone().into(), namespace];
        values.extend(keywords.into_iter().map(|(_, value)| value));
        let class = vm.call_args(&metaclass, Args::with_keywords(&values, Some(&names_tuple)))?;
        check_cell(vm, name, &class, &cell)?;
        Ok(class)
    }

    /// Runs the class body; what it returns is the cell of `__class__`, if it has one.
    fn run_body(vm: &mut Vm, function: &Object<Function>, namespace: &Value) -> PyResult {
        vm.check_recursion("")?;
        crate::call::run_body(vm, function.to_value(), Some(namespace.clone()))
    }

    fn check_cell(vm: &mut Vm, name: &Object<Str>, class: &Value, cell: &Value) -> PyResult<()> {
        let Some(cell) = cell.downcast::<Cell>().filter(|_| class.is_instance_of::<Type>()) else { return Ok(()) };
        match cell.get(vm) {
            Some(content) if content.is(class) => Ok(()),
            Some(content) => {
                let (name, content, class) = (vm.repr(&name.to_value())?, vm.repr(&content)?, vm.repr(class)?);
                Err(vm.type_error(format_args!("__class__ set to {content} defining {name} as {class}")))
            }
            None => {
                let (name, class) = (vm.repr(&name.to_value())?, vm.repr(class)?);
                Err(vm.runtime_error(format_args!(
                    "__class__ not set defining {name} as {class}. Was __classcell__ propagated to type.__new__?"
                )))
            }
        }
    }

    /// Bases that are no classes are replaced by what their `__mro_entries__` gives.
    fn resolve_bases(vm: &mut Vm, given: &Ref<Tuple>) -> PyResult<Ref<Tuple>> {
        let mut resolved: Vec<Value> = Vec::with_capacity(given.len());
        let mut changed = false;
        for base in given.as_slice() {
            if base.is_instance_of::<Type>() {
                resolved.push(base.clone());
                continue;
            }
            let Some(method) = vm.find_attr(base, &names::__mro_entries__)? else {
                resolved.push(base.clone());
                continue;
            };
            let entries = vm.call(&method, &[given.clone().into()])?;
            let Some(entries) = entries.downcast::<Tuple>() else {
                return Err(vm.type_error(format_args!("__mro_entries__ must return a tuple")));
            };
            changed = true;
            resolved.extend(entries.as_slice().iter().cloned());
        }
        if changed { Ok(vm.try_tuple(resolved)?) } else { Ok(given.clone()) }
    }
}

pub(super) use functions::MODULE;
