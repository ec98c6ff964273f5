//! Finds loads of locals that may be unbound: they become `LOAD_FAST_CHECK`.

use super::graph::{BlockId, Graph};
use pvm_bytecode::Opcode;

/// Locals that are followed through all blocks; the rest are looked at block by block.
const TRACKED: usize = 64;

/// Checks loads that could find a local unbound (CPython's `add_checks_for_loads_of_uninitialized_variables`).
pub(super) fn check_uninitialized_loads(graph: &mut Graph, nlocals: usize, nparams: usize) {
    if nlocals == 0 {
        return;
    }
    if nlocals > TRACKED {
        check_locals_blockwise(graph, nlocals);
    }
    graph.reset_visited();
    let mut pending = Vec::new();
    let unbound = (nparams..nlocals.min(TRACKED)).fold(0u64, |mask, local| mask | 1 << local);
    let entry = graph.entry;
    reach(graph, entry, unbound, &mut pending);
    // A local can be deleted anywhere: every block is looked at once.
    for id in graph.order() {
        scan(graph, id, &mut pending);
    }
    while let Some(id) = pending.pop() {
        graph[id].visited = false;
        scan(graph, id, &mut pending);
    }
}

fn reach(graph: &mut Graph, id: BlockId, unbound: u64, pending: &mut Vec<BlockId>) {
    let block = &mut graph[id];
    let both = block.unbound | unbound;
    if block.unbound != both {
        block.unbound = both;
        // `visited` says that the block is waiting.
        if !std::mem::replace(&mut block.visited, true) {
            pending.push(id);
        }
    }
}

fn scan(graph: &mut Graph, id: BlockId, pending: &mut Vec<BlockId>) {
    let mut unbound = graph[id].unbound;
    for at in 0..graph[id].instrs.len() {
        if let Some(handler) = graph[id].instrs[at].except {
            reach(graph, handler, unbound, pending);
        }
        let instr = &mut graph[id].instrs[at];
        if instr.oparg as usize >= TRACKED {
            continue;
        }
        let bit = 1u64 << instr.oparg;
        match instr.opcode {
            Opcode::DeleteFast | Opcode::LoadFastAndClear | Opcode::StoreFastMaybeNull => {
                unbound |= bit;
            }
            Opcode::StoreFast | Opcode::LoadFastCheck => unbound &= !bit,
            Opcode::LoadFast => {
                if unbound & bit != 0 {
                    instr.opcode = Opcode::LoadFastCheck;
                }
                unbound &= !bit;
            }
            _ => {}
        }
    }
    let next = graph[id].next.filter(|_| graph[id].falls_through());
    let target = graph[id].last_jump().and_then(|jump| jump.target);
    for successor in next.into_iter().chain(target) {
        reach(graph, successor, unbound, pending);
    }
}

/// Locals beyond the tracked ones count as bound only after a load or store in the same block.
fn check_locals_blockwise(graph: &mut Graph, nlocals: usize) {
    let mut bound_in = vec![0u32; nlocals - TRACKED];
    for (number, id) in (1..).zip(graph.order()) {
        for instr in &mut graph[id].instrs {
            let Some(state) = (instr.oparg as usize).checked_sub(TRACKED).and_then(|local| bound_in.get_mut(local)) else {
                continue;
            };
            match instr.opcode {
                Opcode::DeleteFast | Opcode::LoadFastAndClear | Opcode::StoreFastMaybeNull => {
                    *state = number - 1;
                }
                Opcode::StoreFast => *state = number,
                Opcode::LoadFast => {
                    if *state != number {
                        instr.opcode = Opcode::LoadFastCheck;
                    }
                    *state = number;
                }
                _ => {}
            }
        }
    }
}
