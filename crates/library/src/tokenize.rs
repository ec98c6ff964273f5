//! `_tokenize`: the tokenizer behind the module `tokenize`.

/// The module.
#[pvm_macros::pymodule(name = "_tokenize")]
pub mod native {
    use pvm_macros::{pyclass, pymethods};
    use pvm_object::{PyResult, Value, Vm};

    /// TokenizerIter(readline, *, encoding=None, extra_tokens)
    /// --
    ///
    /// The tokens of a source.
    #[pyclass(name = "TokenizerIter")]
    pub struct TokenizerIter {
        _readline: Value,
    }

    #[pymethods]
    impl TokenizerIter {
        #[new]
        #[signature = "(readline, *, encoding=None, extra_tokens=False)"]
        fn new(vm: &mut Vm, readline: &Value, encoding: Option<&Value>, extra_tokens: bool) -> PyResult<TokenizerIter> {
            let _ = (encoding, extra_tokens);
            Err(vm.not_implemented_error(format_args!("tokens of source are not available: {}", readline.ty().name())))
        }
    }
}
