//! What pickles need of other modules: the registries of `copyreg`, the names of Python 2, and some functions.

use pvm_macros::pyclass;
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Raised, Ref, Value, Vm, names};

use super::pickling_error;

/// Objects of other modules.
#[pyclass(name = "_support", module = "_pickle", no_export, final)]
pub struct Support {
    pub dispatch_table: Value,
    pub extension_registry: Value,
    pub inverted_registry: Value,
    pub extension_cache: Value,
    pub name_mapping: Value,
    pub import_mapping: Value,
    pub reverse_name_mapping: Value,
    pub reverse_import_mapping: Value,
    pub encode: Value,
    pub getattr: Value,
    pub partial: Value,
}

/// The objects, which are imported once.
pub fn support(vm: &mut Vm) -> PyResult<Ref<Support>> {
    if let Some(known) = vm.find_module_state::<Support>() {
        return Ok(known);
    }
    fn get(vm: &mut Vm, module: &str, name: &str) -> PyResult {
        let name = vm.intern(name);
        vm.import_attr(module, &name)
    }
    let made = Support {
        dispatch_table: get(vm, "copyreg", "dispatch_table")?,
        extension_registry: get(vm, "copyreg", "_extension_registry")?,
        inverted_registry: get(vm, "copyreg", "_inverted_registry")?,
        extension_cache: get(vm, "copyreg", "_extension_cache")?,
        name_mapping: get(vm, "_compat_pickle", "NAME_MAPPING")?,
        import_mapping: get(vm, "_compat_pickle", "IMPORT_MAPPING")?,
        reverse_name_mapping: get(vm, "_compat_pickle", "REVERSE_NAME_MAPPING")?,
        reverse_import_mapping: get(vm, "_compat_pickle", "REVERSE_IMPORT_MAPPING")?,
        encode: get(vm, "codecs", "encode")?,
        getattr: get(vm, "builtins", "getattr")?,
        partial: get(vm, "functools", "partial")?,
    };
    Ok(vm.module_state(|_| made))
}

/// An item of a mapping, where it is there.
pub fn find_item(vm: &mut Vm, mapping: &Value, key: &Value) -> PyResult<Option<Value>> {
    if let Some(dict) = mapping.downcast_exact::<pvm_object::dict::Dict>() {
        return dict.to_ref().get(key, vm);
    }
    let found = vm.getitem(mapping, key);
    vm.ok_unless(found, &pvm_object::exceptions::KEY_ERROR)
}

/// The parts of a dotted name.
pub fn dotted(vm: &mut Vm, name: &Object<Str>) -> PyResult<Vec<Value>> {
    let (split, dot) = (vm.intern("split"), vm.intern("."));
    let parts = vm.call_method(&name.to_value(), &split, &[dot.into()])?;
    let parts = parts.downcast_into::<List>().expect("str.split gives a list");
    Ok(parts.items(vm).to_vec())
}

/// The attribute that a path of names leads to.
pub fn resolve(vm: &mut Vm, object: &Value, path: &[Value]) -> PyResult {
    let mut object = object.clone();
    for name in path {
        let name = vm.attribute_name(name)?;
        object = vm.getattr(&object, &name)?;
    }
    Ok(object)
}

/// Whether the path leads from a module to an object; an `AttributeError` where it leads nowhere, other errors stay.
fn leads_to(vm: &mut Vm, module: &Value, path: &[Value], object: &Value) -> PyResult<Result<bool, Value>> {
    match resolve(vm, module, path) {
        Ok(found) => Ok(Ok(found.is(object))),
        Err(raised) if vm.pending_is(&pvm_object::exceptions::ATTRIBUTE_ERROR) => Ok(Err(vm.catch(raised).to_value())),
        Err(raised) => Err(raised),
    }
}

