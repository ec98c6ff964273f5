# Code objects that no compiler makes. CPython would trust most of them; here each is refused with the offset, or runs without
# harm. Every way in is tried: the constructor, `replace`, marshal, import, `__code__`.
import importlib.util
import marshal
import opcode
import os
import re
import struct
import sys
import tempfile
import types

OP = opcode.opmap
CACHES = opcode._inline_cache_entries
FLAGS = {"generator": 0x20, "coroutine": 0x80, "iterable": 0x100, "async": 0x200, "varargs": 4, "nested": 0x10}


def assemble(text):
    code = bytearray()
    for line in text.split("|"):
        name, *operand = line.split()
        operand = int(operand[0]) if operand else 0
        if name == "RAW":
            code += bytes(map(int, line.split()[1:]))
            continue
        parts = [operand >> shift & 255 for shift in (24, 16, 8) if operand >> shift]
        for part in parts:
            code += bytes((OP["EXTENDED_ARG"], part))
        code += bytes((OP.get(name) or opcode._specialized_opmap[name], operand & 255))
        code += bytes(2 * CACHES.get(name, 0))
    return bytes(code)


def template(a, b=1):
    c = 5
    return c


def entry(start, length, target, depth, lasti=0):
    def number(value, first=0):
        parts = [value & 63]
        while value := value >> 6:
            parts.append(value & 63)
        parts.reverse()
        data = bytearray(part | 64 for part in parts[:-1]) + bytes((parts[-1],))
        data[0] |= first
        return bytes(data)
    return number(start, 128) + number(length) + number(target) + number(depth << 1 | lasti)


def make(text, **changes):
    code = text if isinstance(text, bytes) else assemble(text)
    fields = dict(co_code=code, co_exceptiontable=b"", co_linetable=b"", co_stacksize=4, co_consts=(None, 1000, "text", ("a", 1)), co_names=("name", "len"))
    return template.__code__.replace(**{**fields, **changes})


def show(label, function, *arguments):
    try:
        result = function(*arguments)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    else:
        if isinstance(result, types.CoroutineType):
            result.close()
        result = re.sub("0x[0-9a-f]+", "ADDRESS", repr(result))
    print(f"{label}: {result[:140]}")


def attempt(text, label=None, **changes):
    def run():
        function = types.FunctionType(make(text, **changes), globals(), "f", (1,))
        result = function(7)
        if isinstance(result, types.GeneratorType):
            result = list(result)
        return result
    show(label or text, run)


print("jumps")
for text in (
    "JUMP_FORWARD 0", "JUMP_FORWARD 1", "JUMP_FORWARD 255 | RETURN_VALUE", "JUMP_FORWARD 70000 | RETURN_VALUE", "JUMP_BACKWARD 1 | RETURN_VALUE",
    "JUMP_BACKWARD 255 | RETURN_VALUE", "JUMP_BACKWARD_NO_INTERRUPT 2 | RETURN_VALUE", "JUMP_BACKWARD_NO_INTERRUPT 65536 | RETURN_VALUE",
    "LOAD_FAST 0 | TO_BOOL | POP_JUMP_IF_FALSE 200 | LOAD_CONST 0 | RETURN_VALUE", "JUMP_FORWARD 2 | LOAD_FAST 0 | TO_BOOL | RETURN_VALUE",
    "JUMP_FORWARD 1 | LOAD_CONST 65537 | RETURN_VALUE", "JUMP_FORWARD 4294967295 | RETURN_VALUE", "LOAD_FAST 0 | GET_ITER | FOR_ITER 1 | POP_TOP | RETURN_VALUE",
    "LOAD_FAST 0 | GET_ITER | FOR_ITER 60000 | POP_TOP | RETURN_VALUE", "LOAD_FAST 0 | LOAD_CONST 0 | SEND 200 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_CONST 0 | SEND 0 | END_SEND | RETURN_VALUE",
    "LOAD_FAST 0 | POP_JUMP_IF_TRUE 1 | NOP | NOT_TAKEN | LOAD_CONST 0 | RETURN_VALUE", "LOAD_CONST 0 | POP_JUMP_IF_NONE 0 | LOAD_CONST 1 | RETURN_VALUE",
):
    attempt(text)
