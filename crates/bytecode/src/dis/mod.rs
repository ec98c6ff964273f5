//! Disassembly: code objects as text, line for line what CPython's module `dis` prints.
//!
//! - here: the functions, and the layout of a line.
//! - `argument`: what stands in parentheses after an operand.
//! - `cache`: names of the inline caches' parts.

mod argument;
mod cache;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::sync::Arc;

use crate::code::CodeObject;
use crate::constant::Constant;
use crate::exceptions::ExceptionEntry;
use crate::flags::FLAG_NAMES;
use crate::locations::Location;
use crate::opcode::{CACHES, DEOPT, Opcode, op};
use crate::repr::code_repr;
use argument::{describe, jump_target};

/// What to show, as the parameters of `dis.dis`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Lines for inline caches.
    pub show_caches: bool,
    /// A column of offsets.
    pub show_offsets: bool,
    /// Whole positions instead of lines.
    pub show_positions: bool,
    /// The offset of the current instruction, which gets an arrow.
    pub lasti: Option<usize>,
    /// The code as it stands in the running interpreter, of the same length as the original.
    pub adaptive: Option<&'a [u8]>,
}

/// An instruction as `dis` sees it: `EXTENDED_ARG` stands by itself.
struct Item {
    offset: usize,
    byte: u8,
    arg: Option<u32>,
}

fn items(code: &[u8]) -> impl Iterator<Item = Item> {
    let mut offset = 0;
    let mut extension = 0u32;
    std::iter::from_fn(move || {
        let &[byte, low] = code.get(offset..offset + 2)? else {
            return None;
        };
        let item_offset = offset;
        offset += 2 + 2 * usize::from(CACHES[usize::from(byte)]);
        let opcode = Opcode::from_byte(DEOPT[usize::from(byte)]);
        if !opcode.is_some_and(Opcode::has_arg) {
            extension = 0;
            return Some(Item { offset: item_offset, byte, arg: None });
        }
        let arg = extension | u32::from(low);
        extension = if byte == op::EXTENDED_ARG { arg << 8 } else { 0 };
        Some(Item { offset: item_offset, byte, arg: Some(arg) })
    })
}

/// Numbers of the labels L1, L2 …, by the offset that each marks.
fn labels(code: &CodeObject, entries: &[ExceptionEntry]) -> HashMap<i64, usize> {
    let mut offsets: BTreeSet<i64> = items(&code.code).filter_map(|item| jump_target(&item)).collect();
    for entry in entries {
        offsets.extend([entry.start, entry.end, entry.target].map(i64::from));
    }
    offsets.into_iter().zip(1..).collect()
}

/// The offsets where the line changes.
fn line_starts(code: &CodeObject) -> HashMap<usize, Option<i32>> {
    let mut last = None;
    let ranges = code.lines().filter(|range| last.replace(range.line) != Some(range.line));
    ranges.map(|range| (range.start as usize, range.line)).collect()
}

const NO_LINE: &str = "  --";

struct Layout<'a> {
    code: &'a CodeObject,
    options: &'a Options<'a>,
    line_width: usize,
    label_width: usize,
    offset_width: usize,
    labels: HashMap<i64, usize>,
    lines: HashMap<usize, Option<i32>>,
}

