//! Values, functions and objects across the border.

use std::collections::{BTreeMap, HashMap};

use pvm::{Bytes, Interpreter, Kind, Object};

fn python() -> Interpreter {
    Interpreter::new().expect("an interpreter")
}

#[test]
fn values_go_both_ways() {
    let python = python();
    python.set("numbers", vec![1i64, 2, 3]).expect("a list");
    assert_eq!(python.eval::<Vec<i64>>("[n * n for n in numbers]"), Ok(vec![1, 4, 9]));
    python.set("table", HashMap::from([("a".to_owned(), 1.5)])).expect("a dict");
    assert_eq!(
        python.eval::<BTreeMap<String, f64>>("{k * 2: v * 2 for k, v in table.items()}"),
        Ok([("aa".to_owned(), 3.0)].into())
    );
    python.set("pair", ("x", Some(2u64), None::<i64>, true)).expect("a tuple");
    assert_eq!(python.eval::<(String, Option<u64>, Option<i64>, bool)>("pair"), Ok(("x".to_owned(), Some(2), None, true)));
    assert_eq!(python.eval::<Bytes>("b'ab' + bytearray(b'c')"), Ok(Bytes(b"abc".to_vec())));
    assert_eq!(python.eval::<u64>("2 ** 64 - 1"), Ok(u64::MAX));
    python.set("big", u64::MAX).expect("an int");
    assert_eq!(python.eval::<bool>("big == 2 ** 64 - 1"), Ok(true));
    assert_eq!(python.eval::<i64>("2 ** 64").expect_err("too large").class(), "OverflowError");
    assert_eq!(python.eval::<String>("1").expect_err("no string").class(), "TypeError");
}

#[test]
fn functions_of_rust_are_called() {
    let python = python();
    python.set("add", pvm::function("add", |a: i64, b: i64| a + b)).expect("a function");
    python.set("check", pvm::function("check", |text: String| text.parse::<i64>())).expect("a function");
    assert_eq!(python.eval::<i64>("add(40, 2)"), Ok(42));
    assert_eq!(python.eval::<i64>("check('17')"), Ok(17));
    let error = python.eval::<i64>("check('x')").expect_err("no number");
    assert_eq!(error.to_string(), "RuntimeError: invalid digit found in string");
    assert_eq!(python.eval::<i64>("add(1)").expect_err("an argument").class(), "TypeError");
}

#[test]
fn objects_are_kept() {
    let (first, second) = (python(), python());
    first
        .run("class Counter:\n  def __init__(self): self.n = 0\n  def up(self, by=1): self.n += by; return self.n")
        .expect("a class");
    let counter: Object = first.eval("Counter()").expect("an object");
    assert_eq!(first.call_method::<i64>(&counter, "up", ()), Ok(1));
    assert_eq!(first.call_method::<i64>(&counter, "up", (5,)), Ok(6));
    assert_eq!(first.attribute::<i64>(&counter, "n"), Ok(6));
    assert_eq!(second.attribute::<i64>(&counter, "n").expect_err("another's").class(), "RuntimeError");
    first.run("import weakref, gc").expect("a module");
    first.set("counter", &counter).expect("a name");
    first.run("gone = weakref.ref(counter); del counter").expect("a reference");
    assert_eq!(first.eval::<bool>("gone() is None"), Ok(false));
    drop(counter);
    assert_eq!(first.eval::<bool>("gone() is None"), Ok(true));
    let leftover: Object = first.eval("[]").expect("an object");
    drop(first);
    drop(leftover);
}

#[test]
fn files_are_run() {
    let path = std::env::temp_dir().join(format!("pvm-values-{}.py", std::process::id()));
    std::fs::write(&path, "x = 1\nraise ValueError('here')\n").expect("a file");
    let python = python();
    let error = python.run_file(&path).expect_err("an exception");
    std::fs::remove_file(&path).expect("the file");
    assert_eq!((error.kind(), error.class()), (Kind::Exception, "ValueError"));
    assert_eq!(python.get::<i64>("x"), Ok(1));
    assert_eq!(python.run_file(&path).expect_err("no file").class(), "FileNotFoundError");
}

#[test]
fn interpreters_go_from_thread_to_thread() {
    fn is_send<T: Send>() {}
    is_send::<Interpreter>();
    is_send::<Object>();
    let mut python = python();
    python.run("n = 0").expect("a name");
    for _ in 0..3 {
        python = std::thread::spawn(move || {
            python.run("n += 1").expect("a sum");
            python
        })
        .join()
        .expect("a thread");
    }
    assert_eq!(python.get::<i64>("n"), Ok(3));
}

/// Pages of memory that the process has.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").expect("a file of the system");
    text.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).expect("a number")
}

/// `PVM_MANY=10000 cargo test --release -p pvm --test values -- many --nocapture` makes many.
#[test]
fn interpreters_leave_no_memory_behind() {
    let many = std::env::var("PVM_MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(12);
    let one = || {
        let python = python();
        python
            .run("import json, re, collections\nx = [json.dumps({'a': [1, 2]}) for _ in range(100)]\nclass A: pass\nA.a = A()")
            .expect("a program");
    };
    for _ in 0..many.min(100) / 3 {
        one();
    }
    let before = resident();
    for _ in 0..many {
        one();
    }
    let after = resident();
    println!("{many} interpreters: {before} pages before, {after} after");
    assert!(after < before + before / 10 + 256, "{many} interpreters: {before} pages before, {after} after");
}