print("stack")
for text in (
    "POP_TOP | LOAD_CONST 0 | RETURN_VALUE", "RETURN_VALUE", "LOAD_FAST 0 | BINARY_OP 0 | RETURN_VALUE", "LOAD_CONST 0 | LOAD_CONST 0 | LOAD_CONST 0 | LOAD_CONST 0 | LOAD_CONST 0 | RETURN_VALUE",
    "LOAD_FAST 0 | LOAD_FAST 0 | RETURN_VALUE", "LOAD_FAST 0 | COPY 2 | RETURN_VALUE", "LOAD_FAST 0 | COPY 0 | RETURN_VALUE", "LOAD_FAST 0 | SWAP 2 | RETURN_VALUE", "LOAD_FAST 0 | SWAP 1 | RETURN_VALUE",
    "LOAD_FAST 0 | SWAP 0 | RETURN_VALUE", "LOAD_FAST 0 | COPY 4294967295 | RETURN_VALUE", "BUILD_LIST 1 | RETURN_VALUE", "BUILD_TUPLE 4294967295 | RETURN_VALUE", "LOAD_FAST 0 | UNPACK_SEQUENCE 200 | RETURN_VALUE",
    "LOAD_FAST 0 | UNPACK_SEQUENCE 4294967295 | RETURN_VALUE", "LOAD_FAST 0 | UNPACK_EX 65535 | RETURN_VALUE", "LOAD_FAST 0 | UNPACK_EX 258 | RETURN_VALUE", "LOAD_FAST 0 | PUSH_NULL | CALL 2147483647 | RETURN_VALUE",
    "LOAD_FAST 0 | CALL 0 | RETURN_VALUE", "PUSH_NULL | PUSH_NULL | CALL 0 | RETURN_VALUE", "PUSH_NULL | RETURN_VALUE", "PUSH_NULL | STORE_FAST 0 | LOAD_FAST 0 | RETURN_VALUE", "LOAD_FAST 0 | PUSH_NULL | CALL 0 | RETURN_VALUE",
    "PUSH_NULL | LOAD_ATTR 0 | RETURN_VALUE", "PUSH_NULL | GET_ITER | RETURN_VALUE", "PUSH_NULL | COPY 1 | POP_TOP | RETURN_VALUE", "PUSH_NULL | POP_TOP | LOAD_CONST 0 | RETURN_VALUE", "LOAD_CONST 0 | PUSH_NULL | SWAP 2 | RETURN_VALUE", "POP_ITER | LOAD_CONST 0 | RETURN_VALUE",
    "LOAD_FAST 0 | NOP | JUMP_BACKWARD 4 | RETURN_VALUE", "LOAD_FAST 0 | TO_BOOL | POP_JUMP_IF_FALSE 2 | NOT_TAKEN | LOAD_CONST 0 | LOAD_CONST 1 | RETURN_VALUE",
):
    attempt(text)
