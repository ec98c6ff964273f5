//! The types that a row of the opcode table is made of.

use super::Opcode;

/// What the table knows about one opcode.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// CPython's name; empty for unused numbers.
    pub name: &'static str,
    /// Where the opcode may come from.
    pub class: Class,
    /// The opcode of which this one is a specialised or instrumented form.
    pub base: Option<Opcode>,
    /// What the operand means.
    pub operand: Operand,
    /// Inline cache cells that follow, two bytes each.
    pub caches: u8,
    /// Values taken from the stack.
    pub pop: Count,
    /// Values left in their place.
    pub push: Count,
    /// How the operand leads to another instruction.
    pub jump: JumpKind,
    /// CPython's flags and ours.
    pub flags: Flags,
}

impl Info {
    pub(super) const UNUSED: Info = Info {
        name: "",
        class: Class::Internal,
        base: None,
        operand: Operand::None,
        caches: 0,
        pop: Count::fixed(0),
        push: Count::fixed(0),
        jump: JumpKind::None,
        flags: Flags(0),
    };
}

/// Where an opcode may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The compiler emits it, `.pyc` files contain it.
    Base,
    /// The interpreter makes it of a base opcode at run time.
    Specialized,
    /// Monitoring makes it of a base opcode.
    Instrumented,
    /// Only inside the compiler, replaced by the assembler.
    Pseudo,
    /// Only inside the interpreter: caches, entry shims, executors.
    Internal,
}

/// What an operand means. Indices count from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// There is none; the byte is ignored.
    None,
    /// Private to the interpreter.
    Raw,
    /// The higher bits of the next instruction's operand.
    Extension,
    /// Index into the constants.
    Const,
    /// Index into the names.
    Name,
    /// Index into the names, shifted left by one; the low bit asks for a method pair or a NULL.
    NameAndFlag,
    /// Index into the names, shifted left by two; the low bits are `LOAD_SUPER_ATTR`'s.
    NameAndTwoFlags,
    /// Index into the locals plus cells.
    Local,
    /// Two such indices of four bits each, the first in the high half.
    LocalPair,
    /// Index into the locals plus cells where a cell or free variable stands.
    Cell,
    /// The number of free variables.
    FreeCount,
    /// Distance to another instruction in code units, from the end of this one with its caches.
    Jump,
    /// Comparison in the bits from five up, "to bool" in bit four, the mask of `COMPARE_OP_*` below.
    Compare,
    /// Number of a [`super::BinaryOp`].
    BinaryOp,
    /// 1 for `is not`, `not in`.
    Invert,
    /// Number of a [`super::Intrinsic1`].
    Intrinsic1,
    /// Number of a [`super::Intrinsic2`].
    Intrinsic2,
    /// Number of a [`super::SpecialMethod`].
    SpecialMethod,
    /// Number of a [`super::CommonConstant`].
    CommonConstant,
    /// The value itself, 0 to 255.
    SmallInt,
    /// A number of values on the stack.
    Count,
    /// `BUILD_SLICE`: two or three values.
    SliceCount,
    /// `UNPACK_EX`: values before the star in the low byte, after it in the next.
    UnpackCounts,
    /// A position in the stack, one is the top after the operands were popped.
    Depth,
    /// Number of a [`super::Conversion`].
    Conversion,
    /// Bit of a [`super::FunctionAttribute`].
    FunctionAttribute,
    /// Where the code goes on: see [`super::resume`].
    Resume,
    /// `raise`, `raise exc`, `raise exc from cause`: 0 to 2.
    Raise,
    /// 1 when the position to restore lies below.
    Reraise,
    /// 0 an expression, 1 `__aenter__`'s, 2 `__aexit__`'s result.
    Awaitable,
    /// 1 inside `yield from` and `await`.
    Yield,
    /// Low bit: a format specification is there; from bit two up a conversion.
    Interpolation,
}

/// How an operand leads to another instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JumpKind {
    /// Not at all.
    None,
    /// Forward from the next instruction.
    Forward,
    /// Backward from the next instruction.
    Backward,
    /// Pseudo jump: the assembler finds the direction.
    Symbolic,
    /// Pseudo opcode that pushes an exception handler.
    Handler,
    /// `END_ASYNC_FOR`: names the loop's `SEND` for monitoring, never jumps.
    Marker,
}

/// A number of stack values as a function of the operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    fixed: u8,
    term: Term,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    Zero,
    Operand,
    Twice,
    LowBit,
    Unpack,
}

impl Count {
    /// Always `fixed`.
    pub const fn fixed(fixed: u8) -> Count {
        Count { fixed, term: Term::Zero }
    }

    /// `fixed` and as many as the operand says.
    pub(super) const fn operand(fixed: u8) -> Count {
        Count { fixed, term: Term::Operand }
    }

    /// `fixed` and twice as many as the operand says.
    pub(super) const fn twice(fixed: u8) -> Count {
        Count { fixed, term: Term::Twice }
    }

    /// `fixed`, and one more if the operand is odd.
    pub(super) const fn low_bit(fixed: u8) -> Count {
        Count { fixed, term: Term::LowBit }
    }

    /// `fixed`, the operand's low byte and the rest above it.
    pub(super) const fn unpack(fixed: u8) -> Count {
        Count { fixed, term: Term::Unpack }
    }

    /// The number for this operand; saturates, so that hostile operands cannot wrap.
    #[inline]
    pub const fn of(self, oparg: u32) -> u32 {
        let term = match self.term {
            Term::Zero => 0,
            Term::Operand => oparg,
            Term::Twice => oparg.saturating_mul(2),
            Term::LowBit => oparg & 1,
            Term::Unpack => (oparg & 0xFF) + (oparg >> 8),
        };
        term.saturating_add(self.fixed as u32)
    }
}

/// A set of properties of an opcode. Those up to [`Flags::NO_SAVE_IP`] are CPython's, generated there from the bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(pub(super) u32);

impl Flags {
    /// Uses its operand.
    pub const ARG: Flags = Flags(1);
    /// The operand is a constant's index.
    pub const CONST: Flags = Flags(1 << 1);
    /// The operand holds a name's index.
    pub const NAME: Flags = Flags(1 << 2);
    /// The operand is a distance to another instruction.
    pub const JUMP: Flags = Flags(1 << 3);
    /// The operand is a cell's index.
    pub const FREE: Flags = Flags(1 << 4);
    /// The operand is a local's index.
    pub const LOCAL: Flags = Flags(1 << 5);
    /// Looks for signals and other threads' requests.
    pub const EVAL_BREAK: Flags = Flags(1 << 6);
    /// A specialised form that may go back to its base.
    pub const DEOPT: Flags = Flags(1 << 7);
    /// May raise.
    pub const ERROR: Flags = Flags(1 << 8);
    /// May run arbitrary code.
    pub const ESCAPES: Flags = Flags(1 << 9);
    /// A specialised form that may leave compiled code.
    pub const EXIT: Flags = Flags(1 << 10);
    /// No effect but on the stack.
    pub const PURE: Flags = Flags(1 << 11);
    /// May raise before its operands are popped.
    pub const ERROR_NO_POP: Flags = Flags(1 << 12);
    /// Does not store the instruction pointer first.
    pub const NO_SAVE_IP: Flags = Flags(1 << 13);
    /// Leaves the code object.
    pub const SCOPE_EXIT: Flags = Flags(1 << 14);
    /// Control never reaches the next instruction.
    pub const NO_FALLTHROUGH: Flags = Flags(1 << 15);

    /// Whether every property of `other` is in this set.
    #[inline]
    pub const fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }
}
