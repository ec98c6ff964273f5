//! What can be seen without following the code: instructions, operands, jumps, tables.

use super::Fault;
use crate::code::CodeObject;
use crate::exceptions::ExceptionEntry;
use crate::flags::*;
use crate::instructions::{Instruction, Instructions};
use crate::opcode::{
    BinaryOp, Class, CommonConstant, CompareOp, Conversion, FunctionAttribute, Intrinsic1, Intrinsic2, Opcode, Operand,
    SpecialMethod, op,
};

/// Stands for "no instruction" and "no handler".
pub(super) const NOTHING: u32 = u32::MAX;

/// An instruction with what it leads to, as indices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ins {
    pub(super) opcode: Opcode,
    pub(super) oparg: u32,
    /// Offset of the opcode.
    pub(super) offset: u32,
    /// Index of the instruction that a jump leads to.
    pub(super) target: u32,
    /// Index of the entry of the exception table.
    pub(super) handler: u32,
}

/// The handler of a range of instructions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handler {
    /// Index of its first instruction.
    pub(super) target: u32,
    pub(super) depth: usize,
    pub(super) lasti: bool,
}

#[derive(Debug)]
pub(super) struct Layout {
    pub(super) instructions: Vec<Ins>,
    pub(super) handlers: Vec<Handler>,
    /// Whether control may come to an instruction otherwise than from the one before.
    pub(super) leaders: Vec<bool>,
    /// Whether a cache cell holds something.
    pub(super) dirty_caches: bool,
}

impl Layout {
    pub(super) fn new(code: &CodeObject) -> Result<Layout, Fault> {
        check_kinds(code)?;
        let mut instructions = Vec::with_capacity(code.code.len() / 4);
        let mut starts = vec![NOTHING; code.code.len() / 2 + 1];
        let mut dirty_caches = false;
        let mut end = 0;
        for instruction in Instructions::new(&code.code) {
            starts[instruction.start as usize / 2] = instructions.len() as u32;
            end = instruction.end as usize;
            instructions.push(check_instruction(code, &instruction)?);
            let caches = code.code.get(instruction.offset as usize + 2..end);
            let caches = caches.ok_or_else(|| Fault::at(instruction.offset, "inline cache is cut off"))?;
            dirty_caches |= caches.iter().any(|&byte| byte != 0);
        }
        if end != code.code.len() {
            return Err(Fault::at(end as u32, "code ends within an instruction"));
        }
        if instructions.is_empty() {
            return Err(Fault::new("code is empty"));
        }
        let mut layout = Layout { leaders: vec![false; instructions.len()], instructions, handlers: Vec::new(), dirty_caches };
        layout.resolve_jumps(&starts)?;
        layout.resolve_handlers(code, &starts)?;
        check_locations(code)?;
        Ok(layout)
    }

    /// Turns the distances that stand in `target` into indices.
    fn resolve_jumps(&mut self, starts: &[u32]) -> Result<(), Fault> {
        for index in 0..self.instructions.len() {
            let Ins { opcode, offset, target, .. } = self.instructions[index];
            if !opcode.has_jump() {
                continue;
            }
            let target =
                instruction_at(starts, target).ok_or_else(|| Fault::at(offset, "jump does not lead to an instruction"))?;
            self.instructions[index].target = target;
            if opcode == Opcode::EndAsyncFor {
                continue;
            }
            self.leaders[target as usize] = true;
            if opcode == Opcode::ForIter {
                // an exhausted iterator skips the END_FOR
                let found = self.instructions[target as usize].opcode;
                if found != Opcode::EndFor || target as usize + 1 >= self.instructions.len() {
                    return Err(Fault::at(offset, "FOR_ITER does not lead to END_FOR"));
                }
                self.leaders[target as usize + 1] = true;
            }
        }
        Ok(())
    }

    fn resolve_handlers(&mut self, code: &CodeObject, starts: &[u32]) -> Result<(), Fault> {
        let mut entries = code.exception_entries();
        let mut covered = 0;
        for entry in entries.by_ref() {
            let ExceptionEntry { start, end, target, depth, lasti } = entry;
            let fault = |message: &str| Fault::at(start, format!("exception table: {message}"));
            let end_index =
                if end as usize == code.code.len() { Some(self.instructions.len() as u32) } else { instruction_at(starts, end) };
            let (Some(first), Some(last), Some(target)) =
                (instruction_at(starts, start), end_index, instruction_at(starts, target))
            else {
                return Err(fault("an entry does not fall on instructions"));
            };
            if start < covered || end <= start {
                return Err(fault("entries are not in order"));
            }
            covered = end;
            if u64::from(depth) + u64::from(lasti) + 1 > u64::from(code.stacksize) {
                return Err(fault("the stack is too small for a handler"));
            }
            let number = self.handlers.len() as u32;
            self.handlers.push(Handler { target, depth: depth as usize, lasti });
            self.leaders[target as usize] = true;
            for instruction in &mut self.instructions[first as usize..last as usize] {
                instruction.handler = number;
            }
        }
        if !entries.at_end() {
            return Err(Fault::new(format!("exception table is damaged at its byte {}", entries.position())));
        }
        Ok(())
    }
}

fn instruction_at(starts: &[u32], offset: u32) -> Option<u32> {
    let index = *starts.get(offset as usize / 2)?;
    (offset.is_multiple_of(2) && index != NOTHING).then_some(index)
}