attempt("LOAD_CONST 0 | RETURN_VALUE", "no stack", co_stacksize=0)
attempt("LOAD_CONST 0 | RETURN_VALUE", "a negative stack", co_stacksize=-1)
attempt("LOAD_CONST 0 | RETURN_VALUE", "a large stack", co_stacksize=1 << 20)
attempt("LOAD_CONST 0 | RETURN_VALUE", "a huge stack", co_stacksize=(1 << 31) - 1)
print("indices")
for text in (
    "LOAD_CONST 4 | RETURN_VALUE", "LOAD_CONST 4294967295 | RETURN_VALUE", "LOAD_NAME 2 | RETURN_VALUE", "LOAD_NAME 1 | RETURN_VALUE", "LOAD_GLOBAL 4 | RETURN_VALUE", "LOAD_GLOBAL 255 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_ATTR 4 | RETURN_VALUE",
    "LOAD_FAST 3 | RETURN_VALUE", "LOAD_FAST_BORROW 255 | RETURN_VALUE", "STORE_FAST 3 | RETURN_VALUE", "LOAD_FAST_LOAD_FAST 51 | RETURN_VALUE", "LOAD_FAST_LOAD_FAST 2 | RETURN_VALUE", "LOAD_CONST 0 | STORE_FAST_LOAD_FAST 32 | RETURN_VALUE",
    "LOAD_CONST 0 | STORE_FAST_LOAD_FAST 2 | RETURN_VALUE", "DELETE_FAST 9 | RETURN_VALUE", "DELETE_FAST 2 | LOAD_CONST 0 | RETURN_VALUE", "LOAD_DEREF 0 | RETURN_VALUE", "LOAD_DEREF 3 | RETURN_VALUE", "MAKE_CELL 0 | LOAD_CONST 0 | RETURN_VALUE",
    "MAKE_CELL 200 | LOAD_CONST 0 | RETURN_VALUE", "COPY_FREE_VARS 1 | LOAD_CONST 0 | RETURN_VALUE", "LOAD_CONST 0 | STORE_DEREF 0 | RETURN_VALUE", "LOAD_SMALL_INT 256 | RETURN_VALUE", "LOAD_SMALL_INT 255 | RETURN_VALUE", "IMPORT_NAME 2 | RETURN_VALUE",
    "LOAD_CONST 0 | LOAD_CONST 0 | IMPORT_NAME 9 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | LOAD_FAST 0 | LOAD_SUPER_ATTR 200 | RETURN_VALUE", "LOAD_FAST_CHECK 2 | RETURN_VALUE", "LOAD_FAST 2 | RETURN_VALUE", "LOAD_FAST_AND_CLEAR 2 | STORE_FAST 2 | LOAD_FAST 2 | RETURN_VALUE",
):
    attempt(text)
for kind in "LOAD_DEREF 1", "LOAD_DEREF 2", "MAKE_CELL 0 | LOAD_DEREF 0", "MAKE_CELL 2 | LOAD_DEREF 2", "COPY_FREE_VARS 1 | LOAD_DEREF 3", "COPY_FREE_VARS 2 | LOAD_DEREF 3", "LOAD_DEREF 3", "LOAD_CONST 0 | STORE_DEREF 2 | LOAD_CONST 0", "DELETE_DEREF 3 | LOAD_CONST 0", "LOAD_FAST 3":
    attempt(kind + " | RETURN_VALUE", "cells: " + kind, co_cellvars=("k",), co_freevars=("v",))
