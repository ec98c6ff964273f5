//! [`Table`]: the storage of a dict, a compact ordered hash table.
//!
//! One block holds the indices and behind them the entries in the order of insertion. An index is the position of an
//! entry, in one, two or four bytes. Where every key tells its own hash cheaply, an entry is key and value; else the hash
//! stands behind them.
//!
//! A deleted entry stays as a gap until the indices are next laid out anew; indices that point to gaps, or to entries
//! that came to lie there since, are harmless, because a search compares keys.

use std::cell::Cell;
use std::ptr::NonNull;

use super::key::{Fits, compare_simply, fits, int_hash};
use crate::core::object::Object;
use crate::core::value::{Value, ValueRef};
use crate::heap::memory::{self, OutOfMemory};
use crate::str::Str;
use crate::trace::{Trace, Visitor};

/// What the keys of a table have in common, from the most special to the most general.
pub(super) type Layout = Fits;

/// The storage of a dict; see the module's page.
pub struct Table {
    /// The first entry; the indices lie before it, downwards.
    entries: NonNull<u8>,
    used: u32,
    /// Entries in use, gaps among them included.
    filled: u32,
    /// Indices that are not empty.
    occupied: u32,
    /// Entries there is room for.
    capacity: u32,
    version: Cell<u32>,
    /// Counts how often positions changed, for searches that call out.
    rebuilds: u16,
    layout: Layout,
    /// The logarithm of the number of indices; 0 where there is no block.
    log2: u8,
}

#[repr(C)]
struct Entry {
    key: Option<Value>,
    value: Option<Value>,
}

const PLAIN: usize = size_of::<Entry>();
const HASHED: usize = PLAIN + 8;
const MIN_LOG2: u8 = 3;
const FIRST_CAPACITY: usize = 3;
/// Tables of no more indices than this, as a logarithm, that grow get room for all entries that the indices allow: it costs
/// little, and most of them grow on.
const FILLED_AT_ONCE: u8 = 5;
/// From here on blocks grow by moving pages, so they may grow in small steps.
const CHEAP_TO_GROW: usize = 8192;

/// What a look at an entry told a search.
pub(super) enum Verdict {
    /// Another key.
    No,
    /// The key.
    Yes,
    /// The hashes are the same; only a comparison that may run code can tell.
    Ask,
}

/// How far a search came.
pub(super) enum Outcome {
    Missing,
    Found(usize),
    /// The position of a key that must be compared by a call.
    Ask(usize),
}

/// Where a search stands; CPython's sequence.
pub(super) struct Probe {
    slot: usize,
    perturb: u64,
    mask: usize,
}

impl Probe {
    #[inline(always)]
    fn advance(&mut self) {
        self.perturb >>= 5;
        self.slot = (self.slot.wrapping_mul(5).wrapping_add(self.perturb as usize).wrapping_add(1)) & self.mask;
    }
}

trait Index: Copy + PartialEq {
    const EMPTY: Self;
    fn new(position: usize) -> Self;
    fn position(self) -> usize;
}

macro_rules! index_widths {
    ($($ty:ty),*) => {$(
        impl Index for $ty {
            const EMPTY: $ty = <$ty>::MAX;

            #[inline(always)]
            fn new(position: usize) -> $ty {
                position as $ty
            }

            #[inline(always)]
            fn position(self) -> usize {
                self as usize
            }
        }
    )*};
}
index_widths!(u8, u16, u32);

const fn index_width(log2: u8) -> usize {
    match log2 {
        0..=8 => 1,
        9..=16 => 2,
        _ => 4,
    }
}

const fn index_bytes(log2: u8) -> usize {
    if log2 == 0 { 0 } else { index_width(log2) << log2 }
}

/// The entries a table with so many indices may hold: two thirds.
const fn usable(log2: u8) -> usize {
    if log2 == 0 { 0 } else { (2 << log2) / 3 }
}

/// The smallest table with room for `slots` indices.
fn log2_of_slots(slots: usize) -> u8 {
    (slots.max(1 << MIN_LOG2) - 1).ilog2() as u8 + 1
}

