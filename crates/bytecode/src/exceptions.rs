//! The exception table (`co_exceptiontable`): which handler an exception raised in a range of instructions goes to.

use crate::code::CodeObject;
use crate::varint::{Cursor, write_big};

/// Set in the first byte of each entry.
const START: u8 = 0x80;

/// One range of instructions and its handler; offsets are in bytes of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExceptionEntry {
    /// First byte of the range.
    pub start: u32,
    /// The byte after the range.
    pub end: u32,
    /// Where the handler starts.
    pub target: u32,
    /// Stack depth to unwind to before the exception is pushed.
    pub depth: u32,
    /// Whether the raising instruction's offset is pushed below the exception.
    pub lasti: bool,
}

/// Writes an exception table as CPython's `assemble.c` does. Entries must come in the order of code and not overlap.
#[derive(Debug, Default)]
pub struct ExceptionWriter {
    bytes: Vec<u8>,
}

impl ExceptionWriter {
    /// An empty table.
    pub fn new() -> ExceptionWriter {
        ExceptionWriter::default()
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: ExceptionEntry) {
        write_big(&mut self.bytes, entry.start / 2, START);
        write_big(&mut self.bytes, (entry.end - entry.start) / 2, 0);
        write_big(&mut self.bytes, entry.target / 2, 0);
        write_big(&mut self.bytes, entry.depth << 1 | u32::from(entry.lasti), 0);
    }

    /// The finished table.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Iterator over the entries of an exception table. It ends early where the table is damaged.
#[derive(Clone, Debug)]
pub struct ExceptionEntries<'a> {
    cursor: Cursor<'a>,
}

impl<'a> ExceptionEntries<'a> {
    /// The entries of `table`.
    pub fn new(table: &'a [u8]) -> ExceptionEntries<'a> {
        ExceptionEntries { cursor: Cursor::new(table) }
    }

    /// How many bytes of the table were read, whole entries only.
    pub fn position(&self) -> usize {
        self.cursor.position()
    }

    /// Whether the whole table was read.
    pub fn at_end(&self) -> bool {
        self.cursor.at_end()
    }
}

impl Iterator for ExceptionEntries<'_> {
    type Item = ExceptionEntry;

    fn next(&mut self) -> Option<ExceptionEntry> {
        let mut cursor = self.cursor.clone();
        if cursor.peek()? & START == 0 {
            return None;
        }
        let mut bytes = || cursor.big()?.checked_mul(2);
        let start = bytes()?;
        let end = start.checked_add(bytes()?)?;
        let target = bytes()?;
        let depth = cursor.big()?;
        self.cursor = cursor;
        Some(ExceptionEntry { start, end, target, depth: depth >> 1, lasti: depth & 1 != 0 })
    }
}

impl CodeObject {
    /// The entries of the exception table.
    pub fn exception_entries(&self) -> ExceptionEntries<'_> {
        ExceptionEntries::new(&self.exceptiontable)
    }

    /// The handler of an exception raised by the instruction at this byte of the code.
    pub fn handler_at(&self, offset: usize) -> Option<ExceptionEntry> {
        let covers = |entry: &ExceptionEntry| (entry.start as usize..entry.end as usize).contains(&offset);
        self.exception_entries().take_while(|entry| entry.start as usize <= offset).find(covers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRIES: [ExceptionEntry; 3] = [
        ExceptionEntry { start: 4, end: 10, target: 40, depth: 0, lasti: false },
        ExceptionEntry { start: 10, end: 400, target: 9000, depth: 3, lasti: true },
        ExceptionEntry { start: 10_000_000, end: 10_000_002, target: 20_000_000, depth: 40, lasti: true },
    ];

    fn code() -> CodeObject {
        let mut writer = ExceptionWriter::new();
        ENTRIES.into_iter().for_each(|entry| writer.push(entry));
        CodeObject { exceptiontable: writer.finish().into(), ..CodeObject::default() }
    }

    #[test]
    fn entries_come_back() {
        assert!(code().exception_entries().eq(ENTRIES));
        assert_eq!(code().exceptiontable[..4], [0x82, 3, 20, 0]);
    }

    #[test]
    fn lookup() {
        let code = code();
        assert_eq!(code.handler_at(2), None);
        assert_eq!(code.handler_at(8), Some(ENTRIES[0]));
        assert_eq!(code.handler_at(398), Some(ENTRIES[1]));
        assert_eq!(code.handler_at(400), None);
        assert_eq!(code.handler_at(10_000_000), Some(ENTRIES[2]));
    }

    #[test]
    fn damage_ends_the_table() {
        assert_eq!(ExceptionEntries::new(&[0x82, 3]).count(), 0);
        assert_eq!(ExceptionEntries::new(&[2, 3, 20, 0]).count(), 0);
        let mut entries = ExceptionEntries::new(&[0x82, 3, 20, 0, 9]);
        assert_eq!((entries.by_ref().count(), entries.at_end()), (1, false));
    }
}
