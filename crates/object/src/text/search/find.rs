//! Substring search in either direction, for units of any width.
//!
//! Bytes go to `memchr`'s vectorised, linear-time search. Wider units are searched by their first unit and compared, with
//! an account of the work: if the text is of the kind that makes this quadratic, Knuth, Morris and Pratt's search takes
//! over, so every search is linear.

use memchr::memmem;

use crate::text::unit::Unit;

/// The direction of a search. Positions inside the algorithms count from where the search begins.
pub trait Order {
    /// A prepared search in bytes.
    type Finder<'n>;
    /// The unit at logical position `index`.
    fn at<U: Copy>(units: &[U], index: usize) -> U;
    /// The logical position of the first `unit` at or after logical position `from`.
    fn find_unit<U: Unit>(units: &[U], unit: U, from: usize) -> Option<usize>;
    /// The physical start of `len` units at logical position `index`.
    fn start<U>(units: &[U], index: usize, len: usize) -> usize;
    /// Prepares a search in bytes.
    fn prepare(needle: &[u8]) -> Self::Finder<'_>;
    /// Searches bytes, prepared.
    fn find_prepared(finder: &Self::Finder<'_>, hay: &[u8]) -> Option<usize>;
    /// Searches bytes, unprepared.
    fn find_bytes(needle: &[u8], hay: &[u8]) -> Option<usize>;
}

/// From left to right.
pub struct Forward;

/// From right to left.
pub struct Backward;

impl Order for Forward {
    type Finder<'n> = memmem::Finder<'n>;

    #[inline]
    fn at<U: Copy>(units: &[U], index: usize) -> U {
        units[index]
    }

    #[inline]
    fn find_unit<U: Unit>(units: &[U], unit: U, from: usize) -> Option<usize> {
        U::find_unit(&units[from..], unit).map(|at| at + from)
    }

    #[inline]
    fn start<U>(_: &[U], index: usize, _: usize) -> usize {
        index
    }

    fn prepare(needle: &[u8]) -> Self::Finder<'_> {
        memmem::Finder::new(needle)
    }

    #[inline]
    fn find_prepared(finder: &Self::Finder<'_>, hay: &[u8]) -> Option<usize> {
        finder.find(hay)
    }

    #[inline]
    fn find_bytes(needle: &[u8], hay: &[u8]) -> Option<usize> {
        memmem::find(hay, needle)
    }
}

impl Order for Backward {
    type Finder<'n> = memmem::FinderRev<'n>;

    #[inline]
    fn at<U: Copy>(units: &[U], index: usize) -> U {
        units[units.len() - 1 - index]
    }

    #[inline]
    fn find_unit<U: Unit>(units: &[U], unit: U, from: usize) -> Option<usize> {
        let end = units.len() - from;
        U::rfind_unit(&units[..end], unit).map(|at| units.len() - 1 - at)
    }

    #[inline]
    fn start<U>(units: &[U], index: usize, len: usize) -> usize {
        units.len() - index - len
    }

    fn prepare(needle: &[u8]) -> Self::Finder<'_> {
        memmem::FinderRev::new(needle)
    }

    #[inline]
    fn find_prepared(finder: &Self::Finder<'_>, hay: &[u8]) -> Option<usize> {
        finder.rfind(hay)
    }

    #[inline]
    fn find_bytes(needle: &[u8], hay: &[u8]) -> Option<usize> {
        memmem::rfind(hay, needle)
    }
}

/// A needle made ready for searching it several times.
pub struct Searcher<'n, U, O: Order> {
    needle: &'n [U],
    method: Method<'n, U, O>,
}

enum Method<'n, U, O: Order> {
    Unit(U),
    ShortBytes,
    Bytes(O::Finder<'n>),
    Compare,
    /// Knuth-Morris-Pratt, with the table of borders: `borders[k]` is the length of the longest proper border of the
    /// needle's first `k + 1` units.
    Borders(Vec<usize>),
}

/// Below this length of the haystack, preparing a search costs more than it gains.
const SHORT: usize = 64;

impl<'n, U: Unit, O: Order> Searcher<'n, U, O> {
    /// Prepares the search of a needle, which must not be empty, in a haystack of about `hay_len` units.
    pub fn new(needle: &'n [U], hay_len: usize) -> Self {
        let method = if let [unit] = *needle {
            Method::Unit(unit)
        } else if size_of::<U>() != 1 {
            Method::Compare
        } else if hay_len < SHORT {
            Method::ShortBytes
        } else {
            Method::Bytes(O::prepare(bytemuck::cast_slice(needle)))
        };
        Searcher { needle, method }
    }

