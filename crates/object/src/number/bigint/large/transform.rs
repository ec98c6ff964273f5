//! Products by number-theoretic transforms: the words are coefficients, multiplied modulo three primes of 63 bits and put together by
//! the Chinese remainder theorem, in Garner's form. They can be stopped at any time, and take memory that is charged.
//!
//! A transform evaluates modulo `x^n - 1`, which falls apart as `(x^(n/2) - w)(x^(n/2) + w)` and so on down; the halves lie one after the
//! other, so that a part that fits a cache is finished before the next begins, and the twiddle factors, in the order of reversed bits, are
//! the same for every depth. Besides powers of two there is the length of three quarters of one, without the last quarter of factors.

use crate::heap::HeapVec;
use crate::number::error::{NumberError, go_on};

/// Words of a part that is transformed without looking up.
const PART: usize = 1 << 12;

/// The integers modulo a prime `p` in Montgomery's form: `a` stands as `a * 2^64 % p`.
struct Field {
    p: u64,
    /// `1 / p` modulo `2^64`.
    inverse: u64,
    /// `2^128 % p`: what turns a word into Montgomery's form.
    square: u64,
    /// A number whose order is the largest power of two that divides `p - 1`, `2^44`.
    root: u64,
}

/// Twos in `p - 1` of each prime.
const TWOS: u32 = 44;

const FIELDS: [Field; 3] = [Field::new(524_286), Field::new(524_217), Field::new(524_127)];

