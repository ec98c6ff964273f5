//! `str`: the object and its storage. One, two or four bytes a character, the narrowest that fits; ASCII inline behind a
//! shorter head. Field places are those of CPython 3.14's `PyASCIIObject` and `PyCompactUnicodeObject`.

pub mod intern;

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::heap::OutOfMemory;
use crate::text::{TextBuf, TextBuilder, TextView};
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};

/// The native half of a string: the head; the characters lie behind it.
#[repr(C)]
pub struct Str {
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

static_class! {
    /// `str`.
    pub STR_TYPE: Str = {
        name: "str",
        layout: &STR_LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::MATCH_SELF,
        members: &[],
        slots: Slots::new(),
    }
}

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

/// An ASCII string that is part of the binary.
#[repr(C)]
pub struct StaticStr<const N: usize> {
    header: Header,
    native: Str,
    data: [u8; N],
    zero: u8,
}

// SAFETY: the header is immortal, and the string's state and hash are atomic.
unsafe impl<const N: usize> Sync for StaticStr<N> {}

impl<const N: usize> StaticStr<N> {
    /// A string with the text `text`, of `N` bytes, all ASCII.
    pub const fn new(text: &str) -> StaticStr<N> {
        let bytes = text.as_bytes();
        assert!(bytes.len() == N && text.is_ascii());
        let mut data = [0; N];
        let mut index = 0;
        while index < N {
            data[index] = bytes[index];
            index += 1;
        }
        StaticStr {
            header: Header::immortal(&raw const STR_TYPE),
            native: Str {
                length: N,
                hash: AtomicI64::new(-1),
                state: AtomicU32::new(state::INTERNED | 1 << state::KIND_SHIFT | state::COMPACT | state::ASCII | state::STATIC),
            },
            data,
            zero: 0,
        }
    }

    /// The string.
    pub const fn get(&'static self) -> &'static Object<Str> {
        // SAFETY: the static begins as an `Object<Str>`, its characters and a zero behind it.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl Heap {
    fn alloc_str(&mut self, length: usize, kind: usize, ascii: bool) -> Result<Ref<Str>, OutOfMemory> {
        let size = match ascii {
            true => length.checked_add(ASCII_DATA + 1),
            false => length.checked_add(1).and_then(|len| len.checked_mul(kind)).and_then(|size| size.checked_add(COMPACT_DATA)),
        };
        let size = size.filter(|&size| size < isize::MAX as usize).ok_or(OutOfMemory)?;
        let bits = (kind as u32) << state::KIND_SHIFT | state::COMPACT | if ascii { state::ASCII } else { 0 };
        let native = Str { length, hash: AtomicI64::new(-1), state: AtomicU32::new(bits) };
        let string = self.alloc_sized(&STR_TYPE, native, size)?;
        if !ascii {
            // SAFETY: the cache lies behind the head of a fresh string that is not ASCII.
            unsafe {
                let cache = (&raw const *string).cast_mut().cast::<u8>().add(ASCII_DATA).cast::<Utf8Cache>();
                cache.write(Utf8Cache { length: AtomicUsize::new(0), bytes: AtomicPtr::new(std::ptr::null_mut()) });
            }
        }
        Ok(string)
    }

    /// A string with the characters of a view, in the narrowest storage.
    pub fn try_str_from_view(&mut self, view: TextView<'_>) -> Result<Ref<Str>, OutOfMemory> {
        let (bytes, kind, ascii) = match view {
            TextView::Ascii(data) => (data, 1, true),
            TextView::Latin1(data) if data.is_ascii() => (data, 1, true),
            TextView::Latin1(data) => (data, 1, false),
            TextView::Ucs2(data) if data.iter().any(|&unit| unit > 0xFF) => (view.storage_bytes(), 2, false),
            TextView::Ucs4(data) if data.iter().any(|&unit| unit > 0xFFFF) => (view.storage_bytes(), 4, false),
            _ => return self.try_str_from_view(TextBuf::from_code_points(view.code_points()).view()),
        };
        if view.len() <= 1
            && let Some(single) = self.single_character(view)
        {
            return Ok(single);
        }
        let string = self.alloc_str(view.len(), kind, ascii)?;
        // SAFETY: the fresh string has room for the characters and a zero behind them.
        unsafe {
            let data = string.data().cast_mut();
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len());
            data.add(bytes.len()).write_bytes(0, kind);
        }
        Ok(string)
    }

    fn single_character(&mut self, view: TextView<'_>) -> Option<Ref<Str>> {
        match view.first() {
            None => Some(intern::EMPTY.get().to_ref()),
            Some(point) => intern::ASCII_CHARACTERS.get(point as usize).map(|string| string.get().to_ref()),
        }
    }

    /// A string of UTF-8 text.
    pub fn new_str(&mut self, text: &str) -> Ref<Str> {
        self.try_str(text).unwrap_or_else(|_| panic!("a string of {} bytes does not fit into memory", text.len()))
    }

    /// A string of UTF-8 text, where it may be too long for memory.
    pub fn try_str(&mut self, text: &str) -> Result<Ref<Str>, OutOfMemory> {
        if text.is_ascii() {
            return self.try_str_from_view(TextView::Ascii(text.as_bytes()));
        }
        self.try_str_from_view(TextBuf::from(text).view())
    }

    /// A string of text that was built.
    pub fn str_from_buf(&mut self, text: TextBuf) -> Result<Ref<Str>, OutOfMemory> {
        self.try_str_from_view(text.view())
    }

    /// A string of what a builder holds.
    pub fn str_from_builder(&mut self, text: TextBuilder) -> Result<Ref<Str>, OutOfMemory> {
        self.str_from_buf(text.finish())
    }

    /// A string of code points (surrogates allowed).
    pub fn str_from_code_points(&mut self, points: impl IntoIterator<Item = u32>) -> Result<Ref<Str>, OutOfMemory> {
        self.str_from_buf(TextBuf::from_code_points(points))
    }

    /// A string with the same characters, of the class `class` (`str` or a subclass).
    pub fn str_subclass(&mut self, class: &Object<Type>, text: &Object<Str>) -> Result<Ref<Str>, OutOfMemory> {
        let view = text.view();
        let (kind, ascii) = (text.kind(), text.is_ascii());
        let size = if ascii { ASCII_DATA + view.len() + 1 } else { COMPACT_DATA + (view.len() + 1) * kind };
        let extra = class.instance_size() - class.layout().size;
        let native = Str {
            length: view.len(),
            hash: AtomicI64::new(text.hash.load(Ordering::Relaxed)),
            state: AtomicU32::new(text.state.load(Ordering::Relaxed) & !(state::INTERNED | state::STATIC)),
        };
        let string = self.alloc_sized(class, native, size.next_multiple_of(8) + extra)?;
        // SAFETY: the fresh object is zeroed behind its head and has room for the characters.
        unsafe {
            let bytes = view.storage_bytes();
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), string.data().cast_mut(), bytes.len());
        }
        Ok(string)
    }

    /// A string being appended to that nobody else sees grows in place (the interpreter's `s += t`). Gives back what it
    /// was given where the other does not fit its storage.
    pub fn str_append(&mut self, left: Value, right: &Object<Str>) -> Result<Value, OutOfMemory> {
        let result = {
            let string = left.downcast::<Str>().expect("the left operand is a string");
            let mut builder = TextBuilder::with_capacity(string.len() + right.len());
            builder.push_view(string.view());
            builder.push_view(right.view());
            self.str_from_builder(builder)?
        };
        Ok(result.into())
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
