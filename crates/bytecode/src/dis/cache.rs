//! What the inline caches hold, as `opcode._cache_format`.

use crate::opcode::op;

type Layout = &'static [(&'static str, usize)];

const COUNTER: Layout = &[("counter", 1)];
const WITH_VERSION: Layout = &[("counter", 1), ("version", 2)];
const CALL: Layout = &[("counter", 1), ("func_version", 2)];

const LAYOUTS: [(u8, Layout); 19] = [
    (op::LOAD_GLOBAL, &[("counter", 1), ("index", 1), ("module_keys_version", 1), ("builtin_keys_version", 1)]),
    (op::BINARY_OP, &[("counter", 1), ("descr", 4)]),
    (op::UNPACK_SEQUENCE, COUNTER),
    (op::COMPARE_OP, COUNTER),
    (op::CONTAINS_OP, COUNTER),
    (op::FOR_ITER, COUNTER),
    (op::LOAD_SUPER_ATTR, COUNTER),
    (op::LOAD_ATTR, &[("counter", 1), ("version", 2), ("keys_version", 2), ("descr", 4)]),
    (op::STORE_ATTR, &[("counter", 1), ("version", 2), ("index", 1)]),
    (op::CALL, CALL),
    (op::CALL_KW, CALL),
    (op::STORE_SUBSCR, COUNTER),
    (op::SEND, COUNTER),
    (op::JUMP_BACKWARD, COUNTER),
    (op::TO_BOOL, WITH_VERSION),
    (op::POP_JUMP_IF_TRUE, COUNTER),
    (op::POP_JUMP_IF_FALSE, COUNTER),
    (op::POP_JUMP_IF_NONE, COUNTER),
    (op::POP_JUMP_IF_NOT_NONE, COUNTER),
];

/// Names and sizes (in cells of two bytes) of the parts of a base opcode's cache.
pub(super) fn layout(byte: u8) -> impl Iterator<Item = (&'static str, usize)> {
    let found = LAYOUTS.iter().find(|(opcode, _)| *opcode == byte);
    found.into_iter().flat_map(|(_, layout)| layout.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opcode::{CACHES, Class, Opcode};

    #[test]
    fn sizes_agree_with_the_table() {
        for opcode in Opcode::all().filter(|opcode| opcode.info().class == Class::Base) {
            let byte = opcode.byte().unwrap();
            let cells: usize = layout(byte).map(|(_, size)| size).sum();
            assert_eq!(cells, usize::from(CACHES[usize::from(byte)]), "{opcode}");
        }
    }
}