impl<'a> Layout<'a> {
    fn new(code: &'a CodeObject, entries: &[ExceptionEntry], options: &'a Options<'a>) -> Layout<'a> {
        let labels = labels(code, entries);
        let lines = line_starts(code);
        let line_width = if options.show_positions { positions_width(code) } else { lines_width(&lines) };
        let offset_width = (code.code.len().saturating_sub(2)).max(9999).to_string().len();
        Layout {
            code,
            options,
            line_width,
            label_width: 4 + labels.len().to_string().len(),
            offset_width: if options.show_offsets { offset_width } else { 0 },
            labels,
            lines,
        }
    }

    fn instruction(&self, out: &mut String, item: &Item, position: Option<Location>) {
        let bytes = self.options.adaptive.filter(|bytes| bytes.len() == self.code.code.len());
        let bytes = bytes.unwrap_or(&self.code.code);
        let byte = bytes[item.offset];
        let caches = usize::from(CACHES[usize::from(item.byte)]);
        let end = item.offset + 2 * caches;
        let current = self.options.lasti.is_some_and(|lasti| (item.offset..=end).contains(&lasti));
        let argument = describe(self.code, item, &self.labels);
        let name = Opcode::from_byte(byte).map_or_else(|| format!("<{byte}>"), |opcode| opcode.name().into());
        let line = Line { offset: item.offset, position, starts: true, current, name: &name, arg: item.arg, argument: &argument };
        self.line(out, &line);
        if self.options.show_caches {
            let mut offset = item.offset;
            for (name, size) in cache::layout(DEOPT[usize::from(item.byte)]) {
                for cell in 0..size {
                    offset += 2;
                    let argument = match bytes.get(offset..offset + 2 * size) {
                        Some(data) if cell == 0 => {
                            let value = data.iter().rev().fold(0u64, |value, &byte| value << 8 | u64::from(byte));
                            format!("{name}: {value}")
                        }
                        _ => String::new(),
                    };
                    let line = Line {
                        offset,
                        position,
                        starts: false,
                        current: false,
                        name: "CACHE",
                        arg: Some(0),
                        argument: &argument,
                    };
                    self.line(out, &line);
                }
            }
        }
    }

    fn line(&self, out: &mut String, line: &Line<'_>) {
        let start = line.starts.then(|| self.lines.get(&line.offset)).flatten();
        if self.line_width > 0 && start.is_some() && line.offset > 0 {
            out.push('\n');
        }
        let mut fields: Vec<String> = Vec::with_capacity(6);
        let width = self.line_width;
        if width > 0 {
            fields.push(match (self.options.show_positions, start) {
                (true, _) => format!("{:width$}", line.position.map_or(String::new(), position_text)),
                (false, Some(Some(line))) => format!("{line:width$}"),
                (false, Some(None)) => format!("{NO_LINE:>width$}"),
                (false, None) => " ".repeat(width),
            });
        }
        let label = match self.labels.get(&(line.offset as i64)) {
            Some(label) if line.starts => format!("L{label}:"),
            _ => String::new(),
        };
        fields.push(format!("{label:>0$}", self.label_width));
        if self.offset_width > 0 {
            fields.push(format!("{:>1$}  ", line.offset, self.offset_width));
        }
        fields.push(if line.current { "-->" } else { "   " }.into());
        fields.push(format!("{:20}", line.name));
        if let Some(arg) = line.arg {
            let excess = line.name.len().saturating_sub(20);
            // operands are signed in CPython
            fields.push(format!("{:>1$}", arg as i32, 5usize.saturating_sub(excess)));
            if !line.argument.is_empty() {
                fields.push(format!("({})", line.argument));
            }
        }
        out.push_str(fields.join(" ").trim_end());
        out.push('\n');
    }
}

struct Line<'a> {
    offset: usize,
    position: Option<Location>,
    starts: bool,
    current: bool,
    name: &'a str,
    arg: Option<u32>,
    argument: &'a str,
}

fn lines_width(lines: &HashMap<usize, Option<i32>>) -> usize {
    let Some(highest) = lines.values().flatten().filter(|&&line| line != 0).max() else {
        return 0;
    };
    let width = highest.to_string().len().max(3);
    if lines.values().any(Option::is_none) { width.max(NO_LINE.len()) } else { width }
}

fn positions_width(code: &CodeObject) -> usize {
    let mut widest = None;
    for location in code.location_ranges().map(|range| range.location) {
        let position = location.to_position();
        if position.iter().any(Option::is_some) {
            widest = widest.max(Some(0));
        }
        let width = position.iter().map(|part| part.map_or(1, |part| part.to_string().len())).sum();
        widest = widest.map(|widest: usize| widest.max(width));
    }
    widest.map_or(0, |widest| 1 + NO_LINE.len().max(3 + widest))
}

