//! `str`: the object and its storage. One, two or four bytes a character, the narrowest that fits; ASCII inline behind a
//! shorter head. Field places are those of CPython 3.14's `PyASCIIObject` and `PyCompactUnicodeObject`.

pub mod arguments;
mod case;
mod format;
pub mod intern;
mod iterators;
mod join;
mod pad;
pub(crate) mod percent;
mod plain_percent;
mod search;
mod slots;
mod split;
mod statics;
pub mod storage;
#[cfg(test)]
mod tests;
mod translate;

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

use pvm_macros::pyclass;

use crate::core::header::Header;
use crate::core::object::Object;
use crate::text::{TextView, Width};
use crate::trace::{Trace, Visitor};
use crate::types::NativeLayout;

pub use iterators::{StrAsciiIterator, StrIterator};
pub use statics::{StaticLatin1, StaticStr};
pub use storage::StrWriter;

/// str(object='') -> str
/// str(bytes_or_buffer[, encoding[, errors]]) -> str
///
/// Text: a sequence of Unicode characters that never changes. With an encoding or
/// error handler the object must export a buffer, whose bytes are decoded; without,
/// the text is what the object's __str__() returns, or else its repr().
/// encoding defaults to 'utf-8'.
/// errors defaults to 'strict'.
#[pyclass(name = "str", match_self, layout = STR_LAYOUT, no_trace, parts(iterator, search, case, pad, split, join, format, translate, codecs))]
#[repr(C)]
pub struct Str {
    // The head; the characters lie behind it.
    length: usize,
    /// The hash, or -1 before it is asked for.
    hash: AtomicI64,
    state: AtomicU32,
}

/// Behind the head of a string that is not ASCII: its UTF-8 form, once it was asked for.
#[repr(C)]
struct Utf8Cache {
    length: AtomicUsize,
    bytes: AtomicPtr<u8>,
}

mod state {
    pub const INTERNED: u32 = 1;
    pub const KIND_SHIFT: u32 = 16;
    pub const KIND: u32 = 7 << KIND_SHIFT;
    pub const COMPACT: u32 = 1 << 19;
    pub const ASCII: u32 = 1 << 20;
    pub const STATIC: u32 = 1 << 21;
}

const ASCII_DATA: usize = 40;
const COMPACT_DATA: usize = 56;
const _: () = {
    assert!(size_of::<Object<Str>>() == ASCII_DATA);
    assert!(std::mem::offset_of!(Object<Str>, native) + std::mem::offset_of!(Str, length) == 16);
    assert!(std::mem::offset_of!(Object<Str>, native) + std::mem::offset_of!(Str, hash) == 24);
    assert!(std::mem::offset_of!(Object<Str>, native) + std::mem::offset_of!(Str, state) == 32);
    assert!(ASCII_DATA + size_of::<Utf8Cache>() == COMPACT_DATA);
};

pub(crate) static STR_LAYOUT: NativeLayout = NativeLayout::sized::<Str>(Str::size_of);

// SAFETY: a string holds no references.
unsafe impl Trace for Str {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}

impl Str {
    unsafe fn size_of(object: *const Header) -> usize {
        // SAFETY: called for a live string.
        let string = unsafe { &*object.cast::<Object<Str>>() };
        let kind = string.kind();
        if string.is_ascii() { ASCII_DATA + string.length + 1 } else { COMPACT_DATA + (string.length + 1) * kind }
    }

    /// The number of characters.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no characters.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether all characters are ASCII.
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.state.load(Ordering::Relaxed) & state::ASCII != 0
    }

    /// Bytes a character.
    #[inline(always)]
    pub fn kind(&self) -> usize {
        ((self.state.load(Ordering::Relaxed) & state::KIND) >> state::KIND_SHIFT) as usize
    }

    /// The storage's width.
    #[inline(always)]
    pub fn width(&self) -> Width {
        match self.kind() {
            1 if self.is_ascii() => Width::Ascii,
            1 => Width::Latin1,
            2 => Width::Ucs2,
            _ => Width::Ucs4,
        }
    }

    /// Whether it is the one string with this text that names are compared by.
    #[inline(always)]
    pub fn is_interned(&self) -> bool {
        self.state.load(Ordering::Relaxed) & state::INTERNED != 0
    }

    fn set_interned(&self, interned: bool) {
        match interned {
            true => self.state.fetch_or(state::INTERNED, Ordering::Relaxed),
            false => self.state.fetch_and(!state::INTERNED, Ordering::Relaxed),
        };
    }
}

impl Object<Str> {
    #[inline(always)]
    fn data(&self) -> *const u8 {
        let offset = if self.is_ascii() { ASCII_DATA } else { COMPACT_DATA };
        // SAFETY: the characters lie behind the head within the same object.
        unsafe { (self as *const Self).cast::<u8>().add(offset) }
    }