print("operands")
for text in (
    "LOAD_FAST 0 | LOAD_FAST 0 | BINARY_OP 27 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | BINARY_OP 255 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | COMPARE_OP 255 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | IS_OP 2 | RETURN_VALUE",
    "LOAD_FAST 0 | LOAD_FAST 0 | CONTAINS_OP 9 | RETURN_VALUE", "LOAD_FAST 0 | CALL_INTRINSIC_1 0 | RETURN_VALUE", "LOAD_FAST 0 | CALL_INTRINSIC_1 200 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | CALL_INTRINSIC_2 200 | RETURN_VALUE",
    "LOAD_FAST 0 | CALL_INTRINSIC_1 6 | RETURN_VALUE", "LOAD_FAST 0 | CALL_INTRINSIC_1 7 | RETURN_VALUE", "LOAD_FAST 0 | CALL_INTRINSIC_1 11 | RETURN_VALUE", "LOAD_FAST 0 | CALL_INTRINSIC_1 4 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | CALL_INTRINSIC_2 1 | RETURN_VALUE",
    "LOAD_FAST 0 | LOAD_FAST 0 | CALL_INTRINSIC_2 4 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | CALL_INTRINSIC_2 5 | RETURN_VALUE", "LOAD_COMMON_CONSTANT 9 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_SPECIAL 9 | RETURN_VALUE", "LOAD_FAST 0 | CONVERT_VALUE 0 | RETURN_VALUE",
    "LOAD_FAST 0 | CONVERT_VALUE 4 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | SET_FUNCTION_ATTRIBUTE 1 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | SET_FUNCTION_ATTRIBUTE 255 | RETURN_VALUE", "RESUME 9 | LOAD_CONST 0 | RETURN_VALUE", "RAISE_VARARGS 3",
    "LOAD_FAST 0 | RAISE_VARARGS 1", "RAISE_VARARGS 0", "LOAD_FAST 0 | RERAISE 0", "RERAISE 255", "LOAD_FAST 0 | LOAD_FAST 0 | LOAD_FAST 0 | BUILD_SLICE 7 | RETURN_VALUE", "BUILD_LIST 0 | LOAD_FAST 0 | LIST_APPEND 0 | RETURN_VALUE",
    "BUILD_LIST 0 | LOAD_FAST 0 | LIST_APPEND 5 | RETURN_VALUE", "LOAD_CONST 0 | LOAD_FAST 0 | LIST_APPEND 1 | RETURN_VALUE", "LOAD_CONST 0 | LOAD_FAST 0 | SET_ADD 1 | RETURN_VALUE", "LOAD_CONST 0 | LOAD_FAST 0 | LOAD_FAST 0 | MAP_ADD 1 | RETURN_VALUE",
    "LOAD_CONST 0 | LOAD_FAST 0 | DICT_UPDATE 1 | RETURN_VALUE", "LOAD_CONST 0 | LOAD_FAST 0 | LIST_EXTEND 1 | RETURN_VALUE", "LOAD_CONST 0 | LOAD_FAST 0 | SET_UPDATE 1 | RETURN_VALUE", "LOAD_CONST 2 | MAKE_FUNCTION | RETURN_VALUE", "LOAD_FAST 0 | MAKE_FUNCTION | RETURN_VALUE",
    "LOAD_FAST 0 | PUSH_EXC_INFO | RETURN_VALUE", "LOAD_FAST 0 | POP_EXCEPT | LOAD_CONST 0 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | CHECK_EXC_MATCH | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | CHECK_EG_MATCH | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | END_ASYNC_FOR 0 | LOAD_CONST 0 | RETURN_VALUE",
    "LOAD_FAST 0 | GET_ITER | GET_LEN | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | FORMAT_WITH_SPEC | RETURN_VALUE", "LOAD_FAST 0 | LOAD_CONST 1 | BUILD_STRING 2 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | MATCH_KEYS | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | LOAD_FAST 0 | MATCH_CLASS 0 | RETURN_VALUE",
    "LOAD_FAST 0 | PUSH_NULL | LOAD_FAST 0 | LOAD_FAST 0 | CALL_KW 1 | RETURN_VALUE", "LOAD_FAST 0 | PUSH_NULL | LOAD_CONST 3 | CALL_KW 0 | RETURN_VALUE", "LOAD_FAST 0 | PUSH_NULL | LOAD_FAST 0 | LOAD_FAST 0 | CALL_FUNCTION_EX | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | BUILD_INTERPOLATION 2 | RETURN_VALUE",
    "LOAD_FAST 0 | LOAD_FAST 0 | BUILD_TEMPLATE | RETURN_VALUE", "LOAD_BUILD_CLASS | RETURN_VALUE", "LOAD_LOCALS | RETURN_VALUE", "SETUP_ANNOTATIONS | LOAD_CONST 0 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FROM_DICT_OR_GLOBALS 0 | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FROM_DICT_OR_DEREF 0 | RETURN_VALUE",
    "LOAD_FAST 0 | TO_BOOL | UNARY_NOT | RETURN_VALUE", "LOAD_CONST 2 | UNARY_NOT | RETURN_VALUE", "LOAD_CONST 2 | POP_JUMP_IF_TRUE 0 | NOT_TAKEN | LOAD_CONST 0 | RETURN_VALUE", "LOAD_CONST 2 | GET_YIELD_FROM_ITER | RETURN_VALUE", "LOAD_FAST 0 | GET_AWAITABLE 9 | RETURN_VALUE",
    "LOAD_FAST 0 | GET_AITER | RETURN_VALUE", "LOAD_FAST 0 | GET_ANEXT | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | LOAD_FAST 0 | WITH_EXCEPT_START | RETURN_VALUE", "LOAD_FAST 0 | LOAD_FAST 0 | LOAD_FAST 0 | CLEANUP_THROW | RETURN_VALUE", "LOAD_FAST 0 | EXIT_INIT_CHECK | LOAD_CONST 0 | RETURN_VALUE",
    "LOAD_FAST 0 | STORE_NAME 0 | LOAD_CONST 0 | RETURN_VALUE", "DELETE_NAME 0 | LOAD_CONST 0 | RETURN_VALUE", "LOAD_NAME 0 | RETURN_VALUE", "INTERPRETER_EXIT", "LOAD_FAST 0 | FOR_ITER 1 | POP_TOP | END_FOR | POP_ITER | LOAD_CONST 0 | RETURN_VALUE",
    "LOAD_FAST 0 | LOAD_CONST 0 | SEND 1 | YIELD_VALUE 1 | END_SEND | RETURN_VALUE",
):
    attempt(text)
