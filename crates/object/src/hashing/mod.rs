//! Hash functions, each giving the numbers that CPython gives under the same seed.
//!
//! | file | subject |
//! |---|---|
//! | `secret` | the process's hash seed and `PYTHONHASHSEED` |
//! | `siphash` | text and bytes |
//! | `numeric` | numbers: equal ones hash alike, whatever their type |
//! | `process` | the secret this process hashes with |
//! | `combine` | tuples, frozensets, slices, pointers |
//!
//! A hash is an `i64` and never -1, which CPython's C interface keeps for errors.

mod combine;
mod numeric;
pub mod process;
mod secret;
mod siphash;

pub use combine::{FrozenSetHash, hash_frozenset, hash_pointer, hash_slice, hash_tuple};
pub use numeric::{
    COMPLEX_MULTIPLIER, INFINITY, MODULUS, NAN, hash_complex, hash_complex_parts, hash_float, hash_int, hash_ratio,
    hash_small_int,
};
pub use secret::{HashSecret, HashSeed, ParseSeedError};
pub use siphash::hash_bytes;

/// Turns -1 into -2, as every hash function must.
pub const fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}
