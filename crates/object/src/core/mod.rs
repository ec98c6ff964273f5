//! The core: the word, the header, owned and borrowed handles, the cell, the tokens, what is made later.

pub mod cell;
pub mod header;
pub(crate) mod lazy;
pub mod object;
pub mod slot;
pub mod token;
pub mod value;
