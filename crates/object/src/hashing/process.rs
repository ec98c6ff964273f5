//! The hash secret of the process.

use std::sync::OnceLock;

use super::{HashSecret, HashSeed};

static SECRET: OnceLock<HashSecret> = OnceLock::new();

/// The secret that text and bytes are hashed with; random unless [`set_seed`] came first.
pub fn secret() -> &'static HashSecret {
    SECRET.get_or_init(|| HashSecret::new(HashSeed::Random, random_bytes))
}

/// Chooses the secret; false where something was hashed already.
pub fn set_seed(seed: HashSeed) -> bool {
    SECRET.set(HashSecret::new(seed, random_bytes)).is_ok()
}

fn random_bytes() -> [u8; HashSecret::LENGTH] {
    let mut bytes = [0; HashSecret::LENGTH];
    // SAFETY: the buffer is as long as it says.
    let got = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    if got != bytes.len() as isize {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        bytes[..16].copy_from_slice(&now.to_le_bytes());
    }
    bytes
}
