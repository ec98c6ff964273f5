//! What instances of Python classes carry behind their native half: `__slots__`, then the attributes.
//!
//! ```text
//! [header][native half][slot values …][extension][attribute 0][attribute 1] …
//! ```
//! The extension word is 0, a pointer to the instance's dict (owned), or, with its lowest bit set, to a boxed vector of the
//! attributes that have no room in the object. The shape in the header tells which of these holds, and what lies where.
//! Instances of static classes that have a `__dict__` carry the extension alone: 0, with the shape that is their class's
//! number, or the dict.

use std::cell::Cell;

use super::shape::{FIRST_DYNAMIC, Kind, ShapeId, ShapeInfo, UNSHAPED};
use crate::Heap;
use crate::core::header::{Header, flag};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::heap::{HeapState, HeapVec, OutOfMemory};
use crate::str::Str;
use crate::trace::Visitor;
use crate::types::type_object::ATTRS_BEHIND_DATA;

const OVERFLOW: u64 = 1;
type Overflow = HeapVec<Option<Value>>;
type Word = Cell<u64>;

/// The words of an instance's attributes: the extension, then the values.
#[derive(Clone, Copy)]
struct Area(*const Word);

impl Area {
    fn of(header: &Header) -> Option<Area> {
        let class = header.ty();
        let offset = match class.attrs_offset() {
            0 => return None,
            ATTRS_BEHIND_DATA => native_end(header) + class.slots_end() - class.layout().size,
            offset => offset as usize,
        };
        // SAFETY: the class reserved the words behind that offset in each of its instances.
        Some(Area(unsafe { (header as *const Header).byte_add(offset).cast() }))
    }

    fn extension(self) -> &'static Word {
        // SAFETY: the area begins with the extension; it is used while the object is alive.
        unsafe { &*self.0 }
    }

    fn inline(self, index: usize) -> &'static Word {
        // SAFETY: callers keep the index below the shape's count of inline attributes.
        unsafe { &*self.0.add(1 + index) }
    }

    fn dict(self) -> Option<&'static Object<Dict>> {
        let word = self.extension().get();
        // SAFETY: without the low bit the word owns a dict.
        (word != 0 && word & OVERFLOW == 0).then(|| unsafe { &*(word as *const Object<Dict>) })
    }

    fn overflow(self) -> Option<*mut Overflow> {
        let word = self.extension().get();
        (word & OVERFLOW != 0).then_some((word & !OVERFLOW) as *mut Overflow)
    }

    /// The value at a position, as a borrowed word; 0 where there is none.
    fn load(self, info: ShapeInfo, index: usize) -> u64 {
        let inline = info.inline as usize;
        if index < inline {
            return self.inline(index).get();
        }
        // SAFETY: the vector is borrowed for this read only.
        self.overflow()
            .and_then(|items| unsafe { (&(*items)).get(index - inline) }.and_then(Option::as_ref))
            .map_or(0, Value::bits)
    }

    /// Puts a value (or 0) at a position and returns the old one.
    fn store(self, info: ShapeInfo, index: usize, value: Option<Value>) -> Result<Option<Value>, OutOfMemory> {
        let inline = info.inline as usize;
        if index < inline {
            let old = self.inline(index).replace(value.map_or(0, Value::into_bits));
            // SAFETY: a filled word owned its value, which goes to the caller.
            return Ok((old != 0).then(|| unsafe { Value::from_bits(old) }));
        }
        let items = self.overflow().unwrap_or_else(|| {
            let items = Box::into_raw(Box::new(Overflow::new()));
            self.extension().set(items as u64 | OVERFLOW);
            items
        });
        // SAFETY: the vector belongs to this object and is borrowed for this change only.
        let items = unsafe { &mut *items };
        while items.len() <= index - inline {
            items.push(None)?;
        }
        Ok(std::mem::replace(&mut items[index - inline], value))
    }
}

fn info_of(state: &HeapState, shape: ShapeId) -> Option<ShapeInfo> {
    state.shapes.info(shape)
}

