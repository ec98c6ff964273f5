//! Python in Rust: an interpreter to embed, with the whole standard library inside, and the `pvm` command.
//!
//! ```
//! let python = pvm::Interpreter::new()?;
//! python.run("import math")?;
//! assert_eq!(python.eval::<f64>("math.sqrt(2) * math.sqrt(2)")?.round(), 2.0);
//!
//! let error = python.run("[][0]").unwrap_err();
//! assert_eq!(error.to_string(), "IndexError: list index out of range");
//! # Ok::<(), pvm::Error>(())
//! ```
//!
//! | where | what |
//! |---|---|
//! | `interpreter.rs`, `builder.rs` | [`Interpreter`]: Python inside a Rust program, and how it is to be |
//! | `convert.rs`, `functions.rs`, `object.rs` | values, functions and objects across the border |
//! | `watchdog.rs` | limits of time, and stopping programs from outside |
//! | `streams.rs` | standard streams over writers and readers |
//! | `error.rs` | [`Error`]: what came instead of a result |
//! | `command/` | the command: CPython's command line, running programs, exit codes |
//!
//! Native classes and modules of a program's own are made with the macros of the crate `pvm_macros` on top of `pvm_object`, as those of the
//! standard library are, and given to [`Builder::module`].

mod builder;
pub mod command;
mod convert;
mod error;
mod functions;
mod interpreter;
mod object;
mod streams;
mod watchdog;

pub use builder::{Builder, Files};
pub use convert::{Arguments, Bytes, FromPython, ToPython};
pub use error::{Error, Kind};
pub use functions::{Function, IntoFunction, function};
pub use interpreter::Interpreter;
pub use object::Object;
pub use watchdog::InterruptHandle;
