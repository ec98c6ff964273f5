//! [`Table`]: the storage of a set, an open hash table that probes, grows and orders as CPython's does.
//!
//! A slot is the element's hash and the element. As long as all elements are small ints, whose hash is cheap, a slot is one
//! word. Element words that are no values mark empty slots and those of removed elements.

use std::ptr::NonNull;

use crate::core::value::Value;
use crate::dict::{Fits, compare_simply, fits, int_hash};
use crate::heap::memory::{self, OutOfMemory};
use crate::trace::{Trace, Visitor};

const MIN_SLOTS: usize = 8;
/// How many neighbours are looked at before jumping.
const LINEAR_PROBES: usize = 9;
/// Sets with more elements than this grow by half as much.
const LARGE: usize = 50_000;

/// A slot that was never used.
const EMPTY: u64 = 0;
/// A slot whose element was removed: a word that no value has.
const REMOVED: u64 = 4;

/// The storage of a set; see the module's page.
pub struct Table {
    /// The slots; dangling where there are none, which counts as eight empty ones.
    slots: NonNull<u64>,
    mask: usize,
    used: usize,
    /// Slots that are not empty, those of removed elements among them.
    filled: usize,
    /// Where `pop` looks next.
    finger: usize,
    /// Counts how often slots moved, for searches that call out.
    rebuilds: u16,
    allocated: bool,
    /// Whether the hash stands before each element.
    hashed: bool,
}

/// How far a search came.
pub(super) enum Outcome {
    Missing,
    Found(usize),
    /// The slot of an element that must be compared by a call.
    Ask(usize),
}

/// Where a search stands.
#[derive(Clone, Copy)]
pub(super) struct Probe {
    slot: usize,
    /// Neighbours left to look at.
    left: usize,
    base: usize,
    perturb: u64,
    mask: usize,
}

impl Probe {
    #[inline(always)]
    fn new(hash: i64, mask: usize) -> Probe {
        let base = hash as usize & mask;
        Probe { slot: base, left: Probe::neighbours(base, mask), base, perturb: hash as u64, mask }
    }

    #[inline(always)]
    fn neighbours(base: usize, mask: usize) -> usize {
        if base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 }
    }

    #[inline(always)]
    fn advance(&mut self) {
        if self.left > 0 {
            self.left -= 1;
            self.slot += 1;
            return;
        }
        self.perturb >>= 5;
        self.base = self.base.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize) & self.mask;
        self.slot = self.base;
        self.left = Probe::neighbours(self.base, self.mask);
    }
}

impl Table {
    /// An empty table; takes no memory.
    pub(super) const fn new() -> Table {
        Table {
            slots: NonNull::dangling(),
            mask: MIN_SLOTS - 1,
            used: 0,
            filled: 0,
            finger: 0,
            rebuilds: 0,
            allocated: false,
            hashed: false,
        }
    }

