//! Iterators over the instructions of a code object: operands with their extensions, inline caches skipped.

use crate::code::CodeObject;
use crate::opcode::{CACHES, JumpKind, Opcode, op};

/// One instruction as it stands in code. Offsets are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// The opcode's byte, specialised or not.
    pub byte: u8,
    /// The operand with its extensions.
    pub oparg: u32,
    /// Where the opcode stands.
    pub offset: u32,
    /// Where the first `EXTENDED_ARG` before it stands; `offset` if there is none.
    pub start: u32,
    /// Where the next instruction starts, after the inline caches.
    pub end: u32,
}

impl Instruction {
    /// The opcode, unless the byte stands for none.
    pub fn opcode(&self) -> Option<Opcode> {
        Opcode::from_byte(self.byte)
    }

    /// The offset of the instruction that the operand leads to, if it does; `None` too if that lies outside 32 bits.
    pub fn target(&self) -> Option<u32> {
        let distance = self.oparg.checked_mul(2)?;
        match self.opcode()?.info().jump {
            JumpKind::Forward => self.end.checked_add(distance),
            JumpKind::Backward | JumpKind::Marker => self.end.checked_sub(distance),
            JumpKind::None | JumpKind::Symbolic | JumpKind::Handler => None,
        }
    }
}

/// Iterator over instructions, `EXTENDED_ARG` folded into the instruction it extends.
#[derive(Clone, Debug)]
pub struct Instructions<'a> {
    code: &'a [u8],
    offset: usize,
}

impl<'a> Instructions<'a> {
    /// The instructions of these bytes. A trailing odd byte, or `EXTENDED_ARG` with nothing after it, is left out.
    pub fn new(code: &'a [u8]) -> Instructions<'a> {
        Instructions { code, offset: 0 }
    }
}

impl Iterator for Instructions<'_> {
    type Item = Instruction;

    fn next(&mut self) -> Option<Instruction> {
        let start = self.offset;
        let mut oparg: u32 = 0;
        loop {
            let &[byte, low] = self.code.get(self.offset..self.offset + 2)? else {
                return None;
            };
            oparg = oparg << 8 | u32::from(low);
            if byte == op::EXTENDED_ARG {
                self.offset += 2;
                continue;
            }
            let offset = self.offset;
            self.offset += 2 + 2 * usize::from(CACHES[usize::from(byte)]);
            return Some(Instruction { byte, oparg, offset: offset as u32, start: start as u32, end: self.offset as u32 });
        }
    }
}

/// A place where control may go two ways (`co_branches`): from `source` on to `not_taken`, or to `taken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The branching instruction's offset in bytes.
    pub source: u32,
    /// Where control goes without jumping.
    pub not_taken: u32,
    /// Where the jump leads.
    pub taken: u32,
}

impl CodeObject {
    /// The instructions in order.
    pub fn instructions(&self) -> Instructions<'_> {
        Instructions::new(&self.code)
    }

    /// The branches that monitoring reports, in the order of code.
    pub fn branches(&self) -> impl Iterator<Item = Branch> {
        self.instructions().filter_map(|instruction| {
            let opcode = instruction.opcode()?.base();
            let target = Instruction { byte: opcode.byte()?, ..instruction }.target()?;
            let Instruction { offset, end, .. } = instruction;
            match opcode {
                // END_FOR and POP_ITER belong to the loop
                Opcode::ForIter => Some(Branch { source: offset, not_taken: end, taken: target + 4 }),
                // what follows is NOT_TAKEN
                _ if opcode.is_conditional_jump() => Some(Branch { source: offset, not_taken: end + 2, taken: target }),
                Opcode::EndAsyncFor => Some(Branch { source: target, not_taken: target + 4, taken: end }),
                _ => None,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_and_caches() {
        let code = [op::EXTENDED_ARG, 1, op::LOAD_CONST, 2, op::TO_BOOL, 0, 0, 0, 0, 0, 0, 0, op::POP_JUMP_IF_TRUE, 1, 0, 0];
        let list: Vec<_> = Instructions::new(&code).collect();
        assert_eq!(list.len(), 3);
        assert_eq!((list[0].oparg, list[0].start, list[0].offset, list[0].end), (258, 0, 2, 4));
        assert_eq!((list[1].opcode(), list[1].end), (Some(Opcode::ToBool), 12));
        assert_eq!(list[2].target(), Some(18));
        assert_eq!(Instructions::new(&[op::EXTENDED_ARG, 1, op::NOP]).count(), 0);
    }
}
