//! What a code point is: its general category and properties.

use super::trie::{LEAF_BITS, LEAVES, MIDDLE, MIDDLE_BITS, RECORDS, ROOT};

/// The data code points share: one record serves all with the same properties.
pub struct Record {
    category: Category,
    flags: u16,
    pub(super) decimal: i8,
    pub(super) digit: i8,
    pub(super) to_upper: i32,
    pub(super) to_lower: i32,
    pub(super) to_title: i32,
}

// The order is that of FLAGS in the generator.
const ALPHABETIC: u16 = 1 << 0;
const SPACE: u16 = 1 << 1;
const UPPERCASE: u16 = 1 << 2;
const LOWERCASE: u16 = 1 << 3;
const TITLECASE: u16 = 1 << 4;
const PRINTABLE: u16 = 1 << 5;
const XID_START: u16 = 1 << 6;
const XID_CONTINUE: u16 = 1 << 7;
const CASED: u16 = 1 << 8;
const CASE_IGNORABLE: u16 = 1 << 9;
const NUMERIC: u16 = 1 << 10;
const EXTENDED_CASE: u16 = 1 << 11;

impl Record {
    /// A row of the generated table; the numbers are an index into [`Category::ALL`], flags, values or -1, distances.
    pub(super) const fn new(
        category: usize,
        flags: u16,
        decimal: i8,
        digit: i8,
        to_upper: i32,
        to_lower: i32,
        to_title: i32,
    ) -> Record {
        Record { category: Category::ALL[category], flags, decimal, digit, to_upper, to_lower, to_title }
    }

    #[inline]
    const fn has(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    /// Whether the mappings of this code point are in the table of special cases.
    #[inline]
    pub(super) const fn has_extended_case(&self) -> bool {
        self.has(EXTENDED_CASE)
    }
}

/// The record of a code point; what is above U+10FFFF counts as unassigned.
#[inline]
pub(super) fn record(code_point: u32) -> &'static Record {
    const LEAF_MASK: usize = (1 << LEAF_BITS) - 1;
    const MIDDLE_MASK: usize = (1 << MIDDLE_BITS) - 1;
    let code_point = code_point as usize;
    let Some(&middle) = ROOT.get(code_point >> (LEAF_BITS + MIDDLE_BITS)) else {
        return record(0x10_FFFF);
    };
    let middle = (usize::from(middle) << MIDDLE_BITS) + (code_point >> LEAF_BITS & MIDDLE_MASK);
    let leaf = (usize::from(MIDDLE[middle]) << LEAF_BITS) + (code_point & LEAF_MASK);
    &RECORDS[usize::from(LEAVES[leaf])]
}

macro_rules! categories {
    ($($name:ident $meaning:literal),* $(,)?) => {
        /// The general category of a code point.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(missing_docs)]
        pub enum Category {
            $(#[doc = $meaning] $name,)*
        }

        impl Category {
            /// All categories, in the order of the generated tables.
            pub const ALL: [Category; 30] = [$(Category::$name),*];

            /// The two-letter name in the Unicode Character Database.
            pub const fn abbreviation(self) -> &'static str {
                match self {
                    $(Category::$name => stringify!($name),)*
                }
            }
        }
    };
}

categories! {
    Cn "Unassigned", Lu "Uppercase letter", Ll "Lowercase letter", Lt "Titlecase letter", Lm "Modifier letter",
    Lo "Other letter", Mn "Nonspacing mark", Mc "Spacing mark", Me "Enclosing mark", Nd "Decimal number",
    Nl "Letter number", No "Other number", Zs "Space separator", Zl "Line separator", Zp "Paragraph separator",
    Cc "Control", Cf "Format", Cs "Surrogate", Co "Private use", Pc "Connector punctuation", Pd "Dash punctuation",
    Ps "Open punctuation", Pe "Close punctuation", Pi "Initial punctuation", Pf "Final punctuation",
    Po "Other punctuation", Sm "Math symbol", Sc "Currency symbol", Sk "Modifier symbol", So "Other symbol",
}

/// The general category.
pub fn category(code_point: u32) -> Category {
    record(code_point).category
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident: $flags:expr;)*) => {
        $($(#[$doc])* #[inline] pub fn $name(code_point: u32) -> bool {
            record(code_point).has($flags)
        })*
    };
}

predicates! {
    /// A letter (categories Lu, Ll, Lt, Lm, Lo).
    is_alphabetic: ALPHABETIC;
    /// A letter, or with a numeric value.
    is_alphanumeric: ALPHABETIC | NUMERIC;
    /// Property Uppercase.
    is_upper: UPPERCASE;
    /// Property Lowercase.
    is_lower: LOWERCASE;
    /// Category Lt.
    is_title: TITLECASE;
    /// With a numeric value: a digit, fraction, letter or ideograph.
    is_numeric: NUMERIC;
    /// To be shown as it is by `repr`.
    is_printable: PRINTABLE;
    /// May begin an identifier, apart from the underscore.
    is_xid_start: XID_START;
    /// May continue an identifier.
    is_xid_continue: XID_CONTINUE;
    /// Property Cased: has case, or is a modifier of what has.
    is_cased: CASED;
    /// Property Case_Ignorable; not complete for code points that are also cased, as no caller needs it there.
    is_case_ignorable: CASE_IGNORABLE;
}

/// Whitespace, for `str.isspace`, `split` and `strip`.
#[inline]
pub fn is_space(code_point: u32) -> bool {
    match code_point {
        0x20 | 0x09..=0x0D | 0x1C..=0x1F | 0x85 | 0xA0 => true,
        0..0x1680 => false,
        _ => record(code_point).has(SPACE),
    }
}

/// Ends a line, for `str.splitlines`. Written without branches, so that a loop over it tests many units at once.
#[inline]
pub const fn is_line_break(code_point: u32) -> bool {
    (code_point.wrapping_sub(0x0A) <= 0x0D - 0x0A)
        | (code_point.wrapping_sub(0x1C) <= 0x1E - 0x1C)
        | (code_point == 0x85)
        | (code_point & !1 == 0x2028)
}

/// The same for the first 256 code points, as a byte.
#[inline]
pub const fn is_line_break_latin1(byte: u8) -> bool {
    (byte.wrapping_sub(0x0A) <= 0x0D - 0x0A) | (byte.wrapping_sub(0x1C) <= 0x1E - 0x1C) | (byte == 0x85)
}
