//! Marshal, the format of constants and code objects in `.pyc` files, versions 0 to 5, as CPython's `marshal.c`.
//!
//! - [`reader`]: [`Reader`] walks the bytes and hands what it finds to a [`Build`], which makes objects of it: constants
//!   here, heap objects in the native module `marshal`.
//! - [`writer`]: [`Writer`] has one method for each kind of object; whoever knows the objects drives it.
//! - [`constants`]: both for [`Constant`](crate::Constant) and [`CodeObject`](crate::CodeObject): [`loads`], [`dumps`].
//! - `plan`: which parts of a code object CPython would share and flag.

pub mod constants;
mod error;
mod float_text;
mod plan;
pub mod reader;
pub mod writer;

pub use constants::{dump_code, dumps, load_code, loads};
pub use error::{ReadError, ReadErrorKind, WriteError};
pub use reader::{Build, CodeParts, Digits, Encoding, Reader};
pub use writer::{CodeNumbers, Writer};

/// The newest version, which is written unless another is asked for.
pub const VERSION: u32 = 5;

/// Deeper nesting is refused, on reading and writing.
pub const MAX_DEPTH: usize = 2000;

/// Set in a type byte when later references may name the object.
const FLAG_REF: u8 = 0x80;

/// The type bytes.
mod code {
    pub const NULL: u8 = b'0';
    pub const NONE: u8 = b'N';
    pub const FALSE: u8 = b'F';
    pub const TRUE: u8 = b'T';
    pub const STOP_ITERATION: u8 = b'S';
    pub const ELLIPSIS: u8 = b'.';
    pub const INT: u8 = b'i';
    pub const INT64: u8 = b'I';
    pub const LONG: u8 = b'l';
    pub const FLOAT: u8 = b'f';
    pub const BINARY_FLOAT: u8 = b'g';
    pub const COMPLEX: u8 = b'x';
    pub const BINARY_COMPLEX: u8 = b'y';
    pub const BYTES: u8 = b's';
    pub const UNICODE: u8 = b'u';
    pub const INTERNED: u8 = b't';
    pub const ASCII: u8 = b'a';
    pub const ASCII_INTERNED: u8 = b'A';
    pub const SHORT_ASCII: u8 = b'z';
    pub const SHORT_ASCII_INTERNED: u8 = b'Z';
    pub const TUPLE: u8 = b'(';
    pub const SMALL_TUPLE: u8 = b')';
    pub const LIST: u8 = b'[';
    pub const DICT: u8 = b'{';
    pub const SET: u8 = b'<';
    pub const FROZEN_SET: u8 = b'>';
    pub const SLICE: u8 = b':';
    pub const CODE: u8 = b'c';
    pub const REF: u8 = b'r';
}
