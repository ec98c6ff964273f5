//! Keeping the slots of classes made at run time in step with their special methods (CPython's `update_one_slot`).

use super::create::static_new_owner;
use super::slot_methods::{self, SlotMethod};
use super::slots::{ALL_SLOTS, SlotId};
use super::wrapper::SlotWrapper;
use super::{Type, dunder, type_flag};
use crate::Heap;
use crate::core::object::{Object, Ref};
use crate::core::value::ValueRef;
use crate::names;
use crate::str::Str;

/// Fills all slots of a new class.
pub(super) fn fill_slots(heap: &Heap, class: &Object<Type>) {
    if let Some(base) = class.base(heap) {
        class.copy_slots(base.slots());
        inherit_from_all(heap, class);
    }
    let mut by_slot: Vec<Vec<&'static SlotMethod>> = vec![Vec::new(); ALL_SLOTS.len()];
    for row in slot_methods::all().filter(|row| slot_methods::is_python_slot(row)) {
        by_slot[row.id as usize].push(row);
    }
    for (&id, rows) in ALL_SLOTS.iter().zip(&by_slot) {
        if !rows.is_empty() {
            update(heap, class, id, rows);
        }
    }
    mark_finaliser(class);
}

/// How `match` treats instances; the first class of the order that is a collection decides (`inherit_patma_flags`).
const COLLECTION: u32 = type_flag::SEQUENCE | type_flag::MAPPING;

/// Slots that no method stands for come from the first class of the order that has them.
fn inherit_from_all(heap: &Heap, class: &Object<Type>) {
    for base in class.mro(heap).as_slice().iter().skip(1) {
        if let Some(base) = base.downcast::<Type>() {
            class.slots().inherit(base.slots());
            if class.flags() & COLLECTION == 0 {
                class.add_flags(base.flags() & COLLECTION);
            }
        }
    }
}

fn mark_finaliser(class: &Object<Type>) {
    match class.slots().finalize() {
        Some(_) => class.add_flags(type_flag::HAS_FINALISER),
        None => class.remove_flags(type_flag::HAS_FINALISER),
    }
}

/// Decides what fills a slot, from what its methods are.
fn update(heap: &Heap, class: &Object<Type>, id: SlotId, rows: &[&'static SlotMethod]) {
    let mut native: Option<Ref<Type>> = None;
    let mut generic = None;
    let mut unhashable = false;
    for row in rows {
        let Some(found) = class.lookup(row.name, heap) else { continue };
        if id == SlotId::Hash && found.is_none() {
            unhashable = true;
            continue;
        }
        match native_owner(heap, class, row, found) {
            Some(owner) if native.as_ref().is_none_or(|known| known.slots().same(owner.slots(), id)) => native = Some(owner),
            _ => generic = Some(row.generic),
        }
    }
    let slots = class.slots();
    match (generic, native) {
        (Some(function), _) => slots.set(function),
        (None, Some(owner)) => slots.copy_from(owner.slots(), id),
        (None, None) if unhashable => slots.set(super::SlotFn::Hash(dunder::no_hash)),
        (None, None) => slots.clear(id),
    }
}

/// The class whose native slot a method shows, where the class at hand may use it directly.
fn native_owner(heap: &Heap, class: &Object<Type>, row: &SlotMethod, found: ValueRef<'_>) -> Option<Ref<Type>> {
    if row.id == SlotId::New {
        // A native `__new__` that stands here under another class's name does not change how instances are made.
        return static_new_owner(&found).and_then(|_| class.base(heap));
    }
    let wrapper = found.downcast::<SlotWrapper>()?;
    let fits = wrapper.row().id == row.id
        && std::ptr::eq(wrapper.row().name.get(), row.name.get())
        && class.is_subclass_of(wrapper.class(), heap);
    fits.then(|| wrapper.class().to_ref())
}

impl Object<Type> {
    /// Told that an attribute of the class has changed: caches forget the class, its slots and its subclasses' follow.
    pub(crate) fn attribute_changed(&self, name: &Object<Str>, heap: &Heap) {
        self.modified(heap);
        let rows: Vec<&'static SlotMethod> = slot_methods::named(name).filter(|row| slot_methods::is_python_slot(row)).collect();
        if !rows.is_empty() {
            self.update_slots(&rows, heap);
        }
    }

    fn update_slots(&self, rows: &[&'static SlotMethod], heap: &Heap) {
        for row in rows {
            let siblings: Vec<_> =
                slot_methods::all().filter(|other| other.id == row.id && slot_methods::is_python_slot(other)).collect();
            update(heap, self, row.id, &siblings);
        }
        mark_finaliser(self);
        for class in self.subclasses(heap) {
            class.update_slots(rows, heap);
        }
    }

    /// Takes the class's own `__dict__` and `__weakref__` out of its dict (`sys._clear_type_descriptors`).
    pub fn forget_descriptors(&self, heap: &mut Heap) {
        let dict = self.dict(heap).to_ref();
        for name in [&names::__dict__, &names::__weakref__] {
            dict.remove_str(name, heap);
        }
        self.modified(heap);
    }

    /// Told that the bases have changed: as after every attribute had.
    pub(crate) fn bases_changed(&self, heap: &Heap) {
        self.modified(heap);
        fill_slots(heap, self);
        for class in self.subclasses(heap) {
            class.bases_changed(heap);
        }
    }
}
