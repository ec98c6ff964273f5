//! [`Type`]: the class of every object, static or made by Python code.

use std::cell::{Cell, UnsafeCell};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::PyClass;
use super::shape::ShapeId;
use super::slots::{ALL_SLOTS, Slots};
use super::state::TypeState;
use crate::core::header::Header;
use crate::core::object::{Object, Ref, Static};
use crate::native::MemberDef;
use crate::trace::{Trace, Visitor};

/// What a class is and allows; a few bits are CPython's own (`__flags__` shows them).
pub mod type_flag {
    /// Its instances may hold references.
    pub const CONTAINER: u32 = 1 << 0;
    /// Instances have a `__dict__`.
    pub const HAS_DICT: u32 = 1 << 1;
    /// Instances can be weakly referenced.
    pub const HAS_WEAKREFS: u32 = 1 << 2;
    /// Ending an instance needs a token.
    pub const HAS_FINALISER: u32 = 1 << 3;
    /// `__abstractmethods__` is set.
    pub const ABSTRACT: u32 = 1 << 4;
    /// Matches sequence patterns.
    pub const SEQUENCE: u32 = 1 << 5;
    /// Matches mapping patterns.
    pub const MAPPING: u32 = 1 << 6;
    /// Cannot be called to make instances.
    pub const DISALLOW_INSTANTIATION: u32 = 1 << 7;
    /// The functions in it bind like methods, so that a call may skip the bound method.
    pub const METHOD_DESCRIPTOR: u32 = 1 << 8;
    /// Matches positionally by itself in class patterns (`int(x)`, `str(x)` …).
    pub const MATCH_SELF: u32 = 1 << 11;
    /// Its attributes can be set.
    pub const MUTABLE: u32 = 1 << 12;
    /// Made at run time, counted.
    pub const HEAP_TYPE: u32 = 1 << 9;
    /// May be subclassed.
    pub const BASE_TYPE: u32 = 1 << 10;
}
use type_flag::*;

/// What a static class says of itself.
pub struct TypeDef {
    /// `__name__`.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// The name in messages: with the module's before it, unless that is `builtins` (`tp_name`).
    pub full_name: &'static str,
    /// `__doc__`.
    pub doc: Option<&'static str>,
    /// The class it extends; none only for `object`.
    pub base: Option<&'static Static<Type>>,
    /// A second base, behind the first one, whose layout it shares.
    pub also: Option<&'static Static<Type>>,
    /// Methods, properties, constants.
    pub members: &'static [MemberDef],
    /// Bits of [`type_flag`].
    pub flags: u32,
}

impl TypeDef {
    /// The classes it extends.
    pub fn bases(&self) -> impl Iterator<Item = &'static Static<Type>> {
        self.base.into_iter().chain(self.also)
    }
}

