//! [`Trace`]: how the collector finds the references an object holds.

use std::ops::Range;

use crate::core::cell::HeapCell;
use crate::core::header::{Header, flag};
use crate::core::object::Ref;
use crate::core::slot::Slot;
use crate::core::value::Value;
use crate::heap::HeapVec;
use crate::types::PyClass;

/// What the collector shows each reference to. Only the collector makes one.
pub struct Visitor<'a> {
    task: Task<'a>,
    /// What is shown the values that are no objects.
    numbers: Option<&'a mut dyn FnMut(&Value)>,
}

/// What is done with each object shown. Trials are made of millions of references, so theirs are known here.
enum Task<'a> {
    Call(&'a mut dyn FnMut(*mut Header)),
    /// Takes the reference from the count of an object under trial.
    TakeAway,
    /// Gives it back, and notes the object where it was not reached before.
    PutBack(&'a mut Vec<*mut Header>),
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(visit: &'a mut dyn FnMut(*mut Header)) -> Visitor<'a> {
        Visitor { task: Task::Call(visit), numbers: None }
    }

    pub(crate) fn with_numbers(visit: &'a mut dyn FnMut(*mut Header), numbers: &'a mut dyn FnMut(&Value)) -> Visitor<'a> {
        Visitor { task: Task::Call(visit), numbers: Some(numbers) }
    }

    /// Takes references from the counts of objects under trial.
    pub(crate) fn taking_away() -> Visitor<'a> {
        Visitor { task: Task::TakeAway, numbers: None }
    }

    /// Gives references back to objects under trial; those not reached before are, and go into the list.
    pub(crate) fn putting_back(reached: &'a mut Vec<*mut Header>) -> Visitor<'a> {
        Visitor { task: Task::PutBack(reached), numbers: None }
    }

    /// One owned reference.
    #[inline]
    pub fn visit(&mut self, value: &Value) {
        let Some(header) = value.header() else {
            if let Some(numbers) = &mut self.numbers {
                numbers(value);
            }
            return;
        };
        match &mut self.task {
            Task::TakeAway => {
                if header.has(flag::CANDIDATE) {
                    debug_assert!(header.count.get() as i32 > 0, "a reference to a {} was visited twice", header.ty().name());
                    header.count.set(header.count.get() - 1);
                }
            }
            Task::PutBack(reached) => {
                let flags = header.flags.get();
                if flags & flag::CANDIDATE != 0 {
                    header.count.set(header.count.get() + 1);
                    if flags & flag::REACHED == 0 {
                        header.flags.set(flags | flag::REACHED);
                        reached.push(header as *const Header as *mut Header);
                    }
                }
            }
            Task::Call(visit) => visit(header as *const Header as *mut Header),
        }
    }

    /// The object a slot of a frame owns, if it owns one.
    pub fn visit_slot(&mut self, slot: Slot) {
        if !slot.is_empty() && slot.bits() & 7 == 0 {
            // SAFETY: a filled, owned slot names a live object.
            let value = unsafe { slot.value() };
            self.visit(&value);
        }
    }
}

/// Shows each owned reference inside to the collector, exactly once.
///
/// # Safety
/// `trace` visits every owned reference once and nothing else: one visited twice would count as two, and a live object
/// could be freed. Derive it; write it by hand only in the core.
pub unsafe trait Trace {
    /// Whether values of the type can hold references at all; leaves are no concern of the collector.
    const HOLDS_REFERENCES: bool = true;

    /// Whether a large one can be looked at part by part.
    const HAS_PARTS: bool = false;

    /// Visits each owned reference.
    fn trace(&self, visitor: &mut Visitor<'_>);

    /// How many parts there are: all of them together hold what `trace` visits.
    fn parts(&self) -> usize {
        0
    }

    /// Visits the references in some of the parts, as far as there are such.
    fn trace_parts(&self, _parts: Range<usize>, _visitor: &mut Visitor<'_>) {}
}

// SAFETY: a value is one reference.
unsafe impl Trace for Value {
    #[inline]
    fn trace(&self, visitor: &mut Visitor<'_>) {
        visitor.visit(self);
    }
}

// SAFETY: a `Ref` is one reference.
unsafe impl<T: PyClass> Trace for Ref<T> {
    #[inline]
    fn trace(&self, visitor: &mut Visitor<'_>) {
        visitor.visit(&self.as_value());
    }
}

// SAFETY: the content is visited once.
unsafe impl<T: Trace> Trace for HeapCell<T> {
    const HOLDS_REFERENCES: bool = T::HOLDS_REFERENCES;
    const HAS_PARTS: bool = T::HAS_PARTS;

    #[inline]
    fn trace(&self, visitor: &mut Visitor<'_>) {
        // SAFETY: the collector runs with the token, while no interior is borrowed.
        unsafe { &*self.as_ptr() }.trace(visitor);
    }

    #[inline]
    fn parts(&self) -> usize {
        // SAFETY: as in `trace`.
        unsafe { &*self.as_ptr() }.parts()
    }

    fn trace_parts(&self, parts: Range<usize>, visitor: &mut Visitor<'_>) {
        // SAFETY: as in `trace`.
        unsafe { &*self.as_ptr() }.trace_parts(parts, visitor);
    }
}

// SAFETY: each item is visited once.
unsafe impl<T: Trace> Trace for HeapVec<T> {
    const HOLDS_REFERENCES: bool = T::HOLDS_REFERENCES;
    const HAS_PARTS: bool = true;

    fn trace(&self, visitor: &mut Visitor<'_>) {
        for item in self.iter() {
            item.trace(visitor);
        }
    }

    fn parts(&self) -> usize {
        self.len()
    }

    fn trace_parts(&self, parts: Range<usize>, visitor: &mut Visitor<'_>) {
        for item in self.get(parts).unwrap_or_default() {
            item.trace(visitor);
        }
    }
}

macro_rules! trace_containers {
    ($($ty:ty),*) => {$(
        // SAFETY: each content is visited once.
        unsafe impl<T: Trace> Trace for $ty {
            const HOLDS_REFERENCES: bool = T::HOLDS_REFERENCES;

            fn trace(&self, visitor: &mut Visitor<'_>) {
                for item in self.iter() {
                    item.trace(visitor);
                }
            }
        }
    )*};
}
trace_containers!(Option<T>, Vec<T>, Box<[T]>, std::collections::VecDeque<T>);

// SAFETY: the content is visited once.
unsafe impl<T: Trace + ?Sized> Trace for Box<T>
where
    Box<T>: NotSlice,
{
    const HOLDS_REFERENCES: bool = true;

    fn trace(&self, visitor: &mut Visitor<'_>) {
        (**self).trace(visitor);
    }
}

/// Marks boxes of single values, to keep them apart from boxed slices.
pub trait NotSlice {}
impl<T: Sized> NotSlice for Box<T> {}

macro_rules! trace_tuples {
    ($(($($name:ident),+)),*) => {$(
        // SAFETY: each field is visited once.
        unsafe impl<$($name: Trace),+> Trace for ($($name,)+) {
            const HOLDS_REFERENCES: bool = $($name::HOLDS_REFERENCES)||+;

            #[allow(non_snake_case)]
            fn trace(&self, visitor: &mut Visitor<'_>) {
                let ($($name,)+) = self;
                $($name.trace(visitor);)+
            }
        }
    )*};
}
trace_tuples!((A, B), (A, B, C), (A, B, C, D));

macro_rules! trace_leaves {
    ($($ty:ty),* $(,)?) => {$(
        // SAFETY: it holds no references.
        unsafe impl Trace for $ty {
            const HOLDS_REFERENCES: bool = false;

            #[inline]
            fn trace(&self, _: &mut Visitor<'_>) {}
        }
    )*};
}
trace_leaves!(
    (),
    bool,
    char,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    String,
    str,
    &'static str,
    dashu_int::IBig,
    dashu_int::UBig,
    std::sync::atomic::AtomicI64,
    std::sync::atomic::AtomicU32,
    std::sync::atomic::AtomicBool,
    std::time::Instant,
    std::time::Duration
);

/// Data of foreign crates inside an object: it holds no Python values (those are not `Send`).
pub struct Foreign<T: Send>(pub T);

// SAFETY: what is `Send` holds no handles of the heap.
unsafe impl<T: Send> Trace for Foreign<T> {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}

impl<T: Send> std::ops::Deref for Foreign<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send> std::ops::DerefMut for Foreign<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

// SAFETY: it holds no references.
unsafe impl<T: Copy + Send + 'static> Trace for std::cell::Cell<T> {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}