/// The shape, where attributes lie at the positions it knows rather than in a dict.
fn inline_info(heap: &Heap, shape: ShapeId) -> Option<ShapeInfo> {
    info_of(heap.state(), shape).filter(|info| info.kind == Kind::Inline)
}

/// The shape of an object as its class is now: one that a change of the class has outdated is replaced.
pub(crate) fn current_shape(heap: &Heap, header: &Header) -> ShapeId {
    let shape = header.shape();
    let Some(info) = info_of(heap.state(), shape) else { return shape };
    if info.valid {
        return shape;
    }
    let class = header.ty();
    let mut current = class.root_shape(heap, info.kind, info.inline);
    if info.kind == Kind::Inline && current != UNSHAPED {
        for key in heap.state().shapes.keys(shape) {
            match heap.state().shapes.with(current, &key) {
                Some(next) => current = next,
                None => return shape,
            }
        }
    }
    if current == UNSHAPED && info.kind == Kind::Inline {
        return shape;
    }
    header.set_shape(current);
    current
}

/// Where an attribute lies in the object, in bytes from its start, where it lies there at a fixed place.
pub fn inline_offset(heap: &Heap, header: &Header, name: &Object<Str>) -> Option<usize> {
    let class = header.ty();
    if class.attrs_offset() == 0 || class.attrs_offset() == ATTRS_BEHIND_DATA {
        return None;
    }
    let shape = current_shape(heap, header);
    let info = info_of(heap.state(), shape)?;
    let index = heap.state().shapes.find(shape, name)?;
    (info.kind == Kind::Inline && index < info.inline as usize).then(|| class.attrs_offset() as usize + 8 * (1 + index))
}

/// The shape an object gets by a new attribute and the byte offset of its place, where it lies in the object itself.
pub fn inline_growth(heap: &Heap, header: &Header, name: &Object<Str>) -> Option<(ShapeId, usize)> {
    let class = header.ty();
    if class.attrs_offset() == 0 || class.attrs_offset() == ATTRS_BEHIND_DATA {
        return None;
    }
    let shape = current_shape(heap, header);
    let info = info_of(heap.state(), shape)?;
    if info.kind != Kind::Inline || info.len >= info.inline || heap.state().shapes.find(shape, name).is_some() {
        return None;
    }
    let next = heap.state().shapes.with(shape, name)?;
    Some((next, class.attrs_offset() as usize + 8 * (1 + info.len as usize)))
}

/// Whether the object keeps its attributes in a dict of its own.
pub fn has_own_dict(heap: &Heap, header: &Header) -> bool {
    info_of(heap.state(), header.shape()).is_some_and(|info| info.kind == Kind::Dict)
}

/// The dict that holds an instance's attributes, and where in the object it is named, where all objects of the shape have
/// theirs there.
pub fn own_dict<'a>(heap: &Heap, header: &'a Header) -> Option<(&'a Object<Dict>, usize)> {
    let offset = header.ty().attrs_offset();
    if offset == 0 || offset == ATTRS_BEHIND_DATA || !has_own_dict(heap, header) {
        return None;
    }
    Some((Area::of(header)?.dict()?, offset as usize))
}

/// The dict that holds an instance's attributes, where it has one.
///
/// # Safety
/// The instance keeps its dict as long as it lives: nothing gives its class's instances another one.
#[inline]
pub(crate) unsafe fn fixed_dict(header: &Header) -> Option<&Object<Dict>> {
    Area::of(header)?.dict()
}

/// An attribute of the instance itself.
pub fn get(heap: &Heap, header: &Header, name: &Object<Str>) -> Option<Value> {
    let area = Area::of(header)?;
    match inline_info(heap, header.shape()) {
        None => area.dict()?.get_str(name, heap),
        Some(info) => {
            let index = heap.state().shapes.find(header.shape(), name)?;
            let word = area.load(info, index);
            // SAFETY: a filled word names a live value.
            (word != 0).then(|| unsafe { crate::ValueRef::from_bits(word) }.to_owned())
        }
    }
}

