//! Code objects and `.pyc` files that no compiler made: damaged, truncated, mutated. None may end the interpreter in a fault, and
//! each is refused clearly or runs without harm. The programs are under `tests/hostile`; what they print was made by CPython
//! where it dares to read such data, and tells of the verifier elsewhere.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program may take: what it does is a matter of seconds, but machines are busy.
const PATIENCE: Duration = Duration::from_secs(300);

/// Mutants to make of each program.
const MUTANTS: u32 = if cfg!(debug_assertions) { 150 } else { 2000 };

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile")
}

/// Runs a program; what it printed, and how it ended if that was no good end.
fn run(name: &str, arguments: &[String]) -> (String, String) {
    let room = std::env::temp_dir().join(format!("pvm-hostile-{name}-{}", std::process::id()));
    let (out, err) = (room.with_extension("out"), room.with_extension("err"));
    let create = |path: &Path| Stdio::from(std::fs::File::create(path).expect("a file for what is printed"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_pvm"))
        .args(["-I", "-B"])
        .arg(directory().join(name).with_extension("py"))
        .args(arguments)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(create(&out))
        .stderr(create(&err))
        .spawn()
        .expect("the command starts");
    let start = Instant::now();
    let ending = loop {
        match child.try_wait().expect("the command is a child") {
            Some(status) if status.success() => break String::new(),
            Some(status) => break status.to_string(),
            None if start.elapsed() > PATIENCE => {
                child.kill().expect("the command is a child");
                child.wait().expect("the command is a child");
                break "hangs".to_owned();
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    let read = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
    let (printed, complaints) = (read(&out), read(&err));
    for file in [out, err] {
        let _ = std::fs::remove_file(file);
    }
    (printed, if ending.is_empty() { ending } else { format!("{ending}: {complaints}") })
}

#[track_caller]
fn prints_what_it_should(name: &str) {
    let wanted = std::fs::read_to_string(directory().join(name).with_extension("out")).expect("the expected output");
    let (printed, ending) = run(name, &[]);
    for (line, (wanted, printed)) in wanted.lines().zip(printed.lines()).enumerate() {
        assert_eq!(printed, wanted, "{name}, line {}", line + 1);
    }
    assert_eq!(printed.lines().count(), wanted.lines().count(), "{name}: {ending}");
    assert_eq!(ending, "", "{name}");
}

#[test]
fn damaged_marshal_data_is_refused_as_cpython_does() {
    prints_what_it_should("marshal_data");
}

#[test]
fn code_that_no_compiler_makes_is_harmless() {
    prints_what_it_should("code");
}

#[test]
fn mutants_end_in_no_fault() {
    let (printed, ending) = run("mutants", &[MUTANTS.to_string(), "2".to_owned()]);
    assert_eq!(ending, "");
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(printed.starts_with("refused "), "{printed}");
}
