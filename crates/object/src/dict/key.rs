//! What a table must know of keys: how general a table each needs, and the hashes that cost no call.

use crate::core::value::Value;
use crate::hashing;
use crate::str::Str;

/// What a key fits into, from the most special to the most general.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Fits {
    /// Plain strings.
    Names,
    /// Plain strings and small ints.
    Words,
    /// Anything; the hash is stored.
    Anything,
}

/// The most special kind of table a key fits into.
#[inline(always)]
pub(super) fn fits(key: &Value) -> Fits {
    if key.is_small_int() {
        Fits::Words
    } else if key.downcast_exact::<Str>().is_some() {
        Fits::Names
    } else {
        Fits::Anything
    }
}

/// The hash of a small int, as [`hashing::hash_small_int`], with the common case in line.
#[inline(always)]
pub(super) fn int_hash(value: i64) -> i64 {
    if value >= 0 && (value as u64) < hashing::MODULUS {
        value
    } else {
        hashing::hash_small_int(value)
    }
}

/// The hash of a key where telling it runs no code: plain strings, small ints, floats in the word.
#[inline]
pub fn simple_hash(key: &Value) -> Option<i64> {
    if let Some(int) = key.as_small_int() {
        return Some(int_hash(int));
    }
    if let Some(string) = key.downcast_exact::<Str>() {
        return Some(string.hash_code());
    }
    key.as_small_float().and_then(hashing::hash_float)
}