/// Whether objects of the shape keep their attributes at the positions it knows.
pub(crate) fn is_inline(heap: &Heap, shape: ShapeId) -> bool {
    inline_info(heap, shape).is_some()
}

/// The place of an attribute among those that have no room in the object, by its position in the shape.
pub(crate) fn place_outside(heap: &Heap, shape: ShapeId, index: usize) -> Option<usize> {
    index.checked_sub(inline_info(heap, shape)?.inline as usize)
}

/// The attribute at such a place, as a borrowed word; 0 where there is none.
pub(crate) fn load_outside(header: &Header, index: usize) -> u64 {
    // SAFETY: the vector is borrowed for this read only.
    let found = |items: *mut Overflow| unsafe { (&(*items)).get(index) }.and_then(Option::as_ref).map(Value::bits);
    Area::of(header).and_then(Area::overflow).and_then(found).unwrap_or(0)
}

/// Sets an attribute of the instance itself; false where instances of the class have none.
pub fn set(heap: &mut Heap, header: &Header, name: &Object<Str>, value: Value) -> PyResult<bool> {
    let Some(area) = Area::of(header) else { return Ok(false) };
    // Shapes know names by their addresses.
    let name = &*heap.intern_str(name);
    let shape = current_shape(heap, header);
    if let Some(info) = inline_info(heap, shape) {
        if let Some(index) = heap.state().shapes.find(shape, name) {
            drop(area.store(info, index, Some(value))?);
            return Ok(true);
        }
        if let Some(next) = heap.state().shapes.with(shape, name) {
            area.store(info, info.len as usize, Some(value))?;
            header.set_shape(next);
            if info.len >= info.inline {
                header.ty().learn_inline_attribute(heap, info.len + 1);
            }
            return Ok(true);
        }
    }
    let dict = dict(heap, header)?.expect("the class has room for attributes");
    dict.set_str(name, value, heap)?;
    Ok(true)
}

/// Deletes an attribute of the instance itself; false where there is none.
pub fn delete(heap: &mut Heap, header: &Header, name: &Object<Str>) -> PyResult<bool> {
    let Some(area) = Area::of(header) else { return Ok(false) };
    let shape = current_shape(heap, header);
    let Some(info) = inline_info(heap, shape) else {
        return Ok(area.dict().is_some_and(|dict| dict.remove_str(name, heap).is_some()));
    };
    let Some(gone) = heap.state().shapes.find(shape, name) else { return Ok(false) };
    let mut next = header.ty().root_shape(heap, Kind::Inline, info.inline);
    for (index, key) in heap.state().shapes.keys(shape).iter().enumerate() {
        if index != gone {
            match heap.state().shapes.with(next, key) {
                Some(shape) => next = shape,
                None => {
                    let dict = dict(heap, header)?.expect("the class has room for attributes");
                    return Ok(dict.remove_str(name, heap).is_some());
                }
            }
        }
    }
    let old = area.store(info, gone, None)?;
    for index in gone + 1..info.len as usize {
        let moved = area.store(info, index, None)?;
        area.store(info, index - 1, moved)?;
    }
    header.set_shape(next);
    drop(old);
    Ok(true)
}

/// The names and values of the instance's own attributes, in the order they were set.
pub fn items(heap: &Heap, header: &Header) -> Vec<(Ref<Str>, Value)> {
    let Some(area) = Area::of(header) else { return Vec::new() };
    let Some(info) = inline_info(heap, header.shape()) else {
        return area.dict().map_or_else(Vec::new, |dict| dict.str_items(heap));
    };
    let keys = heap.state().shapes.keys(header.shape());
    let with_value = keys.into_iter().enumerate().filter_map(|(index, key)| {
        let word = area.load(info, index);
        // SAFETY: a filled word names a live value.
        (word != 0).then(|| (key, unsafe { crate::ValueRef::from_bits(word) }.to_owned()))
    });
    with_value.collect()
}

