//! Strings put together of pieces: unlike `format!` it keeps lone surrogates.

use crate::Heap;
use crate::core::object::{Object, Ref};
use crate::errors::PyResult;
use crate::str::Str;
use crate::text::TextBuilder;

/// A piece of a string.
#[derive(Clone, Copy)]
pub enum Piece<'a> {
    /// Text of the machine.
    Text(&'a str),
    /// Text of the program.
    Str(&'a Object<Str>),
}

impl<'a> From<&'a str> for Piece<'a> {
    fn from(text: &'a str) -> Piece<'a> {
        Piece::Text(text)
    }
}

impl<'a> From<&'a String> for Piece<'a> {
    fn from(text: &'a String) -> Piece<'a> {
        Piece::Text(text)
    }
}

impl<'a> From<&'a Object<Str>> for Piece<'a> {
    fn from(text: &'a Object<Str>) -> Piece<'a> {
        Piece::Str(text)
    }
}

impl<'a> From<&'a Ref<Str>> for Piece<'a> {
    fn from(text: &'a Ref<Str>) -> Piece<'a> {
        Piece::Str(text)
    }
}

impl Heap {
    /// The string of the pieces, one behind the other.
    pub fn join_pieces(&mut self, pieces: &[Piece<'_>]) -> PyResult<Ref<Str>> {
        let mut builder = TextBuilder::with_capacity(pieces.len() * 8);
        for piece in pieces {
            match piece {
                Piece::Text(text) => builder.push_str(text),
                Piece::Str(text) => builder.push_view(text.view()),
            }
        }
        Ok(self.str_from_builder(builder)?)
    }
}

/// The string of the pieces, `PyResult<Ref<Str>>`: `join!(vm, "<", &name, ">")`.
macro_rules! join {
    ($vm:expr, $($piece:expr),+ $(,)?) => {
        $vm.join_pieces(&[$($crate::ops::join::Piece::from($piece)),+])
    };
}
pub(crate) use join;
