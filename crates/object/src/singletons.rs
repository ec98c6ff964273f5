//! `None`, `Ellipsis` and `NotImplemented`.

use pvm_macros::pymethods;

use crate::Vm;
use crate::core::header::Header;
use crate::core::object::{Object, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, object_slots, static_class};

macro_rules! singleton {
    ($native:ident $class:ident $layout:ident $object:ident $python:literal $type_name:literal $called:literal $make:ident $is:ident) => {
        #[doc = concat!("The native half of `", $python, "`: nothing.")]
        pub struct $native;

        // SAFETY: it holds nothing.
        unsafe impl Trace for $native {
            const HOLDS_REFERENCES: bool = false;

            fn trace(&self, _: &mut Visitor<'_>) {}
        }

        static_class! {
            #[doc = concat!("The class of `", $python, "`.")]
            pub $class: $native = {
                name: $type_name,
                doc: concat!($type_name, "()\n--\n\nThe type of the ", $python, " singleton."),
                layout: &$layout,
                flags: 0,
                members: $native::PY_MEMBERS,
                slots: Slots::new()
                    .with_new(|vm, _, args| {
                        refuse_arguments(vm, $called, args)?;
                        Ok(Value::$make())
                    })
                    .with_all($native::PY_SLOTS),
            }
        }
        static $layout: NativeLayout = NativeLayout::of::<$native>();

        #[doc = concat!("`", $python, "`.")]
        pub static $object: Static<$native> =
            // SAFETY: the header is immortal, and the object never changes.
            unsafe { Static::new(Object { header: Header::immortal(&raw const $class), native: $native }) };

        impl Value {
            #[doc = concat!("`", $python, "`.")]
            #[inline(always)]
            pub fn $make() -> Value {
                $object.to_value()
            }

            #[doc = concat!("Whether this is `", $python, "`.")]
            #[inline(always)]
            pub fn $is(&self) -> bool {
                self.bits() == &raw const $object as u64
            }
        }
    };
}

singleton!(NoneType NONE_TYPE NONE_LAYOUT NONE "None" "NoneType" "NoneType" none is_none);
singleton!(EllipsisType ELLIPSIS_TYPE ELLIPSIS_LAYOUT ELLIPSIS "Ellipsis" "ellipsis" "EllipsisType" ellipsis is_ellipsis);
singleton!(NotImplementedType NOT_IMPLEMENTED_TYPE NOT_IMPLEMENTED_LAYOUT NOT_IMPLEMENTED "NotImplemented" "NotImplementedType" "NotImplementedType" not_implemented is_not_implemented);

fn refuse_arguments(vm: &mut Vm, class: &str, args: Args<'_>) -> PyResult<()> {
    if args.is_empty() {
        return Ok(());
    }
    Err(vm.type_error(format_args!("{class} takes no arguments")))
}

/// The hash of `None`: a constant, so that the order of sets does not depend on an address.
const HASH_OF_NONE: i64 = 0xFCA8_6420;

#[pymethods]
impl NoneType {
    fn __repr__(_this: &Value) -> &'static str {
        "None"
    }

    fn __bool__(_this: &Value) -> bool {
        false
    }

    fn __hash__(_this: &Value) -> i64 {
        HASH_OF_NONE
    }

    fn __richcompare__(this: &Value, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        object_slots::richcompare(vm, this, other, op)
    }
}

#[pymethods]
impl EllipsisType {
    fn __repr__(_this: &Value) -> &'static str {
        "Ellipsis"
    }

    #[text_signature = "($self, /)"]
    fn __reduce__(_this: &Value) -> &'static str {
        "Ellipsis"
    }
}

#[pymethods]
impl NotImplementedType {
    fn __repr__(_this: &Value) -> &'static str {
        "NotImplemented"
    }

    fn __bool__(_this: &Value, vm: &mut Vm) -> PyResult<bool> {
        Err(vm.type_error(format_args!("NotImplemented should not be used in a boolean context")))
    }

    #[text_signature = "($self, /)"]
    fn __reduce__(_this: &Value) -> &'static str {
        "NotImplemented"
    }
}
