//! Characters' names: those of the crate `unicode_names2`, to the letter but for case, and aliases (`aliases.txt`, from
//! `NameAliases.txt` of Unicode 16).

/// An alias and the character in hexadecimal digits a line, in order.
const ALIASES: &str = include_str!("aliases.txt");

/// The name of a character.
pub fn name(point: u32) -> Option<String> {
    unicode_names2::name(char::from_u32(point)?).map(|name| name.to_string())
}

/// The character with a name.
pub fn character(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    // The crate is lenient with spaces and hyphens.
    if let Some(found) = unicode_names2::character(&upper).map(u32::from)
        && name(found).is_some_and(|name| name == upper)
    {
        return Some(found);
    }
    ALIASES.lines().find_map(|line| {
        let (alias, point) = line.split_once(';')?;
        if alias == upper { u32::from_str_radix(point, 16).ok() } else { None }
    })
}
