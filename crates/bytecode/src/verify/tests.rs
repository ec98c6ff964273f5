//! Code that must pass, must be mended, must be refused.

use std::sync::Arc;

use super::*;
use crate::exceptions::{ExceptionEntry, ExceptionWriter};
use crate::flags::*;
use crate::opcode::{Opcode, op};

/// The bytes of instructions like `LOAD_FAST 0 | RETURN_VALUE`, with empty caches.
fn asm(text: &str) -> Vec<u8> {
    let instructions = text.split('|').filter(|part| !part.trim().is_empty());
    let encode = |instruction: &str| {
        let mut words = instruction.split_whitespace();
        let opcode = words.next().and_then(Opcode::from_name).expect("an opcode's name");
        let operand = words.next().map_or(0, |word| word.parse().expect("an operand"));
        let mut bytes = vec![opcode.byte().expect("a real opcode"), operand];
        bytes.resize(2 + 2 * opcode.caches(), 0);
        bytes
    };
    instructions.flat_map(encode).collect()
}

/// A function of the parameter `a` with the locals `b` and `c`.
fn raw(code: &[u8]) -> CodeObject {
    let names = Constant::Tuple([Constant::str("k")].into());
    CodeObject {
        argcount: 1,
        stacksize: 6,
        flags: CO_OPTIMIZED | CO_NEWLOCALS,
        code: code.into(),
        consts: [Constant::None, Constant::int(1000), names].into(),
        names: [Text::from("name")].into(),
        localsplusnames: ["a", "b", "c"].map(Text::from).into(),
        localspluskinds: [CO_FAST_LOCAL | CO_FAST_ARG_POS, CO_FAST_LOCAL, CO_FAST_LOCAL].into(),
        ..CodeObject::default()
    }
}

fn function(code: &str) -> CodeObject {
    raw(&asm(code))
}

/// The function with a handler for the bytes from `range.0` to before `range.1`.
fn handled(code: &str, range: (u32, u32), target: u32, depth: u32, lasti: bool) -> CodeObject {
    let mut table = ExceptionWriter::new();
    table.push(ExceptionEntry { start: range.0, end: range.1, target, depth, lasti });
    CodeObject { exceptiontable: table.finish().into(), ..function(code) }
}

fn check(code: CodeObject) -> Result<Arc<CodeObject>, String> {
    verify(Arc::new(code)).map_err(|error| match error.offset {
        Some(offset) => format!("{} at {offset}", error.message),
        None => error.message,
    })
}

#[track_caller]
fn passes(code: CodeObject) {
    let bytes = code.code.clone();
    assert_eq!(check(code).map(|code| code.code.clone()), Ok(bytes));
}

#[track_caller]
fn becomes(code: CodeObject, mended: &str) {
    assert_eq!(check(code).map(|code| code.code.to_vec()), Ok(asm(mended)));
}

/// `LOAD` in the text stands for an opcode, before and after.
#[track_caller]
fn load_becomes(code: &str, before: &str, after: &str) {
    becomes(function(&code.replace("LOAD ", before)), &code.replace("LOAD ", after));
}

#[track_caller]
fn refused(code: CodeObject, message: &str) {
    assert_eq!(check(code).map(|_| ()), Err(message.into()));
}

#[track_caller]
fn fails(code: &str, message: &str) {
    refused(function(code), message);
}

#[test]
fn plain_functions_pass() {
    passes(function("RESUME 0 | LOAD_FAST_BORROW 0 | RETURN_VALUE"));
    passes(function("LOAD_CONST 0 | STORE_FAST 1 | LOAD_FAST_LOAD_FAST 1 | IS_OP 0 | RETURN_VALUE"));
}

