//! Strings that are part of the binary: [`StaticStr`] of ASCII text, [`StaticLatin1`] of one character above.

use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU32, AtomicUsize};

use super::{STR_TYPE, Str, Utf8Cache, state};
use crate::core::header::Header;
use crate::core::object::Object;

const STATIC_BITS: u32 = state::INTERNED | 1 << state::KIND_SHIFT | state::COMPACT | state::STATIC;

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
            native: Str { length: N, hash: AtomicI64::new(-1), state: AtomicU32::new(STATIC_BITS | state::ASCII) },
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

/// A string of one character from U+0080 to U+00FF that is part of the binary.
#[repr(C)]
pub struct StaticLatin1 {
    header: Header,
    native: Str,
    cache: Utf8Cache,
    data: [u8; 2],
}

// SAFETY: the header is immortal, and the string's state, hash and cache are atomic.
unsafe impl Sync for StaticLatin1 {}

impl StaticLatin1 {
    /// The string of the character with this code.
    pub const fn new(code: u8) -> StaticLatin1 {
        assert!(code >= 0x80);
        StaticLatin1 {
            header: Header::immortal(&raw const STR_TYPE),
            native: Str { length: 1, hash: AtomicI64::new(-1), state: AtomicU32::new(STATIC_BITS) },
            cache: Utf8Cache { length: AtomicUsize::new(0), bytes: AtomicPtr::new(std::ptr::null_mut()) },
            data: [code, 0],
        }
    }

    /// The string.
    pub const fn get(&'static self) -> &'static Object<Str> {
        // SAFETY: the static begins as an `Object<Str>`, the cache, its character and a zero behind it.
        unsafe { &*(self as *const Self).cast() }
    }
}
