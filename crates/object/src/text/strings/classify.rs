//! The `is…` predicates of `str`.

use crate::text::TextView;
use crate::text::unicode;
use crate::text::unit::Unit;
use crate::text::view::with_units;

/// Whether there are characters and all satisfy `holds`.
fn all(text: TextView<'_>, holds: impl Fn(u32) -> bool) -> bool {
    !text.is_empty() && with_units!(text, units => units.iter().all(|&u| holds(u.code_point())))
}

/// `str.isalpha()`.
pub fn is_alpha(text: TextView<'_>) -> bool {
    match text {
        TextView::Ascii(units) => !units.is_empty() && units.iter().all(u8::is_ascii_alphabetic),
        _ => all(text, unicode::is_alphabetic),
    }
}

/// `str.isalnum()`.
pub fn is_alnum(text: TextView<'_>) -> bool {
    match text {
        TextView::Ascii(units) => !units.is_empty() && units.iter().all(u8::is_ascii_alphanumeric),
        _ => all(text, unicode::is_alphanumeric),
    }
}

/// `str.isdecimal()`.
pub fn is_decimal(text: TextView<'_>) -> bool {
    match text {
        TextView::Ascii(units) => !units.is_empty() && units.iter().all(u8::is_ascii_digit),
        _ => all(text, unicode::is_decimal),
    }
}

/// `str.isdigit()`.
pub fn is_digit(text: TextView<'_>) -> bool {
    match text {
        TextView::Ascii(_) => is_decimal(text),
        _ => all(text, unicode::is_digit),
    }
}

/// `str.isnumeric()`.
pub fn is_numeric(text: TextView<'_>) -> bool {
    match text {
        TextView::Ascii(_) => is_decimal(text),
        _ => all(text, unicode::is_numeric),
    }
}

/// `str.isspace()`.
pub fn is_space(text: TextView<'_>) -> bool {
    all(text, unicode::is_space)
}

/// `str.isprintable()`; true of the empty text.
pub fn is_printable(text: TextView<'_>) -> bool {
    match text {
        TextView::Ascii(units) => units.iter().all(|u| (0x20..0x7F).contains(u)),
        _ => text.is_empty() || all(text, unicode::is_printable),
    }
}

/// `str.isidentifier()`; keywords are identifiers too.
pub fn is_identifier(text: TextView<'_>) -> bool {
    let Some(first) = text.first() else {
        return false;
    };
    let starts = first == u32::from(b'_') || unicode::is_xid_start(first);
    starts && text.slice_from(1).code_points().all(unicode::is_xid_continue)
}

/// `str.isupper()`: something is uppercase, and nothing lowercase or titlecase.
pub fn is_upper(text: TextView<'_>) -> bool {
    text.code_points().all(|c| !unicode::is_lower(c) && !unicode::is_title(c)) && text.code_points().any(unicode::is_upper)
}

/// `str.islower()`: something is lowercase, and nothing uppercase or titlecase.
pub fn is_lower(text: TextView<'_>) -> bool {
    text.code_points().all(|c| !unicode::is_upper(c) && !unicode::is_title(c)) && text.code_points().any(unicode::is_lower)
}

/// `str.istitle()`: uppercase only after uncased characters, lowercase only after cased ones, and one of them at all.
pub fn is_title(text: TextView<'_>) -> bool {
    let (mut within_word, mut any) = (false, false);
    for c in text.code_points() {
        if unicode::is_upper(c) || unicode::is_title(c) {
            if within_word {
                return false;
            }
            (within_word, any) = (true, true);
        } else if unicode::is_lower(c) {
            if !within_word {
                return false;
            }
            any = true;
        } else {
            within_word = false;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextBuf;

    #[test]
    fn values_from_cpython() {
        type Predicate = fn(TextView<'_>) -> bool;
        let cases: [(&str, Predicate, &[&str], &[&str]); 11] = [
            ("alpha", is_alpha, &["abc", "éß", "ª", "中"], &["", "a1", "a b", "١", "é "]),
            ("alnum", is_alnum, &["a1", "½", "中²"], &["", "a_", "é_"]),
            ("decimal", is_decimal, &["09", "٣", "1٣"], &["", "²", "½", "a"]),
            ("digit", is_digit, &["09", "²", "٣"], &["", "½", "a"]),
            ("numeric", is_numeric, &["½", "五零"], &["", "a", "½a"]),
            ("space", is_space, &[" \t\n", "\u{1c}\u{a0}\u{3000}"], &["", "\u{200b}", " a"]),
            ("printable", is_printable, &["", "a ~", "é"], &["\n", "\u{7f}", "\u{a0}", "\u{3000}"]),
            ("identifier", is_identifier, &["_", "a1", "été", "ª", "x\u{b7}"], &["", "1a", "a-", "\u{b7}"]),
            ("upper", is_upper, &["A", "A1", "É "], &["", "1", "Aa", "ǅ"]),
            ("lower", is_lower, &["a", "a1", "ª"], &["", "1", "aA", "ǅ"]),
            ("title", is_title, &["Ab Cd", "ǅa", "A1B", "A'B"], &["", "1", "aB", "AB", "A b"]),
        ];
        for (name, predicate, yes, no) in cases {
            for text in yes {
                assert!(predicate(TextBuf::from(*text).view()), "{name} {text:?}");
            }
            for text in no {
                assert!(!predicate(TextBuf::from(*text).view()), "{name} {text:?}");
            }
        }
    }
}