#[test]
fn opcodes() {
    fails("", "code is empty");
    refused(raw(&[121, 0]), "unknown opcode 121 at 0");
    for name in ["RESUME_CHECK", "INSTRUMENTED_RESUME", "ENTER_EXECUTOR", "CACHE", "INTERPRETER_EXIT"] {
        fails(name, &format!("opcode {name} may not stand in code at 0"));
    }
    fails("EXTENDED_ARG 1 | NOP", "EXTENDED_ARG before NOP, which has no operand at 2");
    fails("NOP | EXTENDED_ARG 0", "code ends within an instruction at 2");
    refused(raw(&[op::LOAD_FAST, 0, op::TO_BOOL, 0]), "inline cache is cut off at 2");
}

#[test]
fn operands() {
    let cases = [
        "LOAD_CONST 3",
        "LOAD_NAME 1",
        "LOAD_GLOBAL 2",
        "LOAD_FAST 3",
        "LOAD_FAST_LOAD_FAST 48",
        "LOAD_DEREF 0",
        "BINARY_OP 27",
        "COMPARE_OP 192",
        "COPY 0",
        "COPY 7",
        "SWAP 1",
        "RERAISE 3",
        "CALL 7",
        "CALL_INTRINSIC_1 0",
        "CALL_INTRINSIC_1 4",
        "CALL_INTRINSIC_2 6",
        "LOAD_SPECIAL 4",
        "LOAD_COMMON_CONSTANT 5",
        "CONVERT_VALUE 0",
        "SET_FUNCTION_ATTRIBUTE 3",
        "RESUME 8",
        "BUILD_SLICE 1",
        "COPY_FREE_VARS 1",
    ];
    for case in cases {
        let (name, operand) = case.split_once(' ').unwrap();
        fails(case, &format!("operand {operand} of {name} is out of range at 0"));
    }
}

#[test]
fn jumps() {
    fails("JUMP_FORWARD 1", "jump does not lead to an instruction at 0");
    fails("JUMP_BACKWARD_NO_INTERRUPT 3", "jump leads out of the code at 0");
    let into_a_cache = "LOAD_FAST 0 | JUMP_FORWARD 1 | TO_BOOL | RETURN_VALUE";
    fails(into_a_cache, "jump does not lead to an instruction at 2");
    let past_an_extension = "JUMP_FORWARD 1 | EXTENDED_ARG 0 | LOAD_CONST 0 | RETURN_VALUE";
    fails(past_an_extension, "jump does not lead to an instruction at 0");
    fails("NOP", "control runs off the end of the code at 0");
    let code = "LOAD_FAST 0 | GET_ITER | FOR_ITER 0 | RETURN_VALUE";
    fails(code, "FOR_ITER does not lead to END_FOR at 4");
}

#[test]
fn depth() {
    fails("POP_TOP", "POP_TOP takes more values than are on the stack at 0");
    fails(&"LOAD_FAST 0 |".repeat(7), "LOAD_FAST leaves more values than co_stacksize allows at 12");
    let code = "LOAD_FAST 0 | POP_JUMP_IF_TRUE 1 | LOAD_FAST 0 | LOAD_FAST 0 | RETURN_VALUE";
    fails(code, "the stack has different depths on the ways to offset 8 at 6");
    let code = "LOAD_FAST 0 | LOAD_FAST 0 | RETURN_VALUE";
    fails(code, "RETURN_VALUE: values remain on the stack at 4");
}

#[test]
fn null_and_values() {
    fails("PUSH_NULL | RETURN_VALUE", "RETURN_VALUE: wants Value, finds Null at 2");
    let wrong_order = "PUSH_NULL | LOAD_FAST 0 | CALL 0 | RETURN_VALUE";
    fails(wrong_order, "CALL: wants Value, finds Null at 4");
    fails("LOAD_FAST 0 | END_FOR | RETURN_VALUE", "END_FOR: takes more values than are on the stack at 2");
    fails("PUSH_NULL | LOAD_FAST 0 | END_FOR | POP_TOP | RETURN_VALUE", "END_FOR: wants Value, finds Null at 4");
    let code = "LOAD_FAST_AND_CLEAR 1 | STORE_FAST 2 | LOAD 2 | RETURN_VALUE";
    load_becomes(code, "LOAD_FAST ", "LOAD_FAST_CHECK ");
}

