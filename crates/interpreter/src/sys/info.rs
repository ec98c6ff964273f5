//! The constants of `sys`.

use std::ffi::OsString;

use pvm_object::module::Module;
use pvm_object::{PyResult, Ref, Value, Vm};

use crate::interpreter::state;
use crate::os_text;

use super::records;

/// The version of the language: major, minor, micro, level, serial.
pub const VERSION: (u32, u32, u32, &str, u32) = (3, 14, 10, "final", 0);

/// `sys.version`.
pub fn version() -> String {
    let (major, minor, micro, ..) = VERSION;
    format!("{major}.{minor}.{micro} (PVM {}) [Rust]", env!("CARGO_PKG_VERSION"))
}

fn strings(vm: &mut Vm, items: &[OsString]) -> PyResult<Value> {
    let items: Vec<Value> = items.iter().map(|item| Ok(os_text::string(vm, item)?.into())).collect::<PyResult<_>>()?;
    Ok(vm.try_list(items)?.into())
}

/// A namespace of named values.
fn record(vm: &mut Vm, fields: &[(&str, Value)]) -> PyResult {
    Ok(vm.new_namespace(fields.iter().map(|(name, value)| (*name, value.clone())))?.into())
}

/// Puts the constants into the module.
pub(super) fn fill(vm: &mut Vm, module: &Ref<Module>) -> PyResult<()> {
    let config = state(vm).setup.config.clone();
    let dict = module.dict().to_ref();
    let put = |vm: &mut Vm, name: &str, value: Value| -> PyResult<()> {
        let name = vm.intern(name);
        dict.set_str(&name, value, vm)
    };
    let modules = state(vm).modules(vm);
    put(vm, "modules", modules.into())?;
    let search = strings(vm, &config.paths.search)?;
    put(vm, "path", search)?;
    for name in ["meta_path", "path_hooks"] {
        let list = vm.new_list();
        put(vm, name, list.into())?;
    }
    let cache = vm.new_dict();
    put(vm, "path_importer_cache", cache.into())?;
    let (argv, orig_argv, warn_options) =
        (strings(vm, &config.argv)?, strings(vm, &config.orig_argv)?, strings(vm, &config.warn_options)?);
    put(vm, "argv", argv)?;
    put(vm, "orig_argv", orig_argv)?;
    put(vm, "warnoptions", warn_options)?;
    let paths = &config.paths;
    for (name, path) in [
        ("executable", &paths.executable),
        ("_base_executable", &paths.base_executable),
        ("prefix", &paths.prefix),
        ("exec_prefix", &paths.prefix),
        ("base_prefix", &paths.base_prefix),
        ("base_exec_prefix", &paths.base_prefix),
        ("_stdlib_dir", &paths.library),
    ] {
        let path = os_text::string(vm, path)?;
        put(vm, name, path.into())?;
    }
    let (major, minor, micro, _, serial) = VERSION;
    let version = version();
    for (name, text) in [
        ("version", version.as_str()),
        ("platform", "linux"),
        ("byteorder", "little"),
        ("copyright", "Copyright (c) the PVM developers.\nThe library: Copyright (c) 2001 Python Software Foundation."),
        ("platlibdir", "lib"),
        ("float_repr_style", "short"),
        ("abiflags", ""),
        ("_framework", ""),
    ] {
        let text = vm.new_str(text);
        put(vm, name, text.into())?;
    }
    let hex = i64::from(major << 24 | minor << 16 | micro << 8 | 0xF0 | serial);
    let numbers = [("maxsize", i64::MAX), ("maxunicode", 0x10_FFFF), ("hexversion", hex), ("api_version", 1013)];
    for (name, number) in numbers {
        let number = vm.int(number);
        put(vm, name, number)?;
    }
    let version_info: Value = records::version_info(vm)?.into();
    put(vm, "version_info", version_info.clone())?;
    let (name, tag): (Value, Value) = (vm.new_str("pvm").into(), vm.new_str("pvm-314").into());
    let hexversion = vm.int(hex);
    let multiarch: Value = vm.new_str("x86_64-linux-gnu").into();
    let implementation = record(
        vm,
        &[
            ("name", name),
            ("cache_tag", tag),
            ("version", version_info),
            ("hexversion", hexversion),
            ("_multiarch", multiarch),
            ("supports_isolated_interpreters", Value::from_bool(true)),
        ],
    )?;
    put(vm, "implementation", implementation)?;
    // Project, branch, revision: releases name the project alone.
    let git = ["PVM", "", ""].map(|part| vm.new_str(part).into());
    let git = vm.new_tuple(git.to_vec()).into();
    put(vm, "_git", git)?;
    for (name, record) in [
        ("flags", records::flags(vm, &config)?),
        ("hash_info", records::hash_info(vm)?),
        ("float_info", records::float_info(vm)?),
        ("int_info", records::int_info(vm)?),
        ("thread_info", records::thread_info(vm)?),
    ] {
        put(vm, name, record.into())?;
    }
    put(vm, "dont_write_bytecode", Value::from_bool(config.dont_write_bytecode))?;
    let prefix = match &config.pycache_prefix {
        Some(prefix) => os_text::string(vm, prefix)?.into(),
        None => Value::none(),
    };
    put(vm, "pycache_prefix", prefix)?;
    let options = vm.new_dict();
    for (key, value) in &config.xoptions {
        let key = os_text::string(vm, key)?;
        let value = match value {
            Some(value) => os_text::string(vm, value)?.into(),
            None => Value::from_bool(true),
        };
        options.set_str(&key, value, vm)?;
    }
    put(vm, "_xoptions", options.into())?;
    let names: Vec<Value> = crate::import::native::names(vm).into_iter().map(|name| vm.intern(name).into()).collect();
    let names = vm.try_tuple(names)?;
    put(vm, "builtin_module_names", names.into())?;
    let names: Vec<Value> = super::stdlib_names::STDLIB_NAMES.iter().map(|name| vm.intern(name).into()).collect();
    let names = vm.try_tuple(names)?;
    let names = vm.frozenset_of(&names.into())?;
    put(vm, "stdlib_module_names", names.into())?;
    Ok(())
}