print("opcodes")
specialised = set(opcode._specialized_opmap.values())
for kind, wanted in ("opcode", specialised), ("unknown opcode", {number for number in range(256) if opcode.opname[number].startswith("<")} - specialised):
    accepted = []
    for number in wanted:
        try:
            make(bytes((number, 0) + (0, 0) * 20))
        except ValueError as error:
            assert str(error).startswith(kind), error
        else:
            accepted.append(number)
    print(f"{len(wanted) > 10}: {kind}, accepted: {accepted}")
for name in "INSTRUMENTED_RESUME", "INSTRUMENTED_LINE", "INSTRUMENTED_INSTRUCTION", "INSTRUMENTED_RETURN_VALUE", "ENTER_EXECUTOR", "CACHE", "RESERVED", "INTERPRETER_EXIT":
    if name in OP:
        attempt(bytes((OP[name], 0, OP["RETURN_VALUE"], 0)), name)
print("ends")
extended = OP["EXTENDED_ARG"]
for label, code in {
    "no code": b"", "half an instruction": b"\x1b", "one byte more": assemble("LOAD_CONST 0 | RETURN_VALUE") + b"\0", "EXTENDED_ARG at the end": bytes((extended, 1)), "code, then EXTENDED_ARG": assemble("LOAD_CONST 0 | RETURN_VALUE") + bytes((extended, 1)),
    "five times EXTENDED_ARG": bytes((extended, 1) * 5) + assemble("LOAD_CONST 0 | RETURN_VALUE"), "EXTENDED_ARG of nothing": bytes((extended, 0)) + assemble("LOAD_CONST 0 | RETURN_VALUE"), "no end": assemble("LOAD_CONST 0 | POP_TOP"), "cut in a cache": assemble("LOAD_GLOBAL 2")[:4],
    "a jump at the end": assemble("LOAD_CONST 0 | TO_BOOL | POP_JUMP_IF_FALSE 0"), "no RESUME": assemble("LOAD_CONST 0 | RETURN_VALUE"), "RESUME twice": assemble("RESUME 0 | RESUME 0 | LOAD_CONST 0 | RETURN_VALUE"), "RESUME in the middle": assemble("LOAD_CONST 0 | RESUME 1 | RETURN_VALUE"),
    "EXTENDED_ARG before RESUME": bytes((extended, 0)) + assemble("RESUME 0 | LOAD_CONST 0 | RETURN_VALUE"), "full caches": assemble("RESUME 0 | LOAD_FAST 0")[:4] + bytes((OP["TO_BOOL"], 0)) + b"\xff" * 6 + assemble("RETURN_VALUE"),
}.items():
    attempt(code, label)
