//! `_typing`: the native classes of `typing`, which are in the object layer.

#[pvm_macros::pymodule(name = "_typing")]
pub mod native {
    //! What typing needs of the machine.
    use pvm_macros::pyfunction;
    use pvm_object::Value;
    use pvm_object::typing::NO_DEFAULT;

    #[pyfunction]
    fn _idfunc(x: Value) -> Value {
        x
    }

    #[export]
    use pvm_object::typing::{Generic, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAlias, TypeVar, TypeVarTuple};
    #[export]
    use pvm_object::union::Union;

    #[constant]
    #[name = "NoDefault"]
    fn no_default() -> Value {
        NO_DEFAULT.to_value()
    }
}
