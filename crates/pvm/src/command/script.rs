//! Runs a script, a `.pyc`, or a directory or archive with `__main__` (`pymain_run_file`, `_PyRun_SimpleFile`).

use std::ffi::OsStr;
use std::path::Path;

use pvm_bytecode::{marshal, pyc, verify};
use pvm_compiler::Mode;
use pvm_interpreter::uncaught::{self, Ending};
use pvm_interpreter::{call, codes, os_text, source, start, sys};
use pvm_object::code::Code;
use pvm_object::exceptions;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::options::Options;
use super::{complain, run};

/// Runs the program at a path.
pub fn run(vm: &mut Vm, options: &Options, path: &OsStr) -> Ending {
    let whole = std::env::current_dir().map_or_else(|_| path.into(), |directory| directory.join(path));
    match importer(vm, &whole) {
        Ok(true) => {
            return run::outcome(vm, options, |vm| {
                run::insert_path(vm, whole.as_os_str())?;
                let main = vm.intern("__main__");
                run::run_main_module(vm, &main, false)
            });
        }
        Ok(false) => {}
        Err(raised) => return uncaught::report(vm, raised),
    }
    let name = options.name();
    let content = match std::fs::read(&whole) {
        Ok(content) => content,
        Err(_) if whole.is_dir() => {
            complain(format_args!("{}: '{}' is a directory, cannot continue\n", name.display(), whole.display()));
            return Ending::Status(1);
        }
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(0);
            let reason = error.to_string();
            let reason = reason.split(" (os error").next().unwrap_or_default();
            let (name, path) = (name.display(), whole.display());
            complain(format_args!("{name}: can't open file '{path}': [Errno {number}] {reason}\n"));
            return Ending::Status(2);
        }
    };
    run::outcome(vm, options, |vm| {
        run::add_directory_of(vm, options, &whole)?;
        if is_pyc(&whole, &content) {
            return run_pyc(vm, &content, whole.as_os_str());
        }
        run_source(vm, options, content, whole.as_os_str(), Some("SourceFileLoader"))
    })
}

/// Whether a path hook takes a path: it is a directory or an archive (`pymain_get_importer`).
fn importer(vm: &mut Vm, path: &Path) -> PyResult<bool> {
    let path = os_text::string(vm, path.as_os_str())?;
    let Some(hooks) = sys::get(vm, "path_hooks") else { return Ok(false) };
    for hook in vm.collect_items(&hooks)?.to_vec() {
        let found = vm.call(&hook, &[path.to_value()]);
        if let Some(importer) = vm.ok_unless(found, exceptions::IMPORT_ERROR.get())? {
            let cache = sys::get(vm, "path_importer_cache");
            if let Some(cache) = cache {
                vm.setitem(&cache, &path.to_value(), &importer)?;
            }
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_pyc(path: &Path, content: &[u8]) -> bool {
    path.extension().is_some_and(|extension| extension == "pyc") || content.starts_with(&pyc::MAGIC_NUMBER)
}

/// Tells `__main__` where it comes from, and by which loader.
fn describe(vm: &mut Vm, path: &OsStr, loader: Option<&str>) -> PyResult<()> {
    let main = start::main_module(vm)?;
    let path = os_text::string(vm, path)?;
    for (name, value) in [("__file__", path.to_value()), ("__cached__", Value::none())] {
        let name = vm.intern(name);
        main.dict().set_str(&name, value, vm)?;
    }
    if let Some(loader) = loader {
        let (loader, name, key) = (vm.intern(loader), vm.intern("__main__"), vm.intern("__loader__"));
        let external = vm.import("_frozen_importlib_external")?;
        let class = vm.getattr(&external, &loader)?;
        let loader = vm.call(&class, &[name.into(), path.into()])?;
        main.dict().set_str(&key, loader, vm)?;
    }
    Ok(())
}

/// Runs source in `__main__`.
pub fn run_source(vm: &mut Vm, options: &Options, mut text: Vec<u8>, path: &OsStr, loader: Option<&str>) -> PyResult<()> {
    describe(vm, path, loader)?;
    if options.skip_first_line {
        let end = text.iter().position(|&byte| byte == b'\n').unwrap_or(text.len());
        text.drain(..end);
    }
    let code_options = source::options(vm, super::optimize(vm), 0);
    let filename = path.to_string_lossy();
    let code = source::compile(vm, &source::Text::Script(text), &filename, Mode::Exec, code_options)?;
    run_code(vm, &code)
}

/// Runs the code object of a `.pyc`.
fn run_pyc(vm: &mut Vm, content: &[u8], path: &OsStr) -> PyResult<()> {
    describe(vm, path, Some("SourcelessFileLoader"))?;
    // The flags are of no consequence here.
    let code = match pyc::read_header(content) {
        Err(pyc::PycError::Magic(_)) => return Err(vm.runtime_error(format_args!("Bad magic number in .pyc file"))),
        Err(pyc::PycError::Header) => return Err(vm.eof_error(format_args!("EOF read where not expected"))),
        _ => marshal::load_code(&content[pyc::HEADER_SIZE..]),
    };
    let Ok(code) = code else {
        return Err(vm.runtime_error(format_args!("Bad code object in .pyc file")));
    };
    let code = match verify::verify(code) {
        Ok(code) => code,
        Err(error) => return Err(vm.value_error(format_args!("{error}"))),
    };
    let code = codes::from_raw(vm, code)?;
    run_code(vm, &code)
}

fn run_code(vm: &mut Vm, code: &Ref<Code>) -> PyResult<()> {
    let main = start::main_module(vm)?;
    let namespace = main.dict().to_value();
    let result = call::run_code(vm, code, main.dict(), Some(namespace), None);
    uncaught::flush(vm);
    result?;
    for name in ["__file__", "__cached__"] {
        let name = vm.intern(name);
        main.dict().remove_str(&name, vm);
    }
    Ok(())
}
