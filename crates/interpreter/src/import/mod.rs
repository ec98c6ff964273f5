//! The import system's native half: `__import__`, `from … import`, native modules, and the start of the frozen
//! `importlib`.

pub mod bootstrap;
mod frames;
pub mod imp;
pub mod native;
mod relative;
pub mod times;

use pvm_object::module::Module;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

use crate::interpreter::state;
use crate::{audit, sys};

/// Whether a value is the `__import__` that the interpreter began with.
pub fn is_own_import(vm: &Vm, import: &Value) -> bool {
    state(vm).own_import().is_some_and(|own| own.is(import))
}

/// Imports a module by its full name and returns it.
pub fn import_module(vm: &mut Vm, name: &str) -> PyResult {
    let name = vm.new_str(name);
    load(vm, &name)
}

/// A module by its full name: from `sys.modules`, or found and loaded by `importlib`.
fn load(vm: &mut Vm, name: &Object<Str>) -> PyResult {
    let modules = state(vm).modules(vm);
    if let Some(module) = modules.get_str(name, vm)
        && !module.is_none()
    {
        if is_initializing(vm, &module)? {
            let function = vm.intern("_lock_unlock_module");
            let importlib = bootstrap::importlib(vm)?;
            vm.call_method(&importlib, &function, &[name.to_value()])?;
            // If the import that was waited for has failed, the module is no longer there.
            if !state(vm).modules(vm).get_str(name, vm).is_some_and(|known| known.is(&module)) {
                return find_and_load(vm, name);
            }
        }
        if state(vm).setup.config.import_time > 1 {
            times::cached(vm, name);
        }
        return Ok(module);
    }
    if state(vm).setup.config.import_time > 0 {
        return times::timed(vm, name, |vm| find_and_load(vm, name));
    }
    find_and_load(vm, name)
}

fn find_and_load(vm: &mut Vm, name: &Object<Str>) -> PyResult {
    if audit::is_heard(vm) {
        let mut event = vec![name.to_value(), Value::none()];
        event.extend(["path", "meta_path", "path_hooks"].map(|known| sys::get(vm, known).unwrap_or_else(Value::none)));
        audit::event(vm, "import", &event)?;
    }
    let importlib = bootstrap::importlib(vm)?;
    let find_and_load = vm.intern("_find_and_load");
    let import = state(vm).own_import().unwrap_or_else(Value::none);
    match vm.call_method(&importlib, &find_and_load, &[name.to_value(), import]) {
        Ok(module) => Ok(module),
        Err(raised) => Err(frames::remove(vm, raised)),
    }
}

fn is_initializing(vm: &mut Vm, module: &Value) -> PyResult<bool> {
    let Some(spec) = vm.find_attr(module, &names::__spec__)? else { return Ok(false) };
    match vm.find_attr(&spec, &names::_initializing)? {
        Some(flag) => vm.truth(&flag),
        None => Ok(false),
    }
}

/// `__import__(name, globals, fromlist=…, level=…)` (`PyImport_ImportModuleLevelObject`).
pub fn import_name(vm: &mut Vm, name: &Object<Str>, globals: &Value, from_list: &Value, level: &Value) -> PyResult {
    let level = vm.index_isize(level)?;
    if level < 0 {
        return Err(vm.value_error(format_args!("level must be >= 0")));
    }
    let full_name = if level > 0 {
        relative::resolve(vm, name, globals, level)?
    } else {
        if name.is_empty() {
            return Err(vm.value_error(format_args!("Empty module name")));
        }
        name.to_ref()
    };
    let module = load(vm, &full_name)?;
    if !from_list.is_none() && vm.truth(from_list)? {
        if vm.find_attr(&module, &names::__path__)?.is_none() {
            return Ok(module);
        }
        let importlib = bootstrap::importlib(vm)?;
        let handle = vm.intern("_handle_fromlist");
        let import = state(vm).own_import().unwrap_or_else(Value::none);
        return vm.call_method(&importlib, &handle, &[module, from_list.clone(), import]);
    }
    let text = name.to_string_lossy().into_owned();
    let Some((front, _)) = text.split_once('.') else { return Ok(module) };
    if level == 0 {
        return import_module(vm, front);
    }
    let full = full_name.to_string_lossy().into_owned();
    let cut = full.len() - (text.len() - front.len());
    let top = vm.new_str(&full[..cut]);
    match state(vm).modules(vm).get_str(&top, vm) {
        Some(module) => Ok(module),
        None => {
            let top = vm.repr(&top.to_value())?;
            let message = vm.new_str(&format!("{top} not in sys.modules as expected"));
            Err(vm.key_error(&message.into()))
        }
    }
}

