//! Template strings (PEP 750): what `BUILD_TEMPLATE` and `BUILD_INTERPOLATION` make.

use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Value, Vm};

/// A template of a tuple of strings and a tuple of interpolations, which alternate.
pub fn template(vm: &mut Vm, strings: &Value, interpolations: &Value) -> PyResult {
    let (Some(strings), Some(interpolations)) = (strings.downcast::<Tuple>(), interpolations.downcast::<Tuple>()) else {
        return Err(vm.system_error(format_args!("a template is made of two tuples")));
    };
    Ok(vm.new_template(strings.to_ref(), interpolations.to_ref()).into())
}

/// An interpolation: the value, the expression's text, the conversion (0 for none, else `s`, `r`, `a`), the format.
pub fn interpolation(vm: &mut Vm, value: &Value, expression: &Value, conversion: usize, format: &Value) -> PyResult {
    Ok(vm.new_interpolation(value.clone(), expression.clone(), conversion, format.clone()).into())
}
