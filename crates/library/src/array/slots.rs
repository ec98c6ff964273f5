//! The operators of `array` and its constructor.

use pvm_interpreter::audit;
use pvm_macros::pymethods;
use pvm_object::buffer::{BufferLayout, BufferView, ByteStore, flags};
use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::Bytes;
use pvm_object::list::List;
use pvm_object::ops::CompareOp;
use pvm_object::sequence::{self, is_index};
use pvm_object::slice::{Slice, SliceRange};
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::tuple::Tuple;
use pvm_object::types::SlotId;
use pvm_object::{Args, Heap, Object, PyClass, PyResult, Raised, Ref, Type, Value, Vm, exceptions};

use super::iterator::ArrayIterator;
use super::{Array, Kind};

/// The error of `PyErr_BadArgument`.
#[cold]
fn bad_argument(heap: &mut Heap) -> Raised {
    heap.type_error(format_args!("bad argument type for built-in operation"))
}

/// The type code that an argument is.
pub fn type_code(value: &Value, what: &str, vm: &mut Vm) -> PyResult<char> {
    let Some(text) = value.downcast::<Str>() else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("{what} must be a unicode character, not {kind}")));
    };
    if text.len() != 1 {
        let len = text.len();
        return Err(vm.type_error(format_args!("{what} must be a unicode character, not a string of length {len}")));
    }
    Ok(char::from_u32(text.view().get(0)).unwrap_or('\0'))
}

/// A new array of a class.
pub fn construct(cls: &Object<Type>, code: char, initial: Option<&Value>, vm: &mut Vm) -> PyResult<Ref<Array>> {
    if code == 'u' {
        vm.warn(&exceptions::DEPRECATION_WARNING, "The 'u' type code is deprecated and will be removed in Python 3.16", 1)?;
    }
    let is_text = matches!(code, 'u' | 'w');
    let other = initial.and_then(|initial| initial.downcast::<Array>());
    if let Some(initial) = initial.filter(|_| !is_text) {
        let of_text = other.is_some_and(|other| other.kind().is_text());
        if initial.is_instance_of::<Str>() || of_text {
            let what = if of_text { "unicode array" } else { "str" };
            return Err(vm.type_error(format_args!("cannot use a {what} to initialize an array with typecode '{code}'")));
        }
    }
    let is_bytes = |value: &Value| value.is_instance_of::<Bytes>() || value.is_instance_of::<ByteArray>();
    let direct = |value: &Value| {
        value.is_instance_of::<List>()
            || value.is_instance_of::<Tuple>()
            || is_bytes(value)
            || is_text && value.is_instance_of::<Str>()
            || other.is_some_and(|other| other.kind().code == code)
    };
    let iterator = match initial {
        Some(initial) if !direct(initial) => Some(vm.iter(initial)?),
        _ => None,
    };
    let Some(kind) = Kind::of(code) else {
        return Err(vm.value_error(format_args!("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)")));
    };
    let array = vm.alloc_as(cls, Array { kind, store: ByteStore::new() });
    if let Some(iterator) = iterator {
        array.extend_from(&iterator, vm)?;
        return Ok(array);
    }
    let Some(initial) = initial else { return Ok(array) };
    if is_bytes(initial) {
        let view = vm.bytes_like(initial)?;
        array.append_view(&view, vm)?;
    } else if let Some(text) = initial.downcast::<Str>() {
        array.append_text(text, vm)?;
    } else if let Some(other) = other {
        let copy = other.store.as_slice(vm).to_vec();
        array.store.extend(&copy, vm)?;
    } else {
        array.append_items(initial, vm)?;
    }
    Ok(array)
}

/// Takes the items of an extended slice out.
fn delete_spread(this: &Object<Array>, range: SliceRange, vm: &mut Vm) -> PyResult<()> {
    let size = this.kind.size;
    let range = range.ascending();
    let own = this.store.as_slice(vm);
    let mut rest = Vec::with_capacity(own.len());
    let mut gone = range.positions().peekable();
    for (position, item) in own.chunks_exact(size).enumerate() {
        if gone.peek() == Some(&position) {
            gone.next();
        } else {
            rest.extend_from_slice(item);
        }
    }
    let all = this.store.len(vm);
    this.store.splice(0..all, &rest, vm)
}

