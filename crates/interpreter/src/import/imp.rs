//! `_imp`: what `importlib` needs of the machine.

use pvm_macros::pymodule;

#[pymodule(name = "_imp")]
pub mod imp {
    //! (Extremely) low-level import machinery bits as used by importlib.
    use pvm_macros::pyfunction;
    use pvm_object::code::Code;
    use pvm_object::exceptions::{IMPORT_ERROR, ImportErrorPlace};
    use pvm_object::str::Str;
    use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

    use crate::import::{bootstrap, native};
    use crate::interpreter::state;
    use crate::threads::timeout::Timeout;

    /// Create a built-in module from its spec.
    #[pyfunction]
    fn create_builtin(vm: &mut Vm, spec: &Value) -> PyResult {
        let name = vm.getattr(spec, &names::name)?;
        let name: Ref<Str> = name.downcast_into().map_err(|_| vm.type_error(format_args!("name must be string")))?;
        if let Some(module) = state(vm).modules(vm).get_str(&name, vm) {
            return Ok(module);
        }
        match native::find(vm, &name.to_string_lossy()) {
            Some(def) => Ok(native::create(vm, def)?.into()),
            None => Ok(Value::none()),
        }
    }

    /// Initialize a built-in module.
    #[pyfunction]
    fn exec_builtin(vm: &mut Vm, module_object: &Value) -> PyResult<i32> {
        let name = vm.getattr(module_object, &names::__name__)?;
        if let Some(name) = name.downcast::<Str>()
            && let Some(def) = native::find(vm, &name.to_string_lossy())
        {
            native::initialise(vm, module_object, def)?;
        }
        Ok(0)
    }

    /// Returns True if the module name corresponds to a built-in module.
    #[pyfunction]
    fn is_builtin(vm: &mut Vm, name: &Object<Str>) -> i32 {
        match name.as_str() {
            Some("builtins" | "sys") => -1,
            Some(name) if native::find(vm, name).is_some() => 1,
            _ => 0,
        }
    }

    /// Returns True if the module name corresponds to a frozen module.
    #[pyfunction]
    fn is_frozen(vm: &mut Vm, name: &Object<Str>) -> bool {
        name.as_str().is_some_and(|name| state(vm).setup.frozen.find(name).is_some())
    }

    fn no_such_frozen(vm: &mut Vm, name: &str) -> pvm_object::Raised {
        let shown = vm.new_str(name);
        let place = ImportErrorPlace { name: Some(shown.into()), path: None, name_from: None };
        let message = vm.new_str(&format!("No such frozen object named {name}"));
        vm.import_error_with(&IMPORT_ERROR, message.into(), place)
    }

    /// Create a code object for a frozen module.
    #[pyfunction]
    #[signature = "(name, data=None, /)"]
    fn get_frozen_object(vm: &mut Vm, name: &str, data: Option<&Value>) -> PyResult<Ref<Code>> {
        let _ = data;
        match bootstrap::frozen_code(vm, name)? {
            Some((code, _)) => Ok(code),
            None => Err(no_such_frozen(vm, name)),
        }
    }

    /// Returns True if the module name is of a frozen package.
    #[pyfunction]
    fn is_frozen_package(vm: &mut Vm, name: &str) -> PyResult<bool> {
        match state(vm).setup.frozen.find(name) {
            Some(module) => Ok(module.is_package),
            None => Err(no_such_frozen(vm, name)),
        }
    }

    /// Return info about the corresponding frozen module (if there is one) or None.
    #[pyfunction]
    #[signature = "(name, /, *, withdata=False)"]
    fn find_frozen(vm: &mut Vm, name: &Object<Str>, withdata: bool) -> PyResult {
        let _ = withdata;
        let (is_package, origin) = match name.as_str().and_then(|name| state(vm).setup.frozen.find(name)) {
            Some(module) => (module.is_package, module.origin.map(str::to_owned)),
            None => return Ok(Value::none()),
        };
        let origin = origin.map_or_else(Value::none, |origin| vm.new_str(&origin).into());
        Ok(vm.new_tuple(vec![Value::none(), Value::from_bool(is_package), origin]).into())
    }

    /// Initializes a frozen module.
    #[pyfunction]
    fn init_frozen(vm: &mut Vm, name: &str) -> PyResult {
        let module = vm.new_module(name, None)?;
        match bootstrap::frozen_code(vm, name)? {
            Some((code, _)) => {
                let namespace = module.dict().to_value();
                crate::call::run_code(vm, &code, module.dict(), Some(namespace), None)?;
                Ok(module.into())
            }
            None => Ok(Value::none()),
        }
    }

    /// Returns the list of available frozen modules.
    #[pyfunction]
    fn _frozen_module_names(vm: &mut Vm) -> PyResult {
        let names: Vec<String> = state(vm).setup.frozen.names().into_iter().map(str::to_owned).collect();
        let names: Vec<Value> = names.iter().map(|name| vm.new_str(name).into()).collect();
        Ok(vm.try_list(names)?.into())
    }

    /// Returns the list of file suffixes used to identify extension modules.
    #[pyfunction]
    fn extension_suffixes(vm: &mut Vm) -> PyResult {
        Ok(vm.try_list([])?.into())
    }

    /// Acquires the interpreter's import lock for the current thread.
    #[pyfunction]
    fn acquire_lock(vm: &mut Vm) -> PyResult<()> {
        state(vm).import_lock.take(vm, Timeout::FOREVER).map(drop)
    }

    /// Release the interpreter's import lock.
    #[pyfunction]
    fn release_lock(vm: &mut Vm) -> PyResult<()> {
        let lock = &state(vm).import_lock;
        if !lock.is_mine() {
            return Err(vm.runtime_error(format_args!("not holding the import lock")));
        }
        lock.give_back(vm)
    }

    /// Return True if the import lock is currently held, else False.
    #[pyfunction]
    fn lock_held(vm: &Vm) -> bool {
        state(vm).import_lock.is_held()
    }

    /// Changes code.co_filename to specify the passed-in file path.
    #[pyfunction]
    fn _fix_co_filename(vm: &mut Vm, code: &Object<Code>, path: &Object<Str>) -> PyResult<()> {
        let _ = (vm, code, path);
        Ok(())
    }

    /// Override the frozen modules; only for tests.
    #[pyfunction]
    fn _override_frozen_modules_for_tests(r#override: i32) {
        let _ = r#override;
    }

    /// Override the check for extension modules in interpreters; only for tests.
    #[pyfunction]
    fn _override_multi_interp_extensions_check(r#override: i32) -> i32 {
        let _ = r#override;
        0
    }

    /// The hash of a source file, as hash-based `.pyc` files keep it.
    #[pyfunction]
    fn source_hash(vm: &mut Vm, key: i64, source: &Value) -> PyResult {
        let _ = key;
        let bytes = vm.to_bytes(source)?;
        Ok(vm.new_bytes(&pvm_bytecode::pyc::source_hash(&bytes))?.into())
    }

    #[constant]
    #[name = "pyc_magic_number_token"]
    const PYC_MAGIC_NUMBER_TOKEN: i64 = 168_627_755;
}

pub use imp::MODULE;
