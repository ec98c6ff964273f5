//! The constants of `sys`.

use std::ffi::OsString;

use pvm_object::module::Module;
use pvm_object::{PyResult, Ref, Value, Vm};

use crate::interpreter::state;
use crate::os_text;

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
    let (major, minor, micro, level, serial) = VERSION;
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
    let level_text: Value = vm.new_str(level).into();
    let int = |value: u32| Value::from_i32(value as i32);
    let version_info = vm.new_tuple(vec![int(major), int(minor), int(micro), level_text.clone(), int(serial)]);
    put(vm, "version_info", version_info.clone().into())?;
    let (name, tag): (Value, Value) = (vm.new_str("pvm").into(), vm.new_str("pvm-314").into());
    let hexversion = vm.int(hex);
    let multiarch: Value = vm.new_str("x86_64-linux-gnu").into();
    let implementation = record(
        vm,
        &[
            ("name", name),
            ("cache_tag", tag),
            ("version", version_info.into()),
            ("hexversion", hexversion),
            ("_multiarch", multiarch),
            ("supports_isolated_interpreters", Value::from_bool(true)),
        ],
    )?;
    put(vm, "implementation", implementation)?;
    let flag = |value: bool| Value::from_i32(value as i32);
    let flags = record(
        vm,
        &[
            ("debug", Value::from_i32(config.debug)),
            ("inspect", flag(config.inspect)),
            ("interactive", flag(config.interactive)),
            ("optimize", Value::from_i32(config.optimize)),
            ("dont_write_bytecode", flag(config.dont_write_bytecode)),
            ("no_user_site", flag(config.no_user_site || config.isolated)),
            ("no_site", flag(config.no_site)),
            ("ignore_environment", flag(config.ignore_environment || config.isolated)),
            ("verbose", Value::from_i32(config.verbose)),
            ("bytes_warning", Value::from_i32(config.bytes_warning)),
            ("quiet", flag(config.quiet)),
            ("hash_randomization", flag(config.hash_randomization)),
            ("isolated", flag(config.isolated)),
            ("dev_mode", Value::from_bool(config.dev_mode)),
            ("utf8_mode", flag(config.utf8_mode)),
            ("warn_default_encoding", flag(config.warn_default_encoding)),
            ("safe_path", Value::from_bool(config.safe_path || config.isolated)),
            ("int_max_str_digits", Value::from_i32(config.int_max_str_digits)),
            ("gil", Value::from_i32(1)),
            ("thread_inherit_context", flag(config.thread_inherit_context)),
            ("context_aware_warnings", flag(config.context_aware_warnings)),
        ],
    )?;
    put(vm, "flags", flags)?;
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
    let (width, modulus, inf, imag) = (vm.int(64), vm.int((1 << 61) - 1), vm.int(314_159), vm.int(1_000_003));
    let algorithm: Value = vm.new_str("siphash13").into();
    let hash_info = record(
        vm,
        &[
            ("width", width),
            ("modulus", modulus),
            ("inf", inf),
            ("nan", Value::from_i32(0)),
            ("imag", imag),
            ("algorithm", algorithm),
            ("hash_bits", Value::from_i32(64)),
            ("seed_bits", Value::from_i32(128)),
            ("cutoff", Value::from_i32(0)),
        ],
    )?;
    put(vm, "hash_info", hash_info)?;
    let (max, min, epsilon) = (vm.float(f64::MAX), vm.float(f64::MIN_POSITIVE), vm.float(f64::EPSILON));
    let float_info = record(
        vm,
        &[
            ("max", max),
            ("max_exp", Value::from_i32(1024)),
            ("max_10_exp", Value::from_i32(308)),
            ("min", min),
            ("min_exp", Value::from_i32(-1021)),
            ("min_10_exp", Value::from_i32(-307)),
            ("dig", Value::from_i32(15)),
            ("mant_dig", Value::from_i32(53)),
            ("epsilon", epsilon),
            ("radix", Value::from_i32(2)),
            ("rounds", Value::from_i32(1)),
        ],
    )?;
    put(vm, "float_info", float_info)?;
    let int_info = record(
        vm,
        &[
            ("bits_per_digit", Value::from_i32(30)),
            ("sizeof_digit", Value::from_i32(4)),
            ("default_max_str_digits", Value::from_i32(4300)),
            ("str_digits_check_threshold", Value::from_i32(640)),
        ],
    )?;
    put(vm, "int_info", int_info)?;
    Ok(())
}
