//! What the exception classes with fields of their own are put together from: attributes that hold any object, keywords of
//! `__init__`, the class itself.

use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::types::instance;
use crate::{Ref, Vm};

/// An attribute that holds any object, `None` where it has none (`_Py_T_OBJECT`). The field is a `HeapCell<Option<Value>>`.
macro_rules! object_field {
    ($native:ty, $field:ident, $name:literal, $doc:literal) => {
        $crate::exceptions::fields::object_field!(@ $native, $field, $name, $doc, Some(|vm, this, value| {
            let this = this.downcast::<$native>().expect("the descriptor has checked the class");
            if let Some(old) = this.$field.replace(value.cloned(), vm) {
                vm.release(old);
            }
            Ok(())
        }))
    };
    (readonly $native:ty, $field:ident, $name:literal, $doc:literal) => {
        $crate::exceptions::fields::object_field!(@ $native, $field, $name, $doc, None)
    };
    (@ $native:ty, $field:ident, $name:literal, $doc:literal, $set:expr) => {{
        static FIELD: $crate::native::GetSetDef = $crate::native::GetSetDef {
            name: $name,
            doc: Some($doc),
            get: |vm, this| {
                let this = this.downcast::<$native>().expect("the descriptor has checked the class");
                Ok(this.$field.get(vm).unwrap_or_else($crate::Value::none))
            },
            set: $set,
            is_member: true,
        };
        $crate::native::MemberDef::GetSet(&FIELD)
    }};
}
pub(super) use object_field;

/// Declares an exception class with fields of its own.
macro_rules! exception_class {
    (
        $(#[$doc:meta])*
        $vis:vis $name:ident: $native:ty = $python:literal, $text:literal {
            base: $base:expr,
            members: [$($members:expr),*],
            slots: $slots:expr,
        }
    ) => {
        $crate::types::static_class! {
            $(#[$doc])*
            $vis $name: $native = {
                name: $python,
                doc: $text,
                base: Some(&$base),
                layout: LAYOUT,
                flags: $crate::types::type_flag::BASE_TYPE | $crate::types::type_flag::HAS_DICT,
                members: &MEMBERS,
                slots: $slots,
            }
        }
        static LAYOUT: &$crate::types::NativeLayout = &$crate::types::NativeLayout::of::<$native>();
        const MEMBER_BLOCKS: &[&[$crate::native::MemberDef]] = &[$($members),*];
        static MEMBERS: [$crate::native::MemberDef; $crate::support::total_members(MEMBER_BLOCKS)] =
            $crate::support::concat_members(MEMBER_BLOCKS);
    };
}
pub(super) use exception_class;

/// The error for keywords where none are taken (`_PyArg_NoKeywords`).
pub(super) fn refuse_keywords(vm: &mut Vm, name: &str, args: Args<'_>) -> PyResult<()> {
    if args.has_keywords() {
        return Err(vm.type_error(format_args!("{name}() takes no keyword arguments")));
    }
    Ok(())
}

/// The values of keyword-only parameters, all optional.
pub(super) fn keywords<const N: usize>(
    vm: &mut Vm,
    function: &str,
    args: Args<'_>,
    names: [&str; N],
) -> PyResult<[Option<Value>; N]> {
    let given = args.keywords().len();
    if given > N {
        let plural = if N == 1 { "" } else { "s" };
        return Err(vm.type_error(format_args!("{function}() takes at most {N} keyword argument{plural} ({given} given)")));
    }
    if let Some((key, _)) = args.keywords().find(|(key, _)| !names.iter().any(|name| key.is_str(name))) {
        return Err(vm.unexpected_keyword(&function, key, names));
    }
    Ok(names.map(|name| args.keyword(name).map(|value| value.to_owned())))
}

/// `PyArg_ParseTuple`'s error for a wrong number of arguments; `function` is empty where it knows no name.
pub(super) fn wrong_count(vm: &mut Vm, function: &str, wanted: usize, given: usize) -> Raised {
    let function = if function.is_empty() { "function".to_owned() } else { format!("{function}()") };
    vm.type_error(format_args!("{function} takes exactly {wanted} arguments ({given} given)"))
}

/// The attributes that were set on an instance, where there are any: its `__dict__`.
pub(super) fn attributes(vm: &mut Vm, this: &Value) -> PyResult<Option<Ref<Dict>>> {
    let Some(header) = this.header() else {
        return Ok(None);
    };
    if instance::items(vm, header).is_empty() && !instance::has_own_dict(vm, header) {
        return Ok(None);
    }
    instance::dict(vm, header)
}
