//! SipHash-1-3 (Aumasson and Bernstein), which hashes text and bytes.

use super::not_minus_one;
use super::secret::HashSecret;

/// The hash of bytes, of a `bytes` object or of a string's characters as they are stored (one, two or four
/// bytes each, little-endian): `Py_HashBuffer`.
pub fn hash_bytes(secret: &HashSecret, bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    not_minus_one(siphash13(secret.sip_key(), bytes).cast_signed())
}

struct State {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl State {
    #[inline(always)]
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.rotate_left(32);
    }

    #[inline(always)]
    fn absorb(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.v0 ^= word;
    }
}

fn siphash13((k0, k1): (u64, u64), bytes: &[u8]) -> u64 {
    let mut state = State {
        v0: k0 ^ 0x736f_6d65_7073_6575,
        v1: k1 ^ 0x646f_7261_6e64_6f6d,
        v2: k0 ^ 0x6c79_6765_6e65_7261,
        v3: k1 ^ 0x7465_6462_7974_6573,
    };
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        state.absorb(u64::from_le_bytes(*word));
    }
    // The last word holds the remaining bytes and, on top, the length's low byte.
    let mut last = [0u8; 8];
    last[..tail.len()].copy_from_slice(tail);
    last[7] = bytes.len() as u8;
    state.absorb(u64::from_le_bytes(last));
    state.v2 ^= 0xff;
    for _ in 0..3 {
        state.round();
    }
    (state.v0 ^ state.v1) ^ (state.v2 ^ state.v3)
}

#[cfg(test)]
mod tests {
    use super::super::secret::HashSeed;
    use super::*;

    /// Seed, text, hash: from CPython 3.14 started with `PYTHONHASHSEED` as given.
    const TEXT_HASHES: &[(u32, &str, i64)] = &[
        (0, "a", 4644417185603328019),
        (0, "abc", -4594863902769663758),
        (0, "hello world", -5642461784034726774),
        (0, "12345678", 3785724242978802311),
        (0, "1234567890123456789", -6874855105365910337),
        (0, "abcdefghabcdefghabcdefghabcdefgh", 7724761210683451239),
        (1, "a", -3012895188637184397),
        (1, "abc", -4667308735975688587),
        (1, "hello world", 4697380503286254714),
        (1, "12345678", 500036314421443289),
        (1, "1234567890123456789", 8170422795259562441),
        (1, "abcdefghabcdefghabcdefghabcdefgh", -3806992023168239709),
        (42, "a", -123207753977932514),
        (42, "abc", 3869580338025362921),
        (42, "hello world", -3893157060480277979),
        (42, "12345678", -8868897825882322955),
        (42, "1234567890123456789", 8815692865769299679),
        (42, "abcdefghabcdefghabcdefghabcdefgh", -6054149097831472525),
    ];

    fn secret(seed: u32) -> HashSecret {
        HashSecret::new(HashSeed::Fixed(seed), || unreachable!())
    }

    #[test]
    fn hashes_are_cpythons() {
        for (seed, text, hash) in TEXT_HASHES {
            assert_eq!(hash_bytes(&secret(*seed), text.as_bytes()), *hash, "{seed} {text:?}");
        }
        assert_eq!(hash_bytes(&secret(1), b""), 0);
    }
}
