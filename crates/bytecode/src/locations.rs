//! The location table (`co_linetable`) of PEP 626 and PEP 657: which source position each instruction comes from.
//!
//! The table is a sequence of entries, each for one to eight code units (of two bytes). An entry's first byte has the top
//! bit set, a form in the next four bits and the number of units less one in the low three. Forms 0 to 9 are short (same
//! line, column below 80), 10 to 12 lie on one line zero to two further down, 13 has no columns, 14 is everything, 15 is no
//! position at all. Lines are differences from the entry before.

use crate::code::CodeObject;
use crate::varint::{Cursor, write_little, write_signed};

const FORM_ONE_LINE: u8 = 10;
const FORM_NO_COLUMNS: u8 = 13;
const FORM_LONG: u8 = 14;
const FORM_NONE: u8 = 15;

/// The most code units that one entry covers.
const MAX_UNITS: u32 = 8;

/// A position in the source; each number is -1 where it is not known. Columns count bytes of UTF-8 from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// First line, from one.
    pub lineno: i32,
    /// Last line.
    pub end_lineno: i32,
    /// First column.
    pub col_offset: i32,
    /// The column after the last.
    pub end_col_offset: i32,
}

impl Location {
    /// An instruction that comes from no place in the source.
    pub const NONE: Location = Location::uniform(-1);
    /// Stands, inside the compiler, for the next instruction's location.
    pub const NEXT: Location = Location::uniform(-2);

    const fn uniform(value: i32) -> Location {
        Location { lineno: value, end_lineno: value, col_offset: value, end_col_offset: value }
    }

    /// A line without columns.
    pub const fn line(lineno: i32) -> Location {
        Location { lineno, end_lineno: lineno, col_offset: -1, end_col_offset: -1 }
    }

    /// The four numbers as `co_positions` yields them: line, end line, column, end column.
    pub fn to_position(self) -> [Option<u32>; 4] {
        [self.lineno, self.end_lineno, self.col_offset, self.end_col_offset].map(|number| u32::try_from(number).ok())
    }
}

/// Writes a location table as CPython's `assemble.c` does.
#[derive(Debug)]
pub struct LocationWriter {
    bytes: Vec<u8>,
    line: i32,
    pending: Location,
    units: u32,
}

impl LocationWriter {
    /// A writer for code whose first line is `firstlineno`.
    pub fn new(firstlineno: i32) -> LocationWriter {
        LocationWriter { bytes: Vec::new(), line: firstlineno, pending: Location::NONE, units: 0 }
    }

    /// Adds an instruction of `units` code units, its caches and extended operands included. Neighbours of the same location
    /// share entries.
    pub fn push(&mut self, location: Location, units: u32) {
        if location != self.pending {
            self.flush();
            self.pending = location;
        }
        self.units += units;
    }

    /// The finished table.
    pub fn finish(mut self) -> Vec<u8> {
        self.flush();
        self.bytes
    }

    fn flush(&mut self) {
        while self.units > 0 {
            let units = self.units.min(MAX_UNITS);
            self.entry(units);
            self.units -= units;
        }
    }

    fn head(&mut self, form: u8, units: u32) {
        self.bytes.push(0x80 | form << 3 | (units - 1) as u8);
    }

    fn entry(&mut self, units: u32) {
        let Location { lineno, end_lineno, col_offset, end_col_offset } = self.pending;
        if lineno == Location::NONE.lineno {
            self.head(FORM_NONE, units);
            return;
        }
        let delta = lineno.wrapping_sub(self.line);
        self.line = lineno;
        if col_offset < 0 || end_col_offset < 0 {
            if end_lineno == lineno || end_lineno < 0 {
                self.head(FORM_NO_COLUMNS, units);
                write_signed(&mut self.bytes, delta);
                return;
            }
        } else if end_lineno == lineno {
            if delta == 0 && col_offset < 80 && (0..16).contains(&(end_col_offset - col_offset)) {
                self.head((col_offset >> 3) as u8, units);
                self.bytes.push((col_offset << 4 & 0x70 | (end_col_offset - col_offset)) as u8);
                return;
            }
            if (0..3).contains(&delta) && col_offset < 128 && end_col_offset < 128 {
                self.head(FORM_ONE_LINE + delta as u8, units);
                self.bytes.extend([col_offset as u8, end_col_offset as u8]);
                return;
            }
        }
        self.head(FORM_LONG, units);
        write_signed(&mut self.bytes, delta);
        write_little(&mut self.bytes, end_lineno.wrapping_sub(lineno) as u32);
        write_little(&mut self.bytes, (col_offset + 1) as u32);
        write_little(&mut self.bytes, (end_col_offset + 1) as u32);
    }
}

