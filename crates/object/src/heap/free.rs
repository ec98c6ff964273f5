//! The end of an object: what happens when its last count is gone.
//!
//! `Drop` has no token, so it never runs Python code. An object with a finaliser, or watched by a weak reference with a
//! callback, goes to the queue; everything else is freed here at once, nested frees up to a depth, the rest in a loop.

use super::large::heap_of_large;
use super::pages::heap_of_small;
use super::state::HeapState;
use crate::core::header::{Header, flag};
use crate::core::value::Value;
use crate::types::instance;

/// How deep frees nest before the rest waits in a list (CPython's trashcan has the same bound).
pub(super) const NESTING: u32 = 50;

/// The heap of an object that is not immortal.
///
/// # Safety
/// `object` is alive, or its count just reached zero.
#[inline(always)]
pub(crate) unsafe fn heap_of(object: *mut Header) -> *const HeapState {
    // SAFETY: the flag tells where the object lives.
    unsafe { if (*object).has(flag::LARGE) { heap_of_large(object) } else { heap_of_small(object) } }
}

/// Whether the calling thread is attached to the heap of an object that is not immortal: only then may its count change.
pub(crate) fn is_attached(header: &Header) -> bool {
    // SAFETY: the object is alive.
    std::ptr::eq(super::memory::current(), unsafe { heap_of(std::ptr::from_ref(header).cast_mut()) })
}

/// Ends an object whose count reached zero, without running Python code.
///
/// # Safety
/// The count is zero, and the caller owned the last one.
#[cold]
#[inline(never)]
pub unsafe fn free_object(object: *mut Header) {
    // SAFETY: the object is intact until its content is dropped below.
    unsafe {
        let state = &*heap_of(object);
        let header = &*object;
        let class = header.ty();
        if class.ends_plainly() && !header.has(flag::WEAKLY_REFERENCED) {
            if !header.has(flag::TRACKED) {
                // What holds no references ends nothing else, so it needs no count of the depth.
                (class.layout().drop)(object);
                return state.free_raw(object);
            }
            let depth = state.queue.depth();
            if depth < NESTING {
                state.queue.set_depth(depth + 1);
                (class.layout().drop)(object);
                state.free_raw(object);
                if depth == 0 && state.queue.has_deferred() {
                    free_deferred(state);
                }
                return state.queue.set_depth(depth);
            }
        }
        if needs_token(state, header) {
            header.count.set(1);
            state.queue.push(Value::from_bits(object as u64));
            return;
        }
        if header.has(flag::TRACKED) {
            free_content(state, object);
        } else {
            // What holds no references ends nothing else, so it needs no count of the depth.
            free_one(state, object);
        }
    }
}

/// Whether ending the object may run Python code.
#[inline]
pub(crate) fn needs_token(state: &HeapState, header: &Header) -> bool {
    (header.ty().has_finaliser() && !header.has(flag::FINALISED))
        || (header.has(flag::WEAKLY_REFERENCED) && state.weak.has_callback(header))
}

/// Drops the content and frees the memory of an object that nothing refers to any more, in bounded depth.
///
/// # Safety
/// As [`free_object`]; finaliser and callbacks have run or there are none.
pub(crate) unsafe fn free_content(state: &HeapState, object: *mut Header) {
    let depth = state.queue.depth();
    if depth >= NESTING {
        state.queue.defer(object);
        return;
    }
    state.queue.set_depth(depth + 1);
    // SAFETY: passed on; deferred objects are in the same state as `object`.
    unsafe {
        free_one(state, object);
        if depth == 0 && state.queue.has_deferred() {
            free_deferred(state);
        }
    }
    state.queue.set_depth(depth);
}

/// Ends what nested too deep.
///
/// # Safety
/// What was deferred is as for [`free_content`].
#[cold]
#[inline(never)]
unsafe fn free_deferred(state: &HeapState) {
    while let Some(deferred) = state.queue.next_deferred() {
        // SAFETY: passed on.
        unsafe { free_one(state, deferred) };
    }
}

unsafe fn free_one(state: &HeapState, object: *mut Header) {
    // SAFETY: nothing refers to the object; its class is alive until its count is given back below.
    unsafe {
        let header = &*object;
        if header.has(flag::WEAKLY_REFERENCED) {
            state.weak.forget(header);
        }
        instance::drop_content(state, object);
        let class = header.ty.get();
        state.free_raw(object);
        if (*class).is_heap_type() && (*class).header.release() {
            free_object(class as *mut Header);
        }
    }
}