    /// Where in `hay` the match that comes first in this order starts.
    #[inline]
    pub fn first(&mut self, hay: &[U]) -> Option<usize> {
        match &self.method {
            Method::Unit(unit) => O::find_unit(hay, *unit, 0).map(|index| O::start(hay, index, 1)),
            Method::ShortBytes => O::find_bytes(bytemuck::cast_slice(self.needle), bytemuck::cast_slice(hay)),
            Method::Bytes(finder) => O::find_prepared(finder, bytemuck::cast_slice(hay)),
            Method::Compare => self.compare(hay),
            Method::Borders(borders) => knuth_morris_pratt::<U, O>(hay, self.needle, borders, 0),
        }
    }

    /// Finds candidates by the needle's first unit and compares. Gives up for the linear method when comparing has cost
    /// much more than advancing.
    fn compare(&mut self, hay: &[U]) -> Option<usize> {
        let needle = self.needle;
        let (first, len) = (O::at(needle, 0), needle.len());
        let last_start = hay.len().checked_sub(len)?;
        let (mut index, mut work) = (0, 0);
        while index <= last_start {
            if O::at(hay, index) != first {
                index = O::find_unit(hay, first, index)?;
                if index > last_start {
                    return None;
                }
            }
            let same = (1..len).take_while(|&k| O::at(hay, index + k) == O::at(needle, k)).count();
            if same == len - 1 {
                return Some(O::start(hay, index, len));
            }
            index += 1;
            work += same;
            if work > 4 * index + 1024 {
                let borders = borders::<U, O>(needle);
                let found = knuth_morris_pratt::<U, O>(hay, needle, &borders, index);
                self.method = Method::Borders(borders);
                return found;
            }
        }
        None
    }
}

fn borders<U: Unit, O: Order>(needle: &[U]) -> Vec<usize> {
    let mut borders = vec![0; needle.len()];
    let mut matched = 0;
    for index in 1..needle.len() {
        let unit = O::at(needle, index);
        while matched > 0 && O::at(needle, matched) != unit {
            matched = borders[matched - 1];
        }
        if O::at(needle, matched) == unit {
            matched += 1;
        }
        borders[index] = matched;
    }
    borders
}

fn knuth_morris_pratt<U: Unit, O: Order>(hay: &[U], needle: &[U], borders: &[usize], from: usize) -> Option<usize> {
    let mut matched = 0;
    for index in from..hay.len() {
        let unit = O::at(hay, index);
        while matched > 0 && O::at(needle, matched) != unit {
            matched = borders[matched - 1];
        }
        if O::at(needle, matched) == unit {
            matched += 1;
        }
        if matched == needle.len() {
            return Some(O::start(hay, index + 1 - matched, matched));
        }
    }
    None
}

/// Candidates that a single search in bytes compares before it prepares the method that is linear.
const CANDIDATES: usize = 8;

