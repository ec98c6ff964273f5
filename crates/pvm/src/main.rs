//! The `pvm` command.

#![cfg_attr(not(test), no_main)]

use std::ffi::{c_char, c_int};

/// C's entry rather than Rust's, which would open `/dev/null` where a standard stream is closed: Python shows such a stream
/// as `None`.
// SAFETY: nothing else in the program is called `main`.
#[cfg_attr(not(test), unsafe(no_mangle))]
pub extern "C" fn main(_count: c_int, _arguments: *const *const c_char) -> c_int {
    c_int::from(pvm::command::main())
}
