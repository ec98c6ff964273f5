//! Every hash function under its names, chosen while the program runs: what `_hashlib` and `_hmac` are made of.

use sha2::Digest;
use sha3::digest::{ExtendableOutput, XofReader};

use super::input::{Stopped, in_pieces};

/// A hash function.
pub struct Algorithm {
    /// What Python calls it.
    pub name: &'static str,
    /// Other names, in small letters, that OpenSSL knows it by.
    aliases: &'static [&'static str],
    /// Bytes of a block.
    pub block: usize,
    /// Bytes of a digest; 0 for one of any length.
    pub size: usize,
    start: fn() -> State,
}

/// MD5 and SHA-1 at once, as old TLS has them.
#[derive(Clone, Default)]
pub struct Md5Sha1(md5::Md5, sha1::Sha1);

macro_rules! states {
    (digests: $($variant:ident $digest:ty),*; xofs: $($xof:ident $shake:ty),*;) => {
        /// A hash function at work.
        #[derive(Clone)]
        pub enum State {
            $($variant($digest),)*
            $($xof($shake),)*
            Md5Sha1(Md5Sha1),
            Blake2b(blake2b_simd::State),
            Blake2s(blake2s_simd::State),
        }

        impl State {
            /// Goes on with more data.
            pub fn update(&mut self, bytes: &[u8]) {
                match self {
                    $(State::$variant(state) => Digest::update(state, bytes),)*
                    $(State::$xof(state) => sha3::digest::Update::update(state, bytes),)*
                    State::Md5Sha1(Md5Sha1(md5, sha1)) => {
                        Digest::update(md5, bytes);
                        Digest::update(sha1, bytes);
                    }
                    State::Blake2b(state) => drop(state.update(bytes)),
                    State::Blake2s(state) => drop(state.update(bytes)),
                }
            }

            /// Fills `digest`, which is as long as the function's digest (functions of any length fill any).
            pub fn finish_into(self, digest: &mut [u8]) {
                match self {
                    $(State::$variant(state) => digest.copy_from_slice(&state.finalize()),)*
                    $(State::$xof(state) => state.finalize_xof().read(digest),)*
                    State::Md5Sha1(Md5Sha1(md5, sha1)) => {
                        let (first, second) = digest.split_at_mut(16);
                        first.copy_from_slice(&md5.finalize());
                        second.copy_from_slice(&sha1.finalize());
                    }
                    State::Blake2b(state) => digest.copy_from_slice(state.finalize().as_bytes()),
                    State::Blake2s(state) => digest.copy_from_slice(state.finalize().as_bytes()),
                }
            }

            /// What gives the digest piece by piece, of a function of any length.
            pub fn into_reader(self) -> Option<Box<dyn FnMut(&mut [u8])>> {
                match self {
                    $(State::$xof(state) => {
                        let mut reader = state.finalize_xof();
                        Some(Box::new(move |piece: &mut [u8]| reader.read(piece)))
                    })*
                    _ => None,
                }
            }
        }
    };
}

states! {
    digests: Md5 md5::Md5, Sha1 sha1::Sha1, Sha224 sha2::Sha224, Sha256 sha2::Sha256, Sha384 sha2::Sha384,
        Sha512 sha2::Sha512, Sha512To224 sha2::Sha512_224, Sha512To256 sha2::Sha512_256, Sha3With224 sha3::Sha3_224,
        Sha3With256 sha3::Sha3_256, Sha3With384 sha3::Sha3_384, Sha3With512 sha3::Sha3_512,
        Ripemd160 ripemd::Ripemd160, Sm3 sm3::Sm3;
    xofs: Shake128 sha3::Shake128, Shake256 sha3::Shake256;
}

macro_rules! algorithms {
    ($($name:literal $block:literal $size:literal $start:expr, [$($alias:literal),*];)*) => {
        /// The functions.
        pub static ALGORITHMS: &[Algorithm] =
            &[$(Algorithm { name: $name, aliases: &[$($alias),*], block: $block, size: $size, start: || $start }),*];
    };
}

#[rustfmt::skip]
algorithms! {
    "md5" 64 16 State::Md5(Default::default()), ["ssl3-md5"];
    "md5-sha1" 64 36 State::Md5Sha1(Md5Sha1::default()), [];
    "sha1" 64 20 State::Sha1(Default::default()), ["sha-1", "ssl3-sha1"];
    "sha224" 64 28 State::Sha224(Default::default()), ["sha2-224", "sha-224"];
    "sha256" 64 32 State::Sha256(Default::default()), ["sha2-256", "sha-256"];
    "sha384" 128 48 State::Sha384(Default::default()), ["sha2-384", "sha-384"];
    "sha512" 128 64 State::Sha512(Default::default()), ["sha2-512", "sha-512"];
    "sha512_224" 128 28 State::Sha512To224(Default::default()), ["sha2-512/224", "sha-512/224", "sha512-224"];
    "sha512_256" 128 32 State::Sha512To256(Default::default()), ["sha2-512/256", "sha-512/256", "sha512-256"];
    "sha3_224" 144 28 State::Sha3With224(Default::default()), ["sha3-224"];
    "sha3_256" 136 32 State::Sha3With256(Default::default()), ["sha3-256"];
    "sha3_384" 104 48 State::Sha3With384(Default::default()), ["sha3-384"];
    "sha3_512" 72 64 State::Sha3With512(Default::default()), ["sha3-512"];
    "shake_128" 168 0 State::Shake128(Default::default()), ["shake-128", "shake128"];
    "shake_256" 136 0 State::Shake256(Default::default()), ["shake-256", "shake256"];
    "blake2b" 128 64 State::Blake2b(blake2b_simd::State::new()), ["blake2b-512", "blake2b512"];
    "blake2s" 64 32 State::Blake2s(blake2s_simd::State::new()), ["blake2s-256", "blake2s256"];
    "ripemd160" 64 20 State::Ripemd160(Default::default()), ["ripemd-160", "ripemd", "rmd160"];
    "sm3" 64 32 State::Sm3(Default::default()), [];
}

