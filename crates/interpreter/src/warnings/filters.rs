//! What happens with a warning: registries of those that were shown, filters, actions (CPython's `_warnings.c`).

use pvm_object::dict::Dict;
use pvm_object::exceptions::{self, BaseException};
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

use super::{Filters, show, state, warnings_attribute};

/// A warning that is to be issued.
pub(super) struct Warning {
    pub(super) category: Value,
    /// The text, or an instance of the category.
    pub(super) message: Value,
    pub(super) filename: Value,
    pub(super) line: i32,
    /// Made of the file's name where it is not given; `None` late in the interpreter's end.
    pub(super) module: Option<Value>,
    /// What was shown of a module before.
    pub(super) registry: Option<Value>,
    pub(super) source_line: Option<Value>,
    /// The object the warning is about.
    pub(super) source: Option<Value>,
}

/// The filters an interpreter begins with.
pub(super) fn initial(vm: &mut Vm) -> PyResult<Filters> {
    let rows = [
        ("default", exceptions::DEPRECATION_WARNING.to_value(), Some("__main__")),
        ("ignore", exceptions::DEPRECATION_WARNING.to_value(), None),
        ("ignore", exceptions::PENDING_DEPRECATION_WARNING.to_value(), None),
        ("ignore", exceptions::IMPORT_WARNING.to_value(), None),
        ("ignore", exceptions::RESOURCE_WARNING.to_value(), None),
    ];
    let mut filters = Vec::new();
    for (action, category, module) in rows {
        let action = vm.intern(action).into();
        let module = module.map_or_else(Value::none, |module| vm.intern(module).into());
        filters.push(vm.new_tuple(vec![action, Value::none(), category, module, Value::from_i32(0)]).into());
    }
    Ok(vm.try_list(filters)?)
}

/// Whether a filter's pattern fits: `None` always does, text must be the same, a regular expression match.
fn fits(vm: &mut Vm, pattern: &Value, text: &Value) -> PyResult<bool> {
    if pattern.is_none() {
        return Ok(true);
    }
    if pattern.downcast_exact::<Str>().is_some() {
        return vm.eq(pattern, text);
    }
    let name = vm.intern("match");
    let result = vm.call_method(pattern, &name, std::slice::from_ref(text))?;
    vm.truth(&result)
}

/// What a filter says, and the filter.
struct Verdict {
    action: Ref<Str>,
    filter: Value,
}

fn search(
    vm: &mut Vm,
    warning: &Warning,
    text: &Value,
    module: &Value,
    name: &str,
    filters: &Object<List>,
) -> PyResult<Option<Verdict>> {
    let mut index = 0;
    while let Some(filter) = filters.get(index, vm) {
        let Some([action, message, category, wanted_module, line]) = filter.downcast::<Tuple>().map(|filter| filter.as_slice())
        else {
            return Err(vm.value_error(format_args!("warnings.{name} item {index} isn't a 5-tuple")));
        };
        let Some(action) = action.downcast::<Str>() else {
            let kind = vm.type_name(action);
            return Err(vm.type_error(format_args!("action must be a string, not '{kind}'")));
        };
        let good_message = fits(vm, message, text)?;
        let good_module = fits(vm, wanted_module, module)?;
        let good_category = vm.is_subclass(&warning.category, category)?;
        let line = vm.index_isize(line)?;
        if good_message && good_module && good_category && (line == 0 || line == warning.line as isize) {
            let action = action.to_ref();
            return Ok(Some(Verdict { action, filter }));
        }
        index += 1;
    }
    Ok(None)
}

/// The filters of the context that the thread runs in, where `-X context_aware_warnings` asks for them.
fn context_filters(vm: &mut Vm) -> PyResult<Option<Ref<List>>> {
    let Some(context) = context(vm)? else {
        return Ok(None);
    };
    let name = vm.intern("_filters");
    let filters = vm.getattr(&context, &name)?;
    match filters.downcast_into::<List>() {
        Ok(filters) => Ok(Some(filters)),
        Err(_) => Err(vm.value_error(format_args!("_filters of warnings._warnings_context must be a list"))),
    }
}

/// What `warnings.catch_warnings` put into the context that the thread runs in.
fn context(vm: &mut Vm) -> PyResult<Option<Value>> {
    if !crate::interpreter::state(vm).setup.config.context_aware_warnings {
        return Ok(None);
    }
    let variable = state(vm)?.context_variable.get(vm);
    match variable {
        Some(variable) => {
            let context = vm.call_method(&variable, &names::get, &[Value::none()])?;
            Ok((!context.is_none()).then_some(context))
        }
        None => Ok(None),
    }
}

/// What to do with a warning (`get_filter`).
fn verdict(vm: &mut Vm, warning: &Warning, text: &Value, module: &Value) -> PyResult<Verdict> {
    let state = state(vm)?;
    if let Some(filters) = context_filters(vm)?
        && let Some(verdict) = search(vm, warning, text, module, "_filters", &filters)?
    {
        return Ok(verdict);
    }
    if let Some(filters) = warnings_attribute(vm, "filters", false)? {
        state.filters.set(filters, vm);
    }
    let Ok(filters) = state.filters.get(vm).downcast_into::<List>() else {
        return Err(vm.value_error(format_args!("_warnings.filters must be a list")));
    };
    if let Some(verdict) = search(vm, warning, text, module, "filters", &filters)? {
        return Ok(verdict);
    }
    if let Some(action) = warnings_attribute(vm, "defaultaction", false)? {
        if !action.is_instance_of::<Str>() {
            let kind = vm.type_name(&action);
            return Err(vm.type_error(format_args!("_warnings.defaultaction must be a string, not '{kind}'")));
        }
        state.default_action.set(action, vm);
    }
    let action = state.default_action.get(vm).downcast_into::<Str>();
    let action = action.unwrap_or_else(|_| vm.intern("default"));
    Ok(Verdict { action, filter: Value::none() })
}

