//! Files that CPython 3.14 made (`golden/regenerate.py` says how) are read, verified, disassembled and written as CPython
//! does it; and damaged in many ways, none of which may be a panic.

use std::fs;
use std::path::{Path, PathBuf};

use pvm_bytecode::dis::{Options, disassemble_recursive};
use pvm_bytecode::pyc::{self, Source};
use pvm_bytecode::verify::verify;

fn golden_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(folder).expect("the folder of golden files is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("its entries can be read").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pyc"));
    files.sort();
    assert_eq!(files.len(), 5);
    files
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text without addresses and members of frozen sets.
fn normalised(text: &str) -> String {
    let line = |line: &str| {
        let mut line = line.to_owned();
        if let Some(start) = line.find(" at 0x") {
            let digits = line[start + 6..].bytes().take_while(u8::is_ascii_hexdigit).count();
            line.replace_range(start + 6..start + 6 + digits, "0");
        }
        if let (Some(start), Some(end)) = (line.find("frozenset({"), line.rfind("})")) {
            line.replace_range(start + 11..end, "");
        }
        line + "\n"
    };
    text.lines().map(line).collect()
}

#[test]
fn written_as_they_were() {
    for path in golden_files() {
        let file = read(&path);
        let (source, code) = pyc::read(&file).expect("a golden file can be read");
        let hash = pyc::source_hash(&read(&path.with_extension("py")));
        assert_eq!(source, Source::Hash { hash, check: true }, "{}", path.display());
        assert_eq!(pyc::write(&code, source).expect("it can be written"), file, "{}", path.display());
    }
}

#[test]
fn verified_without_mending() {
    for path in golden_files() {
        let (_, code) = pyc::read(&read(&path)).expect("a golden file can be read");
        let verified = verify(code.clone()).expect("CPython's code is accepted");
        assert!(std::sync::Arc::ptr_eq(&code, &verified), "{}", path.display());
    }
}

#[test]
fn disassembled_as_by_cpython() {
    let options = Options { show_offsets: true, ..Options::default() };
    for path in golden_files() {
        let (_, code) = pyc::read(&read(&path)).expect("a golden file can be read");
        let expected = String::from_utf8(read(&path.with_extension("dis"))).expect("the text is UTF-8");
        let text = normalised(&disassemble_recursive(&code, &options, None));
        for (place, (ours, theirs)) in text.lines().zip(expected.lines()).enumerate() {
            assert_eq!(ours, theirs, "{} line {}", path.display(), place + 1);
        }
        assert_eq!(text.len(), expected.len(), "{}", path.display());
    }
}

#[test]
fn damage_is_no_panic() {
    let options = Options { show_caches: true, show_positions: true, ..Options::default() };
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random as usize
    };
    for path in golden_files() {
        let file = read(&path);
        for _ in 0..400 {
            let mut file = file.clone();
            for _ in 0..next() % 4 + 1 {
                let place = pyc::HEADER_SIZE + next() % (file.len() - pyc::HEADER_SIZE);
                file[place] = next() as u8;
            }
            file.truncate(file.len() - if next() % 8 == 0 { next() % 200 } else { 0 });
            let Ok((source, code)) = pyc::read(&file) else {
                continue;
            };
            disassemble_recursive(&code, &options, None);
            for code in code.walk() {
                code.lines().count();
                code.branches().count();
                code.handler_at(10);
            }
            let written = pyc::write(&code, source).expect("what was read can be written");
            assert!(pyc::read(&written).expect("what was written can be read").1.same(&code));
            let _ = verify(code);
        }
    }
}