fn set_slice(this: &Object<Array>, slice: &Object<Slice>, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
    let bounds = slice.bounds(vm)?;
    let range = bounds.of(this.len(vm));
    let bytes = match value {
        None => Vec::new(),
        Some(value) => match value.downcast::<Array>() {
            Some(other) if std::ptr::eq(other.kind, this.kind) => other.store.as_slice(vm).to_vec(),
            Some(_) => return Err(bad_argument(vm)),
            None => {
                let kind = vm.type_name(value);
                return Err(vm.type_error(format_args!("can only assign array (not \"{kind}\") to array slice")));
            }
        },
    };
    let size = this.kind.size;
    let needed = bytes.len() / size;
    if needed == 0 || needed != range.len {
        this.check_resizable(vm)?;
    }
    if range.step == 1 {
        return this.store.splice(range.start * size..range.stop.max(range.start) * size, &bytes, vm);
    }
    if needed == 0 {
        return if range.len == 0 { Ok(()) } else { delete_spread(this, range, vm) };
    }
    if needed != range.len {
        let wanted = range.len;
        return Err(vm.value_error(format_args!("attempt to assign array of size {needed} to extended slice of size {wanted}")));
    }
    let own = this.store.as_mut_slice(vm);
    for (position, item) in range.positions().zip(bytes.chunks_exact(size)) {
        own[position * size..][..size].copy_from_slice(item);
    }
    Ok(())
}

/// An array of the same class of items as the operand.
fn operand<'a>(this: &Object<Array>, other: &'a Value, vm: &mut Vm, doing: &str) -> PyResult<&'a Object<Array>> {
    match other.downcast::<Array>() {
        Some(array) if std::ptr::eq(array.kind, this.kind) => Ok(array),
        Some(_) if doing == "extend" => Err(vm.type_error(format_args!("can only extend with array of same kind"))),
        Some(_) => Err(bad_argument(vm)),
        None => {
            let kind = vm.type_name(other);
            Err(match doing {
                "extend" => vm.type_error(format_args!("can only extend array with array (not \"{kind}\")")),
                _ => vm.type_error(format_args!("can only append array (not \"{kind}\") to array")),
            })
        }
    }
}

#[pymethods]
impl Array {
    #[new]
    #[text_signature = ""]
    fn new(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<Ref<Array>> {
        let own = Array::type_object();
        if args.has_keywords() && (std::ptr::eq(cls, own) || cls.slots().same(own.slots(), SlotId::Init)) {
            return Err(vm.type_error(format_args!("array.array() takes no keyword arguments")));
        }
        let given = args.len();
        let Some(code) = args.get(0) else {
            return Err(vm.type_error(format_args!("array() takes at least 1 argument (0 given)")));
        };
        if given > 2 {
            return Err(vm.type_error(format_args!("array() takes at most 2 arguments ({given} given)")));
        }
        let code = type_code(&code, "array() argument 1", vm)?;
        if audit::is_heard(vm) {
            let initial = args.get(1).map_or_else(Value::none, |initial| initial.to_owned());
            let shown = vm.str_of_char(u32::from(code))?.into();
            audit::event(vm, "array.__new__", &[shown, initial])?;
        }
        construct(cls, code, args.get(1).as_deref(), vm)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let mut text = TextBuilder::new();
        text.push_str(&format!("{}('{}'", this.ty().short_name(), this.kind.code));
        if this.len(vm) > 0 {
            let items: Value = if this.kind.is_text() { this.text(vm)?.into() } else { this.list(vm)?.into() };
            let items = vm.repr(&items)?;
            text.push_str(", ");
            text.push_view(items.view());
        }
        text.push_str(")");
        Ok(vm.str_from_builder(text)?)
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        let Some(other) = other.downcast::<Array>() else {
            return Ok(Value::not_implemented());
        };
        if matches!(op, CompareOp::Eq | CompareOp::Ne) {
            if this.len(vm) != other.len(vm) {
                return Ok(Value::from_bool(op == CompareOp::Ne));
            }
            if std::ptr::eq(this.kind, other.kind) && this.kind.is_bitwise() {
                let same = this.store.as_slice(vm) == other.store.as_slice(vm);
                return Ok(Value::from_bool(same == (op == CompareOp::Eq)));
            }
        }
        let mut index = 0;
        while let (Some(left), Some(right)) = (this.word(index, vm), other.word(index, vm)) {
            let same_bits = std::ptr::eq(this.kind, other.kind) && this.kind.is_bitwise() && left == right;
            if !same_bits {
                let (left, right) = ((this.kind.load)(left, vm)?, (other.kind.load)(right, vm)?);
                if !vm.eq(&left, &right)? {
                    return match op {
                        CompareOp::Eq => Ok(Value::from_bool(false)),
                        CompareOp::Ne => Ok(Value::from_bool(true)),
                        _ => vm.rich_compare(&left, &right, op),
                    };
                }
            }
            index += 1;
            vm.poll(1)?;
        }
        Ok(Value::from_bool(op.holds(this.len(vm).cmp(&other.len(vm)))))
    }

    fn __len__(&self, heap: &Heap) -> usize {
        self.len(heap)
    }

    fn __getitem__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult {
        if let Some(slice) = key.downcast::<Slice>() {
            let range = slice.bounds(vm)?.of(this.len(vm));
            let (size, own) = (this.kind.size, this.store.as_slice(vm));
            let picked = match range.as_range() {
                Some(range) => own[range.start * size..range.end * size].to_vec(),
                None => range.positions().flat_map(|position| &own[position * size..][..size]).copied().collect(),
            };
            return Ok(Array::of_bytes(this.kind, &picked, vm)?.into());
        }
        if !is_index(key) {
            return Err(vm.type_error(format_args!("array indices must be integers")));
        }
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        match sequence::position(index, this.len(vm)) {
            Some(position) => this.load(position, vm),
            None => Err(vm.index_error(format_args!("array index out of range"))),
        }
    }

    #[slot(item)]
    fn item(&self, heap: &mut Heap, index: isize) -> PyResult {
        match usize::try_from(index).ok().and_then(|index| self.word(index, heap)) {
            Some(word) => (self.kind.load)(word, heap),
            None => Err(heap.index_error(format_args!("array index out of range"))),
        }
    }

    #[slot(setitem)]
    fn setitem(this: &Object<Self>, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        if let Some(slice) = key.downcast::<Slice>() {
            return set_slice(this, slice, value, vm);
        }
        if !is_index(key) {
            return Err(vm.type_error(format_args!("array indices must be integers")));
        }
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        let outside = |vm: &mut Vm| vm.index_error(format_args!("array assignment index out of range"));
        let Some(position) = sequence::position(index, this.len(vm)) else {
            return Err(outside(vm));
        };
        let size = this.kind.size;
        let Some(value) = value else {
            this.check_resizable(vm)?;
            return this.store.splice(position * size..(position + 1) * size, &[], vm);
        };
        let word = (this.kind.store)(value, vm)?;
        // Converting the value may have changed the size.
        match this.store.as_mut_slice(vm).get_mut(position * size..(position + 1) * size) {
            Some(place) => {
                place.copy_from_slice(&word[..size]);
                Ok(())
            }
            None => Err(outside(vm)),
        }
    }

    fn __contains__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        Ok(this.find(key, 0, usize::MAX, vm)?.is_some())
    }

