//! The operators of `str`: comparison, hash, concatenation, repetition, items; its constructor.

use pvm_macros::pymethods;

use super::{STR_TYPE, Str};
use crate::arguments::{Argument, Owner, ParamDef, Signature};
use crate::convert::FromArg;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::{Value, ValueRef};
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::ops::CompareOp;
use crate::slice::Slice;
use crate::text::strings;
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Heap, Vm};

impl Str {
    /// `left op right` of two strings.
    #[inline]
    pub fn compare(left: &Object<Str>, right: &Object<Str>, op: CompareOp) -> bool {
        match op {
            CompareOp::Eq => left.same_text(right),
            CompareOp::Ne => !left.same_text(right),
            _ => op.holds(left.view().cmp(&right.view())),
        }
    }

    /// The character at a position as a string.
    #[inline]
    pub fn char_at(this: &Object<Str>, index: usize, heap: &mut Heap) -> PyResult<Ref<Str>> {
        if index >= this.len() {
            return Err(Str::out_of_range(heap));
        }
        Ok(heap.str_of_char(this.view().get(index))?)
    }

    #[cold]
    fn out_of_range(heap: &mut Heap) -> Raised {
        heap.index_error(format_args!("string index out of range"))
    }

    /// What a slice selects.
    fn sliced(this: &Object<Str>, slice: &Object<Slice>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let range = slice.bounds(vm)?.of(this.len());
        if let Some(range) = range.as_range() {
            return Ok(vm.str_slice(this, range)?);
        }
        let view = this.view();
        if this.is_ascii() {
            let picked: Vec<u8> = range.positions().map(|index| view.get(index) as u8).collect();
            return Ok(vm.try_str_from_view(crate::text::TextView::Ascii(&picked))?);
        }
        Ok(vm.str_from_code_points(range.positions().map(|index| view.get(index)))?)
    }
}

static SIGNATURE: Signature = {
    const fn optional(name: &'static str) -> ParamDef {
        ParamDef { name, required: false }
    }
    Signature {
        name: "str",
        owner: Owner::Constructor(&STR_TYPE),
        params: &[optional("object"), optional("encoding"), optional("errors")],
        positional_only: 0,
        positional: 3,
        required_positional: 0,
        required_keywords: 0,
        var_positional: false,
        var_keyword: false,
    }
};

#[pymethods]
impl Str {
    #[new]
    #[text_signature = "($type, *args, **kwargs)"]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Str>> {
        let (len, named) = (args.len(), args.has_keywords());
        if let (Some(object), 1, false) = (args.get(0), len, named)
            && std::ptr::eq(cls, STR_TYPE.get())
        {
            return vm.str(&object);
        }
        if len > 3 && !named && std::ptr::eq(cls, STR_TYPE.get()) {
            // CPython has a faster way for calls by position, with other words.
            return Err(vm.type_error(format_args!("str expected at most 3 arguments, got {len}")));
        }
        let [object, encoding, errors] = SIGNATURE.bind(vm, args)?;
        let mut name = |value: Option<ValueRef<'_>>, index| -> PyResult<Option<String>> {
            value.map(|value| String::from_arg(value, Argument::of(&SIGNATURE, index), vm)).transpose()
        };
        let (encoding, errors) = (name(encoding, 1)?, name(errors, 2)?);
        let text = match object {
            None => super::intern::EMPTY.get().to_ref(),
            Some(object) if encoding.is_none() && errors.is_none() => vm.str(&object)?,
            Some(object) => vm.decode_object(&object, encoding.as_deref(), errors.as_deref())?,
        };
        if std::ptr::eq(cls, STR_TYPE.get()) {
            return Ok(text);
        }
        Ok(vm.str_subclass(cls, &text)?)
    }

    fn __repr__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.str_from_buf(strings::repr::repr(this.view()))?)
    }

    #[slot(str)]
    fn plain(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        Ok(heap.plain_str(this)?)
    }

    fn __hash__(this: &Object<Self>) -> i64 {
        this.hash_code()
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Object<Str>, op: CompareOp) -> bool {
        Str::compare(this, other, op)
    }

    fn __len__(this: &Object<Self>) -> usize {
        this.len()
    }

    fn __getitem__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult<Ref<Str>> {
        if let Some(slice) = key.downcast::<Slice>() {
            return Str::sliced(this, slice, vm);
        }
        if !crate::sequence::is_index(key) {
            let kind = vm.type_name(key);
            return Err(vm.type_error(format_args!("string indices must be integers, not '{kind}'")));
        }
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        let index = if index < 0 { index + this.len() as isize } else { index };
        Str::char_at(this, index as usize, vm)
    }

    #[slot(item)]
    fn item(this: &Object<Self>, heap: &mut Heap, index: isize) -> PyResult<Ref<Str>> {
        Str::char_at(this, index as usize, heap)
    }

    fn __contains__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        match key.downcast::<Str>() {
            Some(needle) => Ok(strings::search::contains(this.view(), needle.view())),
            None => {
                let kind = vm.type_name(key);
                Err(vm.type_error(format_args!("'in <string>' requires string as left operand, not {kind}")))
            }
        }
    }

    #[slot(concat)]
    fn concat(this: &Object<Self>, other: &Value, vm: &mut Vm) -> PyResult<Ref<Str>> {
        match other.downcast::<Str>() {
            Some(other) => Ok(vm.str_concat(this, other)?),
            None => {
                let kind = vm.type_name(other);
                Err(vm.type_error(format_args!("can only concatenate str (not \"{kind}\") to str")))
            }
        }
    }

    #[slot(repeat)]
    fn repeat(this: &Object<Self>, heap: &mut Heap, count: isize) -> PyResult<Ref<Str>> {
        let count = usize::try_from(count).unwrap_or(0);
        if this.len().checked_mul(count).is_none_or(|len| len > isize::MAX as usize) {
            return Err(heap.overflow_error(format_args!("repeated string is too long")));
        }
        Ok(heap.str_repeat(this, count)?)
    }

    fn __mod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match left.downcast::<Str>() {
            Some(format) => vm.percent_format(format, right).map(Value::from),
            None => Ok(Value::not_implemented()),
        }
    }

    /// What copying and pickling call the class with.
    fn __getnewargs__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        let copy = heap.try_str_from_view(this.view())?;
        Ok(heap.try_tuple([copy.into()])?)
    }

    /// The size of the string in memory, in bytes.
    fn __sizeof__(this: &Object<Self>) -> usize {
        this.size_in_memory()
    }
}
