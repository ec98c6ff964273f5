use std::sync::Arc;

use pvm_bytecode::Opcode::{self, *};
use pvm_bytecode::exceptions::ExceptionEntry;
use pvm_bytecode::flags::CO_GENERATOR;
use pvm_bytecode::instructions::Instructions;
use pvm_bytecode::{CodeObject, Constant};

use super::{CodeUnit, optimize_and_assemble};
use crate::ast::Location;
use crate::instructions::{InstructionSequence, Label, NO_LOCATION};

/// Writes a sequence one line after the other.
struct Script {
    sequence: InstructionSequence,
    line: i32,
}

impl Script {
    fn new() -> Script {
        Script { sequence: InstructionSequence::new(), line: 1 }
    }

    fn location(&self) -> Location {
        Location { lineno: self.line, end_lineno: self.line, col_offset: 0, end_col_offset: 1 }
    }

    fn op(&mut self, opcode: Opcode, oparg: u32) -> &mut Script {
        self.sequence.addop(opcode, oparg, self.location());
        self
    }

    fn jump(&mut self, opcode: Opcode, label: Label) -> &mut Script {
        self.sequence.addop_jump(opcode, label, self.location());
        self
    }

    fn label(&mut self) -> Label {
        self.sequence.new_label()
    }

    fn here(&mut self, label: Label) -> &mut Script {
        self.sequence.use_label(label);
        self
    }

    fn next_line(&mut self) -> &mut Script {
        self.line += 1;
        self
    }

    fn assemble(self, unit: CodeUnit) -> CodeObject {
        optimize_and_assemble(self.sequence, unit).expect("the sequence is well formed")
    }
}

fn unit(consts: &[Constant], locals: usize, params: usize) -> CodeUnit {
    CodeUnit {
        consts: consts.to_vec(),
        varnames: (0..locals).map(|n| Arc::from(format!("v{n}"))).collect(),
        nparams: params,
        argcount: params as u32,
        firstlineno: 1,
        ..CodeUnit::default()
    }
}

fn listing(code: &CodeObject) -> Vec<(Opcode, u32)> {
    Instructions::new(&code.code)
        .map(|instruction| {
            let opcode = instruction.opcode().expect("the assembler writes opcodes");
            (opcode, instruction.oparg)
        })
        .collect()
}

#[test]
fn folds_constants() {
    let mut script = Script::new();
    script.op(LoadConst, 0).op(LoadConst, 1).op(BinaryOp, 0).op(LoadConst, 1).op(BuildTuple, 2).op(ReturnValue, 0);
    let code = script.assemble(unit(&[Constant::int(1), Constant::int(2)], 0, 0));
    assert_eq!(listing(&code), [(LoadConst, 1), (ReturnValue, 0)]);
    let tuple = Constant::Tuple(Arc::new([Constant::int(3), Constant::int(2)]));
    assert_eq!(*code.consts, [Constant::int(1), tuple]);
    assert_eq!(code.stacksize, 1);
}

#[test]
fn tests_for_none() {
    let mut script = Script::new();
    let end = script.label();
    script
        .op(LoadFast, 0)
        .op(LoadConst, 0)
        .op(IsOp, 1)
        .jump(PopJumpIfFalse, end)
        .next_line()
        .op(LoadFast, 1)
        .op(ReturnValue, 0)
        .next_line()
        .here(end)
        .op(LoadFast, 0)
        .op(ReturnValue, 0);
    let code = script.assemble(unit(&[Constant::None], 2, 2));
    assert_eq!(
        listing(&code),
        [
            (LoadFastBorrow, 0),
            (PopJumpIfNone, 3),
            (NotTaken, 0),
            (LoadFastBorrow, 1),
            (ReturnValue, 0),
            (LoadFastBorrow, 0),
            (ReturnValue, 0),
        ]
    );
}

#[test]
fn threads_jumps_and_drops_dead_code() {
    let mut script = Script::new();
    let (middle, end) = (script.label(), script.label());
    script
        .op(LoadFast, 0)
        .jump(PopJumpIfTrue, middle)
        .next_line()
        .op(LoadFast, 1)
        .op(PopTop, 0)
        .jump(Jump, end)
        .op(LoadFast, 1)
        .op(PopTop, 0)
        .here(middle)
        .jump(Jump, end)
        .here(end)
        .next_line()
        .op(LoadConst, 0)
        .op(ReturnValue, 0);
    let code = script.assemble(unit(&[Constant::None], 2, 2));
    assert_eq!(
        listing(&code),
        [
            (LoadFastBorrow, 0),
            (PopJumpIfTrue, 5),
            (NotTaken, 0),
            (LoadFastBorrow, 1),
            (PopTop, 0),
            (LoadConst, 0),
            (ReturnValue, 0),
            // The line of the jump that is gone.
            (Nop, 0),
            (LoadConst, 0),
            (ReturnValue, 0),
        ]
    );
}

