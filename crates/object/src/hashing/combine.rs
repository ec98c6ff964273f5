//! Hashes made of other hashes (tuples, frozensets, slices) and of addresses.

use super::not_minus_one;

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// What a tuple's or slice's hash becomes where it would be -1.
const INSTEAD_OF_MINUS_ONE: i64 = 1_546_275_796;

/// One lane of xxHash, as `tupleobject.c` takes it.
fn absorb(accumulator: u64, hash: i64) -> u64 {
    accumulator.wrapping_add(hash.cast_unsigned().wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1)
}

fn finish(accumulator: u64) -> i64 {
    match accumulator.cast_signed() {
        -1 => INSTEAD_OF_MINUS_ONE,
        hash => hash,
    }
}

/// The hash of a tuple from the hashes of its items, in order; the first error ends it.
pub fn hash_tuple<E>(hashes: impl IntoIterator<Item = Result<i64, E>>) -> Result<i64, E> {
    let mut accumulator = PRIME_5;
    let mut length = 0u64;
    for hash in hashes {
        accumulator = absorb(accumulator, hash?);
        length += 1;
    }
    Ok(finish(accumulator.wrapping_add(length ^ (PRIME_5 ^ 3_527_539))))
}

/// The hash of a slice from those of start, stop and step.
pub fn hash_slice(start: i64, stop: i64, step: i64) -> i64 {
    finish([start, stop, step].into_iter().fold(PRIME_5, absorb))
}

/// Collects the hash of a frozenset from those of its items, in any order.
#[derive(Clone, Copy, Debug, Default)]
pub struct FrozenSetHash {
    mixed: u64,
    count: u64,
}

impl FrozenSetHash {
    /// Takes the hash of one more item.
    pub fn add(&mut self, hash: i64) {
        let hash = hash.cast_unsigned();
        self.mixed ^= (hash ^ 89_869_747 ^ hash << 16).wrapping_mul(3_644_798_167);
        self.count += 1;
    }

    /// The hash of the frozenset.
    pub fn finish(self) -> i64 {
        let mut hash = self.mixed ^ self.count.wrapping_add(1).wrapping_mul(1_927_868_237);
        hash ^= (hash >> 11) ^ (hash >> 25);
        match hash.wrapping_mul(69_069).wrapping_add(907_133_923).cast_signed() {
            -1 => 590_923_713,
            hash => hash,
        }
    }
}

/// The hash of a frozenset from the hashes of its items, in any order.
pub fn hash_frozenset(hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut collected = FrozenSetHash::default();
    hashes.into_iter().for_each(|hash| collected.add(hash));
    collected.finish()
}

/// The hash of an object by its address: the low bits, always zero, go to the top.
pub fn hash_pointer(address: usize) -> i64 {
    not_minus_one((address as u64).rotate_right(4).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuple(hashes: &[i64]) -> i64 {
        let Ok(hash) = hash_tuple(hashes.iter().map(|hash| Ok::<i64, std::convert::Infallible>(*hash)));
        hash
    }

    // The numbers are CPython 3.14's.
    #[test]
    fn containers() {
        assert_eq!(tuple(&[]), 5740354900026072187);
        assert_eq!(tuple(&[1, 2, 3]), 529344067295497451);
        assert_eq!(tuple(&[1, tuple(&[2])]), -2301627717594549351);
        assert_eq!(hash_slice(1, 2, 3), -2340833382717974474);
        assert_eq!(hash_frozenset([]), 133146708735736);
        assert_eq!(hash_frozenset([1, 2, 3]), -272375401224217160);
        assert_eq!(hash_frozenset([3, 1, 2]), -272375401224217160);
        assert_eq!(hash_frozenset([hash_frozenset([1]), hash_frozenset([])]), -67101846648477850);
    }

    #[test]
    fn pointers() {
        assert_eq!(hash_pointer(0x7f00_1234_5670), 0x7f0_0123_4567);
    }
}