    /// The number of elements.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.used
    }

    /// A number that changes when elements move to other slots.
    pub(super) fn rebuilds(&self) -> u16 {
        self.rebuilds
    }

    fn words_per_slot(&self) -> usize {
        if self.hashed { 2 } else { 1 }
    }

    /// Bytes of the block.
    pub(super) fn block_size(&self) -> usize {
        if self.allocated { (self.mask + 1) * 8 * self.words_per_slot() } else { 0 }
    }

    #[inline(always)]
    fn place(&self, slot: usize) -> *mut u64 {
        debug_assert!(self.allocated && slot <= self.mask);
        // SAFETY: callers keep the slot within the mask, and the block is allocated; the element is a slot's last word.
        unsafe { self.slots.as_ptr().add(if self.hashed { slot * 2 + 1 } else { slot }) }
    }

    #[inline(always)]
    fn word(&self, slot: usize) -> u64 {
        // SAFETY: the place lies in the block, all of which is initialised.
        unsafe { *self.place(slot) }
    }

    #[inline(always)]
    fn set_slot(&mut self, slot: usize, word: u64, hash: i64) {
        let place = self.place(slot);
        // SAFETY: the place lies in the block; with hashes, the word before it does too.
        unsafe {
            *place = word;
            if self.hashed {
                *place.sub(1) = hash as u64;
            }
        }
    }

    #[inline(always)]
    fn stored_hash(&self, slot: usize) -> i64 {
        debug_assert!(self.hashed);
        // SAFETY: with hashes, the word before the element is its hash.
        unsafe { *self.place(slot).sub(1) as i64 }
    }

    #[inline(always)]
    fn value_of(word: &u64) -> Option<&Value> {
        // SAFETY: other words in slots are values, owned by the table; a `Value` is its word.
        (*word & !REMOVED != 0).then(|| unsafe { &*(word as *const u64).cast::<Value>() })
    }

    /// The element in a slot; `None` for an empty one.
    #[inline(always)]
    pub(super) fn get(&self, slot: usize) -> Option<&Value> {
        if !self.allocated || slot > self.mask {
            return None;
        }
        // SAFETY: the place lies in the block.
        Table::value_of(unsafe { &*self.place(slot) })
    }

    /// The hash of the element in a slot that holds one.
    pub(super) fn hash_at(&self, slot: usize) -> i64 {
        if self.hashed {
            return self.stored_hash(slot);
        }
        self.get(slot).and_then(Value::as_small_int).map_or(0, int_hash)
    }

    /// The first element in `slot` or behind it, and its slot.
    #[inline]
    pub(super) fn next_from(&self, mut slot: usize) -> Option<(usize, &Value)> {
        if !self.allocated {
            return None;
        }
        while slot <= self.mask {
            if let Some(value) = self.get(slot) {
                return Some((slot, value));
            }
            slot += 1;
        }
        None
    }

    /// The elements in the order of their slots.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Value> {
        let slots = if self.allocated { self.mask + 1 } else { 0 };
        (0..slots).filter_map(|slot| self.get(slot))
    }

    #[inline(always)]
    pub(super) fn probe(&self, hash: i64) -> Probe {
        Probe::new(hash, self.mask)
    }

    /// Goes on with a search: by identity and, for plain strings and small ints, by content.
    #[inline]
    pub(super) fn find_step(&self, probe: &mut Probe, value: &Value, hash: i64) -> Outcome {
        if self.used == 0 {
            return Outcome::Missing;
        }
        let word = value.bits();
        let kind = fits(value);
        if !self.hashed && kind == Fits::Names {
            return Outcome::Missing;
        }
        loop {
            let slot = probe.slot;
            let known = self.word(slot);
            if known == EMPTY {
                return Outcome::Missing;
            }
            if known == word {
                return Outcome::Found(slot);
            }
            probe.advance();
            if self.hashed {
                if self.stored_hash(slot) == hash
                    && let Some(known) = self.get(slot)
                {
                    match compare_simply(known, value, kind) {
                        Some(true) => return Outcome::Found(slot),
                        Some(false) => {}
                        None => return Outcome::Ask(slot),
                    }
                }
            } else if kind == Fits::Anything && known != REMOVED && self.hash_at(slot) == hash {
                return Outcome::Ask(slot);
            }
        }
    }

    /// Adds an element that is not there yet.
    #[inline]
    pub(super) fn insert(&mut self, value: Value, hash: i64) -> Result<(), OutOfMemory> {
        if !self.hashed && !value.is_small_int() {
            self.store_hashes()?;
        }
        if !self.allocated {
            self.allocate()?;
        }
        let (slot, reused) = self.vacant_slot(hash);
        self.place_new(slot, value, hash);
        if reused {
            self.filled -= 1;
            return Ok(());
        }
        if self.filled * 5 >= self.mask * 3
            && let Err(error) = self.grow()
        {
            drop(self.remove(slot));
            self.set_slot(slot, EMPTY, 0);
            self.filled -= 1;
            return Err(error);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> Result<(), OutOfMemory> {
        self.rebuild(slots_above(if self.used > LARGE { self.used * 2 } else { self.used * 4 })?)
    }

    #[inline]
    fn place_new(&mut self, slot: usize, value: Value, hash: i64) {
        self.set_slot(slot, value.into_bits(), hash);
        self.used += 1;
        self.filled += 1;
    }

    /// The first empty slot of a search.
    #[inline]
    fn free_slot(&self, hash: i64) -> usize {
        let mut probe = self.probe(hash);
        while self.word(probe.slot) != EMPTY {
            probe.advance();
        }
        probe.slot
    }

    /// Where a new element goes: to the last slot on its way from which one was removed, else to the first empty one.
    /// Whether it is one of the former is told as well.
    #[inline]
    fn vacant_slot(&self, hash: i64) -> (usize, bool) {
        let mut probe = self.probe(hash);
        let mut removed = None;
        loop {
            match self.word(probe.slot) {
                EMPTY => return removed.map_or((probe.slot, false), |slot| (slot, true)),
                REMOVED => removed = Some(probe.slot),
                _ => {}
            }
            probe.advance();
        }
    }

    /// Takes the element in a slot out.
    pub(super) fn remove(&mut self, slot: usize) -> Value {
        let word = self.word(slot);
        assert!(Table::value_of(&word).is_some(), "the slot holds an element");
        self.set_slot(slot, REMOVED, -1);
        self.used -= 1;
        // SAFETY: the slot owned the value, and holds it no more.
        unsafe { Value::from_bits(word) }
    }

    /// Takes some element out: the next one from where the last call ended.
    pub(super) fn pop(&mut self) -> Option<Value> {
        if self.used == 0 {
            return None;
        }
        let mut slot = self.finger & self.mask;
        while self.get(slot).is_none() {
            slot = if slot == self.mask { 0 } else { slot + 1 };
        }
        self.finger = slot + 1;
        Some(self.remove(slot))
    }

    /// Lays the table out anew where more than a quarter of its slots are those of removed elements.
    pub(super) fn tidy(&mut self) -> Result<(), OutOfMemory> {
        if self.filled - self.used <= self.mask / 4 { Ok(()) } else { self.grow() }
    }

    /// Room for `count` more elements, most of them new: once, before a merge.
    pub(super) fn reserve(&mut self, count: usize) -> Result<(), OutOfMemory> {
        if (self.filled + count) * 5 >= self.mask * 3 {
            self.rebuild(slots_above((self.used + count) * 2)?)?;
        }
        Ok(())
    }

    /// Copies all elements of `other` in where this table is empty and has been given room; false where it is not empty.
    pub(super) fn copy_into_empty(&mut self, other: &Table) -> Result<bool, OutOfMemory> {
        if self.filled != 0 {
            return Ok(false);
        }
        if other.hashed && !self.hashed {
            self.store_hashes()?;
        }
        if !self.allocated {
            self.allocate()?;
        }
        let same = self.mask == other.mask && other.filled == other.used;
        for slot in 0..=other.mask {
            let Some(value) = other.get(slot) else {
                continue;
            };
            let hash = other.hash_at(slot);
            let to = if same { slot } else { self.free_slot(hash) };
            self.place_new(to, value.clone(), hash);
        }
        Ok(true)
    }

    /// An empty table with so many slots that follows this one.
    fn successor(&self, slots: usize, hashed: bool) -> Result<Table, OutOfMemory> {
        let mut table = Table::new();
        table.mask = slots - 1;
        table.hashed = hashed;
        table.finger = self.finger;
        table.rebuilds = self.rebuilds.wrapping_add(1);
        table.allocate()?;
        Ok(table)
    }

    fn allocate(&mut self) -> Result<(), OutOfMemory> {
        let words = (self.mask + 1) * self.words_per_slot();
        // SAFETY: a new block; all of it is made empty.
        unsafe {
            self.slots = memory::resize(NonNull::<u64>::dangling().cast(), 0, words * 8, 8)?.cast();
            self.slots.as_ptr().write_bytes(0, words);
        }
        self.allocated = true;
        Ok(())
    }

    /// Moves all elements of `other` in, in the order of their slots.
    fn take_all(&mut self, other: &mut Table) {
        if !other.allocated {
            return;
        }
        for slot in 0..=other.mask {
            if other.get(slot).is_some() {
                let hash = other.hash_at(slot);
                let word = other.word(slot);
                other.set_slot(slot, EMPTY, 0);
                let to = self.free_slot(hash);
                self.set_slot(to, word, hash);
                self.used += 1;
                self.filled += 1;
            }
        }
        other.used = 0;
        other.filled = 0;
    }

    fn rebuild(&mut self, slots: usize) -> Result<(), OutOfMemory> {
        if slots == MIN_SLOTS && self.mask + 1 == slots && self.filled == self.used {
            return Ok(());
        }
        let mut successor = self.successor(slots, self.hashed)?;
        successor.take_all(self);
        *self = successor;
        Ok(())
    }

    /// From now on the hash stands before each element; the slots stay the same.
    #[cold]
    #[inline(never)]
    fn store_hashes(&mut self) -> Result<(), OutOfMemory> {
        if !self.allocated {
            self.hashed = true;
            return Ok(());
        }
        let mut wide = self.successor(self.mask + 1, true)?;
        for slot in 0..=self.mask {
            let word = self.word(slot);
            let hash = if word == REMOVED { -1 } else { self.hash_at(slot) };
            self.set_slot(slot, EMPTY, 0);
            wide.set_slot(slot, word, hash);
        }
        wide.used = std::mem::take(&mut self.used);
        wide.filled = self.filled;
        *self = wide;
        Ok(())
    }

    /// Removes all elements; `pop` will go on from where it was.
    pub(super) fn take(&mut self) -> Table {
        let mut empty = Table::new();
        empty.finger = self.finger;
        empty.rebuilds = self.rebuilds.wrapping_add(1);
        std::mem::replace(self, empty)
    }

    /// Takes over the elements of another table.
    pub(super) fn become_table(&mut self, mut other: Table) -> Table {
        other.finger = self.finger;
        other.rebuilds = self.rebuilds.wrapping_add(1);
        std::mem::replace(self, other)
    }
}

/// The smallest number of slots above `minimum`.
fn slots_above(minimum: usize) -> Result<usize, OutOfMemory> {
    (minimum + 1).max(MIN_SLOTS).checked_next_power_of_two().ok_or(OutOfMemory)
}

impl Drop for Table {
    fn drop(&mut self) {
        if !self.allocated {
            return;
        }
        for slot in 0..=self.mask {
            let word = self.word(slot);
            if Table::value_of(&word).is_some() {
                // SAFETY: the slot owns the value; the table ends, so it is dropped once.
                drop(unsafe { Value::from_bits(word) });
            }
        }
        // SAFETY: the block is what `resize` returned for its size.
        unsafe { memory::free(self.slots.cast(), self.block_size(), 8) };
    }
}

// SAFETY: each element is visited once.
unsafe impl Trace for Table {
    const HAS_PARTS: bool = true;

    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.iter().for_each(|value| visitor.visit(value));
    }

    fn parts(&self) -> usize {
        if self.allocated { self.mask + 1 } else { 0 }
    }

    fn trace_parts(&self, parts: std::ops::Range<usize>, visitor: &mut Visitor<'_>) {
        parts.filter_map(|slot| self.get(slot)).for_each(|value| visitor.visit(value));
    }
}
