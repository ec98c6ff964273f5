//! The constants of a code object while it is being optimised.

use std::collections::HashMap;

use super::graph::{Block, Graph, Instr};
use pvm_bytecode::{Constant, Opcode};

/// Ints from 0 to this are loaded by `LOAD_SMALL_INT`.
const MAX_SMALL_INT: u32 = 255;

/// A growing list of constants.
pub(super) struct Consts {
    values: Vec<Constant>,
    index: HashMap<Constant, u32>,
}

impl Consts {
    /// Takes the constants the code generator collected.
    pub fn new(values: Vec<Constant>) -> Consts {
        let mut index = HashMap::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            index.entry(value.clone()).or_insert(at as u32);
        }
        Consts { values, index }
    }

    /// The index of a constant, which is added if it is new. A NaN always is: it equals none.
    pub fn add(&mut self, value: Constant) -> u32 {
        if let Some(&at) = self.index.get(&value)
            && !contains_nan(&value)
        {
            return at;
        }
        let at = self.values.len() as u32;
        self.values.push(value.clone());
        self.index.insert(value, at);
        at
    }

    /// The constant an instruction loads.
    pub fn loaded_by(&self, instr: &Instr) -> Option<Constant> {
        self.loaded(instr.opcode, instr.oparg)
    }

    /// The constant that `opcode` loads.
    pub fn loaded(&self, opcode: Opcode, oparg: u32) -> Option<Constant> {
        match opcode {
            Opcode::LoadConst => self.values.get(oparg as usize).cloned(),
            Opcode::LoadSmallInt => Some(Constant::int(oparg)),
            _ => None,
        }
    }

    /// Lets `instr` load `value`.
    pub fn load(&mut self, instr: &mut Instr, value: Constant) {
        if let Some(small) = small_int(&value) {
            instr.set(Opcode::LoadSmallInt, small);
        } else {
            let index = self.add(value);
            instr.set(Opcode::LoadConst, index);
        }
    }

    /// The finished list.
    pub fn into_values(self) -> Vec<Constant> {
        self.values
    }

    /// Drops constants that no instruction loads, but never the first, which may be the docstring.
    pub fn remove_unused(&mut self, graph: &mut Graph) {
        if self.values.is_empty() {
            return;
        }
        let order = graph.order();
        let mut used = vec![false; self.values.len()];
        used[0] = true;
        for &id in &order {
            for instr in &graph[id].instrs {
                if instr.opcode.has_const() {
                    used[instr.oparg as usize] = true;
                }
            }
        }
        if used.iter().all(|&used| used) {
            return;
        }
        let mut count = 0;
        let renumbered: Vec<u32> = used
            .iter()
            .map(|&used| {
                let at = count;
                count += u32::from(used);
                at
            })
            .collect();
        let mut keep = used.iter();
        self.values.retain(|_| keep.next().copied().unwrap_or(true));
        self.index.clear();
        for id in order {
            for instr in &mut graph[id].instrs {
                if instr.opcode.has_const() {
                    instr.oparg = renumbered[instr.oparg as usize];
                }
            }
        }
    }
}

fn contains_nan(value: &Constant) -> bool {
    match value {
        Constant::Float(value) => value.is_nan(),
        Constant::Complex(real, imag) => real.is_nan() || imag.is_nan(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => items.iter().any(contains_nan),
        _ => false,
    }
}

/// The operand of `LOAD_SMALL_INT` for `value`, if it is such an int.
pub(super) fn small_int(value: &Constant) -> Option<u32> {
    match value {
        Constant::Int(value) => u32::try_from(value).ok().filter(|&value| value <= MAX_SMALL_INT),
        _ => None,
    }
}

/// Whether `opcode` loads a constant.
pub(super) fn loads_const(opcode: Opcode) -> bool {
    opcode.has_const() || opcode == Opcode::LoadSmallInt
}

/// Positions of the last `count` instructions before `end` if all of them load constants, `NOP`s left out.
pub(super) fn const_loads_before(block: &Block, end: usize, count: usize) -> Option<Vec<usize>> {
    let mut found = Vec::with_capacity(count);
    let mut at = end;
    while found.len() < count {
        at = at.checked_sub(1)?;
        let opcode = block.instrs[at].opcode;
        if opcode == Opcode::Nop {
            continue;
        }
        if !loads_const(opcode) {
            return None;
        }
        found.push(at);
    }
    found.reverse();
    Some(found)
}
