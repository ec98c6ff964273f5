//! [`Slot`], the word of a frame's stack, and [`Args`], the view of a call's arguments on it.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::header::Header;
use super::object::Object;
use super::value::{Value, ValueRef};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::PyClass;

/// The tag of a borrowed pointer; see [`Slot`].
pub const BORROWED: u64 = 4;

/// A word of a frame: empty (0), an owned value, or a borrowed pointer (tag `100`) that some owned slot of the same
/// frame keeps alive. Unlike [`Value`] it neither counts nor drops: its owner, the frame, does both.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Slot(u64);

impl Slot {
    /// The empty slot.
    pub const EMPTY: Slot = Slot(0);

    /// A slot that takes over the value's count.
    #[inline(always)]
    pub fn owned(value: Value) -> Slot {
        Slot(value.into_bits())
    }

    /// A slot that borrows: numbers are copied, pointers tagged as not counted.
    #[inline(always)]
    pub fn borrowed(value: ValueRef<'_>) -> Slot {
        let bits = value.bits();
        Slot(if bits & 3 == 0 { bits | BORROWED } else { bits })
    }

    /// The word.
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// A slot of a word that came from one.
    #[inline(always)]
    pub const fn from_bits(bits: u64) -> Slot {
        Slot(bits)
    }

    /// Whether nothing is there.
    #[inline(always)]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this is a pointer that is not counted.
    #[inline(always)]
    pub const fn is_borrowed(self) -> bool {
        self.0 & 7 == BORROWED
    }

    /// The word without the borrow's tag.
    #[inline(always)]
    pub const fn untagged(self) -> u64 {
        if self.is_borrowed() { self.0 & !BORROWED } else { self.0 }
    }

    /// The slot as one that borrows what it names; it is not empty.
    #[inline(always)]
    pub const fn to_borrowed(self) -> Slot {
        Slot(if self.0 & 3 == 0 { self.0 | BORROWED } else { self.0 })
    }

    /// The value in the slot, borrowed.
    ///
    /// # Safety
    /// The slot is not empty, and what it names lives as long as `'a`.
    #[inline(always)]
    pub unsafe fn value<'a>(self) -> ValueRef<'a> {
        // SAFETY: by contract the word names a live value.
        unsafe { ValueRef::from_bits(self.untagged()) }
    }

    /// A slot that borrows what this one holds.
    #[inline(always)]
    pub const fn borrow(self) -> Slot {
        Slot(if self.0 & 3 == 0 { self.0 | BORROWED } else { self.0 })
    }

    /// The object in the slot, unless that is a number in the word.
    ///
    /// # Safety
    /// The slot is not empty, and the object lives as long as `'a`.
    #[inline(always)]
    pub unsafe fn header<'a>(self) -> Option<&'a Header> {
        // SAFETY: by contract the word points to a live object.
        (self.0 & 3 == 0).then(|| unsafe { &*((self.0 & !BORROWED) as *const Header) })
    }

    /// The shape of the object in the slot; 0 for a number in the word.
    ///
    /// # Safety
    /// The slot is not empty and its content alive.
    #[inline(always)]
    pub unsafe fn shape(self) -> u32 {
        // SAFETY: passed on.
        unsafe { self.header() }.map_or(0, Header::shape)
    }

    /// The word in the object, so many bytes from its start.
    ///
    /// # Safety
    /// The slot holds an object that has a word there.
    #[inline(always)]
    pub unsafe fn field(self, offset: u16) -> *mut u64 {
        // SAFETY: passed on.
        unsafe { ((self.0 & !BORROWED) as *mut u8).add(offset as usize).cast() }
    }

    /// The object in the slot as an instance of exactly the class of `T`.
    ///
    /// # Safety
    /// The slot is not empty, and the object lives as long as `'a`.
    #[inline(always)]
    pub unsafe fn downcast_exact<'a, T: PyClass>(self) -> Option<&'a Object<T>> {
        // SAFETY: passed on; the class is `T`, whose instances are `Object<T>`.
        unsafe {
            let header = self.header()?;
            std::ptr::eq(header.ty(), T::type_object()).then(|| &*(header as *const Header).cast())
        }
    }

