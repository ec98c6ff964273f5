//! Relative imports: the absolute name that dots and a name stand for in given globals (`resolve_name`).

use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions, names};

const NO_PARENT: &str = "attempted relative import with no known parent package";

/// The absolute name of `level` dots and `name`.
pub(super) fn resolve(vm: &mut Vm, name: &Object<Str>, globals: &Value, level: isize) -> PyResult<Ref<Str>> {
    let Some(globals) = globals.downcast::<Dict>() else {
        let message = vm.new_str("'__name__' not in globals");
        return Err(match globals.is_none() {
            true => vm.key_error(&message.into()),
            false => vm.type_error(format_args!("globals must be a dict")),
        });
    };
    let package = package_of(vm, globals)?.to_string_lossy().into_owned();
    if package.is_empty() {
        return Err(vm.import_error(format_args!("{NO_PARENT}")));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        base = match base.rsplit_once('.') {
            Some((above, _)) => above,
            None => return Err(vm.import_error(format_args!("attempted relative import beyond top-level package"))),
        };
    }
    Ok(if name.is_empty() { vm.new_str(base) } else { vm.new_str(&format!("{base}.{name}")) })
}

/// The package that globals belong to, by `__package__`, `__spec__`, or `__name__` and `__path__`.
fn package_of(vm: &mut Vm, globals: &Object<Dict>) -> PyResult<Ref<Str>> {
    let known = |name: &Object<Str>, vm: &Vm| globals.get_str(name, vm).filter(|value| !value.is_none());
    let (package, spec) = (known(&names::__package__, vm), known(&names::__spec__, vm));
    let parent = vm.intern("parent");
    if let Some(package) = package {
        let Ok(package) = package.downcast_into::<Str>() else {
            return Err(vm.type_error(format_args!("package must be a string")));
        };
        if let Some(spec) = spec {
            let parent = vm.getattr(&spec, &parent)?;
            if !vm.eq(&package.to_value(), &parent)? {
                vm.warn(exceptions::DEPRECATION_WARNING.get(), "__package__ != __spec__.parent", 1)?;
            }
        }
        return Ok(package);
    }
    if let Some(spec) = spec {
        let parent = vm.getattr(&spec, &parent)?;
        return parent.downcast_into().map_err(|_| vm.type_error(format_args!("__spec__.parent must be a string")));
    }
    let message = "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
    vm.warn(exceptions::IMPORT_WARNING.get(), message, 1)?;
    let Some(name) = globals.get_str(&names::__name__, vm) else {
        let message = vm.new_str("'__name__' not in globals");
        return Err(vm.key_error(&message.into()));
    };
    let name = name.downcast_into::<Str>().map_err(|_| vm.type_error(format_args!("__name__ must be a string")))?;
    if globals.contains_str(&names::__path__, vm) {
        return Ok(name);
    }
    match name.to_string_lossy().rsplit_once('.') {
        Some((parent, _)) => Ok(vm.new_str(parent)),
        None => Err(vm.import_error(format_args!("{NO_PARENT}"))),
    }
}
