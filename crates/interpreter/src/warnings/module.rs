//! `_warnings`: what programs see.

use pvm_macros::pymodule;

#[pymodule(name = "_warnings")]
pub mod warnings_module {
    //! _warnings provides basic warning filtering support.
    //! It is a helper module to speed up interpreter start-up.
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::list::List;
    use pvm_object::str::Str;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions, names};

    use crate::interpreter::state as interpreter;
    use crate::threads::timeout::Timeout;
    use crate::warnings::{filters, state, warn_caller};

    fn category_of(vm: &mut Vm, message: &Value, category: Option<&Value>) -> PyResult {
        let base = exceptions::WARNING.to_value();
        let category = match category {
            _ if vm.is_instance(message, &base)? => message.ty().to_value(),
            Some(category) if !category.is_none() => category.clone(),
            _ => exceptions::USER_WARNING.to_value(),
        };
        if category.is_instance_of::<pvm_object::Type>() && vm.is_subclass(&category, &base)? {
            return Ok(category);
        }
        let kind = vm.type_name(&category);
        Err(vm.type_error(format_args!("category must be a Warning subclass, not '{kind}'")))
    }

    /// Issue a warning, or maybe ignore it or raise an exception.
    ///
    ///   message
    ///     Text of the warning message.
    ///   category
    ///     The Warning category subclass. Defaults to UserWarning.
    ///   stacklevel
    ///     How far up the call stack to make this warning appear. A value of 2 for
    ///     example attributes the warning to the caller of the code calling warn().
    ///   source
    ///     If supplied, the destroyed object which emitted a ResourceWarning
    ///   skip_file_prefixes
    ///     An optional tuple of module filename prefixes indicating frames to skip
    ///     during stacklevel computations for stack frame attribution.
    #[pyfunction]
    #[signature = "(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())"]
    fn warn(
        vm: &mut Vm,
        message: &Value,
        category: Option<&Value>,
        stacklevel: isize,
        source: Option<&Value>,
        skip_file_prefixes: Option<&Object<Tuple>>,
    ) -> PyResult<()> {
        let category = category_of(vm, message, category)?;
        let mut prefixes: Vec<Ref<Str>> = Vec::new();
        for prefix in skip_file_prefixes.map_or(&[][..], |prefixes| prefixes.as_slice()) {
            match prefix.downcast::<Str>() {
                Some(prefix) => prefixes.push(prefix.to_ref()),
                None => {
                    let kind = vm.type_name(prefix);
                    return Err(vm.type_error(format_args!("Found non-str '{kind}' in skip_file_prefixes.")));
                }
            }
        }
        warn_caller(vm, &category, message, stacklevel, source, &prefixes)
    }

    /// The line that the loader of a module has for a warning (`get_source_line`).
    fn source_line(vm: &mut Vm, globals: &Object<Dict>, line: i32) -> PyResult<Option<Value>> {
        let external = vm.intern("_frozen_importlib_external");
        let Some(external) = interpreter(vm).modules(vm).get_str(&external, vm) else { return Ok(None) };
        let bless = vm.intern("_bless_my_loader");
        let loader = vm.call_method(&external, &bless, &[globals.to_value()])?;
        let Some(name) = globals.get_str(&names::__name__, vm).filter(|_| !loader.is_none()) else { return Ok(None) };
        let get_source = vm.intern("get_source");
        let Some(function) = vm.find_attr(&loader, &get_source)? else { return Ok(None) };
        // The program itself may have a loader that knows nothing of it.
        let source = vm.call(&function, &[name]);
        let Some(source) = vm.ok_unless(source, exceptions::IMPORT_ERROR.get())?.filter(|source| !source.is_none()) else {
            return Ok(None);
        };
        let Some(source) = source.downcast::<Str>() else {
            let kind = vm.type_name(&source);
            return Err(vm.type_error(format_args!("must be str, not {kind}")));
        };
        // As `str.splitlines` of strings, whatever a subclass makes of it.
        let plain = source.to_string_lossy().into_owned();
        let plain: Value = vm.new_str(&plain).into();
        let splitlines = vm.intern("splitlines");
        let lines = vm.call_method(&plain, &splitlines, &[])?;
        let index = usize::try_from(line - 1).ok();
        Ok(lines.downcast::<List>().and_then(|lines| lines.items(vm).get(index?).cloned()))
    }

    /// Issue a warning, or maybe ignore it or raise an exception.
    #[pyfunction]
    #[signature = "(message, category, filename, lineno, module=<unrepresentable>, registry=None, module_globals=None, source=None)"]
    fn warn_explicit(
        vm: &mut Vm,
        message: &Value,
        category: &Value,
        filename: &Object<Str>,
        lineno: i32,
        module: Option<Value>,
        registry: Option<Value>,
        module_globals: Option<&Value>,
        source: Option<Value>,
    ) -> PyResult<()> {
        let source_line = match module_globals.filter(|globals| !globals.is_none()) {
            None => None,
            Some(globals) => match globals.downcast::<Dict>() {
                Some(globals) => source_line(vm, globals, lineno)?,
                None => {
                    let kind = vm.type_name(globals);
                    return Err(vm.type_error(format_args!("module_globals must be a dict, not '{kind}'")));
                }
            },
        };
        let (message, category) = (message.clone(), category.clone());
        let filename = filename.to_value();
        let warning = filters::Warning { category, message, filename, line: lineno, module, registry, source_line, source };
        filters::issue(vm, warning)
    }

    #[pyfunction]
    fn _filters_mutated_lock_held(vm: &mut Vm) -> PyResult<()> {
        let state = state(vm)?;
        let held = state.lock.borrow(vm).as_ref().is_some_and(|lock| lock.is_mine());
        if !held {
            return Err(vm.runtime_error(format_args!("warnings._lock must be held")));
        }
        state.filters_version.set(state.filters_version.get() + 1);
        Ok(())
    }

    #[pyfunction]
    fn _acquire_lock(vm: &mut Vm) -> PyResult<()> {
        match state(vm)?.lock.get(vm) {
            Some(lock) => lock.take(vm, Timeout::FOREVER).map(drop),
            None => Ok(()),
        }
    }

    #[pyfunction]
    fn _release_lock(vm: &mut Vm) -> PyResult<()> {
        match state(vm)?.lock.get(vm) {
            Some(lock) => lock.give_back(vm),
            None => Ok(()),
        }
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let state = state(vm)?;
        let variable = state.context_variable.get(vm).unwrap_or_else(Value::none);
        let attributes = [
            ("filters", state.filters.get(vm)),
            ("_onceregistry", state.once_registry.get(vm)),
            ("_defaultaction", state.default_action.get(vm)),
            ("_warnings_context", variable),
        ];
        for (name, value) in attributes {
            let name = vm.intern(name);
            vm.setattr(module, &name, &value)?;
        }
        Ok(())
    }
}

pub use warnings_module::MODULE;
