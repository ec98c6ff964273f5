//! `_sysconfig`: what `sysconfig` asks of the interpreter itself.

#[pvm_macros::pymodule(name = "_sysconfig")]
pub mod native {
    //! A helper for the sysconfig module.
    use pvm_macros::pyfunction;
    use pvm_object::dict::Dict;
    use pvm_object::{PyResult, Ref, Value, Vm};

    /// Returns a dictionary containing build variables intended to be exposed by sysconfig.
    #[pyfunction]
    fn config_vars(vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let vars = vm.new_dict();
        for name in ["Py_GIL_DISABLED", "Py_DEBUG"] {
            let name = vm.intern(name);
            vars.set_str(&name, Value::from_i32(0), vm)?;
        }
        Ok(vars)
    }
}
