//! Moves code that only exceptions reach behind the rest.

use super::graph::{BlockId, Graph};
use super::redundant::remove_redundant_nops_and_jumps;
use crate::error::CompileError;
use crate::instructions::NO_LOCATION;
use pvm_bytecode::Opcode;

/// Moves cold blocks to the end (CPython's `push_cold_blocks_to_end`).
pub(super) fn push_cold_blocks_to_end(graph: &mut Graph) -> Result<(), CompileError> {
    if graph[graph.entry].next.is_none() {
        return Ok(());
    }
    mark_warm(graph);
    mark_cold(graph);
    jump_back_to_warm(graph);

    let (warm, cold): (Vec<BlockId>, Vec<BlockId>) = graph.order().into_iter().partition(|&id| !graph[id].cold);
    let moved = !cold.is_empty();
    let order: Vec<BlockId> = warm.into_iter().chain(cold).collect();
    for pair in order.windows(2) {
        graph[pair[0]].next = Some(pair[1]);
    }
    if let Some(&last) = order.last() {
        graph[last].next = None;
    }
    if moved {
        remove_redundant_nops_and_jumps(graph)?;
    }
    Ok(())
}

fn jump_targets(graph: &Graph, id: BlockId) -> Vec<BlockId> {
    graph[id].instrs.iter().filter(|instr| instr.opcode.has_jump()).filter_map(|instr| instr.target).collect()
}

/// Marks what is reached without an exception.
fn mark_warm(graph: &mut Graph) {
    graph.reset_visited();
    let entry = graph.entry;
    graph.visit(entry);
    let mut pending = vec![entry];
    while let Some(id) = pending.pop() {
        graph[id].warm = true;
        let next = graph[id].next.filter(|_| graph[id].falls_through());
        for successor in next.into_iter().chain(jump_targets(graph, id)) {
            if graph.visit(successor) {
                pending.push(successor);
            }
        }
    }
}

/// Marks handlers and what only they lead to.
fn mark_cold(graph: &mut Graph) {
    graph.reset_visited();
    let mut pending: Vec<BlockId> = graph.order().into_iter().filter(|&id| graph[id].except_handler).collect();
    for &id in &pending {
        graph.visit(id);
    }
    while let Some(id) = pending.pop() {
        graph[id].cold = true;
        let next = graph[id].next.filter(|_| graph[id].falls_through());
        for successor in next.into_iter().chain(jump_targets(graph, id)) {
            if !graph[successor].warm && graph.visit(successor) {
                pending.push(successor);
            }
        }
    }
}

/// A cold block that falls through to a warm one gets a jump instead.
fn jump_back_to_warm(graph: &mut Graph) {
    let mut next_label = graph.next_label();
    for id in graph.order() {
        let Some(next) = graph[id].next else {
            continue;
        };
        if !graph[id].cold || !graph[id].falls_through() || !graph[next].warm {
            continue;
        }
        if graph[next].label.is_none() {
            graph[next].label = Some(next_label);
            next_label += 1;
        }
        let jump = graph.new_block();
        graph.add_jump(jump, Opcode::JumpNoInterrupt, next, NO_LOCATION);
        graph[jump].cold = true;
        graph[jump].predecessors = 1;
        graph.insert_after(id, jump);
    }
}
