//! Template strings (PEP 750): what `BUILD_TEMPLATE` and `BUILD_INTERPOLATION` make.

use pvm_object::{PyResult, Value, Vm};

fn class(vm: &mut Vm, name: &str) -> PyResult {
    let name = vm.intern(name);
    vm.import_attr("string.templatelib", &name)
}

/// A template of a tuple of strings and a tuple of interpolations, which alternate.
pub fn template(vm: &mut Vm, strings: &Value, interpolations: &Value) -> PyResult {
    let class = class(vm, "Template")?;
    let (strings, interpolations) = (vm.collect_items(strings)?, vm.collect_items(interpolations)?);
    let mut parts = Vec::with_capacity(strings.len() + interpolations.len());
    let mut rest = interpolations.into_iter();
    for string in strings {
        parts.push(string);
        parts.extend(rest.next());
    }
    vm.call(&class, &parts)
}

/// An interpolation: the value, the expression's text, the conversion (0 for none, else `s`, `r`, `a`), the format.
pub fn interpolation(vm: &mut Vm, value: &Value, expression: &Value, conversion: usize, format: &Value) -> PyResult {
    let class = class(vm, "Interpolation")?;
    let conversion = match conversion {
        0 => Value::none(),
        letter => vm.new_str(["s", "r", "a"][(letter - 1).min(2)]).into(),
    };
    vm.call(&class, &[value.clone(), expression.clone(), conversion, format.clone()])
}
