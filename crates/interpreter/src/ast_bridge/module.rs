//! `_ast`: the node classes and the flags of `compile`.

use pvm_macros::pymodule;

#[pymodule(name = "_ast")]
pub mod ast_module {
    use pvm_compiler::compile::flag;
    use pvm_object::{PyResult, Value, Vm};

    use crate::ast_bridge::base::AST_TYPE;
    use crate::ast_bridge::classes::state;
    use crate::ast_bridge::nodes::CLASSES;

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let state = state(vm)?;
        let base = vm.intern("AST");
        vm.setattr(module, &base, &AST_TYPE.to_value())?;
        for def in CLASSES {
            let (name, class) = (vm.intern(def.name), state.class(def.class, vm));
            vm.setattr(module, &name, &class.into())?;
        }
        let flags = [
            ("PyCF_ALLOW_TOP_LEVEL_AWAIT", flag::ALLOW_TOP_LEVEL_AWAIT),
            ("PyCF_ONLY_AST", flag::ONLY_AST),
            ("PyCF_TYPE_COMMENTS", flag::TYPE_COMMENTS),
            ("PyCF_OPTIMIZED_AST", flag::OPTIMIZED_AST),
        ];
        for (name, flag) in flags {
            let name = vm.intern(name);
            vm.setattr(module, &name, &Value::from_i32(flag as i32))?;
        }
        Ok(())
    }
}

pub use ast_module::MODULE;
