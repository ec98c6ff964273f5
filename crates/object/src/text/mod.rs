//! The heap-free algorithms behind `str`, `bytes`, `bytearray`, Unicode and the codecs.
//!
//! Nothing here knows a `Value`: functions take borrowed storage ([`TextView`] or slices), give back positions or owned
//! buffers ([`TextBuf`]), and report failure as plain enums. A thin layer above turns them into methods and exceptions.
//!
//! - [`unit`], [`view`], [`builder`]: one, two or four bytes a character, reading and building.
//! - [`search`], [`pad`], [`escape`]: finding, splitting, replacing, justifying, escaping, for every width.
//! - [`strings`], [`bytes`]: the methods of the types.
//! - [`codecs`]: the encodings and their error handlers.
//! - [`format_template`], [`percent`]: the languages of `str.format` and of the operator `%`.
//! - [`unicode`]: what a code point is and maps to.

pub mod builder;
pub mod bytes;
pub mod codecs;
pub mod escape;
pub mod format_template;
pub mod pad;
pub mod percent;
pub mod search;
pub mod strings;
pub mod unicode;
pub mod unit;
pub mod view;

pub use builder::{TextBuf, TextBuilder};
pub use unit::{Unit, Width};
pub use view::TextView;
