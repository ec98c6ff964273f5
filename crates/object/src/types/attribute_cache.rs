//! What an attribute of an object is, by the object's shape and the attribute's name: for accesses whose own inline cache
//! knows another shape, and those that have none.

use std::cell::{Cell, UnsafeCell};

use super::instance;
use super::shape::ShapeId;
use super::{Type, type_flag};
use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::descriptors::getset::GetSet;
use crate::descriptors::slot_member::SlotMember;
use crate::native::GetSetDef;
use crate::ops::attribute::generic_getattr;
use crate::str::Str;
use crate::types::slots::GetAttrFn;

const ENTRIES: usize = 1024;

/// An attribute that was found.
#[derive(Clone, Copy)]
pub enum Found<'a> {
    /// The value itself.
    Value(ValueRef<'a>),
    /// A function of the class that a call gives the object as its first argument.
    Method(ValueRef<'a>),
    /// A native property.
    Getter(&'static GetSetDef),
    /// There is no such attribute.
    Nothing,
}

/// What is known of an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It lies in the object, so many bytes from its start; the word there is 0 where it has no value.
    Inline,
    /// It lies outside the object, at this place among those that have no room in it.
    Outside,
    /// The class's, which a call gives the object as its first argument: its word, borrowed, as the class keeps it until
    /// it changes.
    Method,
    /// The class's, as it is: its word, borrowed likewise.
    Plain,
    /// A native property, which goes before what the object has: the address of its definition.
    Getter,
    /// Neither the object nor its class has it.
    Nothing,
    /// Anything else.
    Other,
}

#[derive(Clone, Copy)]
struct Known {
    kind: Kind,
    word: u64,
}

const OTHER: Known = Known { kind: Kind::Other, word: 0 };

struct Entry {
    shape: ShapeId,
    epoch: u32,
    name: Option<Ref<Str>>,
    known: Known,
}

/// The table; it comes into being with the first entry.
pub(crate) struct AttributeCache {
    entries: UnsafeCell<Vec<Entry>>,
    /// Counts the changes of classes: entries are true while it stays.
    epoch: Cell<u32>,
}

impl AttributeCache {
    pub(crate) fn new() -> AttributeCache {
        AttributeCache { entries: UnsafeCell::new(Vec::new()), epoch: Cell::new(1) }
    }

    fn index(shape: ShapeId, name: &Object<Str>) -> usize {
        ((shape as usize).wrapping_mul(31) ^ (name.address() >> 4)) % ENTRIES
    }

    #[inline(always)]
    fn find(&self, shape: ShapeId, name: &Object<Str>) -> Option<Known> {
        // SAFETY: the table is borrowed for this read only.
        let entry = unsafe { (&(*self.entries.get())).get(AttributeCache::index(shape, name))? };
        let same = entry.shape == shape
            && entry.epoch == self.epoch.get()
            && entry.name.as_ref().is_some_and(|known| std::ptr::eq(&**known, name));
        same.then_some(entry.known)
    }

    fn put(&self, shape: ShapeId, name: &Object<Str>, known: Known) {
        // SAFETY: the table is borrowed for this change only; dropping a name frees nothing but the name.
        let entries = unsafe { &mut *self.entries.get() };
        if entries.is_empty() {
            entries.resize_with(ENTRIES, || Entry { shape: 0, epoch: 0, name: None, known: OTHER });
        }
        entries[AttributeCache::index(shape, name)] = Entry { shape, epoch: self.epoch.get(), name: Some(name.to_ref()), known };
    }

    /// A class changed.
    pub(crate) fn outdate(&self) {
        match self.epoch.get().checked_add(1) {
            Some(next) => self.epoch.set(next),
            None => self.clear(),
        }
    }

    pub(crate) fn clear(&self) {
        self.epoch.set(1);
        // SAFETY: the table is borrowed for this call only.
        drop(unsafe { std::mem::take(&mut *self.entries.get()) });
    }
}

impl Heap {
    /// The attribute `name` of an object, where that is plain; `None` where it takes more to be found.
    #[inline(always)]
    pub fn find_known<'a>(&'a self, header: &'a Header, name: &Object<Str>) -> Option<Found<'a>> {
        let known = self.known_attribute(header, name);
        let bits = match known.kind {
            Kind::Inline => place(header, known.word).get(),
            Kind::Outside => instance::load_outside(header, known.word as usize),
            _ => known.word,
        };
        if bits == 0 {
            return None;
        }
        match known.kind {
            // SAFETY: the word is the address of a static definition.
            Kind::Getter => return Some(Found::Getter(unsafe { &*(bits as *const GetSetDef) })),
            Kind::Nothing => return Some(Found::Nothing),
            _ => {}
        }
        // SAFETY: a filled word names a live value, and the class that has not changed since keeps what it had.
        let value = unsafe { ValueRef::from_bits(bits) };
        Some(if known.kind == Kind::Method { Found::Method(value) } else { Found::Value(value) })
    }

    /// Sets the attribute `name` of an object that has room for it; false where that takes more.
    #[inline]
    pub(crate) fn set_known(&self, header: &Header, name: &Object<Str>, value: &Value) -> bool {
        let known = self.known_attribute(header, name);
        if known.kind != Kind::Inline {
            return false;
        }
        let old = place(header, known.word).replace(value.clone().into_bits());
        if old != 0 {
            // SAFETY: a filled word owned its value.
            drop(unsafe { Value::from_bits(old) });
        }
        true
    }

    #[inline(always)]
    fn known_attribute(&self, header: &Header, name: &Object<Str>) -> Known {
        match self.state().attribute_cache.find(shape_of(header), name) {
            Some(known) => known,
            None => self.learn_attribute(header, name),
        }
    }

    #[cold]
    #[inline(never)]
    fn learn_attribute(&self, header: &Header, name: &Object<Str>) -> Known {
        if !name.is_interned() {
            return OTHER;
        }
        let shape = match header.shape() {
            0 if !header.ty().is_heap_type() => shape_of(header),
            _ => self.guardable_shape(header).unwrap_or(0),
        };
        if shape == 0 {
            return OTHER;
        }
        let known = self.judge_attribute(header, shape, name);
        self.state().attribute_cache.put(shape, name, known);
        known
    }

    fn judge_attribute(&self, header: &Header, shape: ShapeId, name: &Object<Str>) -> Known {
        let class = header.ty();
        let generic = class.slots().getattr().is_some_and(|slot| std::ptr::fn_addr_eq(slot, generic_getattr as GetAttrFn));
        if !generic || instance::has_own_dict(self, header) {
            return OTHER;
        }
        let inline = |offset: usize| Known { kind: Kind::Inline, word: offset as u64 };
        let found = class.lookup(name, self);
        if let Some(found) = found {
            if let Some((class_of_getter, def)) = native_getter(&found) {
                let suits = class.is_subclass_of(class_of_getter, self);
                return if suits { Known { kind: Kind::Getter, word: def as *const GetSetDef as u64 } } else { OTHER };
            }
            if let Some(member) = found.downcast_exact::<SlotMember>() {
                let offset = member.offset().filter(|_| class.is_subclass_of(member.class(), self));
                return offset.map_or(OTHER, inline);
            }
            if found.ty().slots().descr_set().is_some() {
                return OTHER;
            }
        }
        if let Some(offset) = instance::inline_offset(self, header, name) {
            return inline(offset);
        }
        if let Some(index) = self.state().shapes.find(shape, name) {
            let outside = instance::place_outside(self, shape, index);
            return outside.map_or(OTHER, |index| Known { kind: Kind::Outside, word: index as u64 });
        }
        match found {
            Some(found) if found.ty().has_flags(type_flag::METHOD_DESCRIPTOR) => Known { kind: Kind::Method, word: found.bits() },
            Some(found) if found.ty().slots().descr_get().is_none() => Known { kind: Kind::Plain, word: found.bits() },
            None if class.attrs_offset() == 0 || instance::is_inline(self, shape) => Known { kind: Kind::Nothing, word: 1 },
            _ => OTHER,
        }
    }
}

/// The shape of an object. Those of the binary have none: it is that of their class's other objects.
#[inline(always)]
fn shape_of(header: &Header) -> ShapeId {
    match header.shape() {
        0 => header.ty().shape(),
        shape => shape,
    }
}

/// The definition of a native property or member, and the class it belongs to.
fn native_getter(found: &Value) -> Option<(&Object<Type>, &'static GetSetDef)> {
    if let Some(getset) = found.downcast_exact::<GetSet>() {
        return Some((getset.class(), getset.def()));
    }
    let member = found.downcast_exact::<SlotMember>()?;
    Some((member.class(), member.native()?))
}

/// The word of an attribute that lies in the object, at the offset that its shape tells.
fn place(header: &Header, offset: u64) -> &Cell<u64> {
    // SAFETY: such a word is the object's own as long as it has its shape.
    unsafe { &*(header as *const Header).byte_add(offset as usize).cast() }
}