/// The module in which an object is found by its name (`whichmodule`).
pub fn which_module(vm: &mut Vm, object: &Value, name: &Object<Str>, path: &[Value]) -> PyResult {
    if path.iter().any(|part| part.downcast::<Str>().is_some_and(|part| part.is_str("<locals>"))) {
        let shown = vm.repr(object)?;
        return Err(pickling_error(vm, &format!("Can't pickle local object {}", shown.to_string_lossy())));
    }
    let module_attr = vm.find_attr(object, &names::__module__)?;
    let modules_name = vm.intern("modules");
    let modules = vm.import_attr("sys", &modules_name)?;
    let module_name = match module_attr.filter(|module| !module.is_none()) {
        Some(module) => module,
        None => search_modules(vm, &modules, object, path)?,
    };
    let Some(module_text) = module_name.downcast::<Str>().map(Object::to_ref) else {
        let kind = vm.type_name(&module_name);
        return Err(vm.type_error(format_args!("__module__ must be str, not {kind}")));
    };
    let imported = import(vm, &module_text);
    let module = match imported {
        Ok(module) => module,
        Err(raised) => {
            let caught =
                [&pvm_object::exceptions::IMPORT_ERROR, &pvm_object::exceptions::VALUE_ERROR, &pvm_object::exceptions::KEY_ERROR];
            if !caught.iter().any(|class| vm.pending_is(class)) {
                return Err(raised);
            }
            let cause = vm.catch(raised);
            let (shown, why) = (vm.repr(object)?, vm.str(&cause.to_value())?);
            let message = format!("Can't pickle {}: {}", shown.to_string_lossy(), why.to_string_lossy());
            let raised = pickling_error(vm, &message);
            return Err(chained(vm, raised, cause.to_value()));
        }
    };
    let place = |what: &str, shown: &Object<Str>| {
        let (module, name) = (module_text.to_string_lossy(), name.to_string_lossy());
        format!("Can't pickle {}: it's not {what} {module}.{name}", shown.to_string_lossy())
    };
    match leads_to(vm, &module, path, object)? {
        Ok(true) => Ok(module_name),
        Ok(false) => {
            let shown = vm.repr(object)?;
            Err(pickling_error(vm, &place("the same object as", &shown)))
        }
        Err(context) => {
            let shown = vm.repr(object)?;
            let raised = pickling_error(vm, &place("found as", &shown));
            Err(chained(vm, raised, context))
        }
    }
}

/// The error, raised while `context` was handled.
pub fn chained(vm: &mut Vm, raised: Raised, context: Value) -> Raised {
    let exception = vm.catch(raised);
    let name = vm.intern("__context__");
    match vm.setattr(&exception.to_value(), &name, &context) {
        Ok(()) => vm.reraise(exception),
        Err(raised) => raised,
    }
}

/// The first module but `__main__` that has the object under its name.
fn search_modules(vm: &mut Vm, modules: &Value, object: &Value, path: &[Value]) -> PyResult {
    let copy = vm.intern("copy");
    let items = vm.intern("items");
    let copied = vm.call_method(modules, &copy, &[])?;
    let pairs = vm.call_method(&copied, &items, &[])?;
    let pairs = vm.collect_items(&pairs)?;
    for pair in pairs.iter() {
        let (zero, one) = (vm.int(0), vm.int(1));
        let (name, module) = (vm.getitem(pair, &zero)?, vm.getitem(pair, &one)?);
        let main = name.downcast::<Str>().is_some_and(|name| name.is_str("__main__") || name.is_str("__mp_main__"));
        if main || module.is_none() {
            continue;
        }
        if matches!(leads_to(vm, &module, path, object)?, Ok(true)) {
            return Ok(name);
        }
    }
    Ok(vm.intern("__main__").into())
}

/// A module by its full name. One whose name no file can have is looked for among those that are there.
pub fn import(vm: &mut Vm, name: &Object<Str>) -> PyResult {
    match name.as_str() {
        Some("") => Err(vm.value_error(format_args!("Empty module name"))),
        Some(text) => {
            let text = text.to_owned();
            vm.import(&text)
        }
        None => {
            let modules_name = vm.intern("modules");
            let modules = vm.import_attr("sys", &modules_name)?;
            vm.getitem(&modules, &name.to_value())
        }
    }
}
