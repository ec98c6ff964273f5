//! `Value`, the heap, the memory manager, the cycle collector, types and slots, every built-in type that needs no frame.
//!
//! | where | what |
//! |---|---|
//! | `core/` | the word, the header, handles, the cell, the tokens |
//! | `heap/` | pages, large objects, interiors, the end of objects, weak references, the collector |
//! | `types/` | the class object, slots, shapes, lookup, making classes |
//! | `ops/` | the operations of the language on values: call, compare, iterate, attributes, arithmetic |
//! | `native.rs`, `module_def.rs` | how native functions, classes and modules are described |
//! | `arguments.rs`, `convert.rs` | binding and converting the arguments and results of native functions |
//! | the rest | one built-in type a file or folder; `text/`, `number/` and `hashing/` are the pure algorithms behind them |
//!
//! A newcomer starts at `core/value.rs`, goes on to `core/token.rs`, and then to `list/`, a type that shows it all.

extern crate self as pvm_object;

pub mod arguments;
pub mod bell;
pub mod buffer;
pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod code;
pub mod codecs;
pub mod complex;
pub mod convert;
pub mod core;
pub mod descriptors;
pub mod dict;
pub mod errors;
pub mod exceptions;
pub mod float;
pub mod function;
pub mod generic_alias;
pub mod hashing;
pub mod heap;
pub mod hooks;
pub mod int;
pub mod isolate;
pub mod iterators;
pub mod list;
pub mod lock;
pub mod mapping_proxy;
pub mod memoryview;
pub mod module;
pub mod module_def;
pub mod namespace;
pub mod native;
pub mod number;
pub mod ops;
pub mod range;
pub mod sequence;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod str;
pub mod structseq;
pub mod suggestions;
pub mod super_;
#[doc(hidden)]
pub mod support;
pub mod template;
pub mod text;
pub mod thread;
pub mod trace;
pub mod traceback;
pub mod tuple;
pub mod types;
pub mod typing;
pub mod union;
pub mod weakref;

pub use crate::core::cell::HeapCell;
pub use crate::core::header::Header;
pub use crate::core::object::{Object, Ref, Static};
pub use crate::core::slot::{Args, Slot};
pub use crate::core::token::{Heap, Vm};
pub use crate::core::value::{Value, ValueRef};
pub use crate::errors::{PyResult, Raised};
pub use crate::heap::{HeapVec, OutOfMemory};
pub use crate::str::intern::names;
pub use crate::trace::{Foreign, Trace};
pub use crate::types::{PyClass, Type};
