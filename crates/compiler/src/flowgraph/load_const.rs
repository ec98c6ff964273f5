//! Uses what is known of a constant when the next instruction tests it.

use super::consts::{Consts, small_int};
use super::graph::{Block, Graph};
use pvm_bytecode::{Constant, Opcode};

/// Optimises loads of constants and what follows them (CPython's `optimize_load_const`).
pub(super) fn optimize_load_const(graph: &mut Graph, consts: &mut Consts) {
    for id in graph.order() {
        optimize_block(&mut graph[id], consts);
    }
}

fn optimize_block(block: &mut Block, consts: &mut Consts) {
    // The load whose value is on top of the stack; a copy of it counts as the load itself.
    let mut opcode = Opcode::Nop;
    let mut oparg = 0;
    for at in 0..block.instrs.len() {
        let instr = &mut block.instrs[at];
        if instr.opcode == Opcode::LoadConst
            && let Some(small) = consts.loaded_by(instr).as_ref().and_then(small_int)
        {
            instr.set(Opcode::LoadSmallInt, small);
        }
        let is_copy = opcode == Opcode::LoadConst && instr.opcode == Opcode::Copy && instr.oparg == 1;
        if !is_copy {
            opcode = instr.opcode;
            oparg = instr.oparg;
        }
        if !matches!(opcode, Opcode::LoadConst | Opcode::LoadSmallInt) {
            continue;
        }
        let (Some(next), Some(value)) = (block.opcode_at(at + 1), consts.loaded(opcode, oparg)) else {
            continue;
        };
        match next {
            Opcode::PopJumpIfFalse | Opcode::PopJumpIfTrue | Opcode::JumpIfFalse | Opcode::JumpIfTrue => {
                if matches!(next, Opcode::PopJumpIfFalse | Opcode::PopJumpIfTrue) {
                    block.instrs[at].set_nop();
                }
                let jumps_if = matches!(next, Opcode::PopJumpIfTrue | Opcode::JumpIfTrue);
                if value.is_true() == jumps_if {
                    block.instrs[at + 1].opcode = Opcode::Jump;
                } else {
                    block.instrs[at + 1].set_nop();
                }
            }
            Opcode::IsOp if matches!(value, Constant::None) => fold_is_none(block, at),
            Opcode::ToBool => {
                let index = consts.add(Constant::Bool(value.is_true()));
                block.instrs[at].set_nop();
                block.instrs[at + 1].set(Opcode::LoadConst, index);
            }
            _ => {}
        }
    }
}

/// `is None` and `is not None` before a jump become `POP_JUMP_IF_NONE` and `POP_JUMP_IF_NOT_NONE`.
fn fold_is_none(block: &mut Block, at: usize) {
    let mut jump = at + 2;
    if block.opcode_at(jump) == Some(Opcode::ToBool) {
        block.instrs[jump].set_nop();
        jump += 1;
    }
    let inverted = block.instrs[at + 1].oparg != 0;
    let when_none = match block.opcode_at(jump) {
        Some(Opcode::PopJumpIfTrue) => !inverted,
        Some(Opcode::PopJumpIfFalse) => inverted,
        _ => return,
    };
    block.instrs[at].set_nop();
    block.instrs[at + 1].set_nop();
    block.instrs[jump].opcode = if when_none { Opcode::PopJumpIfNone } else { Opcode::PopJumpIfNotNone };
}