#[test]
fn unbound_locals_are_looked_at() {
    load_becomes("LOAD 1 | RETURN_VALUE", "LOAD_FAST ", "LOAD_FAST_CHECK ");
    load_becomes("LOAD 1 | RETURN_VALUE", "LOAD_FAST_BORROW ", "LOAD_FAST_CHECK ");
    let bound_on_one_way = "LOAD_FAST 0 | POP_JUMP_IF_TRUE 2 | LOAD_CONST 0 | STORE_FAST 1 | LOAD 1 | RETURN_VALUE";
    load_becomes(bound_on_one_way, "LOAD_FAST ", "LOAD_FAST_CHECK ");
    load_becomes("DELETE_FAST 0 | LOAD 0 | RETURN_VALUE", "LOAD_FAST ", "LOAD_FAST_CHECK ");
    // bound by the check before
    passes(function("LOAD_FAST_CHECK 1 | POP_TOP | LOAD_FAST 1 | RETURN_VALUE"));
    let pair = "LOAD_FAST_LOAD_FAST 1 | IS_OP 0 | RETURN_VALUE";
    fails(pair, "LOAD_FAST_LOAD_FAST: local may be unbound at 0");
}

#[test]
fn borrowed_locals_are_not_overwritten() {
    let cases = [
        "LOAD 0 | LOAD_CONST 0 | STORE_FAST 0 | RETURN_VALUE",
        "LOAD 0 | STORE_FAST 1 | LOAD_FAST 1 | RETURN_VALUE",
        "LOAD 0 | COPY 1 | POP_TOP | DELETE_FAST 0 | RETURN_VALUE",
    ];
    for case in cases {
        load_becomes(case, "LOAD_FAST_BORROW ", "LOAD_FAST ");
    }
    let pair = "LOAD 0 | DELETE_FAST 0 | IS_OP 0 | RETURN_VALUE";
    load_becomes(pair, "LOAD_FAST_BORROW_LOAD_FAST_BORROW ", "LOAD_FAST_LOAD_FAST ");
    passes(function("LOAD_FAST_BORROW 0 | STORE_NAME 0 | DELETE_FAST 0 | LOAD_CONST 0 | RETURN_VALUE"));
}

#[test]
fn caches_are_zeroed() {
    let clean = "LOAD_FAST 0 | TO_BOOL | RETURN_VALUE";
    let mut dirty = asm(clean);
    dirty[5] = 9;
    becomes(raw(&dirty), clean);
}

#[test]
fn cells() {
    let cell = |code: &str| CodeObject {
        localspluskinds: [CO_FAST_LOCAL | CO_FAST_CELL, CO_FAST_CELL, CO_FAST_FREE].into(),
        flags: CO_OPTIMIZED | CO_NESTED,
        ..function(code)
    };
    passes(cell("MAKE_CELL 0 | LOAD_DEREF 0 | RETURN_VALUE"));
    passes(cell("COPY_FREE_VARS 1 | LOAD_DEREF 2 | RETURN_VALUE"));
    for variable in [0, 2] {
        let code = format!("LOAD_DEREF {variable} | RETURN_VALUE");
        refused(cell(&code), "LOAD_DEREF: local is not a cell at 0");
    }
    refused(cell("COPY_FREE_VARS 2"), "operand 2 of COPY_FREE_VARS is out of range at 0");
    refused(cell("NOP | COPY_FREE_VARS 1"), "COPY_FREE_VARS may not stand here at 2");
    let overwritten = "MAKE_CELL 0 | LOAD_CONST 0 | STORE_FAST 0 | LOAD_DEREF 0 | RETURN_VALUE";
    refused(cell(overwritten), "LOAD_DEREF: local is not a cell at 6");
    refused(cell("MAKE_CELL 0 | DELETE_FAST 0"), "DELETE_FAST: local is a cell at 2");
    // taken away and put back, as inlined comprehensions do
    passes(cell("MAKE_CELL 0 | LOAD_FAST_AND_CLEAR 0 | STORE_FAST 0 | LOAD_DEREF 0 | RETURN_VALUE"));
    let kinds = [CO_FAST_FREE, CO_FAST_LOCAL, CO_FAST_LOCAL].into();
    refused(CodeObject { localspluskinds: kinds, ..function("NOP") }, "variable 0 has the impossible kind 0x80");
}

