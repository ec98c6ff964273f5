//! Replaces the opcodes that only the compiler knows, and settles the direction of conditional jumps.

use super::graph::{BlockId, Graph, Instr};
use super::redundant::remove_redundant_nops_and_jumps;
use crate::error::CompileError;
use pvm_bytecode::Opcode;

/// `JUMP_IF_*` keeps the value it tests: `COPY`, `TO_BOOL`, `POP_JUMP_IF_*`.
pub(super) fn convert_conditional_jumps(graph: &mut Graph) {
    for id in graph.order() {
        let block = &mut graph[id];
        let Some(last) = block.instrs.last_mut() else {
            continue;
        };
        last.opcode = match last.opcode {
            Opcode::JumpIfFalse => Opcode::PopJumpIfFalse,
            Opcode::JumpIfTrue => Opcode::PopJumpIfTrue,
            _ => continue,
        };
        let jump = *last;
        let at = block.instrs.len() - 1;
        for (offset, opcode, oparg) in [(0, Opcode::Copy, 1), (1, Opcode::ToBool, 0)] {
            let instr = Instr { except: jump.except, ..Instr::new(opcode, oparg, jump.location) };
            block.insert(at + offset, instr);
        }
    }
}

/// Block pushes vanish; loads of closures and hidden stores become plain ones.
pub(super) fn convert_pseudo_ops(graph: &mut Graph) -> Result<(), CompileError> {
    for id in graph.order() {
        for instr in &mut graph[id].instrs {
            match instr.opcode {
                opcode if opcode.is_block_push() => instr.set_nop(),
                Opcode::LoadClosure => instr.opcode = Opcode::LoadFast,
                Opcode::StoreFastMaybeNull => instr.opcode = Opcode::StoreFast,
                _ => {}
            }
        }
    }
    remove_redundant_nops_and_jumps(graph)
}

/// Conditional jumps go forward only: one that goes back is reversed around an unconditional jump. The way not taken is
/// marked by `NOT_TAKEN` (CPython's `normalize_jumps`).
pub(super) fn normalize_jumps(graph: &mut Graph) {
    graph.reset_visited();
    let mut chain = graph.chain();
    while let Some(id) = chain.next(graph) {
        graph.visit(id);
        normalize_last(graph, id);
    }
}

fn normalize_last(graph: &mut Graph, id: BlockId) {
    let Some(&last) = graph[id].last() else {
        return;
    };
    let (true, Some(target)) = (last.opcode.is_conditional_jump(), last.target) else {
        return;
    };
    if !graph[target].visited {
        graph[id].add(Opcode::NotTaken, 0, last.location);
        return;
    }
    let reversed = match last.opcode {
        Opcode::PopJumpIfNotNone => Opcode::PopJumpIfNone,
        Opcode::PopJumpIfNone => Opcode::PopJumpIfNotNone,
        Opcode::PopJumpIfFalse => Opcode::PopJumpIfTrue,
        _ => Opcode::PopJumpIfFalse,
    };
    let jump = graph.new_block();
    graph[jump].add(Opcode::NotTaken, 0, last.location);
    graph.add_jump(jump, Opcode::Jump, target, last.location);
    graph[jump].start_depth = graph[target].start_depth;
    graph[jump].cold = graph[id].cold;
    let next = graph[id].next;
    if let Some(last) = graph[id].instrs.last_mut() {
        last.opcode = reversed;
        last.target = next;
    }
    graph.insert_after(id, jump);
}
