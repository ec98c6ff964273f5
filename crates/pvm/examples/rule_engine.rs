//! Runs rules that others wrote: each in a sandbox of its own, under limits of time and memory, one after the other. What a rule must not do
//! is stopped, and the next one is served.
//!
//! `cargo run --release -p pvm --example rule_engine` prints for each rule how it ended, how long it took, and how long beyond its limit.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use pvm::{Error, Interpreter, Kind};

/// How long a rule may take.
const TIME: Duration = Duration::from_millis(500);
/// How much memory it may use.
const MEMORY: usize = 32 << 20;

/// A rule decides upon an order: it defines `decide(order)`, which returns a discount in percent.
fn decide(python: &Interpreter, rule: &str, order: &BTreeMap<String, f64>) -> Result<f64, Error> {
    python.set("rate", pvm::function("rate", |currency: String| if currency == "EUR" { 1.0 } else { 0.9 }))?;
    python.run(rule)?;
    python.call("decide", (order.clone(),))
}

/// A rule that is right, which is served after each of the others.
const RIGHT: &str = "def decide(order):\n    return 10.0 if order['total'] * rate('EUR') > 100 else 0.0\n";

/// Rules, and what is expected of each.
const RULES: &[(&str, &str, Option<Kind>)] = &[
    ("a rule", RIGHT, None),
    ("an error", "def decide(order):\n    return order['size']\n", Some(Kind::Exception)),
    // Time.
    ("an endless loop", "while True: pass", Some(Kind::TimeLimit)),
    (
        "one that does not want to end",
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        Some(Kind::TimeLimit),
    ),
    ("a loop in the function", "def decide(order):\n  while True: pass", Some(Kind::TimeLimit)),
    ("one that sleeps", "import time\ntime.sleep(1000)", Some(Kind::TimeLimit)),
    ("one that waits", "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", Some(Kind::TimeLimit)),
    ("an endless sum", "import itertools\nsum(itertools.count())", Some(Kind::TimeLimit)),
    ("a finaliser that loops", "class A:\n  def __del__(self):\n    while True: pass\nA()", Some(Kind::TimeLimit)),
    ("an expression that backtracks", "import re\nre.match('(a+)+b', 'a' * 50)", Some(Kind::TimeLimit)),
    ("a great number's digits", "import sys\nsys.set_int_max_str_digits(0)\nwhile True: str(1 << 10**7)", Some(Kind::TimeLimit)),
    // Memory.
    ("a long string", "'a' * 10**12", Some(Kind::MemoryLimit)),
    ("a doubling string", "x = 'a'\nwhile True: x += x", Some(Kind::MemoryLimit)),
    ("a long list", "x = []\nwhile True: x.append('%d' % len(x))", Some(Kind::MemoryLimit)),
    ("a deep nest", "x = []\nwhile True: x = [x]", Some(Kind::MemoryLimit)),
    ("a nest in itself", "x = []\nwhile True:\n  x = [x]\n  x.append(x)", Some(Kind::MemoryLimit)),
    ("a great number", "1 << 10**12", Some(Kind::MemoryLimit)),
    ("endless recursion", "def f(): f()\nf()", Some(Kind::Exception)),
    ("one that wants more", "while True:\n  try: x = 'a' * 10**12\n  except MemoryError: pass", Some(Kind::TimeLimit)),
    // What is not theirs.
    ("a fork bomb", "import os\nwhile True: os.fork()", Some(Kind::Exception)),
    ("a bomb of processes", "import subprocess\nwhile True: subprocess.Popen(['sh'])", Some(Kind::Exception)),
    (
        "a bomb of workers",
        "import multiprocessing\nwhile True: multiprocessing.Process(target=print).start()",
        Some(Kind::Exception),
    ),
    ("a bomb of threads", "import threading\nwhile True: threading.Thread(target=print).start()", Some(Kind::Exception)),
    ("a file", "open('/etc/passwd').read()", Some(Kind::Exception)),
    ("a file by its descriptor", "import os\nos.read(os.open('/etc/passwd', 0), 100)", Some(Kind::Exception)),
    ("a file by its path", "import pathlib\npathlib.Path('/etc/passwd').read_text()", Some(Kind::Exception)),
    ("a file by a module", "import linecache\nassert linecache.getlines('/etc/passwd')", Some(Kind::Exception)),
    ("foreign code", "import ctypes\nctypes.string_at(0)", Some(Kind::Exception)),
    ("a foreign library", "import _ctypes\n_ctypes.dlopen('libc.so.6', 0)", Some(Kind::Exception)),
    ("the network", "import socket\nsocket.socket()", Some(Kind::Exception)),
    ("a command", "import os\nos.system('ls')", Some(Kind::Exception)),
    ("a signal", "import os\nos.kill(os.getpid(), 9)", Some(Kind::Exception)),
    ("a way out", "import os\nos._exit(1)", Some(Kind::Exception)),
    ("damaged code", "f = lambda: 0\nf.__code__ = f.__code__.replace(co_code=b'\\xff' * 20)\nf()", Some(Kind::Exception)),
    ("an exit", "import sys\nsys.exit(3)", Some(Kind::Exit(3))),
    ("another rule", "def decide(order):\n    return order['total'] / 50\n", None),
];

/// How a rule ended.
pub struct Outcome {
    pub name: &'static str,
    pub result: Result<f64, Error>,
    /// Whether it ended as expected.
    pub expected: bool,
    pub took: Duration,
    /// Whether the next one was served, by the same interpreter.
    pub served: bool,
}

/// Serves all rules, each of which may take so long.
pub fn serve(time: Duration, mut seen: impl FnMut(Outcome)) {
    let order = BTreeMap::from([("total".to_owned(), 120.0), ("weight".to_owned(), 3.5)]);
    for &(name, rule, expected) in RULES {
        let builder = Interpreter::builder().sandboxed().time_limit(time).memory_limit(MEMORY);
        let python = builder.build().expect("an interpreter");
        let start = Instant::now();
        let result = decide(&python, rule, &order);
        let took = start.elapsed();
        let expected = result.as_ref().err().map(Error::kind) == expected;
        let served = decide(&python, RIGHT, &order) == Ok(10.0);
        seen(Outcome { name, result, expected, took, served });
    }
}

fn main() {
    println!("{:<30} {:>7} {:>11}  {:<6} how it ended", "rule", "took", "beyond", "next");
    let mut failed = 0;
    serve(TIME, |outcome| {
        let Outcome { name, ref result, took, served, .. } = outcome;
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let beyond = milliseconds(took.saturating_sub(TIME));
        let end = match result {
            Ok(discount) => format!("a discount of {discount} %"),
            Err(error) => format!("{:?}: {error}", error.kind()),
        };
        let served = if served { "served" } else { "LOST" };
        println!("{name:<30} {:>4.0} ms {beyond:>8.1} ms  {served:<6} {end}", milliseconds(took));
        failed += u32::from(!outcome.expected || !outcome.served);
    });
    assert_eq!(failed, 0, "rules did not end as expected");
    println!("every rule ended as expected, and the next one was served");
}
