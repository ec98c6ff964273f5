//! The memory manager: pages of small objects, large objects, charged blocks for interiors, the end of objects, weak references, the
//! cycle collector. A newcomer starts at [`HeapState`] and at `free.rs`.

mod account;
mod chunks;
pub(crate) mod collector;
pub(crate) mod free;
pub mod inspect;
mod large;
pub mod memory;
pub(crate) mod module_state;
mod pages;
mod queue;
mod silent;
mod spares;
pub mod state;
pub mod stress;
#[cfg(test)]
mod tests;
pub(crate) mod vec;
pub(crate) mod weak;

pub use free::free_object;
pub use large::LargePrefix;
pub use memory::{Mapping, OutOfMemory, charge, charge_always, is_told_to_stop};
pub use state::{HeapState, request};
pub use vec::HeapVec;
