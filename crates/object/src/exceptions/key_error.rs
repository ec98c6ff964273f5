//! `KeyError`: its text is the key's representation.

use super::{BASE_EXCEPTION, BaseException, LOOKUP_ERROR, base};
use crate::Vm;
use crate::core::object::Static;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::types::{NativeLayout, Slots, Type, TypeDef, type_flag};

/// `KeyError`.
pub static KEY_ERROR: Static<Type> = {
    static DEF: TypeDef = TypeDef {
        name: "KeyError",
        module: "builtins",
        full_name: "KeyError",
        doc: Some("Mapping key not found."),
        base: Some(&LOOKUP_ERROR),
        also: None,
        members: &[],
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT,
    };
    static LAYOUT: &NativeLayout = &NativeLayout::of::<BaseException>();
    Static::new_class_like(&DEF, LAYOUT, &raw const BASE_EXCEPTION, Slots::new().with_str(str))
};

/// With one argument its `repr`, lest the message of `{}['']` be empty.
fn str(vm: &mut Vm, this: &Value) -> PyResult {
    let args = base::exception(this).args(vm);
    match args.as_slice() {
        [key] => Ok(vm.repr(key)?.into()),
        _ => base::str(vm, this),
    }
}
