//! Removes `NOP`s, jumps to the next instruction and values that are pushed to be popped.

use super::graph::{BlockId, Graph};
use super::malformed;
use crate::error::CompileError;
use crate::instructions::NO_LOCATION;
use pvm_bytecode::Opcode;

/// Removes the `NOP`s of a block that no line needs; returns how many.
fn remove_nops_in_block(graph: &mut Graph, id: BlockId) -> usize {
    if !graph[id].instrs.iter().any(|instr| instr.opcode == Opcode::Nop) {
        return 0;
    }
    let next = graph.next_nonempty(graph[id].next);
    // The line the next block starts with, `NOP`s without a line left out.
    let next_block_line = next.map(|next| {
        graph[next]
            .instrs
            .iter()
            .find(|instr| instr.opcode != Opcode::Nop || instr.location.lineno >= 0)
            .map_or(NO_LOCATION, |instr| instr.location)
            .lineno
    });
    let block = &mut graph[id];
    let count = block.instrs.len();
    let mut kept = Vec::with_capacity(count);
    let mut previous_line = -1;
    for index in 0..count {
        let instr = block.instrs[index];
        let line = instr.location.lineno;
        if instr.opcode == Opcode::Nop {
            if line < 0 || previous_line == line {
                continue;
            }
            if let Some(following) = block.instrs.get_mut(index + 1) {
                if following.location.lineno == line {
                    continue;
                }
                if following.location.lineno < 0 {
                    following.location = instr.location;
                    continue;
                }
            } else if next_block_line == Some(line) {
                continue;
            }
        }
        kept.push(instr);
        previous_line = line;
    }
    let removed = count - kept.len();
    block.keep(kept);
    removed
}

/// Removes `NOP`s that no line needs; returns how many.
pub(super) fn remove_redundant_nops(graph: &mut Graph) -> usize {
    let order = graph.order();
    order.into_iter().map(|id| remove_nops_in_block(graph, id)).sum()
}

/// Turns jumps to the next instruction into `NOP`s; returns how many.
fn remove_redundant_jumps(graph: &mut Graph) -> Result<usize, CompileError> {
    let mut changes = 0;
    for id in graph.order() {
        let Some(last) = graph[id].last() else {
            continue;
        };
        if !last.opcode.is_unconditional_jump() {
            continue;
        }
        let Some(target) = graph.next_nonempty(last.target) else {
            return Err(malformed("jump with NULL target"));
        };
        if graph.next_nonempty(graph[id].next) == Some(target) {
            changes += 1;
            if let Some(last) = graph[id].instrs.last_mut() {
                last.set_nop();
            }
        }
    }
    Ok(changes)
}

/// Removes both until nothing changes.
pub(super) fn remove_redundant_nops_and_jumps(graph: &mut Graph) -> Result<(), CompileError> {
    loop {
        let nops = remove_redundant_nops(graph);
        let jumps = remove_redundant_jumps(graph)?;
        if nops + jumps == 0 {
            return Ok(());
        }
    }
}

/// Removes `NOP`s, and constants and copies that are popped at once.
pub(super) fn remove_redundant_nops_and_pairs(graph: &mut Graph) {
    loop {
        let mut done = true;
        let mut previous: Option<(BlockId, usize)> = None;
        for id in graph.order() {
            remove_nops_in_block(graph, id);
            // A jump may lead here: what stands before is not what came before.
            if graph[id].label.is_some() {
                previous = None;
            }
            for index in 0..graph[id].instrs.len() {
                let is_pair = graph[id].instrs[index].opcode == Opcode::PopTop
                    && previous.is_some_and(|(block, at)| {
                        let previous = &graph[block].instrs[at];
                        match previous.opcode {
                            Opcode::LoadConst | Opcode::LoadSmallInt => true,
                            Opcode::Copy => previous.oparg == 1,
                            _ => false,
                        }
                    });
                if is_pair && let Some((block, at)) = previous {
                    graph[block].instrs[at].set_nop();
                    graph[id].instrs[index].set_nop();
                    done = false;
                }
                previous = Some((id, index));
            }
            let ends_in_jump = previous.is_some_and(|(block, at)| graph[block].instrs[at].opcode.has_jump());
            if ends_in_jump || !graph[id].falls_through() {
                previous = None;
            }
        }
        if done {
            return;
        }
    }
}
