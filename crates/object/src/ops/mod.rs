//! The operations of the language on values, as methods of the tokens: what CPython calls the abstract object layer.

pub mod call;
pub mod compare;
