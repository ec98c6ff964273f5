//! Searching: finds the places where a match may begin, and asks the matcher.

use pvm_object::PyResult;
use pvm_object::text::Unit;

use super::matcher::{Demand, Matcher, Scratch};
use super::program::{Program, Search};

/// Where a match begins and ends.
pub type Span = (usize, usize);

/// The first match that begins at `from` or behind it. `text` ends where the match must. With `advance`, a match at `from`
/// itself must not be empty.
pub fn search<U: Unit>(
    program: &Program,
    text: &[U],
    from: usize,
    advance: bool,
    scratch: &mut Scratch,
    poll: &mut dyn FnMut() -> PyResult<()>,
) -> PyResult<Option<Span>> {
    let Some(last) = text.len().checked_sub(program.min_width).filter(|&last| from <= last) else {
        return Ok(None);
    };
    let mut matcher = Matcher::new(program, text, scratch, poll);
    let mut at = from;
    loop {
        let Some(candidate) = next_candidate(program, text, at, last, &mut matcher)? else {
            return Ok(None);
        };
        if let Search::Prefix { characters, whole: true, .. } = &program.search {
            matcher.begin();
            return Ok(Some((candidate, candidate + characters.len())));
        }
        let demand = Demand { full: false, advance: advance && candidate == from };
        if let Some(end) = matcher.match_at(candidate, demand)? {
            return Ok(Some((candidate, end)));
        }
        at = candidate + 1;
        if at > last {
            return Ok(None);
        }
    }
}

/// The first place from `at` to `last` where a match may begin.
fn next_candidate<U: Unit>(
    program: &Program,
    text: &[U],
    at: usize,
    last: usize,
    matcher: &mut Matcher<'_, U>,
) -> PyResult<Option<usize>> {
    Ok(match &program.search {
        Search::Anywhere => {
            matcher.step()?;
            Some(at)
        }
        Search::AtBeginning => (at == 0).then_some(0),
        Search::Prefix { characters, finder, .. } => match (finder, U::bytes(&text[at..])) {
            (Some(finder), Some(bytes)) => finder.find(bytes).map(|offset| at + offset).filter(|&found| found <= last),
            _ => find_characters(text, characters, at).filter(|&found| found <= last),
        },
        Search::OneOf { low, high } => {
            let may_begin = |&unit: &U| {
                let ch: u32 = unit.into();
                if ch < 256 { low[(ch >> 6) as usize] >> (ch & 63) & 1 != 0 } else { *high }
            };
            let end = text.len().min(last + 1);
            text[at..end].iter().position(may_begin).map(|offset| at + offset)
        }
    })
}

/// The first place from `at` on where these characters stand.
fn find_characters<U: Unit>(text: &[U], characters: &[u32], at: usize) -> Option<usize> {
    let first = U::from_code_point(characters[0])?;
    let mut from = at;
    while let Some(offset) = U::find_unit(&text[from..], first) {
        let found = from + offset;
        let rest = text[found..].get(..characters.len())?;
        if rest.iter().zip(characters).all(|(&unit, &ch)| unit.into() == ch) {
            return Some(found);
        }
        from = found + 1;
    }
    None
}

/// Access to text as bytes, for the finder.
trait AsBytes: Sized {
    fn bytes(units: &[Self]) -> Option<&[u8]>;
}

impl<U: Unit> AsBytes for U {
    fn bytes(units: &[U]) -> Option<&[u8]> {
        (size_of::<U>() == 1).then(|| bytemuck::cast_slice(units))
    }
}
