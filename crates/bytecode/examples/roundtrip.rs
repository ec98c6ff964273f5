//! Reads `.pyc` files, writes them again, and tells what differs:
//!
//! ```text
//! cargo run --release -p pvm-bytecode --example roundtrip -- [--out FOLDER] FILE.pyc…
//! ```
//!
//! Each file must be readable and pass the verifier, and what is written must come out the same when it is read and written
//! once more. `--out` keeps what is written, numbered, for another Python to load. The last lines say how many came out as
//! they were, and how fast it went.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pvm_bytecode::pyc;
use pvm_bytecode::verify::verify;

#[derive(Default)]
struct Times {
    reading: Duration,
    verifying: Duration,
}

fn check(path: &str, times: &mut Times) -> Result<(Vec<u8>, Vec<u8>), String> {
    let file = std::fs::read(path).map_err(|error| error.to_string())?;
    let start = Instant::now();
    let (source, code) = pyc::read(&file).map_err(|error| error.to_string())?;
    times.reading += start.elapsed();
    let start = Instant::now();
    let verified = verify(code.clone()).map_err(|error| error.to_string())?;
    times.verifying += start.elapsed();
    if !Arc::ptr_eq(&code, &verified) {
        return Err("the verifier mended the code".into());
    }
    let written = pyc::write(&code, source).map_err(|error| error.to_string())?;
    let (_, again) = pyc::read(&written).map_err(|error| format!("written anew: {error}"))?;
    if !again.same(&code) {
        return Err("the code object changed".into());
    }
    if pyc::write(&again, source).as_ref() != Ok(&written) {
        return Err("the second writing differs from the first".into());
    }
    Ok((file, written))
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let out = arguments.next_if_eq("--out").and_then(|_| arguments.next()).map(PathBuf::from);
    let (mut total, mut bytes, mut identical, mut failed) = (0, 0, 0, 0);
    let mut times = Times::default();
    for path in arguments {
        match check(&path, &mut times) {
            Ok((file, written)) => {
                identical += usize::from(file == written);
                if file != written {
                    println!("{path}: comes out differently");
                }
                bytes += file.len();
                if let Some(folder) = &out {
                    std::fs::write(folder.join(format!("{total}.pyc")), written).expect("the folder takes files");
                }
            }
            Err(error) => {
                failed += 1;
                println!("{path}: {error}");
            }
        }
        total += 1;
    }
    println!("{total} files, {identical} came out as they were, {failed} failed");
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!("read at {:.0} MB/s, verified at {:.0} MB/s", speed(times.reading), speed(times.verifying));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
