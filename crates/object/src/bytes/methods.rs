//! The methods that `bytes` and `bytearray` share, written once as a macro and made for both.

/// The methods of one of the two classes. `mutable` tells which: results of a bytearray are bytearrays.
macro_rules! byte_string_methods {
    ($class:ident, $mutable:literal) => {
        #[pvm_macros::pymethods(part = shared)]
        impl $class {
            /// The lowest position where sub is found within the bounds; -1 where it is not.
            #[signature = "(sub, start=None, end=None, /)"]
            #[text_signature = "($self, sub[, start[, end]], /)"]
            fn find(this: &Object<Self>, vm: &mut Vm, sub: &Value, start: Bound, end: Bound) -> PyResult<isize> {
                Ok(or_minus_one(find_within(this, (sub, start, end), search::find, vm)?))
            }

            /// The highest position where sub is found within the bounds; -1 where it is not.
            #[signature = "(sub, start=None, end=None, /)"]
            #[text_signature = "($self, sub[, start[, end]], /)"]
            fn rfind(this: &Object<Self>, vm: &mut Vm, sub: &Value, start: Bound, end: Bound) -> PyResult<isize> {
                Ok(or_minus_one(find_within(this, (sub, start, end), search::rfind, vm)?))
            }

            /// The lowest position where sub is found within the bounds; a ValueError where it is not.
            #[signature = "(sub, start=None, end=None, /)"]
            #[text_signature = "($self, sub[, start[, end]], /)"]
            fn index(this: &Object<Self>, vm: &mut Vm, sub: &Value, start: Bound, end: Bound) -> PyResult<usize> {
                let found = find_within(this, (sub, start, end), search::find, vm)?;
                or_not_found(found, vm)
            }

            /// The highest position where sub is found within the bounds; a ValueError where it is not.
            #[signature = "(sub, start=None, end=None, /)"]
            #[text_signature = "($self, sub[, start[, end]], /)"]
            fn rindex(this: &Object<Self>, vm: &mut Vm, sub: &Value, start: Bound, end: Bound) -> PyResult<usize> {
                let found = find_within(this, (sub, start, end), search::rfind, vm)?;
                or_not_found(found, vm)
            }

            /// How often sub occurs within the bounds, without overlaps.
            #[signature = "(sub, start=None, end=None, /)"]
            #[text_signature = "($self, sub[, start[, end]], /)"]
            fn count(this: &Object<Self>, vm: &mut Vm, sub: &Value, start: Bound, end: Bound) -> PyResult<usize> {
                shared::count(this, (sub, start, end), vm)
            }

            /// Whether the bytes within the bounds begin with the prefix, or with one of a tuple of them.
            #[signature = "(prefix, start=None, end=None, /)"]
            #[text_signature = "($self, prefix[, start[, end]], /)"]
            fn startswith(this: &Object<Self>, vm: &mut Vm, prefix: &Value, start: Bound, end: Bound) -> PyResult<bool> {
                begins_or_ends(this, (prefix, start, end), ("startswith", starts_with), vm)
            }

            /// Whether the bytes within the bounds end with the suffix, or with one of a tuple of them.
            #[signature = "(suffix, start=None, end=None, /)"]
            #[text_signature = "($self, suffix[, start[, end]], /)"]
            fn endswith(this: &Object<Self>, vm: &mut Vm, suffix: &Value, start: Bound, end: Bound) -> PyResult<bool> {
                begins_or_ends(this, (suffix, start, end), ("endswith", ends_with), vm)
            }

            /// A copy with occurrences of old replaced by new: all of them, or the first count.
            #[signature = "(old, new, count=-1, /)"]
            fn replace(this: &Object<Self>, heap: &mut Heap, old: BufferView, new: BufferView, count: isize) -> PyResult {
                shared::replaced(this, (&old, &new), limit(count), heap)
            }

            /// A copy without the prefix, where the bytes begin with it.
            fn removeprefix(this: &Object<Self>, heap: &mut Heap, prefix: BufferView) -> PyResult {
                shared::without_prefix(this, &prefix, heap)
            }

            /// A copy without the suffix, where the bytes end with it.
            fn removesuffix(this: &Object<Self>, heap: &mut Heap, suffix: BufferView) -> PyResult {
                shared::without_suffix(this, &suffix, heap)
            }

            /// A copy without ASCII whitespace, or the given bytes, at both ends.
            #[signature = "(bytes=None, /)"]
            fn strip(this: &Object<Self>, vm: &mut Vm, bytes: Option<&Value>) -> PyResult {
                shared::stripped(this, bytes, Sides::Both, vm)
            }

            /// A copy without ASCII whitespace, or the given bytes, at the start.
            #[signature = "(bytes=None, /)"]
            fn lstrip(this: &Object<Self>, vm: &mut Vm, bytes: Option<&Value>) -> PyResult {
                shared::stripped(this, bytes, Sides::Left, vm)
            }

            /// A copy without ASCII whitespace, or the given bytes, at the end.
            #[signature = "(bytes=None, /)"]
            fn rstrip(this: &Object<Self>, vm: &mut Vm, bytes: Option<&Value>) -> PyResult {
                shared::stripped(this, bytes, Sides::Right, vm)
            }

            /// The parts between separators, or between runs of ASCII whitespace, split at
            /// most maxsplit times from the left.
            #[signature = "(sep=None, maxsplit=-1)"]
            #[text_signature = "($self, /, sep=None, maxsplit=-1)"]
            fn split(this: &Object<Self>, vm: &mut Vm, sep: Option<&Value>, maxsplit: isize) -> PyResult<Ref<List>> {
                split::split_by(this, sep, limit(maxsplit), false, vm)
            }

            /// The parts between separators, or between runs of ASCII whitespace, split at
            /// most maxsplit times from the right.
            #[signature = "(sep=None, maxsplit=-1)"]
            #[text_signature = "($self, /, sep=None, maxsplit=-1)"]
            fn rsplit(this: &Object<Self>, vm: &mut Vm, sep: Option<&Value>, maxsplit: isize) -> PyResult<Ref<List>> {
                split::split_by(this, sep, limit(maxsplit), true, vm)
            }

            /// The lines, with their ends where keepends is true.
            #[signature = "(keepends=False)"]
            #[text_signature = "($self, /, keepends=False)"]
            fn splitlines(this: &Object<Self>, heap: &mut Heap, keepends: bool) -> PyResult<Ref<List>> {
                split::lines(this, keepends, heap)
            }

            /// What is before the first separator, the separator, and what is after it; all
            /// and twice nothing where there is none.
            fn partition(this: &Object<Self>, vm: &mut Vm, sep: &Value) -> PyResult<Ref<Tuple>> {
                split::partitioned(this, sep, false, $mutable, vm)
            }

            /// What is before the last separator, the separator, and what is after it; twice
            /// nothing and all where there is none.
            fn rpartition(this: &Object<Self>, vm: &mut Vm, sep: &Value) -> PyResult<Ref<Tuple>> {
                split::partitioned(this, sep, true, $mutable, vm)
            }

            /// The bytes of all bytes-like objects in the iterable, with these between them.
            fn join(this: &Object<Self>, vm: &mut Vm, iterable_of_bytes: &Value) -> PyResult {
                split::join(this, iterable_of_bytes, $mutable, vm)
            }

            /// The bytes in the middle of a field of that width, filled with the byte.
            #[signature = "(width, fillchar=b' ', /)"]
            fn center(this: &Object<Self>, heap: &mut Heap, width: isize, #[default(Fill(b' '))] fillchar: Fill) -> PyResult {
                shared::justified(this, Align::Center, width, fillchar, heap)
            }

            /// The bytes at the left of a field of that width, filled with the byte.
            #[signature = "(width, fillchar=b' ', /)"]
            fn ljust(this: &Object<Self>, heap: &mut Heap, width: isize, #[default(Fill(b' '))] fillchar: Fill) -> PyResult {
                shared::justified(this, Align::Left, width, fillchar, heap)
            }

            /// The bytes at the right of a field of that width, filled with the byte.
            #[signature = "(width, fillchar=b' ', /)"]
            fn rjust(this: &Object<Self>, heap: &mut Heap, width: isize, #[default(Fill(b' '))] fillchar: Fill) -> PyResult {
                shared::justified(this, Align::Right, width, fillchar, heap)
            }

            /// A number's digits filled with zeros on the left, behind a sign. Nothing is cut off.
            fn zfill(this: &Object<Self>, heap: &mut Heap, width: isize) -> PyResult {
                shared::zero_filled(this, width, heap)
            }

            /// A copy with spaces for tabs, up to the next of the columns that are tabsize apart.
            #[signature = "(tabsize=8)"]
            #[text_signature = "($self, /, tabsize=8)"]
            fn expandtabs(this: &Object<Self>, heap: &mut Heap, tabsize: i32) -> PyResult {
                shared::tabs_expanded(this, tabsize, heap)
            }

            /// A copy without the bytes in delete, the rest replaced by what the table of 256
            /// has for them; None is no table.
            #[signature = "(table, /, delete=b'')"]
            fn translate(this: &Object<Self>, vm: &mut Vm, table: &Value, delete: Option<&Value>) -> PyResult {
                shared::translated(this, table, delete, vm)
            }

            /// A table for translate() that replaces each byte of frm by the one at the same
            /// place in to.
            #[staticmethod]
            #[signature = "(frm, to, /)"]
            #[text_signature = ""]
            fn maketrans(heap: &mut Heap, frm: BufferView, to: BufferView) -> PyResult<Ref<Bytes>> {
                if frm.len() != to.len() {
                    return Err(heap.value_error(format_args!("maketrans arguments must have same length")));
                }
                let table = bytes::translate::make_table(frm.as_slice(heap), to.as_slice(heap));
                Ok(heap.new_bytes(&table)?)
            }

            /// The text that the bytes mean in the encoding.
            ///
            /// The handler of errors is 'strict', which raises a UnicodeDecodeError; 'ignore',
            /// 'replace', or any other that codecs.register_error() knows.
            #[signature = "(encoding='utf-8', errors='strict')"]
            #[text_signature = "($self, /, encoding='utf-8', errors='strict')"]
            fn decode(this: &Object<Self>, vm: &mut Vm, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Ref<Str>> {
                let view = vm.bytes_like(&this.as_value())?;
                vm.decode(view, encoding, errors)
            }

            /// The bytes in hexadecimal digits, with sep between groups of bytes_per_sep counted
            /// from the right, or from the left where it is negative.
            ///
            /// Example:
            /// >>> value = b'\xb9\x01\xef'
            /// >>> value.hex()
            /// 'b901ef'
            /// >>> value.hex(':')
            /// 'b9:01:ef'
            /// >>> value.hex(':', 2)
            /// 'b9:01ef'
            /// >>> value.hex(':', -2)
            /// 'b901:ef'
            #[signature = "(sep=<unrepresentable>, bytes_per_sep=1)"]
            #[text_signature = "($self, /, sep=<unrepresentable>, bytes_per_sep=1)"]
            fn hex(this: &Object<Self>, vm: &mut Vm, sep: Option<&Value>, bytes_per_sep: i32) -> PyResult<Ref<Str>> {
                let separator = shared::held(this, vm, |vm| shared::hex_separator(sep, vm))?;
                let text = bytes::hex::hex(<$class as ByteString>::bytes(this, vm), separator, bytes_per_sep as isize);
                Ok(vm.try_str_from_view(TextView::Ascii(&text))?)
            }

            /// An object of the bytes that a text of hexadecimal digits stands for; spaces may
            /// stand between them.
            #[classmethod]
            fn fromhex(cls: &Object<Type>, vm: &mut Vm, string: &Value) -> PyResult {
                let bytes = shared::from_hex(string, vm)?;
                let result = <$class as ByteString>::make(&bytes, vm)?;
                match std::ptr::eq(cls, <$class as crate::types::PyClass>::type_object()) {
                    true => Ok(result),
                    false => vm.call(&cls.as_value(), &[result]),
                }
            }

            /// A copy with ASCII letters in upper case.
            fn upper(this: &Object<Self>, heap: &mut Heap) -> PyResult {
                <$class as ByteString>::make(&<$class as ByteString>::bytes(this, heap).to_ascii_uppercase(), heap)
            }

            /// A copy with ASCII letters in lower case.
            fn lower(this: &Object<Self>, heap: &mut Heap) -> PyResult {
                <$class as ByteString>::make(&<$class as ByteString>::bytes(this, heap).to_ascii_lowercase(), heap)
            }

            /// A copy with ASCII words beginning in upper case, the rest in lower case.
            fn title(this: &Object<Self>, heap: &mut Heap) -> PyResult {
                <$class as ByteString>::make(&bytes::ascii::title(<$class as ByteString>::bytes(this, heap)), heap)
            }

            /// A copy whose first byte is in upper case and the rest in lower case, as ASCII has it.
            fn capitalize(this: &Object<Self>, heap: &mut Heap) -> PyResult {
                <$class as ByteString>::make(&bytes::ascii::capitalize(<$class as ByteString>::bytes(this, heap)), heap)
            }

            /// A copy with upper and lower case of ASCII letters exchanged.
            fn swapcase(this: &Object<Self>, heap: &mut Heap) -> PyResult {
                <$class as ByteString>::make(&bytes::ascii::swapcase(<$class as ByteString>::bytes(this, heap)), heap)
            }

            /// Whether there are bytes and all are ASCII letters or digits.
            fn isalnum(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_alnum(<$class as ByteString>::bytes(this, heap))
            }

            /// Whether there are bytes and all are ASCII letters.
            fn isalpha(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_alpha(<$class as ByteString>::bytes(this, heap))
            }

            /// Whether all bytes are ASCII.
            fn isascii(this: &Object<Self>, heap: &Heap) -> bool {
                <$class as ByteString>::bytes(this, heap).is_ascii()
            }

            /// Whether there are bytes and all are ASCII digits.
            fn isdigit(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_digit(<$class as ByteString>::bytes(this, heap))
            }

            /// Whether there are cased bytes and all are in lower case.
            fn islower(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_lower(<$class as ByteString>::bytes(this, heap))
            }

            /// Whether there are bytes and all are ASCII whitespace.
            fn isspace(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_space(<$class as ByteString>::bytes(this, heap))
            }

            /// Whether there are cased bytes, in upper case at the start of words and in lower case within.
            fn istitle(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_title(<$class as ByteString>::bytes(this, heap))
            }

            /// Whether there are cased bytes and all are in upper case.
            fn isupper(this: &Object<Self>, heap: &Heap) -> bool {
                bytes::ascii::is_upper(<$class as ByteString>::bytes(this, heap))
            }
        }
    };
}

use super::shared::{
    self, Bound, ByteString, Fill, begins_or_ends, ends_with, find_within, or_minus_one, or_not_found, starts_with,
};
use super::{Bytes, split};
use crate::buffer::BufferView;
use crate::bytearray::ByteArray;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::list::List;
use crate::str::Str;
use crate::str::arguments::limit;
use crate::text::pad::Align;
use crate::text::search::trim::Sides;
use crate::text::{TextView, bytes, search};
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Heap, Vm};

byte_string_methods!(Bytes, false);
byte_string_methods!(ByteArray, true);
