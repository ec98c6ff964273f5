//! CPython 3.14's instruction set as data: one row per opcode in `table`, everything else derived from it.
//!
//! [`Opcode`] names every opcode: those that stand in code objects (below 256), their specialised and instrumented forms,
//! and the compiler's pseudo opcodes (256 and above). [`Opcode::info`] gives the row. The submodule [`op`] has the numbers
//! of the real opcodes as `u8` constants, for loops that match on raw bytes.

mod info;
mod operands;
mod table;

pub use info::{Class, Count, Flags, Info, JumpKind, Operand};
pub use operands::{
    BINARY_OPS, BinaryOp, COMMON_CONSTANTS, COMPARE_OPS, CONVERSIONS, CommonConstant, CompareOp, Conversion, FunctionAttribute,
    INTRINSICS_1, INTRINSICS_2, Intrinsic1, Intrinsic2, SPECIAL_METHODS, SpecialMethod, resume,
};
pub use table::{Opcode, op};

/// Real opcodes above this number have an operand; those up to it ignore theirs.
pub const HAVE_ARGUMENT: u8 = 43;
/// The lowest number of a specialised opcode.
pub const MIN_SPECIALIZED_OPCODE: u8 = 129;
/// The lowest number of an instrumented opcode.
pub const MIN_INSTRUMENTED_OPCODE: u8 = 234;
/// One more than the highest number of a pseudo opcode.
pub const OPCODE_LIMIT: usize = 267;

/// Number of inline cache cells (two bytes each) after each real opcode, specialised forms included.
pub static CACHES: [u8; 256] = {
    let mut cells = [0; 256];
    let mut code = 0;
    while code < 256 {
        cells[code] = table::INFO[code].caches;
        code += 1;
    }
    cells
};

/// For each byte the opcode it was before specialisation; instrumented forms and unused numbers map to themselves, as in
/// CPython's `_PyOpcode_Deopt`.
pub static DEOPT: [u8; 256] = {
    let mut base = [0; 256];
    let mut code = 0;
    while code < 256 {
        base[code] = match (table::INFO[code].class, table::INFO[code].base) {
            (Class::Specialized, Some(opcode)) => opcode as u16 as u8,
            _ => code as u8,
        };
        code += 1;
    }
    base
};

impl Opcode {
    /// The opcode with this number, if there is one.
    #[inline]
    pub fn from_code(code: u16) -> Option<Opcode> {
        table::FROM_CODE.get(usize::from(code)).copied().flatten()
    }

    /// The opcode that this byte of a code object stands for, if any.
    #[inline]
    pub fn from_byte(byte: u8) -> Option<Opcode> {
        table::FROM_CODE[usize::from(byte)]
    }

    /// The opcode of this name, as `opcode.opmap` spells it (specialised and instrumented ones too).
    pub fn from_name(name: &str) -> Option<Opcode> {
        Opcode::all().find(|opcode| opcode.name() == name)
    }

    /// Every opcode in the order of numbers.
    pub fn all() -> impl Iterator<Item = Opcode> {
        table::FROM_CODE.iter().copied().flatten()
    }

    /// The opcode's number.
    #[inline]
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The opcode as it is written into code; `None` for pseudo opcodes.
    #[inline]
    pub const fn byte(self) -> Option<u8> {
        if self.is_pseudo() { None } else { Some(self as u16 as u8) }
    }