/// The instance's `__dict__`, which from now on holds its attributes; `None` where instances of the class have none.
pub fn dict(heap: &mut Heap, header: &Header) -> PyResult<Option<Ref<Dict>>> {
    let Some(area) = Area::of(header) else { return Ok(None) };
    if let Some(dict) = area.dict() {
        return Ok(Some(dict.to_ref()));
    }
    let info = inline_info(heap, header.shape());
    let complete = info.filter(|info| info.len > 0 && (0..info.len as usize).all(|index| area.load(*info, index) != 0));
    let unfilled = complete.and_then(|_| heap.state().shapes.unfilled_dict(header.shape())).transpose()?;
    let dict = match unfilled {
        Some(unfilled) => {
            let taken = take_attributes(area, info);
            heap.fill_dict(unfilled, taken)
        }
        None => {
            let items = items(heap, header);
            let dict = heap.dict_with_capacity(items.len())?;
            for (key, value) in items {
                dict.add_str(key, value, heap)?;
            }
            dict
        }
    };
    set_dict(heap, header, dict.clone());
    Ok(Some(dict))
}

/// Makes `dict` the instance's `__dict__`; the attributes it had are dropped.
pub fn set_dict(heap: &mut Heap, header: &Header, dict: Ref<Dict>) {
    let Some(area) = Area::of(header) else { return };
    let info = info_of(heap.state(), header.shape());
    let old = take_attributes(area, info);
    area.extension().set(Value::from(dict).into_bits());
    header.set_shape(header.ty().root_shape(heap, Kind::Dict, info.map_or(0, |info| info.inline)));
    drop(old);
}

fn take_attributes(area: Area, info: Option<ShapeInfo>) -> Vec<Value> {
    let mut taken = Vec::with_capacity(info.map_or(0, |info| info.len as usize));
    for index in 0..info.map_or(0, |info| info.inline.min(info.len)) as usize {
        let word = area.inline(index).replace(0);
        if word != 0 {
            // SAFETY: a filled word owned its value.
            taken.push(unsafe { Value::from_bits(word) });
        }
    }
    let word = area.extension().replace(0);
    if word & OVERFLOW != 0 {
        // SAFETY: the word owned the box.
        let items = unsafe { Box::from_raw((word & !OVERFLOW) as *mut Overflow) };
        taken.extend(items.into_iter().flatten());
    } else if word != 0 {
        // SAFETY: the word owned the dict.
        taken.push(unsafe { Value::from_bits(word) });
    }
    taken
}

/// Gives an object another class of the same layout (`__class__` assignment). The old class stays alive: borrows of it
/// through the object may still be in use.
pub fn set_class(heap: &mut Heap, header: &Header, class: &Object<super::Type>) {
    // SAFETY: the object owned a count of its class, which the list of retired classes takes over.
    let old = unsafe { Ref::from_raw(header.ty.get() as *mut Object<super::Type>) };
    let shape = header.shape();
    let info = info_of(heap.state(), shape);
    class.header.retain();
    header.ty.set(class);
    header.set_shape(match info {
        Some(info) => {
            let mut current = class.root_shape(heap, info.kind, info.inline);
            if info.kind == Kind::Inline {
                for key in heap.state().shapes.keys(shape) {
                    current = heap.state().shapes.with(current, &key).unwrap_or(current);
                }
            }
            current
        }
        None => class.shape(),
    });
    let state = heap.state();
    // SAFETY: the list is borrowed for this push only.
    unsafe { (*state.retired_types.get()).push(old) };
}

/// Bytes that an object takes: its native half and data behind it, slots and room for attributes.
pub(crate) fn size_of(heap: &Heap, header: &Header) -> usize {
    let class = header.ty();
    // The class may have learned of more attributes since the object was made.
    let inline = info_of(heap.state(), header.shape()).map_or(class.inline_attrs(), |info| info.inline);
    let extra = class.instance_size() - 8 * class.inline_attrs() as usize + 8 * inline as usize - class.layout().size;
    native_end(header) + extra
}

