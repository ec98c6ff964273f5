//! Finished linear code to a code object: jump distances, bytes and tables (CPython's `assemble.c`).

use std::collections::HashSet;
use std::sync::Arc;

use pvm_bytecode::exceptions::{ExceptionEntry, ExceptionWriter};
use pvm_bytecode::flags::{
    CO_FAST_ARG_KW, CO_FAST_ARG_POS, CO_FAST_ARG_VAR, CO_FAST_CELL, CO_FAST_FREE, CO_FAST_HIDDEN, CO_FAST_LOCAL, CO_VARARGS,
    CO_VARKEYWORDS,
};
use pvm_bytecode::locations::{Location as BytecodeLocation, LocationWriter};
use pvm_bytecode::opcode::op;
use pvm_bytecode::{CodeObject, Constant, Opcode, Text};

use crate::flowgraph::CodeUnit;
use crate::instructions::{ExceptHandler, Instruction, InstructionSequence, NEXT_LOCATION, NO_LOCATION};

/// Code units from `SEND` to the `END_SEND` of the same `yield from`: monitoring looks for the latter.
const END_SEND_OFFSET: u32 = 5;

/// What the flow graph found out.
pub(crate) struct Frame {
    /// Greatest depth of the stack.
    pub stacksize: u32,
    /// Places for locals, cells and free variables.
    pub nlocalsplus: usize,
}

/// Makes a code object of instructions whose jumps are indices (CPython's `_PyAssemble_MakeCodeObject`).
pub(crate) fn make_code_object(
    mut sequence: InstructionSequence,
    unit: CodeUnit,
    consts: Vec<Constant>,
    frame: Frame,
) -> CodeObject {
    let instructions = sequence.instructions_mut();
    resolve_directions(instructions);
    let offsets = resolve_jumps(instructions);
    let (names, kinds) = localsplus(&unit, frame.nlocalsplus);
    CodeObject {
        argcount: unit.posonlyargcount + unit.argcount,
        posonlyargcount: unit.posonlyargcount,
        kwonlyargcount: unit.kwonlyargcount,
        stacksize: frame.stacksize,
        flags: unit.flags,
        code: emit(instructions).into(),
        consts: consts.into(),
        names: unit.names.into_iter().map(Text::from).collect(),
        localsplusnames: names,
        localspluskinds: kinds.into(),
        filename: unit.filename,
        name: unit.name,
        qualname: unit.qualname,
        firstlineno: unit.firstlineno,
        linetable: location_table(instructions, unit.firstlineno).into(),
        exceptiontable: exception_table(instructions, &offsets).into(),
    }
}

/// Code units of an instruction with its extended operand and its caches.
fn size(instruction: &Instruction) -> u32 {
    extensions(instruction.oparg) + 1 + instruction.opcode.caches() as u32
}

/// How many `EXTENDED_ARG` an operand needs.
fn extensions(oparg: u32) -> u32 {
    u32::from(oparg > 0xFF) + u32::from(oparg > 0xFFFF) + u32::from(oparg > 0xFF_FFFF)
}

/// Pseudo jumps become forward or backward ones.
fn resolve_directions(instructions: &mut [Instruction]) {
    for (index, instruction) in instructions.iter_mut().enumerate() {
        let forward = instruction.oparg as usize > index;
        instruction.opcode = match instruction.opcode {
            Opcode::Jump | Opcode::JumpNoInterrupt if forward => Opcode::JumpForward,
            Opcode::Jump => Opcode::JumpBackward,
            Opcode::JumpNoInterrupt => Opcode::JumpBackwardNoInterrupt,
            opcode => opcode,
        };
    }
}

/// Replaces the jumps' indices by distances; returns each instruction's offset in code units. A distance may lengthen its
/// own instruction, so this repeats until nothing grows.
fn resolve_jumps(instructions: &mut [Instruction]) -> Vec<u32> {
    let targets: Vec<Option<usize>> =
        instructions.iter().map(|instruction| instruction.opcode.has_jump().then_some(instruction.oparg as usize)).collect();
    loop {
        let mut offset = 0;
        let offsets: Vec<u32> = instructions
            .iter()
            .map(|instruction| {
                let start = offset;
                offset += size(instruction);
                start
            })
            .collect();
        let mut changed = false;
        for ((instruction, target), start) in instructions.iter_mut().zip(&targets).zip(&offsets) {
            let Some(target) = *target else {
                continue;
            };
            let before = size(instruction);
            let end = start + before;
            let target = offsets[target];
            instruction.oparg =
                if instruction.opcode == Opcode::EndAsyncFor { end - target - END_SEND_OFFSET } else { end.abs_diff(target) };
            changed |= size(instruction) != before;
        }
        if !changed {
            return offsets;
        }
    }
}

