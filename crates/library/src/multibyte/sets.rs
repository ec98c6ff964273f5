//! The sets of characters that the encodings of ISO 2022 shift between.

use std::sync::OnceLock;

use super::tables::{Meaning, Table};

/// A set of characters, each of one or two bytes of seven bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Set {
    /// JIS X 0208, kanji and kana.
    Jisx0208,
    /// JIS X 0212, further kanji.
    Jisx0212,
    /// JIS X 0201, Latin letters with a yen sign and an overline.
    Jisx0201Roman,
    /// JIS X 0201, half-width kana.
    Jisx0201Kana,
    /// GB 2312.
    Gb2312,
    /// KS X 1001.
    Ksx1001,
    /// The first plane of JIS X 0213.
    Jisx0213(Edition),
    /// The same, for two characters together.
    Jisx0213Combined(Edition),
    /// Its second plane.
    Jisx0213Second(Edition),
    /// Latin letters of western Europe, for single shifts.
    Latin1,
    /// Greek letters, for single shifts.
    Greek,
}

/// An edition of JIS X 0213.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edition {
    /// 2000
    First,
    /// 2004
    Second,
}

/// What a set says of a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// It has none.
    Nothing,
    /// It depends on the next character.
    More,
    /// The code of so many characters.
    Code(u32, usize),
}

/// A table that is known to be there.
fn table(cell: &'static OnceLock<Option<&'static Table>>, name: &str) -> Option<&'static Table> {
    *cell.get_or_init(|| Table::of(name))
}

impl Set {
    /// The encoding in eight bits whose table has the set.
    fn table(self) -> Option<&'static Table> {
        static EUC_JP: OnceLock<Option<&'static Table>> = OnceLock::new();
        static GB2312: OnceLock<Option<&'static Table>> = OnceLock::new();
        static EUC_KR: OnceLock<Option<&'static Table>> = OnceLock::new();
        static FIRST: OnceLock<Option<&'static Table>> = OnceLock::new();
        static SECOND: OnceLock<Option<&'static Table>> = OnceLock::new();
        match self {
            Set::Jisx0208 | Set::Jisx0212 => table(&EUC_JP, "euc_jp"),
            Set::Gb2312 => table(&GB2312, "gb2312"),
            Set::Ksx1001 => table(&EUC_KR, "euc_kr"),
            Set::Jisx0213(edition) | Set::Jisx0213Combined(edition) | Set::Jisx0213Second(edition) => match edition {
                Edition::First => table(&FIRST, "euc_jisx0213"),
                Edition::Second => table(&SECOND, "euc_jis_2004"),
            },
            Set::Jisx0201Roman | Set::Jisx0201Kana | Set::Latin1 | Set::Greek => None,
        }
    }

    /// How many bytes a character has.
    pub fn width(self) -> usize {
        match self {
            Set::Jisx0201Roman | Set::Jisx0201Kana | Set::Latin1 | Set::Greek => 1,
            _ => 2,
        }
    }

    /// What the bytes mean, one or two.
    pub fn decode(self, bytes: &[u8]) -> Meaning<'static> {
        let (first, second) = (bytes[0] | 0x80, bytes.get(1).copied().unwrap_or_default() | 0x80);
        let illegal = Meaning::Illegal(self.width());
        if !bytes.is_ascii() {
            return illegal;
        }
        match (self, self.table()) {
            (Set::Jisx0201Roman, _) => Meaning::Character(match bytes[0] {
                0x5C => 0xA5,
                0x7E => 0x203E,
                byte => byte.into(),
            }),
            (Set::Jisx0201Kana, _) if (0xA1..=0xDF).contains(&first) => Meaning::Character(0xFEC0 + u32::from(first)),
            (Set::Jisx0208 | Set::Jisx0213(_) | Set::Gb2312 | Set::Ksx1001, Some(table)) if first >= 0xA1 => {
                known(table.pair(first, second), illegal)
            }
            (Set::Jisx0212, Some(table)) => known(table.triple(first, second), illegal),
            (Set::Jisx0213Second(_), Some(table)) if is_second_plane(first) => known(table.triple(first, second), illegal),
            _ => illegal,
        }
    }

    /// The code of a character, or of it and the next one.
    pub fn encode(self, first: u32, second: Option<u32>, last: bool) -> Found {
        let code = |wanted: std::ops::RangeInclusive<u32>| {
            let code = self.table().and_then(|table| table.code(first)).filter(|code| wanted.contains(code));
            code.map_or(Found::Nothing, |code| Found::Code(code & 0x7F7F, 1))
        };
        match self {
            Set::Jisx0201Roman => match first {
                0xA5 => Found::Code(0x5C, 1),
                0x203E => Found::Code(0x7E, 1),
                _ => Found::Nothing,
            },
            Set::Jisx0201Kana if (0xFF61..=0xFF9F).contains(&first) => Found::Code((first - 0xFEC0) & 0x7F, 1),
            Set::Jisx0208 | Set::Jisx0213(_) | Set::Gb2312 | Set::Ksx1001 => code(0xA1A1..=0xFEFE),
            Set::Jisx0212 => code(0x8F_A1A1..=0x8F_FEFE),
            Set::Jisx0213Second(_) => match code(0x8F_A1A1..=0x8F_FEFE) {
                Found::Code(code, _) if !is_second_plane((code >> 8) as u8) => Found::Nothing,
                found => found,
            },
            Set::Jisx0213Combined(_) => match (self.table(), second) {
                (Some(table), _) if !table.combines(first) => Found::Nothing,
                (Some(_), None) if !last => Found::More,
                (Some(table), Some(second)) => {
                    table.combined(first, second).map_or(Found::Nothing, |code| Found::Code(code & 0x7F7F, 2))
                }
                _ => Found::Nothing,
            },
            _ => Found::Nothing,
        }
    }
}

/// Whether a row is of the second plane of JIS X 0213: the rows that JIS X 0212 leaves free, which the tables have in the others.
fn is_second_plane(row: u8) -> bool {
    matches!(row & 0x7F, 0x21 | 0x23..=0x25 | 0x28 | 0x2C..=0x2F | 0x6E..=0x7E)
}

fn known(meaning: Meaning<'static>, illegal: Meaning<'static>) -> Meaning<'static> {
    match meaning {
        Meaning::Illegal(_) | Meaning::More => illegal,
        meaning => meaning,
    }
}
