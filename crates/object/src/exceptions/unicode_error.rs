//! `UnicodeEncodeError`, `UnicodeDecodeError` and `UnicodeTranslateError`: which part of what could not be converted, and
//! why. They share a native half; `UnicodeError`, their base, has none of its own.

use super::fields::{object_field, wrong_count};
use super::{BaseException, ExceptionFields, UNICODE_ERROR, base};
use crate::bytes::Bytes;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::int::IntView;
use crate::native::{ConstDef, GetSetDef, MemberDef};
use crate::ops::join::join;
use crate::str::Str;
use crate::support::{concat_members, total_members};
use crate::types::create;
use crate::types::slots::{InitFn, UnaryFn};
use crate::types::{NativeLayout, Slots, Type, TypeDef, static_class, type_flag};
use crate::{Heap, Vm};

/// The native half of the three.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct UnicodeError {
    base: BaseException,
    encoding: HeapCell<Option<Value>>,
    object: HeapCell<Option<Value>>,
    start: HeapCell<isize>,
    end: HeapCell<isize>,
    reason: HeapCell<Option<Value>>,
}

static LAYOUT: NativeLayout = NativeLayout::of::<UnicodeError>();

/// The members of a class, its own `__new__` first.
macro_rules! members {
    ($class:ident) => {{
        static NEW: ConstDef =
            ConstDef { name: "__new__", value: |heap| Ok(heap.new_native_function(&create::NEW, $class.to_value(), None)) };
        const BLOCKS: &[&[MemberDef]] = &[&[MemberDef::Const(&NEW)], FIELDS];
        static TABLE: [MemberDef; total_members(BLOCKS)] = concat_members(BLOCKS);
        &TABLE
    }};
}

const fn kind(def: &'static TypeDef, init: InitFn, str: UnaryFn) -> Static<Type> {
    Static::new_class_like(def, &LAYOUT, &raw const UNICODE_ENCODE_ERROR, Slots::new().with_init(init).with_str(str))
}

const fn definition(name: &'static str, doc: &'static str, members: &'static [MemberDef]) -> TypeDef {
    TypeDef {
        name,
        module: "builtins",
        full_name: name,
        doc: Some(doc),
        base: Some(&UNICODE_ERROR),
        also: None,
        members,
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT,
    }
}

static_class! {
    /// `UnicodeEncodeError`.
    pub UNICODE_ENCODE_ERROR: UnicodeError = {
        name: "UnicodeEncodeError",
        doc: "Unicode encoding error.",
        base: Some(&UNICODE_ERROR),
        layout: &LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT,
        members: members!(UNICODE_ENCODE_ERROR),
        slots: Slots::new().with_init(init_encode).with_str(str_encode),
    }
}

/// `UnicodeDecodeError`.
pub static UNICODE_DECODE_ERROR: Static<Type> = {
    static DEF: TypeDef = definition("UnicodeDecodeError", "Unicode decoding error.", members!(UNICODE_DECODE_ERROR));
    kind(&DEF, init_decode, str_decode)
};

/// `UnicodeTranslateError`.
pub static UNICODE_TRANSLATE_ERROR: Static<Type> = {
    static DEF: TypeDef = definition("UnicodeTranslateError", "Unicode translation error.", members!(UNICODE_TRANSLATE_ERROR));
    kind(&DEF, init_translate, str_translate)
};

impl ExceptionFields for UnicodeError {
    fn with(base: BaseException) -> UnicodeError {
        let empty = || HeapCell::new(None);
        UnicodeError { base, encoding: empty(), object: empty(), start: HeapCell::new(0), end: HeapCell::new(0), reason: empty() }
    }
}

fn unicode_error(value: &Value) -> &Object<UnicodeError> {
    value.downcast::<UnicodeError>().expect("the slot belongs to Unicode errors")
}

fn set_index(vm: &mut Vm, field: &HeapCell<isize>, value: Option<&Value>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error(format_args!("can't delete numeric/char attribute")));
    };
    if value.as_int().is_none() {
        return Err(vm.type_error(format_args!("an integer is required")));
    }
    let index = vm.index_isize(value)?;
    field.set(index, vm);
    Ok(())
}

