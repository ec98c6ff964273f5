//! Compiled modules, every field, against listings of what CPython 3.14 makes of them (`golden/make.py`).

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use pvm_bytecode::instructions::Instructions;
use pvm_bytecode::{CodeObject, Constant, Opcode, Text};
use pvm_compiler::compile::{CompileOptions, Source, compile_source};
use pvm_compiler::error::IgnoreWarnings;
use pvm_compiler::lower::Mode;

fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A word and what follows it, if anything does.
fn tagged(tag: &str, rest: String) -> String {
    format!("{tag} {rest}")
}

fn constant(value: &Constant) -> String {
    let all = |items: &[Constant]| items.iter().map(constant).collect::<Vec<_>>();
    match value {
        Constant::None => "None".to_owned(),
        Constant::Ellipsis => "...".to_owned(),
        Constant::StopIteration => "StopIteration".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => tagged("float", hex(value.to_be_bytes())),
        Constant::Complex(real, imag) => {
            let bytes = real.to_be_bytes().into_iter().chain(imag.to_be_bytes());
            tagged("complex", hex(bytes))
        }
        Constant::Str(text) => tagged("str", hex(text.as_bytes().iter().copied())),
        Constant::Bytes(bytes) => tagged("bytes", hex(bytes.iter().copied())),
        Constant::Tuple(items) => format!("({})", all(items).join(", ")),
        Constant::FrozenSet(items) => {
            let mut items = all(items);
            items.sort();
            format!("{{{}}}", items.join(", "))
        }
        Constant::Slice(parts) => format!("slice({})", all(&parts[..]).join(", ")),
        Constant::Code(code) => tagged("code", code.name.to_string()),
    }
}

fn listing(code: &CodeObject) -> Vec<String> {
    let mut lines = vec![
        format!("code {}", code.qualname),
        format!(
            "  args {} {} {} flags {:#x} stack {} line {}",
            code.argcount, code.posonlyargcount, code.kwonlyargcount, code.flags, code.stacksize, code.firstlineno
        ),
    ];
    let groups: [(&str, Vec<&Text>); 4] = [
        ("names", code.names.iter().collect()),
        ("locals", code.varnames().collect()),
        ("cells", code.cellvars().collect()),
        ("free", code.freevars().collect()),
    ];
    for (title, names) in groups {
        let names: Vec<String> = names.into_iter().map(Text::to_string).collect();
        lines.push(format!("  {title} {}", names.join(" ")).trim_end().to_owned());
    }
    lines.extend(code.consts.iter().map(|value| format!("  const {}", constant(value))));
    for instruction in Instructions::new(&code.code) {
        let arg = match instruction.opcode() {
            Some(opcode) if opcode.has_arg() => format!(" {}", instruction.oparg),
            _ => String::new(),
        };
        let place = code
            .location_at(instruction.offset as usize)
            .to_position()
            .map(|number| number.map_or("-".to_owned(), |number| number.to_string()));
        lines.push(format!(
            "  {} {}{arg} @ {}",
            instruction.offset,
            instruction.opcode().map_or("?", Opcode::name),
            place.join(" ")
        ));
    }
    for entry in code.exception_entries() {
        let lasti = if entry.lasti { "lasti" } else { "-" };
        lines.push(format!("  handler {} {} {} {} {lasti}", entry.start, entry.end, entry.target, entry.depth));
    }
    lines
}

fn check(path: &Path) {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let source = fs::read(path).expect("the source is there");
    let wanted = fs::read_to_string(path.with_extension("txt")).expect("the listing is there");
    let code =
        compile_source(Source::Bytes(&source, &|_, _| None), name, Mode::Exec, CompileOptions::default(), &mut IgnoreWarnings)
            .expect("the source is sound");
    let got: Vec<String> = code.walk().flat_map(listing).collect();
    for (number, (wanted, got)) in (1..).zip(wanted.lines().zip(&got)) {
        assert_eq!(got, wanted, "{name}, line {number} of the listing");
    }
    assert_eq!(got.len(), wanted.lines().count(), "{name}");
}

#[test]
fn code_is_cpythons() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut sources: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.with_extension("txt").exists() && path.extension().is_some_and(|e| e == "py"))
        .collect();
    sources.sort();
    assert!(!sources.is_empty());
    for source in sources {
        check(&source);
    }
}