/// Where the native half of an object ends, data behind it included.
fn native_end(header: &Header) -> usize {
    let class = header.ty();
    match class.var_size() {
        // SAFETY: a live object of that layout.
        Some(size) => unsafe { size(header) }.next_multiple_of(8),
        None => class.layout().size,
    }
}

/// The value of a `__slots__` member at a byte offset, which does not count the data of sized layouts.
pub(crate) fn slot_word(header: &Header, offset: usize) -> &Word {
    let class = header.ty();
    debug_assert!(offset >= class.layout().size && offset < class.slots_end());
    let offset = native_end(header) + offset - class.layout().size;
    // SAFETY: the offset lies in the slots' range of the object's class.
    unsafe { &*(header as *const Header).byte_add(offset).cast() }
}

/// The words of all `__slots__` members.
///
/// # Safety
/// The object is alive.
unsafe fn slot_words<'a>(object: *const Header) -> &'a [Word] {
    // SAFETY: slots lie behind the native half; only classes written in Python have any.
    unsafe {
        let class = (*object).ty();
        let count = (class.slots_end() - class.layout().size) / 8;
        if count == 0 {
            return &[];
        }
        std::slice::from_raw_parts(object.byte_add(native_end(&*object)).cast(), count)
    }
}

/// Drops everything an object holds; its memory stays.
///
/// # Safety
/// Nothing refers to the object, and this is called once.
pub(crate) unsafe fn drop_content(state: &HeapState, object: *mut Header) {
    // SAFETY: the object is intact until here.
    unsafe {
        let header = &*object;
        let class = header.ty();
        if !class.is_heap_type() && class.attrs_offset() == 0 {
            return (class.layout().drop)(object);
        }
        let area = Area::of(header);
        for word in slot_words(object) {
            let word = word.replace(0);
            if word != 0 {
                drop(Value::from_bits(word));
            }
        }
        if let Some(area) = area {
            let info = info_of(state, header.shape());
            for index in 0..info.map_or(0, |info| info.inline.min(info.len)) as usize {
                let word = area.inline(index).replace(0);
                if word != 0 {
                    drop(Value::from_bits(word));
                }
            }
            if area.extension().get() != 0 {
                drop(take_attributes(area, None));
            }
        }
        (class.layout().drop)(object);
    }
}

/// Shows the collector everything an object holds, its class included.
pub(crate) fn trace_content(state: &HeapState, header: &Header, visitor: &mut Visitor<'_>) {
    // SAFETY: the object is live and of the layout's class; nothing is borrowed.
    unsafe { (header.ty().layout().trace)(header, visitor) };
    trace_added(state, header, visitor);
}

/// Shows the collector what an object holds beside its native half.
#[inline]
pub(crate) fn trace_added(state: &HeapState, header: &Header, visitor: &mut Visitor<'_>) {
    let class = header.ty();
    // SAFETY: the object is live; filled words name live values; nothing is borrowed.
    unsafe {
        if class.is_heap_type() {
            visitor.visit(&class.as_value());
        } else if class.attrs_offset() == 0 {
            return;
        }
        let mut word = |word: u64| {
            if word != 0 {
                visitor.visit(&crate::ValueRef::from_bits(word));
            }
        };
        for slot in slot_words(header) {
            word(slot.get());
        }
        let Some(area) = Area::of(header) else { return };
        if let Some(info) = info_of(state, header.shape()) {
            for index in 0..info.inline.min(info.len) as usize {
                word(area.inline(index).get());
            }
        }
        match area.overflow() {
            Some(items) => (&(*items)).iter().flatten().for_each(|item| word(item.bits())),
            None => word(area.extension().get()),
        }
    }
}

const _: () = assert!(FIRST_DYNAMIC > UNSHAPED && flag::SHAPE_SHIFT == 10);