fn position_text(location: Location) -> String {
    let position = location.to_position();
    if position.iter().all(Option::is_none) {
        return NO_LINE.into();
    }
    let [line, end_line, column, end_column] = position.map(|part| part.map_or("?".into(), |part| part.to_string()));
    format!("{line}:{column}-{end_line}:{end_column}")
}

/// What `dis.disassemble` prints for a code object.
pub fn disassemble(code: &CodeObject, options: &Options<'_>) -> String {
    let entries: Vec<ExceptionEntry> = code.exception_entries().collect();
    let layout = Layout::new(code, &entries, options);
    let positions: Vec<Location> = if options.show_positions { code.positions().collect() } else { Vec::new() };
    let mut out = String::new();
    for item in items(&code.code) {
        layout.instruction(&mut out, &item, positions.get(item.offset / 2).copied());
    }
    if !entries.is_empty() {
        out.push_str("ExceptionTable:\n");
    }
    for entry in &entries {
        let [start, end, target] = [entry.start, entry.end, entry.target].map(|offset| layout.labels[&i64::from(offset)]);
        let lasti = if entry.lasti { " lasti" } else { "" };
        writeln!(out, "  L{start} to L{end} -> L{target} [{}]{lasti}", entry.depth).expect("strings take all writes");
    }
    out
}

/// What `dis.dis` prints for a code object: itself, then those among its constants, `depth` levels deep.
pub fn disassemble_recursive(code: &CodeObject, options: &Options<'_>, depth: Option<usize>) -> String {
    let mut out = disassemble(code, options);
    if depth == Some(0) {
        return out;
    }
    let inner_options = Options { lasti: None, adaptive: None, ..*options };
    for inner in code.consts.iter().filter_map(Constant::as_code) {
        write!(out, "\nDisassembly of {}:\n", code_repr(inner)).expect("strings take all writes");
        out.push_str(&disassemble_recursive(inner, &inner_options, depth.map(|depth| depth - 1)));
    }
    out
}

/// The flags by name, as `dis.pretty_flags`.
pub fn pretty_flags(flags: u32) -> String {
    let bits = (0..32).map(|bit| 1u32 << bit).filter(|bit| flags & bit != 0);
    let name =
        |bit: u32| FLAG_NAMES.iter().find(|(flag, _)| *flag == bit).map_or(format!("{bit:#x}"), |(_, name)| (*name).into());
    let names: Vec<String> = bits.map(name).collect();
    if names.is_empty() { "0x0".into() } else { names.join(", ") }
}

/// What `dis.show_code` prints: the fields of a code object.
pub fn code_info(code: &Arc<CodeObject>) -> String {
    let mut lines = vec![
        format!("Name:              {}", code.name),
        format!("Filename:          {}", code.filename),
        format!("Argument count:    {}", code.argcount),
        format!("Positional-only arguments: {}", code.posonlyargcount),
        format!("Kw-only arguments: {}", code.kwonlyargcount),
        format!("Number of locals:  {}", code.nlocals()),
        format!("Stack size:        {}", code.stacksize),
        format!("Flags:             {}", pretty_flags(code.flags)),
    ];
    let mut section = |title: &str, entries: Vec<String>| {
        if !entries.is_empty() {
            lines.push(format!("{title}:"));
            lines.extend(entries.into_iter().enumerate().map(|(place, entry)| format!("{place:4}: {entry}")));
        }
    };
    section("Constants", code.consts.iter().map(Constant::to_string).collect());
    section("Names", code.names.iter().map(ToString::to_string).collect());
    section("Variable names", code.varnames().map(ToString::to_string).collect());
    section("Free variables", code.freevars().map(ToString::to_string).collect());
    section("Cell variables", code.cellvars().map(ToString::to_string).collect());
    lines.join("\n")
}
