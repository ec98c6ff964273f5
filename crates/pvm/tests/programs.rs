//! Runs every program under `tests/programs` and holds what it prints against the file beside it, which CPython 3.14 made.
//!
//! A program `name.py` prints what `name.out` holds; where a file `name.err` stands beside it, the last line of standard
//! error is what that holds, and the exit code is 1.

use std::path::{Path, PathBuf};
use std::process::Command;

fn programs(directory: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(directory).expect("the directory of programs").flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

fn check(program: &Path) -> Result<(), String> {
    let output = Command::new(env!("CARGO_BIN_EXE_pvm"))
        .arg(program)
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .map_err(|error| error.to_string())?;
    let wanted = std::fs::read_to_string(program.with_extension("out")).map_err(|error| error.to_string())?;
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if printed != wanted {
        let line = wanted.lines().zip(printed.lines()).position(|(wanted, printed)| wanted != printed);
        let line = line.unwrap_or_else(|| wanted.lines().count().min(printed.lines().count()));
        return Err(format!(
            "line {}: wanted {:?}, got {:?}\n{errors}",
            line + 1,
            wanted.lines().nth(line),
            printed.lines().nth(line)
        ));
    }
    match std::fs::read_to_string(program.with_extension("err")) {
        Ok(last) if errors.lines().last() != last.lines().last() || output.status.code() != Some(1) => {
            Err(format!("wanted the error {last:?} and exit code 1, got {:?} and:\n{errors}", output.status.code()))
        }
        Ok(_) => Ok(()),
        Err(_) if !output.status.success() => Err(format!("exit code {:?}:\n{errors}", output.status.code())),
        Err(_) => Ok(()),
    }
}

#[test]
fn programs_print_what_cpython_prints() {
    let mut found = Vec::new();
    programs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/programs"), &mut found);
    assert!(!found.is_empty(), "no programs");
    let failures: Vec<String> =
        found.iter().filter_map(|program| check(program).err().map(|why| format!("{}: {why}", program.display()))).collect();
    assert!(failures.is_empty(), "{} of {} programs failed:\n{}", failures.len(), found.len(), failures.join("\n"));
}
