//! Programs under the stress modes that debug builds have (`pvm_object::heap::stress`): one program of each directory in
//! each mode, or, with `cargo test -p pvm --test stress -- --ignored`, every program in every mode.
#![cfg(debug_assertions)]

mod common;

use std::path::PathBuf;

/// One program of each directory, of those that import nothing: with a library in memory, collecting at each allocation takes
/// minutes.
fn sample() -> Vec<PathBuf> {
    let mut programs = common::programs();
    programs.retain(|program| {
        let source = std::fs::read_to_string(program).unwrap_or_default();
        !source.lines().any(|line| line.trim_start().starts_with("import ") || line.trim_start().starts_with("from "))
    });
    programs.dedup_by_key(|program| program.parent().map(PathBuf::from));
    programs
}

macro_rules! modes {
    ($($name:ident: $modes:literal,)*) => {
        $(mod $name {
            #[test]
            fn sample() {
                crate::common::check_all(&crate::sample(), $modes);
            }

            #[test]
            #[ignore = "takes minutes"]
            fn every_program() {
                crate::common::check_all(&crate::common::programs(), $modes);
            }
        })*
    };
}

modes! {
    collect: "collect",
    drain: "drain",
    specialize: "specialize",
    moved_frames: "move",
    poison: "poison",
    leaks: "leaks",
    all: "all",
}
