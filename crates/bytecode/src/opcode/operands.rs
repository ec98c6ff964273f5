//! What the operands of single opcodes stand for: operators, intrinsics, special methods, flags.

/// Declares an enum of the operand values from zero up, and the table of what belongs to each.
macro_rules! operand_table {
    ($(#[$meta:meta])* $name:ident, $(#[$table_meta:meta])* $table:ident: $row:ty { $($variant:ident => $data:expr,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name {
            $(
                #[doc = concat!("`", stringify!($data), "`")]
                $variant,
            )*
        }

        $(#[$table_meta])*
        pub static $table: &[$row] = &[$($data,)*];

        impl $name {
            const ALL: &[$name] = &[$($name::$variant,)*];

            /// The value with this number, if there is one.
            #[inline]
            pub fn from_number(number: u32) -> Option<$name> {
                Self::ALL.get(number as usize).copied()
            }

            /// The number in the operand.
            #[inline]
            pub const fn number(self) -> u32 {
                self as u32
            }

            /// The row of the table for this value.
            #[inline]
            pub fn entry(self) -> $row {
                $table[self as usize]
            }
        }
    };
}

operand_table! {
    /// Operand of `BINARY_OP`: CPython's `NB_*`.
    BinaryOp,
    /// Name and symbol of each `BINARY_OP`, as `opcode._nb_ops`.
    BINARY_OPS: (&'static str, &'static str) {
        Add => ("NB_ADD", "+"),
        And => ("NB_AND", "&"),
        FloorDivide => ("NB_FLOOR_DIVIDE", "//"),
        Lshift => ("NB_LSHIFT", "<<"),
        MatrixMultiply => ("NB_MATRIX_MULTIPLY", "@"),
        Multiply => ("NB_MULTIPLY", "*"),
        Remainder => ("NB_REMAINDER", "%"),
        Or => ("NB_OR", "|"),
        Power => ("NB_POWER", "**"),
        Rshift => ("NB_RSHIFT", ">>"),
        Subtract => ("NB_SUBTRACT", "-"),
        TrueDivide => ("NB_TRUE_DIVIDE", "/"),
        Xor => ("NB_XOR", "^"),
        InplaceAdd => ("NB_INPLACE_ADD", "+="),
        InplaceAnd => ("NB_INPLACE_AND", "&="),
        InplaceFloorDivide => ("NB_INPLACE_FLOOR_DIVIDE", "//="),
        InplaceLshift => ("NB_INPLACE_LSHIFT", "<<="),
        InplaceMatrixMultiply => ("NB_INPLACE_MATRIX_MULTIPLY", "@="),
        InplaceMultiply => ("NB_INPLACE_MULTIPLY", "*="),
        InplaceRemainder => ("NB_INPLACE_REMAINDER", "%="),
        InplaceOr => ("NB_INPLACE_OR", "|="),
        InplacePower => ("NB_INPLACE_POWER", "**="),
        InplaceRshift => ("NB_INPLACE_RSHIFT", ">>="),
        InplaceSubtract => ("NB_INPLACE_SUBTRACT", "-="),
        InplaceTrueDivide => ("NB_INPLACE_TRUE_DIVIDE", "/="),
        InplaceXor => ("NB_INPLACE_XOR", "^="),
        Subscr => ("NB_SUBSCR", "[]"),
    }
}

impl BinaryOp {
    /// The form of an augmented assignment; `None` where there is none (already one, or a subscript).
    pub fn inplace(self) -> Option<BinaryOp> {
        let first = BinaryOp::InplaceAdd.number();
        if self.number() < first { BinaryOp::from_number(self.number() + first) } else { None }
    }
}

operand_table! {
    /// A rich comparison: CPython's `Py_LT` … `Py_GE`.
    CompareOp,
    /// Symbols in the order of numbers, as `opcode.cmp_op`.
    COMPARE_OPS: &'static str {
        Lt => "<",
        Le => "<=",
        Eq => "==",
        Ne => "!=",
        Gt => ">",
        Ge => ">=",
    }
}

impl CompareOp {
    /// Set in a `COMPARE_OP`'s operand when the result is wanted as a bool.
    pub const TO_BOOL: u32 = 16;

    /// The operand of `COMPARE_OP`: the comparison in the bits from five up, and in the low four which outcomes (unordered 1,
    /// less 2, greater 4, equal 8) make it true.
    pub const fn oparg(self) -> u32 {
        let mask = match self {
            CompareOp::Lt => 2,
            CompareOp::Le => 2 | 8,
            CompareOp::Eq => 8,
            CompareOp::Ne => 1 | 2 | 4,
            CompareOp::Gt => 4,
            CompareOp::Ge => 4 | 8,
        };
        (self as u32) << 5 | mask
    }

    /// The comparison that a `COMPARE_OP`'s operand holds.
    #[inline]
    pub fn from_oparg(oparg: u32) -> Option<CompareOp> {
        CompareOp::from_number(oparg >> 5)
    }
}

