//! The methods of `str`, from [`TextView`](super::TextView) to positions and [`TextBuf`](super::TextBuf)s.
//!
//! - [`search`]: find, count, replace, split, strip, prefixes.
//! - [`case`]: upper, lower, title and so on.
//! - [`classify`]: the `is…` predicates.
//! - [`pad`]: justifying, zero filling, tabs, repetition.
//! - [`repr`]: text as a literal.
//! - [`translate`]: mapping characters through a table.
//! - [`numeral`]: text prepared for reading numbers.

pub mod case;
pub mod classify;
pub mod numeral;
pub mod pad;
pub mod repr;
pub mod search;
pub mod translate;
