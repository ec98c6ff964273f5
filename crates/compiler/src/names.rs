//! Characters' names, for `\N{…}` and `unicodedata`: those of the crate `unicode_names2`, to the letter but for case, and
//! aliases (`aliases.txt`, from `NameAliases.txt` of Unicode 16).

/// An alias and the character in hexadecimal digits a line, in order.
const ALIASES: &str = include_str!("aliases.txt");

/// Ideographs that are found by their names, though CPython does not tell them.
const TANGUT: &str = "TANGUT IDEOGRAPH-";

/// The name of a character.
pub fn name(point: u32) -> Option<String> {
    unicode_names2::name(char::from_u32(point)?).map(|name| name.to_string())
}

/// The character with a name or an alias.
pub fn character(text: &str) -> Option<u32> {
    named(text).or_else(|| aliased(text))
}

/// The character with a name.
pub fn named(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    // The crate is lenient with spaces and hyphens.
    if let Some(found) = unicode_names2::character(&upper).map(u32::from)
        && name(found).is_some_and(|name| name == upper)
    {
        return Some(found);
    }
    let digits = upper.strip_prefix(TANGUT).filter(|digits| digits.len() == 5)?;
    let point = u32::from_str_radix(digits, 16).ok()?;
    matches!(point, 0x17000..=0x187F7 | 0x18D00..=0x18D08).then_some(point)
}

/// The character with an alias.
fn aliased(text: &str) -> Option<u32> {
    ALIASES.lines().find_map(|line| {
        let (alias, point) = line.split_once(';')?;
        if alias.eq_ignore_ascii_case(text) { u32::from_str_radix(point, 16).ok() } else { None }
    })
}
