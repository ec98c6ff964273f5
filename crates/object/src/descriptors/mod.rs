//! Descriptors: native methods and properties, bound methods, `property`, `classmethod`, `staticmethod`.

pub mod builtin_function;
pub mod getset;
pub mod method;
pub mod native_method;
pub mod property;
pub(crate) mod shown;
pub mod slot_member;
pub mod wrappers;
