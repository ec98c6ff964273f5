//! Python in Rust: an interpreter to embed, with the whole standard library inside, and the `pvm` command.
//!
//! | where | what |
//! |---|---|
//! | `interpreter.rs`, `error.rs` | [`Interpreter`]: Python inside a Rust program |
//! | `command/` | the command: CPython's command line, running programs, exit codes |

pub mod command;
mod error;
mod interpreter;

pub use error::Error;
pub use interpreter::{Builder, FromPython, Interpreter};
