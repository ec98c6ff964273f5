//! Faults of our own: a panic ends the process with a message that asks to report it, never by an abort.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

use super::complain;

/// The exit code of a fault of our own (`EX_SOFTWARE`).
const INTERNAL_ERROR: u8 = 70;

/// Lets a panic say what it is and what to do.
pub fn install() {
    std::panic::set_hook(Box::new(report));
}

fn report(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("unknown");
    let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    complain(format_args!("pvm: internal error: {message}{place}\n"));
    let request = "This is a fault in PVM, not in the program that it runs. Please report it, with what led to it.";
    complain(format_args!("{request}\n"));
    if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
        complain(format_args!("{}\n", std::backtrace::Backtrace::force_capture()));
    }
}

/// Runs `body`; a panic becomes an exit code.
pub fn catch(body: impl FnOnce() -> u8) -> u8 {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(INTERNAL_ERROR)
}
