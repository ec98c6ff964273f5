//! The hash functions behind `hashlib`: `_md5`, `_sha1`, `_sha2`, `_sha3`, `_blake2`.
//!
//! | file | modules |
//! |---|---|
//! | `input` | what all of them do with their data |
//! | `fixed` | `_md5`, `_sha1`, `_sha2`: hashes of one length, made by functions |
//! | `sha3` | `_sha3`: hashes of one length and of any, made by classes |
//! | `blake2` | `_blake2`, which has parameters of its own |
//! | `algorithms` | all of them by name, HMAC and key derivation on top |
//! | `scrypt` | what scrypt does between its two derivations |
//! | `keyed` | the classes of HMAC objects |
//! | `hmac` | `_hmac` |
//! | `openssl`, `openssl_module` | `_hashlib`: what CPython has from OpenSSL |

mod algorithms;
pub mod blake2;
pub mod fixed;
pub mod hmac;
mod input;
mod keyed;
mod openssl;
pub mod openssl_module;
mod scrypt;
pub mod sha3;

/// From so many bytes on CPython hashes without its lock; tests ask for the number.
const LARGE_INPUT: i32 = 2048;