impl Field {
    /// The field of the prime `k * 2^44 + 1`, of which 5 is no square.
    const fn new(k: u64) -> Field {
        let p = (k << TWOS) + 1;
        // Each step of Newton's doubles how many bits are right.
        let mut inverse = p;
        let mut step = 0;
        while step < 6 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(p.wrapping_mul(inverse)));
            step += 1;
        }
        let one = (1u128 << 64) % p as u128;
        let square = (one * one % p as u128) as u64;
        let mut field = Field { p, inverse, square, root: 0 };
        field.root = field.pow(field.mul(5, square), k);
        field
    }

    /// `a * b / 2^64`, where `b` is below `p`.
    const fn mul(&self, a: u64, b: u64) -> u64 {
        let product = a as u128 * b as u128;
        let quotient = (product as u64).wrapping_mul(self.inverse);
        let high = ((quotient as u128 * self.p as u128) >> 64) as u64;
        let (difference, below) = ((product >> 64) as u64).overflowing_sub(high);
        if below { difference.wrapping_add(self.p) } else { difference }
    }

    const fn add(&self, a: u64, b: u64) -> u64 {
        let (sum, less) = (a + b, (a + b).wrapping_sub(self.p));
        if sum < self.p { sum } else { less }
    }

    const fn sub(&self, a: u64, b: u64) -> u64 {
        let (difference, below) = a.overflowing_sub(b);
        if below { difference.wrapping_add(self.p) } else { difference }
    }

    const fn pow(&self, base: u64, mut exponent: u64) -> u64 {
        let (mut power, mut result) = (base, self.mul(1, self.square));
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = self.mul(result, power);
            }
            power = self.mul(power, power);
            exponent >>= 1;
        }
        result
    }

    /// `1 / a`, for `a` as it is and in Montgomery's form.
    const fn reciprocal(&self, a: u64) -> u64 {
        self.pow(self.mul(a % self.p, self.square), self.p - 2)
    }

    /// The factors of the first so many parts: of part `s` the product of the fourth, eighth, sixteenth root and so on for each bit of `s`.
    fn factors(&self, count: usize, inverse: bool, factors: &mut HeapVec<u64>) -> Result<(), NumberError> {
        factors.clear();
        factors.reserve(count)?;
        factors.push(self.mul(1, self.square))?;
        let mut order = 2;
        while factors.len() < count {
            let mut root = self.pow(self.root, 1 << (TWOS - order));
            if inverse {
                root = self.pow(root, self.p - 2);
            }
            for index in 0..factors.len().min(count - factors.len()) {
                factors.push(self.mul(factors[index], root))?;
            }
            order += 1;
        }
        Ok(())
    }

    /// Transforms the part numbered `number` of its depth.
    fn forward(&self, part: &mut [u64], number: usize, factors: &[u64]) -> Result<(), NumberError> {
        if part.len() > PART {
            let half = part.len() / 2;
            let (low, high) = part.split_at_mut(half);
            self.split(low, high, factors[number]);
            self.forward(low, 2 * number, factors)?;
            return self.forward(high, 2 * number + 1, factors);
        }
        let (mut half, mut number) = (part.len() / 2, number);
        while half > 0 {
            for (part, &factor) in part.chunks_exact_mut(2 * half).zip(&factors[number..]) {
                let (low, high) = part.split_at_mut(half);
                self.split(low, high, factor);
            }
            half /= 2;
            number *= 2;
        }
        go_on()
    }

    #[inline(always)]
    fn split(&self, low: &mut [u64], high: &mut [u64], factor: u64) {
        for (low, high) in low.iter_mut().zip(high) {
            let turned = self.mul(*high, factor);
            (*low, *high) = (self.add(*low, turned), self.sub(*low, turned));
        }
    }

    /// Undoes [`Field::forward`], but for a factor of the part's length; `factors` are the inverse ones.
    fn backward(&self, part: &mut [u64], number: usize, factors: &[u64]) -> Result<(), NumberError> {
        if part.len() > PART {
            let half = part.len() / 2;
            let (low, high) = part.split_at_mut(half);
            self.backward(low, 2 * number, factors)?;
            self.backward(high, 2 * number + 1, factors)?;
            self.join(low, high, factors[number]);
            return Ok(());
        }
        let mut half = 1;
        while half < part.len() {
            let number = number * (part.len() / (2 * half));
            for (part, &factor) in part.chunks_exact_mut(2 * half).zip(&factors[number..]) {
                let (low, high) = part.split_at_mut(half);
                self.join(low, high, factor);
            }
            half *= 2;
        }
        go_on()
    }

    #[inline(always)]
    fn join(&self, low: &mut [u64], high: &mut [u64], factor: u64) {
        for (low, high) in low.iter_mut().zip(high) {
            let difference = self.sub(*low, *high);
            (*low, *high) = (self.add(*low, *high), self.mul(difference, factor));
        }
    }

    /// Fills `out` with the words of a number, transformed.
    fn transform(&self, words: &[u64], out: &mut [u64], shape: Shape, factors: &[u64]) -> Result<(), NumberError> {
        for (out, &word) in out.iter_mut().zip(words) {
            *out = self.mul(word, self.square);
        }
        out[words.len()..].fill(0);
        if let Shape::ThreeQuarters = shape {
            // Modulo x^(n/2) - 1 and x^(n/4) - i, of the quarters a, b, c: (a + c, b) and a + ib - c.
            let (a, rest) = out.split_at_mut(out.len() / 3);
            let (b, c) = rest.split_at_mut(a.len());
            for ((a, b), c) in a.iter_mut().zip(b).zip(c) {
                let (sum, difference) = (self.add(*a, *c), self.sub(*a, *c));
                (*a, *c) = (sum, self.add(difference, self.mul(*b, factors[1])));
            }
        }
        for (part, number) in shape.parts(out) {
            self.forward(part, number, factors)?;
        }
        Ok(())
    }

    /// Undoes [`Field::transform`]: the coefficients, no more in Montgomery's form.
    fn undo(&self, out: &mut [u64], shape: Shape, factors: &mut HeapVec<u64>) -> Result<(), NumberError> {
        let count = factors.len();
        let imaginary = factors.get(1).copied().unwrap_or(0);
        self.factors(count, true, factors)?;
        for (part, number) in shape.parts(out) {
            self.backward(part, number, factors)?;
            let scale = self.mul(self.reciprocal(part.len() as u64), 1);
            for word in part {
                *word = self.mul(*word, scale);
            }
        }
        if let Shape::ThreeQuarters = shape {
            let half = self.reciprocal(2);
            let (a, rest) = out.split_at_mut(out.len() / 3);
            let (b, c) = rest.split_at_mut(a.len());
            for ((a, b), c) in a.iter_mut().zip(b).zip(c) {
                let twice = self.sub(self.add(*a, self.mul(*b, imaginary)), *c);
                *c = self.mul(twice, half);
                *a = self.sub(*a, *c);
            }
        }
        Ok(())
    }
}