impl Algorithm {
    /// The function with this name of Python's or OpenSSL's, in letters of any case.
    pub fn find(name: &str) -> Option<&'static Algorithm> {
        let is = |other: &&str| name.eq_ignore_ascii_case(other);
        ALGORITHMS.iter().find(|algorithm| is(&algorithm.name) || algorithm.aliases.iter().any(&is))
    }

    /// Whether digests may be of any length.
    pub fn is_xof(&self) -> bool {
        self.size == 0
    }

    /// Begins.
    pub fn start(&self) -> State {
        (self.start)()
    }

    /// The digest of what went into `state`.
    pub fn finish(&self, state: State) -> Vec<u8> {
        let mut digest = vec![0; self.size];
        state.finish_into(&mut digest);
        digest
    }
}

/// HMAC (RFC 2104) at work.
#[derive(Clone)]
pub struct Mac {
    /// The function, whose digests have a length.
    pub algorithm: &'static Algorithm,
    inner: State,
    outer: State,
}

impl Mac {
    /// Begins with a key.
    pub fn new(algorithm: &'static Algorithm, key: &[u8]) -> Result<Mac, Stopped> {
        let mut block = vec![0; algorithm.block];
        if key.len() > block.len() {
            let mut state = algorithm.start();
            in_pieces(key, |piece| state.update(piece))?;
            state.finish_into(&mut block[..algorithm.size]);
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let (mut inner, mut outer) = (algorithm.start(), algorithm.start());
        inner.update(&block.iter().map(|byte| byte ^ 0x36).collect::<Vec<u8>>());
        outer.update(&block.iter().map(|byte| byte ^ 0x5c).collect::<Vec<u8>>());
        Ok(Mac { algorithm, inner, outer })
    }

    /// Goes on with more data.
    pub fn update(&mut self, bytes: &[u8]) {
        self.inner.update(bytes);
    }

    /// Fills `digest`, which is as long as the function's.
    fn finish_into(self, digest: &mut [u8]) {
        let Mac { inner, mut outer, .. } = self;
        inner.finish_into(digest);
        outer.update(digest);
        outer.finish_into(digest);
    }

    /// The digest.
    pub fn finish(self) -> Vec<u8> {
        let mut digest = vec![0; self.algorithm.size];
        self.finish_into(&mut digest);
        digest
    }
}

/// PBKDF2 (RFC 8018) with HMAC, some rounds at a time.
pub struct Pbkdf2 {
    keyed: Mac,
    /// The same with the salt, of which each block of the key begins.
    salted: Mac,
    iterations: u64,
    key: Vec<u8>,
    /// How many bytes of the key are done.
    done: usize,
    /// The rounds done of the block that comes next, the last one's digest, and their sum.
    rounds: u64,
    round: Vec<u8>,
    block: Vec<u8>,
}

impl Pbkdf2 {
    /// What is to derive a key of `length` bytes.
    pub fn new(
        algorithm: &'static Algorithm,
        password: &[u8],
        salt: &[u8],
        iterations: u64,
        length: usize,
    ) -> Result<Pbkdf2, Stopped> {
        let digest = vec![0; algorithm.size];
        let keyed = Mac::new(algorithm, password)?;
        let mut salted = keyed.clone();
        in_pieces(salt, |piece| salted.update(piece))?;
        Ok(Pbkdf2 { keyed, salted, iterations, key: vec![0; length], done: 0, rounds: 0, round: digest.clone(), block: digest })
    }

    /// Goes on for so many rounds; whether the key is done.
    pub fn run(&mut self, rounds: u64) -> bool {
        for _ in 0..rounds {
            if self.done == self.key.len() {
                return true;
            }
            let mut mac;
            if self.rounds == 0 {
                let number = (self.done / self.block.len()) as u32 + 1;
                mac = self.salted.clone();
                mac.update(&number.to_be_bytes());
                self.block.fill(0);
            } else {
                mac = self.keyed.clone();
                mac.update(&self.round);
            }
            mac.finish_into(&mut self.round);
            self.block.iter_mut().zip(&self.round).for_each(|(sum, byte)| *sum ^= byte);
            self.rounds += 1;
            if self.rounds == self.iterations {
                let rest = &mut self.key[self.done..];
                let size = rest.len().min(self.block.len());
                rest[..size].copy_from_slice(&self.block[..size]);
                self.done += size;
                self.rounds = 0;
            }
        }
        self.done == self.key.len()
    }

    /// The key.
    pub fn into_key(self) -> Vec<u8> {
        self.key
    }
}