static START: GetSetDef = GetSetDef {
    name: "start",
    doc: Some("exception start"),
    get: |vm, this| {
        let start = unicode_error(this).start.get(vm);
        Ok(vm.int(start as i64))
    },
    set: Some(|vm, this, value| set_index(vm, &unicode_error(this).start, value)),
    is_member: true,
};
static END: GetSetDef = GetSetDef {
    name: "end",
    doc: Some("exception end"),
    get: |vm, this| {
        let end = unicode_error(this).end.get(vm);
        Ok(vm.int(end as i64))
    },
    set: Some(|vm, this, value| set_index(vm, &unicode_error(this).end, value)),
    is_member: true,
};
const FIELDS: &[MemberDef] = &[
    object_field!(UnicodeError, encoding, "encoding", "exception encoding"),
    object_field!(UnicodeError, object, "object", "exception object"),
    MemberDef::GetSet(&START),
    MemberDef::GetSet(&END),
    object_field!(UnicodeError, reason, "reason", "exception reason"),
];

/// The fields as `__init__` takes them.
struct Fields {
    encoding: Option<Value>,
    object: Value,
    start: isize,
    end: isize,
    reason: Value,
}

impl UnicodeError {
    fn fill(&self, fields: Fields, heap: &mut Heap) {
        if fields.encoding.is_some() {
            self.encoding.set(fields.encoding, heap);
        }
        self.object.set(Some(fields.object), heap);
        self.start.set(fields.start, heap);
        self.end.set(fields.end, heap);
        self.reason.set(Some(fields.reason), heap);
    }
}

fn text_argument(vm: &mut Vm, args: Args<'_>, index: usize) -> PyResult {
    let value = args.get(index).expect("the arguments were counted").to_owned();
    if value.is_instance_of::<Str>() {
        return Ok(value);
    }
    let kind = if value.is_none() { "None".to_owned() } else { vm.type_name(&value) };
    Err(vm.type_error(format_args!("argument {} must be str, not {kind}", index + 1)))
}

fn index_argument(vm: &mut Vm, args: Args<'_>, index: usize) -> PyResult<isize> {
    let int = vm.index(&args.get(index).expect("the arguments were counted"))?;
    match int.as_int() {
        Some(IntView::Small(number)) => Ok(number as isize),
        _ => Err(vm.overflow_error(format_args!("Python int too large to convert to C ssize_t"))),
    }
}

/// The bytes of a buffer; `bytes` themselves.
fn bytes_argument(vm: &mut Vm, value: &Value) -> PyResult {
    if value.is_instance_of::<Bytes>() {
        return Ok(value.clone());
    }
    let view = vm.buffer(value, 0)?;
    Ok(vm.bytes_of_view(&view)?.into())
}

fn begin(vm: &mut Vm, this: &Value, args: Args<'_>, wanted: usize) -> PyResult<()> {
    base::init(vm, this, args)?;
    if args.len() == wanted { Ok(()) } else { Err(wrong_count(vm, "", wanted, args.len())) }
}

fn init_encode(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    begin(vm, this, args, 5)?;
    let fields = Fields {
        encoding: Some(text_argument(vm, args, 0)?),
        object: text_argument(vm, args, 1)?,
        start: index_argument(vm, args, 2)?,
        end: index_argument(vm, args, 3)?,
        reason: text_argument(vm, args, 4)?,
    };
    unicode_error(this).fill(fields, vm);
    Ok(())
}

fn init_decode(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    begin(vm, this, args, 5)?;
    let encoding = text_argument(vm, args, 0)?;
    let (start, end) = (index_argument(vm, args, 2)?, index_argument(vm, args, 3)?);
    let reason = text_argument(vm, args, 4)?;
    let object = bytes_argument(vm, &args.get(1).expect("the arguments were counted"))?;
    unicode_error(this).fill(Fields { encoding: Some(encoding), object, start, end, reason }, vm);
    Ok(())
}