print("generators")
plain = "LOAD_CONST 0 | RETURN_VALUE"
body = "RETURN_GENERATOR | POP_TOP | RESUME 0 | LOAD_FAST 0 | YIELD_VALUE 0 | RESUME 5 | POP_TOP | LOAD_CONST 0 | RETURN_VALUE"
for name, flag in FLAGS.items():
    attempt(plain, f"{name} without its code", co_flags=3 | flag)
    attempt(body, f"{name} with a generator's code", co_flags=3 | flag)
attempt(body, "a generator's code without the flag")
attempt(body, "two kinds at once", co_flags=3 | 0x20 | 0x80)
attempt("LOAD_FAST 0 | YIELD_VALUE 0 | RETURN_VALUE", "yield without a generator")
attempt("RETURN_GENERATOR | RETURN_VALUE", "a generator within itself", co_flags=0x23)
attempt("RETURN_GENERATOR | POP_TOP | RETURN_GENERATOR | RETURN_VALUE", "RETURN_GENERATOR twice", co_flags=0x23)
attempt("RETURN_GENERATOR | POP_TOP | LOAD_FAST 0 | YIELD_VALUE 1 | RETURN_VALUE", "a lying YIELD_VALUE", co_flags=0x23)
attempt("RETURN_GENERATOR | POP_TOP | LOAD_FAST 0 | LOAD_FAST 0 | YIELD_VALUE 1 | POP_TOP | RETURN_VALUE", "a YIELD_VALUE in no delegation", co_flags=0x23)
attempt("RETURN_GENERATOR | POP_TOP | LOAD_FAST 0 | CALL_INTRINSIC_1 4 | YIELD_VALUE 0 | RETURN_VALUE", "a wrapped value in a generator", co_flags=0x23)
attempt(plain, "varargs that are not there", co_flags=7 | 8)
for flags in 0, 1, 2, 0x7FFFFFFF, 0x10000000, 0x4000000:
    attempt("RESUME 0 | LOAD_NAME 1 | RETURN_VALUE", f"flags {flags:#x}", co_flags=flags)
print("borrowed locals")
for text in (
    "LOAD_FAST_BORROW 0 | LOAD_SMALL_INT 0 | STORE_FAST 0 | RETURN_VALUE", "LOAD_FAST_BORROW 0 | DELETE_FAST 0 | RETURN_VALUE", "LOAD_FAST_BORROW 0 | STORE_FAST 1 | DELETE_FAST 0 | LOAD_FAST 1 | RETURN_VALUE", "LOAD_FAST_BORROW 0 | COPY 1 | LOAD_CONST 0 | STORE_FAST 0 | BUILD_TUPLE 2 | RETURN_VALUE",
    "LOAD_FAST_BORROW 0 | LOAD_FAST_AND_CLEAR 0 | POP_TOP | RETURN_VALUE", "LOAD_FAST_BORROW_LOAD_FAST_BORROW 1 | DELETE_FAST 0 | DELETE_FAST 1 | BUILD_TUPLE 2 | RETURN_VALUE", "LOAD_FAST_BORROW 0 | LOAD_CONST 0 | STORE_FAST_LOAD_FAST 1 | POP_TOP | RETURN_VALUE",
    "LOAD_FAST_BORROW 0 | LOAD_CONST 0 | STORE_FAST 0 | STORE_FAST 1 | LOAD_FAST_BORROW 1 | RETURN_VALUE", "LOAD_FAST_BORROW 2 | RETURN_VALUE",
):
    def run(text=text):
        function = types.FunctionType(make(text), globals(), "f", (["b"],))
        return [function([number, [number]]) for number in range(3)]
    show(text, run)
