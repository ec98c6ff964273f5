//! Looking attributes up along a class's order of resolution, with a cache that versions guard.

use std::cell::UnsafeCell;

use super::layout::MOST_INLINE;
use super::shape::ShapeId;
use super::type_object::ATTRS_BEHIND_DATA;
use super::{Type, type_flag};
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::str::Str;
use crate::{Heap, types};

const ENTRIES: usize = 4096;
/// After so many changes a class is not cached any more.
const MOST_CHANGES: u32 = 1000;

#[derive(Clone)]
struct Entry {
    version: u32,
    name: Option<Ref<Str>>,
    /// Borrowed: as long as the class keeps its version, it keeps the value. 0 means that the name was not found.
    value: u64,
}

/// The cache of lookups by class version and name.
pub(crate) struct MethodCache {
    entries: UnsafeCell<Vec<Entry>>,
}

impl MethodCache {
    pub(crate) fn new() -> MethodCache {
        MethodCache { entries: UnsafeCell::new(Vec::new()) }
    }

    fn index(version: u32, name: &Object<Str>) -> usize {
        (version as usize ^ (name.address() >> 3)) % ENTRIES
    }

    #[inline]
    fn get(&self, version: u32, name: &Object<Str>) -> Option<u64> {
        // SAFETY: the table is borrowed for this read only.
        let entry = unsafe { (&(*self.entries.get())).get(MethodCache::index(version, name))? };
        let same = entry.version == version && entry.name.as_ref().is_some_and(|known| std::ptr::eq(&**known, name));
        same.then_some(entry.value)
    }

    fn put(&self, version: u32, name: &Object<Str>, value: u64) {
        // SAFETY: the table is borrowed for this change only; dropping a name frees nothing but the name.
        let entries = unsafe { &mut *self.entries.get() };
        if entries.is_empty() {
            entries.resize(ENTRIES, Entry { version: 0, name: None, value: 0 });
        }
        let entry = Entry { version, name: Some(name.to_ref()), value };
        let old = std::mem::replace(&mut entries[MethodCache::index(version, name)], entry);
        drop(old);
    }

    pub(crate) fn clear(&self) {
        // SAFETY: the table is borrowed for this call only.
        drop(unsafe { std::mem::take(&mut *self.entries.get()) });
    }
}

impl Object<Type> {
    /// The attribute `name` of the class or of the first base that has it, unbound. `name` should be interned: others
    /// pass the cache by.
    #[inline]
    pub fn lookup<'a>(&'a self, name: &Object<Str>, heap: &'a Heap) -> Option<ValueRef<'a>> {
        let version = self.version();
        if version != 0
            && name.is_interned()
            && let Some(word) = heap.state().method_cache.get(version, name)
        {
            // SAFETY: the class has kept its version since the entry was made, and with it the value.
            return (word != 0).then(|| unsafe { ValueRef::from_bits(word) });
        }
        self.lookup_uncached(name, heap)
    }

    #[cold]
    #[inline(never)]
    fn lookup_uncached<'a>(&'a self, name: &Object<Str>, heap: &'a Heap) -> Option<ValueRef<'a>> {
        let found = self.lookup_where(name, heap).map(|(_, value)| value);
        if name.is_interned() && self.ensure_version(heap) != 0 {
            heap.state().method_cache.put(self.version(), name, found.map_or(0, |value| value.bits()));
        }
        found
    }

    /// The attribute and the class it was found in.
    pub fn lookup_where<'a>(&'a self, name: &Object<Str>, heap: &'a Heap) -> Option<(&'a Object<Type>, ValueRef<'a>)> {
        self.mro(heap).as_slice().iter().find_map(|class| {
            let class = class.borrowed().downcast_ref::<Type>()?;
            Some((class, class.dict(heap).get_str_ref(name, heap)?))
        })
    }

    /// The class's version, given now if it has none; 0 where it changes too often to be cached.
    pub fn ensure_version(&self, heap: &Heap) -> u32 {
        if self.version() != 0 || self.changes().get() >= MOST_CHANGES {
            return self.version();
        }
        if !self.is_heap_type() {
            self.ready();
            return self.version();
        }
        for base in self.bases(heap).as_slice() {
            if base.downcast::<Type>().is_some_and(|base| base.ensure_version(heap) == 0) {
                return 0;
            }
        }
        let next = &heap.state().next_type_version;
        if next.get() != u32::MAX {
            self.set_version(next.replace(next.get() + 1));
        }
        self.version()
    }

    /// The version for caches that the class's changes do not reach, as [`Object::ensure_version`]; 0 for a static class that
    /// programs may change, which keeps its version all the same.
    pub fn ensure_guard(&self, heap: &Heap) -> u32 {
        let changes_unseen = !self.is_heap_type() && self.has_flags(type_flag::MUTABLE);
        if changes_unseen { 0 } else { self.ensure_version(heap) }
    }

    /// Keeps what is looked up in the class out of every cache.
    pub(crate) fn never_cache(&self) {
        self.changes().set(MOST_CHANGES);
    }

    /// Makes every cache forget the class and its subclasses: an attribute or the bases changed.
    pub(crate) fn modified(&self, heap: &Heap) {
        if self.version() == 0 {
            return;
        }
        heap.state().attribute_cache.outdate();
        if self.is_heap_type() {
            self.set_version(0);
            self.changes().set(self.changes().get() + 1);
            for (_, _, root) in self.state(heap).take_roots() {
                heap.state().shapes.invalidate(root);
                (heap.state().hooks().shapes_outdated)(heap, root);
            }
            self.renew_shape(heap);
        } else {
            // A static class keeps the version that all interpreters share: this one forgets what it knows by it.
            heap.state().method_cache.clear();
        }
        for class in self.subclasses(heap) {
            class.modified(heap);
        }
    }

    /// An instance came to have `count` attributes, more than its class planned room for: those made from now on have it.
    /// Instances made before keep their size, which their shapes tell.
    #[cold]
    pub(crate) fn learn_inline_attribute(&self, heap: &Heap, count: u16) {
        let fixed = self.attrs_offset() != 0 && self.attrs_offset() != ATTRS_BEHIND_DATA;
        if self.is_heap_type() && fixed && count <= MOST_INLINE && count > self.inline_attrs() {
            self.set_inline_attrs(count);
            self.renew_shape(heap);
        }
    }

    /// Gives instances made from now on a root shape that is valid.
    pub(crate) fn renew_shape(&self, heap: &Heap) {
        self.set_shape(self.root_shape(heap, types::shape::Kind::Inline, self.inline_attrs()));
    }
}

impl Heap {
    /// The shape of an object, once a cache may rely on it: its class has a version, and every change of the class will be
    /// told by the shape's root. `None` where the class changes too often.
    pub fn guardable_shape(&self, header: &Header) -> Option<ShapeId> {
        if header.ty().ensure_guard(self) == 0 {
            return None;
        }
        let shape = types::instance::current_shape(self, header);
        // Objects of the binary have no shape: that of one class is that of all.
        let shaped = shape != 0 && shape != types::shape::UNSHAPED;
        (shaped && self.state().shapes.info(shape).is_none_or(|info| info.valid)).then_some(shape)
    }

    /// The shape without attributes that a shape grew from.
    pub fn shape_root(&self, shape: ShapeId) -> ShapeId {
        self.state().shapes.root(shape)
    }

    /// The attribute `name` of a value's class, unbound; special methods are found this way.
    pub fn lookup_special(&self, value: &Value, name: &Object<Str>) -> Option<Value> {
        value.ty().lookup(name, self).map(ValueRef::to_owned)
    }
}