/// Checks opcode and operand of one instruction.
fn check_instruction(code: &CodeObject, instruction: &Instruction) -> Result<Ins, Fault> {
    let Instruction { byte, oparg, offset, start, .. } = *instruction;
    let fault = |message: String| Fault::at(offset, message);
    let Some(opcode) = Opcode::from_byte(byte) else {
        return Err(fault(format!("unknown opcode {byte}")));
    };
    let info = opcode.info();
    if info.class != Class::Base {
        return Err(fault(format!("opcode {opcode} may not stand in code")));
    }
    if offset - start > 6 || oparg > i32::MAX as u32 {
        return Err(fault(format!("operand of {opcode} is too large")));
    }
    if info.operand == Operand::None && offset != start {
        return Err(fault(format!("{} before {opcode}, which has no operand", Opcode::ExtendedArg)));
    }
    if !operand_fits(code, opcode, info.operand, oparg) {
        return Err(fault(format!("operand {oparg} of {opcode} is out of range")));
    }
    let mut target = NOTHING;
    if opcode.has_jump() {
        target = instruction.target().ok_or_else(|| fault("jump leads out of the code".into()))?;
    }
    Ok(Ins { opcode, oparg, offset, target, handler: NOTHING })
}

fn operand_fits(code: &CodeObject, opcode: Opcode, operand: Operand, oparg: u32) -> bool {
    let index = oparg as usize;
    let within = |length: usize, index: usize| index < length;
    let kind = |index: usize| code.localspluskinds.get(index).copied().unwrap_or(0);
    // operands that count values are bounded by the stack, or nothing useful could come of them
    let depth = code.stacksize;
    match operand {
        Operand::None | Operand::Jump => true,
        Operand::Raw | Operand::Extension => false,
        Operand::Const => within(code.consts.len(), index),
        Operand::Name => within(code.names.len(), index),
        Operand::NameAndFlag => within(code.names.len(), index >> 1),
        Operand::NameAndTwoFlags => within(code.names.len(), index >> 2),
        Operand::Local => within(code.nlocalsplus(), index),
        Operand::LocalPair => index < 256 && within(code.nlocalsplus(), (index >> 4).max(index & 15)),
        Operand::Cell => kind(index) & (CO_FAST_CELL | CO_FAST_FREE) != 0,
        Operand::FreeCount => index > 0 && index == code.nfreevars(),
        Operand::Compare => CompareOp::from_oparg(oparg).is_some(),
        Operand::BinaryOp => BinaryOp::from_number(oparg).is_some(),
        Operand::Invert | Operand::Yield => oparg <= 1,
        Operand::Intrinsic1 => match Intrinsic1::from_number(oparg) {
            Some(Intrinsic1::Invalid) | None => false,
            Some(Intrinsic1::AsyncGenWrap) => code.flags & CO_ASYNC_GENERATOR != 0,
            Some(Intrinsic1::StopIterationError) => code.is_generator_like(),
            Some(_) => true,
        },
        Operand::Intrinsic2 => oparg > 0 && Intrinsic2::from_number(oparg).is_some(),
        Operand::SpecialMethod => SpecialMethod::from_number(oparg).is_some(),
        Operand::CommonConstant => CommonConstant::from_number(oparg).is_some(),
        Operand::SmallInt => oparg <= 255,
        Operand::Count if opcode == Opcode::UnpackSequence => oparg <= depth,
        Operand::Count if opcode == Opcode::MatchClass => true,
        Operand::Count => oparg <= depth,
        Operand::SliceCount => oparg == 2 || oparg == 3,
        Operand::UnpackCounts => opcode.pushed(oparg) <= depth,
        Operand::Depth => (1..=depth).contains(&oparg) && (opcode != Opcode::Swap || oparg > 1),
        Operand::Conversion => (1..=3).contains(&oparg),
        Operand::FunctionAttribute => FunctionAttribute::from_oparg(oparg).is_some(),
        Operand::Resume => oparg <= 7,
        Operand::Raise | Operand::Reraise | Operand::Awaitable => oparg <= 2,
        Operand::Interpolation => Conversion::from_number(oparg >> 2).is_some(),
    }
}

/// Locals come first, then cells, then free variables, each of a known kind.
fn check_kinds(code: &CodeObject) -> Result<(), Fault> {
    let first_free = code.nlocalsplus() - code.nfreevars();
    for (index, &kind) in code.localspluskinds.iter().enumerate() {
        let fits = match kind & (CO_FAST_LOCAL | CO_FAST_CELL | CO_FAST_FREE) {
            CO_FAST_FREE => index >= first_free,
            0 => false,
            kind => kind & CO_FAST_FREE == 0 && index < first_free,
        };
        if !fits || index < code.total_args() && kind & CO_FAST_LOCAL == 0 {
            return Err(Fault::new(format!("variable {index} has the impossible kind {kind:#x}")));
        }
    }
    if (code.flags & CO_ANY_GENERATOR).count_ones() > 1 {
        return Err(Fault::new("code is of several generator kinds at once"));
    }
    if i32::try_from((code.nlocalsplus() + code.stacksize as usize) * 8).is_err() {
        return Err(Fault::new("co_stacksize is too large"));
    }
    Ok(())
}

/// The location table must be readable to its end; how much code it covers is of no consequence.
fn check_locations(code: &CodeObject) -> Result<(), Fault> {
    let mut ranges = code.location_ranges();
    while ranges.next().is_some() {}
    if ranges.position() == code.linetable.len() {
        return Ok(());
    }
    Err(Fault::new(format!("location table is damaged at its byte {}", ranges.position())))
}

/// Zeroes the inline caches.
pub(super) fn clear_caches(bytes: &mut [u8]) {
    let mut offset = 0;
    while let Some(&byte) = bytes.get(offset) {
        let end = offset + 2 + 2 * usize::from(crate::opcode::CACHES[usize::from(byte)]);
        debug_assert_ne!(byte, op::CACHE);
        bytes[offset + 2..end].fill(0);
        offset = end;
    }
}
