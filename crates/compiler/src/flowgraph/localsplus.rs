//! Cells and free variables: their places in the frame, and the instructions that set a frame up.

use std::collections::HashMap;

use super::CodeUnit;
use super::graph::{Graph, Instr};
use crate::ast::Location;
use crate::instructions::NO_LOCATION;
use pvm_bytecode::Opcode;
use pvm_bytecode::flags::CO_ANY_GENERATOR;

/// Inserts the instructions a code object starts with and gives `*_DEREF` their places; returns how many places the frame has
/// (CPython's `prepare_localsplus`).
pub(super) fn prepare_localsplus(graph: &mut Graph, unit: &CodeUnit) -> usize {
    let nlocals = unit.varnames.len();
    let ncells = unit.cellvars.len();
    let nderefs = ncells + unit.freevars.len();
    // A cell that is a parameter shares the parameter's place.
    let mut places: Vec<usize> = (nlocals..nlocals + nderefs).collect();
    let locals: HashMap<&str, usize> = unit.varnames.iter().enumerate().map(|(at, name)| (&**name, at)).collect();
    for (cell, name) in unit.cellvars.iter().enumerate() {
        if let Some(&local) = locals.get(&**name) {
            places[cell] = local;
        }
    }
    insert_prefix(graph, unit, &places);
    let mut shared = 0;
    for (number, place) in places.iter_mut().enumerate() {
        if *place == number + nlocals {
            *place -= shared;
        } else {
            shared += 1;
        }
    }
    for id in graph.order() {
        for instr in &mut graph[id].instrs {
            if matches!(
                instr.opcode,
                Opcode::MakeCell
                    | Opcode::LoadClosure
                    | Opcode::LoadDeref
                    | Opcode::StoreDeref
                    | Opcode::DeleteDeref
                    | Opcode::LoadFromDictOrDeref
            ) {
                instr.oparg = places[instr.oparg as usize] as u32;
            }
        }
    }
    nlocals + nderefs - shared
}

/// `COPY_FREE_VARS`, `MAKE_CELL` in the order of the frame, `RETURN_GENERATOR` and the `POP_TOP` of what is sent first.
fn insert_prefix(graph: &mut Graph, unit: &CodeUnit, places: &[usize]) {
    let entry = graph.entry;
    let mut prefix = Vec::new();
    if !unit.freevars.is_empty() {
        let count = unit.freevars.len() as u32;
        prefix.push(Instr::new(Opcode::CopyFreeVars, count, NO_LOCATION));
    }
    let mut cells: Vec<usize> = (0..unit.cellvars.len()).collect();
    cells.sort_by_key(|&cell| places[cell]);
    prefix.extend(cells.into_iter().map(|cell| Instr::new(Opcode::MakeCell, cell as u32, NO_LOCATION)));
    if unit.flags & CO_ANY_GENERATOR != 0 {
        let location = Location { lineno: unit.firstlineno, end_lineno: unit.firstlineno, ..NO_LOCATION };
        prefix.push(Instr::new(Opcode::ReturnGenerator, 0, location));
        prefix.push(Instr::new(Opcode::PopTop, 0, location));
    }
    for (at, instr) in prefix.into_iter().enumerate() {
        graph[entry].insert(at, instr);
    }
}
