//! What the targets share: interpreters that keep a program of others within limits, and the options of the sanitizer.

pub mod program;

use std::cell::RefCell;
use std::ffi::c_char;
use std::time::Duration;

use pvm::{Arguments, Error, FromPython, Interpreter, Kind};

/// Frames are measured by their addresses and stacks are switched, so locals must stay on the stack; what is immortal is no leak.
#[unsafe(no_mangle)]
extern "C" fn __asan_default_options() -> *const c_char {
    c"detect_stack_use_after_return=0:detect_leaks=0:allocator_may_return_null=1:handle_abort=1".as_ptr()
}

/// After so many runs an interpreter gives way to a fresh one, so that inputs hardly depend on those before.
const RUNS: u32 = 2000;

/// An interpreter without files, network, processes or threads, with limits of time and memory.
pub fn sandbox(setup: &str) -> Interpreter {
    let python = Interpreter::builder()
        .sandboxed()
        .memory_limit(256 << 20)
        .time_limit(Duration::from_secs(3))
        .build()
        .expect("an interpreter");
    python.run(setup).expect("the target's own program");
    python
}

thread_local! {
    static CURRENT: RefCell<Option<(u32, Interpreter)>> = const { RefCell::new(None) };
}

/// Calls `run`, a function of the program `setup`, in an interpreter that is used again. A program over its limits is none of the
/// findings, and leaves its interpreter behind; another exception is one.
pub fn call<T: FromPython>(setup: &str, arguments: impl Arguments) -> Option<T> {
    CURRENT.with_borrow_mut(|current| {
        let (runs, python) = current.get_or_insert_with(|| (0, sandbox(setup)));
        *runs += 1;
        let result = python.call("run", arguments);
        if *runs > RUNS || result.is_err() {
            *current = None;
        }
        match result {
            Ok(result) => Some(result),
            Err(error) if is_limit(&error) => None,
            Err(error) => panic!("{}", error.traceback()),
        }
    })
}

/// Whether a program was stopped rather than wrong.
pub fn is_limit(error: &Error) -> bool {
    matches!(error.kind(), Kind::MemoryLimit | Kind::TimeLimit | Kind::Stopped)
}
