//! Keeping the slots of classes made at run time in step with their special methods (CPython's `update_one_slot`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::create::static_new_owner;
use super::slot_methods::{self, SlotMethod};
use super::slots::{ALL_SLOTS, SLOT_COUNT, SlotId, Slots};
use super::wrapper::SlotWrapper;
use super::{Type, dunder, type_flag};
use crate::Heap;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::names;
use crate::str::Str;

/// The special methods of each slot, and the slots that each special method has a part in.
struct Rows {
    of_slot: Vec<Vec<&'static SlotMethod>>,
    slots_of: HashMap<&'static str, Vec<SlotId>>,
}

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let mut rows = Rows { of_slot: vec![Vec::new(); SLOT_COUNT], slots_of: HashMap::new() };
    for row in slot_methods::all() {
        rows.of_slot[row.id as usize].push(row);
        rows.slots_of.entry(row.name.get().as_str().unwrap_or_default()).or_default().push(row.id);
    }
    rows
});

/// Fills all slots of a new class.
pub(super) fn fill_slots(heap: &Heap, class: &Object<Type>) {
    if let Some(base) = class.base(heap) {
        class.copy_slots(base.slots());
        if follows(heap, class, &base) {
            class.add_flags(base.flags() & COLLECTION);
            update_own(heap, class);
            return mark_finaliser(class);
        }
        inherit_from_all(heap, class);
    }
    for (&id, rows) in ALL_SLOTS.iter().zip(&ROWS.of_slot) {
        if !rows.is_empty() {
            update(heap, class, id, rows);
        }
    }
    mark_finaliser(class);
}

/// Whether a class is resolved as its base is, itself put before: then what it does not define is as in the base.
fn follows(heap: &Heap, class: &Object<Type>, base: &Object<Type>) -> bool {
    let (order, above) = (class.mro(heap), base.mro(heap));
    let same = |(a, b): (&Value, &Value)| a.is(b);
    order.len() == above.len() + 1 && order.as_slice()[1..].iter().zip(above.as_slice()).all(same)
}

/// Decides on the slots of the special methods that the class itself defines.
fn update_own(heap: &Heap, class: &Object<Type>) {
    let mut changed = [false; SLOT_COUNT];
    for (name, _) in class.dict(heap).entries(heap) {
        let name = name.downcast_ref::<Str>().and_then(|name| name.as_str());
        for &id in name.and_then(|name| ROWS.slots_of.get(name)).into_iter().flatten() {
            changed[id as usize] = true;
        }
    }
    for (&id, rows) in ALL_SLOTS.iter().zip(&ROWS.of_slot) {
        if changed[id as usize] {
            update(heap, class, id, rows);
        }
    }
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

/// Whether the `__new__` of a class is a native one, be it another class's: that leaves the slot as it is, so that a class
/// whose own `__new__` was deleted still counts as one that has it (CPython: "not really correct").
fn has_native_new(heap: &Heap, class: &Object<Type>) -> bool {
    class.lookup(&names::__new__, heap).is_some_and(|new| static_new_owner(&new).is_some())
}

/// Decides what fills a slot, from what its methods are.
fn update(heap: &Heap, class: &Object<Type>, id: SlotId, rows: &[&'static SlotMethod]) {
    if id == SlotId::New && has_native_new(heap, class) {
        return;
    }
    let mut native: Option<Ref<Type>> = None;
    let mut generic = None;
    let (mut unhashable, mut overridden) = (false, false);
    for row in rows {
        let Some(found) = class.lookup(row.name, heap) else { continue };
        if id == SlotId::Hash && found.is_none() {
            unhashable = true;
            continue;
        }
        match native_owner(heap, class, row, found) {
            Some(owner) if native.as_ref().is_none_or(|known| known.slots().same(owner.slots(), id)) => native = Some(owner),
            _ if slot_methods::is_python_slot(row) => generic = Some(row.generic),
            // No method in Python stands for concatenation and repetition of sequences: what overrides them takes them away.
            _ => overridden = true,
        }
    }
    let slots = class.slots();
    match (generic, native) {
        _ if overridden => slots.clear(id),
        (Some(function), _) => slots.set(function),
        (None, Some(owner)) => slots.copy_from(owner.slots(), id),
        (None, None) if unhashable => slots.set(super::SlotFn::Hash(dunder::no_hash)),
        (None, None) => slots.clear(id),
    }
}

/// The class whose native slot a method shows, where the class at hand may use it directly.
fn native_owner(heap: &Heap, class: &Object<Type>, row: &SlotMethod, found: ValueRef<'_>) -> Option<Ref<Type>> {
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
        let rows: Vec<&'static SlotMethod> = slot_methods::named(name).collect();
        if !rows.is_empty() {
            self.update_slots(&rows, heap);
        }
    }

    fn update_slots(&self, rows: &[&'static SlotMethod], heap: &Heap) {
        for row in rows {
            update(heap, self, row.id, &ROWS.of_slot[row.id as usize]);
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
        let before = Slots::new();
        before.copy_from(self.slots(), SlotId::New);
        fill_slots(heap, self);
        if has_native_new(heap, self) {
            self.slots().copy_from(&before, SlotId::New);
        }
        for class in self.subclasses(heap) {
            class.bases_changed(heap);
        }
    }
}