/// The instructions from byte `start` to before byte `end` come from `location`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocationRange {
    /// First byte of code.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Their position in the source.
    pub location: Location,
}

/// Iterator over the entries of a location table. It ends early where the table is damaged.
#[derive(Clone, Debug)]
pub struct LocationRanges<'a> {
    cursor: Cursor<'a>,
    line: i32,
    end: u32,
}

impl<'a> LocationRanges<'a> {
    /// The entries of `linetable` of code whose first line is `firstlineno`.
    pub fn new(linetable: &'a [u8], firstlineno: i32) -> LocationRanges<'a> {
        LocationRanges { cursor: Cursor::new(linetable), line: firstlineno, end: 0 }
    }

    /// How many bytes of the table were read, whole entries only.
    pub fn position(&self) -> usize {
        self.cursor.position()
    }

    fn decode(&mut self) -> Option<LocationRange> {
        let head = self.cursor.byte()?;
        if head & 0x80 == 0 {
            return None;
        }
        let form = head >> 3 & 15;
        let location = match form {
            FORM_NONE => Location::NONE,
            FORM_LONG => {
                let lineno = self.line.checked_add(self.cursor.signed()?)?;
                Location {
                    lineno,
                    end_lineno: lineno.checked_add_unsigned(self.cursor.little()?)?,
                    col_offset: i32::try_from(self.cursor.little()?).ok()? - 1,
                    end_col_offset: i32::try_from(self.cursor.little()?).ok()? - 1,
                }
            }
            FORM_NO_COLUMNS => Location::line(self.line.checked_add(self.cursor.signed()?)?),
            FORM_ONE_LINE..FORM_NO_COLUMNS => Location {
                col_offset: i32::from(self.cursor.byte()?),
                end_col_offset: i32::from(self.cursor.byte()?),
                ..Location::line(self.line.checked_add(i32::from(form - FORM_ONE_LINE))?)
            },
            _ => {
                let columns = self.cursor.byte()?;
                let col_offset = i32::from(form << 3 | columns >> 4);
                let end_col_offset = col_offset + i32::from(columns & 15);
                Location { col_offset, end_col_offset, ..Location::line(self.line) }
            }
        };
        if form != FORM_NONE {
            self.line = location.lineno;
        }
        let start = self.end;
        self.end = start.checked_add((u32::from(head & 7) + 1) * 2)?;
        Some(LocationRange { start, end: self.end, location })
    }
}

impl Iterator for LocationRanges<'_> {
    type Item = LocationRange;

    #[inline]
    fn next(&mut self) -> Option<LocationRange> {
        let before = self.cursor.clone();
        let range = self.decode();
        if range.is_none() {
            self.cursor = before;
        }
        range
    }
}

/// The bytes from `start` to before `end` are of one line, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    /// First byte of code.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The line.
    pub line: Option<i32>,
}

