//! `None`, `Ellipsis` and `NotImplemented`.

use crate::core::header::Header;
use crate::core::object::{Object, Static};
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class};

macro_rules! singleton {
    ($native:ident $class:ident $layout:ident $object:ident $python:literal $type_name:literal $make:ident $is:ident $match_self:expr) => {
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
                layout: &$layout,
                flags: $match_self,
                members: &[],
                slots: Slots::new(),
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

singleton!(NoneType NONE_TYPE NONE_LAYOUT NONE "None" "NoneType" none is_none 0);
singleton!(EllipsisType ELLIPSIS_TYPE ELLIPSIS_LAYOUT ELLIPSIS "Ellipsis" "ellipsis" ellipsis is_ellipsis 0);
singleton!(NotImplementedType NOT_IMPLEMENTED_TYPE NOT_IMPLEMENTED_LAYOUT NOT_IMPLEMENTED "NotImplemented" "NotImplementedType" not_implemented is_not_implemented 0);
