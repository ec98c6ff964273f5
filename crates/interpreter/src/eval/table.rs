//! The instructions that are functions, by their numbers.

use pvm_bytecode::opcode::Opcode;
use pvm_object::{Raised, Vm};

use super::{Operation, arithmetic, attributes, building, exceptions, imports, iteration, matching, names};

macro_rules! operations {
    ($($opcode:ident => $function:path,)*) => {
        static OPERATIONS: [Option<Operation>; 256] = {
            let mut table: [Option<Operation>; 256] = [None; 256];
            $(table[Opcode::$opcode as usize] = Some($function);)*
            table
        };

        /// The pattern of the opcodes that are functions.
        macro_rules! operation_opcodes {
            () => { $(Opcode::$opcode)|* };
        }
    };
}

/// The function of an instruction that the loop does not execute itself; none of these has inline caches.
#[inline(always)]
pub(super) fn operation(opcode: Opcode) -> Operation {
    OPERATIONS[opcode as usize & 255].expect("the loop asks for opcodes of the table")
}

operations! {
    BinarySlice => arithmetic::binary_slice,
    StoreSlice => arithmetic::store_slice,
    DeleteSubscr => arithmetic::delete_subscr,
    UnaryNegative => arithmetic::negative,
    UnaryInvert => arithmetic::invert,

    DeleteAttr => attributes::delete_attr,
    LoadSpecial => attributes::load_special,

    BuildList => building::build_list,
    BuildMap => building::build_map,
    BuildSet => building::build_set,
    BuildSlice => building::build_slice,
    BuildString => building::build_string,
    BuildTuple => building::build_tuple,
    BuildTemplate => building::build_template,
    BuildInterpolation => building::build_interpolation,
    ListExtend => building::list_extend,
    SetAdd => building::set_add,
    SetUpdate => building::set_update,
    MapAdd => building::map_add,
    DictMerge => building::dict_merge,
    DictUpdate => building::dict_update,
    UnpackEx => building::unpack_ex,
    FormatSimple => building::format_simple,
    FormatWithSpec => building::format_with_spec,
    ConvertValue => building::convert_value,
    MakeFunction => building::make_function,
    SetFunctionAttribute => building::set_function_attribute,
    CallIntrinsic1 => building::call_intrinsic_1,
    CallIntrinsic2 => building::call_intrinsic_2,

    RaiseVarargs => exceptions::raise,
    Reraise => exceptions::reraise,
    PushExcInfo => exceptions::push_exc_info,
    PopExcept => exceptions::pop_except,
    CheckExcMatch => exceptions::check_exc_match,
    CheckEgMatch => exceptions::check_eg_match,
    WithExceptStart => exceptions::with_except_start,
    CleanupThrow => exceptions::cleanup_throw,
    EndAsyncFor => exceptions::end_async_for,

    ImportName => imports::import_name,
    ImportFrom => imports::import_from,
    LoadBuildClass => imports::load_build_class,

    EndSend => iteration::end_send,
    GetIter => iteration::get_iter,
    GetYieldFromIter => iteration::get_yield_from_iter,
    GetAwaitable => iteration::get_awaitable,
    GetAiter => iteration::get_aiter,
    GetAnext => iteration::get_anext,
    GetLen => iteration::get_len,

    MatchClass => matching::match_class,
    MatchKeys => matching::match_keys,
    MatchMapping => matching::match_mapping,
    MatchSequence => matching::match_sequence,

    LoadFastCheck => names::load_fast_check,
    LoadFastAndClear => names::load_fast_and_clear,
    CopyFreeVars => names::copy_free_vars,
    MakeCell => names::make_cell,
    StoreDeref => names::store_deref,
    DeleteDeref => names::delete_deref,
    DeleteFast => names::delete_fast,
    DeleteGlobal => names::delete_global,
    DeleteName => names::delete_name,
    LoadName => names::load_name,
    LoadLocals => names::load_locals,
    LoadFromDictOrDeref => names::load_from_dict_or_deref,
    LoadFromDictOrGlobals => names::load_from_dict_or_globals,
    LoadCommonConstant => names::load_common_constant,
    StoreGlobal => names::store_global,
    StoreName => names::store_name,
    SetupAnnotations => names::setup_annotations,
}

macro_rules! unexecuted {
    ($($opcode:ident)*) => {
        /// The pattern of the opcodes that never reach the loop: the compiler's own, and forms of CPython's that this one
        /// has no use for.
        macro_rules! unexecuted_opcodes {
            () => { $(Opcode::$opcode)|* };
        }
    };
}

unexecuted! {
    Reserved
    Cache ExitInitCheck InterpreterExit EnterExecutor
    BinaryOpInplaceAddUnicode BinaryOpAddUnicode BinaryOpSubscrListSlice
    CallBoundMethodExactArgs CallBoundMethodGeneral CallBuiltinFastWithKeywords
    CallKwBoundMethod CallKwNonPy CallKwPy CallMethodDescriptorFast CallMethodDescriptorFastWithKeywords
    CallNonPyGeneral CallStr1 CallTuple1 CallType1
    LoadAttrGetattributeOverridden LoadAttrMethodLazyDict LoadAttrMethodNoDict LoadAttrNondescriptorNoDict
    ToBoolAlwaysTrue ToBoolInt ToBoolList ToBoolNone ToBoolStr
    InstrumentedEndFor InstrumentedPopIter InstrumentedEndSend InstrumentedForIter
    InstrumentedJumpForward InstrumentedNotTaken InstrumentedPopJumpIfTrue InstrumentedPopJumpIfFalse
    InstrumentedPopJumpIfNone InstrumentedPopJumpIfNotNone InstrumentedResume InstrumentedReturnValue
    InstrumentedYieldValue InstrumentedEndAsyncFor InstrumentedLoadSuperAttr InstrumentedCall InstrumentedCallKw
    InstrumentedCallFunctionEx InstrumentedJumpBackward InstrumentedLine
    AnnotationsPlaceholder Jump JumpIfFalse JumpIfTrue JumpNoInterrupt LoadClosure PopBlock SetupCleanup SetupFinally
    SetupWith StoreFastMaybeNull
}

/// The opcode of an instruction that is about to be executed.
///
/// # Safety
/// The byte is an instruction's of an [`Execution`](crate::execution::Execution), which holds nothing but opcodes there.
#[inline(always)]
pub(super) unsafe fn decode(byte: u8) -> Opcode {
    const { assert!(size_of::<Opcode>() == 2) };
    // SAFETY: passed on; an `Opcode` is its number.
    unsafe { std::mem::transmute::<u16, Opcode>(u16::from(byte)) }
}

/// An opcode that no code object should have where it stands.
#[cold]
pub(super) fn not_executable(vm: &mut Vm, opcode: Opcode) -> Raised {
    vm.system_error(format_args!("opcode {} is not executable", opcode.name()))
}
