//! The process's exit code.

use pvm_interpreter::signals;
use pvm_interpreter::uncaught::Ending;

/// Ends as the program did; returns the exit code unless a signal is to end the process.
pub fn status(ending: Ending) -> u8 {
    match ending {
        Ending::Status(status) => status,
        Ending::Interrupted => signals::end_by_interrupt(),
    }
}
