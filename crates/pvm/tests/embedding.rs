//! Interpreters inside a Rust program.

use pvm::Interpreter;

#[test]
fn values_come_out() {
    let python = Interpreter::new().expect("an interpreter");
    python.run("def double(x):\n    return 2 * x\n").expect("a function");
    assert_eq!(python.eval::<i64>("double(21)"), Ok(42));
    assert_eq!(python.eval::<String>("'a' + 'b'"), Ok("ab".to_owned()));
    assert_eq!(python.eval::<f64>("1 / 4"), Ok(0.25));
    assert_eq!(python.eval::<bool>(" [] == []"), Ok(true));
}

#[test]
fn exceptions_come_out() {
    let python = Interpreter::new().expect("an interpreter");
    let error = python.run("def f():\n    return 1 / 0\nf()\n").expect_err("an exception");
    assert_eq!(error.to_string(), "ZeroDivisionError: division by zero");
    assert!(error.traceback().contains("line 2, in f"), "{}", error.traceback());
    assert_eq!(python.run("x =").expect_err("an exception").class(), "SyntaxError");
    assert_eq!(python.eval::<i64>("'a'").expect_err("no int").class(), "TypeError");
}

#[test]
fn interpreters_share_nothing() {
    let (first, second) = (Interpreter::new().expect("one"), Interpreter::new().expect("another"));
    first.run("x = 1").expect("a name");
    assert_eq!(second.eval::<i64>("x").expect_err("no such name").class(), "NameError");
    assert_eq!(first.eval::<i64>("x"), Ok(1));
}

#[test]
fn interpreters_run_on_other_threads() {
    let workers: Vec<_> = (0..3)
        .map(|number| {
            std::thread::spawn(move || {
                let python = Interpreter::builder().argv([format!("worker{number}")]).build().expect("an interpreter");
                python.eval::<String>("__import__('sys').argv[0]").expect("a string")
            })
        })
        .collect();
    let names: Vec<String> = workers.into_iter().map(|worker| worker.join().expect("no panic")).collect();
    assert_eq!(names, ["worker0", "worker1", "worker2"]);
}
