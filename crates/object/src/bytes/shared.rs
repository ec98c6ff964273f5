//! What `bytes` and `bytearray` have in common: the trait of both, the arguments of their methods, the methods' bodies.

use std::ops::Range;

use super::Bytes;
use crate::arguments::Argument;
use crate::buffer::{BufferView, ByteStore};
use crate::bytearray::ByteArray;
use crate::convert::FromArg;
use crate::core::object::Object;
use crate::core::value::{Value, ValueRef};
use crate::errors::{PyResult, Raised};
use crate::native::Effects;
use crate::sequence::is_index;
use crate::str::arguments::{SearchBound, search_span};
use crate::text::pad::{self, Align};
use crate::text::search::trim::{self, Sides, UnitSet};
use crate::text::search::{self, SizeError};
use crate::tuple::Tuple;
use crate::types::PyClass;
use crate::{Heap, Vm};

/// `bytes` or `bytearray`.
pub(crate) trait ByteString: PyClass {
    /// The bytes.
    fn bytes<'a>(this: &'a Object<Self>, heap: &'a Heap) -> &'a [u8];
    /// A new object of the plain class.
    fn make(bytes: &[u8], heap: &mut Heap) -> PyResult;
    /// The bytes in `range`: the object itself where that is all of it and it cannot change.
    fn part(this: &Object<Self>, range: Range<usize>, heap: &mut Heap) -> PyResult;
    /// Keeps a bytearray from being resized as long as the result lives.
    fn hold(this: &Object<Self>) -> Option<BufferView>;
}

impl ByteString for Bytes {
    fn hold(_: &Object<Bytes>) -> Option<BufferView> {
        None
    }

    fn bytes<'a>(this: &'a Object<Bytes>, _: &'a Heap) -> &'a [u8] {
        this.as_slice()
    }

    fn make(bytes: &[u8], heap: &mut Heap) -> PyResult {
        Ok(heap.new_bytes(bytes)?.into())
    }

    fn part(this: &Object<Bytes>, range: Range<usize>, heap: &mut Heap) -> PyResult {
        Ok(match range.len() == this.len() {
            true => heap.plain_bytes(this)?.into(),
            false => heap.new_bytes(&this.as_slice()[range])?.into(),
        })
    }
}

impl ByteString for ByteArray {
    fn hold(this: &Object<ByteArray>) -> Option<BufferView> {
        Some(BufferView::of_store(this, |array| &array.store, false))
    }

    fn bytes<'a>(this: &'a Object<ByteArray>, heap: &'a Heap) -> &'a [u8] {
        this.as_slice(heap)
    }

    fn make(bytes: &[u8], heap: &mut Heap) -> PyResult {
        Ok(heap.new_bytearray(bytes)?.into())
    }

    fn part(this: &Object<ByteArray>, range: Range<usize>, heap: &mut Heap) -> PyResult {
        let store = ByteStore::from_slice(&this.as_slice(heap)[range])?;
        Ok(heap.alloc(ByteArray { store }).into())
    }
}

/// All of the object, unchanged.
pub(crate) fn whole<T: ByteString>(this: &Object<T>, heap: &mut Heap) -> PyResult {
    let len = T::bytes(this, heap).len();
    T::part(this, 0..len, heap)
}

/// What an algorithm makes of the bytes; `None` where it changes nothing.
pub(crate) fn changed<T: ByteString>(this: &Object<T>, bytes: Option<Vec<u8>>, heap: &mut Heap) -> PyResult {
    match bytes {
        Some(bytes) => T::make(&bytes, heap),
        None => whole(this, heap),
    }
}

/// As [`changed`], for algorithms whose result may be too long.
fn sized<T: ByteString>(
    this: &Object<T>,
    result: Result<Option<Vec<u8>>, SizeError>,
    too_long: &str,
    heap: &mut Heap,
) -> PyResult {
    match result {
        Ok(bytes) => changed(this, bytes, heap),
        Err(error) => Err(heap.size_error(error, too_long)),
    }
}

/// The byte that an int stands for; `None` where it is none.
pub(crate) fn byte_of(value: &Value, vm: &mut Vm) -> PyResult<Option<u8>> {
    if let Some(small) = value.as_small_int() {
        return Ok(u8::try_from(small).ok());
    }
    let index = vm.index_clipped(value)?;
    Ok(u8::try_from(index).ok())
}

/// A byte as an item of a bytearray.
pub(crate) struct Byte(pub u8);

impl FromArg<'_> for Byte {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Byte> {
        match byte_of(&value, vm)? {
            Some(byte) => Ok(Byte(byte)),
            None => Err(not_a_byte(vm)),
        }
    }
}

#[cold]
pub(crate) fn not_a_byte(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("byte must be in range(0, 256)"))
}

/// What methods like `find` look for: bytes, or one byte as an int.
pub(crate) enum Needle {
    Byte([u8; 1]),
    View(BufferView),
}

impl Needle {
    pub fn as_slice<'a>(&'a self, heap: &'a Heap) -> &'a [u8] {
        match self {
            Needle::Byte(byte) => byte,
            Needle::View(view) => view.as_slice(heap),
        }
    }
}