#[test]
fn functions_and_closures() {
    let inner = CodeObject {
        stacksize: 1,
        code: asm("COPY_FREE_VARS 1 | LOAD_DEREF 0 | RETURN_VALUE").into(),
        localsplusnames: [Text::from("a")].into(),
        localspluskinds: [CO_FAST_FREE].into(),
        ..CodeObject::default()
    };
    let outer = |code: &str| CodeObject {
        consts: [Constant::from(inner.clone()), Constant::None].into(),
        localspluskinds: [CO_FAST_LOCAL | CO_FAST_CELL, CO_FAST_CELL, CO_FAST_LOCAL].into(),
        ..function(code)
    };
    let make = "LOAD_FAST 0 | BUILD_TUPLE 1 | LOAD_CONST 0 | MAKE_FUNCTION";
    let close = "SET_FUNCTION_ATTRIBUTE 8 | RETURN_VALUE";
    passes(outer(&format!("MAKE_CELL 0 | {make} | {close}")));
    let open = "RETURN_VALUE: wants Value, finds OpenFunction(1) at 10";
    refused(outer(&format!("MAKE_CELL 0 | {make} | RETURN_VALUE")), open);
    let no_cell = "SET_FUNCTION_ATTRIBUTE: attribute 8 cannot be Tuple at 8";
    refused(outer(&format!("{make} | {close}")), no_cell);
    let no_code = "MAKE_FUNCTION: operand is not a constant code object at 2";
    refused(outer("LOAD_CONST 1 | MAKE_FUNCTION | RETURN_VALUE"), no_code);
}

#[test]
fn inner_code_is_verified() {
    let outer = |constant: Constant| CodeObject { consts: [constant].into(), ..function("LOAD_CONST 0 | RETURN_VALUE") };
    let bad = CodeObject { qualname: "inner".into(), ..function("POP_TOP") };
    let error = verify(Arc::new(outer(Constant::Tuple([bad.into()].into())))).unwrap_err();
    let text = "invalid code object 'inner': POP_TOP takes more values than are on the stack at offset 0";
    assert_eq!(error.to_string(), text);
    let mended = check(outer(function("LOAD_FAST 1 | RETURN_VALUE").into())).unwrap();
    assert_eq!(mended.consts[0].as_code().unwrap().code[0], op::LOAD_FAST_CHECK);
}

#[test]
fn generators() {
    let generator = |code: &str| CodeObject { flags: CO_OPTIMIZED | CO_GENERATOR, ..function(code) };
    let body = "RESUME 0 | LOAD_FAST 0 | YIELD_VALUE 0 | RETURN_VALUE";
    let whole = format!("RETURN_GENERATOR | POP_TOP | {body}");
    passes(generator(&whole));
    fails(&whole, "RETURN_GENERATOR may not stand here at 0");
    fails(body, "YIELD_VALUE may not stand here at 4");
    refused(generator(body), "RESUME may not stand here at 0");
    let code = "RETURN_GENERATOR | POP_TOP | LOAD_FAST 0 | YIELD_VALUE 1 | RETURN_VALUE";
    refused(generator(code), "YIELD_VALUE: there is no iterator below the value at 6");
    let code = "RETURN_GENERATOR | JUMP_BACKWARD_NO_INTERRUPT 2";
    refused(generator(code), "jump into the prologue at 0");
    let both = CodeObject { flags: CO_GENERATOR | CO_COROUTINE, ..function(&whole) };
    refused(both, "code is of several generator kinds at once");
}

