//! Joins loads and stores of locals into one instruction.

use super::graph::{Graph, Instr};
use super::redundant::remove_redundant_nops;
use pvm_bytecode::Opcode;

/// Pairs that have a common form.
const PAIRS: [(Opcode, Opcode, Opcode); 3] = [
    (Opcode::LoadFast, Opcode::LoadFast, Opcode::LoadFastLoadFast),
    (Opcode::StoreFast, Opcode::LoadFast, Opcode::StoreFastLoadFast),
    (Opcode::StoreFast, Opcode::StoreFast, Opcode::StoreFastStoreFast),
];

/// Joins pairs of instructions (CPython's `insert_superinstructions`).
pub(super) fn insert_superinstructions(graph: &mut Graph) {
    for id in graph.order() {
        let instrs = &mut graph[id].instrs;
        for at in 1..instrs.len() {
            let (before, after) = instrs.split_at_mut(at);
            let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else {
                continue;
            };
            let joined = PAIRS.iter().find(|pair| pair.0 == first.opcode && pair.1 == second.opcode);
            if let Some(&(_, _, joined)) = joined {
                join(first, second, joined);
            }
        }
    }
    remove_redundant_nops(graph);
}

fn join(first: &mut Instr, second: &mut Instr, joined: Opcode) {
    let (line1, line2) = (first.location.lineno, second.location.lineno);
    if line1 >= 0 && line2 >= 0 && line1 != line2 {
        return;
    }
    if first.oparg >= 16 || second.oparg >= 16 {
        return;
    }
    first.set(joined, first.oparg << 4 | second.oparg);
    second.set_nop();
}
