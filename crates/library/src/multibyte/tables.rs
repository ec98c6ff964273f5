//! The tables of the encodings without state, out of `tables.zst`; `tools/multibyte_tables.py` tells the format.

use std::collections::HashMap;
use std::sync::OnceLock;

const COMPRESSED: &[u8] = include_bytes!("tables.zst");
/// Bytes of the tables.
const SIZE: usize = 788_651;

/// The encodings, in the order of their tables.
const NAMES: [&str; 16] = [
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "cp950",
    "big5hkscs",
    "euc_jp",
    "euc_jis_2004",
    "euc_jisx0213",
    "shift_jis",
    "cp932",
    "shift_jis_2004",
    "shift_jisx0213",
    "euc_kr",
    "cp949",
    "johab",
];

/// What bytes mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning<'a> {
    /// A character.
    Character(u32),
    /// Several characters, or one beyond the 16 bits of a table's cell.
    Text(&'a [u32]),
    /// Nothing; so many bytes are at fault.
    Illegal(usize),
    /// More bytes are needed.
    More,
}

/// The meanings of pairs of bytes.
struct Plane {
    first: (u8, u8),
    second: (u8, u8),
    cells: Vec<u16>,
}

impl Plane {
    fn read(data: &mut Reader) -> Plane {
        let [a, b, c, d] = [data.byte(), data.byte(), data.byte(), data.byte()];
        let count = (usize::from(b - a) + 1) * (usize::from(d - c) + 1);
        Plane { first: (a, b), second: (c, d), cells: (0..count).map(|_| data.u16()).collect() }
    }

    fn get(&self, first: u8, second: u8) -> u16 {
        if !(self.first.0..=self.first.1).contains(&first) || !(self.second.0..=self.second.1).contains(&second) {
            return 0;
        }
        let width = usize::from(self.second.1 - self.second.0) + 1;
        self.cells[usize::from(first - self.first.0) * width + usize::from(second - self.second.0)]
    }

    /// All pairs with their cells, in order.
    fn pairs(&self) -> impl Iterator<Item = (u32, u16)> {
        let width = u32::from(self.second.1 - self.second.0) + 1;
        self.cells.iter().enumerate().map(move |(index, &cell)| {
            let (row, column) = (index as u32 / width, index as u32 % width);
            ((u32::from(self.first.0) + row) << 8 | (u32::from(self.second.0) + column), cell)
        })
    }
}

/// A run of the codes of four bytes of gb18030.
pub struct Run {
    /// The first character.
    pub first: u32,
    /// The last one.
    pub last: u32,
    /// The linear code of the first.
    pub base: u32,
}

/// The table of an encoding.
pub struct Table {
    singles: Vec<u16>,
    pairs: Plane,
    /// What follows the byte 8F.
    triples: Option<Plane>,
    texts: Vec<Vec<u32>>,
    codes: HashMap<u32, u32>,
    /// Codes of two characters together.
    combined: HashMap<(u32, u32), u32>,
    /// The runs of gb18030.
    pub runs: Vec<Run>,
}

const FIRST_TEXT: u16 = 0xD800;
const LAST_TEXT: u16 = 0xDFFF;

