//! The numbers of the code that `re._compiler` emits: operations, positions, categories, flags.

/// The version of the code, which `re` checks.
pub const MAGIC: u32 = 20230612;
/// A repetition without a bound.
pub const MAX_REPEAT: u32 = u32::MAX;
/// The most groups a pattern may have.
pub const MAX_GROUPS: usize = 0x3FFF_FFFF;

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u32)]
        pub enum $name { $($variant),* }

        impl $name {
            /// All of them, by number.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The one with this number.
            pub fn from_code(code: u32) -> Option<$name> {
                $name::ALL.get(code as usize).copied()
            }
        }
    };
}

numbered! {
    /// Operations.
    Op {
        Failure, Success, Any, AnyAll, Assert, AssertNot, At, Branch, Category, Charset, BigCharset, GroupRef,
        GroupRefExists, In, Info, Jump, Literal, Mark, MaxUntil, MinUntil, NotLiteral, Negate, Range, Repeat, RepeatOne,
        Subpattern, MinRepeatOne, AtomicGroup, PossessiveRepeat, PossessiveRepeatOne, GroupRefIgnore, InIgnore,
        LiteralIgnore, NotLiteralIgnore, GroupRefLocIgnore, InLocIgnore, LiteralLocIgnore, NotLiteralLocIgnore,
        GroupRefUniIgnore, InUniIgnore, LiteralUniIgnore, NotLiteralUniIgnore, RangeUniIgnore,
    }
}

numbered! {
    /// Conditions on a position.
    At {
        Beginning, BeginningLine, BeginningString, Boundary, NonBoundary, End, EndLine, EndString, LocBoundary,
        LocNonBoundary, UniBoundary, UniNonBoundary,
    }
}

numbered! {
    /// Classes of characters.
    Category {
        Digit, NotDigit, Space, NotSpace, Word, NotWord, Linebreak, NotLinebreak, LocWord, LocNotWord, UniDigit,
        UniNotDigit, UniSpace, UniNotSpace, UniWord, UniNotWord, UniLinebreak, UniNotLinebreak,
    }
}

/// Flags of an information block.
pub mod info {
    /// The pattern begins with literals.
    pub const PREFIX: u32 = 1;
    /// The pattern is literals and nothing else.
    pub const LITERAL: u32 = 2;
}

/// Flags of a pattern, as `re` shows them.
pub mod flag {
    /// Without regard to case.
    pub const IGNORECASE: u32 = 2;
    /// As the locale has it.
    pub const LOCALE: u32 = 4;
    /// As ASCII has it.
    pub const ASCII: u32 = 256;
    /// As Unicode has it.
    pub const UNICODE: u32 = 32;
    /// Their names, for representations.
    pub const NAMES: &[(u32, &str)] = &[
        (IGNORECASE, "re.IGNORECASE"),
        (LOCALE, "re.LOCALE"),
        (8, "re.MULTILINE"),
        (16, "re.DOTALL"),
        (UNICODE, "re.UNICODE"),
        (64, "re.VERBOSE"),
        (128, "re.DEBUG"),
        (ASCII, "re.ASCII"),
    ];
}