fn init_translate(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    begin(vm, this, args, 4)?;
    let fields = Fields {
        encoding: None,
        object: text_argument(vm, args, 0)?,
        start: index_argument(vm, args, 1)?,
        end: index_argument(vm, args, 2)?,
        reason: text_argument(vm, args, 3)?,
    };
    unicode_error(this).fill(fields, vm);
    Ok(())
}

/// A character as messages escape it.
fn escaped(point: u32) -> String {
    match point {
        0..0x100 => format!("\\x{point:02x}"),
        0x100..0x1_0000 => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}

/// What the three kinds of messages have in common: the text up to the position, by what the one wrong item is or that
/// there are several.
struct Wording {
    one: fn(u32) -> String,
    several: &'static str,
    encoding: bool,
    bytes: bool,
}

fn describe(vm: &mut Vm, this: &Value, wording: &Wording) -> PyResult {
    let error = unicode_error(this);
    if error.object.borrow(vm).is_none() {
        return Ok(vm.new_str("").into());
    }
    let or_none = |value: Option<Value>| value.unwrap_or_else(Value::none);
    let reason = error.reason.get(vm);
    let reason = vm.str(&or_none(reason))?;
    let encoding = match wording.encoding {
        true => {
            let encoding = error.encoding.get(vm);
            let encoding = vm.str(&or_none(encoding))?;
            join!(vm, "'", &encoding, "' codec ")?
        }
        false => vm.new_str(""),
    };
    // The calls above may have changed the object.
    let object = error.object.get(vm);
    let (start, end) = (error.start.get(vm), error.end.get(vm));
    let wrong = if wording.bytes { wrong_byte(vm, object, start, end)? } else { wrong_character(vm, object, start, end)? };
    let what = match wrong {
        Some(wrong) => format!("{} in position {start}: ", (wording.one)(wrong)),
        None => format!("{} in position {start}-{}: ", wording.several, end.wrapping_sub(1)),
    };
    Ok(join!(vm, &encoding, &what, &reason)?.into())
}

fn single(start: isize, end: isize, len: usize) -> Option<usize> {
    let index = usize::try_from(start).ok()?;
    (index < len && end == start + 1).then_some(index)
}

fn wrong_attribute(vm: &mut Vm, object: Option<&Value>, kind: &str) -> Raised {
    match object {
        None => vm.type_error(format_args!("UnicodeError 'object' attribute is not set")),
        Some(_) => vm.type_error(format_args!("UnicodeError 'object' attribute must be a {kind}")),
    }
}

fn wrong_character(vm: &mut Vm, object: Option<Value>, start: isize, end: isize) -> PyResult<Option<u32>> {
    match object.as_ref().and_then(|object| object.downcast::<Str>()) {
        Some(text) => Ok(single(start, end, text.len()).map(|index| text.view().get(index))),
        None => Err(wrong_attribute(vm, object.as_ref(), "string")),
    }
}

fn wrong_byte(vm: &mut Vm, object: Option<Value>, start: isize, end: isize) -> PyResult<Option<u32>> {
    match object.as_ref().and_then(|object| object.downcast::<Bytes>()) {
        Some(bytes) => Ok(single(start, end, bytes.len()).map(|index| u32::from(bytes.as_slice()[index]))),
        None => Err(wrong_attribute(vm, object.as_ref(), "bytes")),
    }
}

fn str_encode(vm: &mut Vm, this: &Value) -> PyResult {
    let one = |point| format!("can't encode character '{}'", escaped(point));
    describe(vm, this, &Wording { one, several: "can't encode characters", encoding: true, bytes: false })
}

fn str_decode(vm: &mut Vm, this: &Value) -> PyResult {
    let one = |byte| format!("can't decode byte 0x{byte:02x}");
    describe(vm, this, &Wording { one, several: "can't decode bytes", encoding: true, bytes: true })
}

fn str_translate(vm: &mut Vm, this: &Value) -> PyResult {
    let one = |point| format!("can't translate character '{}'", escaped(point));
    describe(vm, this, &Wording { one, several: "can't translate characters", encoding: false, bytes: false })
}

impl UnicodeError {
    /// `encoding`.
    pub fn encoding(&self, heap: &Heap) -> Option<Value> {
        self.encoding.get(heap)
    }

    /// `object`: the string or bytes that were being converted.
    pub fn object(&self, heap: &Heap) -> Option<Value> {
        self.object.get(heap)
    }

    /// `reason`.
    pub fn reason(&self, heap: &Heap) -> Option<Value> {
        self.reason.get(heap)
    }

    /// `start` and `end`, brought into an object of `len` items (`_PyUnicodeError_GetParams`).
    pub fn range(&self, len: usize, heap: &Heap) -> std::ops::Range<usize> {
        let (start, end) = (self.start.get(heap).max(0) as usize, self.end.get(heap).max(1) as usize);
        start.min(len.saturating_sub(1))..end.min(len)
    }
}

impl Heap {
    fn new_unicode_error(&mut self, class: &'static Static<Type>, fields: Fields) -> Ref<BaseException> {
        let (start, end) = (self.int(fields.start as i64), self.int(fields.end as i64));
        let mut args: Vec<Value> = fields.encoding.clone().into_iter().collect();
        args.extend([fields.object.clone(), start, end, fields.reason.clone()]);
        let exception = self.new_exception(class, args);
        if let Some(error) = exception.as_value().downcast::<UnicodeError>() {
            error.fill(fields, self);
        }
        exception
    }

    /// A `UnicodeEncodeError`.
    pub fn new_unicode_encode_error(
        &mut self,
        encoding: &str,
        object: &Object<Str>,
        range: std::ops::Range<usize>,
        reason: &str,
    ) -> Ref<BaseException> {
        let (encoding, reason) = (Some(self.new_str(encoding).into()), self.new_str(reason).into());
        let (start, end) = (range.start as isize, range.end as isize);
        self.new_unicode_error(&UNICODE_ENCODE_ERROR, Fields { encoding, object: object.to_value(), start, end, reason })
    }

    /// Raises a `UnicodeEncodeError`.
    #[cold]
    pub fn unicode_encode_error(
        &mut self,
        encoding: &str,
        object: &Object<Str>,
        range: std::ops::Range<usize>,
        reason: &str,
    ) -> Raised {
        let error = self.new_unicode_encode_error(encoding, object, range, reason);
        self.raise(error)
    }

    /// A `UnicodeDecodeError`; `object` is `bytes`.
    pub fn new_unicode_decode_error(
        &mut self,
        encoding: &str,
        object: Value,
        range: std::ops::Range<usize>,
        reason: &str,
    ) -> Ref<BaseException> {
        let (encoding, reason) = (Some(self.new_str(encoding).into()), self.new_str(reason).into());
        let (start, end) = (range.start as isize, range.end as isize);
        self.new_unicode_error(&UNICODE_DECODE_ERROR, Fields { encoding, object, start, end, reason })
    }

    /// Raises a `UnicodeDecodeError`; `object` is `bytes`.
    #[cold]
    pub fn unicode_decode_error(&mut self, encoding: &str, object: Value, range: std::ops::Range<usize>, reason: &str) -> Raised {
        let error = self.new_unicode_decode_error(encoding, object, range, reason);
        self.raise(error)
    }

    /// A `UnicodeTranslateError`.
    pub fn new_unicode_translate_error(
        &mut self,
        object: &Object<Str>,
        range: std::ops::Range<usize>,
        reason: &str,
    ) -> Ref<BaseException> {
        let (start, end, reason) = (range.start as isize, range.end as isize, self.new_str(reason).into());
        self.new_unicode_error(&UNICODE_TRANSLATE_ERROR, Fields { encoding: None, object: object.to_value(), start, end, reason })
    }

    /// Raises the error of the strict UTF-8 encoder for a string with lone surrogates: about the first run of them.
    #[cold]
    pub fn surrogates_not_allowed(&mut self, string: &Object<Str>) -> Raised {
        let is_surrogate = |point: &u32| (0xD800..0xE000).contains(point);
        let start = string.view().code_points().position(|point| is_surrogate(&point)).unwrap_or(0);
        let run = string.view().code_points().skip(start).take_while(is_surrogate).count().max(1);
        self.unicode_encode_error("utf-8", string, start..start + run, "surrogates not allowed")
    }
}