    #[slot(concat)]
    fn concat(this: &Object<Self>, other: &Value, vm: &mut Vm) -> PyResult<Ref<Array>> {
        let other = operand(this, other, vm, "append")?;
        let bytes = [this.store.as_slice(vm), other.store.as_slice(vm)].concat();
        Array::of_bytes(this.kind, &bytes, vm)
    }

    #[slot(inplace_concat)]
    fn inplace_concat(this: &Object<Self>, other: &Value, vm: &mut Vm) -> PyResult {
        let other = operand(this, other, vm, "extend")?;
        this.append_array(other, vm)?;
        Ok(this.to_value())
    }

    #[slot(repeat)]
    fn repeat(this: &Object<Self>, heap: &mut Heap, count: isize) -> PyResult<Ref<Array>> {
        let store = ByteStore::from_slice(this.store.as_slice(heap))?;
        store.repeat(usize::try_from(count).unwrap_or(0), heap)?;
        Ok(heap.alloc(Array { kind: this.kind, store }))
    }

    #[slot(inplace_repeat)]
    fn inplace_repeat(this: &Object<Self>, heap: &mut Heap, count: isize) -> PyResult {
        if count != 1 && !this.store.is_empty(heap) {
            this.check_resizable(heap)?;
            this.store.repeat(usize::try_from(count).unwrap_or(0), heap)?;
        }
        Ok(this.to_value())
    }

    fn __iter__(this: &Object<Self>, heap: &mut Heap) -> Ref<ArrayIterator> {
        heap.alloc(ArrayIterator::over(this))
    }

    #[slot(buffer)]
    fn buffer(this: &Object<Self>, wanted: u32, heap: &mut Heap) -> BufferView {
        let count = this.len(heap);
        let view = BufferView::of_store(this, |array| &array.store, false);
        match wanted & (flags::FORMAT | flags::ND) {
            0 => view,
            _ => view.with_layout(BufferLayout::items(this.kind.format, this.kind.size, count)),
        }
    }

    #[slot(release_buffer)]
    fn release_buffer(&self, _view: &BufferView) {}
}
