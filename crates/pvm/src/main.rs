//! The `pvm` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    pvm::command::main()
}
