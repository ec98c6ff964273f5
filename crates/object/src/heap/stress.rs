//! Stress modes: what makes faults of memory management show where they happen. Debug builds read them once from the
//! environment variable `PVM_STRESS`, a list of names; in release builds [`on`] is a constant `false`.
//!
//! | name | what it does |
//! |---|---|
//! | `collect` | collections at safepoints all the time: after each allocation of a container in a small heap, the larger it is the more seldom |
//! | `drain` | the drop queue is drained before every instruction |
//! | `specialize` | instructions specialise at their first execution, and always try |
//! | `move` | each frame lies in pages of its own, which never come back: stale pointers and overflows of the stack fault |
//! | `poison` | freed memory is filled with a pattern and kept back for a while, fresh memory is filled too; growing moves |
//! | `leaks` | at the end of an interpreter, what is still alive is reported by class |
//! | `all` | all of them but `leaks` |

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};

/// A stress mode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mode {
    /// Collect all the time.
    Collect = 1 << 0,
    /// Drain the drop queue before every instruction.
    Drain = 1 << 1,
    /// Specialise at the first execution.
    Specialize = 1 << 2,
    /// Put each frame at a place of its own.
    Move = 1 << 3,
    /// Fill and keep back what is freed.
    Poison = 1 << 4,
    /// Report what an interpreter leaves alive.
    Leaks = 1 << 5,
}

const NAMES: [(&str, u8); 7] = [
    ("collect", Mode::Collect as u8),
    ("drain", Mode::Drain as u8),
    ("specialize", Mode::Specialize as u8),
    ("move", Mode::Move as u8),
    ("poison", Mode::Poison as u8),
    ("leaks", Mode::Leaks as u8),
    ("all", 0b1_1111),
];

/// Says that the variable was read.
const READ: u8 = 1 << 7;
static MODES: AtomicU8 = AtomicU8::new(0);

/// Whether a mode is on.
#[inline(always)]
pub fn on(mode: Mode) -> bool {
    cfg!(debug_assertions) && modes() & mode as u8 != 0
}

#[inline]
fn modes() -> u8 {
    let modes = MODES.load(Ordering::Relaxed);
    if modes & READ != 0 { modes } else { read() }
}

#[cold]
fn read() -> u8 {
    set(&std::env::var("PVM_STRESS").unwrap_or_default())
}

/// Sets the modes of the whole process, whatever the environment says, for programs that compare runs. Only while no Python
/// code runs.
pub fn set(wanted: &str) -> u8 {
    let mut modes = READ;
    for name in wanted.split(',').filter(|name| !name.is_empty()) {
        match NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, mode)) => modes |= mode,
            None => stop(&format!("PVM_STRESS: there is no mode {name:?}")),
        }
    }
    MODES.store(modes, Ordering::Relaxed);
    modes
}

/// Ends the process: what was found leaves nothing to trust.
#[cold]
fn stop(what: &str) -> ! {
    eprintln!("pvm: {what}");
    std::process::abort()
}

/// When the mode `collect` collects: so often that in all a container costs the same few looks at others, however many there are.
#[derive(Default)]
pub(crate) struct Pace {
    /// Containers made since the last collection, and since the last one of all objects began.
    since_young: Cell<usize>,
    since_full: Cell<usize>,
    /// Whether the next one of all objects goes in slices.
    sliced: Cell<bool>,
}

/// How many containers there are in the heap for each that is made between two collections of the young.
const LIVE_PER_YOUNG: usize = 5000;
/// How many are made at least between two collections of all objects; no fewer than a quarter of those there are.
const FEWEST_PER_FULL: usize = 300;

/// What [`Pace`] asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Collection {
    /// Of the young.
    Young,
    /// Of all objects at one stroke.
    Full,
    /// Of all objects in slices.
    Sliced,
}

impl Pace {
    /// A container is made; whether it is time to collect.
    pub(crate) fn step(&self, live: usize) -> bool {
        self.since_young.set(self.since_young.get() + 1);
        self.since_full.set(self.since_full.get() + 1);
        self.since_young.get() > live / LIVE_PER_YOUNG
    }

    /// What to collect, now that it is time.
    pub(crate) fn take(&self, live: usize) -> Collection {
        self.since_young.set(0);
        if self.since_full.get() < FEWEST_PER_FULL.max(live / 4) {
            return Collection::Young;
        }
        self.since_full.set(0);
        if self.sliced.replace(!self.sliced.get()) { Collection::Sliced } else { Collection::Full }
    }
}

/// The words of freed and of fresh memory: as a value or an address they name an object at an address that cannot be.
const FREED: u64 = 0xD8D8_D8D8_D8D8_D8D8;
const FRESH: u64 = 0xC8C8_C8C8_C8C8_C8C8;