impl CodeObject {
    /// The entries of the location table.
    pub fn location_ranges(&self) -> LocationRanges<'_> {
        LocationRanges::new(&self.linetable, self.firstlineno)
    }

    /// The location of each code unit, caches included (`co_positions`).
    pub fn positions(&self) -> impl Iterator<Item = Location> {
        self.location_ranges().flat_map(|range| std::iter::repeat_n(range.location, (range.end - range.start) as usize / 2))
    }

    /// Runs of code units of the same line (`co_lines`).
    pub fn lines(&self) -> impl Iterator<Item = LineRange> {
        let mut ranges = self.location_ranges().peekable();
        std::iter::from_fn(move || {
            let first = ranges.next()?;
            let lineno = first.location.lineno;
            let mut end = first.end;
            while let Some(next) = ranges.next_if(|next| next.location.lineno == lineno) {
                end = next.end;
            }
            Some(LineRange { start: first.start, end, line: (lineno >= 0).then_some(lineno) })
        })
    }

    /// The location table with lines only (`remove_column_info`).
    pub fn linetable_without_columns(&self) -> Vec<u8> {
        let mut writer = LocationWriter::new(self.firstlineno);
        for range in self.location_ranges() {
            writer.flush();
            let line = range.location.lineno;
            writer.pending = if line < 0 { Location::NONE } else { Location::line(line) };
            writer.units = (range.end - range.start) / 2;
        }
        writer.finish()
    }

    /// The location of the instruction at this byte of the code.
    pub fn location_at(&self, offset: usize) -> Location {
        let found = self.location_ranges().find(|range| offset < range.end as usize);
        found.map_or(Location::NONE, |range| range.location)
    }

    /// The line of the instruction at this byte of the code.
    pub fn line_at(&self, offset: usize) -> Option<i32> {
        // As `LocationRanges` decodes, without the columns.
        let mut cursor = Cursor::new(&self.linetable);
        let (mut line, mut end) = (self.firstlineno, 0usize);
        loop {
            let head = cursor.byte()?;
            if head & 0x80 == 0 {
                return None;
            }
            let form = head >> 3 & 15;
            match form {
                FORM_NONE => {}
                FORM_LONG => {
                    line = line.checked_add(cursor.signed()?)?;
                    for _ in 0..3 {
                        cursor.little()?;
                    }
                }
                FORM_NO_COLUMNS => line = line.checked_add(cursor.signed()?)?,
                FORM_ONE_LINE..FORM_NO_COLUMNS => {
                    line = line.checked_add(i32::from(form - FORM_ONE_LINE))?;
                    cursor.byte()?;
                    cursor.byte()?;
                }
                _ => {
                    cursor.byte()?;
                }
            }
            end += (usize::from(head & 7) + 1) * 2;
            if offset < end {
                return (form != FORM_NONE && line >= 0).then_some(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lineno: i32, end_lineno: i32, col_offset: i32, end_col_offset: i32) -> Location {
        Location { lineno, end_lineno, col_offset, end_col_offset }
    }

    fn code(linetable: Vec<u8>) -> CodeObject {
        CodeObject { firstlineno: 10, linetable: linetable.into(), ..CodeObject::default() }
    }

    #[test]
    fn every_form_comes_back() {
        let entries = [
            (Location::NONE, 1),
            (at(10, 10, 79, 94), 3),
            (at(10, 10, 80, 94), 1),
            (at(12, 12, 127, 0), 1),
            (at(15, 15, 1, 2), 8),
            (at(5, 9, 0, 300), 2),
            (Location::line(7), 1),
            (at(7, -1, -1, -1), 1),
            (at(7, 8, -1, -1), 1),
            (at(2000, 2000, 5000, 5001), 19),
        ];
        let mut writer = LocationWriter::new(10);
        for (location, units) in entries {
            writer.push(location, units);
        }
        let code = code(writer.finish());
        let expected = entries.iter().flat_map(|&(location, units)| {
            let end_lineno = if location.end_lineno < 0 { location.lineno } else { location.end_lineno };
            vec![Location { end_lineno, ..location }; units as usize]
        });
        assert!(code.positions().eq(expected));
    }

    #[test]
    fn bytes_as_cpython_writes_them() {
        let mut writer = LocationWriter::new(1);
        writer.push(at(0, 1, 0, 0), 1);
        writer.push(at(1, 1, 0, 5), 10);
        writer.push(at(2, 2, 4, 11), 2);
        let bytes = writer.finish();
        assert_eq!(bytes, [0xF0, 3, 1, 1, 1, 0x80 | 11 << 3 | 7, 0, 5, 0x81, 0x05, 0xD9, 4, 11]);
    }

    #[test]
    fn lines_merge() {
        let mut writer = LocationWriter::new(10);
        for (location, units) in [(at(10, 10, 0, 1), 2), (at(10, 10, 2, 3), 2), (Location::NONE, 1), (at(11, 11, 0, 1), 1)] {
            writer.push(location, units);
        }
        let code = code(writer.finish());
        let lines: Vec<_> = code.lines().map(|range| (range.start, range.end, range.line)).collect();
        assert_eq!(lines, [(0, 8, Some(10)), (8, 10, None), (10, 12, Some(11))]);
        assert_eq!((code.line_at(7), code.line_at(8), code.line_at(10), code.line_at(99)), (Some(10), None, Some(11), None));
    }

    #[test]
    fn damage_ends_the_table() {
        assert_eq!(code(vec![0x05]).positions().count(), 0);
        assert_eq!(code(vec![0xF8, 0xF0, 0x40]).positions().count(), 1);
        assert_eq!(code(vec![0xF0, 0x7E, 0x7F, 0x7F, 0x7F, 0x7F, 3, 0, 0, 0]).positions().count(), 0);
    }
}
