//! Calls.

use crate::Vm;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;

impl Vm {
    /// Calls a value with positional arguments.
    #[inline]
    pub fn call(&mut self, callable: &Value, args: &[Value]) -> PyResult {
        self.call_args(callable, Args::positional(args))
    }

    /// Calls a value.
    #[inline]
    pub fn call_args(&mut self, callable: &Value, args: Args<'_>) -> PyResult {
        self.check_recursion(" while calling a Python object")?;
        match callable.ty().slots().call() {
            Some(call) => call(self, callable, args),
            None => {
                let kind = self.type_name(callable);
                Err(self.type_error(format_args!("'{kind}' object is not callable")))
            }
        }
    }
}