/// The registry of warnings that are shown once in all.
fn once_registry(vm: &mut Vm) -> PyResult<Value> {
    let state = state(vm)?;
    if let Some(registry) = warnings_attribute(vm, "onceregistry", false)? {
        if !registry.is_instance_of::<Dict>() {
            let kind = vm.type_name(&registry);
            return Err(vm.type_error(format_args!("_warnings.onceregistry must be a dict, not '{kind}'")));
        }
        state.once_registry.set(registry, vm);
    }
    Ok(state.once_registry.get(vm))
}

/// Whether a registry knows a key; notes it with `note`. A registry of an older version of the filters is emptied.
fn already_warned(vm: &mut Vm, registry: &Value, key: &Value, note: bool) -> PyResult<bool> {
    let version = state(vm)?.filters_version.get();
    let Some(registry) = registry.downcast::<Dict>() else {
        return Ok(false);
    };
    let name = vm.intern("version");
    let known = registry.get_str(&name, vm);
    if known.and_then(|known| known.as_small_int()) == Some(version) {
        if let Some(warned) = registry.get(key, vm)?
            && vm.truth(&warned)?
        {
            return Ok(true);
        }
    } else {
        registry.clear(vm);
        let version = vm.int(version);
        registry.set_str(&name, version, vm)?;
    }
    if note {
        vm.setitem(&registry.as_value(), key, &Value::from_bool(true))?;
    }
    Ok(false)
}

/// A file's name without `.py`.
fn module_of(vm: &mut Vm, filename: &Value) -> Value {
    let Some(name) = filename.downcast::<Str>() else {
        return filename.clone();
    };
    if name.is_empty() {
        return vm.intern("<unknown>").into();
    }
    match name.to_string_lossy().strip_suffix(".py") {
        Some(module) => vm.new_str(module).into(),
        None => name.to_value(),
    }
}

/// Issues a warning: shows it, drops it, or raises it (`warn_explicit`).
pub(super) fn issue(vm: &mut Vm, mut warning: Warning) -> PyResult<()> {
    let module = match warning.module.take() {
        // The interpreter is ending, and so have the filters.
        Some(module) if module.is_none() => return Ok(()),
        Some(module) => module,
        None => module_of(vm, &warning.filename),
    };
    warning.registry = warning.registry.filter(|registry| !registry.is_none());
    warning.source = warning.source.filter(|source| !source.is_none());
    if let Some(registry) = &warning.registry
        && !registry.is_instance_of::<Dict>()
    {
        return Err(vm.type_error(format_args!("'registry' must be a dict or None")));
    }
    let text = if vm.is_instance(&warning.message, &exceptions::WARNING.to_value())? {
        warning.category = warning.message.ty().to_value();
        vm.str(&warning.message)?.into()
    } else {
        let text = warning.message.clone();
        warning.message = vm.call(&warning.category, std::slice::from_ref(&text))?;
        text
    };
    let key: Value = vm.new_tuple(vec![text.clone(), warning.category.clone(), Value::from_i32(warning.line)]).into();
    if let Some(registry) = &warning.registry
        && already_warned(vm, registry, &key, false)?
    {
        return Ok(());
    }
    let Verdict { action, filter } = verdict(vm, &warning, &text, &module)?;
    match &*action.to_string_lossy() {
        "error" => return Err(raise(vm, &warning)),
        "ignore" => return Ok(()),
        "always" | "all" => {}
        action_name => {
            if let Some(registry) = &warning.registry {
                vm.setitem(registry, &key, &Value::from_bool(true))?;
            }
            let once = match action_name {
                "once" => Some(match &warning.registry {
                    Some(registry) => registry.clone(),
                    None => once_registry(vm)?,
                }),
                "module" => warning.registry.clone(),
                "default" => None,
                _ => {
                    let (action, filter) = (vm.repr(&action.as_value())?, vm.repr(&filter)?);
                    return Err(vm.runtime_error(format_args!("Unrecognized action ({action}) in warnings.filters:\n {filter}")));
                }
            };
            if let Some(registry) = once {
                let key: Value = vm.new_tuple(vec![text.clone(), warning.category.clone()]).into();
                if already_warned(vm, &registry, &key, true)? {
                    return Ok(());
                }
            }
        }
    }
    show::show(vm, &warning, &text)
}

fn raise(vm: &mut Vm, warning: &Warning) -> pvm_object::Raised {
    match warning.message.downcast::<BaseException>() {
        Some(exception) => {
            let exception = exception.to_ref();
            vm.raise(exception)
        }
        None => {
            let kind = vm.type_name(&warning.message);
            vm.type_error(format_args!("exceptions must derive from BaseException, not {kind}"))
        }
    }
}
