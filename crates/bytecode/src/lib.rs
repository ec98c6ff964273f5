//! The bytecode of CPython 3.14 as data: what an instruction is, what a code object holds, and how both are written to files.
//! Nothing here knows the heap: the compiler makes these types, the interpreter loads them.
//!
//! - [`opcode`]: the instruction set, one row of data per opcode. Start here.
//! - [`code`], [`constant`], [`text`], [`bytes`], [`flags`]: code objects and what they are made of.
//! - [`instructions`]: iterators over code.
//! - [`locations`], [`exceptions`]: the two tables beside the code.
//! - [`marshal`], [`pyc`]: how constants and code objects are written to files.
//! - [`frozen`]: code objects that are part of a binary.
//! - [`verify`]: what must hold before code from outside may run.
//! - [`dis`], [`repr`]: what is in a code object, as text.

pub mod bytes;
pub mod code;
pub mod constant;
pub mod dis;
pub mod exceptions;
pub mod flags;
pub mod frozen;
pub mod instructions;
pub mod locations;
pub mod marshal;
pub mod opcode;
pub mod pyc;
pub mod repr;
pub mod siphash;
pub mod text;
mod varint;
pub mod verify;

pub use code::CodeObject;
pub use constant::Constant;
pub use dashu_int::{IBig, UBig};
pub use opcode::Opcode;
pub use text::Text;
