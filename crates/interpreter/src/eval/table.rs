//! The instructions that are functions, by their numbers.

use pvm_bytecode::opcode::Opcode;

use super::{Operation, arithmetic, attributes, building, exceptions, imports, iteration, matching, names};

macro_rules! operations {
    ($($opcode:ident => $function:path,)*) => {{
        let mut table: [Option<Operation>; 256] = [None; 256];
        $(table[Opcode::$opcode as usize] = Some($function);)*
        table
    }};
}

/// The function of each instruction that the loop does not execute itself.
pub(super) static OPERATIONS: [Option<Operation>; 256] = operations! {
    BinarySlice => arithmetic::binary_slice,
    StoreSlice => arithmetic::store_slice,
    DeleteSubscr => arithmetic::delete_subscr,
    UnaryNegative => arithmetic::negative,
    UnaryInvert => arithmetic::invert,
    StoreSubscrDict => arithmetic::store_subscr,

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
    ListAppend => building::list_append,
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

    PushExcInfo => exceptions::push_exc_info,
    PopExcept => exceptions::pop_except,
    CheckExcMatch => exceptions::check_exc_match,
    CheckEgMatch => exceptions::check_eg_match,
    WithExceptStart => exceptions::with_except_start,
    CleanupThrow => exceptions::cleanup_throw,

    ImportName => imports::import_name,
    ImportFrom => imports::import_from,
    LoadBuildClass => imports::load_build_class,

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

    CopyFreeVars => names::copy_free_vars,
    MakeCell => names::make_cell,
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
};
