//! The methods of `bytes` and `bytearray` on slices: what is particular to them. Searching, splitting, padding and so on
//! are the generic ones of [`crate::text::search`] and [`crate::text::pad`].
//!
//! - [`ascii`]: case and `is…` methods, which know ASCII only.
//! - [`hex`]: hexadecimal text from bytes and back.
//! - [`repr`]: bytes as a literal.
//! - [`translate`]: tables of 256 bytes.

pub mod ascii;
pub mod hex;
pub mod repr;
pub mod translate;
