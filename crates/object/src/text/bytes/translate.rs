//! `bytes.translate` and `bytes.maketrans`.

/// Which bytes to delete, as a table of 256 bits.
fn deletions(delete: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    delete.iter().for_each(|&b| table[usize::from(b)] = true);
    table
}

/// `bytes.translate(table, delete)`; without a table bytes stay as they are. `None` if nothing changes.
pub fn translate(bytes: &[u8], table: Option<&[u8; 256]>, delete: &[u8]) -> Option<Vec<u8>> {
    let mapped = |b: u8| table.map_or(b, |table| table[usize::from(b)]);
    let out: Vec<u8> = if delete.is_empty() {
        bytes.iter().map(|&b| mapped(b)).collect()
    } else {
        let deleted = deletions(delete);
        bytes.iter().filter(|b| !deleted[usize::from(**b)]).map(|&b| mapped(b)).collect()
    };
    (out != bytes).then_some(out)
}

/// `bytes.maketrans(from, to)`; the two must be of one length.
pub fn make_table(from: &[u8], to: &[u8]) -> [u8; 256] {
    let mut table = std::array::from_fn(|index| index as u8);
    from.iter().zip(to).for_each(|(&from, &to)| table[usize::from(from)] = to);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_deletions() {
        let table = make_table(b"abc", b"xyz");
        assert_eq!(translate(b"aabbd", Some(&table), b"").unwrap(), b"xxyyd");
        assert_eq!(translate(b"aabbd", Some(&table), b"b").unwrap(), b"xxd");
        assert_eq!(translate(b"abc", None, b"c").unwrap(), b"ab");
        assert_eq!(translate(b"abc", None, b"d"), None);
        assert_eq!(translate(b"def", Some(&table), b""), None);
    }
}