    /// The characters.
    #[inline]
    pub fn view(&self) -> TextView<'_> {
        let (data, len) = (self.data(), self.length);
        // SAFETY: `len` characters of the width that the state tells lie there.
        unsafe {
            if self.is_ascii() {
                return TextView::Ascii(std::slice::from_raw_parts(data, len));
            }
            match self.kind() {
                1 => TextView::Latin1(std::slice::from_raw_parts(data, len)),
                2 => TextView::Ucs2(std::slice::from_raw_parts(data.cast(), len)),
                _ => TextView::Ucs4(std::slice::from_raw_parts(data.cast(), len)),
            }
        }
    }

    /// The text as UTF-8, without copying; `None` where it holds lone surrogates. What is not ASCII is encoded once.
    pub fn as_str(&self) -> Option<&str> {
        if self.is_ascii() {
            // SAFETY: ASCII is UTF-8.
            return Some(unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.data(), self.length)) });
        }
        let cache = self.utf8_cache();
        let mut bytes = cache.bytes.load(Ordering::Acquire);
        if bytes.is_null() {
            let text = self.view().to_str()?.into_owned().into_boxed_str();
            let len = text.len();
            cache.length.store(len, Ordering::Relaxed);
            let fresh = Box::into_raw(text).cast::<u8>();
            match cache.bytes.compare_exchange(std::ptr::null_mut(), fresh, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => bytes = fresh,
                Err(other) => {
                    // SAFETY: the box was not published; the same text has the same length.
                    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(fresh, len)) });
                    bytes = other;
                }
            }
        }
        // SAFETY: the cache holds the UTF-8 form until the string ends.
        Some(unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(bytes, cache.length.load(Ordering::Relaxed))) })
    }

    fn utf8_cache(&self) -> &Utf8Cache {
        debug_assert!(!self.is_ascii());
        // SAFETY: a string that is not ASCII has the cache right behind its head.
        unsafe { &*(self as *const Self).cast::<u8>().add(ASCII_DATA).cast() }
    }

    /// The text, with lone surrogates replaced: for messages.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        match self.as_str() {
            Some(text) => Cow::Borrowed(text),
            None => self.view().to_str_lossy(),
        }
    }

    /// Whether the text is `text`.
    #[inline]
    pub fn is_str(&self, text: &str) -> bool {
        if self.is_ascii() { self.view().storage_bytes() == text.as_bytes() } else { self.view() == *text }
    }

    /// Whether both have the same characters.
    #[inline]
    pub fn same_text(&self, other: &Object<Str>) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        if self.length != other.length || self.kind() != other.kind() {
            return false;
        }
        if self.is_interned() && other.is_interned() {
            return false;
        }
        self.view().storage_bytes() == other.view().storage_bytes()
    }

    /// Whether `part` occurs in the text.
    pub fn contains_text(&self, part: &Object<Str>) -> bool {
        if part.length == 1
            && let TextView::Ascii(units) | TextView::Latin1(units) = self.view()
        {
            return u8::try_from(part.view().get(0)).is_ok_and(|unit| memchr::memchr(unit, units).is_some());
        }
        crate::text::strings::search::contains(self.view(), part.view())
    }

    /// Bytes of memory taken, those of the UTF-8 form included.
    pub fn size_in_memory(&self) -> usize {
        if self.is_ascii() {
            return ASCII_DATA + self.length + 1;
        }
        let cache = self.utf8_cache();
        let cached = if cache.bytes.load(Ordering::Acquire).is_null() { 0 } else { cache.length.load(Ordering::Relaxed) + 1 };
        COMPACT_DATA + (self.length + 1) * self.kind() + cached
    }

    /// The hash that dicts and `hash()` use: SipHash-1-3 of the characters' bytes under the process's seed.
    #[inline(always)]
    pub fn hash_code(&self) -> i64 {
        let known = self.hash.load(Ordering::Relaxed);
        if known != -1 { known } else { self.compute_hash() }
    }

    #[cold]
    fn compute_hash(&self) -> i64 {
        let hash = crate::hashing::hash_bytes(crate::hashing::process::secret(), self.view().storage_bytes());
        self.hash.store(hash, Ordering::Relaxed);
        hash
    }
}

impl Drop for Str {
    fn drop(&mut self) {
        let interned = self.is_interned();
        if self.is_ascii() && !interned {
            return;
        }
        // SAFETY: a string exists only as the native half of an object, right behind the header.
        let object = unsafe { &*(self as *const Str).byte_sub(size_of::<Header>()).cast::<Object<Str>>() };
        if interned {
            // SAFETY: the object is alive until this call ends.
            let state = unsafe { &*crate::heap::free::heap_of(&raw const object.header as *mut Header) };
            state.interned.forget(object);
        }
        if !self.is_ascii() {
            let cache = object.utf8_cache();
            let bytes = cache.bytes.load(Ordering::Acquire);
            if !bytes.is_null() {
                let len = cache.length.load(Ordering::Relaxed);
                // SAFETY: the cache owns the box.
                drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(bytes, len)) });
            }
        }
    }
}

impl std::fmt::Debug for Object<Str> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.to_string_lossy())
    }
}

impl std::fmt::Display for Object<Str> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.to_string_lossy())
    }
}

impl std::hash::Hash for Object<Str> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_i64(self.hash_code());
    }
}
