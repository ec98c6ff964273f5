//! [`TypeState`]: the half of a class that belongs to an interpreter: its dict, bases, order of resolution, subclasses.
//! For static classes it lies in a table of the heap and is made when first asked for.

use std::cell::UnsafeCell;
use std::ptr::NonNull;

use super::Type;
use super::shape::{Kind, ShapeId, UNSHAPED};
use super::subclasses::Subclasses;
use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::dict::Dict;
use crate::str::Str;
use crate::trace::{Trace, Visitor};
use crate::tuple::Tuple;

/// The interpreter's half of a class.
pub struct TypeState {
    pub(crate) name: HeapCell<Ref<Str>>,
    pub(crate) qualname: HeapCell<Ref<Str>>,
    pub(crate) dict: Ref<Dict>,
    pub(crate) bases: HeapCell<Ref<Tuple>>,
    pub(crate) base: HeapCell<Option<Ref<Type>>>,
    pub(crate) mro: HeapCell<Ref<Tuple>>,
    /// Not counted: a class takes itself out when it ends.
    /// Made with the first.
    pub(crate) subclasses: UnsafeCell<Option<Box<Subclasses>>>,
    roots: UnsafeCell<Vec<(Kind, u16, ShapeId)>>,
}

impl TypeState {
    pub(crate) fn new(
        name: Ref<Str>,
        qualname: Ref<Str>,
        dict: Ref<Dict>,
        bases: Ref<Tuple>,
        base: Option<Ref<Type>>,
        mro: Ref<Tuple>,
    ) -> TypeState {
        TypeState {
            name: HeapCell::new(name),
            qualname: HeapCell::new(qualname),
            dict,
            bases: HeapCell::new(bases),
            base: HeapCell::new(base),
            mro: HeapCell::new(mro),
            subclasses: UnsafeCell::new(None),
            roots: UnsafeCell::new(Vec::new()),
        }
    }

    pub(crate) fn name_text(&self) -> Option<&str> {
        // SAFETY: read at once by the caller, under the lock.
        unsafe { &*self.name.as_ptr() }.as_str()
    }

    /// Takes the roots of the class's shapes out.
    pub(crate) fn take_roots(&self) -> Vec<(Kind, u16, ShapeId)> {
        // SAFETY: the list is borrowed for this call only.
        unsafe { std::mem::take(&mut *self.roots.get()) }
    }
}

// SAFETY: each owned field is visited once; subclasses are not owned.
unsafe impl Trace for TypeState {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.name.trace(visitor);
        self.qualname.trace(visitor);
        self.dict.trace(visitor);
        self.bases.trace(visitor);
        self.base.trace(visitor);
        self.mro.trace(visitor);
    }
}

/// The states of the static classes, by their numbers.
pub(crate) struct StaticTypeStates {
    states: UnsafeCell<Vec<Option<Box<TypeState>>>>,
}

impl StaticTypeStates {
    pub(crate) fn new() -> StaticTypeStates {
        StaticTypeStates { states: UnsafeCell::new(Vec::new()) }
    }

    fn get(&self, index: usize) -> Option<&TypeState> {
        // SAFETY: states are boxed, stay until the heap ends, and the table is borrowed for this call only.
        unsafe { (&(*self.states.get())).get(index)?.as_deref() }
    }

    fn put(&self, index: usize, state: TypeState) {
        // SAFETY: as in `get`; the place is empty, so no state that is borrowed moves.
        unsafe {
            let states = &mut *self.states.get();
            if states.len() <= index {
                states.resize_with(index + 1, || None);
            }
            states[index] = Some(Box::new(state));
        }
    }

    /// Shows the collector what the states hold.
    pub(crate) fn trace(&self, visitor: &mut Visitor<'_>) {
        // SAFETY: the table is borrowed for this call only, which runs no other code.
        unsafe { &*self.states.get() }.iter().flatten().for_each(|state| state.trace(visitor));
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        // SAFETY: the table is borrowed for this call only.
        unsafe { (*self.states.get()).is_empty() }
    }

    /// Drops all states, at the end of the heap.
    pub(crate) fn clear(&self) {
        // SAFETY: nothing is borrowed any more; what dropping runs sees an empty table.
        drop(unsafe { std::mem::take(&mut *self.states.get()) });
    }
}

impl Object<Type> {
    /// The interpreter's half of the class.
    pub(crate) fn state<'a>(&'a self, heap: &'a Heap) -> &'a TypeState {
        match self.static_index() {
            // SAFETY: a class made at run time has its state from the start and keeps it; it is never borrowed mutably.
            None => unsafe { (*self.own_state().get()).as_deref().expect("a class has a state") },
            Some(index) => match heap.state().static_types.get(index) {
                Some(state) => state,
                None => self.make_static_state(heap, index),
            },
        }
    }

    #[cold]
    fn make_static_state<'a>(&'a self, heap: &'a Heap, index: usize) -> &'a TypeState {
        // SAFETY: making a state only allocates and fills new objects: no interior that may be borrowed changes.
        let mut token = unsafe { Heap::from_state(NonNull::from(heap.state())) };
        let def = self.def().expect("a static class has its definition");
        let name = token.intern(def.name);
        let dict = token.new_dict();
        let bases = token.new_tuple(def.bases().map(|base| base.to_value()).collect());
        let mut mro = vec![self.to_value()];
        for base in def.bases() {
            // What an earlier base brought stays behind the later base's own classes, as C3 has it for this simple case.
            let order = base.state(heap).mro.borrow(heap).as_slice();
            let shared = order.iter().filter(|class| mro.iter().any(|known| known.is(class))).count();
            let (own, _) = order.split_at(order.len() - shared);
            let place = mro.len() - shared;
            mro.splice(place..place, own.iter().cloned());
        }
        let mro = token.new_tuple(mro);
        let base = def.base.map(|base| base.to_ref());
        heap.state().static_types.put(index, TypeState::new(name.clone(), name, dict.clone(), bases, base, mro));
        def.bases().for_each(|base| base.add_subclass(heap, self));
        super::members::fill_static_dict(&mut token, self, def, &dict);
        heap.state().static_types.get(index).expect("the state was just put there")
    }

