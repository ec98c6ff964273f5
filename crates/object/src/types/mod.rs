//! Classes: the type object and its slots, instances' attributes and shapes, attribute lookup, making classes.
//!
//! A newcomer starts at `type_object.rs` (what a class is), goes on to `slots.rs` (its native functions) and `state.rs`
//! (its dict, bases and order of resolution in one interpreter).

mod assign;
pub mod attribute_cache;
pub mod create;
pub mod dunder;
pub mod instance;
pub mod instance_attributes;
mod layout;
pub mod lookup;
mod members;
pub(crate) mod mro;
mod object_methods;
pub mod object_slots;
mod reduce;
pub mod shape;
pub mod slot_methods;
pub mod slots;
pub mod state;
mod subclasses;
mod type_annotations;
mod type_attributes;
pub mod type_object;
pub mod type_slots;
pub(crate) mod update;
pub mod wrapper;

pub use slots::{SlotFn, SlotId, Slots};
pub use type_object::{NativeLayout, Type, TypeDef, type_flag};

use crate::core::object::{Object, Static};
use crate::trace::Trace;

/// The first version number that a class made at run time gets; below are the static classes'.
pub(crate) const FIRST_DYNAMIC_VERSION: u32 = shape::FIRST_DYNAMIC;

/// The native half of a static class. `#[pyclass]` implements it.
///
/// # Safety
/// `TYPE` was declared with the layout of `Self`, and nothing overrides `type_object`.
pub unsafe trait PyClass: Trace + Sized + 'static {
    /// The class, for definitions.
    const TYPE: &'static Static<Type>;

    /// The native class whose native half this one begins with, where the declaration says so; checked when the class is
    /// made ready.
    const NATIVE_BASE: Option<&'static Static<Type>> = None;

    /// The class.
    #[inline(always)]
    fn type_object() -> &'static Object<Type> {
        Self::TYPE.get()
    }
}

/// Declares a static class whose instances are `Object<T>`: the static, its definition, and the tie to `T`.
macro_rules! static_class {
    (
        $(#[$doc:meta])*
        $vis:vis $name:ident: $native:ty = {
            name: $python:literal,
            $(module: $module:literal,)?
            $(doc: $text:expr,)?
            $(base: $base:expr,)?
            layout: $layout:expr,
            flags: $flags:expr,
            members: $members:expr,
            slots: $slots:expr,
        }
    ) => {
        $(#[$doc])*
        $vis static $name: $crate::Static<$crate::types::Type> = {
            static DEF: $crate::types::TypeDef = $crate::types::TypeDef {
                name: $python,
                module: $crate::types::or_default!("builtins" $(, $module)?),
                full_name: $crate::types::or_default!($python $(, concat!($module, ".", $python))?),
                doc: $crate::types::or_default!(None $(, Some($text))?),
                base: $crate::types::or_default!(Some(&$crate::types::OBJECT_TYPE) $(, $base)?),
                also: None,
                members: $members,
                flags: $flags,
            };
            $crate::Static::new_class(&DEF, $layout, $slots)
        };

        #[allow(dead_code)]
        impl $native {
            /// The class, for what `#[pymethods]` generates.
            #[doc(hidden)]
            pub(crate) const PY_CLASS: &'static $crate::Static<$crate::types::Type> = &$name;
        }

        // SAFETY: the static is declared with the layout of the native half.
        unsafe impl $crate::types::PyClass for $native {
            const TYPE: &'static $crate::Static<$crate::types::Type> = &$name;
        }
    };
}

macro_rules! or_default {
    ($default:expr) => {
        $default
    };
    ($default:expr, $given:expr) => {
        $given
    };
}
pub(crate) use {or_default, static_class};

static_class! {
    /// `type`.
    pub TYPE_TYPE: Type = {
        name: "type",
        doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
        layout: &TYPE_LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::HAS_WEAKREFS,
        members: Type::PY_MEMBERS,
        slots: type_slots::SLOTS.with_all(Type::PY_SLOTS),
    }
}
static TYPE_LAYOUT: NativeLayout = NativeLayout::of::<Type>();

impl Type {
    /// `type` itself.
    pub fn type_value() -> crate::Value {
        TYPE_TYPE.to_value()
    }
}

static_class! {
    /// `object`.
    pub OBJECT_TYPE: Instance = {
        name: "object",
        doc: "object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
        base: None,
        layout: &OBJECT_LAYOUT,
        flags: type_flag::BASE_TYPE,
        members: Instance::PY_MEMBERS,
        slots: object_slots::SLOTS,
    }
}
static OBJECT_LAYOUT: NativeLayout = NativeLayout::of::<Instance>();

/// The native half of a plain object: nothing.
pub struct Instance;

// SAFETY: it holds nothing.
unsafe impl Trace for Instance {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut crate::trace::Visitor<'_>) {}
}