/// The smallest table that `count` entries fit into.
fn log2_for(count: usize) -> u8 {
    log2_of_slots(count.saturating_mul(3).div_ceil(2))
}

macro_rules! by_width {
    ($log2:expr, $index:ident => $body:expr) => {
        match index_width($log2) {
            1 => {
                type $index = u8;
                $body
            }
            2 => {
                type $index = u16;
                $body
            }
            _ => {
                type $index = u32;
                $body
            }
        }
    };
}

impl Table {
    /// An empty table; takes no memory.
    pub(super) const fn new() -> Table {
        Table {
            entries: NonNull::<u64>::dangling().cast(),
            used: 0,
            filled: 0,
            occupied: 0,
            capacity: 0,
            version: Cell::new(0),
            rebuilds: 0,
            layout: Layout::Names,
            log2: 0,
        }
    }

    /// An empty table with room for `count` entries.
    pub(super) fn with_capacity(count: usize) -> Result<Table, OutOfMemory> {
        let mut table = Table::new();
        if count > 0 {
            table.lay_out(log2_for(count), count)?;
        }
        Ok(table)
    }

    /// The number of entries.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.used as usize
    }

    /// The number of positions in use, gaps included.
    #[inline(always)]
    pub(super) fn positions(&self) -> usize {
        self.filled as usize
    }

    /// What the keys have in common.
    #[inline(always)]
    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    /// Bytes of the block.
    pub(super) fn block_size(&self) -> usize {
        index_bytes(self.log2) + self.capacity as usize * self.stride()
    }

    /// The number that says which keys lie where; 0 before one is given.
    #[inline(always)]
    pub(super) fn version(&self) -> &Cell<u32> {
        &self.version
    }

    /// A number that changes when positions do.
    #[inline(always)]
    pub(super) fn rebuilds(&self) -> u16 {
        self.rebuilds
    }

    #[inline(always)]
    fn stride(&self) -> usize {
        if self.layout == Layout::Anything { HASHED } else { PLAIN }
    }

    #[inline(always)]
    fn place(&self, position: usize) -> *mut Entry {
        debug_assert!(position < self.capacity as usize);
        // SAFETY: callers keep the position below the capacity.
        unsafe { self.entries.as_ptr().add(position * self.stride()).cast() }
    }

    #[inline(always)]
    fn entry(&self, position: usize) -> &Entry {
        debug_assert!(position < self.capacity as usize);
        // SAFETY: indices and callers name positions that were filled; gaps are zero, which is an entry of two `None`.
        unsafe { &*self.place(position) }
    }

    /// The word of the key at a position that an index names; 0 for a gap.
    #[inline(always)]
    fn key_word(&self, position: usize) -> u64 {
        self.entry(position).key.as_ref().map_or(0, Value::bits)
    }

    #[inline(always)]
    fn stored_hash(&self, position: usize) -> i64 {
        debug_assert!(self.layout == Layout::Anything);
        // SAFETY: in this layout the hash stands behind the entry.
        unsafe { self.place(position).add(1).cast::<i64>().read() }
    }

    /// The hash of the key at a position in use.
    pub(super) fn hash_at(&self, position: usize) -> i64 {
        if self.layout == Layout::Anything {
            return self.stored_hash(position);
        }
        match &self.entry(position).key {
            Some(key) => key.as_small_int().map_or_else(|| self.name(position).hash_code(), int_hash),
            None => 0,
        }
    }

    /// The key of a position that holds a string, which the caller knows.
    #[inline(always)]
    fn name(&self, position: usize) -> &Object<Str> {
        // SAFETY: the layouts other than `Anything` hold strings and small ints only, and the caller excluded the latter.
        unsafe { &*(self.key_word(position) as *const Object<Str>) }
    }

    /// The entry at a position; `None` for a gap or past the end.
    #[inline]
    pub(super) fn get(&self, position: usize) -> Option<(&Value, &Value)> {
        if position >= self.filled as usize {
            return None;
        }
        let entry = self.entry(position);
        Some((entry.key.as_ref()?, entry.value.as_ref()?))
    }

    /// The value at a position, where a name's value lies.
    #[inline(always)]
    pub(super) fn value(&self, position: usize) -> Option<ValueRef<'_>> {
        if position >= self.filled as usize {
            return None;
        }
        self.entry(position).value.as_ref().map(Value::borrowed)
    }

    /// As [`Table::value`], of a table whose entries have no hashes.
    ///
    /// # Safety
    /// The keys are names, or names and small ints.
    #[inline(always)]
    pub(super) unsafe fn name_value(&self, position: usize) -> Option<ValueRef<'_>> {
        debug_assert!(self.layout != Layout::Anything);
        if position >= self.filled as usize {
            return None;
        }
        // SAFETY: a position in use; without hashes an entry is key and value.
        unsafe { (*self.entries.as_ptr().cast::<Entry>().add(position)).value.as_ref().map(Value::borrowed) }
    }

    /// Replaces the value at a position in use.
    #[inline]
    pub(super) fn replace(&mut self, position: usize, value: Value) -> Value {
        assert!(position < self.filled as usize);
        // SAFETY: the position is in range, and the table is ours.
        let place = unsafe { &mut (*self.place(position)).value };
        place.replace(value).expect("the position holds an entry")
    }

    /// The entries in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Value, &Value)> + '_ {
        (0..self.positions()).filter_map(|position| self.get(position))
    }

    /// The first entry at `position` or behind it, and its position.
    #[inline]
    pub(super) fn next_from(&self, mut position: usize) -> Option<(usize, &Value, &Value)> {
        while position < self.positions() {
            if let Some((key, value)) = self.get(position) {
                return Some((position, key, value));
            }
            position += 1;
        }
        None
    }

    /// The last entry before `position`, and its position.
    pub(super) fn last_before(&self, position: usize) -> Option<(usize, &Value, &Value)> {
        (0..position.min(self.positions())).rev().find_map(|position| {
            let (key, value) = self.get(position)?;
            Some((position, key, value))
        })
    }

    #[inline(always)]
    pub(super) fn probe(&self, hash: i64) -> Probe {
        let mask = (1 << self.log2) - 1;
        Probe { slot: hash as usize & mask, perturb: hash as u64, mask }
    }

    #[inline(always)]
    fn index<I: Index>(&self, slot: usize) -> I {
        debug_assert!(slot < 1 << self.log2);
        // SAFETY: the indices lie before the entries, and `slot` is below their number.
        unsafe { *self.entries.as_ptr().cast::<I>().sub(slot + 1) }
    }

    #[inline(always)]
    fn search_indices<I: Index>(&self, probe: &mut Probe, judge: &mut impl FnMut(&Table, usize) -> Verdict) -> Outcome {
        loop {
            let index = self.index::<I>(probe.slot);
            if index == I::EMPTY {
                return Outcome::Missing;
            }
            let position = index.position();
            let verdict = judge(self, position);
            if matches!(verdict, Verdict::Yes) {
                return Outcome::Found(position);
            }
            probe.advance();
            if matches!(verdict, Verdict::Ask) {
                return Outcome::Ask(position);
            }
        }
    }

    #[inline(always)]
    fn search(&self, probe: &mut Probe, mut judge: impl FnMut(&Table, usize) -> Verdict) -> Outcome {
        if self.used == 0 {
            return Outcome::Missing;
        }
        by_width!(self.log2, I => self.search_indices::<I>(probe, &mut judge))
    }

    /// The position of a string, by its text. Keys of other classes are not asked, for that could run code; strings of
    /// subclasses count as their text.
    #[inline]
    pub(super) fn find_name(&self, name: &Object<Str>) -> Option<usize> {
        let hash = name.hash_code();
        let word = name as *const Object<Str> as u64;
        let mut probe = self.probe(hash);
        let outcome = match self.layout {
            Layout::Names => self.search(&mut probe, |table, position| {
                let key = table.key_word(position);
                let same = key == word || (key != 0 && same_name(table.name(position), name, hash));
                if same { Verdict::Yes } else { Verdict::No }
            }),
            _ => self.search(&mut probe, |table, position| match &table.entry(position).key {
                Some(key) if key.bits() == word => Verdict::Yes,
                Some(key) if key.downcast::<Str>().is_some_and(|key| same_name(key, name, hash)) => Verdict::Yes,
                _ => Verdict::No,
            }),
        };
        match outcome {
            Outcome::Found(position) => Some(position),
            _ => None,
        }
    }

    /// Goes on with a search for a key of any class: by identity and, for plain strings and small ints, by content.
    #[inline]
    pub(super) fn find_step(&self, probe: &mut Probe, key: &Value, hash: i64) -> Outcome {
        let word = key.bits();
        let kind = fits(key);
        match (self.layout, kind) {
            (Layout::Names, Layout::Names) => self.search(probe, |table, position| {
                let known = table.key_word(position);
                if known == word {
                    return Verdict::Yes;
                }
                let same = known != 0 && key.downcast_exact().is_some_and(|key| same_name(table.name(position), key, hash));
                if same { Verdict::Yes } else { Verdict::No }
            }),
            (Layout::Words, Layout::Words) => {
                self.search(probe, |table, position| if table.key_word(position) == word { Verdict::Yes } else { Verdict::No })
            }
            (Layout::Names, Layout::Words) => Outcome::Missing,
            (Layout::Anything, _) => self.search(probe, |table, position| {
                let Some(known) = &table.entry(position).key else {
                    return Verdict::No;
                };
                if known.bits() == word {
                    return Verdict::Yes;
                }
                if table.stored_hash(position) == hash { judge(known, key, kind) } else { Verdict::No }
            }),
            _ => self.search(probe, |table, position| {
                let Some(known) = &table.entry(position).key else {
                    return Verdict::No;
                };
                if known.bits() == word {
                    return Verdict::Yes;
                }
                if table.hash_at(position) == hash { judge(known, key, kind) } else { Verdict::No }
            }),
        }
    }

    /// Adds an entry whose key is not there yet.
    #[inline]
    pub(super) fn insert(&mut self, key: Value, value: Value, hash: i64) -> Result<(), OutOfMemory> {
        let fit = fits(&key);
        if fit > self.layout {
            self.widen(fit)?;
        }
        if self.filled == self.capacity || self.occupied as usize >= usable(self.log2) {
            self.make_room()?;
        }
        let position = self.filled as usize;
        // SAFETY: there is room for one more.
        unsafe {
            let place = self.place(position);
            place.write(Entry { key: Some(key), value: Some(value) });
            if self.layout == Layout::Anything {
                place.add(1).cast::<i64>().write(hash);
            }
        }
        self.filled += 1;
        self.used += 1;
        self.version.set(0);
        by_width!(self.log2, I => self.put_index::<I>(position, hash));
        Ok(())
    }

    /// As [`Table::insert`], of a key that a search which ended at `probe` has just found missing.
    #[inline]
    pub(super) fn insert_at(&mut self, probe: &Probe, key: Value, value: Value, hash: i64) -> Result<(), OutOfMemory> {
        let room = self.filled < self.capacity && (self.occupied as usize) < usable(self.log2);
        if !room || self.layout == Layout::Anything || fits(&key) > self.layout {
            return self.insert(key, value, hash);
        }
        let position = self.filled as usize;
        let empty = by_width!(self.log2, I => self.index::<I>(probe.slot) == I::EMPTY);
        if !empty {
            return self.insert(key, value, hash);
        }
        // SAFETY: there is room for one more entry; the slot is below the number of indices.
        unsafe {
            self.place(position).write(Entry { key: Some(key), value: Some(value) });
            by_width!(self.log2, I => *self.entries.as_ptr().cast::<I>().sub(probe.slot + 1) = I::new(position));
        }
        self.filled += 1;
        self.used += 1;
        self.occupied += 1;
        self.version.set(0);
        Ok(())
    }

    #[inline(always)]
    fn put_index<I: Index>(&mut self, position: usize, hash: i64) {
        let mut probe = self.probe(hash);
        while self.index::<I>(probe.slot) != I::EMPTY {
            probe.advance();
        }
        // SAFETY: the slot is below the number of indices.
        unsafe { *self.entries.as_ptr().cast::<I>().sub(probe.slot + 1) = I::new(position) };
        self.occupied += 1;
    }

    /// Takes the entry at a position out; its place stays as a gap.
    pub(super) fn remove(&mut self, position: usize) -> (Value, Value) {
        assert!(position < self.filled as usize);
        // SAFETY: the position is in range, and the table is ours.
        let entry = unsafe { &mut *self.place(position) };
        let taken = (entry.key.take(), entry.value.take());
        let (Some(key), Some(value)) = taken else { panic!("the position holds an entry") };
        self.used -= 1;
        self.version.set(0);
        (key, value)
    }

    /// Takes the last entry out.
    pub(super) fn pop_last(&mut self) -> Option<(Value, Value)> {
        let (position, ..) = self.last_before(self.positions())?;
        let taken = self.remove(position);
        self.filled = position as u32;
        Some(taken)
    }

    /// Room for `additional` more entries.
    pub(super) fn reserve(&mut self, additional: usize) -> Result<(), OutOfMemory> {
        let wanted = self.len().checked_add(additional).ok_or(OutOfMemory)?;
        let log2 = self.log2.max(log2_for(wanted));
        let gaps = self.filled.max(self.occupied) as usize - self.len();
        if log2 == self.log2 && gaps + wanted <= (self.capacity as usize).min(usable(log2)) {
            return Ok(());
        }
        self.lay_out(log2, wanted.max(self.capacity as usize).min(usable(log2)))
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self) -> Result<(), OutOfMemory> {
        let grown = |count: usize| match count < CHEAP_TO_GROW {
            true => (count + count / 2 + 1).max(FIRST_CAPACITY),
            false => count + count / 8,
        };
        // Gaps are closed when the indices are used up, no earlier: where CPython's dicts do it, which iterations can see.
        if (self.occupied as usize) < usable(self.log2) {
            let wanted = if self.log2 <= FILLED_AT_ONCE { usable(self.log2) } else { grown(self.positions()) };
            return self.grow_entries(wanted.min(usable(self.log2)));
        }
        let log2 = log2_of_slots(self.len() * 3);
        let room = if self.len() > 0 && log2 <= FILLED_AT_ONCE { usable(log2) } else { grown(self.len()).min(usable(log2)) };
        self.lay_out(log2, room)
    }

    /// The block, the start of its indices.
    fn block(&self) -> NonNull<u8> {
        // SAFETY: the indices lie before the entries in the same block.
        unsafe { self.entries.sub(index_bytes(self.log2)) }
    }

    fn resize_block(&mut self, size: usize, indices: usize) -> Result<(), OutOfMemory> {
        // SAFETY: the block is what an earlier call returned for its size, or of size 0.
        unsafe {
            let block = memory::resize(self.block(), self.block_size(), size, 8)?;
            self.entries = block.add(indices);
        }
        Ok(())
    }

    /// Room for more entries behind those that are there.
    fn grow_entries(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        debug_assert!(capacity > self.capacity as usize);
        let indices = index_bytes(self.log2);
        let size = indices + capacity * self.stride();
        self.resize_block(size, indices)?;
        self.capacity = capacity as u32;
        Ok(())
    }

    /// Closes the gaps, and lays the table out with `1 << log2` indices and room for `capacity` entries. The block grows
    /// in place where the system can do that.
    fn lay_out(&mut self, log2: u8, capacity: usize) -> Result<(), OutOfMemory> {
        if log2 > 32 {
            return Err(OutOfMemory);
        }
        debug_assert!(capacity >= self.len() && capacity <= usable(log2));
        let (old_size, old_indices) = (self.block_size(), index_bytes(self.log2));
        let (new_size, new_indices) = (index_bytes(log2) + capacity * self.stride(), index_bytes(log2));
        if new_size > old_size {
            self.resize_block(new_size, old_indices)?;
        }
        self.close_gaps();
        let bytes = self.len() * self.stride();
        // SAFETY: the block is at least as large as the larger of both layouts, and the entries' bytes move as a whole;
        // the new start is within the block.
        unsafe {
            let block = self.entries.sub(old_indices);
            std::ptr::copy(self.entries.as_ptr(), block.add(new_indices).as_ptr(), bytes);
            self.entries = block.add(new_indices);
            if new_size < old_size {
                match memory::resize(block, old_size, new_size, 8) {
                    Ok(block) => self.entries = block.add(new_indices),
                    Err(OutOfMemory) => {
                        // Giving back failed: everything stays as large as it was.
                        std::ptr::copy(self.entries.as_ptr(), block.add(old_indices).as_ptr(), bytes);
                        self.entries = block.add(old_indices);
                        self.fill_indices();
                        return Ok(());
                    }
                }
            }
        }
        self.log2 = log2;
        self.capacity = capacity as u32;
        self.fill_indices();
        Ok(())
    }

    fn close_gaps(&mut self) {
        if self.used == self.filled {
            return;
        }
        let stride = self.stride();
        let mut to = 0;
        for from in 0..self.positions() {
            if self.key_word(from) != 0 {
                // SAFETY: both places are within the block; the one moved to is a gap or the same.
                unsafe { std::ptr::copy(self.place(from).cast::<u8>(), self.place(to).cast::<u8>(), stride) };
                to += 1;
            }
        }
        debug_assert!(to == self.len());
        self.filled = self.used;
    }

    fn fill_indices(&mut self) {
        let indices = index_bytes(self.log2);
        // SAFETY: the indices lie before the entries; all ones is `EMPTY` in each width.
        unsafe { self.block().as_ptr().write_bytes(0xFF, indices) };
        self.occupied = 0;
        self.rebuilds = self.rebuilds.wrapping_add(1);
        self.version.set(0);
        by_width!(self.log2, I => for position in 0..self.positions() {
            self.put_index::<I>(position, self.hash_at(position));
        });
    }

    /// Makes the layout more general, for a key that the present one has no place for.
    #[cold]
    #[inline(never)]
    fn widen(&mut self, layout: Layout) -> Result<(), OutOfMemory> {
        if layout == Layout::Anything && self.log2 != 0 {
            let indices = index_bytes(self.log2);
            self.resize_block(indices + self.capacity as usize * HASHED, indices)?;
            for position in (0..self.positions()).rev() {
                let hash = self.hash_at(position);
                // SAFETY: there is room for the wider entries; from the end on, each moves up over places already moved.
                unsafe {
                    let entry = self.entries.as_ptr().add(position * PLAIN).cast::<Entry>().read();
                    let place = self.entries.as_ptr().add(position * HASHED).cast::<Entry>();
                    place.write(entry);
                    place.add(1).cast::<i64>().write(hash);
                }
            }
        }
        self.layout = layout;
        Ok(())
    }

    /// Takes over the indices and entries of a table that has neither gaps nor indices that lead nowhere.
    fn copy_block(&mut self, from: &Table) -> Result<(), OutOfMemory> {
        let indices = index_bytes(from.log2);
        let size = indices + from.len() * from.stride();
        self.resize_block(size, indices)?;
        // SAFETY: both blocks have that many bytes, from their indices on. Each value copied gets a count of its own.
        unsafe {
            let (source, target) = (from.block().as_ptr(), self.entries.sub(indices).as_ptr());
            std::ptr::copy_nonoverlapping(source, target, size);
        }
        for position in 0..from.positions() {
            std::mem::forget(from.get(position).map(|(key, value)| (key.clone(), value.clone())));
        }
        (self.used, self.filled, self.occupied) = (from.used, from.filled, from.occupied);
        (self.capacity, self.log2) = (from.used, from.log2);
        Ok(())
    }

    /// A table with the same keys, all names, whose values are `None` until [`Table::fill`] sets them.
    pub(super) fn copy_keys(&self) -> Result<Table, OutOfMemory> {
        debug_assert!(self.used == self.filled && self.layout == Layout::Names);
        let mut copy = Table::new();
        let (size, indices) = (self.block_size(), index_bytes(self.log2));
        copy.resize_block(size, indices)?;
        let filled = indices + self.positions() * self.stride();
        // SAFETY: both blocks have that many bytes, from their indices on. Each key copied gets a count of its own; the values
        // are `None`, the only one without a count to give.
        unsafe {
            let (source, target) = (self.block().as_ptr(), copy.entries.sub(indices).as_ptr());
            std::ptr::copy_nonoverlapping(source, target, filled);
        }
        for position in 0..self.positions() {
            let entry = self.entry(position);
            debug_assert!(entry.value.as_ref().is_some_and(|value| value.is_none()));
            std::mem::forget(entry.key.clone());
        }
        (copy.used, copy.filled, copy.occupied) = (self.used, self.filled, self.occupied);
        (copy.capacity, copy.log2) = (self.capacity, self.log2);
        Ok(copy)
    }

    /// Sets the values of a table that [`Table::copy_keys`] made.
    pub(super) fn fill(&mut self, values: Vec<Value>) {
        assert!(values.len() == self.positions());
        for (position, value) in values.into_iter().enumerate() {
            // SAFETY: the position is in use; the value there is `None`, which needs no end.
            unsafe { (&raw mut (*self.place(position)).value).write(Some(value)) };
        }
    }

    /// A copy without gaps.
    pub(super) fn try_clone(&self) -> Result<Table, OutOfMemory> {
        let mut copy = Table::new();
        if self.used == 0 {
            return Ok(copy);
        }
        copy.layout = self.layout;
        if self.used == self.filled && self.used == self.occupied && self.log2 <= log2_for(self.len()) + 1 {
            copy.copy_block(self)?;
            return Ok(copy);
        }
        copy.lay_out(log2_for(self.len()), self.len())?;
        for position in 0..self.positions() {
            if let Some((key, value)) = self.get(position) {
                copy.insert(key.clone(), value.clone(), self.hash_at(position))?;
            }
        }
        Ok(copy)
    }
}