print("exception table")
raising = "LOAD_NAME 0 | RETURN_VALUE | PUSH_EXC_INFO | POP_TOP | POP_EXCEPT | LOAD_CONST 1 | RETURN_VALUE"
for label, table in {
    "right": entry(0, 2, 2, 0), "no start": b"\0\0", "all ones": b"\xff" * 9, "cut off": entry(0, 2, 2, 0)[:2], "an endless number": b"\xc0" + b"\x40" * 20, "a huge depth": entry(0, 2, 2, 1000000), "a wrong depth": entry(0, 2, 2, 1), "lasti": entry(0, 2, 2, 0, 1),
    "into itself": entry(0, 2, 0, 0), "target outside": entry(0, 2, 500, 0), "target at the end": entry(0, 2, 7, 0), "start outside": entry(300, 2, 2, 0), "end outside": entry(0, 300, 2, 0), "empty range": entry(0, 0, 2, 0), "overlap": entry(0, 2, 2, 0) + entry(1, 2, 2, 0),
    "backwards": entry(1, 1, 2, 0) + entry(0, 1, 2, 0), "huge": entry(1 << 31, 1 << 31, 1 << 31, 1 << 31), "handler in its own range": entry(0, 7, 2, 0), "random": bytes(range(128, 256)),
}.items():
    attempt(raising, label, co_exceptiontable=table)
print("location table")
for label, table in {
    "empty": b"", "zeros": b"\0" * 9, "ones": b"\xff" * 40, "cut off": b"\xf8", "cut number": b"\xf0\xff\xff\xff", "an endless number": b"\xe8" + b"\x7f" * 40 + b"\0", "far lines": b"\xe8\x7e\x7f\x7f\x7f\x1f" * 4, "more than the code": b"\xff" * 300, "text": b"hello",
}.items():
    attempt("RESUME 0 | " + plain, label, co_linetable=table)

    def lines(table=table):
        code = make("RESUME 0 | LOAD_NAME 0 | RETURN_VALUE", co_linetable=table)
        return list(code.co_lines())[:3], list(code.co_positions())[:3]
    show(label, lines)

    def trace(table=table):
        try:
            types.FunctionType(make("RESUME 0 | LOAD_NAME 0 | RETURN_VALUE", co_linetable=table), {}, "f", (1,))(2)
        except NameError as error:
            return error.__traceback__.tb_next.tb_lineno
    show(label, trace)
print("fields")
for changes in (
    dict(co_argcount=5), dict(co_posonlyargcount=3), dict(co_kwonlyargcount=9), dict(co_argcount=-1), dict(co_nlocals=1), dict(co_nlocals=9), dict(co_nlocals=-1), dict(co_varnames=("a",)), dict(co_varnames=("a", 5, "c")), dict(co_cellvars=("a",)), dict(co_freevars=("a",)),
    dict(co_cellvars=("x", "x")), dict(co_consts=()), dict(co_names=()), dict(co_consts=([],)), dict(co_firstlineno=-1), dict(co_firstlineno=(1 << 31) - 1), dict(co_argcount=1 << 40), dict(co_name=5), dict(co_code="text"), dict(co_freevars=("a", "b"), co_cellvars=("c",)),
):
    attempt("RESUME 0 | LOAD_CONST 0 | RETURN_VALUE", repr(changes), **changes)
