//! The entries of a bounded cache in the order in which they were used: a doubly linked list in a vector.

use pvm_macros::Trace;
use pvm_object::{HeapVec, PyResult, Value};

/// The place of the root, which links the newest entry to the oldest.
const ROOT: usize = 0;

/// A cached result.
#[derive(Trace)]
struct Entry {
    previous: usize,
    next: usize,
    linked: bool,
    content: Option<Content>,
}

impl Entry {
    fn new(content: Option<Content>) -> Entry {
        Entry { previous: ROOT, next: ROOT, linked: false, content }
    }
}

/// What an entry holds.
#[derive(Clone, Trace)]
pub(super) struct Content {
    /// The key's hash.
    pub hash: i64,
    /// The key, by which the dict finds the entry.
    pub key: Value,
    /// The result.
    pub result: Value,
}

/// The list. Entries are named by their places, which stay as long as the entry does.
#[derive(Default, Trace)]
pub(super) struct Recency {
    entries: HeapVec<Entry>,
    /// Places that are free.
    free: HeapVec<usize>,
}

impl Recency {
    /// The place of the entry that was not used for the longest time.
    pub fn oldest(&self) -> Option<usize> {
        self.entries.first().map(|root| root.next).filter(|&place| place != ROOT)
    }

    /// What an entry holds.
    pub fn content(&self, place: usize) -> Option<&Content> {
        self.entries.get(place)?.content.as_ref()
    }

    /// Adds an entry that is linked nowhere yet.
    pub fn add(&mut self, content: Content) -> PyResult<usize> {
        if self.entries.is_empty() {
            self.entries.push(Entry::new(None))?;
        }
        if let Some(place) = self.free.pop() {
            self.entries[place].content = Some(content);
            return Ok(place);
        }
        self.entries.push(Entry::new(Some(content)))?;
        Ok(self.entries.len() - 1)
    }

    /// Whether the entry at `place` is the one of `key`: code that ran meanwhile may have given the place to another.
    pub fn holds(&self, place: usize, key: &Value) -> bool {
        self.content(place).is_some_and(|content| content.key.is(key))
    }

    /// Takes an entry out of the order, where it is in it.
    pub fn unlink(&mut self, place: usize) {
        let entry = &mut self.entries[place];
        if std::mem::take(&mut entry.linked) {
            let (previous, next) = (entry.previous, entry.next);
            self.entries[previous].next = next;
            self.entries[next].previous = previous;
        }
    }

    /// Makes an entry the newest.
    pub fn link_newest(&mut self, place: usize) {
        self.unlink(place);
        let newest = self.entries[ROOT].previous;
        self.link_between(newest, place, ROOT);
    }

    /// Makes an entry the oldest.
    pub fn link_oldest(&mut self, place: usize) {
        self.unlink(place);
        let oldest = self.entries[ROOT].next;
        self.link_between(ROOT, place, oldest);
    }

    fn link_between(&mut self, previous: usize, place: usize, next: usize) {
        self.entries[previous].next = place;
        self.entries[next].previous = place;
        let entry = &mut self.entries[place];
        (entry.previous, entry.next, entry.linked) = (previous, next, true);
    }

    /// Gives up an entry; what it held is the caller's to drop.
    pub fn remove(&mut self, place: usize) -> PyResult<Option<Content>> {
        self.unlink(place);
        self.free.push(place)?;
        Ok(self.entries[place].content.take())
    }
}
