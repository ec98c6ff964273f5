//! The Mersenne twister MT19937 of Matsumoto and Nishimura, with the seeding of their `mt19937ar.c`.

/// Words of state.
pub const STATE_WORDS: usize = 624;

const MIDDLE: usize = 397;
const MATRIX: u32 = 0x9908_b0df;
const UPPER: u32 = 0x8000_0000;
const LOWER: u32 = 0x7fff_ffff;

/// The generator's state.
pub struct Twister {
    words: [u32; STATE_WORDS],
    /// The next word to give; the number of words where new ones must be made first.
    index: usize,
}

impl Twister {
    /// A generator that gives nothing of use before it is seeded.
    pub fn unseeded() -> Twister {
        Twister { words: [0; STATE_WORDS], index: 0 }
    }

    /// A generator in a known state.
    pub fn from_state(words: [u32; STATE_WORDS], index: usize) -> Twister {
        Twister { words, index }
    }

    /// The words and the index.
    pub fn state(&self) -> ([u32; STATE_WORDS], usize) {
        (self.words, self.index)
    }

    /// `init_genrand`.
    fn from_word(seed: u32) -> Twister {
        let mut words = [seed; STATE_WORDS];
        for index in 1..STATE_WORDS {
            let before = words[index - 1];
            words[index] = 1_812_433_253u32.wrapping_mul(before ^ before >> 30).wrapping_add(index as u32);
        }
        Twister { words, index: STATE_WORDS }
    }

    /// `init_by_array`; the key is not empty.
    pub fn from_key(key: &[u32]) -> Twister {
        let mut twister = Twister::from_word(19_650_218);
        let words = &mut twister.words;
        let mut place = 1;
        let mix = |words: &mut [u32; STATE_WORDS], place: &mut usize, factor: u32, change: &dyn Fn(u32) -> u32| {
            let before = words[*place - 1];
            words[*place] = change(words[*place] ^ (before ^ before >> 30).wrapping_mul(factor));
            *place += 1;
            if *place >= STATE_WORDS {
                words[0] = words[STATE_WORDS - 1];
                *place = 1;
            }
        };
        for step in 0..STATE_WORDS.max(key.len()) {
            let part = step % key.len();
            mix(words, &mut place, 1_664_525, &|word| word.wrapping_add(key[part]).wrapping_add(part as u32));
        }
        for _ in 1..STATE_WORDS {
            let number = place as u32;
            mix(words, &mut place, 1_566_083_941, &|word| word.wrapping_sub(number));
        }
        words[0] = UPPER;
        twister
    }

    /// The next word (`genrand_int32`).
    #[inline]
    pub fn next(&mut self) -> u32 {
        if self.index >= STATE_WORDS {
            self.make_words();
        }
        let mut word = self.words[self.index];
        self.index += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }

    fn make_words(&mut self) {
        let words = &mut self.words;
        for index in 0..STATE_WORDS {
            let mixed = words[index] & UPPER | words[(index + 1) % STATE_WORDS] & LOWER;
            let odd = if mixed & 1 == 0 { 0 } else { MATRIX };
            words[index] = words[(index + MIDDLE) % STATE_WORDS] ^ mixed >> 1 ^ odd;
        }
        self.index = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Twister;

    #[test]
    fn numbers_of_the_reference_implementation() {
        let mut twister = Twister::from_key(&[0x123, 0x234, 0x345, 0x456]);
        let first: Vec<u32> = (0..4).map(|_| twister.next()).collect();
        assert_eq!(first, [1_067_595_299, 955_945_823, 477_289_528, 4_107_218_783]);
    }
}