    /// The value in the slot, with the slot's count if it has one, else with a new one.
    ///
    /// # Safety
    /// The slot is not empty and its content alive; an owned slot gives its count away and must not be used again.
    #[inline(always)]
    pub unsafe fn into_value(self) -> Value {
        if self.is_borrowed() {
            // SAFETY: a borrowed slot names a live object.
            unsafe { ValueRef::from_bits(self.0 & !BORROWED) }.to_owned()
        } else {
            // SAFETY: an owned slot's word carries a count, which goes along.
            unsafe { Value::from_bits(self.0) }
        }
    }
}

impl Slot {
    /// Counts an owned pointer up; numbers and borrowed pointers need nothing.
    ///
    /// # Safety
    /// The slot is not empty and its content alive.
    #[inline(always)]
    pub unsafe fn retain(self) {
        if self.0 & 7 == 0 {
            // SAFETY: an owned, filled slot points to a live object.
            unsafe { (*(self.0 as *const Header)).retain() }
        }
    }

    /// A slot of the same value that owns a count of its own.
    ///
    /// # Safety
    /// The slot is not empty and its content alive.
    #[inline(always)]
    pub unsafe fn to_owned_slot(self) -> Slot {
        // SAFETY: passed on.
        match unsafe { self.header() } {
            Some(header) => {
                header.retain();
                Slot(self.0 & !BORROWED)
            }
            None => self,
        }
    }

    /// Counts an owned pointer down; true where that was the last reference and the object must be ended by
    /// [`Vm::end_object`](crate::Vm::end_object).
    ///
    /// # Safety
    /// The slot is not empty, and if it owns a count, gives it away here.
    #[inline(always)]
    pub unsafe fn release(self) -> bool {
        // SAFETY: an owned, filled slot points to a live object.
        self.0 & 7 == 0 && unsafe { (*(self.0 as *const Header)).release() }
    }
}

/// The arguments of a call: the positional ones, then the values of the keywords, whose names `kwnames` holds. A view of
/// the caller's stack or array; the callee clones what it keeps.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    slots: *const Slot,
    len: u32,
    positional: u32,
    kwnames: Option<&'a Object<Tuple>>,
    _life: PhantomData<&'a [Value]>,
}