operand_table! {
    /// Operand of `CALL_INTRINSIC_1`.
    Intrinsic1,
    /// CPython's names of the one-argument intrinsics.
    INTRINSICS_1: &'static str {
        Invalid => "INTRINSIC_1_INVALID",
        Print => "INTRINSIC_PRINT",
        ImportStar => "INTRINSIC_IMPORT_STAR",
        StopIterationError => "INTRINSIC_STOPITERATION_ERROR",
        AsyncGenWrap => "INTRINSIC_ASYNC_GEN_WRAP",
        UnaryPositive => "INTRINSIC_UNARY_POSITIVE",
        ListToTuple => "INTRINSIC_LIST_TO_TUPLE",
        TypeVar => "INTRINSIC_TYPEVAR",
        ParamSpec => "INTRINSIC_PARAMSPEC",
        TypeVarTuple => "INTRINSIC_TYPEVARTUPLE",
        SubscriptGeneric => "INTRINSIC_SUBSCRIPT_GENERIC",
        TypeAlias => "INTRINSIC_TYPEALIAS",
    }
}

operand_table! {
    /// Operand of `CALL_INTRINSIC_2`.
    Intrinsic2,
    /// CPython's names of the two-argument intrinsics.
    INTRINSICS_2: &'static str {
        Invalid => "INTRINSIC_2_INVALID",
        PrepReraiseStar => "INTRINSIC_PREP_RERAISE_STAR",
        TypeVarWithBound => "INTRINSIC_TYPEVAR_WITH_BOUND",
        TypeVarWithConstraints => "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
        SetFunctionTypeParams => "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
        SetTypeParamDefault => "INTRINSIC_SET_TYPEPARAM_DEFAULT",
    }
}

operand_table! {
    /// Operand of `LOAD_SPECIAL`.
    SpecialMethod,
    /// The methods' names.
    SPECIAL_METHODS: &'static str {
        Enter => "__enter__",
        Exit => "__exit__",
        AsyncEnter => "__aenter__",
        AsyncExit => "__aexit__",
    }
}

operand_table! {
    /// Operand of `LOAD_COMMON_CONSTANT`.
    CommonConstant,
    /// The builtins' names.
    COMMON_CONSTANTS: &'static str {
        AssertionError => "AssertionError",
        NotImplementedError => "NotImplementedError",
        Tuple => "tuple",
        All => "all",
        Any => "any",
    }
}

operand_table! {
    /// Operand of `CONVERT_VALUE` and the upper bits of `BUILD_INTERPOLATION`'s: CPython's `FVC_*`.
    Conversion,
    /// Letter of each conversion; empty for none.
    CONVERSIONS: &'static str {
        None => "",
        Str => "s",
        Repr => "r",
        Ascii => "a",
    }
}

/// Operand of `SET_FUNCTION_ATTRIBUTE`, one bit each: CPython's `MAKE_FUNCTION_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum FunctionAttribute {
    /// A tuple of defaults of positional parameters.
    Defaults = 0x01,
    /// A dict of defaults of keyword-only parameters.
    KwDefaults = 0x02,
    /// A tuple of names and annotations, turned into a dict on first use.
    Annotations = 0x04,
    /// A tuple of cells.
    Closure = 0x08,
    /// The function that computes the annotations.
    Annotate = 0x10,
}

impl FunctionAttribute {
    /// The attribute whose bit is the operand, if exactly one is.
    pub const fn from_oparg(oparg: u32) -> Option<FunctionAttribute> {
        Some(match oparg {
            0x01 => FunctionAttribute::Defaults,
            0x02 => FunctionAttribute::KwDefaults,
            0x04 => FunctionAttribute::Annotations,
            0x08 => FunctionAttribute::Closure,
            0x10 => FunctionAttribute::Annotate,
            _ => return None,
        })
    }

    /// The operand.
    pub const fn oparg(self) -> u32 {
        self as u32
    }

    /// The name that `dis` prints.
    pub const fn name(self) -> &'static str {
        match self {
            FunctionAttribute::Defaults => "defaults",
            FunctionAttribute::KwDefaults => "kwdefaults",
            FunctionAttribute::Annotations => "annotations",
            FunctionAttribute::Closure => "closure",
            FunctionAttribute::Annotate => "annotate",
        }
    }
}

/// Operand of `RESUME`: where the code goes on.
pub mod resume {
    /// At the start of a function, class body or module.
    pub const AT_FUNC_START: u32 = 0;
    /// After `yield`.
    pub const AFTER_YIELD: u32 = 1;
    /// After `yield from`.
    pub const AFTER_YIELD_FROM: u32 = 2;
    /// After `await`.
    pub const AFTER_AWAIT: u32 = 3;
    /// The bits of the four above.
    pub const LOCATION_MASK: u32 = 0x3;
    /// Set when only the generator's own handler surrounds the place.
    pub const DEPTH1_MASK: u32 = 0x4;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparison_operands() {
        let operands: Vec<u32> = CompareOp::ALL.iter().map(|op| op.oparg()).collect();
        assert_eq!(operands, [2, 42, 72, 103, 132, 172]);
        assert_eq!(CompareOp::from_oparg(172 | CompareOp::TO_BOOL), Some(CompareOp::Ge));
        assert_eq!(CompareOp::from_oparg(192), None);
    }

    #[test]
    fn inplace_forms() {
        assert_eq!(BinaryOp::Xor.inplace(), Some(BinaryOp::InplaceXor));
        assert_eq!(BinaryOp::InplaceAdd.inplace(), None);
        assert_eq!(BinaryOp::Subscr.inplace(), None);
        assert_eq!(BinaryOp::Subscr.entry(), ("NB_SUBSCR", "[]"));
    }
}
