//! [`Instrumentation`]: what is known of code whose instructions report themselves.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use pvm_bytecode::opcode::Opcode;
use pvm_object::code::Code;
use pvm_object::{Object, Vm};

use super::TOOLS;
use crate::execution::{self, Execution};
use crate::interpreter::state;

/// What is known of code whose instructions report themselves.
pub struct Instrumentation {
    /// The general form of each instruction, by unit; `Cache` for units that are none.
    opcodes: Box<[Opcode]>,
    /// The line of each unit, -1 for none.
    lines: Box<[i32]>,
    /// Whether a line begins at a unit.
    starts: Box<[bool]>,
    /// The unit from which on events are told of: that of the first `RESUME`.
    first: usize,
    /// Whether the instructions report themselves now.
    on: Cell<bool>,
    /// The instruction that ran last; what it became by specialising is undone at the next one.
    last: Cell<usize>,
    /// The events of this code that each tool wants.
    local: [Cell<u32>; TOOLS],
    /// What tools want to hear no more: unit, event, tool.
    disabled: RefCell<HashSet<(usize, usize, usize)>>,
    /// The count of restarts that `disabled` belongs to.
    restarts: Cell<u32>,
}

impl Instrumentation {
    /// For code as it stands, specialised or not.
    pub(crate) fn new(execution: &Execution, code: &Object<Code>) -> Instrumentation {
        let count = execution.instructions.len();
        let mut opcodes = vec![Opcode::Cache; count].into_boxed_slice();
        let mut lines = vec![-1; count].into_boxed_slice();
        for range in code.raw.location_ranges() {
            // A table may tell of more units than there are.
            let [start, end] = [range.start, range.end].map(|offset| (offset as usize / 2).min(count));
            lines[start..end].fill(range.location.lineno);
        }
        let mut at = 0;
        while at < count {
            let opcode = Opcode::from_byte(execution.instructions[at] as u8).unwrap_or(Opcode::Nop).base();
            opcodes[at] = opcode;
            at += 1 + opcode.caches();
        }
        let first = opcodes.iter().position(|&opcode| opcode == Opcode::Resume).unwrap_or(0);
        let mut starts = vec![false; count].into_boxed_slice();
        find_line_starts(execution, code, &opcodes, &lines, first, &mut starts);
        Instrumentation {
            opcodes,
            lines,
            starts,
            first,
            on: Cell::new(false),
            last: Cell::new(usize::MAX),
            local: Default::default(),
            disabled: RefCell::default(),
            restarts: Cell::new(0),
        }
    }

    /// The general form of the instruction at a unit.
    pub(crate) fn opcode(&self, unit: usize) -> Opcode {
        self.opcodes[unit]
    }

    /// Whether the code has such a unit.
    pub(crate) fn contains(&self, unit: usize) -> bool {
        unit < self.opcodes.len()
    }

    /// The line of a unit, if it has one.
    pub(crate) fn line(&self, unit: usize) -> i32 {
        self.lines[unit]
    }

    /// Whether a line begins at a unit.
    pub(crate) fn starts_line(&self, unit: usize) -> bool {
        self.starts[unit]
    }

    /// Whether events are told of at a unit.
    pub(crate) fn is_traceable(&self, unit: usize) -> bool {
        unit >= self.first
    }

    /// Whether the instructions report themselves now.
    pub(crate) fn is_on(&self) -> bool {
        self.on.get()
    }

    /// The events of this code that a tool wants.
    pub(crate) fn local(&self, tool: usize) -> u32 {
        self.local[tool].get()
    }

    /// Whether a tool wants to hear no more of an event at a place.
    pub(crate) fn is_disabled(&self, unit: usize, event: usize, tool: usize, restarts: u32) -> bool {
        if self.restarts.replace(restarts) != restarts {
            self.disabled.borrow_mut().clear();
        }
        self.disabled.borrow().contains(&(unit, event, tool))
    }

    /// Tells a tool no more of an event at a place.
    pub(crate) fn disable(&self, unit: usize, event: usize, tool: usize) {
        self.disabled.borrow_mut().insert((unit, event, tool));
    }