/// How the length of a transform is made.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// A power of two.
    Whole,
    /// Three quarters of one: its first half and, behind it, the third quarter.
    ThreeQuarters,
}

impl Shape {
    /// The shortest length for so many coefficients.
    fn holding(count: usize) -> (usize, Shape) {
        let whole = count.next_power_of_two().max(8);
        if count <= whole / 4 * 3 { (whole / 4 * 3, Shape::ThreeQuarters) } else { (whole, Shape::Whole) }
    }

    /// The parts that are transformed, with their numbers.
    fn parts(self, out: &mut [u64]) -> impl Iterator<Item = (&mut [u64], usize)> {
        let first = if self == Shape::Whole { out.len() } else { out.len() / 3 * 2 };
        let (first, second) = out.split_at_mut(first);
        [(first, 0), (second, 2)].into_iter().filter(|(part, _)| !part.is_empty())
    }
}

fn zeros(len: usize) -> Result<HeapVec<u64>, NumberError> {
    Ok(HeapVec::try_from_iter(std::iter::repeat_n(0, len))?)
}

/// The product of two numbers that are not zero; the square where both are the same slice.
pub(super) fn product(a: &[u64], b: &[u64]) -> Result<HeapVec<u64>, NumberError> {
    let square = std::ptr::eq(a, b);
    let (length, shape) = Shape::holding(a.len() + b.len());
    let mut residues = [zeros(length)?, zeros(length)?, zeros(length)?];
    let mut other = zeros(if square { 0 } else { length })?;
    let mut factors = HeapVec::with_capacity(length / 2)?;
    for (field, out) in FIELDS.iter().zip(&mut residues) {
        field.factors(length / 2, false, &mut factors)?;
        field.transform(a, out, shape, &factors)?;
        if square {
            out.iter_mut().for_each(|word| *word = field.mul(*word, *word));
        } else {
            field.transform(b, &mut other, shape, &factors)?;
            out.iter_mut().zip(other.iter()).for_each(|(word, other)| *word = field.mul(*word, *other));
        }
        field.undo(out, shape, &mut factors)?;
    }
    drop((other, factors));
    put_together(&mut residues, a.len() + b.len())?;
    let [mut words, ..] = residues;
    while words.len() > a.len() + b.len() {
        words.pop();
    }
    Ok(words)
}

/// Finds each coefficient from its residues, which are below 2^189, and adds them up as words, which replace the first residues.
fn put_together(residues: &mut [HeapVec<u64>; 3], count: usize) -> Result<(), NumberError> {
    let [first, second, third] = &FIELDS;
    let (by_first, by_second) = (second.reciprocal(first.p), (third.reciprocal(first.p), third.reciprocal(second.p)));
    let both = u128::from(first.p) * u128::from(second.p);
    let split = |number: u128| (number as u64 as u128, number >> 64);
    let [ones, twos, threes] = residues;
    let mut carry = (0, 0);
    for (index, ((one, two), three)) in ones.iter_mut().zip(twos.iter()).zip(threes.iter()).take(count).enumerate() {
        if index % PART == 0 {
            go_on()?;
        }
        // Digits to the mixed base of the three primes, the largest of which is the first.
        let x = *one;
        let y = second.mul(second.sub(*two, x % second.p), by_first);
        let z = third.mul(third.sub(*three, x % third.p), by_second.0);
        let z = third.mul(third.sub(z, y % third.p), by_second.1);
        let (low, high) = split(u128::from(first.p) * u128::from(y));
        let (part, above) = split(u128::from(z) * u128::from(both as u64));
        let (middle, top) = split(u128::from(z) * (both >> 64));
        let lowest = u128::from(x) + low + part + carry.0;
        let next = (lowest >> 64) + high + above + middle + carry.1;
        *one = lowest as u64;
        carry = (next as u64 as u128, (next >> 64) + top);
    }
    Ok(())
}
