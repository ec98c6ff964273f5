//! The classes directly below a class, in the order in which they came: adding one and taking one out take about the same
//! time however many there are.

use std::collections::{BTreeMap, HashMap};
use std::ptr::NonNull;

use super::Type;
use crate::core::object::Object;

/// Classes by their place in the order. They are not owned: each takes itself out when it ends.
#[derive(Default)]
pub(crate) struct Subclasses {
    next: u64,
    order: BTreeMap<u64, NonNull<Object<Type>>>,
    places: HashMap<NonNull<Object<Type>>, u64>,
}

impl Subclasses {
    pub(super) fn add(&mut self, class: &Object<Type>) {
        let class = NonNull::from(class);
        self.remove(class);
        self.order.insert(self.next, class);
        self.places.insert(class, self.next);
        self.next += 1;
    }

    pub(super) fn remove(&mut self, class: NonNull<Object<Type>>) {
        if let Some(place) = self.places.remove(&class) {
            self.order.remove(&place);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = NonNull<Object<Type>>> {
        self.order.values().copied()
    }
}
