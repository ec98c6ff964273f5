//! Runs every script under `tests/command` and holds what it prints against the file beside it, which CPython 3.14 made
//! (`tests/command/make_expected.sh`): bad input of every kind, options, streams, exit codes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn check(directory: &Path, script: &Path) -> Result<(), String> {
    let name = script.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let text = read(&directory.join("prelude.sh"))? + &read(script)?;
    let room = std::env::temp_dir().join(format!("pvm-command-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&room).map_err(|error| error.to_string())?;
    // Who runs the tests may have interrupts ignored, which programs would inherit.
    let output = Command::new("env")
        .args(["--default-signal=INT", "sh", "-c", &text])
        .current_dir(&room)
        .env("python", env!("CARGO_BIN_EXE_pvm"))
        .env("root", directory.join("../..").canonicalize().unwrap_or_default())
        .stdin(Stdio::null())
        .output();
    let _ = std::fs::remove_dir_all(&room);
    let printed = String::from_utf8_lossy(&output.map_err(|error| error.to_string())?.stdout).into_owned();
    let wanted = String::from_utf8_lossy(&std::fs::read(script.with_extension("out")).unwrap_or_default()).into_owned();
    if printed == wanted {
        return Ok(());
    }
    let line = wanted.lines().zip(printed.lines()).position(|(wanted, printed)| wanted != printed);
    let line = line.unwrap_or_else(|| wanted.lines().count().min(printed.lines().count()));
    let about = wanted.lines().take(line + 1).filter(|line| line.starts_with("$ ")).last().unwrap_or_default();
    let [wanted, printed] = [&wanted, &printed].map(|text| text.lines().nth(line).unwrap_or("nothing").to_owned());
    Err(format!("line {} ({about}): wanted {wanted:?}, got {printed:?}", line + 1))
}

#[test]
fn the_command_does_what_cpython_does() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/command");
    let entries = std::fs::read_dir(&directory).expect("the directory of scripts");
    let mut scripts: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    scripts.retain(|path| path.with_extension("out").exists() && path.extension().is_some_and(|extension| extension == "sh"));
    scripts.sort();
    assert!(!scripts.is_empty(), "no scripts");
    let failures: Vec<String> = scripts
        .iter()
        .filter_map(|script| check(&directory, script).err().map(|why| format!("{}: {why}", script.display())))
        .collect();
    assert!(failures.is_empty(), "{} of {} scripts failed:\n{}", failures.len(), scripts.len(), failures.join("\n"));
}