#[test]
fn checks_and_joins_locals() {
    let mut script = Script::new();
    script.op(LoadFast, 0).op(LoadFast, 1).op(BinaryOp, 0).op(StoreFast, 2).op(LoadFast, 2).op(ReturnValue, 0);
    let code = script.assemble(unit(&[], 3, 1));
    assert_eq!(
        listing(&code),
        [(LoadFastBorrow, 0), (LoadFastCheck, 1), (BinaryOp, 0), (StoreFastLoadFast, 2 << 4 | 2), (ReturnValue, 0),]
    );
}

#[test]
fn a_load_owns_what_is_overwritten_under_it() {
    let mut script = Script::new();
    script.op(LoadFast, 0).next_line().op(LoadConst, 0).op(StoreFast, 0).op(ReturnValue, 0);
    let code = script.assemble(unit(&[Constant::None], 1, 1));
    assert_eq!(listing(&code)[0], (LoadFast, 0));
}

#[test]
fn swaps_become_stores() {
    let mut script = Script::new();
    script.op(LoadFast, 0).op(LoadFast, 1).op(Swap, 2).op(StoreFast, 0).op(StoreFast, 1).op(LoadConst, 0).op(ReturnValue, 0);
    let code = script.assemble(unit(&[Constant::None], 2, 2));
    assert_eq!(listing(&code), [(LoadFastLoadFast, 1), (StoreFastStoreFast, 1 << 4), (LoadConst, 0), (ReturnValue, 0),]);
}

#[test]
fn handlers_go_to_the_end_and_into_the_table() {
    let mut script = Script::new();
    let (handler, end) = (script.label(), script.label());
    script
        .jump(SetupFinally, handler)
        .op(LoadFast, 0)
        .op(ToBool, 0)
        .op(PopTop, 0)
        .op(PopBlock, 0)
        .jump(Jump, end)
        .here(handler)
        .op(PushExcInfo, 0)
        .op(PopTop, 0)
        .op(PopExcept, 0)
        .jump(Jump, end)
        .here(end)
        .next_line()
        .op(LoadConst, 0)
        .op(ReturnValue, 0);
    let code = script.assemble(unit(&[Constant::None], 1, 1));
    let opcodes: Vec<Opcode> = listing(&code).iter().map(|entry| entry.0).collect();
    assert_eq!(
        opcodes,
        [LoadFastBorrow, ToBool, PopTop, LoadConst, ReturnValue, PushExcInfo, PopTop, PopExcept, LoadConst, ReturnValue,]
    );
    let entries: Vec<ExceptionEntry> = code.exception_entries().collect();
    assert_eq!(entries, [ExceptionEntry { start: 0, end: 12, target: 16, depth: 0, lasti: false }]);
}

#[test]
fn frames_are_set_up() {
    let mut script = Script::new();
    script.op(Resume, 0).op(LoadDeref, 1).op(LoadDeref, 0).op(LoadDeref, 2).op(BuildTuple, 3).op(ReturnValue, 0);
    let code = script.assemble(CodeUnit {
        cellvars: vec!["c".into(), "v0".into()],
        freevars: vec!["f".into()],
        flags: CO_GENERATOR,
        ..unit(&[], 1, 1)
    });
    assert_eq!(
        listing(&code),
        [
            (CopyFreeVars, 1),
            (MakeCell, 0),
            (MakeCell, 1),
            (ReturnGenerator, 0),
            (PopTop, 0),
            (Resume, 0),
            (LoadDeref, 0),
            (LoadDeref, 1),
            (LoadDeref, 2),
            (BuildTuple, 3),
            (ReturnValue, 0),
        ]
    );
    assert_eq!(*code.localspluskinds, [0x20 | 0x40 | 0x06, 0x40, 0x80]);
}

#[test]
fn long_jumps_are_extended() {
    let mut script = Script::new();
    let end = script.label();
    script.op(LoadFast, 0).jump(PopJumpIfFalse, end);
    for _ in 0..200 {
        script.next_line().op(LoadGlobal, 0).op(PopTop, 0);
    }
    script.next_line().here(end).op(LoadConst, 0).op(ReturnValue, 0);
    let code = script.assemble(CodeUnit { names: vec!["g".into()], ..unit(&[Constant::None], 1, 1) });
    // Each load takes five units with its caches, each pop one, and the mark of the way not taken one more.
    assert_eq!(listing(&code)[1], (PopJumpIfFalse, 200 * 6 + 1));
}

#[test]
fn refuses_what_cannot_be() {
    let mut sequence = InstructionSequence::new();
    sequence.addop(PopTop, 0, NO_LOCATION);
    sequence.addop(LoadConst, 0, NO_LOCATION);
    sequence.addop(ReturnValue, 0, NO_LOCATION);
    let error = optimize_and_assemble(sequence, unit(&[Constant::None], 0, 0)).unwrap_err();
    assert_eq!(error.to_string(), "ValueError: Invalid CFG, stack underflow");
}
