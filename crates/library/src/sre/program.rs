//! [`Program`]: a pattern in the form that the matcher runs.

use memchr::memmem::Finder;

use super::charset::{CharSet, Fold};
use super::opcode::At;

/// One character of a certain kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Single {
    /// Any.
    All,
    /// This one.
    Literal(u32),
    /// Any but this one.
    NotLiteral(u32),
    /// One of the set with this number.
    Set(u32),
}

/// An instruction; unless it says otherwise the next one follows. Places are indices of instructions.
#[derive(Clone, Copy, Debug)]
pub enum Inst {
    /// Does not match.
    Fail,
    /// The pattern has matched.
    Success,
    /// A character.
    One(Single),
    /// A condition on the position.
    At(At),
    /// Notes the position.
    Mark(u32),
    /// Goes on elsewhere.
    Jump(u32),
    /// Tries alternatives, `first..end` in the program's list, one after the other.
    Branch { first: u32, end: u32 },
    /// As many characters as there are, then fewer.
    GreedyOne { single: Single, min: u32, max: u32 },
    /// As few characters as may be, then more.
    LazyOne { single: Single, min: u32, max: u32 },
    /// As many characters as there are, and no fewer.
    PossessiveOne { single: Single, min: u32, max: u32 },
    /// Begins a loop and goes to its end.
    LoopStart { id: u32, until: u32 },
    /// The end of a greedy loop: another round at `body`, or on.
    LoopGreedy { id: u32, min: u32, max: u32, body: u32 },
    /// The end of a lazy loop.
    LoopLazy { id: u32, min: u32, max: u32, body: u32 },
    /// Begins a possessive loop.
    PossessiveStart { id: u32 },
    /// Another round, where there may be one, or on at `tail`.
    PossessiveTry { id: u32, min: u32, max: u32, tail: u32 },
    /// A round of a possessive loop has matched; back to its `PossessiveTry`.
    PossessiveEnd { id: u32, back: u32 },
    /// What follows up to `AssertEnd` must match, `back` characters before.
    Assert { back: u32 },
    /// The end of what an assertion asks for.
    AssertEnd,
    /// What follows up to `AssertNotEnd` must not match; then on at `tail`.
    AssertNot { back: u32, tail: u32 },
    /// The end of what a negative assertion asks for.
    AssertNotEnd,
    /// What follows up to `AtomicEnd` matches in one way only.
    Atomic,
    /// The end of an atomic group.
    AtomicEnd,
    /// What a group has matched.
    GroupRef { group: u32, fold: Fold },
    /// On at `otherwise` where a group has not matched.
    GroupRefExists { group: u32, otherwise: u32 },
}

/// One way of a branch.
#[derive(Debug)]
pub struct Alternative {
    /// What it begins with, where that is known.
    pub first: Option<Single>,
    /// Where it stands.
    pub place: u32,
}

/// How the places are found where a match may begin.
#[derive(Debug)]
pub enum Search {
    /// It may begin anywhere.
    Anywhere,
    /// Only at the beginning of the string.
    AtBeginning,
    /// With these characters; for strings of one byte a character there is a finder.
    Prefix { characters: Vec<u32>, finder: Option<Box<Finder<'static>>>, whole: bool },
    /// With one of these characters; `high` tells whether those from U+0100 on may begin one.
    OneOf { low: [u64; 4], high: bool },
}

/// A pattern in the form that the matcher runs.
#[derive(Debug)]
pub struct Program {
    /// The instructions.
    pub code: Vec<Inst>,
    /// The sets of characters.
    pub sets: Vec<CharSet>,
    /// The alternatives of all branches.
    pub alternatives: Vec<Alternative>,
    /// The number of groups.
    pub groups: usize,
    /// The number of loops.
    pub loops: usize,
    /// How to search.
    pub search: Search,
    /// The fewest characters a match has.
    pub min_width: usize,
}

impl Program {
    /// Whether a kind of character contains one.
    #[inline(always)]
    pub fn accepts(&self, single: Single, ch: u32) -> bool {
        match single {
            Single::All => true,
            Single::Literal(literal) => ch == literal,
            Single::NotLiteral(literal) => ch != literal,
            Single::Set(set) => self.sets[set as usize].contains(ch),
        }
    }

    /// What the code at a place begins with, where every way through begins with a character of known kind.
    pub fn first_single(&self, place: usize) -> Option<Single> {
        match *self.code.get(place)? {
            Inst::One(single) => Some(single),
            Inst::Mark(_) | Inst::Atomic => self.first_single(place + 1),
            Inst::GreedyOne { single, min, .. } | Inst::LazyOne { single, min, .. } | Inst::PossessiveOne { single, min, .. }
                if min > 0 =>
            {
                Some(single)
            }
            _ => None,
        }
    }

    /// The characters that a match may begin with; `None` where it may be any or none.
    pub fn first_characters(&self, place: usize, depth: usize) -> Option<([u64; 4], bool)> {
        if let Some(single) = self.first_single(place) {
            return match single {
                Single::All => None,
                Single::Literal(literal) => {
                    let mut low = [0; 4];
                    if literal < 256 {
                        low[literal as usize >> 6] |= 1 << (literal & 63);
                    }
                    Some((low, literal >= 256))
                }
                Single::NotLiteral(literal) => {
                    let mut low = [u64::MAX; 4];
                    if literal < 256 {
                        low[literal as usize >> 6] &= !(1 << (literal & 63));
                    }
                    Some((low, true))
                }
                Single::Set(set) => Some((*self.sets[set as usize].low(), true)),
            };
        }
        if depth == 0 {
            return None;
        }
        match *self.code.get(place)? {
            Inst::Mark(_) | Inst::Atomic => self.first_characters(place + 1, depth - 1),
            Inst::At(At::Boundary | At::UniBoundary | At::LocBoundary | At::BeginningLine) => {
                self.first_characters(place + 1, depth - 1)
            }
            Inst::AssertNot { tail, .. } => self.first_characters(tail as usize, depth - 1),
            Inst::LoopStart { until, .. } => match self.code.get(until as usize)? {
                Inst::LoopGreedy { min: 1.., body, .. } | Inst::LoopLazy { min: 1.., body, .. } => {
                    self.first_characters(*body as usize, depth - 1)
                }
                _ => None,
            },
            Inst::Branch { first, end } => {
                let mut all = ([0; 4], false);
                for alternative in &self.alternatives[first as usize..end as usize] {
                    let (low, high) = self.first_characters(alternative.place as usize, depth - 1)?;
                    for (to, from) in all.0.iter_mut().zip(low) {
                        *to |= from;
                    }
                    all.1 |= high;
                }
                Some(all)
            }
            _ => None,
        }
    }
}
