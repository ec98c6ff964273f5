//! The embedding API and the `pvm` command.
//!
//! | where | what |
//! |---|---|
//! | `interpreter.rs` | [`Interpreter`]: Python inside a Rust program |
//! | `command/` | the command: CPython's command line, running programs, exit codes |

pub mod command;
