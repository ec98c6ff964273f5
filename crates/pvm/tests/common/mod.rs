//! The programs under `tests/programs`, run by the command and held against what CPython printed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// All programs, in order.
pub fn programs() -> Vec<PathBuf> {
    let mut found = Vec::new();
    find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/programs"), &mut found);
    assert!(!found.is_empty(), "no programs");
    found
}

fn find(directory: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(directory).expect("the directory of programs").flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

/// The command, under the program that the environment variable `PVM_TEST_RUNNER` names with its options, if it is set.
fn command() -> Command {
    let pvm = env!("CARGO_BIN_EXE_pvm");
    let runner = std::env::var("PVM_TEST_RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let Some(runner) = words.next() else { return Command::new(pvm) };
    let mut command = Command::new(runner);
    command.args(words).arg(pvm);
    command
}

/// Runs a program in stress modes (none in release builds); an error that says what it printed instead of what it should.
pub fn check(program: &Path, modes: &str) -> Result<(), String> {
    let output = command()
        .arg(program)
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PVM_STRESS", modes)
        .output()
        .map_err(|error| error.to_string())?;
    let wanted = std::fs::read(program.with_extension("out")).map_err(|error| error.to_string())?;
    let same = output.stdout == wanted;
    let wanted = String::from_utf8_lossy(&wanted);
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if let Some(leaks) = errors.lines().find(|line| line.starts_with("pvm: ")) {
        return Err(leaks.to_owned());
    }
    if !same {
        let line = wanted.lines().zip(printed.lines()).position(|(wanted, printed)| wanted != printed);
        let line = line.unwrap_or_else(|| wanted.lines().count().min(printed.lines().count()));
        return Err(format!(
            "{}, line {}: wanted {:?}, got {:?}\n{errors}",
            output.status,
            line + 1,
            wanted.lines().nth(line),
            printed.lines().nth(line)
        ));
    }
    match std::fs::read_to_string(program.with_extension("err")) {
        Ok(last) if errors.lines().last() != last.lines().last() || output.status.code() != Some(1) => {
            Err(format!("wanted the error {last:?} and exit code 1, got {} and:\n{errors}", output.status))
        }
        Ok(_) => Ok(()),
        Err(_) if !output.status.success() => Err(format!("{}:\n{errors}", output.status)),
        Err(_) => Ok(()),
    }
}

/// Runs programs in stress modes, and fails with what all of those say that fail.
pub fn check_all(programs: &[PathBuf], modes: &str) {
    let failed = |program: &PathBuf| check(program, modes).err().map(|why| format!("{}: {why}", program.display()));
    let failures: Vec<String> = programs.iter().filter_map(failed).collect();
    assert!(failures.is_empty(), "{} of {} programs failed:\n{}", failures.len(), programs.len(), failures.join("\n"));
}