/// How the native half of instances lies in memory and ends.
pub struct NativeLayout {
    /// Bytes, header included.
    pub size: usize,
    pub(crate) drop: unsafe fn(*mut Header),
    pub(crate) trace: unsafe fn(*const Header, &mut Visitor<'_>),
    pub(crate) holds_references: bool,
    pub(crate) parts: Option<Parts>,
    /// What the native half begins with.
    native_base: Option<&'static Static<Type>>,
    /// The size of one instance, where instances differ in size.
    pub(crate) var_size: Option<unsafe fn(*const Header) -> usize>,
}

/// How the collector looks at the content of a large instance part by part.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    pub(crate) count: unsafe fn(*const Header) -> usize,
    pub(crate) trace: unsafe fn(*const Header, Range<usize>, &mut Visitor<'_>),
}

impl Parts {
    const fn of<T: PyClass>() -> Parts {
        unsafe fn count<T: PyClass>(object: *const Header) -> usize {
            // SAFETY: called for a live instance with the native half `T`.
            unsafe { (*object.cast::<Object<T>>()).native.parts() }
        }
        unsafe fn trace<T: PyClass>(object: *const Header, parts: Range<usize>, visitor: &mut Visitor<'_>) {
            // SAFETY: called for a live instance with the native half `T`.
            unsafe { (*object.cast::<Object<T>>()).native.trace_parts(parts, visitor) }
        }
        Parts { count: count::<T>, trace: trace::<T> }
    }
}

impl NativeLayout {
    /// The layout of `Object<T>`.
    pub const fn of<T: PyClass>() -> NativeLayout {
        assert!(align_of::<T>() <= align_of::<u64>(), "objects are aligned to eight bytes: box what needs more");
        unsafe fn drop_native<T: PyClass>(object: *mut Header) {
            // SAFETY: called once, for an instance with the native half `T`.
            unsafe { std::ptr::drop_in_place(&raw mut (*object.cast::<Object<T>>()).native) }
        }
        unsafe fn trace_native<T: PyClass>(object: *const Header, visitor: &mut Visitor<'_>) {
            // SAFETY: called for a live instance with the native half `T`.
            unsafe { (*object.cast::<Object<T>>()).native.trace(visitor) }
        }
        NativeLayout {
            size: size_of::<Object<T>>(),
            drop: drop_native::<T>,
            trace: trace_native::<T>,
            holds_references: T::HOLDS_REFERENCES,
            parts: if T::HAS_PARTS { Some(Parts::of::<T>()) } else { None },
            native_base: T::NATIVE_BASE,
            var_size: None,
        }
    }

    /// The layout with data of its own behind the native half, which ends and is shown to the collector with it.
    pub(crate) const fn with_tail(
        self,
        drop: unsafe fn(*mut Header),
        trace: unsafe fn(*const Header, &mut Visitor<'_>),
        size: unsafe fn(*const Header) -> usize,
    ) -> NativeLayout {
        NativeLayout { drop, trace, holds_references: true, parts: None, var_size: Some(size), ..self }
    }

    /// The layout of a class whose instances carry data behind `Object<T>`; `size` tells the whole size of one.
    pub const fn sized<T: PyClass>(size: unsafe fn(*const Header) -> usize) -> NativeLayout {
        NativeLayout { var_size: Some(size), ..NativeLayout::of::<T>() }
    }
}

/// `attrs_offset` of a class whose instances differ in size: the attributes lie behind the data.
pub(crate) const ATTRS_BEHIND_DATA: u32 = u32::MAX;

/// The native half of a class object.
#[repr(C)]
pub struct Type {
    slots: Slots,
    layout: &'static NativeLayout,
    /// The class whose layout instances share; null means the class itself.
    native: Cell<*const Object<Type>>,
    def: Option<&'static TypeDef>,
    flags: Cell<u32>,
    shape: AtomicU32,
    version: Cell<u32>,
    changes: Cell<u32>,
    /// Bytes of an instance without data of its own behind the native half.
    instance_size: Cell<u32>,
    /// Where `__slots__` end and the attributes begin; 0 where instances have no attributes.
    attrs_offset: Cell<u32>,
    slots_end: Cell<u32>,
    inline_attrs: Cell<u16>,
    state: UnsafeCell<Option<Box<TypeState>>>,
}

/// A static class that is numbered.
struct ReadyClass(*const Object<Type>);

// SAFETY: static classes are shared by all threads and live for ever.
unsafe impl Send for ReadyClass {}

static READY: Mutex<Vec<ReadyClass>> = Mutex::new(Vec::new());
static NEXT_STATIC: AtomicU32 = AtomicU32::new(1);

/// The word that instances of a static class with a `__dict__` keep it in, behind the native half.
const fn attributes_size(def: &TypeDef) -> usize {
    if def.flags & HAS_DICT != 0 { size_of::<u64>() } else { 0 }
}

impl Static<Type> {
    /// A static class whose instances are `Object<T>`.
    pub const fn new_class(def: &'static TypeDef, layout: &'static NativeLayout, slots: Slots) -> Static<Type> {
        Static::new_class_like(def, layout, std::ptr::null(), slots)
    }

