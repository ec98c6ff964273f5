//! Creates and drops interpreters one after the other, each of which runs a program, and shows what that takes: time for
//! each, and whether the memory of the process stays level.
//!
//! `cargo run --release -p pvm --example many_interpreters -- 10000`

use std::time::Instant;

use pvm::{Error, Interpreter};

/// What each runs: a bit of everything that leaves something behind.
const PROGRAM: &str = "
class Node:
    def __init__(self, value):
        self.value = value
        self.me = self

nodes = [Node(str(i)) for i in range(100)]
try:
    nodes[1000]
except IndexError as error:
    text = str(error)
result = sum(len(node.value) for node in nodes)
";

fn main() -> Result<(), Error> {
    let count: u32 = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let step = (count / 10).max(1);
    let mut since = Instant::now();
    for number in 1..=count {
        let python = Interpreter::new()?;
        python.run(PROGRAM)?;
        assert_eq!(python.get::<i64>("result")?, 190);
        drop(python);
        if number % step == 0 {
            let each = since.elapsed().as_secs_f64() * 1e3 / f64::from(step);
            println!("{number} interpreters: {each:.2} ms each, {} KiB resident", resident());
            since = Instant::now();
        }
    }
    Ok(())
}

/// The resident memory of the process in KiB, which Linux tells; zero elsewhere.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
