//! Normal forms of text (UAX #15). The characters' data and the streams over text of the present version are the crate
//! `unicode-normalization`'s; what is here copes with surrogates and with Unicode 3.2.0.

use pvm_object::heap::{self, OutOfMemory};
use pvm_object::text::{TextBuf, TextBuilder, TextView};
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization};

use super::database::Database;

/// How many characters are made without looking up.
const LOOK_UP: usize = 1 << 14;

/// Asks, now and then, whether there is room for so many characters, and whether the program is told to stop.
fn go_on(count: usize) -> Result<(), OutOfMemory> {
    if count.is_multiple_of(LOOK_UP) {
        let bytes = (4 * count) as isize;
        heap::charge(bytes)?;
        heap::charge(-bytes)?;
        if heap::is_told_to_stop() {
            return Err(OutOfMemory);
        }
    }
    Ok(())
}

/// A normal form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Form {
    composed: bool,
    compatible: bool,
}

impl Form {
    /// The form of a name.
    pub fn of(name: &str) -> Option<Form> {
        Some(match name {
            "NFC" => Form { composed: true, compatible: false },
            "NFD" => Form { composed: false, compatible: false },
            "NFKC" => Form { composed: true, compatible: true },
            "NFKD" => Form { composed: false, compatible: true },
            _ => return None,
        })
    }

    fn quick_check(self, text: &str) -> IsNormalized {
        use unicode_normalization as crates;
        match (self.composed, self.compatible) {
            (true, false) => crates::is_nfc_quick(text.chars()),
            (false, false) => crates::is_nfd_quick(text.chars()),
            (true, true) => crates::is_nfkc_quick(text.chars()),
            (false, true) => crates::is_nfkd_quick(text.chars()),
        }
    }

    fn stream(self, text: &str, out: &mut TextBuilder) -> Result<(), OutOfMemory> {
        let mut count = 0;
        let mut push = |c: char| {
            out.push(u32::from(c));
            count += 1;
            go_on(count)
        };
        match (self.composed, self.compatible) {
            (true, false) => text.nfc().try_for_each(&mut push),
            (false, false) => text.nfd().try_for_each(&mut push),
            (true, true) => text.nfkc().try_for_each(&mut push),
            (false, true) => text.nfkd().try_for_each(&mut push),
        }
    }

    /// Whether a text is in this form for sure.
    fn is_surely(self, text: TextView<'_>, database: Database) -> bool {
        text.is_ascii()
            || database == Database::Present && text.to_str().is_some_and(|text| self.quick_check(&text) == IsNormalized::Yes)
    }

    /// The text in this form; `None` where it is so already.
    ///
    /// # Errors
    /// No room for it, or a program that is told to stop.
    pub fn apply(self, text: TextView<'_>, database: Database) -> Result<Option<TextBuf>, OutOfMemory> {
        if self.is_surely(text, database) {
            return Ok(None);
        }
        if database == Database::Present
            && let Some(text) = text.to_str()
        {
            let mut out = TextBuilder::with_capacity(text.len());
            self.stream(&text, &mut out)?;
            return Ok(Some(out.finish()));
        }
        let mut points = self.decompose(text, database)?;
        order(&mut points);
        if self.composed {
            points = recompose(&points);
        }
        Ok(Some(TextBuf::from_code_points(points)))
    }

    /// The characters decomposed as far as they are, each with its combining class.
    fn decompose(self, text: TextView<'_>, database: Database) -> Result<Vec<u32>, OutOfMemory> {
        let mut points = Vec::with_capacity(text.code_points().len());
        for (index, point) in text.code_points().enumerate() {
            if index % LOOK_UP == 0 {
                go_on(points.len().next_multiple_of(LOOK_UP))?;
            }
            let point = database.correction(point).unwrap_or(point);
            match char::from_u32(point).filter(|_| database.is_assigned(point)) {
                Some(c) if self.compatible => decompose_compatible(c, |part| points.push(u32::from(part))),
                Some(c) => decompose_canonical(c, |part| points.push(u32::from(part))),
                None => points.push(point),
            }
        }
        Ok(points)
    }
}

fn class(point: u32) -> u8 {
    char::from_u32(point).map_or(0, canonical_combining_class)
}

/// Puts the characters between starters into the order of their classes.
fn order(points: &mut [u32]) {
    let mut start = 0;
    while start < points.len() {
        let marks = points[start..].iter().take_while(|&&point| class(point) != 0).count();
        points[start..start + marks].sort_by_key(|&point| class(point));
        start += marks.max(1);
    }
}

/// Composes each starter with what follows it and is not blocked.
fn recompose(points: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(points.len());
    let (mut starter, mut last) = (None, 0);
    for &point in points {
        let own = class(point);
        if let Some(at) = starter
            && (out.len() == at + 1 || last < own)
            && let (Some(first), Some(second)) = (char::from_u32(out[at]), char::from_u32(point))
            && let Some(whole) = compose(first, second)
        {
            out[at] = u32::from(whole);
            continue;
        }
        if own == 0 {
            starter = Some(out.len());
        }
        last = own;
        out.push(point);
    }
    out
}