/// `from module import name`.
pub fn import_from(vm: &mut Vm, module: &Value, name: &Object<Str>) -> PyResult {
    if let Some(value) = vm.find_attr(module, name)? {
        return Ok(value);
    }
    let package = vm.find_attr(module, &names::__name__)?;
    let package: Option<Ref<Str>> = package.and_then(|package| package.downcast_into().ok());
    if let Some(package) = &package {
        let full = vm.new_str(&format!("{package}.{name}"));
        if let Some(module) = state(vm).modules(vm).get_str(&full, vm) {
            return Ok(module);
        }
    }
    Err(cannot_import(vm, module, name, package))
}

fn cannot_import(vm: &mut Vm, module: &Value, name: &Object<Str>, package: Option<Ref<Str>>) -> pvm_object::Raised {
    match explain_missing(vm, module, name, package.as_deref()) {
        Ok((message, file)) => {
            let place = pvm_object::exceptions::ImportErrorPlace {
                name: package.map(Value::from),
                path: file.map(Value::from),
                name_from: Some(name.to_value()),
            };
            let message = vm.new_str(&message);
            vm.import_error_with(&pvm_object::exceptions::IMPORT_ERROR, message.into(), place)
        }
        Err(raised) => raised,
    }
}

/// Why a module has no such name, as far as its spec and file tell (the end of `_PyEval_ImportFrom`), and the file.
fn explain_missing(
    vm: &mut Vm,
    module: &Value,
    name: &Object<Str>,
    package: Option<&Object<Str>>,
) -> PyResult<(String, Option<Ref<Str>>)> {
    let name = vm.repr(&name.as_value())?;
    let shown = match package {
        Some(package) => vm.repr(&package.as_value())?,
        None => vm.new_str("'<unknown module name>'"),
    };
    let Some(spec) = vm.find_attr(module, &names::__spec__)? else {
        return Ok((format!("cannot import name {name} from {shown} (unknown location)"), None));
    };
    let mut origin = vm.file_of_spec(&spec)?;
    let shadows = origin.as_ref().is_some_and(|origin| vm.may_shadow(origin));
    if let (true, Some(origin), Some(package)) = (shadows, &origin, package)
        && vm.is_stdlib_name(package)?
    {
        let text = format!(
            "cannot import name {name} from {shown} (consider renaming '{origin}' since it has the same name as the standard \
             library module named {shown} and prevents importing that standard library module)"
        );
        return Ok((text, Some(origin.clone())));
    }
    if origin.is_none()
        && let Some(module) = module.downcast::<Module>()
    {
        origin = module.dict().get_str(&names::__file__, vm).and_then(|file| file.downcast_into().ok());
    }
    let initializing = vm.spec_is_initializing(&spec)?;
    let text = match &origin {
        Some(origin) if initializing && shadows => format!(
            "cannot import name {name} from {shown} (consider renaming '{origin}' if it has the same name as a library you \
             intended to import)"
        ),
        _ => {
            let place = origin.as_ref().map_or("unknown location".to_owned(), |origin| origin.to_string());
            match initializing {
                true => format!(
                    "cannot import name {name} from partially initialized module {shown} (most likely due to a circular \
                     import) ({place})"
                ),
                false => format!("cannot import name {name} from {shown} ({place})"),
            }
        }
    };
    Ok((text, origin))
}
