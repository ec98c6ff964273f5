//! Copies short exits, and jumps without a line, to where they are jumped to from.

use super::graph::{BlockId, Graph};
use pvm_bytecode::Opcode;

/// The longest exit that is copied.
const MAX_COPY_SIZE: usize = 4;

/// Replaces jumps to small exits and to blocks without lines by those blocks
/// (CPython's `inline_small_or_no_lineno_blocks`).
pub(super) fn inline_small_or_no_lineno_blocks(graph: &mut Graph) {
    loop {
        let mut changed = false;
        for id in graph.order() {
            changed |= inline_target(graph, id);
        }
        if !changed {
            return;
        }
    }
}

fn inline_target(graph: &mut Graph, id: BlockId) -> bool {
    let Some(last) = graph[id].last() else {
        return false;
    };
    let removed = last.opcode;
    let (true, Some(target)) = (removed.is_unconditional_jump(), last.target) else {
        return false;
    };
    let small_exit = graph[target].exits_scope() && graph[target].instrs.len() <= MAX_COPY_SIZE;
    let no_lineno = graph[target].has_no_lineno() && !graph[target].falls_through();
    if !small_exit && !no_lineno {
        return false;
    }
    let copied = graph[target].instrs.clone();
    let block = &mut graph[id];
    if let Some(last) = block.instrs.last_mut() {
        last.set_nop();
    }
    for instr in copied {
        block.append(instr);
    }
    if no_lineno
        && removed == Opcode::Jump
        && let Some(last) = block.instrs.last_mut()
        && last.opcode.is_unconditional_jump()
    {
        // The jump that went looked for signals.
        last.opcode = Opcode::Jump;
    }
    graph[target].predecessors -= 1;
    true
}
