//! The frozen Python half of the standard library: CPython's `Lib`, compiled when this crate was built, inside the binary
//! with its sources. What is in it is read straight from the binary; no file is opened.
//!
//! | file | what |
//! |---|---|
//! | `build.rs`, `build/` | make the archive |
//! | `names.rs` | how modules and their files are called |
//! | `archive.rs` | finds and decompresses what is stored |
//! | `module.rs` | the native module `_library`, by which `python/_library_importer.py` imports everything else |
//! | `files.rs` | the folder that the library seems to lie in, for those who list it or read files |
//! | `source.rs` | the modules that imports find by name alone ([`Library`], a [`FrozenSource`](pvm_interpreter::FrozenSource)) |

pub mod archive;
pub mod files;
pub mod module;
pub mod names;
mod source;

pub use source::Library;