    /// The opcode's row of the table.
    #[inline]
    pub fn info(self) -> &'static Info {
        &table::INFO[usize::from(self.code())]
    }

    /// The name as CPython spells it.
    #[inline]
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Whether only the compiler knows this opcode; the assembler replaces it.
    #[inline]
    pub const fn is_pseudo(self) -> bool {
        self as u16 > 255
    }

    /// Whether this is what PEP 659 makes of a base opcode at run time.
    #[inline]
    pub fn is_specialized(self) -> bool {
        self.info().class == Class::Specialized
    }

    /// Whether this is the form with monitoring events.
    #[inline]
    pub fn is_instrumented(self) -> bool {
        self.info().class == Class::Instrumented
    }

    /// The opcode this one is a form of: of specialised and instrumented opcodes the base, of all others themselves.
    #[inline]
    pub fn base(self) -> Opcode {
        self.info().base.unwrap_or(self)
    }

    /// The specialised forms of this opcode, in the order of numbers.
    pub fn specializations(self) -> impl Iterator<Item = Opcode> {
        Opcode::all().filter(move |form| form.is_specialized() && form.base() == self)
    }

    /// Number of inline cache cells that follow the instruction.
    #[inline]
    pub fn caches(self) -> usize {
        usize::from(self.info().caches)
    }

    /// Whether all of `flags` are set for the opcode.
    #[inline]
    pub fn has(self, flags: Flags) -> bool {
        self.info().flags.contains(flags)
    }

    /// Whether the opcode uses its operand (`dis.hasarg`).
    #[inline]
    pub fn has_arg(self) -> bool {
        self.has(Flags::ARG)
    }

    /// Whether the operand is an index into the constants (`dis.hasconst`).
    #[inline]
    pub fn has_const(self) -> bool {
        self.has(Flags::CONST)
    }

    /// Whether the operand holds an index into the names (`dis.hasname`).
    #[inline]
    pub fn has_name(self) -> bool {
        self.has(Flags::NAME)
    }

    /// Whether the operand is a jump distance (`dis.hasjump`); the compiler's `SETUP_*` are not among them.
    #[inline]
    pub fn has_jump(self) -> bool {
        self.has(Flags::JUMP)
    }

    /// Whether the operand is the index of a cell or free variable (`dis.hasfree`; `LOAD_DEREF` counts as a local there).
    #[inline]
    pub fn has_free(self) -> bool {
        self.has(Flags::FREE)
    }

    /// Whether the operand is a local's index (`dis.haslocal`).
    #[inline]
    pub fn has_local(self) -> bool {
        self.has(Flags::LOCAL)
    }

    /// Whether this is one of the compiler's `SETUP_*` opcodes, whose operand is an exception handler (`dis.hasexc`).
    #[inline]
    pub fn is_block_push(self) -> bool {
        self.info().jump == JumpKind::Handler
    }

    /// Whether the operand names another instruction: a jump's target or an exception handler.
    #[inline]
    pub fn has_target(self) -> bool {
        self.has_jump() || self.is_block_push()
    }

    /// Whether control leaves the code object here (`RETURN_VALUE`, `RAISE_VARARGS`, `RERAISE`).
    #[inline]
    pub fn is_scope_exit(self) -> bool {
        self.has(Flags::SCOPE_EXIT)
    }

    /// Whether the opcode must end a basic block.
    #[inline]
    pub fn is_terminator(self) -> bool {
        self.has_jump() || self.is_scope_exit()
    }

    /// Whether this is a jump that is always taken.
    #[inline]
    pub fn is_unconditional_jump(self) -> bool {
        self.has_jump() && self.has(Flags::NO_FALLTHROUGH)
    }

    /// Whether this is one of the four `POP_JUMP_IF_*`.
    #[inline]
    pub fn is_conditional_jump(self) -> bool {
        matches!(self, Opcode::PopJumpIfFalse | Opcode::PopJumpIfTrue | Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone)
    }

    /// How many values the instruction takes from the stack.
    #[inline]
    pub fn popped(self, oparg: u32) -> u32 {
        self.info().pop.of(oparg)
    }

    /// How many values the instruction leaves on the stack in place of those it took.
    #[inline]
    pub fn pushed(self, oparg: u32) -> u32 {
        self.info().push.of(oparg)
    }

    /// What the instruction changes the stack's depth by; `jump` asks for the way to its target. The compiler's `SETUP_*`
    /// count only on that way. CPython's `_PyCompile_OpcodeStackEffect`.
    pub fn stack_effect(self, oparg: u32, jump: bool) -> i32 {
        if self.is_block_push() && !jump {
            return 0;
        }
        self.pushed(oparg).wrapping_sub(self.popped(oparg)) as i32
    }
}

impl std::fmt::Display for Opcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_agree() {
        assert_eq!(Opcode::LoadFast.code(), 84);
        assert_eq!(op::LOAD_FAST, 84);
        assert_eq!(Opcode::from_name("LOAD_FAST"), Some(Opcode::LoadFast));
        assert_eq!(Opcode::from_byte(121), None);
        assert_eq!(Opcode::from_code(266), Some(Opcode::StoreFastMaybeNull));
        assert_eq!(Opcode::from_code(267), None);
        assert_eq!(Opcode::all().count(), 238);
        for opcode in Opcode::all() {
            assert_eq!(Opcode::from_code(opcode.code()), Some(opcode));
        }
    }

    #[test]
    fn families() {
        assert_eq!(Opcode::LoadAttrSlot.base(), Opcode::LoadAttr);
        assert_eq!(Opcode::LoadAttr.specializations().count(), 13);
        assert_eq!(DEOPT[usize::from(op::RESUME_CHECK)], op::RESUME);
        assert_eq!(DEOPT[usize::from(op::INSTRUMENTED_CALL)], op::INSTRUMENTED_CALL);
        assert_eq!(CACHES[usize::from(op::CALL_LEN)], 3);
        for opcode in Opcode::all() {
            assert_eq!(opcode.caches(), opcode.base().caches(), "{opcode}");
        }
    }

    #[test]
    fn stack_effects() {
        assert_eq!(Opcode::SetupCleanup.stack_effect(0, true), 2);
        assert_eq!(Opcode::SetupCleanup.stack_effect(0, false), 0);
        assert_eq!(Opcode::Call.stack_effect(3, false), -4);
        assert_eq!(Opcode::UnpackEx.stack_effect(0x0203, false), 5);
        assert_eq!(Opcode::LoadGlobal.stack_effect(7, false), 2);
        assert_eq!(Opcode::BuildMap.stack_effect(4, false), -7);
    }

    #[test]
    fn operand_kinds_match_flags() {
        for opcode in Opcode::all().filter(|opcode| !opcode.is_specialized() && !opcode.is_instrumented()) {
            let info = opcode.info();
            assert_eq!(info.operand != Operand::None, opcode.has_arg(), "{opcode}");
            assert_eq!(info.operand == Operand::Jump, opcode.has_target(), "{opcode}");
            assert_eq!(info.jump != JumpKind::None, opcode.has_target(), "{opcode}");
            assert!(
                opcode.is_pseudo()
                    || opcode.has_arg() == (opcode.code() > u16::from(HAVE_ARGUMENT))
                    || info.class == Class::Internal
            );
        }
    }
}
