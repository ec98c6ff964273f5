//! The table of opcodes. A row reads
//!
//! ```text
//! Variant NAME = number { class(base), operand, caches, popped => pushed, jump, [flags] }
//! ```
//!
//! Popped and pushed are `K(c)` constant, `N(c)` operand + c, `D(c)` twice the operand + c, `B(c)` low bit + c, `U(c)` both
//! halves of `UNPACK_EX`'s operand + c. Source: CPython 3.14's `opcode_ids.h` and `pycore_opcode_metadata.h`.

use super::OPCODE_LIMIT;
use super::info::{Class, Count, Flags, Info, JumpKind, Operand};

/// Hands the rows of the real opcodes and what follows `$then` to the macro `$then`.
macro_rules! real_rows {
    ($then:ident $($more:tt)*) => { $then! {
        Cache CACHE = 0 { Internal, None, 0, K(0) => K(0), None, [] }
        BinarySlice BINARY_SLICE = 1 { Base, None, 0, K(3) => K(1), None, [ERROR ESCAPES] }
        BuildTemplate BUILD_TEMPLATE = 2 { Base, None, 0, K(2) => K(1), None, [ERROR ESCAPES] }
        BinaryOpInplaceAddUnicode BINARY_OP_INPLACE_ADD_UNICODE = 3 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(0), None, [LOCAL DEOPT EXIT ERROR ESCAPES] }
        CallFunctionEx CALL_FUNCTION_EX = 4 { Base, None, 0, K(4) => K(1), None, [EVAL_BREAK ERROR ERROR_NO_POP ESCAPES] }
        CheckEgMatch CHECK_EG_MATCH = 5 { Base, None, 0, K(2) => K(2), None, [ERROR ESCAPES] }
        CheckExcMatch CHECK_EXC_MATCH = 6 { Base, None, 0, K(2) => K(2), None, [ERROR ERROR_NO_POP ESCAPES] }
        CleanupThrow CLEANUP_THROW = 7 { Base, None, 0, K(3) => K(2), None, [ERROR ERROR_NO_POP ESCAPES] }
        DeleteSubscr DELETE_SUBSCR = 8 { Base, None, 0, K(2) => K(0), None, [ERROR ESCAPES] }
        EndFor END_FOR = 9 { Base, None, 0, K(1) => K(0), None, [ESCAPES NO_SAVE_IP] }
        EndSend END_SEND = 10 { Base, None, 0, K(2) => K(1), None, [ESCAPES PURE] }
        ExitInitCheck EXIT_INIT_CHECK = 11 { Internal, None, 0, K(1) => K(0), None, [ERROR ERROR_NO_POP ESCAPES] }
        FormatSimple FORMAT_SIMPLE = 12 { Base, None, 0, K(1) => K(1), None, [ERROR ESCAPES] }
        FormatWithSpec FORMAT_WITH_SPEC = 13 { Base, None, 0, K(2) => K(1), None, [ERROR ESCAPES] }
        GetAiter GET_AITER = 14 { Base, None, 0, K(1) => K(1), None, [ERROR ESCAPES] }
        GetAnext GET_ANEXT = 15 { Base, None, 0, K(1) => K(2), None, [ERROR ERROR_NO_POP ESCAPES] }
        GetIter GET_ITER = 16 { Base, None, 0, K(1) => K(1), None, [ERROR ESCAPES] }
        Reserved RESERVED = 17 { Internal, None, 0, K(0) => K(0), None, [] }
        GetLen GET_LEN = 18 { Base, None, 0, K(1) => K(2), None, [ERROR ESCAPES] }
        GetYieldFromIter GET_YIELD_FROM_ITER = 19 { Base, None, 0, K(1) => K(1), None, [ERROR ERROR_NO_POP ESCAPES] }
        InterpreterExit INTERPRETER_EXIT = 20 { Internal, None, 0, K(1) => K(0), None, [ESCAPES NO_FALLTHROUGH] }
        LoadBuildClass LOAD_BUILD_CLASS = 21 { Base, None, 0, K(0) => K(1), None, [ERROR ESCAPES] }
        LoadLocals LOAD_LOCALS = 22 { Base, None, 0, K(0) => K(1), None, [ERROR ESCAPES] }
        MakeFunction MAKE_FUNCTION = 23 { Base, None, 0, K(1) => K(1), None, [ERROR ESCAPES] }
        MatchKeys MATCH_KEYS = 24 { Base, None, 0, K(2) => K(3), None, [ERROR ESCAPES] }
        MatchMapping MATCH_MAPPING = 25 { Base, None, 0, K(1) => K(2), None, [] }
        MatchSequence MATCH_SEQUENCE = 26 { Base, None, 0, K(1) => K(2), None, [] }
        Nop NOP = 27 { Base, None, 0, K(0) => K(0), None, [PURE] }
        NotTaken NOT_TAKEN = 28 { Base, None, 0, K(0) => K(0), None, [PURE] }
        PopExcept POP_EXCEPT = 29 { Base, None, 0, K(1) => K(0), None, [ESCAPES] }
        PopIter POP_ITER = 30 { Base, None, 0, K(1) => K(0), None, [ESCAPES PURE] }
        PopTop POP_TOP = 31 { Base, None, 0, K(1) => K(0), None, [ESCAPES PURE] }
        PushExcInfo PUSH_EXC_INFO = 32 { Base, None, 0, K(1) => K(2), None, [] }
        PushNull PUSH_NULL = 33 { Base, None, 0, K(0) => K(1), None, [PURE] }
        ReturnGenerator RETURN_GENERATOR = 34 { Base, None, 0, K(0) => K(1), None, [ERROR ESCAPES] }
        ReturnValue RETURN_VALUE = 35 { Base, None, 0, K(1) => K(1), None, [ESCAPES SCOPE_EXIT NO_FALLTHROUGH] }
        SetupAnnotations SETUP_ANNOTATIONS = 36 { Base, None, 0, K(0) => K(0), None, [ERROR ESCAPES] }
        StoreSlice STORE_SLICE = 37 { Base, None, 0, K(4) => K(0), None, [ERROR ESCAPES] }
        StoreSubscr STORE_SUBSCR = 38 { Base, None, 1, K(3) => K(0), None, [ERROR ESCAPES] }
        ToBool TO_BOOL = 39 { Base, None, 3, K(1) => K(1), None, [ERROR ESCAPES] }
        UnaryInvert UNARY_INVERT = 40 { Base, None, 0, K(1) => K(1), None, [ERROR ESCAPES] }
        UnaryNegative UNARY_NEGATIVE = 41 { Base, None, 0, K(1) => K(1), None, [ERROR ESCAPES] }
        UnaryNot UNARY_NOT = 42 { Base, None, 0, K(1) => K(1), None, [PURE] }
        WithExceptStart WITH_EXCEPT_START = 43 { Base, None, 0, K(5) => K(6), None, [ERROR ESCAPES] }
        BinaryOp BINARY_OP = 44 { Base, BinaryOp, 5, K(2) => K(1), None, [ARG ERROR ERROR_NO_POP ESCAPES] }
        BuildInterpolation BUILD_INTERPOLATION = 45 { Base, Interpolation, 0, B(2) => K(1), None, [ARG ERROR ESCAPES] }
        BuildList BUILD_LIST = 46 { Base, Count, 0, N(0) => K(1), None, [ARG ERROR ERROR_NO_POP ESCAPES] }
        BuildMap BUILD_MAP = 47 { Base, Count, 0, D(0) => K(1), None, [ARG ERROR ESCAPES] }
        BuildSet BUILD_SET = 48 { Base, Count, 0, N(0) => K(1), None, [ARG ERROR ESCAPES] }
        BuildSlice BUILD_SLICE = 49 { Base, SliceCount, 0, N(0) => K(1), None, [ARG ERROR] }
        BuildString BUILD_STRING = 50 { Base, Count, 0, N(0) => K(1), None, [ARG ERROR] }
        BuildTuple BUILD_TUPLE = 51 { Base, Count, 0, N(0) => K(1), None, [ARG ERROR ERROR_NO_POP] }
        Call CALL = 52 { Base, Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK ERROR ERROR_NO_POP ESCAPES] }
        CallIntrinsic1 CALL_INTRINSIC_1 = 53 { Base, Intrinsic1, 0, K(1) => K(1), None, [ARG ERROR ESCAPES] }
        CallIntrinsic2 CALL_INTRINSIC_2 = 54 { Base, Intrinsic2, 0, K(2) => K(1), None, [ARG ERROR ESCAPES] }
        CallKw CALL_KW = 55 { Base, Count, 3, N(3) => K(1), None, [ARG ERROR ERROR_NO_POP ESCAPES] }
        CompareOp COMPARE_OP = 56 { Base, Compare, 1, K(2) => K(1), None, [ARG ERROR ESCAPES] }
        ContainsOp CONTAINS_OP = 57 { Base, Invert, 1, K(2) => K(1), None, [ARG ERROR ESCAPES] }
        ConvertValue CONVERT_VALUE = 58 { Base, Conversion, 0, K(1) => K(1), None, [ARG ERROR ESCAPES] }
        Copy COPY = 59 { Base, Depth, 0, N(0) => N(1), None, [ARG PURE] }
        CopyFreeVars COPY_FREE_VARS = 60 { Base, FreeCount, 0, K(0) => K(0), None, [ARG] }
        DeleteAttr DELETE_ATTR = 61 { Base, Name, 0, K(1) => K(0), None, [ARG NAME ERROR ESCAPES] }
        DeleteDeref DELETE_DEREF = 62 { Base, Cell, 0, K(0) => K(0), None, [ARG FREE ERROR ERROR_NO_POP ESCAPES] }
        DeleteFast DELETE_FAST = 63 { Base, Local, 0, K(0) => K(0), None, [ARG LOCAL ERROR ESCAPES] }
        DeleteGlobal DELETE_GLOBAL = 64 { Base, Name, 0, K(0) => K(0), None, [ARG NAME ERROR ERROR_NO_POP ESCAPES] }
        DeleteName DELETE_NAME = 65 { Base, Name, 0, K(0) => K(0), None, [ARG NAME ERROR ERROR_NO_POP ESCAPES] }
        DictMerge DICT_MERGE = 66 { Base, Depth, 0, N(4) => N(3), None, [ARG ERROR ESCAPES] }
        DictUpdate DICT_UPDATE = 67 { Base, Depth, 0, N(1) => N(0), None, [ARG ERROR ESCAPES] }
        EndAsyncFor END_ASYNC_FOR = 68 { Base, Jump, 0, K(2) => K(0), Marker, [ARG JUMP ERROR ERROR_NO_POP ESCAPES] }
        ExtendedArg EXTENDED_ARG = 69 { Base, Extension, 0, K(0) => K(0), None, [ARG] }
        ForIter FOR_ITER = 70 { Base, Jump, 1, K(1) => K(2), Forward, [ARG JUMP ERROR ERROR_NO_POP ESCAPES] }
        GetAwaitable GET_AWAITABLE = 71 { Base, Awaitable, 0, K(1) => K(1), None, [ARG ERROR ESCAPES] }
        ImportFrom IMPORT_FROM = 72 { Base, Name, 0, K(1) => K(2), None, [ARG NAME ERROR ESCAPES] }
        ImportName IMPORT_NAME = 73 { Base, Name, 0, K(2) => K(1), None, [ARG NAME ERROR ESCAPES] }
        IsOp IS_OP = 74 { Base, Invert, 0, K(2) => K(1), None, [ARG] }
        JumpBackward JUMP_BACKWARD = 75 { Base, Jump, 1, K(0) => K(0), Backward, [ARG JUMP EVAL_BREAK ERROR ESCAPES NO_FALLTHROUGH] }
        JumpBackwardNoInterrupt JUMP_BACKWARD_NO_INTERRUPT = 76 { Base, Jump, 0, K(0) => K(0), Backward, [ARG JUMP NO_FALLTHROUGH] }
        JumpForward JUMP_FORWARD = 77 { Base, Jump, 0, K(0) => K(0), Forward, [ARG JUMP NO_FALLTHROUGH] }
        ListAppend LIST_APPEND = 78 { Base, Depth, 0, N(1) => N(0), None, [ARG ERROR] }
        ListExtend LIST_EXTEND = 79 { Base, Depth, 0, N(1) => N(0), None, [ARG ERROR ESCAPES] }
        LoadAttr LOAD_ATTR = 80 { Base, NameAndFlag, 9, K(1) => B(1), None, [ARG NAME ERROR ESCAPES] }
        LoadCommonConstant LOAD_COMMON_CONSTANT = 81 { Base, CommonConstant, 0, K(0) => K(1), None, [ARG] }
        LoadConst LOAD_CONST = 82 { Base, Const, 0, K(0) => K(1), None, [ARG CONST] }
        LoadDeref LOAD_DEREF = 83 { Base, Cell, 0, K(0) => K(1), None, [ARG LOCAL ERROR ESCAPES] }
        LoadFast LOAD_FAST = 84 { Base, Local, 0, K(0) => K(1), None, [ARG LOCAL PURE] }
        LoadFastAndClear LOAD_FAST_AND_CLEAR = 85 { Base, Local, 0, K(0) => K(1), None, [ARG LOCAL] }
        LoadFastBorrow LOAD_FAST_BORROW = 86 { Base, Local, 0, K(0) => K(1), None, [ARG LOCAL PURE] }
        LoadFastBorrowLoadFastBorrow LOAD_FAST_BORROW_LOAD_FAST_BORROW = 87 { Base, LocalPair, 0, K(0) => K(2), None, [ARG LOCAL] }
        LoadFastCheck LOAD_FAST_CHECK = 88 { Base, Local, 0, K(0) => K(1), None, [ARG LOCAL ERROR ESCAPES] }
        LoadFastLoadFast LOAD_FAST_LOAD_FAST = 89 { Base, LocalPair, 0, K(0) => K(2), None, [ARG LOCAL] }
        LoadFromDictOrDeref LOAD_FROM_DICT_OR_DEREF = 90 { Base, Cell, 0, K(1) => K(1), None, [ARG FREE ERROR ERROR_NO_POP ESCAPES] }
        LoadFromDictOrGlobals LOAD_FROM_DICT_OR_GLOBALS = 91 { Base, Name, 0, K(1) => K(1), None, [ARG NAME ERROR ERROR_NO_POP ESCAPES] }
        LoadGlobal LOAD_GLOBAL = 92 { Base, NameAndFlag, 4, K(0) => B(1), None, [ARG NAME ERROR ESCAPES] }
        LoadName LOAD_NAME = 93 { Base, Name, 0, K(0) => K(1), None, [ARG NAME ERROR ESCAPES] }
        LoadSmallInt LOAD_SMALL_INT = 94 { Base, SmallInt, 0, K(0) => K(1), None, [ARG] }
        LoadSpecial LOAD_SPECIAL = 95 { Base, SpecialMethod, 0, K(1) => K(2), None, [ARG ERROR ERROR_NO_POP ESCAPES] }
        LoadSuperAttr LOAD_SUPER_ATTR = 96 { Base, NameAndTwoFlags, 1, K(3) => B(1), None, [ARG NAME ERROR ESCAPES] }
        MakeCell MAKE_CELL = 97 { Base, Cell, 0, K(0) => K(0), None, [ARG FREE ERROR ERROR_NO_POP ESCAPES] }
        MapAdd MAP_ADD = 98 { Base, Depth, 0, N(2) => N(0), None, [ARG ERROR ESCAPES] }
        MatchClass MATCH_CLASS = 99 { Base, Count, 0, K(3) => K(1), None, [ARG ERROR ESCAPES] }
        PopJumpIfFalse POP_JUMP_IF_FALSE = 100 { Base, Jump, 1, K(1) => K(0), Forward, [ARG JUMP] }
        PopJumpIfNone POP_JUMP_IF_NONE = 101 { Base, Jump, 1, K(1) => K(0), Forward, [ARG JUMP] }
        PopJumpIfNotNone POP_JUMP_IF_NOT_NONE = 102 { Base, Jump, 1, K(1) => K(0), Forward, [ARG JUMP] }
        PopJumpIfTrue POP_JUMP_IF_TRUE = 103 { Base, Jump, 1, K(1) => K(0), Forward, [ARG JUMP] }
        RaiseVarargs RAISE_VARARGS = 104 { Base, Raise, 0, N(0) => K(0), None, [ARG ERROR ERROR_NO_POP ESCAPES SCOPE_EXIT NO_FALLTHROUGH] }
        Reraise RERAISE = 105 { Base, Reraise, 0, N(1) => N(0), None, [ARG ERROR ERROR_NO_POP ESCAPES SCOPE_EXIT NO_FALLTHROUGH] }
        Send SEND = 106 { Base, Jump, 1, K(2) => K(2), Forward, [ARG JUMP ERROR ESCAPES] }
        SetAdd SET_ADD = 107 { Base, Depth, 0, N(1) => N(0), None, [ARG ERROR ESCAPES] }
        SetFunctionAttribute SET_FUNCTION_ATTRIBUTE = 108 { Base, FunctionAttribute, 0, K(2) => K(1), None, [ARG ERROR ESCAPES] }
        SetUpdate SET_UPDATE = 109 { Base, Depth, 0, N(1) => N(0), None, [ARG ERROR ESCAPES] }
        StoreAttr STORE_ATTR = 110 { Base, Name, 4, K(2) => K(0), None, [ARG NAME ERROR ESCAPES] }
        StoreDeref STORE_DEREF = 111 { Base, Cell, 0, K(1) => K(0), None, [ARG FREE ESCAPES] }
        StoreFast STORE_FAST = 112 { Base, Local, 0, K(1) => K(0), None, [ARG LOCAL ESCAPES] }
        StoreFastLoadFast STORE_FAST_LOAD_FAST = 113 { Base, LocalPair, 0, K(1) => K(1), None, [ARG LOCAL ESCAPES] }
        StoreFastStoreFast STORE_FAST_STORE_FAST = 114 { Base, LocalPair, 0, K(2) => K(0), None, [ARG LOCAL ESCAPES] }
        StoreGlobal STORE_GLOBAL = 115 { Base, Name, 0, K(1) => K(0), None, [ARG NAME ERROR ESCAPES] }
        StoreName STORE_NAME = 116 { Base, Name, 0, K(1) => K(0), None, [ARG NAME ERROR ESCAPES] }
        Swap SWAP = 117 { Base, Depth, 0, N(0) => N(0), None, [ARG PURE] }
        UnpackEx UNPACK_EX = 118 { Base, UnpackCounts, 0, K(1) => U(1), None, [ARG ERROR ESCAPES] }
        UnpackSequence UNPACK_SEQUENCE = 119 { Base, Count, 1, K(1) => N(0), None, [ARG ERROR ESCAPES] }
        YieldValue YIELD_VALUE = 120 { Base, Yield, 0, K(1) => K(1), None, [ARG ESCAPES] }
        Resume RESUME = 128 { Base, Resume, 0, K(0) => K(0), None, [ARG EVAL_BREAK ERROR ERROR_NO_POP ESCAPES] }
        BinaryOpAddFloat BINARY_OP_ADD_FLOAT = 129 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR] }
        BinaryOpAddInt BINARY_OP_ADD_INT = 130 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR ESCAPES] }
        BinaryOpAddUnicode BINARY_OP_ADD_UNICODE = 131 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR] }
        BinaryOpExtend BINARY_OP_EXTEND = 132 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [DEOPT ERROR ESCAPES] }
        BinaryOpMultiplyFloat BINARY_OP_MULTIPLY_FLOAT = 133 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR] }
        BinaryOpMultiplyInt BINARY_OP_MULTIPLY_INT = 134 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR ESCAPES] }
        BinaryOpSubscrDict BINARY_OP_SUBSCR_DICT = 135 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR ESCAPES] }
        BinaryOpSubscrGetitem BINARY_OP_SUBSCR_GETITEM = 136 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(0), None, [DEOPT] }
        BinaryOpSubscrListInt BINARY_OP_SUBSCR_LIST_INT = 137 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [DEOPT EXIT ESCAPES] }
        BinaryOpSubscrListSlice BINARY_OP_SUBSCR_LIST_SLICE = 138 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR ESCAPES] }
        BinaryOpSubscrStrInt BINARY_OP_SUBSCR_STR_INT = 139 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [DEOPT EXIT ESCAPES] }
        BinaryOpSubscrTupleInt BINARY_OP_SUBSCR_TUPLE_INT = 140 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [DEOPT EXIT] }
        BinaryOpSubtractFloat BINARY_OP_SUBTRACT_FLOAT = 141 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR] }
        BinaryOpSubtractInt BINARY_OP_SUBTRACT_INT = 142 { Specialized(BinaryOp), BinaryOp, 5, K(2) => K(1), None, [EXIT ERROR ESCAPES] }
        CallAllocAndEnterInit CALL_ALLOC_AND_ENTER_INIT = 143 { Specialized(Call), Count, 3, N(2) => K(0), None, [ARG DEOPT ERROR ERROR_NO_POP ESCAPES] }
        CallBoundMethodExactArgs CALL_BOUND_METHOD_EXACT_ARGS = 144 { Specialized(Call), Count, 3, N(2) => K(0), None, [ARG DEOPT EXIT ESCAPES] }
        CallBoundMethodGeneral CALL_BOUND_METHOD_GENERAL = 145 { Specialized(Call), Count, 3, N(2) => K(0), None, [ARG DEOPT EXIT ERROR ERROR_NO_POP ESCAPES] }
        CallBuiltinClass CALL_BUILTIN_CLASS = 146 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK DEOPT ERROR ESCAPES] }
        CallBuiltinFast CALL_BUILTIN_FAST = 147 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK DEOPT ERROR ESCAPES] }
        CallBuiltinFastWithKeywords CALL_BUILTIN_FAST_WITH_KEYWORDS = 148 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK DEOPT ERROR ESCAPES] }
        CallBuiltinO CALL_BUILTIN_O = 149 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallIsinstance CALL_ISINSTANCE = 150 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG DEOPT ERROR ERROR_NO_POP ESCAPES] }
        CallKwBoundMethod CALL_KW_BOUND_METHOD = 151 { Specialized(CallKw), Count, 3, N(3) => K(0), None, [ARG DEOPT EXIT ERROR ESCAPES] }
        CallKwNonPy CALL_KW_NON_PY = 152 { Specialized(CallKw), Count, 3, N(3) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallKwPy CALL_KW_PY = 153 { Specialized(CallKw), Count, 3, N(3) => K(0), None, [ARG DEOPT EXIT ERROR ESCAPES] }
        CallLen CALL_LEN = 154 { Specialized(Call), Count, 3, K(3) => K(1), None, [DEOPT ERROR ERROR_NO_POP ESCAPES] }
        CallListAppend CALL_LIST_APPEND = 155 { Specialized(Call), Count, 3, K(3) => K(0), None, [ARG DEOPT ERROR ESCAPES] }
        CallMethodDescriptorFast CALL_METHOD_DESCRIPTOR_FAST = 156 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallMethodDescriptorFastWithKeywords CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS = 157 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallMethodDescriptorNoargs CALL_METHOD_DESCRIPTOR_NOARGS = 158 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallMethodDescriptorO CALL_METHOD_DESCRIPTOR_O = 159 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallNonPyGeneral CALL_NON_PY_GENERAL = 160 { Specialized(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK EXIT ERROR ESCAPES] }
        CallPyExactArgs CALL_PY_EXACT_ARGS = 161 { Specialized(Call), Count, 3, N(2) => K(0), None, [ARG DEOPT EXIT] }
        CallPyGeneral CALL_PY_GENERAL = 162 { Specialized(Call), Count, 3, N(2) => K(0), None, [ARG DEOPT EXIT ERROR ERROR_NO_POP ESCAPES] }
        CallStr1 CALL_STR_1 = 163 { Specialized(Call), Count, 3, K(3) => K(1), None, [ARG EVAL_BREAK DEOPT ERROR ESCAPES] }
        CallTuple1 CALL_TUPLE_1 = 164 { Specialized(Call), Count, 3, K(3) => K(1), None, [ARG EVAL_BREAK DEOPT ERROR ESCAPES] }
        CallType1 CALL_TYPE_1 = 165 { Specialized(Call), Count, 3, K(3) => K(1), None, [ARG DEOPT ESCAPES] }
        CompareOpFloat COMPARE_OP_FLOAT = 166 { Specialized(CompareOp), Compare, 1, K(2) => K(1), None, [ARG EXIT] }
        CompareOpInt COMPARE_OP_INT = 167 { Specialized(CompareOp), Compare, 1, K(2) => K(1), None, [ARG DEOPT EXIT] }
        CompareOpStr COMPARE_OP_STR = 168 { Specialized(CompareOp), Compare, 1, K(2) => K(1), None, [ARG EXIT] }
        ContainsOpDict CONTAINS_OP_DICT = 169 { Specialized(ContainsOp), Invert, 1, K(2) => K(1), None, [ARG EXIT ERROR ESCAPES] }
        ContainsOpSet CONTAINS_OP_SET = 170 { Specialized(ContainsOp), Invert, 1, K(2) => K(1), None, [ARG DEOPT ERROR ESCAPES] }
        ForIterGen FOR_ITER_GEN = 171 { Specialized(ForIter), Jump, 1, K(1) => K(1), Forward, [ARG DEOPT] }
        ForIterList FOR_ITER_LIST = 172 { Specialized(ForIter), Jump, 1, K(1) => K(2), Forward, [ARG JUMP DEOPT EXIT ESCAPES] }
        ForIterRange FOR_ITER_RANGE = 173 { Specialized(ForIter), Jump, 1, K(1) => K(2), Forward, [ARG JUMP EXIT ERROR] }
        ForIterTuple FOR_ITER_TUPLE = 174 { Specialized(ForIter), Jump, 1, K(1) => K(2), Forward, [ARG JUMP EXIT ESCAPES] }
        JumpBackwardJit JUMP_BACKWARD_JIT = 175 { Specialized(JumpBackward), Jump, 1, K(0) => K(0), Backward, [ARG JUMP EVAL_BREAK ERROR ESCAPES NO_FALLTHROUGH] }
        JumpBackwardNoJit JUMP_BACKWARD_NO_JIT = 176 { Specialized(JumpBackward), Jump, 1, K(0) => K(0), Backward, [ARG JUMP EVAL_BREAK ERROR ESCAPES NO_FALLTHROUGH] }
        LoadAttrClass LOAD_ATTR_CLASS = 177 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => B(1), None, [ARG EXIT] }
        LoadAttrClassWithMetaclassCheck LOAD_ATTR_CLASS_WITH_METACLASS_CHECK = 178 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => B(1), None, [ARG EXIT] }
        LoadAttrGetattributeOverridden LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN = 179 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(1), None, [ARG NAME DEOPT] }
        LoadAttrInstanceValue LOAD_ATTR_INSTANCE_VALUE = 180 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => B(1), None, [ARG DEOPT EXIT ESCAPES] }
        LoadAttrMethodLazyDict LOAD_ATTR_METHOD_LAZY_DICT = 181 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(2), None, [ARG DEOPT EXIT] }
        LoadAttrMethodNoDict LOAD_ATTR_METHOD_NO_DICT = 182 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(2), None, [ARG EXIT] }
        LoadAttrMethodWithValues LOAD_ATTR_METHOD_WITH_VALUES = 183 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(2), None, [ARG DEOPT EXIT] }
        LoadAttrModule LOAD_ATTR_MODULE = 184 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => B(1), None, [ARG DEOPT ESCAPES] }
        LoadAttrNondescriptorNoDict LOAD_ATTR_NONDESCRIPTOR_NO_DICT = 185 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(1), None, [ARG EXIT ESCAPES] }
        LoadAttrNondescriptorWithValues LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES = 186 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(1), None, [ARG DEOPT EXIT ESCAPES] }
        LoadAttrProperty LOAD_ATTR_PROPERTY = 187 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => K(0), None, [ARG DEOPT EXIT] }
        LoadAttrSlot LOAD_ATTR_SLOT = 188 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => B(1), None, [ARG DEOPT EXIT] }
        LoadAttrWithHint LOAD_ATTR_WITH_HINT = 189 { Specialized(LoadAttr), NameAndFlag, 9, K(1) => B(1), None, [ARG NAME DEOPT EXIT ESCAPES] }
        LoadConstImmortal LOAD_CONST_IMMORTAL = 190 { Specialized(LoadConst), Const, 0, K(0) => K(1), None, [ARG CONST] }
        LoadConstMortal LOAD_CONST_MORTAL = 191 { Specialized(LoadConst), Const, 0, K(0) => K(1), None, [ARG CONST] }
        LoadGlobalBuiltin LOAD_GLOBAL_BUILTIN = 192 { Specialized(LoadGlobal), NameAndFlag, 4, K(0) => B(1), None, [ARG DEOPT] }
        LoadGlobalModule LOAD_GLOBAL_MODULE = 193 { Specialized(LoadGlobal), NameAndFlag, 4, K(0) => B(1), None, [ARG DEOPT] }
        LoadSuperAttrAttr LOAD_SUPER_ATTR_ATTR = 194 { Specialized(LoadSuperAttr), NameAndTwoFlags, 1, K(3) => K(1), None, [ARG NAME DEOPT ERROR ESCAPES] }
        LoadSuperAttrMethod LOAD_SUPER_ATTR_METHOD = 195 { Specialized(LoadSuperAttr), NameAndTwoFlags, 1, K(3) => K(2), None, [ARG NAME DEOPT ERROR ERROR_NO_POP ESCAPES] }
        ResumeCheck RESUME_CHECK = 196 { Specialized(Resume), Resume, 0, K(0) => K(0), None, [DEOPT] }
        SendGen SEND_GEN = 197 { Specialized(Send), Jump, 1, K(2) => K(1), Forward, [ARG DEOPT] }
        StoreAttrInstanceValue STORE_ATTR_INSTANCE_VALUE = 198 { Specialized(StoreAttr), Name, 4, K(2) => K(0), None, [EXIT ESCAPES] }
        StoreAttrSlot STORE_ATTR_SLOT = 199 { Specialized(StoreAttr), Name, 4, K(2) => K(0), None, [DEOPT EXIT ESCAPES] }
        StoreAttrWithHint STORE_ATTR_WITH_HINT = 200 { Specialized(StoreAttr), Name, 4, K(2) => K(0), None, [ARG NAME DEOPT EXIT ESCAPES] }
        StoreSubscrDict STORE_SUBSCR_DICT = 201 { Specialized(StoreSubscr), None, 1, K(3) => K(0), None, [EXIT ERROR ESCAPES] }
        StoreSubscrListInt STORE_SUBSCR_LIST_INT = 202 { Specialized(StoreSubscr), None, 1, K(3) => K(0), None, [DEOPT EXIT ESCAPES] }
        ToBoolAlwaysTrue TO_BOOL_ALWAYS_TRUE = 203 { Specialized(ToBool), None, 3, K(1) => K(1), None, [EXIT ESCAPES] }
        ToBoolBool TO_BOOL_BOOL = 204 { Specialized(ToBool), None, 3, K(1) => K(1), None, [EXIT] }
        ToBoolInt TO_BOOL_INT = 205 { Specialized(ToBool), None, 3, K(1) => K(1), None, [EXIT ESCAPES] }
        ToBoolList TO_BOOL_LIST = 206 { Specialized(ToBool), None, 3, K(1) => K(1), None, [EXIT] }
        ToBoolNone TO_BOOL_NONE = 207 { Specialized(ToBool), None, 3, K(1) => K(1), None, [EXIT] }
        ToBoolStr TO_BOOL_STR = 208 { Specialized(ToBool), None, 3, K(1) => K(1), None, [EXIT ESCAPES] }
        UnpackSequenceList UNPACK_SEQUENCE_LIST = 209 { Specialized(UnpackSequence), Count, 1, K(1) => N(0), None, [ARG DEOPT EXIT] }
        UnpackSequenceTuple UNPACK_SEQUENCE_TUPLE = 210 { Specialized(UnpackSequence), Count, 1, K(1) => N(0), None, [ARG DEOPT EXIT] }
        UnpackSequenceTwoTuple UNPACK_SEQUENCE_TWO_TUPLE = 211 { Specialized(UnpackSequence), Count, 1, K(1) => K(2), None, [ARG DEOPT EXIT ESCAPES] }
        InstrumentedEndFor INSTRUMENTED_END_FOR = 234 { Instrumented(EndFor), None, 0, K(2) => K(1), None, [ERROR ERROR_NO_POP ESCAPES NO_SAVE_IP] }
        InstrumentedPopIter INSTRUMENTED_POP_ITER = 235 { Instrumented(PopIter), None, 0, K(1) => K(0), None, [ESCAPES] }
        InstrumentedEndSend INSTRUMENTED_END_SEND = 236 { Instrumented(EndSend), None, 0, K(2) => K(1), None, [ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedForIter INSTRUMENTED_FOR_ITER = 237 { Instrumented(ForIter), Jump, 1, K(1) => K(2), Forward, [ARG JUMP ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedInstruction INSTRUMENTED_INSTRUCTION = 238 { Instrumented, None, 0, K(0) => K(0), None, [ERROR ESCAPES] }
        InstrumentedJumpForward INSTRUMENTED_JUMP_FORWARD = 239 { Instrumented(JumpForward), Jump, 0, K(0) => K(0), Forward, [ARG NO_FALLTHROUGH] }
        InstrumentedNotTaken INSTRUMENTED_NOT_TAKEN = 240 { Instrumented(NotTaken), None, 0, K(0) => K(0), None, [] }
        InstrumentedPopJumpIfTrue INSTRUMENTED_POP_JUMP_IF_TRUE = 241 { Instrumented(PopJumpIfTrue), Jump, 1, K(1) => K(0), Forward, [ARG] }
        InstrumentedPopJumpIfFalse INSTRUMENTED_POP_JUMP_IF_FALSE = 242 { Instrumented(PopJumpIfFalse), Jump, 1, K(1) => K(0), Forward, [ARG] }
        InstrumentedPopJumpIfNone INSTRUMENTED_POP_JUMP_IF_NONE = 243 { Instrumented(PopJumpIfNone), Jump, 1, K(1) => K(0), Forward, [ARG ESCAPES] }
        InstrumentedPopJumpIfNotNone INSTRUMENTED_POP_JUMP_IF_NOT_NONE = 244 { Instrumented(PopJumpIfNotNone), Jump, 1, K(1) => K(0), Forward, [ARG ESCAPES] }
        InstrumentedResume INSTRUMENTED_RESUME = 245 { Instrumented(Resume), Resume, 0, K(0) => K(0), None, [ARG EVAL_BREAK ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedReturnValue INSTRUMENTED_RETURN_VALUE = 246 { Instrumented(ReturnValue), None, 0, K(1) => K(1), None, [ERROR ESCAPES SCOPE_EXIT NO_FALLTHROUGH] }
        InstrumentedYieldValue INSTRUMENTED_YIELD_VALUE = 247 { Instrumented(YieldValue), Yield, 0, K(1) => K(1), None, [ARG ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedEndAsyncFor INSTRUMENTED_END_ASYNC_FOR = 248 { Instrumented(EndAsyncFor), Jump, 0, K(2) => K(0), Marker, [ARG JUMP ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedLoadSuperAttr INSTRUMENTED_LOAD_SUPER_ATTR = 249 { Instrumented(LoadSuperAttr), NameAndTwoFlags, 1, K(3) => B(1), None, [ARG NAME ERROR ESCAPES] }
        InstrumentedCall INSTRUMENTED_CALL = 250 { Instrumented(Call), Count, 3, N(2) => K(1), None, [ARG EVAL_BREAK ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedCallKw INSTRUMENTED_CALL_KW = 251 { Instrumented(CallKw), Count, 3, N(3) => K(1), None, [ARG ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedCallFunctionEx INSTRUMENTED_CALL_FUNCTION_EX = 252 { Instrumented(CallFunctionEx), None, 0, K(4) => K(1), None, [EVAL_BREAK ERROR ERROR_NO_POP ESCAPES] }
        InstrumentedJumpBackward INSTRUMENTED_JUMP_BACKWARD = 253 { Instrumented(JumpBackward), Jump, 1, K(0) => K(0), Backward, [ARG EVAL_BREAK ERROR ESCAPES NO_FALLTHROUGH] }
        InstrumentedLine INSTRUMENTED_LINE = 254 { Instrumented, None, 0, K(0) => K(0), None, [ESCAPES] }
        EnterExecutor ENTER_EXECUTOR = 255 { Internal, Raw, 0, K(0) => K(0), None, [ARG] }
        $($more)*
    } };
}

/// Hands `$next` and the rows of the compiler's opcodes to the macro `$then`.
macro_rules! pseudo_rows {
    ($then:ident $next:ident) => {
        $then! { $next
            AnnotationsPlaceholder ANNOTATIONS_PLACEHOLDER = 256 { Pseudo, None, 0, K(0) => K(0), None, [PURE] }
            Jump JUMP = 257 { Pseudo, Jump, 0, K(0) => K(0), Symbolic, [ARG JUMP EVAL_BREAK ERROR ESCAPES NO_FALLTHROUGH] }
            JumpIfFalse JUMP_IF_FALSE = 258 { Pseudo, Jump, 0, K(1) => K(1), Symbolic, [ARG JUMP ERROR ESCAPES] }
            JumpIfTrue JUMP_IF_TRUE = 259 { Pseudo, Jump, 0, K(1) => K(1), Symbolic, [ARG JUMP ERROR ESCAPES] }
            JumpNoInterrupt JUMP_NO_INTERRUPT = 260 { Pseudo, Jump, 0, K(0) => K(0), Symbolic, [ARG JUMP NO_FALLTHROUGH] }
            LoadClosure LOAD_CLOSURE = 261 { Pseudo, Local, 0, K(0) => K(1), None, [ARG LOCAL PURE] }
            PopBlock POP_BLOCK = 262 { Pseudo, None, 0, K(0) => K(0), None, [PURE] }
            SetupCleanup SETUP_CLEANUP = 263 { Pseudo, Jump, 0, K(0) => K(2), Handler, [PURE ARG] }
            SetupFinally SETUP_FINALLY = 264 { Pseudo, Jump, 0, K(0) => K(1), Handler, [PURE ARG] }
            SetupWith SETUP_WITH = 265 { Pseudo, Jump, 0, K(0) => K(1), Handler, [PURE ARG] }
            StoreFastMaybeNull STORE_FAST_MAYBE_NULL = 266 { Pseudo, Local, 0, K(1) => K(0), None, [ARG LOCAL ESCAPES] }
        }
    };
}

macro_rules! count {
    (K($fixed:literal)) => {
        Count::fixed($fixed)
    };
    (N($fixed:literal)) => {
        Count::operand($fixed)
    };
    (D($fixed:literal)) => {
        Count::twice($fixed)
    };
    (B($fixed:literal)) => {
        Count::low_bit($fixed)
    };
    (U($fixed:literal)) => {
        Count::unpack($fixed)
    };
}

macro_rules! base {
    () => {
        None
    };
    ($base:ident) => {
        Some(Opcode::$base)
    };
}

macro_rules! opcodes {
    ($($variant:ident $name:ident = $code:literal {
        $class:ident $(($base:ident))?, $operand:ident, $caches:literal,
        $pop:ident($popped:literal) => $push:ident($pushed:literal), $jump:ident, [$($flag:ident)*]
    })*) => {
        /// An opcode of CPython 3.14: of code objects, of the running interpreter, or of the compiler alone.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Opcode {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                $variant = $code,
            )*
        }

        pub(super) static INFO: [Info; OPCODE_LIMIT] = {
            let mut rows = [Info::UNUSED; OPCODE_LIMIT];
            $(
                rows[$code] = Info {
                    name: stringify!($name),
                    class: Class::$class,
                    base: base!($($base)?),
                    operand: Operand::$operand,
                    caches: $caches,
                    pop: count!($pop($popped)),
                    push: count!($push($pushed)),
                    jump: JumpKind::$jump,
                    flags: Flags(0 $(| Flags::$flag.0)*),
                };
            )*
            rows
        };

        pub(super) static FROM_CODE: [Option<Opcode>; OPCODE_LIMIT] = {
            let mut opcodes = [None; OPCODE_LIMIT];
            $(opcodes[$code] = Some(Opcode::$variant);)*
            opcodes
        };
    };
}

macro_rules! bytes {
    ($($variant:ident $name:ident = $code:literal $row:tt)*) => {
        /// The real opcodes as bytes of code, under CPython's names.
        pub mod op {
            $(
                #[doc = concat!("Byte of [`super::Opcode::", stringify!($variant), "`].")]
                pub const $name: u8 = $code;
            )*
        }
    };
}

pseudo_rows!(real_rows opcodes);
real_rows!(bytes);
