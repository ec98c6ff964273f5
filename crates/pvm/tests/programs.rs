//! Runs every program under `tests/programs` and holds what it prints against the file beside it, which CPython 3.14 made.
//!
//! A program `name.py` prints what `name.out` holds; where a file `name.err` stands beside it, the last line of standard
//! error is what that holds, and the exit code is 1.

mod common;

#[test]
fn programs_print_what_cpython_prints() {
    common::check_all(&common::programs(), "");
}
