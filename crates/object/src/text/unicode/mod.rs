//! Character data: categories, predicates, case mappings and numeric values of Unicode 16, as CPython 3.14 has them.
//!
//! The tables come from `tools/unicode_tables.py`; Rust's own `char` methods follow a later Unicode and are not used.
//!
//! - [`records`]: the category and properties of a code point.
//! - [`case`]: full and simple case mappings.
//! - [`numeric`]: decimal, digit and numeric values.
//! - `trie`, `special_cases`, `numbers`: the generated tables.

pub mod case;
pub mod numeric;
pub mod records;

#[cfg(test)]
mod digests;
mod numbers;
mod special_cases;
#[cfg(test)]
mod tests;
mod trie;

pub use case::{Mapped, case_fold, to_lower, to_lower_simple, to_title, to_upper};
pub use numeric::{decimal, digit, is_decimal, is_digit, numeric};
pub use records::{
    Category, category, is_alphabetic, is_alphanumeric, is_case_ignorable, is_cased, is_line_break, is_line_break_latin1,
    is_lower, is_numeric, is_printable, is_space, is_title, is_upper, is_xid_continue, is_xid_start,
};
pub use trie::UNICODE_VERSION;
