//! `.pyc` files: sixteen bytes of header, then a marshalled code object (PEP 3147, PEP 552).

use std::fmt;
use std::sync::Arc;

use crate::code::CodeObject;
use crate::marshal::{self, ReadError, WriteError};
use crate::siphash::siphash13;

/// Number of the bytecode's version: CPython 3.14's.
pub const MAGIC: u16 = 3627;
/// The first four bytes of a `.pyc` (`importlib.util.MAGIC_NUMBER`).
pub const MAGIC_NUMBER: [u8; 4] = [MAGIC.to_le_bytes()[0], MAGIC.to_le_bytes()[1], b'\r', b'\n'];
/// The same as a number (`_imp.pyc_magic_number_token`), the key of source hashes.
pub const MAGIC_TOKEN: u32 = u32::from_le_bytes(MAGIC_NUMBER);
/// Length of the header.
pub const HEADER_SIZE: usize = 16;

const FLAG_HASH: u32 = 1;
const FLAG_CHECK_SOURCE: u32 = 2;

/// The first magic number of each release from 3.8 on; numbers below that of a release belong to those before.
const RELEASES: [(u16, &str); 9] = [
    (3400, "3.8"),
    (3420, "3.9"),
    (3430, "3.10"),
    (3450, "3.11"),
    (3500, "3.12"),
    (3550, "3.13"),
    (3600, "3.14"),
    (3650, "3.15"),
    (3700, ""),
];

/// By what a `.pyc` knows its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Modification time in seconds and size in bytes, modulo 2³².
    Timestamp {
        /// Seconds since 1970.
        mtime: u32,
        /// Bytes.
        size: u32,
    },
    /// A hash of the source: [`source_hash`].
    Hash {
        /// The hash's bytes.
        hash: [u8; 8],
        /// Whether the source is to be hashed on import, to see that it is still the same.
        check: bool,
    },
}

/// What is wrong with a `.pyc`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PycError {
    /// Made by another version, or no `.pyc` at all: an `ImportError`.
    Magic([u8; 4]),
    /// Shorter than the header: an `EOFError`.
    Header,
    /// Flags of a future version: an `ImportError`.
    Flags(u32),
    /// The code object is damaged; the offset counts from the start of the file.
    Code(ReadError),
}

impl fmt::Display for PycError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PycError::Magic(magic) => {
                write!(f, "bad magic number: b'{}'", magic.escape_ascii())?;
                match release(*magic) {
                    Some(release) => write!(f, " (of Python {release})"),
                    None => Ok(()),
                }
            }
            PycError::Header => f.write_str("reached EOF while reading pyc header"),
            PycError::Flags(flags) => write!(f, "invalid flags {flags}"),
            PycError::Code(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PycError {}

/// The Python release whose bytecode starts with `magic`.
pub fn release(magic: [u8; 4]) -> Option<&'static str> {
    let number = u16::from_le_bytes([magic[0], magic[1]]);
    if magic[2..] != *b"\r\n" {
        return None;
    }
    let next = RELEASES.iter().position(|&(first, _)| number < first)?;
    Some(RELEASES[next.checked_sub(1)?].1)
}

/// The hash of a source that hash-based `.pyc` files carry (`_imp.source_hash`).
pub fn source_hash(source: &[u8]) -> [u8; 8] {
    siphash13(u64::from(MAGIC_TOKEN), 0, source).to_le_bytes()
}

/// Reads the header.
pub fn read_header(data: &[u8]) -> Result<Source, PycError> {
    if let Some(&magic) = data.first_chunk::<4>()
        && magic != MAGIC_NUMBER
    {
        return Err(PycError::Magic(magic));
    }
    let header: &[u8; HEADER_SIZE] = data.first_chunk().ok_or(PycError::Header)?;
    let (words, _) = header.as_chunks::<4>();
    let [_, flags, first, second] = [0, 1, 2, 3].map(|place| u32::from_le_bytes(words[place]));
    if flags & !(FLAG_HASH | FLAG_CHECK_SOURCE) != 0 {
        return Err(PycError::Flags(flags));
    }
    if flags & FLAG_HASH == 0 {
        return Ok(Source::Timestamp { mtime: first, size: second });
    }
    let hash = (u64::from(second) << 32 | u64::from(first)).to_le_bytes();
    Ok(Source::Hash { hash, check: flags & FLAG_CHECK_SOURCE != 0 })
}

/// Reads header and code. Code from outside is then to be verified.
pub fn read(data: &[u8]) -> Result<(Source, Arc<CodeObject>), PycError> {
    let source = read_header(data)?;
    let code = marshal::load_code(&data[HEADER_SIZE..])
        .map_err(|error| PycError::Code(ReadError { offset: error.offset + HEADER_SIZE, ..error }))?;
    Ok((source, code))
}

/// The header for this source.
pub fn write_header(source: Source) -> [u8; HEADER_SIZE] {
    let (flags, rest) = match source {
        Source::Timestamp { mtime, size } => (0, u64::from(size) << 32 | u64::from(mtime)),
        Source::Hash { hash, check } => (FLAG_HASH | if check { FLAG_CHECK_SOURCE } else { 0 }, u64::from_le_bytes(hash)),
    };
    let mut header = [0; HEADER_SIZE];
    header[..4].copy_from_slice(&MAGIC_NUMBER);
    header[4..8].copy_from_slice(&u32::to_le_bytes(flags));
    header[8..].copy_from_slice(&rest.to_le_bytes());
    header
}

/// A whole file.
pub fn write(code: &CodeObject, source: Source) -> Result<Vec<u8>, WriteError> {
    let mut file = write_header(source).to_vec();
    file.extend(marshal::dump_code(code)?);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back() {
        let code = CodeObject { code: [27, 0].into(), ..CodeObject::default() };
        let hash = source_hash(b"x = 1\n");
        for source in [
            Source::Timestamp { mtime: 0x1234_5678, size: 99 },
            Source::Hash { hash, check: false },
            Source::Hash { hash, check: true },
        ] {
            let file = write(&code, source).unwrap();
            let (again, loaded) = read(&file).unwrap();
            assert_eq!(again, source);
            assert!(loaded.same(&code));
        }
    }

    #[test]
    fn hashes_are_cpythons() {
        assert_eq!(source_hash(b""), [97, 245, 183, 203, 101, 58, 106, 164]);
        assert_eq!(source_hash(b"print('hello, world')\n"), [180, 162, 130, 183, 175, 63, 254, 215]);
    }

    #[test]
    fn damage() {
        assert_eq!(MAGIC_NUMBER, *b"\x2b\x0e\r\n");
        assert_eq!(read(b"\x2b\x0e").unwrap_err(), PycError::Header);
        assert_eq!(read(&write_header(Source::Timestamp { mtime: 0, size: 0 })[..15]).unwrap_err(), PycError::Header);
        let old = read(b"\xcb\x0d\r\n").unwrap_err();
        assert_eq!(old.to_string(), r"bad magic number: b'\xcb\r\r\n' (of Python 3.12)");
        assert_eq!(read(b"PK\x03\x04").unwrap_err().to_string(), r"bad magic number: b'PK\x03\x04'");
        let mut header = write_header(Source::Timestamp { mtime: 0, size: 0 }).to_vec();
        let PycError::Code(error) = read(&header).unwrap_err() else { panic!() };
        assert_eq!(error.offset, 16);
        header[4] = 4;
        assert_eq!(read(&header).unwrap_err().to_string(), "invalid flags 4");
    }
}