impl Needle {
    /// What an argument stands for.
    fn of(value: &Value, vm: &mut Vm) -> PyResult<Needle> {
        if vm.has_buffer(value) {
            return vm.bytes_like(value).map(Needle::View);
        }
        if !is_index(value) {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("argument should be integer or bytes-like object, not '{kind}'")));
        }
        match byte_of(value, vm)? {
            Some(byte) => Ok(Needle::Byte([byte])),
            None => Err(not_a_byte(vm)),
        }
    }
}

/// The byte that fills in `center` and its like.
pub(crate) struct Fill(pub u8);

impl FromArg<'_> for Fill {
    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<Fill> {
        let (bytes, kind) = if let Some(bytes) = value.downcast::<Bytes>() {
            (bytes.as_slice(), "bytes")
        } else if let Some(array) = value.downcast::<ByteArray>() {
            (array.as_slice(vm), "bytearray")
        } else {
            return Err(argument.must_be("a byte string of length 1", &value, vm));
        };
        match bytes {
            [byte] => Ok(Fill(*byte)),
            _ => {
                let (what, len) = (argument.describe().replacen("() ", "(): ", 1), bytes.len());
                Err(vm.type_error(format_args!("{what} must be a byte string of length 1, not a {kind} object of length {len}")))
            }
        }
    }
}

/// Bounds of a search.
pub(crate) type Bound = Option<SearchBound>;

/// Runs what may run Python code while a bytearray cannot be resized.
pub(crate) fn held<T: ByteString, R>(this: &Object<T>, vm: &mut Vm, body: impl FnOnce(&mut Vm) -> R) -> R {
    let _hold = T::hold(this);
    body(vm)
}

/// Finds within the bounds, by one of the two directions.
pub(crate) fn find_within<T: ByteString>(
    this: &Object<T>,
    (sub, start, end): (&Value, Bound, Bound),
    find: fn(&[u8], &[u8]) -> Option<usize>,
    vm: &mut Vm,
) -> PyResult<Option<usize>> {
    let sub = held(this, vm, |vm| Needle::of(sub, vm))?;
    let bytes = T::bytes(this, vm);
    let Some(span) = search_span(bytes.len(), start, end) else {
        return Ok(None);
    };
    let from = span.start;
    Ok(find(&bytes[span], sub.as_slice(vm)).map(|at| from + at))
}

pub(crate) fn or_minus_one(position: Option<usize>) -> isize {
    position.map_or(-1, |position| position as isize)
}

pub(crate) fn or_not_found(position: Option<usize>, heap: &mut Heap) -> PyResult<usize> {
    position.ok_or_else(|| heap.value_error(format_args!("subsection not found")))
}

pub(crate) fn count<T: ByteString>(this: &Object<T>, (sub, start, end): (&Value, Bound, Bound), vm: &mut Vm) -> PyResult<usize> {
    let sub = held(this, vm, |vm| Needle::of(sub, vm))?;
    let bytes = T::bytes(this, vm);
    let span = search_span(bytes.len(), start, end);
    Ok(span.map_or(0, |span| search::count(&bytes[span], sub.as_slice(vm), usize::MAX)))
}

/// `item in this`.
pub(crate) fn contains<T: ByteString>(this: &Object<T>, item: &Value, vm: &mut Vm) -> PyResult<bool> {
    if is_index(item) {
        return match held(this, vm, |vm| byte_of(item, vm))? {
            Some(byte) => Ok(memchr::memchr(byte, T::bytes(this, vm)).is_some()),
            None => Err(not_a_byte(vm)),
        };
    }
    let view = held(this, vm, |vm| vm.bytes_like(item))?;
    Ok(search::find(T::bytes(this, vm), view.as_slice(vm)).is_some())
}

/// Whether the first bytes begin, or end, with the second ones.
type Holds = fn(&[u8], &[u8]) -> bool;

