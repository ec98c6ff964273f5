//! The native half of the standard library, one module a file or folder, and the frozen Python half.

pub mod collections;
pub mod errno;
pub mod itertools;
pub mod math;

use pvm_object::module_def::ModuleDef;

/// The native modules, by which imports find them.
pub static MODULES: &[&ModuleDef] = &[
    &collections::native::MODULE,
    &errno::native::MODULE,
    &itertools::native::MODULE,
    &math::native::MODULE,
];
