//! The operations of the language on values, as methods of the tokens: what CPython calls the abstract object layer.

pub mod arithmetic;
pub mod attribute;
pub mod buffer;
pub mod call;
pub mod check;
pub mod compare;
pub mod item;
pub mod items;
pub mod iterate;
pub mod join;
pub mod number;
pub mod text;

pub use arithmetic::BinaryOp;
pub use compare::CompareOp;
