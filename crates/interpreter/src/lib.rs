//! Frames, the evaluation loop, adaptive caches, unwinding, generators, threads, signals, imports, `builtins` and `sys`.
//!
//! | where | what |
//! |---|---|
//! | `interpreter.rs` | the interpreter: what it owns, how it is made and ends |
//! | `frame.rs`, `execution.rs`, `thread.rs` | the layout that code runs in |
//! | `eval/` | the loop, and the instructions that are functions, by subject; specialisation; unwinding |
//! | `call/`, `functions.rs` | calling Python functions |
//! | `generator/` | generators, coroutines, asynchronous generators |
//! | `start/` | from an empty interpreter to one that can run a program: imports, streams, `site` |
//! | `import/` | the import system's native half |
//! | `threads/`, `signals.rs`, `requests.rs` | threads, signals, and what running code is asked to do |
//! | `permissions.rs` | what a program may touch beyond its interpreter |
//! | `monitoring/` | events of running code, trace and profile functions |
//! | `builtins/`, `sys/` | the two modules that belong to the machine itself |
//!
//! A newcomer starts at `eval/mod.rs`.

pub mod ast_bridge;
pub mod audit;
pub mod builtins;
pub mod call;
pub mod codes;
pub mod compile_errors;
pub mod config;
mod dependents;
pub mod display;
pub mod eval;
pub mod execution;
pub mod faults;
pub mod frame;
pub mod frame_attributes;
mod frame_jump;
pub mod frame_locals;
pub mod frame_object;
pub mod functions;
pub mod generator;
pub mod import;
pub mod interpreter;
pub mod intrinsics;
pub mod monitoring;
pub mod object_hooks;
pub mod os_text;
pub mod permissions;
pub mod repl;
pub mod requests;
mod roots;
pub mod shutdown;
pub mod signals;
pub mod source;
pub mod start;
pub mod sys;
pub mod templates;
pub mod thread;
pub mod threads;
pub mod uncaught;
pub mod unraisable;
pub mod warnings;

pub use config::Config;
pub use interpreter::{FrozenModule, FrozenSource, Interpreter, Setup};