    /// A static class that shares the instances' layout with `native`.
    pub const fn new_class_like(
        def: &'static TypeDef,
        layout: &'static NativeLayout,
        native: *const Static<Type>,
        slots: Slots,
    ) -> Static<Type> {
        let class = Object {
            header: Header::immortal(&raw const super::TYPE_TYPE),
            native: Type {
                slots,
                layout,
                native: Cell::new(native.cast()),
                def: Some(def),
                flags: Cell::new(def.flags | if layout.holds_references || def.flags & HAS_DICT != 0 { CONTAINER } else { 0 }),
                shape: AtomicU32::new(0),
                version: Cell::new(0),
                changes: Cell::new(0),
                instance_size: Cell::new((layout.size + attributes_size(def)) as u32),
                attrs_offset: Cell::new(if attributes_size(def) == 0 { 0 } else { layout.size as u32 }),
                slots_end: Cell::new(layout.size as u32),
                inline_attrs: Cell::new(0),
                state: UnsafeCell::new(None),
            },
        };
        // SAFETY: the header is immortal; the cells of a static class are written once, in `ready`, under a lock, before
        // the shape is published with release ordering.
        unsafe { Static::new(class) }
    }
}

impl Object<Type> {
    /// Numbers a static class and lets it inherit its bases' slots; once per process, and nothing for others.
    pub fn ready(&self) {
        if self.shape() == 0
            && let Some(def) = self.def
        {
            def.bases().for_each(|base| base.ready());
            let mut ready = READY.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            if self.shape() == 0 {
                self.finish_ready(def);
                ready.push(ReadyClass(self));
            }
        }
    }

    /// The static classes, ready by now, that extend this static class directly.
    pub fn static_subclasses(&self) -> Vec<Ref<Type>> {
        let ready = READY.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // SAFETY: static classes live for ever.
        let classes = ready.iter().map(|class| unsafe { &*class.0 });
        let extends = |class: &&Object<Type>| class.def.is_some_and(|def| def.bases().any(|base| std::ptr::eq(base.get(), self)));
        classes.filter(extends).map(Object::to_ref).collect()
    }

    fn finish_ready(&self, def: &TypeDef) {
        if let Some(base) = def.base {
            let native = self.native.native.get();
            // A class begins with the native half of its base: on this every downcast relies.
            let wanted =
                if native.is_null() { self.layout.native_base.map(|class| class.get() as *const _) } else { Some(native) };
            assert!(
                wanted.is_none_or(|wanted| std::ptr::eq(base.get().native(), wanted))
                    || !native.is_null() && self.native().extends_native(base.get().native()),
                "the class {} is declared with the layout of another base",
                def.name
            );
        }
        // What makes no instances itself has none made by `object` (`type_ready_set_new`).
        let is_object = |base: &'static Static<Type>| std::ptr::eq(base.get(), super::OBJECT_TYPE.get());
        if !self.slots.has(super::SlotId::New) && def.base.is_some_and(is_object) && def.flags & super::type_flag::MUTABLE == 0 {
            self.add_flags(super::type_flag::DISALLOW_INSTANTIATION);
        }
        for base in def.bases() {
            self.slots.inherit(&base.slots);
            let inherited = HAS_FINALISER | SEQUENCE | MAPPING | MATCH_SELF;
            self.flags.set(self.flags.get() | base.flags.get() & inherited);
        }
        // What compares in its own way and does not hash cannot be hashed.
        if self.slots.has(super::SlotId::RichCompare) && !self.slots.has(super::SlotId::Hash) {
            self.slots.set(super::SlotFn::Hash(super::dunder::no_hash));
        }
        if self.slots.finalize().is_some() {
            self.add_flags(HAS_FINALISER);
        }
        let index = NEXT_STATIC.fetch_add(1, Ordering::Relaxed);
        assert!(index < super::shape::UNSHAPED, "too many static classes");
        self.version.set(index);
        self.shape.store(index, Ordering::Release);
    }

    /// The class whose native half instances have.
    #[inline(always)]
    pub fn native(&self) -> &Object<Type> {
        let native = self.native.native.get();
        // SAFETY: native classes are static.
        if native.is_null() { self } else { unsafe { &*native } }
    }

