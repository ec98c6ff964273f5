//! The process's hash secret, from `PYTHONHASHSEED` or random: CPython's `bootstrap_hash.c`.

/// What `PYTHONHASHSEED` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashSeed {
    /// Unset, or `random`: the secret comes from the operating system.
    Random,
    /// A number; 0 disables randomisation.
    Fixed(u32),
}

/// The variable is neither `random` nor a number up to 4294967295: a fatal error at start, with
/// [`ParseSeedError::TEXT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseSeedError;

impl ParseSeedError {
    /// What CPython prints.
    pub const TEXT: &'static str = "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]";
}

impl HashSeed {
    /// Reads the variable's value; `None` and an empty value are as `random`.
    pub fn from_variable(value: Option<&str>) -> Result<HashSeed, ParseSeedError> {
        match value {
            None | Some("" | "random") => Ok(HashSeed::Random),
            Some(text) => {
                // C's strtoul: spaces before, a sign, digits to the end.
                let text = text.trim_start_matches(|c: char| matches!(c, ' ' | '\t'..='\r'));
                text.parse().map(HashSeed::Fixed).map_err(|_| ParseSeedError)
            }
        }
    }
}

/// The secret bytes that hashes of text and bytes depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashSecret {
    bytes: [u8; HashSecret::LENGTH],
}

impl HashSecret {
    /// The size of the secret.
    pub const LENGTH: usize = 24;

    /// The secret that a seed stands for; random ones are taken from `random_bytes`.
    pub fn new(seed: HashSeed, random_bytes: impl FnOnce() -> [u8; HashSecret::LENGTH]) -> HashSecret {
        let bytes = match seed {
            HashSeed::Random => random_bytes(),
            HashSeed::Fixed(0) => [0; HashSecret::LENGTH],
            HashSeed::Fixed(seed) => lcg_bytes(seed),
        };
        HashSecret { bytes }
    }

    /// The two halves of SipHash's key.
    pub fn sip_key(&self) -> (u64, u64) {
        (self.word(0), self.word(8))
    }

    /// The salt that `pyexpat` gives its parser.
    pub fn expat_salt(&self) -> u64 {
        self.word(16)
    }

    fn word(&self, offset: usize) -> u64 {
        self.bytes[offset..offset + 8].iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
    }
}

/// `lcg_urandom`: the bytes of a linear congruential generator's third byte.
fn lcg_bytes(seed: u32) -> [u8; HashSecret::LENGTH] {
    let mut state = seed;
    std::array::from_fn(|_| {
        state = state.wrapping_mul(214_013).wrapping_add(2_531_011);
        (state >> 16) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable() {
        assert_eq!(HashSeed::from_variable(None), Ok(HashSeed::Random));
        assert_eq!(HashSeed::from_variable(Some("random")), Ok(HashSeed::Random));
        assert_eq!(HashSeed::from_variable(Some("42")), Ok(HashSeed::Fixed(42)));
        assert_eq!(HashSeed::from_variable(Some("4294967296")), Err(ParseSeedError));
        assert_eq!(HashSeed::from_variable(Some("x")), Err(ParseSeedError));
    }

    #[test]
    fn a_zero_seed_is_no_secret() {
        let secret = HashSecret::new(HashSeed::Fixed(0), || [1; 24]);
        assert_eq!((secret.sip_key(), secret.expat_salt()), ((0, 0), 0));
        assert_ne!(HashSecret::new(HashSeed::Fixed(1), || [1; 24]).sip_key(), (0, 0));
    }
}
