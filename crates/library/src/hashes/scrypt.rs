//! scrypt's mixing (RFC 7914), some blocks at a time, so that it can be stopped between them.
//!
//! Words lie as in the usual vectors of Salsa20: the four diagonals of the matrix one after the other, so that a round works on four
//! words at once. Sums do not care, and the word that chooses a place of the table stays the first.

/// Words of a block of Salsa20.
const BLOCK: usize = 16;

/// Where each word of the matrix comes to lie.
const DIAGONALS: [usize; BLOCK] = [0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11];

/// What mixes the parts of a derived key.
pub struct Scrypt {
    /// The cost, a power of two.
    cost: usize,
    /// All parts, each of `part` words.
    words: Vec<u32>,
    part: usize,
    /// The part at work, by its first word, and how much of it is done: twice the cost is all.
    start: usize,
    step: usize,
    table: Vec<u32>,
    mixed: Vec<u32>,
}

impl Scrypt {
    /// What is to mix parts of `blocks` blocks of 128 bytes.
    pub fn new(derived: &[u8], cost: usize, blocks: usize) -> Scrypt {
        let part = 2 * BLOCK * blocks;
        let mut words = Vec::with_capacity(derived.len() / 4);
        for block in derived.chunks_exact(4 * BLOCK) {
            words.extend(DIAGONALS.map(|place| {
                let bytes = &block[4 * place..];
                u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
            }));
        }
        Scrypt { cost, words, part, start: 0, step: 0, table: vec![0; cost * part], mixed: vec![0; part] }
    }

    /// Mixes about so many blocks of 64 bytes; whether all is done.
    pub fn run(&mut self, blocks: usize) -> bool {
        for _ in 0..blocks.div_ceil(self.part / BLOCK) {
            if self.start == self.words.len() {
                return true;
            }
            let words = &mut self.words[self.start..][..self.part];
            if self.step < self.cost {
                self.table[self.step * self.part..][..self.part].copy_from_slice(words);
            } else {
                let place = words[self.part - BLOCK] as usize & (self.cost - 1);
                add(words, &self.table[place * self.part..]);
            }
            mix(words, &mut self.mixed);
            words.copy_from_slice(&self.mixed);
            self.step += 1;
            if self.step == 2 * self.cost {
                self.step = 0;
                self.start += self.part;
            }
        }
        self.start == self.words.len()
    }

    /// The bytes of the parts.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = vec![0; 4 * self.words.len()];
        for (block, words) in bytes.chunks_exact_mut(4 * BLOCK).zip(self.words.chunks_exact(BLOCK)) {
            for (place, word) in DIAGONALS.into_iter().zip(words) {
                block[4 * place..][..4].copy_from_slice(&word.to_le_bytes());
            }
        }
        bytes
    }
}

/// Adds words, without carries.
fn add(sum: &mut [u32], words: &[u32]) {
    sum.iter_mut().zip(words).for_each(|(sum, word)| *sum ^= word);
}

/// `scryptBlockMix`: the blocks with even numbers come first.
fn mix(words: &[u32], mixed: &mut [u32]) {
    let mut last = [0; BLOCK];
    last.copy_from_slice(&words[words.len() - BLOCK..]);
    for (index, block) in words.chunks_exact(BLOCK).enumerate() {
        add(&mut last, block);
        salsa(&mut last);
        let place = index / 2 * BLOCK + if index % 2 == 0 { 0 } else { words.len() / 2 };
        mixed[place..][..BLOCK].copy_from_slice(&last);
    }
}

type Four = [u32; 4];

/// `target ^= (a + b) <<< bits`, four times.
#[inline(always)]
fn turn(target: &mut Four, a: Four, b: Four, bits: u32) {
    for lane in 0..4 {
        target[lane] ^= a[lane].wrapping_add(b[lane]).rotate_left(bits);
    }
}

#[inline(always)]
fn quarters(a: &mut Four, b: &mut Four, c: &mut Four, d: &mut Four) {
    turn(b, *a, *d, 7);
    turn(c, *b, *a, 9);
    turn(d, *c, *b, 13);
    turn(a, *d, *c, 18);
}

/// Salsa20/8: columns, then rows, four times over.
fn salsa(block: &mut [u32; BLOCK]) {
    let four = |at: usize| -> Four { std::array::from_fn(|lane| block[at + lane]) };
    let (mut a, mut b, mut c, mut d) = (four(0), four(4), four(8), four(12));
    for _ in 0..4 {
        quarters(&mut a, &mut b, &mut c, &mut d);
        b.rotate_right(1);
        c.rotate_right(2);
        d.rotate_left(1);
        quarters(&mut a, &mut d, &mut c, &mut b);
        b.rotate_left(1);
        c.rotate_left(2);
        d.rotate_right(1);
    }
    for (word, more) in block.iter_mut().zip([a, b, c, d].as_flattened()) {
        *word = word.wrapping_add(*more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.split_whitespace().flat_map(|byte| u8::from_str_radix(byte, 16)).collect();
        digits
    }

    /// The test vector of RFC 7914, section 10.
    #[test]
    fn mixing() {
        let input = bytes(
            "f7 ce 0b 65 3d 2d 72 a4 10 8c f5 ab e9 12 ff dd 77 76 16 db bb 27 a7 0e 82 04 f3 ae 2d 0f 6f ad
             89 f6 8f 48 11 d1 e8 7b cc 3b d7 40 0a 9f fd 29 09 4f 01 84 63 95 74 f3 9a e5 a1 31 52 17 bc d7
             89 49 91 44 72 13 bb 22 6c 25 b5 4d a8 63 70 fb cd 98 43 80 37 46 66 bb 8f fc b5 bf 40 c2 54 b0
             67 d2 7c 51 ce 4a d5 fe d8 29 c9 0b 50 5a 57 1b 7f 4d 1c ad 6a 52 3c da 77 0e 67 bc ea af 7e 89",
        );
        let output = bytes(
            "79 cc c1 93 62 9d eb ca 04 7f 0b 70 60 4b f6 b6 2c e3 dd 4a 96 26 e3 55 fa fc 61 98 e6 ea 2b 46
             d5 84 13 67 3b 99 b0 29 d6 65 c3 57 60 1f b4 26 a0 b2 f4 bb a2 00 ee 9f 0a 43 d1 9b 57 1a 9c 71
             ef 11 42 e6 5d 5a 26 6f dd ca 83 2c e5 9f aa 7c ac 0b 9c f1 be 2b ff ca 30 0d 01 ee 38 76 19 c4
             ae 12 fd 44 38 f2 03 a0 e4 e1 c4 7e c3 14 86 1f 4e 90 87 cb 33 39 6a 68 73 e8 f9 d2 53 9a 4b 8e",
        );
        let mut mixing = Scrypt::new(&input, 16, 1);
        while !mixing.run(1) {}
        assert_eq!(mixing.into_bytes(), output);
    }
}