/// `startswith` and `endswith`: one or a tuple of them.
pub(crate) fn begins_or_ends<T: ByteString>(
    this: &Object<T>,
    (wanted, start, end): (&Value, Bound, Bound),
    (name, holds): (&str, Holds),
    vm: &mut Vm,
) -> PyResult<bool> {
    let matches = |wanted: &Value, vm: &mut Vm| -> PyResult<bool> {
        let view = vm.bytes_like(wanted)?;
        let bytes = T::bytes(this, vm);
        Ok(search_span(bytes.len(), start, end).is_some_and(|span| holds(&bytes[span], view.as_slice(vm))))
    };
    if let Some(all) = wanted.downcast::<Tuple>() {
        for one in all.as_slice() {
            if matches(one, vm)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if !vm.has_buffer(wanted) {
        let kind = vm.type_name(wanted);
        return Err(vm.type_error(format_args!("{name} first arg must be bytes or a tuple of bytes, not {kind}")));
    }
    matches(wanted, vm)
}

pub(crate) fn starts_with(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.starts_with(prefix)
}

pub(crate) fn ends_with(bytes: &[u8], suffix: &[u8]) -> bool {
    bytes.ends_with(suffix)
}

/// Takes whitespace, or the given bytes, off the ends.
pub(crate) fn stripped<T: ByteString>(this: &Object<T>, unwanted: Option<&Value>, sides: Sides, vm: &mut Vm) -> PyResult {
    let kept = match unwanted {
        None => trim::strip(T::bytes(this, vm), sides, crate::text::bytes::ascii::is_space_byte),
        Some(unwanted) => {
            let unwanted = vm.bytes_like(unwanted)?;
            let set = UnitSet::new(unwanted.as_slice(vm));
            trim::strip(T::bytes(this, vm), sides, |byte| set.contains(byte))
        }
    };
    T::part(this, kept, vm)
}

pub(crate) fn without_prefix<T: ByteString>(this: &Object<T>, prefix: &BufferView, heap: &mut Heap) -> PyResult {
    let (bytes, prefix) = (T::bytes(this, heap), prefix.as_slice(heap));
    let (start, end) = (if bytes.starts_with(prefix) { prefix.len() } else { 0 }, bytes.len());
    T::part(this, start..end, heap)
}

pub(crate) fn without_suffix<T: ByteString>(this: &Object<T>, suffix: &BufferView, heap: &mut Heap) -> PyResult {
    let (bytes, suffix) = (T::bytes(this, heap), suffix.as_slice(heap));
    let end = bytes.len() - if bytes.ends_with(suffix) { suffix.len() } else { 0 };
    T::part(this, 0..end, heap)
}

pub(crate) fn replaced<T: ByteString>(
    this: &Object<T>,
    (old, new): (&BufferView, &BufferView),
    max: usize,
    heap: &mut Heap,
) -> PyResult {
    let result = search::replace(T::bytes(this, heap), old.as_slice(heap), new.as_slice(heap), max);
    sized(this, result, "replace bytes is too long", heap)
}

pub(crate) fn justified<T: ByteString>(this: &Object<T>, align: Align, width: isize, fill: Fill, heap: &mut Heap) -> PyResult {
    let result = pad::justify(T::bytes(this, heap), align, width, fill.0);
    sized(this, result, "padded bytes are too long", heap)
}

pub(crate) fn zero_filled<T: ByteString>(this: &Object<T>, width: isize, heap: &mut Heap) -> PyResult {
    let result = pad::zero_fill(T::bytes(this, heap), width);
    sized(this, result, "padded bytes are too long", heap)
}

pub(crate) fn tabs_expanded<T: ByteString>(this: &Object<T>, tab_size: i32, heap: &mut Heap) -> PyResult {
    let result = pad::expand_tabs(T::bytes(this, heap), tab_size as isize).map(Some);
    sized(this, result, "result too long", heap)
}

/// `translate(table, delete)`.
pub(crate) fn translated<T: ByteString>(this: &Object<T>, table: &Value, delete: Option<&Value>, vm: &mut Vm) -> PyResult {
    let table = match table.is_none() {
        true => None,
        false => Some(vm.bytes_like(table)?),
    };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(vm.value_error(format_args!("translation table must be 256 characters long")));
    }
    let delete = delete.map(|delete| vm.bytes_like(delete)).transpose()?;
    let table: Option<&[u8; 256]> = table.as_ref().and_then(|table| table.as_slice(vm).try_into().ok());
    let delete = delete.as_ref().map_or(&[][..], |delete| delete.as_slice(vm));
    let result = crate::text::bytes::translate::translate(T::bytes(this, vm), table, delete);
    changed(this, result, vm)
}

/// The separator of `hex`: text or bytes of length one, ASCII.
pub fn hex_separator(separator: Option<&Value>, vm: &mut Vm) -> PyResult<Option<u8>> {
    let Some(separator) = separator else {
        return Ok(None);
    };
    if vm.len(separator)? != 1 {
        return Err(vm.value_error(format_args!("sep must be length 1.")));
    }
    let byte = if let Some(text) = separator.downcast::<crate::str::Str>() {
        u8::try_from(text.view().get(0)).unwrap_or(0xFF)
    } else if let Some(bytes) = separator.downcast::<Bytes>() {
        bytes.as_slice()[0]
    } else {
        return Err(vm.type_error(format_args!("sep must be str or bytes.")));
    };
    match byte.is_ascii() {
        true => Ok(Some(byte)),
        false => Err(vm.value_error(format_args!("sep must be ASCII."))),
    }
}

/// The bytes that a text of hexadecimal digits stands for.
pub(crate) fn from_hex(text: &Value, vm: &mut Vm) -> PyResult<Vec<u8>> {
    use crate::text::bytes::hex;
    let result = if let Some(text) = text.downcast::<crate::str::Str>() {
        hex::from_hex_text(text.view())
    } else if vm.has_buffer(text) {
        let view = vm.bytes_like(text)?;
        hex::from_hex(view.as_slice(vm))
    } else {
        let kind = vm.type_name(text);
        return Err(vm.type_error(format_args!("fromhex() argument must be str or bytes-like, not {kind}")));
    };
    result.map_err(|error| vm.value_error(format_args!("{}", error.message())))
}
