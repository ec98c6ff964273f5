//! What stands in parentheses after an operand.

use std::collections::HashMap;

use super::Item;
use crate::code::CodeObject;
use crate::opcode::{
    BinaryOp, CACHES, CommonConstant, CompareOp, Conversion, FunctionAttribute, Intrinsic1, Intrinsic2, JumpKind, Opcode,
    Operand, SpecialMethod,
};
use crate::text::Text;

/// Where a jump leads; may lie outside of damaged code.
pub(super) fn jump_target(item: &Item) -> Option<i64> {
    let opcode = Opcode::from_byte(item.byte)?.base();
    // instrumented jumps have no CPython flag
    if !Opcode::from_byte(item.byte)?.has_jump() {
        return None;
    }
    let distance = 2 * i64::from(item.arg?);
    let next = item.offset as i64 + 2 + 2 * i64::from(CACHES[usize::from(item.byte)]);
    match opcode.info().jump {
        JumpKind::Forward => Some(next + distance),
        JumpKind::Backward | JumpKind::Marker => Some(next - distance),
        JumpKind::None | JumpKind::Symbolic | JumpKind::Handler => None,
    }
}

/// The operand in words; empty where there is nothing to say.
pub(super) fn describe(code: &CodeObject, item: &Item, labels: &HashMap<i64, usize>) -> String {
    let (Some(arg), Some(opcode)) = (item.arg, Opcode::from_byte(item.byte)) else {
        return String::new();
    };
    let opcode = if opcode.is_specialized() { opcode.base() } else { opcode };
    let nothing = String::new;
    let local = |index: u32| name(&code.localsplusnames, index);
    let flagged = |index: u32, note: &str| {
        let name = name(&code.names, index);
        if arg & 1 != 0 { format!("{name} + {note}") } else { name }
    };
    match opcode.info().operand {
        Operand::Const => code.consts.get(arg as usize).map_or("<unknown>".into(), ToString::to_string),
        Operand::Name => name(&code.names, arg),
        Operand::NameAndFlag if opcode == Opcode::LoadGlobal => flagged(arg >> 1, "NULL"),
        Operand::NameAndFlag => flagged(arg >> 1, "NULL|self"),
        // CPython has no text for the instrumented form's flags
        Operand::NameAndTwoFlags if opcode == Opcode::LoadSuperAttr => flagged(arg >> 2, "NULL|self"),
        Operand::NameAndTwoFlags => name(&code.names, arg),
        Operand::Local | Operand::Cell => local(arg),
        Operand::LocalPair => format!("{}, {}", local(arg >> 4), local(arg & 15)),
        Operand::Jump => match jump_target(item).and_then(|target| labels.get(&target)) {
            Some(label) => format!("{} L{label}", if opcode.base() == Opcode::EndAsyncFor { "from" } else { "to" }),
            None => nothing(),
        },
        Operand::Compare => CompareOp::from_oparg(arg).map_or_else(nothing, |compare| {
            let symbol = compare.entry();
            if arg & CompareOp::TO_BOOL != 0 { format!("bool({symbol})") } else { symbol.into() }
        }),
        Operand::BinaryOp => BinaryOp::from_number(arg).map_or_else(nothing, |binary| binary.entry().1.into()),
        Operand::Invert => match (opcode, arg) {
            (Opcode::IsOp, 0) => "is".into(),
            (Opcode::IsOp, _) => "is not".into(),
            (_, 0) => "in".into(),
            _ => "not in".into(),
        },
        Operand::Intrinsic1 => Intrinsic1::from_number(arg).map_or_else(nothing, |intrinsic| intrinsic.entry().into()),
        Operand::Intrinsic2 => Intrinsic2::from_number(arg).map_or_else(nothing, |intrinsic| intrinsic.entry().into()),
        Operand::SpecialMethod => SpecialMethod::from_number(arg).map_or_else(nothing, |method| method.entry().into()),
        Operand::CommonConstant => CommonConstant::from_number(arg).map_or_else(nothing, |constant| match constant {
            CommonConstant::All | CommonConstant::Any => {
                format!("<built-in function {}>", constant.entry())
            }
            _ => constant.entry().into(),
        }),
        Operand::Conversion => match Conversion::from_number(arg) {
            Some(Conversion::Str) => "str".into(),
            Some(Conversion::Repr) => "repr".into(),
            Some(Conversion::Ascii) => "ascii".into(),
            Some(Conversion::None) | None => nothing(),
        },
        Operand::FunctionAttribute => {
            let bits = (0..5).filter_map(|bit| FunctionAttribute::from_oparg(arg & 1 << bit));
            bits.map(FunctionAttribute::name).collect::<Vec<_>>().join(", ")
        }
        _ => nothing(),
    }
}

fn name(names: &[Text], index: u32) -> String {
    names.get(index as usize).map_or("<unknown>".into(), ToString::to_string)
}
