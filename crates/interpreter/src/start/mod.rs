//! The way from an empty interpreter to one that can run a program (`init_interp_main` in CPython's `pylifecycle.c`).
//!
//! | file | what |
//! |---|---|
//! | `printer.rs` | `sys.stderr` before the streams are open |
//! | `streams.rs` | `sys.stdin`, `sys.stdout`, `sys.stderr` |

mod printer;
mod streams;

use pvm_object::exceptions::IMPORT_ERROR;
use pvm_object::module::Module;
use pvm_object::{PyResult, Value, Vm, names};

use crate::import::bootstrap;
use crate::interpreter::state;
use crate::{signals, sys};

/// Starts an interpreter: imports work, the streams are open, `__main__` exists, and `site` has run if it shall.
///
/// # Errors
/// What the modules that run on the way raise; the interpreter is of no use then.
pub fn start(vm: &mut Vm) -> PyResult<()> {
    let config = state(vm).setup.config.clone();
    if let Some(limit) = config.memory_limit {
        vm.heap_state().set_limit(limit);
    }
    vm.set_int_max_str_digits(config.int_max_str_digits.max(0) as usize);
    vm.set_bytes_warnings(config.bytes_warning.clamp(0, 2) as u8);
    bootstrap::start(vm)?;
    bootstrap::start_external(vm)?;
    vm.set_dev_mode(config.dev_mode);
    add_path_hooks(vm)?;
    if config.install_signal_handlers {
        signals::install(vm)?;
    }
    add_main(vm)?;
    streams::open(vm, config.open_streams)?;
    if !config.warn_options.is_empty() || config.dev_mode || config.bytes_warning > 0 {
        vm.import("warnings")?;
    }
    if !config.no_site {
        vm.import("site")?;
    }
    state(vm).restrict();
    Ok(())
}

/// What `sys.stderr` is until the streams are open.
pub(crate) fn stderr_printer(vm: &mut Vm) -> Value {
    vm.alloc(printer::StderrPrinter {}).into()
}

/// Lets `sys.path` name zip archives, and the library inside the executable. Without `zipimport` there are no archives, as
/// in `_PyImportZip_Init`.
fn add_path_hooks(vm: &mut Vm) -> PyResult<()> {
    // The library's hook is there before anything is looked for on the path: what no hook takes is remembered.
    let mut index = 0;
    if let Some((module, hook)) = state(vm).setup.library_importer {
        let module = vm.import(module)?;
        add_path_hook(vm, index, &module, hook)?;
        index += 1;
    }
    let zipimport = vm.import("zipimport");
    if let Some(zipimport) = vm.ok_unless(zipimport, IMPORT_ERROR.get())? {
        add_path_hook(vm, index, &zipimport, "zipimporter")?;
    }
    Ok(())
}

fn add_path_hook(vm: &mut Vm, index: i32, module: &Value, hook: &str) -> PyResult<()> {
    let (insert, hook) = (vm.intern("insert"), vm.intern(hook));
    let hook = vm.getattr(module, &hook)?;
    if let Some(hooks) = sys::get(vm, "path_hooks") {
        vm.call_method(&hooks, &insert, &[Value::from_i32(index), hook])?;
    }
    Ok(())
}

/// Makes the module `__main__`, for what will run there (`add_main_module`).
fn add_main(vm: &mut Vm) -> PyResult<()> {
    let main = vm.new_module("__main__", None)?;
    let builtins = vm.import("builtins")?;
    main.dict().set_str(&names::__builtins__, builtins, vm)?;
    let importlib = bootstrap::importlib(vm)?;
    let loader = vm.intern("BuiltinImporter");
    let loader = vm.getattr(&importlib, &loader)?;
    main.dict().set_str(&names::__loader__, loader, vm)?;
    let key = vm.intern("__main__");
    state(vm).modules(vm).set_str(&key, main.into(), vm)
}

/// The module `__main__`.
///
/// # Errors
/// `RuntimeError` where a program has taken it out of `sys.modules`.
pub fn main_module(vm: &mut Vm) -> PyResult<pvm_object::Ref<Module>> {
    let key = vm.intern("__main__");
    let module = state(vm).modules(vm).get_str(&key, vm);
    match module.and_then(|module| module.downcast_into::<Module>().ok()) {
        Some(module) => Ok(module),
        None => Err(vm.runtime_error(format_args!("lost __main__"))),
    }
}
