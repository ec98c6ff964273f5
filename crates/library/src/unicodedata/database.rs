//! What is known of characters, in the present version of Unicode and in 3.2.0.

use pvm_object::text::unicode::{self, UNICODE_VERSION};
use unicode_normalization::char::canonical_combining_class;

use super::tables::{BIDIRECTIONAL, CORRECTIONS_3_2_0, NUMBERS_3_2_0, RECORDS, RUNS, RUNS_3_2_0, WIDTHS};

/// A version of the Unicode Character Database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Database {
    /// The one that strings follow.
    Present,
    /// The one that internationalised domain names follow.
    Old,
}

/// Hangul syllables.
const HANGUL: std::ops::RangeInclusive<u32> = 0xac00..=0xd7a3;

/// The lines of the decompositions that are not computed: a character in six digits and its decomposition, in order.
const DECOMPOSITIONS: &str = include_str!("decompositions.txt");

/// The decomposition of a character in the table.
fn find_decomposition(point: u32) -> Option<&'static str> {
    // Bisects over bytes: `low` is the beginning of a line, `high` the end of one.
    let (mut low, mut high) = (0, DECOMPOSITIONS.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = DECOMPOSITIONS[..middle].rfind('\n').map_or(0, |end| end + 1);
        let end = DECOMPOSITIONS[middle..].find('\n').map_or(high, |end| middle + end + 1);
        let line = DECOMPOSITIONS[start..end].trim_end();
        let (key, decomposition) = line.split_once(' ')?;
        match u32::from_str_radix(key, 16).ok()?.cmp(&point) {
            std::cmp::Ordering::Equal => return Some(decomposition),
            std::cmp::Ordering::Less => low = end,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

impl Database {
    /// The version's number.
    pub const fn version(self) -> &'static str {
        match self {
            Database::Present => UNICODE_VERSION,
            Database::Old => "3.2.0",
        }
    }

    fn record(self, point: u32) -> (u8, u8, u8, bool) {
        let runs: &[(u32, u16)] = match self {
            Database::Present => &RUNS,
            Database::Old => &RUNS_3_2_0,
        };
        let run = runs.partition_point(|&(start, _)| start <= point) - 1;
        RECORDS[usize::from(runs[run].1)]
    }

    /// Whether this version has the character.
    pub fn is_assigned(self, point: u32) -> bool {
        self == Database::Present || self.record(point).0 != 0
    }

    /// The general category.
    pub fn category(self, point: u32) -> &'static str {
        match self {
            Database::Present => unicode::category(point).abbreviation(),
            Database::Old => unicode::Category::ALL[usize::from(self.record(point).0)].abbreviation(),
        }
    }

    /// The bidirectional class.
    pub fn bidirectional(self, point: u32) -> &'static str {
        BIDIRECTIONAL[usize::from(self.record(point).1)]
    }

    /// The East Asian width.
    pub fn width(self, point: u32) -> &'static str {
        WIDTHS[usize::from(self.record(point).2)]
    }

    /// Whether the character is mirrored in text from right to left.
    pub fn is_mirrored(self, point: u32) -> bool {
        self.record(point).3
    }

    /// The canonical combining class; a surrogate has none.
    pub fn combining(self, point: u32) -> u8 {
        char::from_u32(point).filter(|_| self.is_assigned(point)).map_or(0, canonical_combining_class)
    }

    fn old_number(self, point: u32) -> Option<(i8, f64)> {
        let row = NUMBERS_3_2_0.binary_search_by_key(&point, |row| row.0).ok()?;
        (self == Database::Old).then_some((NUMBERS_3_2_0[row].1, NUMBERS_3_2_0[row].2))
    }

    /// The value of a decimal digit.
    pub fn decimal(self, point: u32) -> Option<u8> {
        match self.old_number(point) {
            Some((decimal, _)) => u8::try_from(decimal).ok(),
            None => unicode::decimal(point).filter(|_| self.is_assigned(point)),
        }
    }

    /// The value of a digit.
    pub fn digit(self, point: u32) -> Option<u8> {
        unicode::digit(point)
    }

    /// The numeric value.
    pub fn numeric(self, point: u32) -> Option<f64> {
        match self.old_number(point) {
            Some((_, value)) => (value >= 0.0).then_some(value),
            None => unicode::numeric(point).filter(|_| self.is_assigned(point)),
        }
    }

    /// The decomposition, as the database writes it; empty where there is none.
    pub fn decomposition(self, point: u32) -> String {
        if !self.is_assigned(point) {
            return String::new();
        }
        if HANGUL.contains(&point) {
            let syllable = point - HANGUL.start();
            let (lead, vowel, trail) = (0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, 0x11a7 + syllable % 28);
            return match trail {
                0x11a7 => format!("{lead:04X} {vowel:04X}"),
                _ => format!("{lead:04X} {vowel:04X} {trail:04X}"),
            };
        }
        find_decomposition(point).unwrap_or_default().to_owned()
    }

    /// The character that a decomposition had in this version where it was corrected later.
    pub fn correction(self, point: u32) -> Option<u32> {
        let row = CORRECTIONS_3_2_0.iter().find(|row| row.0 == point)?;
        (self == Database::Old).then_some(row.1)
    }

    /// The name.
    pub fn name(self, point: u32) -> Option<String> {
        pvm_compiler::names::name(point).filter(|_| self.is_assigned(point))
    }
}
