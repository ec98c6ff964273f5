//! Expressions over the built-in types, evaluated on the tree without an interpreter, against what CPython 3.14 gives.
//!
//! `cases/*.txt` hold one expression or assignment a line, `cases/*.expected` a line each with the `repr`, or class and
//! message of the exception. `make.py` writes the latter with CPython.

mod eval;

use std::fs;
use std::path::PathBuf;

use pvm_object::hooks::WITHOUT_INTERPRETER;
use pvm_object::isolate::Isolate;

fn run(name: &str) {
    let base = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expressions/cases").join(name);
    let read = |extension| fs::read_to_string(base.with_extension(extension)).expect("the case file");
    let (cases, expected) = (read("txt"), read("expected"));
    let failures: Vec<String> = Isolate::new(&WITHOUT_INTERPRETER).enter(move |vm| {
        let mut names = eval::Names::new(vm);
        let lines = cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let pairs: Vec<_> = lines.zip(expected.lines()).collect();
        assert!(!pairs.is_empty());
        let wrong = pairs.into_iter().filter_map(|(case, expected)| {
            let got = names.run(case, vm);
            (got != expected).then(|| format!("{case}\n     got {got}\n  wanted {expected}"))
        });
        wrong.collect()
    });
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

macro_rules! cases {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            run(stringify!($name));
        }
    )*};
}

cases! { strings byte_strings memoryviews }
