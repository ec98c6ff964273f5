//! The core: the word, the header, owned and borrowed handles, the cell, the tokens.

pub mod cell;
pub mod header;
pub mod object;
pub mod slot;
pub mod token;
pub mod value;
