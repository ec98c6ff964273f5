//! How large constants are once each part of them has its own place: sixty nested pairs of one tuple each are few bytes in a
//! file and more than any memory as a tree.

use std::collections::HashMap;

use crate::code::CodeObject;
use crate::constant::Constant;

/// A tree may be so many times as large as what it is made of, beside [`SLACK`].
const FACTOR: u64 = 64;
const SLACK: u64 = 1 << 20;

#[derive(Default)]
struct Sizes {
    /// Of shared parts, by their address.
    known: HashMap<usize, u64>,
    /// Parts that were looked at.
    distinct: u64,
}

/// Whether the tree is out of all proportion.
pub(super) fn is_excessive(code: &CodeObject) -> bool {
    let mut sizes = Sizes::default();
    let whole = sizes.of_items(&code.consts);
    whole > sizes.distinct.saturating_mul(FACTOR).saturating_add(SLACK)
}

impl Sizes {
    fn of_items(&mut self, items: &[Constant]) -> u64 {
        self.distinct += items.len() as u64;
        items.iter().fold(items.len() as u64, |sum, item| sum.saturating_add(self.of(item)))
    }

    fn of(&mut self, constant: &Constant) -> u64 {
        let (items, address): (&[Constant], usize) = match constant {
            Constant::Tuple(items) | Constant::FrozenSet(items) => (items, items.as_ptr() as usize),
            Constant::Slice(parts) => (&parts[..], parts.as_ptr() as usize),
            Constant::Code(code) => (&code.consts, code.as_ref() as *const CodeObject as usize),
            _ => return 0,
        };
        if let Some(&known) = self.known.get(&address) {
            return known;
        }
        let size = self.of_items(items);
        self.known.insert(address, size);
        size
    }
}
