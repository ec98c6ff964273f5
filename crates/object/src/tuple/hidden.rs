//! Tuples with items that the tuple does not show: struct sequences keep fields behind the visible ones.

use super::{ITEMS, Tuple};
use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::heap::OutOfMemory;
use crate::trace::Visitor;
use crate::types::{NativeLayout, Type};

/// The layout of a class whose instances have `TOTAL` items, hidden ones included.
pub const fn hidden_layout<const TOTAL: usize>() -> NativeLayout {
    unsafe fn items<'a>(object: *const Header, total: usize) -> &'a [Value] {
        // SAFETY: the items lie behind the head of a live tuple of that many.
        unsafe { std::slice::from_raw_parts(object.byte_add(ITEMS).cast(), total) }
    }
    unsafe fn drop_items<const TOTAL: usize>(object: *mut Header) {
        // SAFETY: called once for an instance, which owns all its items.
        for item in unsafe { items(object, TOTAL) }.iter().rev() {
            // SAFETY: each item is read once.
            drop(unsafe { std::ptr::read(item) });
        }
    }
    unsafe fn trace_items<const TOTAL: usize>(object: *const Header, visitor: &mut Visitor<'_>) {
        // SAFETY: called for a live instance.
        unsafe { items(object, TOTAL) }.iter().for_each(|item| visitor.visit(item));
    }
    unsafe fn size<const TOTAL: usize>(_: *const Header) -> usize {
        ITEMS + 8 * TOTAL
    }
    NativeLayout::of::<Tuple>().with_tail(drop_items::<TOTAL>, trace_items::<TOTAL>, size::<TOTAL>)
}

impl Object<Tuple> {
    /// The items, those included that the tuple does not show.
    pub(crate) fn all_items(&self) -> &[Value] {
        let Some(size) = self.ty().var_size() else {
            return self.as_slice();
        };
        // SAFETY: a live tuple; its size is that of the head and the items.
        let total = (unsafe { size(self.header()) } - ITEMS) / 8;
        // SAFETY: that many items lie behind the head.
        unsafe { std::slice::from_raw_parts(self.native.items(), total) }
    }
}

impl Heap {
    /// A tuple of a class with hidden items, of which it shows the first `visible`. The class has [`hidden_layout`] for this
    /// number of items.
    pub(crate) fn try_tuple_with_hidden(
        &mut self,
        class: &Object<Type>,
        visible: usize,
        items: Vec<Value>,
    ) -> Result<Ref<Tuple>, OutOfMemory> {
        let total = items.len();
        let tuple = self.try_tuple_as(class, items)?;
        assert!(visible <= total && tuple.all_items().len() == total);
        // SAFETY: the tuple is fresh and nobody else sees it; its layout drops and traces all items, whatever the length.
        unsafe { (&raw const tuple.native.len).cast_mut().write(visible) };
        Ok(tuple)
    }
}