show("constructor", types.CodeType, 0, 0, 0, 0, 0, 0, b"", (), (), (), "", "", "", 0, b"", b"")
show("constructor", types.CodeType, 9, 0, 0, 0, 1, 0, assemble(plain), (None,), (), (), "", "", "", 0, b"", b"")
show("constructor", types.CodeType, 0, 0, 0, 0, 0, 0, assemble(plain), (None,), (), (), "", "", "", 0, b"", b"")
show("constructor", types.CodeType, 0, 0, 0, 0, 1, 0, assemble("LOAD_CONST 1 | RETURN_VALUE"), (None,), (), (), "", "", "", 0, b"", b"")
show("constructor", types.CodeType, 1, 0, 0, 1, 1, 0, assemble("LOAD_FAST 0 | RETURN_VALUE"), (None,), (), ("a",), "", "", "", 0, b"", b"", ("a",), ("a",))
print("functions")
plain_code, cells = make(plain), make("COPY_FREE_VARS 1 | LOAD_DEREF 3 | RETURN_VALUE", co_freevars=("v",))
show("FunctionType without closure", types.FunctionType, cells, globals())
show("FunctionType with closure", lambda: types.FunctionType(cells, {}, "f", (), (types.CellType(5),))(1, 2))
show("FunctionType with a wrong closure", types.FunctionType, cells, {}, "f", (), (5,))
show("FunctionType with an empty cell", lambda: types.FunctionType(cells, {}, "f", (), (types.CellType(),))(1, 2))
show("exec with free variables", exec, cells)
show("exec with a wrong closure", lambda: exec(cells, {}, closure=(1,)))


def assign(code):
    def victim(): pass
    victim.__code__ = code
    return victim


show("__code__ with free variables", assign, cells)
show("__code__ of another signature", lambda: assign(plain_code)())
show("__code__ of another signature, called right", lambda: assign(plain_code)(1, 2))
show("__code__ that is none", assign, 5)


def recursive(count):
    if count:
        recursive.__code__ = make("RESUME 0 | LOAD_CONST 1 | RETURN_VALUE")
        return recursive(count - 1, 2), count
    return 0


show("__code__ changed while it runs", recursive, 3)


def suspended():
    yield 1
    suspended.__code__ = make(body, co_flags=0x23)
    yield 2


show("__code__ changed while suspended", lambda: list(suspended()))
print("marshal and import")
damaged = marshal.dumps(make("RESUME 0 | LOAD_CONST 0 | RETURN_VALUE")).replace(assemble("LOAD_CONST 0 | RETURN_VALUE"), assemble("POP_TOP | RETURN_VALUE"))
show("marshal.loads", marshal.loads, damaged)
show("marshal.loads of a list", marshal.loads, b"[\1\0\0\0" + damaged)
with tempfile.TemporaryDirectory() as directory:
    sys.path.insert(0, directory)
    os.mkdir(os.path.join(directory, "__pycache__"))
    source = os.path.join(directory, "hostile.py")
    with open(source, "w") as file:
        file.write("print('source')\n")
    stat = os.stat(source)
    with open(importlib.util.cache_from_source(source), "wb") as file:
        file.write(importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, int(stat.st_mtime), stat.st_size) + damaged)
    show("import from __pycache__", __import__, "hostile")
    with open(os.path.join(directory, "sourceless.pyc"), "wb") as file:
        file.write(importlib.util.MAGIC_NUMBER + bytes(12) + damaged)
    show("import without a source", __import__, "sourceless")
nested = make(plain)
for depth in range(900):
    nested = make(plain, co_consts=(nested,))
show("deep code", lambda: len(marshal.dumps(nested)) > 900)
show("deep code, read", lambda: type(marshal.loads(marshal.dumps(nested))).__name__)
nested = ()
for depth in range(1900):
    nested = (nested,)
show("deep constants", lambda: type(marshal.loads(marshal.dumps(make(plain, co_consts=(nested,))))).__name__)
for depth in range(200000):
    nested = (nested,)
show("deeper constants", lambda: type(make(plain, co_consts=(nested,))).__name__)
shared = ("leaf",)
for depth in range(60):
    shared = (shared, shared)
show("shared constants", lambda: len(marshal.dumps(make(plain, co_consts=(None, shared)))) < 10000)
pairs = marshal.dumps(shared)
show("shared values, read", lambda: len(marshal.loads(pairs)))
show("shared constants, read", marshal.loads, marshal.dumps(make(plain)).replace(marshal.dumps("text"), pairs))
show("a tuple within itself", marshal.loads, b"\xa9\1r\0\0\0\0")