    /// Whether instances begin with the native half of `class`.
    #[inline(always)]
    pub fn has_layout_of(&self, class: &Object<Type>) -> bool {
        let native = self.native();
        std::ptr::eq(native, class) || native.extends_native(class)
    }

    fn extends_native(&self, class: &Object<Type>) -> bool {
        let mut next = self.def.and_then(|def| def.base);
        while let Some(base) = next {
            if std::ptr::eq(base.get().native(), class) {
                return true;
            }
            next = base.def.and_then(|def| def.base);
        }
        false
    }

    /// The number in the tables of static classes' states.
    pub(crate) fn static_index(&self) -> Option<usize> {
        (!self.is_heap_type()).then(|| {
            if self.shape() == 0 {
                self.ready();
            }
            self.version.get() as usize
        })
    }

    pub(crate) fn own_state(&self) -> &UnsafeCell<Option<Box<TypeState>>> {
        &self.native.state
    }
}

/// What a class made at run time starts from; see [`Type::new_heap`].
pub(crate) struct HeapTypeLayout {
    pub native: *const Object<Type>,
    pub layout: &'static NativeLayout,
    pub flags: u32,
    pub instance_size: u32,
    pub slots_end: u32,
    pub attrs_offset: u32,
    pub inline_attrs: u16,
}

impl Type {
    pub(crate) fn new_heap(layout: HeapTypeLayout, state: TypeState) -> Type {
        Type {
            slots: Slots::new(),
            layout: layout.layout,
            native: Cell::new(layout.native),
            def: None,
            flags: Cell::new(layout.flags | HEAP_TYPE | CONTAINER),
            shape: AtomicU32::new(0),
            version: Cell::new(0),
            changes: Cell::new(0),
            instance_size: Cell::new(layout.instance_size),
            attrs_offset: Cell::new(layout.attrs_offset),
            slots_end: Cell::new(layout.slots_end),
            inline_attrs: Cell::new(layout.inline_attrs),
            state: UnsafeCell::new(Some(Box::new(state))),
        }
    }

    /// The native functions.
    #[inline(always)]
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    /// What a static class says of itself; none for others.
    pub fn def(&self) -> Option<&'static TypeDef> {
        self.def
    }

    /// Memory layout of the instances' native half.
    pub fn layout(&self) -> &'static NativeLayout {
        self.layout
    }

    /// The name for messages (`tp_name`): a static class's with its module, `collections.deque`.
    pub fn name(&self) -> &str {
        self.name_of(|def| def.full_name)
    }

    /// The name without a module, `deque` (`_PyType_Name`).
    pub fn short_name(&self) -> &str {
        self.name_of(|def| def.name)
    }

