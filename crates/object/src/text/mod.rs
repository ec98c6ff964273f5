//! The heap-free algorithms behind `str`, `bytes`, `bytearray`, Unicode and the codecs.
//!
//! Nothing here knows a `Value`: functions take borrowed storage ([`TextView`] or slices), give back positions or owned
//! buffers ([`TextBuf`]), and report failure as plain enums. A thin layer above turns them into methods and exceptions.
//!
//! - [`unit`], [`view`], [`builder`]: one, two or four bytes a character, reading and building.

pub mod builder;
pub mod unit;
pub mod view;

pub use builder::{TextBuf, TextBuilder};
pub use unit::{Unit, Width};
pub use view::TextView;
