//! What native functions and descriptors show of themselves alike: names, how they are pickled.

use crate::Vm;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::join::join;
use crate::str::Str;
use crate::types::Type;

/// `Class.name`.
pub(crate) fn qualname(vm: &mut Vm, class: &Object<Type>, name: &str) -> PyResult<Ref<Str>> {
    let class = class.qualname_object(vm);
    join!(vm, &class, ".", name)
}

/// What `__reduce__` gives for something that `getattr(object, name)` finds again.
pub(crate) fn reduce_by_getattr(vm: &mut Vm, object: Value, name: &Object<Str>) -> PyResult {
    let getattr = vm.intern("getattr");
    let getattr = vm.import_attr("builtins", &getattr)?;
    let arguments = vm.new_tuple(vec![object, name.to_value()]);
    Ok(vm.new_tuple(vec![getattr, arguments.into()]).into())
}
