//! [`Ring`]: the storage of a deque, a ring of places whose memory is charged to the interpreter.

use pvm_macros::Trace;
use pvm_object::{HeapVec, OutOfMemory, Value};

/// A sequence that grows and shrinks at both ends. The number of places is a power of two, or 0.
#[derive(Trace, Default)]
pub struct Ring {
    places: HeapVec<Option<Value>>,
    head: usize,
    len: usize,
}

const SMALLEST: usize = 8;

impl Ring {
    /// The number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Bytes of the places.
    pub fn size_in_memory(&self) -> usize {
        self.places.capacity() * size_of::<Value>()
    }

    #[inline(always)]
    fn place(&self, index: usize) -> usize {
        (self.head + index) & (self.places.len() - 1)
    }

    /// The item at a position.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<&Value> {
        if index < self.len { self.places[self.place(index)].as_ref() } else { None }
    }

    /// Replaces the item at a position that exists; returns the old one.
    pub fn replace(&mut self, index: usize, item: Value) -> Option<Value> {
        let place = self.place(index);
        self.places[place].replace(item)
    }

    /// Appends an item on the right.
    #[inline]
    pub fn push_back(&mut self, item: Value) -> Result<(), OutOfMemory> {
        if self.len == self.places.len() {
            self.grow()?;
        }
        let place = self.place(self.len);
        self.places[place] = Some(item);
        self.len += 1;
        Ok(())
    }

    /// Puts an item before the first.
    #[inline]
    pub fn push_front(&mut self, item: Value) -> Result<(), OutOfMemory> {
        if self.len == self.places.len() {
            self.grow()?;
        }
        self.head = self.head.wrapping_sub(1) & (self.places.len() - 1);
        let head = self.head;
        self.places[head] = Some(item);
        self.len += 1;
        Ok(())
    }

    /// Takes the last item.
    #[inline]
    pub fn pop_back(&mut self) -> Option<Value> {
        self.len = self.len.checked_sub(1)?;
        let place = self.place(self.len);
        let item = self.places[place].take();
        self.shrink();
        item
    }

    /// Takes the first item.
    #[inline]
    pub fn pop_front(&mut self) -> Option<Value> {
        self.len = self.len.checked_sub(1)?;
        let head = self.head;
        let item = self.places[head].take();
        self.head = self.place(1);
        self.shrink();
        item
    }

    /// Moves every item `count` places to the right, those pushed out come in on the left; to the left where it is
    /// negative.
    pub fn rotate(&mut self, count: isize) {
        if self.len < 2 {
            return;
        }
        let right = count.rem_euclid(self.len as isize) as usize;
        if self.len == self.places.len() {
            self.head = self.head.wrapping_sub(right) & (self.places.len() - 1);
        } else if right <= self.len / 2 {
            for _ in 0..right {
                let last = self.place(self.len - 1);
                let item = self.places[last].take();
                self.head = self.head.wrapping_sub(1) & (self.places.len() - 1);
                let head = self.head;
                self.places[head] = item;
            }
        } else {
            for _ in 0..self.len - right {
                let head = self.head;
                let item = self.places[head].take();
                self.head = self.place(1);
                let last = self.place(self.len - 1);
                self.places[last] = item;
            }
        }
    }

    /// Turns the order round.
    pub fn reverse(&mut self) {
        for index in 0..self.len / 2 {
            let (left, right) = (self.place(index), self.place(self.len - 1 - index));
            self.places.swap(left, right);
        }
    }

    /// Puts an item before the one at `index`, at most the length.
    pub fn insert(&mut self, index: usize, item: Value) -> Result<(), OutOfMemory> {
        if index <= self.len / 2 {
            self.push_front(item)?;
            for at in 0..index {
                let (left, right) = (self.place(at), self.place(at + 1));
                self.places.swap(left, right);
            }
        } else {
            self.push_back(item)?;
            for at in (index..self.len - 1).rev() {
                let (left, right) = (self.place(at), self.place(at + 1));
                self.places.swap(left, right);
            }
        }
        Ok(())
    }

    /// Takes the item at a position that exists out; the shorter side closes the gap.
    pub fn remove(&mut self, index: usize) -> Option<Value> {
        if index < self.len / 2 {
            for at in (0..index).rev() {
                let (left, right) = (self.place(at), self.place(at + 1));
                self.places.swap(left, right);
            }
            self.pop_front()
        } else {
            for at in index..self.len.saturating_sub(1) {
                let (left, right) = (self.place(at), self.place(at + 1));
                self.places.swap(left, right);
            }
            self.pop_back()
        }
    }

    /// The items in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Value> + '_ {
        (0..self.len).map(|index| self.get(index).expect("positions below the length are filled"))
    }

    fn grow(&mut self) -> Result<(), OutOfMemory> {
        self.resize((self.places.len() * 2).max(SMALLEST))
    }

    #[inline]
    fn shrink(&mut self) {
        if self.len * 8 < self.places.len() && self.places.len() > 64 {
            // Without memory for the smaller ring the larger one stays.
            let _ = self.resize(self.places.len() / 4);
        }
    }

    #[cold]
    fn resize(&mut self, size: usize) -> Result<(), OutOfMemory> {
        let mut places = HeapVec::with_capacity(size)?;
        for index in 0..self.len {
            let place = self.place(index);
            places.push(self.places[place].take())?;
        }
        while places.len() < size {
            places.push(None)?;
        }
        self.places = places;
        self.head = 0;
        Ok(())
    }
}
