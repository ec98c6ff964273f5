//! "Did you mean": the closest of some names (CPython's `Python/suggestions.c`).

use std::fmt::Display;

use crate::Heap;
use crate::core::object::Object;
use crate::errors::Raised;
use crate::str::Str;

const MOST_CANDIDATES: usize = 750;
const LONGEST: usize = 40;
const MOVE: usize = 2;
const CASE: usize = 1;

/// The candidate closest to `wrong`, if one is close enough.
pub fn closest<'a>(wrong: &str, candidates: &'a [String]) -> Option<&'a str> {
    if candidates.len() >= MOST_CANDIDATES || wrong.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == wrong {
            continue;
        }
        let bound = (wrong.len() + candidate.len() + 3) * MOVE / 6;
        let bound = best.map_or(bound, |(distance, _)| bound.min(distance - 1));
        let distance = distance(wrong.as_bytes(), candidate.as_bytes(), bound);
        if distance <= bound {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, name)| name)
}

impl Heap {
    /// The `TypeError` of a call to `function` with a keyword that is none of `parameters`.
    #[cold]
    pub fn unexpected_keyword<'a>(
        &mut self,
        function: &dyn Display,
        keyword: &Object<Str>,
        parameters: impl IntoIterator<Item = &'a str>,
    ) -> Raised {
        let candidates: Vec<String> = parameters.into_iter().map(str::to_owned).collect();
        let hint = match closest(&keyword.to_string(), &candidates) {
            Some(close) => format!(". Did you mean '{close}'?"),
            None => String::new(),
        };
        self.type_error(format_args!("{function}() got an unexpected keyword argument '{keyword}'{hint}"))
    }
}

fn substitution(a: u8, b: u8) -> usize {
    match (a == b, a.eq_ignore_ascii_case(&b)) {
        (true, _) => 0,
        (false, true) => CASE,
        _ => MOVE,
    }
}

/// The Levenshtein distance with cheaper changes of case; above `bound`, any number above it.
fn distance(a: &[u8], b: &[u8], bound: usize) -> usize {
    let same_start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same_end], &b[..b.len() - same_end]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    if a.len() > LONGEST || b.len() > LONGEST || a.len().abs_diff(b.len()) * MOVE > bound {
        return bound + 1;
    }
    let (a, b) = if b.len() < a.len() { (b, a) } else { (a, b) };
    let mut row: Vec<usize> = (1..=a.len()).map(|index| index * MOVE).collect();
    let mut result = 0;
    for (index, &code) in b.iter().enumerate() {
        let mut left = index * MOVE;
        result = left;
        let mut smallest = usize::MAX;
        for (place, &other) in row.iter_mut().zip(a) {
            let substituted = left + substitution(code, other);
            left = *place;
            result = substituted.min(result.min(left) + MOVE);
            *place = result;
            smallest = smallest.min(result);
        }
        if smallest > bound {
            return bound + 1;
        }
    }
    result
}
