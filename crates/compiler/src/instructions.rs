//! The linear form of code that the code generator emits and the assembler reads (CPython's `instruction_sequence.c`).

use pvm_bytecode::Opcode;

use crate::ast::Location;

/// The location of an instruction that belongs to no source line.
pub const NO_LOCATION: Location = Location { lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 };

/// The location of an instruction that takes its successor's.
pub const NEXT_LOCATION: Location = Location { lineno: -2, col_offset: -2, end_lineno: -2, end_col_offset: -2 };

/// A jump target: a place in one sequence, known by number until the sequence is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label(pub(crate) u32);

/// The handler an instruction unwinds to when it raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExceptHandler {
    /// Index of the handler's first instruction, once labels are applied.
    pub target: u32,
    /// Depth of the stack at the handler's start, the exception included.
    pub start_depth: i32,
    /// Whether the handler's frame keeps the offset of the instruction that raised.
    pub preserve_lasti: bool,
}

/// One instruction. A jump's operand is its target's label, and after [`InstructionSequence::apply_labels`] its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instruction {
    pub opcode: Opcode,
    pub oparg: u32,
    pub location: Location,
    pub except: Option<ExceptHandler>,
}

/// A growing list of instructions with labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstructionSequence {
    instructions: Vec<Instruction>,
    /// Where each label points; `None` until it is used.
    labels: Vec<Option<u32>>,
    labels_applied: bool,
    annotations: Option<Box<InstructionSequence>>,
}

impl InstructionSequence {
    /// An empty sequence.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a label that points nowhere yet.
    pub fn new_label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() as u32 - 1)
    }

    /// Lets `label` point to the next instruction that is added.
    pub fn use_label(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.instructions.len() as u32);
    }

    /// Appends an instruction.
    pub fn addop(&mut self, opcode: Opcode, oparg: u32, location: Location) {
        debug_assert!(opcode.has_arg() || opcode.has_target() || oparg == 0);
        self.instructions.push(Instruction { opcode, oparg, location, except: None });
    }

    /// Appends a jump or a block push to `label`.
    pub fn addop_jump(&mut self, opcode: Opcode, label: Label, location: Location) {
        debug_assert!(opcode.has_target());
        self.addop(opcode, label.0, location);
    }

    /// Appends an instruction with its handler; the flow graph gives its result back with this.
    pub(crate) fn push(&mut self, instruction: Instruction) {
        self.instructions.push(instruction);
    }

    /// Inserts an instruction before `position`; labels at or after it move along.
    pub fn insert(&mut self, position: usize, opcode: Opcode, oparg: u32, location: Location) {
        self.instructions.insert(position, Instruction { opcode, oparg, location, except: None });
        for target in self.labels.iter_mut().flatten() {
            if *target as usize >= position {
                *target += 1;
            }
        }
    }

    /// Keeps `annotations` to be spliced in where `ANNOTATIONS_PLACEHOLDER` stands.
    pub fn set_annotations_code(&mut self, annotations: InstructionSequence) {
        debug_assert!(self.annotations.is_none());
        self.annotations = Some(Box::new(annotations));
    }

    /// The code for `ANNOTATIONS_PLACEHOLDER`.
    pub(crate) fn annotations_code(&self) -> Option<&InstructionSequence> {
        self.annotations.as_deref()
    }

    /// The instructions so far.
    pub fn instructions(&self) -> &[Instruction] {
        &self.instructions
    }

    /// The instructions so far, to be changed.
    pub(crate) fn instructions_mut(&mut self) -> &mut [Instruction] {
        &mut self.instructions
    }

    /// How many instructions there are.
    pub fn len(&self) -> usize {
        self.instructions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.instructions.is_empty()
    }

    /// Replaces labels by the indices they point to. Does nothing the second time.
    pub(crate) fn apply_labels(&mut self) {
        if std::mem::replace(&mut self.labels_applied, true) {
            return;
        }
        let labels = std::mem::take(&mut self.labels);
        let resolve = |label: u32| labels[label as usize].expect("a label in use points somewhere");
        for instruction in &mut self.instructions {
            if instruction.opcode.has_target() {
                instruction.oparg = resolve(instruction.oparg);
            }
            if let Some(handler) = &mut instruction.except {
                handler.target = resolve(handler.target);
            }
        }
    }
}
