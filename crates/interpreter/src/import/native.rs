//! Native modules: module objects out of their definitions.

use pvm_object::module::Module;
use pvm_object::module_def::{ModuleDef, ModuleItem};
use pvm_object::native::MemberDef;
use pvm_object::{PyResult, Ref, Value, Vm};

use crate::interpreter::state;
use crate::permissions;

/// The native modules of the machine itself.
static OWN: &[&ModuleDef] =
    &[&crate::ast_bridge::MODULE, &crate::import::imp::MODULE, &crate::threads::MODULE, &crate::warnings::MODULE];

/// The definition of a native module.
pub fn find(vm: &Vm, name: &str) -> Option<&'static ModuleDef> {
    OWN.iter().chain(&state(vm).setup.modules).copied().find(|module| module.name == name)
}

/// The names of all native modules.
pub fn names(vm: &Vm) -> Vec<&'static str> {
    let mut names: Vec<_> = state(vm).setup.modules.iter().map(|module| module.name).collect();
    names.extend(OWN.iter().map(|module| module.name));
    names.extend(["builtins", "sys"]);
    names.sort_unstable();
    names
}

/// A module object with everything its definition lists; its `init` has not run.
pub fn create(vm: &mut Vm, def: &'static ModuleDef) -> PyResult<Ref<Module>> {
    if !permissions::may_import(vm, def) {
        return Err(vm.import_error(format_args!("module '{}' is not permitted here", def.name)));
    }
    let module = vm.new_module(def.name, def.doc)?;
    fill(vm, &module, def)?;
    Ok(module)
}

/// Puts what a definition lists into a module's dict.
pub fn fill(vm: &mut Vm, module: &Ref<Module>, def: &'static ModuleDef) -> PyResult<()> {
    let (module_value, module_name): (Value, Value) = (module.clone().into(), vm.intern(def.name).into());
    for item in def.items {
        let (name, value) = match *item {
            ModuleItem::Class(class) => {
                class.ready();
                (class.short_name().to_owned(), class.to_value())
            }
            ModuleItem::Member(MemberDef::Method(method)) => {
                let function = match permissions::substitute(vm, def, method) {
                    Some(refusing) => refusing,
                    None => vm.new_native_function(method, module_value.clone(), Some(module_name.clone())),
                };
                (method.name.to_owned(), function)
            }
            ModuleItem::Member(MemberDef::Const(constant)) => (constant.name.to_owned(), (constant.value)(vm)?),
            ModuleItem::Member(MemberDef::GetSet(getset)) => {
                return Err(vm.system_error(format_args!("module {} has a property {}", def.name, getset.name)));
            }
        };
        let name = vm.intern(&name);
        module.dict().set_str(&name, value, vm)?;
    }
    Ok(())
}

/// Runs a native module's `init`.
pub fn initialise(vm: &mut Vm, module: &Value, def: &'static ModuleDef) -> PyResult<()> {
    match def.init {
        Some(init) => init(vm, module),
        None => Ok(()),
    }
}