fn judge(known: &Value, key: &Value, kind: Layout) -> Verdict {
    match compare_simply(known, key, kind) {
        Some(true) => Verdict::Yes,
        Some(false) => Verdict::No,
        None => Verdict::Ask,
    }
}

/// Whether a plain string is `name`, whose hash is `hash`.
#[inline(always)]
fn same_name(key: &Object<Str>, name: &Object<Str>, hash: i64) -> bool {
    key.hash_code() == hash && key.same_text(name)
}

impl Drop for Table {
    fn drop(&mut self) {
        for position in 0..self.positions() {
            // SAFETY: the table ends, each entry is dropped once; gaps hold nothing.
            unsafe { std::ptr::drop_in_place(self.place(position)) };
        }
        // SAFETY: the block is what `resize` returned for its size.
        unsafe { memory::free(self.block(), self.block_size(), 8) };
    }
}

// SAFETY: each key and value is visited once.
unsafe impl Trace for Table {
    const HAS_PARTS: bool = true;

    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.trace_parts(0..self.positions(), visitor);
    }

    fn parts(&self) -> usize {
        self.positions()
    }

    fn trace_parts(&self, parts: std::ops::Range<usize>, visitor: &mut Visitor<'_>) {
        for position in parts.start..parts.end.min(self.positions()) {
            if let Some((key, value)) = self.get(position) {
                visitor.visit(key);
                visitor.visit(value);
            }
        }
    }
}

const _: () = assert!(size_of::<Table>() == 32);
