//! Limits and permissions of interpreters inside a Rust program.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pvm::{Error, Files, Interpreter, Kind};

/// Time that a stop may take beyond the limit; generous, for machines that are busy.
const SLACK: Duration = Duration::from_secs(60);

fn sandbox(limit: u64) -> Interpreter {
    Interpreter::builder()
        .sandboxed()
        .memory_limit(64 << 20)
        .time_limit(Duration::from_millis(limit))
        .build()
        .expect("an interpreter")
}

fn stopped(source: &str) -> Error {
    let python = sandbox(300);
    let start = Instant::now();
    let error = python.run(source).expect_err("a program that is stopped");
    drop(python);
    assert!(start.elapsed() < SLACK, "{source} took {:?}", start.elapsed());
    error
}

#[test]
fn time_limits_hold() {
    for source in [
        "while True: pass",
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        "def f():\n  try: f()\n  finally: f()\nwhile True:\n  try: f()\n  except: pass",
        "import time\ntime.sleep(1000)",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
        "import itertools\nsum(itertools.count())",
        "class A:\n  def __del__(self):\n    while True: pass\nA()",
        "def g():\n  while True:\n    try: yield\n    except GeneratorExit: pass\nfor _ in g(): pass",
    ] {
        assert_eq!(stopped(source).kind(), Kind::TimeLimit, "{source}");
    }
}

#[test]
fn a_stopped_interpreter_goes_on() {
    let python = sandbox(300);
    assert_eq!(python.run("while True: pass").expect_err("too long").kind(), Kind::TimeLimit);
    assert_eq!(python.eval::<i64>("6 * 7"), Ok(42));
}

#[test]
fn threads_are_stopped_as_well() {
    let python = Interpreter::builder().time_limit(Duration::from_secs(5)).build().expect("an interpreter");
    python.run("import threading, time").expect("modules");
    let source = "def loop(wait):\n  while True: time.sleep(wait)\n\
                  for wait in (0, 1000): threading.Thread(target=loop, args=(wait,)).start()\n\
                  while True: pass";
    assert_eq!(python.run(source).expect_err("too long").kind(), Kind::TimeLimit);
    assert_eq!(python.eval::<i64>("__import__('_thread')._count()"), Ok(0));
}

#[test]
fn calls_of_the_system_are_interrupted() {
    let python = Interpreter::builder().time_limit(Duration::from_millis(300)).build().expect("an interpreter");
    let start = Instant::now();
    let error = python.run("import os\nread, write = os.pipe()\nos.read(read, 1)").expect_err("too long");
    assert_eq!(error.kind(), Kind::TimeLimit);
    assert!(start.elapsed() < SLACK);
}

#[test]
fn memory_limits_hold() {
    for source in ["'a' * 10**12", "x = []\nwhile True: x = [x]", "x = []\nwhile True: x.append('%d' % len(x))"] {
        let python = Interpreter::builder().sandboxed().memory_limit(64 << 20).build().expect("an interpreter");
        assert_eq!(python.run(source).expect_err("too much").kind(), Kind::MemoryLimit, "{source}");
    }
}

#[test]
fn permissions_hold() {
    for (source, class) in [
        ("open('/etc/passwd')", "PermissionError"),
        ("import os\nos.open('/etc/passwd', 0)", "PermissionError"),
        ("import os\nos.listdir('/')", "PermissionError"),
        ("import os\nos.fork()", "PermissionError"),
        ("import os\nos.system('true')", "PermissionError"),
        ("import os\nos._exit(1)", "PermissionError"),
        ("import os\nos.kill(os.getpid(), 9)", "PermissionError"),
        ("import os\nassert not os.environ\nos.chdir('/')", "PermissionError"),
        ("import io\nio.FileIO('/etc/passwd')", "PermissionError"),
        ("import _io\n_io.open_code('/etc/passwd')", "PermissionError"),
        ("import threading\nthreading.Thread(target=print).start()", "RuntimeError"),
    ] {
        assert_eq!(sandbox(5000).run(source).expect_err("not permitted").class(), class, "{source}");
    }
    let error = sandbox(5000).run("import ctypes").expect_err("not permitted");
    assert!(["ImportError", "ModuleNotFoundError"].contains(&error.class()), "{}", error.traceback());
}

#[test]
fn files_may_be_read_only() {
    let python = Interpreter::builder().files(Files::Read).build().expect("an interpreter");
    python.run("open('/etc/passwd').close()").expect("a file that may be read");
    assert_eq!(python.run("open('/tmp/never', 'w')").expect_err("not permitted").class(), "PermissionError");
    assert_eq!(python.run("import os\nos.open('/tmp/never', os.O_RDWR)").expect_err("no").class(), "PermissionError");
    assert_eq!(python.run("import os\nos.mkdir('/tmp/never')").expect_err("no").class(), "PermissionError");
}

#[test]
fn programs_are_stopped_from_other_threads() {
    let python = Interpreter::new().expect("an interpreter");
    let handle = python.interrupt_handle();
    assert!(!handle.stop(), "nothing runs");
    let (stop, interrupt) = (handle.clone(), handle);
    let stopper = std::thread::spawn(move || while !stop.stop() {});
    assert_eq!(python.run("while True: pass").expect_err("stopped").kind(), Kind::Stopped);
    stopper.join().expect("a thread");
    let interrupter = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        while !interrupt.interrupt() {}
    });
    python.run("import time\ntry: time.sleep(1000)\nexcept KeyboardInterrupt: caught = True").expect("a caught exception");
    assert_eq!(python.get::<bool>("caught"), Ok(true));
    interrupter.join().expect("a thread");
}

#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a lock").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn streams_are_those_of_the_program() {
    let (out, err) = (Sink::default(), Sink::default());
    let python =
        Interpreter::builder().stdin(&b"one\ntwo\n"[..]).stdout(out.clone()).stderr(err.clone()).build().expect("an interpreter");
    python.run("import sys\nprint(input() + input())\nprint('oh', file=sys.stderr)").expect("a program");
    assert_eq!(*out.0.lock().expect("a lock"), b"onetwo\n");
    assert_eq!(*err.0.lock().expect("a lock"), b"oh\n");
}

#[test]
fn exits_are_told() {
    let python = Interpreter::new().expect("an interpreter");
    assert_eq!(python.run("import sys\nsys.exit(3)").expect_err("an exit").kind(), Kind::Exit(3));
    assert_eq!(python.run("raise SystemExit").expect_err("an exit").kind(), Kind::Exit(0));
}