#[test]
fn handlers() {
    let code = "LOAD_NAME 0 | RETURN_VALUE | PUSH_EXC_INFO | POP_TOP | POP_EXCEPT | LOAD_CONST 0 | RETURN_VALUE";
    passes(handled(code, (0, 4), 4, 0, false));
    let below = "LOAD_NAME may raise below the depth of its handler at 0";
    refused(handled(code, (0, 4), 4, 1, false), below);
    let small = "exception table: the stack is too small for a handler at 0";
    refused(handled(code, (0, 4), 4, 6, false), small);
    let outside = "exception table: an entry does not fall on instructions at 0";
    refused(handled(code, (0, 4), 40, 0, false), outside);
    refused(handled(code, (0, 4), 4, 0, true), "RETURN_VALUE: values remain on the stack at 12");
    let damaged = CodeObject { exceptiontable: [0x80, 2, 2, 0, 0x80, 2].into(), ..function(code) };
    refused(damaged, "exception table is damaged at its byte 4");
}

#[test]
fn locals_in_handlers() {
    let code = "LOAD_NAME 0 | STORE_FAST 1 | LOAD_NAME 0 | RETURN_VALUE | POP_TOP | LOAD_FAST 1 | RETURN_VALUE";
    // bound before the handler's range, or within it
    passes(handled(code, (4, 8), 8, 0, false));
    becomes(handled(code, (0, 8), 8, 0, false), &code.replace("LOAD_FAST ", "LOAD_FAST_CHECK "));
}

#[test]
fn internal_operands() {
    fails("LOAD_FAST 0 | RERAISE 0", "RERAISE: wants Exception, finds Value at 2");
    fails("LOAD_FAST 0 | POP_EXCEPT", "POP_EXCEPT: wants ExceptionOrNone, finds Value at 2");
    fails("LOAD_FAST 0 | PUSH_EXC_INFO", "PUSH_EXC_INFO: wants Exception, finds Value at 2");
    fails("LOAD_FAST 0 | LOAD_FAST 0 | LIST_APPEND 1", "LIST_APPEND: wants List, finds Value at 4");
    fails("LOAD_FAST 0 | CALL_INTRINSIC_1 6", "CALL_INTRINSIC_1: wants List, finds Value at 2");
    let call = "LOAD_FAST 0 | PUSH_NULL | LOAD_FAST 0 | LOAD_CONST 1 | CALL_KW 1";
    fails(call, "CALL_KW: keyword names are not a tuple of so many strings at 8");
    passes(function(&call.replace("LOAD_CONST 1 | CALL_KW 1", "LOAD_CONST 2 | CALL_KW 1 | RETURN_VALUE")));
    // a position to re-raise from that the handler did not push
    let forged = "LOAD_NAME 0 | RETURN_VALUE | LOAD_CONST 1 | SWAP 2 | RERAISE 1";
    refused(handled(forged, (0, 4), 4, 0, false), "RERAISE: wants Lasti, finds Value at 8");
    passes(handled("LOAD_NAME 0 | RETURN_VALUE | RERAISE 1", (0, 4), 4, 0, true));
}

#[test]
fn tables() {
    let code = || function("LOAD_FAST 0 | RETURN_VALUE");
    passes(CodeObject { linetable: [0xF8].into(), ..code() });
    let damaged = CodeObject { linetable: [0xF8, 0xF0].into(), ..code() };
    refused(damaged, "location table is damaged at its byte 1");
    refused(CodeObject { stacksize: u32::MAX >> 1, ..code() }, "co_stacksize is too large");
}