/// As [`find`], of a needle of more than one byte that is not longer than the haystack.
fn find_bytes_once(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let last_start = hay.len() - needle.len();
    let mut from = 0;
    for _ in 0..CANDIDATES {
        let at = from + memchr::memchr(needle[0], hay.get(from..=last_start)?)?;
        if hay[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    memmem::find(&hay[from..], needle).map(|at| at + from)
}

/// The position of the first `needle` in `hay`; the empty needle is found at 0.
#[inline]
pub fn find<U: Unit>(hay: &[U], needle: &[U]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [unit] => U::find_unit(hay, *unit),
        _ if needle.len() > hay.len() => None,
        _ if size_of::<U>() == 1 => find_bytes_once(bytemuck::cast_slice(hay), bytemuck::cast_slice(needle)),
        _ => Searcher::<U, Forward>::new(needle, hay.len()).first(hay),
    }
}

/// The position of the last `needle` in `hay`; the empty needle is found at the end.
#[inline]
pub fn rfind<U: Unit>(hay: &[U], needle: &[U]) -> Option<usize> {
    match needle {
        [] => Some(hay.len()),
        [unit] => U::rfind_unit(hay, *unit),
        _ if needle.len() > hay.len() => None,
        _ if size_of::<U>() == 1 => memmem::rfind(bytemuck::cast_slice(hay), bytemuck::cast_slice(needle)),
        _ => Searcher::<U, Backward>::new(needle, hay.len()).first(hay),
    }
}

/// How many times `needle` occurs without overlap, at most `max`; the empty needle occurs around every unit.
pub fn count<U: Unit>(hay: &[U], needle: &[U], max: usize) -> usize {
    match needle {
        [] => max.min(hay.len() + 1),
        [unit] if max >= hay.len() => U::count_unit(hay, *unit),
        _ => Matches::new(hay, needle).take(max).count(),
    }
}

/// The starts of the non-overlapping matches from the left.
pub struct Matches<'h, 'n, U> {
    hay: &'h [U],
    from: usize,
    searcher: Searcher<'n, U, Forward>,
}

impl<'h, 'n, U: Unit> Matches<'h, 'n, U> {
    /// The matches of `needle`, which must not be empty.
    pub fn new(hay: &'h [U], needle: &'n [U]) -> Self {
        Matches { hay, from: 0, searcher: Searcher::new(needle, hay.len()) }
    }
}

impl<U: Unit> Iterator for Matches<'_, '_, U> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let at = self.from + self.searcher.first(&self.hay[self.from..])?;
        self.from = at + self.searcher.needle.len();
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive_find<U: Unit>(hay: &[U], needle: &[U]) -> Option<usize> {
        (0..=hay.len().checked_sub(needle.len())?).find(|&at| hay[at..].starts_with(needle))
    }

    fn naive_rfind<U: Unit>(hay: &[U], needle: &[U]) -> Option<usize> {
        (0..=hay.len().checked_sub(needle.len())?).rfind(|&at| hay[at..].starts_with(needle))
    }

    /// Texts over two letters, where most positions almost match.
    fn texts(len: u32) -> impl Iterator<Item = Vec<u16>> {
        (0..1u32 << len).map(move |bits| (0..len).map(|k| 0x100 + (bits >> k & 1) as u16).collect())
    }

    #[test]
    fn agrees_with_the_definition() {
        for hay in texts(9) {
            let bytes: Vec<u8> = hay.iter().map(|&u| u as u8).collect();
            for needle in (0..5).flat_map(texts) {
                assert_eq!(find(&hay, &needle), naive_find(&hay, &needle));
                assert_eq!(rfind(&hay, &needle), naive_rfind(&hay, &needle));
                let needle: Vec<u8> = needle.iter().map(|&u| u as u8).collect();
                assert_eq!(find(&bytes, &needle), naive_find(&bytes, &needle));
                assert_eq!(rfind(&bytes, &needle), naive_rfind(&bytes, &needle));
            }
        }
    }

    #[test]
    fn the_linear_method_agrees_too() {
        for hay in texts(9) {
            for needle in (1..5).flat_map(texts) {
                let forward = borders::<u16, Forward>(&needle);
                let found = knuth_morris_pratt::<u16, Forward>(&hay, &needle, &forward, 0);
                assert_eq!(found, naive_find(&hay, &needle));
                let backward = borders::<u16, Backward>(&needle);
                let found = knuth_morris_pratt::<u16, Backward>(&hay, &needle, &backward, 0);
                assert_eq!(found, naive_rfind(&hay, &needle));
            }
        }
    }

    #[test]
    fn repetitive_texts_take_linear_time() {
        let mut needle = vec![0x100u16; 50_000];
        needle.push(0x101);
        let mut hay = vec![0x100u16; 1_000_000];
        assert_eq!(find(&hay, &needle), None);
        hay.extend([0x101, 0x100]);
        assert_eq!(find(&hay, &needle), Some(950_000));
        needle.reverse();
        assert_eq!(rfind(&hay, &needle), None);
        hay[7] = 0x101;
        assert_eq!(rfind(&hay, &needle), Some(7));
    }

    #[test]
    fn counting() {
        assert_eq!(count(b"aaaa", b"aa", usize::MAX), 2);
        assert_eq!(count(b"aaaa", b"a", 3), 3);
        assert_eq!(count(b"abc", b"", usize::MAX), 4);
        assert_eq!(count(b"abc", b"", 2), 2);
        assert_eq!(count(&[0x100u16, 0x61, 0x100], &[0x100], usize::MAX), 2);
    }
}