    /// Begins an instruction: the one before reports itself again, should it have specialised.
    pub(crate) fn begin(&self, execution: &Execution, unit: usize) {
        let last = self.last.replace(unit);
        if last < self.opcodes.len() && self.is_on() {
            execution.set_opcode(last, Opcode::InstrumentedInstruction);
        }
    }

    fn set_on(&self, execution: &Execution, on: bool) {
        if self.on.replace(on) == on {
            return;
        }
        self.last.set(usize::MAX);
        for (unit, &opcode) in self.opcodes.iter().enumerate().filter(|(_, opcode)| **opcode != Opcode::Cache) {
            let reports = on && self.is_traceable(unit);
            execution.set_opcode(unit, if reports { Opcode::InstrumentedInstruction } else { opcode });
        }
        execution.reset_counters(&self.opcodes);
    }
}

/// Where lines begin (`initialize_lines`).
fn find_line_starts(
    execution: &Execution,
    code: &Object<Code>,
    opcodes: &[Opcode],
    lines: &[i32],
    first: usize,
    starts: &mut [bool],
) {
    let mut current = -1;
    let mut targets = Vec::new();
    let (mut argument, mut begin) = (0usize, None);
    for (unit, &opcode) in opcodes.iter().enumerate().skip(first).filter(|(_, opcode)| **opcode != Opcode::Cache) {
        let start = *begin.get_or_insert(unit);
        argument = argument << 8 | (execution.instructions[unit] >> 8) as usize;
        if opcode == Opcode::ExtendedArg {
            continue;
        }
        match opcode {
            Opcode::Resume | Opcode::EndFor | Opcode::EndAsyncFor | Opcode::EndSend | Opcode::PopIter => {}
            _ => {
                if lines[start] >= 0 && lines[start] != current {
                    starts[start] = true;
                }
                current = lines[start];
            }
        }
        let after = unit + 1 + opcode.caches();
        match opcode {
            Opcode::PopJumpIfTrue | Opcode::PopJumpIfFalse | Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone => {
                targets.push(after + argument);
            }
            Opcode::JumpForward => targets.push(after + argument),
            // Behind `END_FOR` and `END_SEND`, which are skipped.
            Opcode::ForIter | Opcode::Send => targets.push(after + argument + 1),
            Opcode::JumpBackward | Opcode::JumpBackwardNoInterrupt => targets.push(after.saturating_sub(argument)),
            _ => {}
        }
        (argument, begin) = (0, None);
    }
    let handlers = code.raw.exception_entries().map(|entry| entry.target as usize / 2);
    let marked = targets.into_iter().filter(|&target| opcodes.get(target) != Some(&Opcode::PopIter));
    for target in marked.chain(handlers.filter(|&handler| opcodes.get(handler) != Some(&Opcode::EndAsyncFor))) {
        if lines.get(target).is_some_and(|&line| line >= 0) {
            starts[target] = true;
        }
    }
}

/// Makes code report itself, or not, as its tools want.
pub(crate) fn update(vm: &Vm, code: &Object<Code>) {
    let Some(execution) = execution::existing(code) else { return };
    let local = execution.instrumentation().is_some_and(|instrumentation| instrumentation.local.iter().any(|set| set.get() != 0));
    apply(execution, code, state(vm).monitoring.is_active() || local);
}

/// Makes code report itself, or not.
pub(crate) fn apply(execution: &Execution, code: &Object<Code>, on: bool) {
    if on || execution.instrumentation().is_some() {
        execution.ensure_instrumentation(code).set_on(execution, on);
    }
}

/// Sets the events of a code object that a tool wants.
pub(crate) fn set_local(vm: &Vm, code: &Object<Code>, tool: usize, events: u32) {
    execution::of(code);
    if let Some(execution) = execution::existing(code) {
        execution.ensure_instrumentation(code).local[tool].set(events);
    }
    update(vm, code);
}

/// The events of a code object that a tool wants.
pub(crate) fn local(code: &Object<Code>, tool: usize) -> u32 {
    let instrumentation = execution::existing(code).and_then(Execution::instrumentation);
    instrumentation.map_or(0, |instrumentation| instrumentation.local(tool))
}