    fn name_of(&self, of_static: fn(&'static TypeDef) -> &'static str) -> &str {
        match self.def {
            Some(def) => of_static(def),
            // SAFETY: the name's text is read at once, and the state of a live class exists.
            None => unsafe { (*self.state.get()).as_ref().and_then(|state| state.name_text()).unwrap_or("?") },
        }
    }

    /// Bits of [`type_flag`].
    #[inline(always)]
    pub fn flags(&self) -> u32 {
        self.flags.get()
    }

    /// Whether all these bits are set.
    #[inline(always)]
    pub fn has_flags(&self, bits: u32) -> bool {
        self.flags.get() & bits == bits
    }

    pub(crate) fn add_flags(&self, bits: u32) {
        self.flags.set(self.flags.get() | bits);
    }

    /// Says that instances of a class made at run time match sequence or mapping patterns (`type_flag::SEQUENCE`,
    /// `MAPPING`, or neither).
    pub fn set_collection_kind(&self, bits: u32) {
        assert!(self.is_heap_type() && bits & !(SEQUENCE | MAPPING) == 0);
        self.flags.set(self.flags.get() & !(SEQUENCE | MAPPING) | bits);
    }

    pub(crate) fn remove_flags(&self, bits: u32) {
        self.flags.set(self.flags.get() & !bits);
    }

    /// Whether the class was made at run time.
    #[inline(always)]
    pub fn is_heap_type(&self) -> bool {
        self.has_flags(HEAP_TYPE)
    }

    /// Whether the class has some part of the sequence protocol; every class made at run time does (`tp_as_sequence`).
    pub fn has_sequence_slots(&self) -> bool {
        let slots = self.slots();
        self.is_heap_type()
            || slots.len().is_some()
            || slots.item().is_some()
            || slots.contains().is_some()
            || slots.concat().is_some()
            || slots.repeat().is_some()
    }

    /// Whether instances may hold references.
    #[inline(always)]
    pub fn is_container(&self) -> bool {
        self.has_flags(CONTAINER)
    }

    /// Whether ending an instance needs a token.
    #[inline(always)]
    pub fn has_finaliser(&self) -> bool {
        self.has_flags(HAS_FINALISER)
    }

    /// The shape of a new instance; 0 before the class is ready.
    #[inline(always)]
    pub fn shape(&self) -> ShapeId {
        self.shape.load(Ordering::Acquire)
    }

    pub(crate) fn set_shape(&self, shape: ShapeId) {
        self.shape.store(shape, Ordering::Release);
    }

    /// The number of the class's present state, which caches compare; 0 where it has none.
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    pub(crate) fn set_version(&self, version: u32) {
        self.version.set(version);
    }

    /// How often caches had to forget the class.
    pub(crate) fn changes(&self) -> &Cell<u32> {
        &self.changes
    }

    /// Bytes of an instance, slots and room for attributes included, data of its own behind the native half not.
    #[inline(always)]
    pub fn instance_size(&self) -> usize {
        self.instance_size.get() as usize
    }

    /// Where `__slots__` end.
    #[inline(always)]
    pub(crate) fn slots_end(&self) -> usize {
        self.slots_end.get() as usize
    }

    #[inline(always)]
    pub(crate) fn attrs_offset(&self) -> u32 {
        self.attrs_offset.get()
    }

    /// Whether instances hold nothing beside their native half, and no finaliser looks at their end.
    #[inline(always)]
    pub(crate) fn ends_plainly(&self) -> bool {
        self.flags.get() & (HEAP_TYPE | HAS_DICT | HAS_FINALISER) == 0
    }

    /// How many attributes have room in an instance.
    #[inline(always)]
    pub(crate) fn inline_attrs(&self) -> u16 {
        self.inline_attrs.get()
    }

    /// Makes room for `wanted` attributes in instances made from now on.
    pub(crate) fn set_inline_attrs(&self, wanted: u16) {
        let more = 8 * u32::from(wanted - self.inline_attrs.get());
        self.instance_size.set(self.instance_size.get() + more);
        self.inline_attrs.set(wanted);
    }

    pub(crate) fn var_size(&self) -> Option<unsafe fn(*const Header) -> usize> {
        self.layout.var_size
    }

    /// Takes over the layout of another class, for `__bases__` assignment.
    pub(crate) fn copy_slots(&self, base: &Slots) {
        for &id in ALL_SLOTS {
            self.slots.copy_from(base, id);
        }
    }
}

impl Object<Type> {
    /// Takes a class that is about to end out of its bases' lists, and its shapes out of the table.
    pub(crate) fn detach(&self, state: &crate::heap::HeapState) {
        // SAFETY: the collector has the token, and borrows no interior.
        let heap = unsafe { crate::Heap::from_state(std::ptr::NonNull::from(state)) };
        for base in self.bases(&heap).as_slice() {
            if let Some(base) = base.downcast::<Type>() {
                base.remove_subclass(&heap, self);
            }
        }
    }
}

// SAFETY: the state's fields are visited once each.
unsafe impl Trace for Type {
    const HOLDS_REFERENCES: bool = true;

    fn trace(&self, visitor: &mut Visitor<'_>) {
        // SAFETY: the collector runs while no interior is borrowed.
        if let Some(state) = unsafe { &*self.state.get() } {
            state.trace(visitor);
        }
    }
}
