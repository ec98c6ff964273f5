//! What a table must know of keys: how general a table each needs, and the hashes that cost no call.

use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::{Vm, exceptions, hashing};

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
pub(crate) fn fits(key: &Value) -> Fits {
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
pub(crate) fn int_hash(value: i64) -> i64 {
    if value >= 0 && (value as u64) < hashing::MODULUS { value } else { hashing::hash_small_int(value) }
}

/// Compares two different keys with the same hash as far as no code can run: plain strings and small ints; `None` where
/// it takes a call. `kind` is what `key` fits into.
#[inline]
pub(crate) fn compare_simply(known: &Value, key: &Value, kind: Fits) -> Option<bool> {
    match (fits(known), kind) {
        (Fits::Anything, _) | (_, Fits::Anything) => None,
        (Fits::Names, Fits::Names) => match (known.downcast_exact::<Str>(), key.downcast_exact::<Str>()) {
            (Some(known), Some(key)) => Some(known.same_text(key)),
            _ => Some(false),
        },
        // The words differ, so the ints do; a string is no int.
        _ => Some(false),
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

impl Vm {
    /// The hash of a key of a dict.
    #[inline]
    pub fn hash_key(&mut self, key: &Value) -> PyResult<i64> {
        match simple_hash(key) {
            Some(hash) => Ok(hash),
            None => self.hash_for(key, "a dict key"),
        }
    }

    /// The hash of an element of a set.
    #[inline]
    pub fn hash_element(&mut self, element: &Value) -> PyResult<i64> {
        match simple_hash(element) {
            Some(hash) => Ok(hash),
            None => self.hash_for(element, "a set element"),
        }
    }

    fn hash_for(&mut self, value: &Value, role: &str) -> PyResult<i64> {
        match self.hash(value) {
            Ok(hash) => Ok(hash),
            Err(raised) => Err(self.cannot_use(raised, value, role)),
        }
    }

    /// A `TypeError` that says what the value was meant for; other errors stay.
    #[cold]
    fn cannot_use(&mut self, raised: Raised, value: &Value, role: &str) -> Raised {
        let exception = self.catch(raised);
        if !std::ptr::eq(exception.ty(), exceptions::TYPE_ERROR.get()) {
            return self.reraise(exception);
        }
        match self.str(&exception.as_value()) {
            Ok(text) => {
                let kind = value.ty().message_name(self);
                self.type_error(format_args!("cannot use '{kind}' as {role} ({text})"))
            }
            Err(raised) => raised,
        }
    }
}
