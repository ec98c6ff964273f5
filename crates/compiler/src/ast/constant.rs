//! The value of a literal.

pub use pvm_bytecode::Constant;