    /// A field of the state, free of the token's borrow, to be changed through the token.
    fn field<T>(&self, heap: &Heap, field: impl FnOnce(&TypeState) -> &HeapCell<T>) -> &HeapCell<T> {
        // SAFETY: a class's state stays where it is until the class ends, or the heap for static classes; the caller has
        // the token of that heap, and uses the field within one call.
        unsafe { &*(field(self.state(heap)) as *const HeapCell<T>) }
    }

    /// Sets the order of resolution.
    pub(crate) fn set_mro(&self, order: Ref<Tuple>, heap: &mut Heap) {
        self.field(heap, |state| &state.mro).set(order, heap);
    }

    /// Sets `__name__`.
    pub fn set_name(&self, name: Ref<Str>, heap: &mut Heap) {
        self.field(heap, |state| &state.name).set(name, heap);
    }

    /// Sets `__qualname__`.
    pub fn set_qualname(&self, name: Ref<Str>, heap: &mut Heap) {
        self.field(heap, |state| &state.qualname).set(name, heap);
    }

    /// Sets the bases, the one whose layout is extended apart.
    pub(crate) fn set_bases(&self, bases: Ref<Tuple>, base: Ref<Type>, heap: &mut Heap) {
        self.field(heap, |state| &state.bases).set(bases, heap);
        self.field(heap, |state| &state.base).set(Some(base), heap);
    }

    /// The class's own attributes.
    pub fn dict<'a>(&'a self, heap: &'a Heap) -> &'a Object<Dict> {
        &self.state(heap).dict
    }

    /// The order in which attributes are looked for, the class itself first.
    pub fn mro<'a>(&'a self, heap: &'a Heap) -> &'a Object<Tuple> {
        self.state(heap).mro.borrow(heap)
    }

    /// The base whose layout the class extends.
    pub fn base(&self, heap: &Heap) -> Option<Ref<Type>> {
        self.state(heap).base.get(heap)
    }

    /// The classes it was made from.
    pub fn bases(&self, heap: &Heap) -> Ref<Tuple> {
        self.state(heap).bases.get(heap)
    }

    /// The class's `__qualname__`.
    pub fn qualname_object(&self, heap: &Heap) -> Ref<Str> {
        self.state(heap).qualname.get(heap)
    }

    /// The class's `__name__`.
    pub fn name_object(&self, heap: &Heap) -> Ref<Str> {
        self.state(heap).name.get(heap)
    }

    /// Whether `class` is this class or one it inherits from.
    pub fn is_subclass_of(&self, class: &Object<Type>, heap: &Heap) -> bool {
        if std::ptr::eq(self, class) {
            return true;
        }
        if !self.is_heap_type() {
            let mut next = self.def();
            while let Some(def) = next {
                if def.bases().any(|base| std::ptr::eq(base.get(), class)) {
                    return true;
                }
                next = def.base.and_then(|base| base.def());
            }
            return false;
        }
        let order = self.mro(heap).as_slice();
        if order.is_empty() {
            // The order is just being found.
            return self.base(heap).is_some_and(|base| base.is_subclass_of(class, heap));
        }
        order.iter().any(|base| base.bits() == class.as_value().bits())
    }

    pub(crate) fn add_subclass(&self, heap: &Heap, class: &Object<Type>) {
        // SAFETY: the list is borrowed for this call only.
        unsafe { (&mut *self.state(heap).subclasses.get()).get_or_insert_default().add(class) };
    }

    pub(crate) fn remove_subclass(&self, heap: &Heap, class: &Object<Type>) {
        // SAFETY: the list is borrowed for this call only.
        if let Some(subclasses) = unsafe { &mut *self.state(heap).subclasses.get() } {
            subclasses.remove(NonNull::from(class));
        }
    }

    /// The classes directly below this one that are alive.
    pub fn subclasses(&self, heap: &Heap) -> Vec<Ref<Type>> {
        // SAFETY: the list is borrowed for this call only.
        let subclasses = unsafe { &*self.state(heap).subclasses.get() }.iter().flat_map(|subclasses| subclasses.iter());
        // SAFETY: a class takes itself out of the list when it ends.
        subclasses.map(|class| unsafe { class.as_ref() }.to_ref()).collect()
    }

    /// The root of the shapes of instances that keep `inline` attributes in the object.
    pub(crate) fn root_shape(&self, heap: &Heap, kind: Kind, inline: u16) -> ShapeId {
        let roots = &self.state(heap).roots;
        // SAFETY: the list is borrowed within this function only, and nothing in it calls out.
        let roots = unsafe { &mut *roots.get() };
        if let Some(&(_, _, root)) = roots.iter().find(|&&(k, i, _)| k == kind && i == inline) {
            return root;
        }
        let root = heap.state().shapes.new_root(self, kind, inline).unwrap_or(UNSHAPED);
        roots.push((kind, inline, root));
        root
    }
}
