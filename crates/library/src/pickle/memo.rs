//! What a pickler has written: objects by identity, and their numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use pvm_object::{Foreign, HeapVec, PyResult, Value};

/// Spreads addresses over a table.
#[derive(Default)]
pub struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(byte.into());
        }
    }

    fn write_u64(&mut self, word: u64) {
        // The golden ratio in 64 bits; the table uses the highest bits and the lowest ones.
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// The objects written, which stay alive, so that no other gets their identity.
#[derive(pvm_macros::Trace)]
pub struct Memo {
    objects: HeapVec<(Value, usize)>,
    numbers: Foreign<HashMap<u64, usize, BuildHasherDefault<AddressHasher>>>,
}

impl Memo {
    /// Nothing written.
    pub fn new() -> PyResult<Memo> {
        Ok(Memo { objects: HeapVec::with_capacity(0)?, numbers: Foreign(HashMap::default()) })
    }

    /// The number of an object.
    #[inline]
    pub fn get(&self, object: &Value) -> Option<usize> {
        self.numbers.0.get(&object.bits()).copied()
    }

    /// Gives an object the next number.
    pub fn add(&mut self, object: &Value) -> PyResult<usize> {
        let number = self.objects.len();
        self.set(object, number)?;
        Ok(number)
    }

    /// Gives an object a number.
    pub fn set(&mut self, object: &Value, number: usize) -> PyResult<()> {
        self.objects.push((object.clone(), number))?;
        self.numbers.0.insert(object.bits(), number);
        Ok(())
    }

    /// The objects and their numbers.
    pub fn entries(&self) -> &[(Value, usize)] {
        &self.objects
    }

    /// A copy.
    pub fn copy(&self) -> PyResult<Memo> {
        let mut memo = Memo::new()?;
        for (object, number) in self.objects.iter() {
            memo.set(object, *number)?;
        }
        Ok(memo)
    }
}
