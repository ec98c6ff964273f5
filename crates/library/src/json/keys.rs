//! The keys a scanner has seen: equal keys of its documents become one string, made and hashed once.

use pvm_macros::Trace;
use pvm_object::str::Str;
use pvm_object::{Heap, HeapCell, HeapVec, OutOfMemory, Ref};

use super::strings::AsText;

/// Places for keys; a power of two.
const PLACES: usize = 1024;
/// Longer keys are rarely seen twice.
const LONGEST: usize = 64;

/// A table with one place for each hash: a new key replaces the one that was there.
#[derive(Trace, Default)]
pub struct Keys {
    places: HeapCell<HeapVec<Option<Ref<Str>>>>,
}

impl Keys {
    /// The string of these units.
    pub fn get<U: AsText>(&self, units: &[U], heap: &mut Heap) -> Result<Ref<Str>, OutOfMemory> {
        let text = U::as_text(units);
        let place = place_of(units);
        if let Some(Some(known)) = self.places.borrow(heap).get(place)
            && known.view() == text
        {
            return Ok(known.clone());
        }
        let key = heap.try_str_from_view(text)?;
        if units.len() <= LONGEST {
            let places = self.places.borrow_mut(heap);
            if places.is_empty() {
                places.try_extend(std::iter::repeat_n(None, PLACES))?;
            }
            let old = places[place].replace(key.clone());
            drop(old);
        }
        Ok(key)
    }
}

/// A cheap hash will do: who chooses keys that collide gains nothing but new strings.
fn place_of<U: AsText>(units: &[U]) -> usize {
    let hash = units.iter().take(LONGEST).fold(units.len() as u64, |hash, &unit| {
        let unit: u32 = unit.into();
        (hash ^ u64::from(unit)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
    });
    (hash >> 7) as usize % PLACES
}
