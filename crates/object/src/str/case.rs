//! Methods of `str` about case and kinds of characters.

use pvm_macros::pymethods;

use super::Str;
use crate::Heap;
use crate::core::object::{Object, Ref};
use crate::errors::PyResult;
use crate::text::strings::{case, classify};

#[pymethods(part = case)]
impl Str {
    /// A copy in upper case.
    fn upper(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(case::upper(this.view()))?)
    }

    /// A copy in lower case.
    fn lower(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(case::lower(this.view()))?)
    }

    /// A copy for comparisons without regard to case.
    fn casefold(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(case::casefold(this.view()))?)
    }

    /// A copy with each word in title case: its first letter in upper case, the others in lower case.
    fn title(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(case::title(this.view()))?)
    }

    /// A copy whose first character is in title case and the rest in lower case.
    fn capitalize(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(case::capitalize(this.view()))?)
    }

    /// A copy with upper and lower case exchanged.
    fn swapcase(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(case::swapcase(this.view()))?)
    }

    /// Whether all characters are ASCII.
    fn isascii(this: &Object<Self>) -> bool {
        this.is_ascii()
    }

    /// Whether there are characters and all are letters.
    fn isalpha(this: &Object<Self>) -> bool {
        classify::is_alpha(this.view())
    }

    /// Whether there are characters and all are letters or numbers.
    fn isalnum(this: &Object<Self>) -> bool {
        classify::is_alnum(this.view())
    }

    /// Whether there are characters and all are decimal digits.
    fn isdecimal(this: &Object<Self>) -> bool {
        classify::is_decimal(this.view())
    }

    /// Whether there are characters and all are digits.
    fn isdigit(this: &Object<Self>) -> bool {
        classify::is_digit(this.view())
    }

    /// Whether there are characters and all have a numeric value.
    fn isnumeric(this: &Object<Self>) -> bool {
        classify::is_numeric(this.view())
    }

    /// Whether there are characters and all are whitespace.
    fn isspace(this: &Object<Self>) -> bool {
        classify::is_space(this.view())
    }

    /// Whether repr() shows all characters as they are.
    fn isprintable(this: &Object<Self>) -> bool {
        classify::is_printable(this.view())
    }

    /// Whether the text is an identifier; keyword.iskeyword() tells those that are reserved.
    fn isidentifier(this: &Object<Self>) -> bool {
        classify::is_identifier(this.view())
    }

    /// Whether there are cased characters and all are in upper case.
    fn isupper(this: &Object<Self>) -> bool {
        classify::is_upper(this.view())
    }

    /// Whether there are cased characters and all are in lower case.
    fn islower(this: &Object<Self>) -> bool {
        classify::is_lower(this.view())
    }

    /// Whether there are cased characters, in upper case at the start of words and in lower case within.
    fn istitle(this: &Object<Self>) -> bool {
        classify::is_title(this.view())
    }
}