/// Fills memory that was just allocated.
///
/// # Safety
/// `block` has `size` bytes, which hold nothing yet.
pub unsafe fn fill_fresh(block: *mut u8, size: usize) {
    // SAFETY: passed on.
    unsafe { block.write_bytes(FRESH as u8, size) }
}

/// A block that nothing uses any more.
#[derive(Clone, Copy)]
pub(crate) struct Freed {
    pub(crate) block: *mut u8,
    pub(crate) size: usize,
    pub(crate) align: usize,
}

// SAFETY: nobody else has the block.
unsafe impl Send for Freed {}

/// Freed blocks that are kept back, the oldest first.
pub(crate) struct Quarantine {
    blocks: VecDeque<Freed>,
    bytes: usize,
}

/// How many bytes a quarantine keeps back; fewer where collections walk over them all the time.
fn most_kept() -> usize {
    if on(Mode::Collect) { 1 << 20 } else { 32 << 20 }
}

impl Quarantine {
    pub(crate) const fn new() -> Quarantine {
        Quarantine { blocks: VecDeque::new(), bytes: 0 }
    }

    /// Takes a block in, its first word zero, the others filled; gives an older one back where there are too many.
    ///
    /// # Safety
    /// The block is aligned to words, has at least one, and nothing uses it.
    pub(crate) unsafe fn exchange(&mut self, freed: Freed) -> Option<Freed> {
        // SAFETY: passed on.
        let words = unsafe { words(freed) };
        words.fill(FREED);
        words[0] = 0;
        self.bytes += freed.size;
        self.blocks.push_back(freed);
        if self.bytes <= most_kept() {
            return None;
        }
        let oldest = self.blocks.pop_front()?;
        self.bytes -= oldest.size;
        // SAFETY: the quarantine had the block all the time.
        unsafe { check(&oldest) };
        Some(oldest)
    }
}

impl Drop for Quarantine {
    fn drop(&mut self) {
        for freed in &self.blocks {
            // SAFETY: the quarantine had the block all the time.
            unsafe { check(freed) };
        }
    }
}

unsafe fn words<'a>(freed: Freed) -> &'a mut [u64] {
    // SAFETY: passed on.
    unsafe { std::slice::from_raw_parts_mut(freed.block.cast(), freed.size / 8) }
}

/// Stops where a block was written to after it was freed.
unsafe fn check(freed: &Freed) {
    // SAFETY: passed on.
    let words = unsafe { words(*freed) };
    let damaged = words.iter().enumerate().position(|(index, &word)| word != if index == 0 { 0 } else { FREED });
    if let Some(index) = damaged {
        let (block, size, word) = (freed.block, freed.size, words[index]);
        stop(&format!("a block of {size} bytes at {block:?} was written to after it was freed: {word:#x} at {}", 8 * index));
    }
}

static INTERIORS: Mutex<Quarantine> = Mutex::new(Quarantine::new());

/// Takes a block of an interior in, and gives one back that is to be freed in its stead, if there is one.
///
/// # Safety
/// As [`Quarantine::exchange`].
pub(crate) unsafe fn keep_interior(freed: Freed) -> Option<Freed> {
    if freed.size < 8 || freed.align < 8 {
        return Some(freed);
    }
    let mut interiors = INTERIORS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    // SAFETY: passed on.
    unsafe { interiors.exchange(freed) }
}

/// The frames of a thread, each in pages of its own, its end where its pages end.
#[derive(Default)]
pub struct Apart {
    live: Vec<(*mut u64, *mut u8, usize)>,
    next: usize,
}

const PAGE: usize = 4096;

impl Apart {
    /// Room for `words` words behind the places of all frames before; `None` where the system has no more pages.
    pub fn push(&mut self, words: usize) -> Option<*mut u64> {
        let size = (words * 8).next_multiple_of(PAGE);
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a mapping where nothing is yet; the address is a hint.
        let pages = unsafe {
            libc::mmap(
                self.next as *mut _,
                size,
                protection,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if pages == libc::MAP_FAILED {
            return None;
        }
        let pages = pages.cast::<u8>();
        // Downwards as the system does, one page apart, so that what lies behind the frame is no memory.
        self.next = (pages as usize).saturating_sub(size + 2 * PAGE);
        // SAFETY: the mapping has room for the words at its end.
        let start = unsafe {
            fill_fresh(pages, size);
            pages.add(size - words * 8).cast::<u64>()
        };
        self.live.push((start, pages, size));
        Some(start)
    }

    /// Gives the pages of the topmost frame back; false where it is not the one at `start`.
    ///
    /// # Safety
    /// Nothing uses the frame any more.
    pub unsafe fn pop(&mut self, start: *mut u64) -> bool {
        match self.live.last() {
            Some(&(last, pages, size)) if last == start => {
                self.live.pop();
                // SAFETY: the pages are the frame's alone.
                unsafe { libc::munmap(pages.cast(), size) };
                true
            }
            _ => false,
        }
    }
}
