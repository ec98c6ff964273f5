//! `_library`: the archive as `_library_importer` and `_library_resources` see it.

use std::collections::BTreeSet;

use pvm_macros::pymodule;

use super::{archive, names};

/// The names of the files and directories in a directory, by its path relative to the library.
fn entries(directory: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |path: &str| {
        let below = path.strip_prefix(directory).and_then(|rest| rest.strip_prefix('/'));
        if let Some(name) = below.and_then(|rest| rest.split('/').next()) {
            found.insert(name.to_owned());
        }
    };
    for module in archive::modules() {
        add(&names::relative_path(module.name, module.is_package));
    }
    for file in archive::data_files() {
        add(file.path);
    }
    found
}

#[pymodule(name = "_library")]
pub mod native {
    //! The standard library inside the executable.

    use pvm_macros::pyfunction;
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Value, Vm};

    use super::{archive, entries, names};

    #[constant]
    const ROOT: &str = names::ROOT;

    /// Whether a module is a package, and the path of its file; None if there is no such module.
    #[pyfunction]
    #[signature = "(name, /)"]
    fn find(vm: &mut Vm, name: &Object<Str>) -> Value {
        match name.as_str().and_then(archive::module) {
            Some(module) => {
                let path = vm.new_str(&module.file_path());
                vm.new_tuple(vec![Value::from_bool(module.is_package), path.into()]).into()
            }
            None => Value::none(),
        }
    }

    /// The code object of a module.
    #[pyfunction]
    #[signature = "(name, /)"]
    fn code(vm: &mut Vm, name: &str) -> PyResult {
        let Some(module) = archive::module(name) else {
            return Err(vm.import_error(format_args!("no module named '{name}' in the library")));
        };
        Ok(pvm_interpreter::codes::from_raw(vm, module.code())?.into())
    }

    /// The source of a module as text.
    #[pyfunction]
    #[signature = "(name, /)"]
    fn source(vm: &mut Vm, name: &str) -> PyResult {
        match archive::module(name) {
            Some(module) => Ok(vm.new_str(&String::from_utf8_lossy(&module.source())).into()),
            None => Err(vm.import_error(format_args!("no module named '{name}' in the library"))),
        }
    }

    /// The content of a file by its path relative to the library; None if there is no such file.
    #[pyfunction]
    #[signature = "(path, /)"]
    fn data(vm: &mut Vm, path: &str) -> PyResult {
        match archive::file(path) {
            Some(content) => Ok(vm.new_bytes(&content)?.into()),
            None => Ok(Value::none()),
        }
    }

    /// The modules whose names begin with a prefix and have no dot after it, without the prefix, and whether they are packages.
    #[pyfunction]
    #[signature = "(prefix, /)"]
    fn modules(vm: &mut Vm, prefix: &str) -> PyResult {
        let mut found = Vec::new();
        for module in archive::modules() {
            if let Some(name) = module.name.strip_prefix(prefix).filter(|name| !name.contains('.')) {
                let name = vm.new_str(name).into();
                found.push(vm.new_tuple(vec![name, Value::from_bool(module.is_package)]).into());
            }
        }
        Ok(vm.try_list(found)?.into())
    }

    /// The names in a directory, by its path relative to the library.
    #[pyfunction]
    #[signature = "(path, /)"]
    fn directory(vm: &mut Vm, path: &str) -> PyResult {
        let names: Vec<Value> = entries(path).into_iter().map(|name| vm.new_str(&name).into()).collect();
        Ok(vm.try_list(names)?.into())
    }
}