fn emit(instructions: &[Instruction]) -> Vec<u8> {
    let units: u32 = instructions.iter().map(size).sum();
    let mut code = Vec::with_capacity(2 * units as usize);
    for instruction in instructions {
        let Some(byte) = instruction.opcode.byte() else {
            debug_assert!(false, "{} is left", instruction.opcode);
            continue;
        };
        for extension in (1..=extensions(instruction.oparg)).rev() {
            code.extend([op::EXTENDED_ARG, (instruction.oparg >> (8 * extension)) as u8]);
        }
        code.extend([byte, instruction.oparg as u8]);
        code.resize(code.len() + 2 * instruction.opcode.caches(), 0);
    }
    code
}

fn location_table(instructions: &mut [Instruction], firstlineno: i32) -> Vec<u8> {
    let mut following = NO_LOCATION;
    for instruction in instructions.iter_mut().rev() {
        if instruction.location == NEXT_LOCATION {
            instruction.location = if instruction.opcode.is_terminator() { NO_LOCATION } else { following };
        }
        following = instruction.location;
    }
    let mut writer = LocationWriter::new(firstlineno);
    for instruction in instructions.iter() {
        let location = instruction.location;
        writer.push(
            BytecodeLocation {
                lineno: location.lineno,
                end_lineno: location.end_lineno,
                col_offset: location.col_offset,
                end_col_offset: location.end_col_offset,
            },
            size(instruction),
        );
    }
    writer.finish()
}

fn exception_table(instructions: &[Instruction], offsets: &[u32]) -> Vec<u8> {
    let mut writer = ExceptionWriter::new();
    let mut write = |start: u32, end: u32, handler: Option<ExceptHandler>| {
        let Some(handler) = handler else {
            return;
        };
        let pushed = 1 + i32::from(handler.preserve_lasti);
        writer.push(ExceptionEntry {
            start: 2 * start,
            end: 2 * end,
            target: 2 * offsets[handler.target as usize],
            depth: u32::try_from(handler.start_depth - pushed).unwrap_or(0),
            lasti: handler.preserve_lasti,
        });
    };
    let target = |handler: Option<ExceptHandler>| handler.map(|handler| handler.target);
    let (mut start, mut end) = (0, 0);
    let mut current = None;
    for instruction in instructions {
        if target(instruction.except) != target(current) {
            write(start, end, current);
            start = end;
            current = instruction.except;
        }
        end += size(instruction);
    }
    write(start, end, current);
    writer.finish()
}

/// Names and kinds of the places of a frame.
fn localsplus(unit: &CodeUnit, count: usize) -> (Arc<[Text]>, Vec<u8>) {
    let parameters = [
        (unit.posonlyargcount, CO_FAST_ARG_POS),
        (unit.argcount, CO_FAST_ARG_POS | CO_FAST_ARG_KW),
        (unit.kwonlyargcount, CO_FAST_ARG_KW),
        (u32::from(unit.flags & CO_VARARGS != 0), CO_FAST_ARG_VAR | CO_FAST_ARG_POS),
        (u32::from(unit.flags & CO_VARKEYWORDS != 0), CO_FAST_ARG_VAR | CO_FAST_ARG_KW),
    ];
    let parameter_kinds =
        parameters.into_iter().flat_map(|(count, kind)| std::iter::repeat_n(kind, count as usize)).chain(std::iter::repeat(0));
    let cells: HashSet<&str> = unit.cellvars.iter().map(|name| &**name).collect();
    let locals: HashSet<&str> = unit.varnames.iter().map(|name| &**name).collect();
    let mut names: Vec<Text> = Vec::with_capacity(count);
    let mut kinds = Vec::with_capacity(count);
    for (name, parameter) in unit.varnames.iter().zip(parameter_kinds) {
        let mut kind = CO_FAST_LOCAL | parameter;
        if unit.fast_hidden.contains(name) {
            kind |= CO_FAST_HIDDEN;
        }
        if cells.contains(&**name) {
            kind |= CO_FAST_CELL;
        }
        names.push(name.clone().into());
        kinds.push(kind);
    }
    // Cells that are locals too have their place already.
    let others = unit.cellvars.iter().filter(|name| !locals.contains(&***name));
    for (name, kind) in others.map(|name| (name, CO_FAST_CELL)).chain(unit.freevars.iter().map(|name| (name, CO_FAST_FREE))) {
        names.push(name.clone().into());
        kinds.push(kind);
    }
    debug_assert_eq!(names.len(), count);
    (names.into(), kinds)
}