impl Table {
    /// The table of the encoding with this name.
    pub fn of(name: &str) -> Option<&'static Table> {
        static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
        let tables = TABLES.get_or_init(read_all);
        tables.get(NAMES.iter().position(|&known| known == name)?)
    }

    fn read(data: &mut Reader, has_runs: bool) -> Table {
        let singles = (0..256).map(|_| data.u16()).collect();
        let pairs = Plane::read(data);
        let triples = (data.byte() == 1).then(|| Plane::read(data));
        let texts = (0..data.u16())
            .map(|_| {
                let len = data.byte();
                (0..len).map(|_| data.u32()).collect()
            })
            .collect();
        let mut table =
            Table { singles, pairs, triples, texts, codes: HashMap::new(), combined: HashMap::new(), runs: Vec::new() };
        table.invert();
        for _ in 0..data.u32() {
            let (character, code) = (data.u32(), data.u32());
            match code {
                0 => table.codes.remove(&character),
                code => table.codes.insert(character, code),
            };
        }
        if has_runs {
            table.runs = (0..data.u32()).map(|_| Run { first: data.u32(), last: data.u32(), base: data.u32() }).collect();
        }
        table
    }

    /// Notes the smallest code of each character.
    fn invert(&mut self) {
        let singles = self.singles.iter().enumerate().map(|(byte, &cell)| (byte as u32, cell));
        let triples = self.triples.iter().flat_map(|plane| plane.pairs()).map(|(code, cell)| (0x8F_0000 | code, cell));
        for (code, cell) in singles.chain(self.pairs.pairs()).chain(triples) {
            match self.meaning(cell) {
                Meaning::Character(character) => {
                    self.codes.entry(character).or_insert(code);
                }
                Meaning::Text(&[character]) => {
                    self.codes.entry(character).or_insert(code);
                }
                Meaning::Text(&[first, second]) => {
                    self.combined.entry((first, second)).or_insert(code);
                }
                _ if code == 0 => {
                    self.codes.insert(0, 0);
                }
                _ => {}
            }
        }
    }

    fn meaning(&self, cell: u16) -> Meaning<'_> {
        match cell {
            0 => Meaning::Illegal(1),
            0xFFFD => Meaning::Illegal(2),
            0xFFFE => Meaning::More,
            FIRST_TEXT..=LAST_TEXT => Meaning::Text(&self.texts[usize::from(cell - FIRST_TEXT)]),
            cell => Meaning::Character(cell.into()),
        }
    }

    /// What one byte means.
    pub fn single(&self, byte: u8) -> Meaning<'_> {
        if byte == 0 { Meaning::Character(0) } else { self.meaning(self.singles[usize::from(byte)]) }
    }

    /// What two bytes mean.
    pub fn pair(&self, first: u8, second: u8) -> Meaning<'_> {
        self.meaning(self.pairs.get(first, second))
    }

    /// What two bytes behind 8F mean.
    pub fn triple(&self, first: u8, second: u8) -> Meaning<'_> {
        self.meaning(self.triples.as_ref().map_or(0, |plane| plane.get(first, second)))
    }

    /// The code of a character.
    pub fn code(&self, character: u32) -> Option<u32> {
        self.codes.get(&character).copied()
    }

    /// The code of two characters together.
    pub fn combined(&self, first: u32, second: u32) -> Option<u32> {
        self.combined.get(&(first, second)).copied()
    }

    /// Whether there are codes of this character together with another.
    pub fn combines(&self, first: u32) -> bool {
        self.combined.keys().any(|pair| pair.0 == first)
    }
}

fn read_all() -> Vec<Table> {
    let mut data = Vec::with_capacity(SIZE);
    // The tables are part of the binary; what they were made of is checked when they are.
    let _ = zstd_safe::decompress(&mut data, COMPRESSED);
    let mut data = Reader { data: &data, at: 0 };
    NAMES.iter().map(|&name| Table::read(&mut data, name == "gb18030")).collect()
}

struct Reader<'a> {
    data: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let bytes = self.data.get(self.at..self.at + N).and_then(|bytes| bytes.try_into().ok());
        self.at += N;
        bytes.unwrap_or([0; N])
    }

    fn byte(&mut self) -> u8 {
        self.take::<1>()[0]
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings_and_codes() {
        let table = Table::of("euc_jis_2004").unwrap();
        assert_eq!(table.pair(0xA4, 0xA2), Meaning::Character(0x3042));
        assert_eq!(table.pair(0xA4, 0xF7), Meaning::Text(&[0x304B, 0x309A]));
        assert_eq!(table.combined(0x304B, 0x309A), Some(0xA4F7));
        assert_eq!(table.code(0x3042), Some(0xA4A2));
        assert_eq!(table.single(0x41), Meaning::Character(0x41));
        assert_eq!(table.single(0xA4), Meaning::More);
        assert_eq!(Table::of("johab").unwrap().code(0xAC00), Some(0x8861));
        assert_eq!(Table::of("gb18030").unwrap().runs.len(), 206);
    }
}
