//! The start of the import system: the frozen `importlib` is loaded without itself, then takes over.

use pvm_object::module::Module;
use pvm_object::{PyResult, Ref, Value, Vm, names};

use crate::interpreter::{FrozenModule, state};
use crate::{codes, import};

/// The frozen `importlib._bootstrap`, loaded at the first call.
pub fn importlib(vm: &mut Vm) -> PyResult {
    // SAFETY: the value is cloned at once.
    if let Some(module) = unsafe { (*state(vm).importlib.get()).clone() } {
        return Ok(module);
    }
    Err(vm.runtime_error(format_args!("the import system has not started")))
}

/// The code object of a module of the frozen library, and whether it is a package.
pub fn frozen_code(vm: &mut Vm, name: &str) -> PyResult<Option<(Ref<pvm_object::code::Code>, bool)>> {
    let Some(FrozenModule { code, is_package, .. }) = state(vm).setup.frozen.find(name) else { return Ok(None) };
    Ok(Some((codes::from_raw(vm, code)?, is_package)))
}

/// Runs a frozen module's body in a new module that is in `sys.modules` under `name`; `origin` is what it is called else.
fn run_frozen(vm: &mut Vm, name: &str, origin: &str) -> PyResult<Ref<Module>> {
    let Some((code, _)) = frozen_code(vm, name)? else {
        return Err(vm.import_error(format_args!("No such frozen object named {name}")));
    };
    let module = vm.new_module(name, None)?;
    let modules = state(vm).modules(vm);
    let key = vm.intern(name);
    modules.set_str(&key, module.clone().into(), vm)?;
    let builtins = state(vm).builtins_dict(vm);
    module.dict().set_str(&names::__builtins__, builtins, vm)?;
    let (key, origin) = (vm.intern("__origname__"), vm.new_str(origin));
    module.dict().set_str(&key, origin.into(), vm)?;
    let namespace = module.dict().to_value();
    crate::call::run_code(vm, &code, module.dict(), Some(namespace), None)?;
    Ok(module)
}

/// Starts the import system: `builtins`, `sys` and `_imp` exist, then `importlib` is installed (`init_importlib`).
pub fn start(vm: &mut Vm) -> PyResult<()> {
    let builtins = crate::builtins::create(vm)?;
    let original = builtins.dict().copy(vm)?;
    state(vm).set_original_builtins(original);
    let sys = crate::sys::create(vm)?;
    // Streams go in the order they came, and what goes wrong with others is told to this one.
    for name in ["stderr", "__stderr__"] {
        let printer = crate::start::stderr_printer(vm);
        crate::sys::set(vm, name, printer)?;
    }
    for (name, module) in [("builtins", &builtins), ("sys", &sys)] {
        let key = vm.intern(name);
        state(vm).modules(vm).set_str(&key, module.clone().into(), vm)?;
    }
    let imp = import::native::create(vm, &import::imp::MODULE)?;
    let key = vm.intern("_imp");
    state(vm).modules(vm).set_str(&key, imp.clone().into(), vm)?;
    let (key, check) = (vm.intern("check_hash_based_pycs"), state(vm).setup.config.check_hash_pycs);
    let check = vm.intern(check.name());
    imp.dict().set_str(&key, check.into(), vm)?;
    let importlib: Value = run_frozen(vm, "_frozen_importlib", "importlib._bootstrap")?.into();
    // SAFETY: set once, at the start.
    unsafe { *state(vm).importlib.get() = Some(importlib.clone()) };
    let install = vm.intern("_install");
    vm.call_method(&importlib, &install, &[sys.into(), imp.into()])?;
    Ok(())
}

/// Lets `importlib` find modules in files (`init_importlib_external`).
pub fn start_external(vm: &mut Vm) -> PyResult<()> {
    let importlib = importlib(vm)?;
    let install = vm.intern("_install_external_importers");
    vm.call_method(&importlib, &install, &[])?;
    Ok(())
}
