//! Runs rules that others wrote: each in a sandbox of its own, under limits of time and memory, one after the other. What a rule must not do
//! is stopped, and the next one is served.
//!
//! `cargo run --release -p pvm --example rule_engine`

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use pvm::{Error, Interpreter, Kind};

/// How long a rule may take.
const TIME: Duration = Duration::from_secs(1);
/// How much memory it may use.
const MEMORY: usize = 32 << 20;

/// A rule decides upon an order: it defines `decide(order)`, which returns a discount in percent.
fn decide(rule: &str, order: &BTreeMap<String, f64>) -> Result<f64, Error> {
    let python = Interpreter::builder().sandboxed().time_limit(TIME).memory_limit(MEMORY).build()?;
    python.set("rate", pvm::function("rate", |currency: String| if currency == "EUR" { 1.0 } else { 0.9 }))?;
    python.run(rule)?;
    python.call("decide", (order.clone(),))
}

/// Rules, and what is expected of each.
const RULES: &[(&str, &str, Option<Kind>)] = &[
    ("a rule", "def decide(order):\n    return 10.0 if order['total'] * rate('EUR') > 100 else 0.0\n", None),
    ("an error", "def decide(order):\n    return order['size']\n", Some(Kind::Exception)),
    ("an endless loop", "while True: pass", Some(Kind::TimeLimit)),
    (
        "one that does not want to end",
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        Some(Kind::TimeLimit),
    ),
    ("one that sleeps", "import time\ntime.sleep(1000)", Some(Kind::TimeLimit)),
    ("one that waits", "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", Some(Kind::TimeLimit)),
    ("an endless sum", "import itertools\nsum(itertools.count())", Some(Kind::TimeLimit)),
    ("a finaliser that loops", "class A:\n  def __del__(self):\n    while True: pass\nA()", Some(Kind::TimeLimit)),
    ("a long string", "'a' * 10**12", Some(Kind::MemoryLimit)),
    ("a long list", "x = []\nwhile True: x.append('%d' % len(x))", Some(Kind::MemoryLimit)),
    ("a deep nest", "x = []\nwhile True: x = [x]", Some(Kind::MemoryLimit)),
    ("endless recursion", "def f(): f()\nf()", Some(Kind::Exception)),
    ("a fork bomb", "import os\nwhile True: os.fork()", Some(Kind::Exception)),
    ("a bomb of threads", "import threading\nwhile True: threading.Thread(target=print).start()", Some(Kind::Exception)),
    ("a file", "open('/etc/passwd').read()", Some(Kind::Exception)),
    ("a file by its descriptor", "import os\nos.read(os.open('/etc/passwd', 0), 100)", Some(Kind::Exception)),
    ("foreign code", "import ctypes\nctypes.string_at(0)", Some(Kind::Exception)),
    ("the network", "import socket\nsocket.socket()", Some(Kind::Exception)),
    ("a command", "import os\nos.system('ls')", Some(Kind::Exception)),
    ("a way out", "import os\nos._exit(1)", Some(Kind::Exception)),
    ("an exit", "import sys\nsys.exit(3)", Some(Kind::Exit(3))),
    ("another rule", "def decide(order):\n    return order['total'] / 50\n", None),
];

fn main() {
    let order = BTreeMap::from([("total".to_owned(), 120.0), ("weight".to_owned(), 3.5)]);
    let mut failed = false;
    for (name, rule, expected) in RULES {
        let start = Instant::now();
        let result = decide(rule, &order);
        let elapsed = start.elapsed();
        match &result {
            Ok(discount) => println!("{name}: {discount} % ({} ms)", elapsed.as_millis()),
            Err(error) => println!("{name}: {:?}: {error} ({} ms)", error.kind(), elapsed.as_millis()),
        }
        failed |= result.err().map(|error| error.kind()) != *expected;
    }
    assert!(!failed, "a rule did not end as expected");
}
