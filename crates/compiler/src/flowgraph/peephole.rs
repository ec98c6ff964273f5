//! Rewrites short sequences of instructions within a block, and threads jumps to jumps.

use pvm_bytecode::Opcode;
use pvm_bytecode::opcode::Intrinsic1;

use super::arith::UnaryOp;
use super::consts::Consts;
use super::fold;
use super::graph::{Block, BlockId, Graph, Instr};
use super::swaps::optimize_swaps;

/// The bit of `COMPARE_OP`'s operand that asks for a bool.
const COMPARE_TO_BOOL: u32 = 16;

/// Optimises every block (CPython's `optimize_basic_block`).
pub(super) fn optimize_blocks(graph: &mut Graph, consts: &mut Consts) {
    for id in graph.order() {
        let mut at = 0;
        while at < graph[id].instrs.len() {
            let again = if graph[id].instrs[at].opcode.has_jump() {
                thread_jump(graph, id, at)
            } else {
                rewrite(&mut graph[id], at, consts);
                false
            };
            if !again {
                at += 1;
            }
        }
        optimize_swaps(&mut graph[id]);
    }
}

/// Lets a jump to a jump go where that one goes. Returns whether the instruction at `at` is to be looked at again.
fn thread_jump(graph: &mut Graph, id: BlockId, at: usize) -> bool {
    let jump = graph[id].instrs[at];
    let Some(block) = jump.target else {
        return false;
    };
    let Some(&target) = graph[block].instrs.first() else {
        return false;
    };
    let threaded = match (jump.opcode, target.opcode) {
        (
            Opcode::PopJumpIfNotNone
            | Opcode::PopJumpIfNone
            | Opcode::PopJumpIfFalse
            | Opcode::PopJumpIfTrue
            | Opcode::JumpIfFalse
            | Opcode::JumpIfTrue,
            Opcode::Jump,
        ) => jump.opcode,
        (Opcode::Jump | Opcode::JumpNoInterrupt, Opcode::Jump) => Opcode::Jump,
        (Opcode::Jump | Opcode::JumpNoInterrupt, Opcode::JumpNoInterrupt) => jump.opcode,
        (Opcode::JumpIfFalse, Opcode::JumpIfFalse) | (Opcode::JumpIfTrue, Opcode::JumpIfTrue) => jump.opcode,
        // The other test fails on the same value: go on after it.
        (Opcode::JumpIfFalse, Opcode::JumpIfTrue) | (Opcode::JumpIfTrue, Opcode::JumpIfFalse) => {
            graph[id].instrs[at].target = graph[block].next;
            return true;
        }
        _ => return false,
    };
    let Some(destination) = target.target else {
        return false;
    };
    // bpo-45773: a jump to itself would be threaded for ever.
    if jump.target == Some(destination) {
        return false;
    }
    graph[id].instrs[at].set_nop();
    graph.add_jump(id, threaded, destination, target.location);
    true
}

/// Replaces the instruction at `at` and the next by a `NOP` and another.
fn merge(block: &mut Block, at: usize, opcode: Opcode, oparg: u32) {
    block.instrs[at].set_nop();
    block.instrs[at + 1].set(opcode, oparg);
}

fn rewrite(block: &mut Block, at: usize, consts: &mut Consts) {
    let Instr { opcode, oparg, location, .. } = block.instrs[at];
    let next = block.opcode_at(at + 1);
    match (opcode, next) {
        (Opcode::BuildTuple, Some(Opcode::UnpackSequence)) if (1..=3).contains(&oparg) && block.instrs[at + 1].oparg == oparg => {
            if oparg == 1 {
                block.instrs[at].set_nop();
                block.instrs[at + 1].set_nop();
            } else {
                block.instrs[at].set_nop();
                block.instrs[at + 1].opcode = Opcode::Swap;
            }
        }
        (Opcode::BuildTuple, _) => fold::fold_tuple_of_constants(block, at, consts),
        (Opcode::BuildList | Opcode::BuildSet, _) => {
            fold::optimize_lists_and_sets(block, at, next, consts);
        }
        (Opcode::StoreFast, Some(Opcode::StoreFast)) => {
            let following = &block.instrs[at + 1];
            if following.oparg == oparg && following.location.lineno == location.lineno {
                block.instrs[at].set(Opcode::PopTop, 0);
            }
        }
        (Opcode::Swap, _) if oparg == 1 => block.instrs[at].set_nop(),
        (Opcode::LoadGlobal, Some(Opcode::PushNull)) if oparg & 1 == 0 => {
            block.instrs[at].oparg = oparg | 1;
            block.instrs[at + 1].set_nop();
        }
        (Opcode::CompareOp, Some(Opcode::ToBool)) => {
            merge(block, at, Opcode::CompareOp, oparg | COMPARE_TO_BOOL);
        }
        (Opcode::ContainsOp | Opcode::IsOp, Some(Opcode::ToBool)) => merge(block, at, opcode, oparg),
        (Opcode::ContainsOp | Opcode::IsOp, Some(Opcode::UnaryNot)) => merge(block, at, opcode, oparg ^ 1),
        (Opcode::ToBool, Some(Opcode::ToBool)) => block.instrs[at].set_nop(),
        (Opcode::UnaryNot, Some(Opcode::ToBool)) => merge(block, at, Opcode::UnaryNot, 0),
        (Opcode::UnaryNot, Some(Opcode::UnaryNot)) => merge(block, at, Opcode::Nop, 0),
        (Opcode::UnaryNot, _) => fold::fold_unary(block, at, UnaryOp::Not, consts),
        (Opcode::UnaryInvert, _) => fold::fold_unary(block, at, UnaryOp::Invert, consts),
        (Opcode::UnaryNegative, _) => fold::fold_unary(block, at, UnaryOp::Negative, consts),
        (Opcode::CallIntrinsic1, _) => match Intrinsic1::from_number(oparg) {
            Some(Intrinsic1::ListToTuple) => {
                fold::fold_built_sequence(block, at, consts);
                // A list is as good for iteration.
                if block.instrs[at].opcode == opcode && next == Some(Opcode::GetIter) {
                    block.instrs[at].set_nop();
                }
            }
            Some(Intrinsic1::UnaryPositive) => {
                fold::fold_unary(block, at, UnaryOp::Positive, consts);
            }
            _ => {}
        },
        (Opcode::ListAppend | Opcode::SetAdd, Some(Opcode::GetIter | Opcode::ContainsOp)) if oparg == 1 => {
            fold::fold_built_sequence(block, at, consts)
        }
        (Opcode::BinaryOp, _) => fold::fold_binary(block, at, consts),
        _ => {}
    }
}