impl<'a> Args<'a> {
    /// No arguments.
    pub const fn empty() -> Args<'static> {
        Args { slots: std::ptr::dangling(), len: 0, positional: 0, kwnames: None, _life: PhantomData }
    }

    /// Positional arguments from an array of values.
    #[inline]
    pub fn positional(values: &'a [Value]) -> Args<'a> {
        Args::with_keywords(values, None)
    }

    /// Arguments from an array of values, the last of which belong to the names in `kwnames`.
    #[inline]
    pub fn with_keywords(values: &'a [Value], kwnames: Option<&'a Object<Tuple>>) -> Args<'a> {
        let len = values.len() as u32;
        let named = kwnames.map_or(0, |names| names.len() as u32);
        assert!(named <= len, "more keyword names than values");
        Args { slots: values.as_ptr().cast(), len, positional: len - named, kwnames, _life: PhantomData }
    }

    /// Arguments from slots of a stack.
    ///
    /// # Safety
    /// The `len` slots are filled and stay as they are for `'a`; `kwnames`' length is at most `len`.
    #[inline(always)]
    pub unsafe fn from_slots(slots: *const Slot, len: usize, kwnames: Option<&'a Object<Tuple>>) -> Args<'a> {
        let named = kwnames.map_or(0, |names| names.len() as u32);
        Args { slots, len: len as u32, positional: len as u32 - named, kwnames, _life: PhantomData }
    }

    /// The number of positional arguments.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.positional as usize
    }

    /// Whether there is neither a positional nor a keyword argument.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether there are keyword arguments.
    #[inline(always)]
    pub fn has_keywords(&self) -> bool {
        self.positional != self.len
    }

    /// The positional argument at `index`.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<ValueRef<'a>> {
        // SAFETY: the index is in range; the slots are filled for 'a.
        (index < self.positional as usize).then(|| unsafe { (*self.slots.add(index)).value() })
    }

    /// All positional arguments in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ValueRef<'a>> + DoubleEndedIterator + use<'a> {
        let slots = self.slots;
        // SAFETY: the range is that of the filled slots.
        (0..self.positional as usize).map(move |index| unsafe { (*slots.add(index)).value() })
    }

    /// The names and values of the keyword arguments.
    pub fn keywords(&self) -> impl ExactSizeIterator<Item = (&'a Object<Str>, ValueRef<'a>)> + use<'a> {
        let (slots, first, names) = (self.slots, self.positional as usize, self.kwnames);
        (0..self.len as usize - first).map(move |index| {
            let names = names.expect("keyword values come with their names");
            let name = names.as_slice()[index].borrowed().downcast_ref::<Str>().expect("keyword names are strings");
            // SAFETY: the names lie in an object that lives for 'a; the slots are filled.
            unsafe { (&*(name as *const Object<Str>), (*slots.add(first + index)).value()) }
        })
    }

    /// The value of the keyword `name`.
    pub fn keyword(&self, name: &str) -> Option<ValueRef<'a>> {
        self.keywords().find(|(key, _)| key.is_str(name)).map(|(_, value)| value)
    }

    /// The tuple of keyword names.
    pub fn kwnames(&self) -> Option<&'a Object<Tuple>> {
        self.kwnames
    }

    /// The arguments without the first `count` positional ones.
    pub fn skip(&self, count: usize) -> Args<'a> {
        let count = count.min(self.positional as usize);
        // SAFETY: at most one past the filled slots.
        let slots = unsafe { self.slots.add(count) };
        Args { slots, len: self.len - count as u32, positional: self.positional - count as u32, ..*self }
    }

    /// The positional arguments alone.
    pub fn without_keywords(&self) -> Args<'a> {
        Args { len: self.positional, kwnames: None, ..*self }
    }

    /// All values, positional and keyword, as slots.
    #[inline(always)]
    pub fn as_slots(&self) -> &'a [Slot] {
        // SAFETY: the slots are filled for 'a.
        unsafe { std::slice::from_raw_parts(self.slots, self.len as usize) }
    }

    /// Owned copies of all values, positional ones first, then those of the keywords.
    pub fn to_values(&self) -> Vec<Value> {
        // SAFETY: the slots are filled.
        self.as_slots().iter().map(|slot| unsafe { slot.value() }.to_owned()).collect()
    }

    /// The arguments with `first` put before the positional ones, given to `body`.
    #[inline]
    pub fn with_first<R>(&self, first: &Value, body: impl FnOnce(Args<'_>) -> R) -> R {
        self.with_front(std::slice::from_ref(first), body)
    }

    /// The arguments with `front` put before the positional ones, given to `body`. All of them are borrowed there.
    #[inline]
    pub fn with_front<R>(&self, front: &[Value], body: impl FnOnce(Args<'_>) -> R) -> R {
        const INLINE: usize = 8;
        let count = self.len as usize;
        let total = count + front.len();
        let mut small = [const { MaybeUninit::<Slot>::uninit() }; INLINE];
        let mut large = Vec::new();
        let buffer: *mut Slot = if total <= INLINE {
            small.as_mut_ptr().cast()
        } else {
            large.reserve_exact(total);
            large.as_mut_ptr()
        };
        // SAFETY: the buffer has room for that many slots, lives through the call and is filled before; `self`'s slots are
        // filled, and the copies borrow from them.
        unsafe {
            for (index, value) in front.iter().enumerate() {
                buffer.add(index).write(Slot::borrowed(value.borrowed()));
            }
            for index in 0..count {
                buffer.add(front.len() + index).write((*self.slots.add(index)).to_borrowed());
            }
            body(Args::from_slots(buffer, total, self.kwnames))
        }
    }
}
